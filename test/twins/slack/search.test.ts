import { describe, expect, it } from 'vitest';
import { ANN, BOB, CAT, openWorkspace, type Workspace } from './workspace.ts';

/** A workspace in which some things were said, the last of them in a private channel. */
async function talked(): Promise<Workspace> {
  const w = await openWorkspace();
  w.gesture('post', BOB, { channel: 'general', text: 'the printer is broken' });
  w.gesture('post', ANN, { channel: 'random', text: 'Printer, printer on the wall' });
  w.gesture('post', CAT, { channel: 'general', text: 'printers see https://example.com' });
  w.gesture('post', CAT, { channel: 'secret', text: 'a secret printer' });
  return w;
}
const texts = (answer: { messages: { matches: { text: string }[] } }) =>
  answer.messages.matches.map((one) => one.text);
const search = async (w: Workspace, query: string, more: object = {}, token = w.user) =>
  w.api('search.messages', { query, ...more }, token);

describe('a search', () => {
  it('finds whole words wherever the person may read, the best match first', async () => {
    const w = await talked();
    const found = await search(w, 'printer');
    expect(texts(found)).toEqual([
      'Printer, printer on the wall',
      'a secret printer',
      'the printer is broken',
    ]);
    expect(found.messages).toMatchObject({
      total: 3,
      paging: { count: 20, total: 3, page: 1, pages: 1 },
      pagination: { first: 1, last: 3, total_count: 3 },
    });
    expect(found.messages.matches[2]).toMatchObject({
      type: 'message',
      username: 'bob',
      channel: { id: w.channel('general'), name: 'general', is_private: false },
      permalink: expect.stringContaining(`/archives/${w.channel('general')}/p`),
    });
  });

  it('finds nothing in conversations that the person is not in', async () => {
    const w = await talked();
    const bobs = w.mint({ kind: 'user', as: BOB });
    expect(texts(await search(w, 'printer', { sort: 'timestamp' }, bobs))).toEqual([
      'Printer, printer on the wall',
      'the printer is broken',
    ]);
  });

  it('is narrowed by modifiers', async () => {
    const w = await talked();
    const all = async (query: string) =>
      texts(await search(w, query, { sort: 'timestamp', sort_dir: 'asc' }));
    expect(await all('printer from:@bob')).toEqual(['the printer is broken']);
    expect(await all('printer in:#random')).toEqual(['Printer, printer on the wall']);
    expect(await all('printer* has:link')).toEqual(['printers see <https://example.com>']);
    expect(await all('printer -wall -in:secret')).toEqual(['the printer is broken']);
    expect(await all('"is broken"')).toEqual(['the printer is broken']);
    expect(await all('printer before:2026-03-02')).toEqual([]);
    expect(await all('printer on:today in:secret')).toEqual(['a secret printer']);
  });

  it('comes in pages, by number or by cursor, and marks what was found', async () => {
    const w = await talked();
    const second = await search(w, 'printer', { count: 2, page: 2, highlight: true });
    expect(texts(second)).toEqual(['the \uE000printer\uE001 is broken']);
    const first = await search(w, 'printer', { count: 2, cursor: '*' });
    const cursor = first.messages.pagination.next_cursor;
    expect(texts(await search(w, 'printer', { count: 2, cursor }))).toEqual(['the printer is broken']);
  });

  it('is refused for bots, for want of a query, and where the twin lacks the modifier', async () => {
    const w = await talked();
    expect((await search(w, 'x', {}, w.bot)).error).toBe('not_allowed_token_type');
    expect((await search(w, ' ')).error).toBe('no_query');
    const response = await w.fetch('/slack/api/search.messages?query=during:march', {
      headers: { authorization: `Bearer ${w.user}` },
    });
    expect(response.headers.get('x-orrery-gap')).toBe('search.messages:during');
    expect(await response.json()).toMatchObject({ ok: false, error: 'not_implemented' });
  });

  it('of everything finds files by their names too', async () => {
    const w = await talked();
    const asked = await w.api('files.getUploadURLExternal', { filename: 'printer-manual.txt', length: 2 });
    await w.fetch(asked.upload_url, { method: 'POST', body: 'ok' });
    const channel_id = w.channel('general');
    await w.api('files.completeUploadExternal', { files: [{ id: asked.file_id }], channel_id });
    const found = await w.api('search.all', { query: 'printer' }, w.user);
    expect(found.files.matches).toMatchObject([{ id: asked.file_id, name: 'printer-manual.txt' }]);
    expect(found.messages.total).toBe(3);
  });
});
