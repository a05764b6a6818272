/** The console's journal: rows that say who called what, an entry in full, and a stream that stays small. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Universe } from '../../../src/universe.ts';
import { FROZEN, URL_BASE } from '../control/toy.ts';
import { type Visitor, visitConsole } from './desk.ts';

let desk: Visitor;
afterEach(() => desk.close());

const opened = async (): Promise<Universe> => {
  desk = visitConsole();
  await desk.call('POST', '/v1/universes', { id: 'u', seed: 1, clock: FROZEN });
  return desk.registry.get('u') as Universe;
};

interface News {
  event: string;
  data: { html?: string; last?: number; unseen?: number };
}

/** The stream behind a page, read message by message. */
async function follow(query: string) {
  const stop = new AbortController();
  const response = await desk.app.request(`${URL_BASE}/console/u/u/live?${query}`, { signal: stop.signal });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  let text = '';
  return {
    async next(): Promise<News> {
      while (!text.includes('\n\n')) {
        const { value, done } = await reader.read();
        if (done) throw new Error('the stream ended');
        text += new TextDecoder().decode(value);
      }
      const end = text.indexOf('\n\n');
      const message = text.slice(0, end);
      text = text.slice(end + 2);
      const line = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(message)?.[1] ?? '';
      return { event: line('event'), data: JSON.parse(line('data') || '{}') };
    },
    stop: () => reader.cancel(),
  };
}
const rowsOf = (html = '') => html.split('<tr').length - 1;

describe('the journal’s page', () => {
  it('says who called what, how it ended, and what was wrong on purpose', async () => {
    const universe = await opened();
    const [person] = universe.cast;
    universe.addFault({
      id: 'slow-down',
      kind: 'error',
      params: { name: 'tea_pot' },
      match: { operation: 'notes.list' },
    });
    await desk.toy('u', 'POST', '/notes', { text: 'one' });
    await desk.toy('u', 'GET', '/notes');
    const { text } = await desk.open('/console/u/u');
    expect(text).toMatch(new RegExp(`toy ${person?.email} notes\\.create POST /notes 200`));
    expect(text).toMatch(/notes\.list GET \/notes 418 [\d.]+ slow-down/);
    expect(text).toContain('fault slow-down put in');
    expect(text).not.toContain('1 row changed');
  });

  it('shows one kind, one twin, or all with the rows that changed', async () => {
    await opened();
    await desk.toy('u', 'POST', '/notes', { text: 'one' });
    await desk.call('POST', '/v1/universes/u/clock/advance', { by: '1h' });
    const shown = async (query: string) => (await desk.open(`/console/u/u?${query}`)).text;
    expect(await shown('view=clock')).toMatch(/time moved on by 1 h/);
    expect(await shown('view=clock')).not.toContain('notes.create');
    expect(await shown('view=all')).toContain('1 row changed');
    expect(await shown('twin=toy')).not.toContain('time moved on');
  });

  it('leads to older entries page by page, each entry once', async () => {
    const universe = await opened();
    for (let i = 1; i <= 250; i++) universe.note('note', undefined, { nth: i });
    const seen: number[] = [];
    let path: string | undefined = '/console/u/u?view=all';
    while (path !== undefined) {
      const { html }: { html: string } = await desk.open(path);
      seen.push(...[...html.matchAll(/data-seq="(\d+)"/g)].map((match) => Number(match[1])));
      const older = /href="(\?[^"]*)">Older/.exec(html)?.[1];
      path = older === undefined ? undefined : `/console/u/u${older.replaceAll('&amp;', '&')}`;
    }
    expect(seen).toEqual([...Array(universe.journal.end).keys()].map((i) => universe.journal.end - i));
  });

  it('shows an entry in full with its credentials masked', async () => {
    const universe = await opened();
    await desk.toy('u', 'POST', '/notes', { text: 'hello there' });
    const { text } = await desk.open(`/console/u/u/journal/${universe.journal.end}`);
    expect(text).toMatch(/POST \/notes/);
    expect(text).toContain('authorization: Bearer ***');
    expect(text).toContain('&quot;text&quot;: &quot;hello there&quot;');
    expect((await desk.open('/console/u/u/journal/999')).status).toBe(404);
  });
});

describe('the stream behind it', () => {
  it('sends rows as they come, and says when the universe began again and when it ends', async () => {
    const universe = await opened();
    const live = await follow('after=0&view=all');
    universe.note('note', undefined, { said: 'hello' });
    const first = await live.next();
    expect([first.event, rowsOf(first.data.html), first.data.last]).toEqual([
      'rows',
      1,
      universe.journal.end,
    ]);
    universe.reset();
    expect((await live.next()).event).toBe('reset');
    desk.registry.drop('u');
    expect((await live.next()).event).toBe('end');
  });

  it('sends at most 50 rows at a time however much happens, and counts the rest', async () => {
    const universe = await opened();
    const live = await follow(`after=${universe.journal.end}&view=all`);
    for (let i = 0; i < 5_000; i++) universe.note('note', undefined, { nth: i });
    const { data } = await live.next();
    expect([rowsOf(data.html), data.unseen]).toEqual([50, 4_950]);
    expect(data.html).toContain('4999');
    await live.stop();
  });

  it('keeps nothing for who does not read', async () => {
    const universe = await opened();
    const response = await desk.app.request(`${URL_BASE}/console/u/u/live?after=0`);
    const before = universe.journal.watchers;
    for (let i = 0; i < 20_000; i++) universe.note('note', undefined, { nth: i });
    expect(universe.journal.watchers).toBe(before);
    await response.body?.cancel();
  });

  it('is refused to more viewers than a server bears, until some leave', async () => {
    await opened();
    const open = () => desk.app.request(`${URL_BASE}/console/u/u/live`);
    const viewers = [];
    for (let i = 0; i < 500; i++) viewers.push(await open());
    expect((await open()).status).toBe(503);
    await Promise.all(viewers.map((one) => one.body?.cancel()));
    const again = await open();
    expect(again.status).toBe(200);
    await again.body?.cancel();
  });

  it('tells other pages only that something changed', async () => {
    const universe = await opened();
    const live = await follow('rows=0&twin=toy');
    universe.note('note', 'toy', { said: 'hello' });
    expect(await live.next()).toEqual({ event: 'changed', data: { last: universe.journal.end } });
    await live.stop();
  });
});
