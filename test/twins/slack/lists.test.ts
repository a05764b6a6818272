import { describe, expect, it } from 'vitest';
import { type Answer, BOB, openWorkspace, WORLD, type Workspace } from './workspace.ts';

async function opened(): Promise<Workspace> {
  const app = WORLD.slack?.apps?.[0] as Answer;
  const scopes = [...app.scopes, 'lists:read', 'lists:write'];
  const apps = [{ ...app, scopes, userScopes: ['lists:read', 'lists:write', 'files:read'] }];
  return openWorkspace({ ...WORLD, slack: { ...WORLD.slack, apps } });
}

const CHOICES = [
  { value: 'open', label: 'Open', color: 'red' },
  { value: 'done', label: 'Done', color: 'green' },
];
const SCHEMA = [
  { key: 'task', name: 'Task', type: 'text', is_primary_column: true },
  { key: 'status', name: 'Status', type: 'select', options: { choices: CHOICES } },
  { key: 'points', name: 'Points', type: 'number' },
  { key: 'owner', name: 'Owner', type: 'user' },
  { key: 'due', name: 'Due', type: 'date' },
  { key: 'ready', name: 'Ready?', type: 'checkbox' },
];
const words = (text: string) => [
  { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }] },
];

/** A list and its columns by their keys. */
async function created(w: Workspace): Promise<{ list_id: string; col: Record<string, string> }> {
  const made = await w.api('slackLists.create', { name: 'Sprint', schema: SCHEMA });
  const col = Object.fromEntries(made.list_metadata.schema.map((one: Answer) => [one.key, one.id]));
  return { list_id: made.list_id, col };
}

