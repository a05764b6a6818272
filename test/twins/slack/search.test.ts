import { describe, expect, it } from 'vitest';
import { ANN, BOB, CAT, openWorkspace, type Workspace } from './workspace.ts';

/** A workspace in which some things were said, the last of them in a private channel. */
async function talked(): Promise<Workspace> {
  const w = await openWorkspace();
  w.gesture('post', BOB, { channel: 'general', text: 'the printer is broken' });
  w.gesture('post', ANN, { channel: 'random', text: 'Printer, printer on the wall' });
  w.gesture('post', CAT, { channel: 'general', text: 'scanners see https://example.com' });
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
    expect(await all('scan* has:link')).toEqual(['scanners see <https://example.com>']);
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

  it('finds words by their kin, by how they begin, and phrases of them', async () => {
    const w = await talked();
    const say = (text: string) => w.gesture('post', BOB, { channel: 'general', text });
    say('we deployed the studies twice');
    say('deploying again');
    say('東京タワーへ行く');
    const all = async (query: string) =>
      texts(await search(w, query, { sort: 'timestamp', sort_dir: 'asc' }));
    expect(await all('deploy')).toEqual(['we deployed the studies twice', 'deploying again']);
    expect(await all('study')).toEqual(['we deployed the studies twice']);
    expect(await all('studi*')).toEqual(['we deployed the studies twice']);
    expect(await all('depl* -again')).toEqual(['we deployed the studies twice']);
    expect(await all('"the studies"')).toEqual(['we deployed the studies twice']);
    expect(await all('"studies the"')).toEqual([]);
    expect(await all('タワー')).toEqual(['東京タワーへ行く']);
    const marked = await search(w, 'deploys', { highlight: true, sort: 'timestamp' });
    expect(texts(marked)[0]).toBe('\uE000deploying\uE001 again');
  });

  it('knows what is in blocks and attachments, and forgets what was changed or taken back', async () => {
    const w = await openWorkspace();
    const channel = w.channel('general');
    const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'The *tangerine* report' } }];
    const { ts } = await w.api('chat.postMessage', { channel, blocks });
    await w.api('chat.postMessage', { channel, attachments: [{ title: 'Tangerine', text: 'juice' }] });
    const total = async (query: string) => (await search(w, query)).messages.total;
    expect(await total('tangerines')).toBe(2);
    await w.api('chat.update', { channel, ts, text: 'the mango report', blocks: [] });
    expect([await total('tangerine'), await total('mango')]).toEqual([1, 1]);
    await w.api('chat.delete', { channel, ts });
    expect([await total('mango'), await total('report')]).toEqual([0, 0]);
  });

  it('is narrowed to people, reactions, pins, threads and days', async () => {
    const w = await talked();
    const general = w.channel('general');
    const [broken] = (await search(w, 'broken')).messages.matches;
    w.gesture('reply', ANN, { channel: 'general', ts: broken.ts, text: 'the printer works again' });
    w.gesture('react', CAT, { channel: 'general', ts: broken.ts, name: 'eyes' });
    await w.api('pins.add', { channel: general, timestamp: broken.ts });
    w.gesture('post', CAT, { channel: ANN, text: 'psst, the printer' });
    const all = async (query: string) => texts(await search(w, query, { sort: 'timestamp' }));
    expect(await all('has::eyes:')).toEqual(['the printer is broken']);
    expect(await all('has:pin printer')).toEqual(['the printer is broken']);
    await w.api('stars.add', { channel: general, timestamp: broken.ts }, w.user);
    expect(await all('is:saved')).toEqual(['the printer is broken']);
    expect(await all('hasmy::eyes:')).toEqual([]);
    expect(await all('printer is:thread with:@bob')).toEqual([
      'the printer works again',
      'the printer is broken',
    ]);
    expect(await all('printer to:me')).toEqual(['psst, the printer']);
    expect(await all('is:dm')).toEqual(['psst, the printer']);
    expect(await all('from:me printer in:general')).toEqual(['the printer works again']);
    expect(await all('printer -from:me in:general')).toEqual(['the printer is broken']);
    const here = 'the printer is broken';
    for (const when of ['on:today', 'during:march', 'during:2026', 'after:2026-02-28', 'before:03/03/2026'])
      expect([when, await all(`broken ${when}`)]).toEqual([when, [here]]);
    for (const when of ['on:yesterday', 'during:april', 'after:2026-03', 'before:today', '-on:today'])
      expect([when, await all(`broken ${when}`)]).toEqual([when, []]);
  });

  it('is refused for bots, for want of a query, and where the twin lacks a part of the language', async () => {
    const w = await talked();
    expect((await search(w, 'x', {}, w.bot)).error).toBe('not_allowed_token_type');
    expect((await search(w, ' ')).error).toBe('no_query');
    const response = await w.fetch('/slack/api/search.messages?query=on:doomsday', {
      headers: { authorization: `Bearer ${w.user}` },
    });
    expect(response.headers.get('x-orrery-gap')).toBe('search.messages:date');
    expect(await response.json()).toMatchObject({ ok: false, error: 'not_implemented' });
  });

  it('shows each of many matches once, page after page, from several conversations', async () => {
    const w = await talked();
    for (let i = 0; i < 150; i++)
      w.gesture('post', ANN, {
        channel: i % 3 ? 'general' : 'random',
        text: `pear ${i % 7 ? '' : 'pear'} ${i}`,
      });
    for (const sort of ['score', 'timestamp'])
      for (const sort_dir of ['desc', 'asc']) {
        const seen: string[] = [];
        for (let page = 1; page <= 4; page++) {
          const found = await search(w, 'pears', { count: 40, page, sort, sort_dir });
          expect(found.messages.total).toBe(150);
          seen.push(...found.messages.matches.map((one: { ts: string }) => one.ts));
        }
        expect(new Set(seen).size).toBe(150);
        const times = [...seen].sort();
        if (sort === 'timestamp') expect(seen).toEqual(sort_dir === 'asc' ? times : times.reverse());
      }
  });

  it('in one conversation passes over what the others say, back and forth in time, and within days', async () => {
    const w = await talked();
    const told: string[] = [];
    for (let i = 0; i < 60; i++) {
      const here = i % 20 === 3;
      w.gesture('post', ANN, { channel: here ? 'random' : 'general', text: `pear ${i}` });
      w.gesture('post', ANN, { channel: 'random', text: 'something else' });
      if (here) told.push(`pear ${i}`);
    }
    const sorted = async (query: string, sort_dir: string) =>
      texts(await search(w, query, { sort: 'timestamp', sort_dir }));
    expect(await sorted('pear in:#random', 'asc')).toEqual(told);
    expect(await sorted('pear in:#random', 'desc')).toEqual([...told].reverse());
    expect(await sorted('pea* in:random on:today', 'asc')).toEqual(told);
    expect(await sorted('pear in:#random before:today', 'asc')).toEqual([]);
    expect((await search(w, 'pear in:#random')).messages.total).toBe(told.length);
  });

  it('of thousands of messages tells how many there are, about so many where some are hidden', async () => {
    const w = await openWorkspace();
    const { ok, messages } = await search(w, 'nothing');
    expect({ ok, total: messages.total }).toEqual({ ok: true, total: 0 });
    for (let i = 0; i < 1_500; i++) {
      w.gesture('post', CAT, { channel: i % 4 === 0 ? 'secret' : 'general', text: 'pear' });
      await w.universe.advance(w.universe.now() + 1);
    }
    const all = await search(w, 'pear', {}, w.mint({ kind: 'user', as: CAT }));
    const bobs = await search(w, 'pear', {}, w.mint({ kind: 'user', as: BOB }));
    expect(all.messages.total).toBe(1_500);
    expect(Math.abs(bobs.messages.total - 1_125)).toBeLessThan(50);
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
