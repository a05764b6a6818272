/** Exports of lists, which are ready a moment after they were started. https://docs.slack.dev/reference/methods/slackLists.download.start */
import { shaped, UPPER36 } from '../../../../src/ids.ts';
import { table } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { LIST_EXPORT_MS } from '../../limits.ts';
import { files, isObject, type Json, type SlackFile } from '../../world.ts';
import { fileUrls } from '../url.ts';
import type { Column, Field } from './listColumn.ts';
import { itemsOf, itemView, subtasksOf } from './listItem.ts';

export type ExportFormat = 'csv' | 'json';

interface ExportJob {
  id: string;
  list: string;
  format: ExportFormat;
  /** Universe milliseconds. */
  ready: number;
}

export const listExports = table<ExportJob>({ name: 'slack.listExports', key: (row) => row.id });

/** Starts an export. */
export function startExport(world: World, list: SlackFile, format: ExportFormat): ExportJob {
  const id = shaped(world.draw('slack.listExport'), 'LeF0', 8, UPPER36);
  return world.insert(listExports, { id, list: list.id, format, ready: world.now() + LIST_EXPORT_MS });
}

/** How far an export is, and where it can be fetched. Throws `job_not_found`. */
export function exportState(world: World, list: SlackFile, id: string, format: ExportFormat): Json {
  const job = world.get(listExports, id);
  if (job?.list !== list.id || job.format !== format) throw refuse('job_not_found');
  if (world.now() < job.ready) return { status: 'IN_PROGRESS' };
  const url = String(fileUrls(world, list).url_private).replace(/\/list$/, `/${format}/list`);
  return { status: 'COMPLETED', download_url: url };
}

/** The contents of an export of a list as it is now. */
export function exported(world: World, id: string, format: ExportFormat): string {
  const list = world.get(files, id);
  const columns = (list?.facts.list_metadata as { schema: Column[] } | undefined)?.schema ?? [];
  const items = itemsOf(world, id).toArray();
  if (format === 'json') {
    const tops = items.filter((item) => item.parent_record_id === undefined);
    const shown = tops.map((item) => ({
      ...itemView(item),
      subtasks: subtasksOf(world, item.id).map(itemView),
    }));
    return JSON.stringify({ id, title: list?.title, schema: columns, items: shown });
  }
  const head = columns.map(({ name }) => quoted(name));
  const rows = items.map(({ fields }) =>
    columns.map((column) => quoted(cellText(fields.find((field) => field.column_id === column.id)))),
  );
  return [head, ...rows].map((row) => `${row.join(',')}\r\n`).join('');
}

const cellText = (field: Field | undefined): string => {
  if (!field) return '';
  const { text, value } = field;
  return String(text ?? (isObject(value) ? JSON.stringify(value) : value));
};

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