describe('a list', () => {
  it('has the columns of its schema, or one of names, and those of the to-do mode', async () => {
    const w = await opened();
    const { list_id } = await created(w);
    const { file } = await w.api('files.info', { file: list_id });
    expect(file).toMatchObject({ mode: 'list', title: 'Sprint', mimetype: 'application/vnd.slack-list' });
    expect(file.list_metadata.schema[1].options).toMatchObject({
      format: 'single_select',
      show_member_name: true,
    });
    const todo = await w.api('slackLists.create', { name: 'Todo', todo_mode: true });
    expect(todo.list_metadata.schema.map((one: Answer) => one.type)).toEqual([
      'text',
      'todo_completed',
      'todo_assignee',
      'todo_due_date',
    ]);
    const make = async (given: object) => (await w.api('slackLists.create', { name: 'x', ...given })).error;
    expect(await make({ schema: [{ key: 'a', name: 'A', type: 'spoon' }] })).toBe('invalid_column_type');
    expect(await make({ schema: [{ key: 'a', name: 'A', type: 'text' }] })).toBe('invalid_primary_column');
    expect(await make({ schema: SCHEMA, copy_from_list_id: list_id })).toBe('invalid_copy_and_schema_args');
    expect(await make({ include_copied_list_records: true })).toBe('missing_arg_copy_from_list_id');
    expect(await make({ name: 'x'.repeat(300) })).toBe('over_title_length_maximum');
  });

  it('holds items whose cells are as their columns ask', async () => {
    const w = await opened();
    const { list_id, col } = await created(w);
    const { item } = await w.api('slackLists.items.create', {
      list_id,
      initial_fields: [
        { column_id: col.task, rich_text: words('Fix bug') },
        { column_id: col.status, select: ['open'] },
        { column_id: col.owner, user: [w.person(BOB)] },
        { column_id: col.due, date: ['2026-03-09'] },
      ],
    });
    expect(item).toMatchObject({
      list_id,
      created_by: expect.stringMatching(/^U/),
      updated_timestamp: '1772442000',
    });
    expect(item.fields).toMatchObject([
      { key: 'task', text: 'Fix bug', column_id: col.task },
      { key: 'status', value: 'open', select: ['open'] },
      { key: 'owner', value: w.person(BOB) },
      { key: 'due', value: '2026-03-09', date: ['2026-03-09'], timestamp: [-1] },
    ]);
    const put = async (cell: object) =>
      (await w.api('slackLists.items.update', { list_id, cells: [{ row_id: item.id, ...cell }] })).error;
    expect(await put({ column_id: col.status, select: ['done'] })).toBeUndefined();
    expect(await put({ column_id: col.ready, checkbox: true })).toBeUndefined();
    expect(await put({ column_id: col.status, select: ['lost'] })).toBe('invalid_option_id');
    expect(await put({ column_id: col.due, date: ['soon'] })).toBe('invalid_date');
    expect(await put({ column_id: col.points, select: ['open'] })).toBe('invalid_input_type');
    expect(await put({ column_id: col.owner, user: ['U404'] })).toBe('user_not_found');
    expect(await put({ column_id: 'Col404', number: [1] })).toBe('invalid_column_id');
    expect(await put({ number: [1] })).toBe('column_id_not_provided');
    expect(await put({ row_id: 'Rec404', column_id: col.points, number: [1] })).toBe('invalid_row_id');
    const shown = await w.api('slackLists.items.info', { list_id, id: item.id });
    expect(shown.record.fields.map((one: Answer) => [one.key, one.value])).toEqual([
      ['task', expect.any(String)],
      ['status', 'done'],
      ['owner', w.person(BOB)],
      ['due', '2026-03-09'],
      ['ready', true],
    ]);
    expect(shown.list).toMatchObject({ list_limits: { row_count: 1, column_count: 6 }, access: 'owner' });
  });

  it('shows its items page by page, the newest first, and forgets what is deleted with what stands under it', async () => {
    const w = await opened();
    const { list_id, col } = await created(w);
    const make = async (more: object = {}) =>
      (await w.api('slackLists.items.create', { list_id, ...more })).item.id;
    const [a, b] = [await make({ initial_fields: [{ column_id: col.points, number: [3] }] }), await make()];
    const under = await make({ parent_item_id: a });
    const copy = (await w.api('slackLists.items.create', { list_id, duplicated_item_id: a })).item;
    expect(copy.fields).toMatchObject([{ key: 'points', number: [3] }]);
    const first = await w.api('slackLists.items.list', { list_id, limit: 3 });
    expect(first.items.map((one: Answer) => one.id)).toEqual([copy.id, under, b]);
    const { next_cursor: cursor } = first.response_metadata;
    expect((await w.api('slackLists.items.list', { list_id, cursor })).items[0].id).toBe(a);
    expect((await w.api('slackLists.items.info', { list_id, id: a })).subtasks[0].id).toBe(under);
    await w.api('slackLists.items.delete', { list_id, id: a });
    expect((await w.api('slackLists.items.info', { list_id, id: under })).error).toBe('record_deleted');
    expect((await w.api('slackLists.items.delete', { list_id, id: a })).error).toBe('record_not_found');
    await w.api('slackLists.items.deleteMultiple', { list_id, ids: [b, copy.id] });
    expect((await w.api('slackLists.items.list', { list_id })).items).toEqual([]);
    await w.api('slackLists.items.update', {
      list_id,
      cells: [{ row_id_to_create: true, column_id: col.points, number: [5] }],
    });
    expect((await w.api('slackLists.items.list', { list_id })).items[0].fields[0].value).toBe(5);
  });

  it('is renamed, copied with its items, and opened to others by who may', async () => {
    const w = await opened();
    const { list_id, col } = await created(w);
    await w.api('slackLists.items.create', {
      list_id,
      initial_fields: [{ column_id: col.points, number: [8] }],
    });
    expect((await w.api('slackLists.update', { id: list_id })).error).toBe('missing_arguments');
    await w.api('slackLists.update', { id: list_id, name: 'Sprint 2', todo_mode: true });
    const given = { name: 'Copy', copy_from_list_id: list_id, include_copied_list_records: true };
    const copy = await w.api('slackLists.create', given);
    const { items } = await w.api('slackLists.items.list', { list_id: copy.list_id });
    expect(items[0].fields[0]).toMatchObject({ key: 'points', value: 8 });
    const bob = w.mint({ kind: 'user', as: BOB });
    expect((await w.api('slackLists.items.list', { list_id }, bob)).error).toBe('list_not_found');
    await w.api('slackLists.access.set', { list_id, access_level: 'read', user_ids: [w.person(BOB)] });
    expect((await w.api('slackLists.items.list', { list_id }, bob)).items.length).toBe(1);
    expect((await w.api('slackLists.items.create', { list_id }, bob)).error).toBe('access_denied');
    await w.api('slackLists.access.delete', { list_id, user_ids: [w.person(BOB)] });
    expect((await w.api('slackLists.items.list', { list_id }, bob)).error).toBe('list_not_found');
  });

  it('is exported as a table a moment after that was asked for', async () => {
    const w = await opened();
    const { list_id, col } = await created(w);
    const initial_fields = [
      { column_id: col.task, rich_text: words('Say "hi", twice') },
      { column_id: col.points, number: [2] },
    ];
    await w.api('slackLists.items.create', { list_id, initial_fields });
    const { job_id } = await w.api('slackLists.download.start', { list_id });
    expect((await w.api('slackLists.download.get', { list_id, job_id })).status).toBe('IN_PROGRESS');
    expect((await w.api('slackLists.download.get', { list_id, job_id, format: 'json' })).error).toBe(
      'job_not_found',
    );
    await w.universe.advance(w.universe.now() + 2_000);
    const done = await w.api('slackLists.download.get', { list_id, job_id });
    expect(done.status).toBe('COMPLETED');
    const csv = await w.fetch(done.download_url, { headers: { authorization: `Bearer ${w.bot}` } });
    expect(await csv.text()).toBe('Task,Status,Points,Owner,Due,Ready?\r\n"Say ""hi"", twice",,2,,,\r\n');
  });
});
