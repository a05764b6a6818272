/** Lists: tables of work in Slack. A list is a file of Slack's own. https://docs.slack.dev/surfaces/lists */
import { shaped, UPPER36 } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { LIST_COLUMNS_MAX, LIST_ROWS_MAX, LIST_TITLE_CHARS_MAX, LIST_VIEWS_MAX } from '../../limits.ts';
import { files, type Json, type SlackFile, type Token } from '../../world.ts';
import { seconds } from '../messages/timestamp.ts';
import { accessOf } from './fileAccess.ts';
import { seesFile, tellOfFile } from './fileShare.ts';
import { fileView } from './fileView.ts';
import { type Column, columnsOf, todoMode } from './listColumn.ts';
import { copyItems, countItems } from './listItem.ts';
import { newFile } from './newFile.ts';

/** What a list is to be. */
export interface ListDraft {
  name: string;
  description: Json[] | undefined;
  schema: readonly unknown[] | undefined;
  copyFrom: string | undefined;
  withItems: boolean;
  todo: boolean;
}

/**
 * Makes a list of the caller's. Throws `over_title_length_maximum`, `invalid_copy_and_schema_args`,
 * `missing_arg_copy_from_list_id`, and what `columnsOf` throws.
 */
export function createList(world: World, actor: Token, draft: ListDraft): SlackFile {
  requireTitle(draft.name);
  if (draft.copyFrom && draft.schema) throw refuse('invalid_copy_and_schema_args');
  if (draft.withItems && !draft.copyFrom) throw refuse('missing_arg_copy_from_list_id');
  const from = draft.copyFrom === undefined ? undefined : theList(world, actor, draft.copyFrom);
  const columns = from
    ? todoMode(columnsIn(from), draft.todo || metadataOf(from).todo_mode === true)
    : columnsOf(world, draft.schema, draft.todo);
  const description = draft.description ?? (metadataOf(from).description_blocks as Json[] | undefined) ?? [];
  const source = from ? { type: 'copy_from_list', reference_id: from.id } : { type: 'api' };
  const file = newFile(world, {
    name: 'list',
    title: draft.name,
    user: actor.user,
    mode: 'list',
    filetype: 'list',
    mimetype: 'application/vnd.slack-list',
    pretty_type: 'List',
    editable: true,
    facts: {
      list_metadata: {
        schema: columns,
        views: viewsOf(world, columns),
        integrations: [],
        icon: '',
        description: '',
        description_blocks: description,
        is_trial: false,
        subtask_schema: columns.filter((one) => one.is_primary_column || one.type.startsWith('todo_')),
        creation_source: source,
        todo_mode: columns.some(({ type }) => type.startsWith('todo_')),
        default_view: '',
      },
    },
    said: draft.name.toLowerCase(),
  });
  if (from && draft.withItems) copyItems(world, actor, from, file);
  return file;
}

/** Changes a list's name, description or mode. Throws `missing_arguments`, `over_title_length_maximum`, `access_denied`. */
export function updateList(
  world: World,
  actor: Token,
  file: SlackFile,
  to: { name: string | undefined; description: Json[] | undefined; todo: boolean | undefined },
): void {
  if (to.name === undefined && !to.description && to.todo === undefined) throw refuse('missing_arguments');
  if (to.name !== undefined) requireTitle(to.name);
  requireWriter(world, actor, file);
  const columns = to.todo === undefined ? columnsIn(file) : todoMode(columnsIn(file), to.todo);
  const list_metadata = {
    ...metadataOf(file),
    schema: columns,
    subtask_schema: columns.filter((one) => one.is_primary_column || one.type.startsWith('todo_')),
    ...(to.description ? { description_blocks: to.description } : {}),
    ...(to.todo === undefined ? {} : { todo_mode: to.todo }),
  };
  const facts = { ...file.facts, list_metadata, last_editor: actor.user, updated: seconds(world) };
  const title = to.name ?? file.title;
  const changed = world.update(files, file.id, { title, facts, said: title.toLowerCase() });
  tellOfFile(world, 'file_change', changed, { user_id: file.user });
}

/** A list that the caller sees. Throws `list_not_found`. */
export function theList(world: World, actor: Token, id: string): SlackFile {
  const file = world.get(files, id);
  if (file?.mode !== 'list' || !seesFile(world, actor.user, file)) throw refuse('list_not_found');
  return file;
}

/** As `theList`, to be written. Throws `access_denied` besides. */
export function theOwnList(world: World, actor: Token, id: string): SlackFile {
  const file = theList(world, actor, id);
  requireWriter(world, actor, file);
  return file;
}

/** The columns of a list. */
export const columnsIn = (file: SlackFile): Column[] => metadataOf(file).schema as Column[];

/** A list as `slackLists.items.info` shows it. */
export function listView(world: World, actor: Token, file: SlackFile): Json {
  const rows = countItems(world, file.id);
  const columns = columnsIn(file).length;
  const shown = fileView(world, file);
  return {
    ...shown,
    list_limits: {
      over_row_maximum: rows >= LIST_ROWS_MAX,
      row_count_limit: LIST_ROWS_MAX,
      row_count: rows,
      archived_row_count: 0,
      over_column_maximum: columns >= LIST_COLUMNS_MAX,
      column_count: columns,
      column_count_limit: LIST_COLUMNS_MAX,
      over_view_maximum: false,
      view_count: (metadataOf(file).views as Json[]).length,
      view_count_limit: LIST_VIEWS_MAX,
      max_attachments_per_cell: 10,
    },
    list_csv_download_url: String(shown.url_private).replace(/\/list$/, '/csv/list'),
    access: accessOf(world, actor.user, file),
    org_or_workspace_access: 'none',
  };
}

/** What of a new list is told: its columns. */
export const schemaView = (file: SlackFile): Json => {
  const { schema, subtask_schema } = metadataOf(file);
  return { schema, subtask_schema };
};

const metadataOf = (file: SlackFile | undefined): Json => (file?.facts.list_metadata ?? {}) as Json;

function requireTitle(name: string): void {
  if (name.length > LIST_TITLE_CHARS_MAX) throw refuse('over_title_length_maximum');
}

function requireWriter(world: World, actor: Token, file: SlackFile): void {
  if (accessOf(world, actor.user, file) === 'read') throw refuse('access_denied');
}

function viewsOf(world: World, columns: readonly Column[]): Json[] {
  return [
    ['Record', 'record'],
    ['All Items', 'table'],
  ].map(([name, type]) => ({
    id: shaped(world.draw('slack.listView'), 'View0', 10, UPPER36),
    name,
    type,
    is_locked: false,
    position: String(seconds(world)),
    columns: columns.map(({ key, id }, i) => ({
      visible: true,
      key,
      id,
      position: `5${String(i).padStart(9, '0')}`,
    })),
  }));
}
