/** The event stream, as a reader sees it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Universe } from '../../../src/universe.ts';
import { type Desk, FROZEN, openDesk, URL_BASE } from './toy.ts';

let desk: Desk;
let universe: Universe;
beforeEach(async () => {
  desk = openDesk();
  await desk.call('POST', '/v1/universes', { id: 'u', clock: FROZEN });
  universe = desk.registry.get('u') as Universe;
});
afterEach(() => desk.close());

interface Event {
  id?: string;
  event?: string;
  data?: { seq?: number; resume?: number; entries?: number };
}

/** Opens the stream; `next(n)` reads so many events, `rest()` all until it ends. */
async function open(query = '', headers: Record<string, string> = {}) {
  const response = await desk.app.request(`${URL_BASE}/v1/universes/u/events${query}`, { headers });
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const text = new TextDecoder();
  const waiting: Event[] = [];
  let part = '';
  const more = async (): Promise<boolean> => {
    const { done, value } = await reader.read();
    if (done) return false;
    const blocks = (part + text.decode(value, { stream: true })).split('\n\n');
    part = blocks.pop() as string;
    waiting.push(...blocks.map(parsed));
    return true;
  };
  return {
    async next(count: number): Promise<Event[]> {
      while (waiting.length < count && (await more()));
      return waiting.splice(0, count);
    },
    async rest(): Promise<Event[]> {
      while (await more());
      return waiting.splice(0);
    },
    stop: () => reader.cancel(),
  };
}

const parsed = (block: string): Event => {
  const lines = block.split('\n').map((line) => line.split(/: (.*)/s, 2) as [string, string]);
  const { id, event, data } = Object.fromEntries(lines);
  return { ...(id ? { id } : {}), ...(event ? { event } : {}), ...(data ? { data: JSON.parse(data) } : {}) };
};
const say = (count: number) => {
  for (let i = 0; i < count; i++) universe.note('note', undefined, { i });
};
const seqs = (events: Event[]) => events.map((one) => one.data?.seq);

describe('the event stream', () => {
  it('gives what was, then what comes, each under its number', async () => {
    say(2);
    const stream = await open();
    expect((await stream.next(2)).map((one) => one.id)).toEqual(['1', '2']);
    const coming = stream.next(1);
    await desk.toy('u', 'GET', '/notes');
    expect((await coming)[0]).toMatchObject({ id: '3', data: { seq: 3, kind: 'exchange', twin: 'toy' } });
    await stream.stop();
    expect(universe.journal.watchers).toBe(0);
  });

  it('goes on behind Last-Event-ID', async () => {
    say(5);
    const stream = await open('?after=1', { 'last-event-id': '3' });
    expect(seqs(await stream.next(2))).toEqual([4, 5]);
    await stream.stop();
  });

  it('gives one kind where asked for', async () => {
    say(1);
    await desk.toy('u', 'GET', '/notes');
    const stream = await open('?kind=exchange');
    expect(seqs(await stream.next(1))).toEqual([2]);
    await stream.stop();
  });

  it('says that the journal began again when the universe is reset', async () => {
    say(3);
    const stream = await open();
    await stream.next(3);
    universe.reset();
    say(1);
    expect(await stream.next(2)).toMatchObject([
      { id: '0', event: 'reset' },
      { id: '1', data: { seq: 1 } },
    ]);
    await stream.stop();
  });

  it('begins with a reset for a reader whose number lies behind the end', async () => {
    say(1);
    const stream = await open('', { 'last-event-id': '99' });
    expect(await stream.next(2)).toMatchObject([{ event: 'reset' }, { data: { seq: 1 } }]);
    await stream.stop();
  });

  it('tells how many entries are lost where the journal had to drop them', async () => {
    say(100_000);
    const { dropped } = universe.journal;
    expect(dropped).toBeGreaterThan(0);
    const stream = await open('?after=1');
    expect(await stream.next(2)).toMatchObject([
      { event: 'lost', data: { entries: dropped - 1 } },
      { data: { seq: dropped + 1 } },
    ]);
    await stream.stop();
  });

  it('cuts a reader who does not keep up, and tells where to go on', async () => {
    const stream = await open();
    say(20_001);
    const last = (await stream.rest()).at(-1);
    expect(last).toMatchObject({ event: 'cut', data: { resume: expect.any(Number) } });
    expect(universe.journal.watchers).toBe(0);
  });

  it('ends with its universe', async () => {
    const stream = await open();
    await desk.call('DELETE', '/v1/universes/u');
    expect(await stream.rest()).toMatchObject([{ event: 'end' }]);
  });
});
