/** The spreadsheet's own properties. */
import { touchFile } from '../../../drive/model/file.ts';
import { assign } from '../../../fields.ts';
import { type SpreadsheetRow, spreadsheets } from '../../world.ts';
import { checkedProperties, type PropertiesInput } from '../properties.ts';
import { type Job, maskOf, refuse } from './job.ts';
import { SPREADSHEET_PROPERTIES } from './shapes.ts';

/** The title is the file's name; the default format cannot be set. */
export function updateSpreadsheetPropertiesRequest(
  job: Job,
  { properties = {}, fields }: { properties?: PropertiesInput; fields?: string },
): void {
  const mask = maskOf(job, fields, SPREADSHEET_PROPERTIES);
  const row = job.world.require(spreadsheets, job.spreadsheetId, () => refuse(job, 'No spreadsheet'));
  const all = mask.all || mask.parts.has('*');
  const { title } = properties;
  if (all || mask.parts.has('title')) {
    if (!title) throw refuse(job, 'The spreadsheet title must not be empty.');
    job.file = touchFile(job.world, job.viewer, job.file, { name: title });
  }
  const parts = new Map(mask.parts);
  for (const name of ['title', 'defaultFormat']) parts.delete(name);
  const wanted = all
    ? { ...row.properties, ...properties }
    : assign(row.properties, properties, { ...mask, parts });
  const kept = checkedProperties(wanted as PropertiesInput, job.asked);
  job.world.update(spreadsheets, job.spreadsheetId, {
    properties: { ...kept, ...defaultFormatOf(row) },
  });
}

const defaultFormatOf = ({ properties: { defaultFormat } }: SpreadsheetRow) =>
  defaultFormat ? { defaultFormat } : {};
