import { describe, expect, it } from 'vitest';
import { type Answer, BOB, openWorkspace, WORLD, type Workspace } from './workspace.ts';

async function opened(): Promise<Workspace> {
  const app = WORLD.slack?.apps?.[0] as Answer;
  const scopes = [...app.scopes, 'canvases:read', 'canvases:write'];
  const events = { ...app.events, subscriptions: ['file_created', 'file_change', 'file_deleted'] };
  const apps = [
    { ...app, scopes, userScopes: ['canvases:read', 'canvases:write', 'files:read', 'search:read'], events },
  ];
  return openWorkspace({ ...WORLD, slack: { ...WORLD.slack, apps } });
}

const markdown = (text: string) => ({ type: 'markdown', markdown: text });
const PLAN = '# Plan\n\nFirst **words**\n\n- one\n- two\n\n## Later\n\n> quoted\n';

async function created(w: Workspace): Promise<string> {
  const made = await w.api('canvases.create', { title: 'Our plan', document_content: markdown(PLAN) });
  return made.canvas_id;
}
const lookup = async (w: Workspace, canvas_id: string, criteria: object): Promise<string[]> =>
  (await w.api('canvases.sections.lookup', { canvas_id, criteria })).sections.map((one: Answer) => one.id);
const edit = (w: Workspace, canvas_id: string, change: object, token = w.bot) =>
  w.api('canvases.edit', { canvas_id, changes: [change] }, token);
/** What is written in it, as its download shows it. */
const read = async (w: Workspace, id: string): Promise<string> => {
  const { file } = await w.api('files.info', { file: id });
  const page = await w.fetch(file.url_private, { headers: { authorization: `Bearer ${w.bot}` } });
  return (await page.text()).replace(/<[^>]+>/g, '').replace(/\n+/g, '|');
};

describe('a canvas', () => {
  it('is a file of Slack’s own whose sections are found by kind and by text', async () => {
    const w = await opened();
    const id = await created(w);
    const { file } = await w.api('files.info', { file: id });
    expect(file).toMatchObject({ mode: 'quip', filetype: 'quip', title: 'Our plan', pretty_type: 'Canvas' });
    const page = await w.fetch(file.permalink, { redirect: 'manual' });
    expect([file.permalink.includes('/docs/T'), page.status]).toEqual([true, 302]);
    expect(await read(w, id)).toBe('Plan|First words|one|two|Later|quoted');
    expect((await lookup(w, id, { section_types: ['any_header'] })).length).toBe(2);
    expect((await lookup(w, id, { section_types: ['h2'], contains_text: 'later' })).length).toBe(1);
    expect((await lookup(w, id, { contains_text: 'o' })).length).toBe(4);
    const none = await w.api('canvases.sections.lookup', { canvas_id: id, criteria: {} });
    expect(none.error).toBe('invalid_arguments');
    expect((await w.api('files.list', { types: 'spaces' })).files.map((one: Answer) => one.id)).toEqual([id]);
  });

  it('is changed at its ends, beside a section, in a section, and in its name', async () => {
    const w = await opened();
    const id = await created(w);
    const [one] = await lookup(w, id, { contains_text: 'one' });
    const [later] = await lookup(w, id, { section_types: ['h2'] });
    await edit(w, id, { operation: 'insert_at_start', document_content: markdown('top') });
    await edit(w, id, { operation: 'insert_at_end', document_content: markdown('end') });
    await edit(w, id, { operation: 'insert_after', section_id: one, document_content: markdown('- half') });
    await edit(w, id, { operation: 'insert_before', section_id: one, document_content: markdown('- zero') });
    await edit(w, id, { operation: 'replace', section_id: later, document_content: markdown('## Sooner') });
    await edit(w, id, { operation: 'delete', section_id: one });
    expect(await read(w, id)).toBe('top|Plan|First words|zero|half|two|Sooner|quoted|end');
    await edit(w, id, { operation: 'rename', title_content: markdown('New name') });
    expect((await w.api('files.info', { file: id })).file).toMatchObject({
      title: 'New name',
      name: 'New_name',
    });
    await edit(w, id, { operation: 'replace', document_content: markdown('all new') });
    expect(await read(w, id)).toBe('all new');
    const found = await w.api('search.files', { query: 'new type:canvases' }, w.user);
    expect(found.files.total).toBe(0);
  });

  it('refuses what Slack’s canvases cannot hold, and changes that name nothing', async () => {
    const w = await opened();
    const id = await created(w);
    const bad = await w.api('canvases.create', { document_content: markdown('ok\n\n> - item') });
    expect(bad).toMatchObject({
      error: 'canvas_creation_failed',
      detail: "'content' error: line 3: Unsupported block type (List) within block quote",
    });
    expect(
      await edit(w, id, { operation: 'insert_at_end', document_content: markdown('#### deep') }),
    ).toMatchObject({
      error: 'canvas_editing_failed',
    });
    expect((await edit(w, id, { operation: 'delete', section_id: 'temp:C:nope' })).error).toBe(
      'canvas_editing_failed',
    );
    expect((await edit(w, id, { operation: 'delete' })).error).toBe('invalid_arguments');
    expect((await edit(w, id, { operation: 'explode' })).error).toBe('invalid_arguments');
    expect((await edit(w, 'F0NOTHING', { operation: 'delete', section_id: 'x' })).error).toBe(
      'canvas_not_found',
    );
  });

  it('is closed to others until they are let in, and owned by one', async () => {
    const w = await opened();
    const id = await created(w);
    const bob = w.mint({ kind: 'user', as: BOB });
    const change = { operation: 'insert_at_end', document_content: markdown('bob was here') };
    const set = (given: object, token = w.bot) =>
      w.api('canvases.access.set', { canvas_id: id, ...given }, token);
    expect((await edit(w, id, change, bob)).error).toBe('canvas_not_found');
    const user_ids = [w.person(BOB)];
    expect(await set({ access_level: 'read', user_ids })).toEqual({ ok: true });
    expect((await edit(w, id, change, bob)).error).toBe('restricted_action');
    await set({ access_level: 'write', channel_ids: [w.channel('random')] });
    expect((await edit(w, id, change, bob)).ok).toBe(true);
    expect((await w.api('canvases.delete', { canvas_id: id }, bob)).error).toBe('restricted_action');
    expect((await set({ access_level: 'read', user_ids, channel_ids: ['C1'] })).error).toBe(
      'invalid_parameters',
    );
    expect((await set({ access_level: 'read', user_ids: ['U404'] })).error).toBe('user_not_found');
    await w.api('canvases.access.delete', { canvas_id: id, channel_ids: [w.channel('random')] });
    expect((await edit(w, id, change, bob)).error).toBe('restricted_action');
    await set({ access_level: 'owner', user_ids });
    expect(await w.api('canvases.delete', { canvas_id: id }, bob)).toEqual({ ok: true });
    expect((await edit(w, id, change)).error).toBe('canvas_not_found');
    const gone = await w.api(
      'canvases.sections.lookup',
      { canvas_id: id, criteria: { contains_text: 'x' } },
      bob,
    );
    expect(gone.error).toBe('canvas_deleted');
  });

  it('of a channel is one, is told by the channel, and opens with it', async () => {
    const w = await opened();
    const channel_id = w.channel('random');
    const { canvas_id } = await w.api('conversations.canvases.create', { channel_id });
    expect((await w.api('conversations.canvases.create', { channel_id })).error).toBe(
      'channel_canvas_already_exists',
    );
    const { channel } = await w.api('conversations.info', { channel: channel_id });
    expect(channel.properties.canvas).toMatchObject({ file_id: canvas_id, is_empty: true });
    const bob = w.mint({ kind: 'user', as: BOB });
    const change = { operation: 'insert_at_end', document_content: markdown('hello') };
    expect((await edit(w, canvas_id, change, bob)).ok).toBe(true);
    const given = { canvas_id, access_level: 'read', user_ids: [w.person(BOB)] };
    expect((await w.api('canvases.access.set', given)).error).toBe('canvas_not_found');
    const types = (await w.heard()).map((one) => one.event.type);
    expect(types.slice(0, 2)).toEqual(['file_created', 'file_change']);
  });
});
