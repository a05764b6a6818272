import { describe, expect, it } from 'vitest';
import { type Note, notes, toy } from '../toy.ts';
import { openUniverse } from '../universe.ts';

type NotePage = { items: Note[]; cursor: string };
const open = (options = {}) => openUniverse([toy], { world: 'w' }, options);
const auth = { authorization: 'Bearer good', 'content-type': 'application/json' };
const create = (u: Awaited<ReturnType<typeof open>>, text: string) =>
  u.fetch('/toy/notes', { method: 'POST', headers: auth, body: JSON.stringify({ text }) });
const texts = async (u: Awaited<ReturnType<typeof open>>) =>
  [...u.universe.state.list(notes)].map((row) => row.text);

describe('a request', () => {
  it('is refused without a credential and changes nothing', async () => {
    const u = await open();
    const res = await u.fetch('/toy/notes', {
      method: 'POST',
      body: '{"text":"a"}',
      headers: { 'content-type': 'application/json' },
    });
    expect(res.status).toBe(401);
    expect(await texts(u)).toEqual([]);
  });

  it('that is refused half way leaves rows, ids and events as they were', async () => {
    const u = await open();
    expect((await create(u, 'refuse')).status).toBe(409);
    expect((await create(u, 'kept')).status).toBe(200);
    expect([...u.universe.state.list(notes)]).toEqual([{ id: 'n1', text: 'kept' }]);
    await u.universe.advance(u.universe.now());
    expect(u.received.map((one) => JSON.parse(one.body).text)).toEqual(['kept']);
  });

  it('that meets a mistake of ours gets the vendor form of a 500 and is journaled', async () => {
    const u = await open();
    expect((await create(u, 'break')).status).toBe(500);
    expect(u.universe.journal.page({ limit: 10, kind: 'note' }).entries[0]).toMatchObject({
      assertion: true,
      message: 'bug',
    });
  });

  it('for an operation that the twin lacks is a loud gap', async () => {
    const u = await open();
    const res = await u.fetch('/toy/notes/1/archive', { method: 'POST', headers: auth });
    expect([res.status, res.headers.get('x-orrery-gap')]).toEqual([501, 'notes.archive']);
  });

  it('is counted in its tier only where rate limits are on', async () => {
    const off = await open();
    const on = await open({ rateLimits: 'vendor' });
    const statuses = async (u: typeof on) =>
      [await create(u, 'a'), await create(u, 'b'), await create(u, 'c')].map((r) => r.status);
    expect(await statuses(off)).toEqual([200, 200, 200]);
    expect(await statuses(on)).toEqual([200, 200, 429]);
  });

  it('with broken JSON or too many bytes gets the vendor error', async () => {
    const u = await open();
    const send = (body: string) => u.fetch('/toy/notes', { method: 'POST', headers: auth, body });
    expect((await send('{"text":')).status).toBe(400);
    expect((await send('['.repeat(5_000))).status).toBe(400);
    expect((await send(JSON.stringify({ text: 'x'.repeat(20_000) }))).status).toBe(413);
  });
});

describe('paging', () => {
  it('goes on at the right place when rows come and go between pages', async () => {
    const u = await open();
    for (const text of ['a', 'b', 'c', 'd']) await create(u, text);
    const first = (await (await u.fetch('/toy/notes', { headers: auth })).json()) as NotePage;
    u.universe.work('toy', (world) => world.remove(notes, 'n2'));
    const second = (await (
      await u.fetch(`/toy/notes?cursor=${first.cursor}`, { headers: auth })
    ).json()) as NotePage;
    expect([first.items, second.items].map((items) => items.map((one: Note) => one.text))).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });
});

describe('deliveries', () => {
  it('are tried again by the vendor schedule until they are taken', async () => {
    const u = await open();
    u.answer(() => ({ status: 500 }));
    await create(u, 'a');
    await u.universe.advance(u.universe.now());
    expect(u.received).toHaveLength(1);
    await u.universe.advance(u.universe.now() + 60_000);
    u.answer(() => ({ status: 200 }));
    await u.universe.advance(u.universe.now() + 3_600_000);
    expect(u.received.map((one) => one.headers['x-attempt'])).toEqual(['1', '2', '3']);
  });
});

describe('faults', () => {
  it('commit-then-fail keeps the change and answers an error, as often as it says', async () => {
    const u = await open();
    u.universe.addFault({ kind: 'commitThenFail', match: { operation: 'notes.*' }, count: 1 });
    expect([(await create(u, 'a')).status, (await create(u, 'b')).status]).toEqual([503, 200]);
    expect(await texts(u)).toEqual(['a', 'b']);
  });

  it('an error fault answers by the vendor name and does nothing, where its expression holds', async () => {
    const u = await open();
    u.universe.addFault({
      kind: 'error',
      match: { when: "request.body.text == 'bad'" },
      params: { name: 'teapot' },
    });
    expect([(await create(u, 'good')).status, (await create(u, 'bad')).status]).toEqual([200, 418]);
    expect(await texts(u)).toEqual(['good']);
  });

  it('a reset rejects as a cut connection does', async () => {
    const u = await open();
    u.universe.addFault({ kind: 'reset' });
    await expect(create(u, 'a')).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } });
  });

  it('double, drop and delay events', async () => {
    const u = await open();
    u.universe.addFault({ kind: 'doubleEvents', count: 1 });
    u.universe.addFault({ kind: 'dropEvents', skip: 1, count: 1 });
    u.universe.addFault({ kind: 'lateEvents', skip: 2, params: { by: '10m' } });
    for (const text of ['twice', 'never', 'late']) await create(u, text);
    await u.universe.advance(u.universe.now());
    const got = () => u.received.map((one) => JSON.parse(one.body).text);
    expect(got()).toEqual(['twice', 'twice']);
    await u.universe.advance(u.universe.now() + 600_000);
    expect(got()).toEqual(['twice', 'twice', 'late']);
  });
});

describe('a fork', () => {
  it('and its parent no longer see each other’s changes', async () => {
    const u = await open();
    await create(u, 'before');
    const fork = u.registry.fork(u.universe, { id: 'fork' });
    await create(u, 'parent');
    fork.work('toy', (world) => world.insert(notes, { id: 'x', text: 'child' }));
    expect(await texts(u)).toEqual(['before', 'parent']);
    expect([...fork.state.list(notes)].map((row) => row.text)).toEqual(['before', 'child']);
  });

  it('reset puts rows, ids and the journal back to the beginning', async () => {
    const u = await open();
    await create(u, 'a');
    const hash = u.universe.journal.hash();
    u.universe.reset();
    expect(await texts(u)).toEqual([]);
    await create(u, 'a');
    expect(u.universe.journal.hash()).toBe(hash);
  });
});

describe('moving the clock', () => {
  it('waits for a delivery that is on its way before time goes on', async () => {
    const u = await open();
    let release: () => void = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const began = u.universe.now();
    const send = u.universe.setting.outbound.send;
    u.universe.setting.outbound.send = async (request) => {
      await held;
      return send(request);
    };
    await create(u, 'a');
    while (u.universe.inFlight === 0) await new Promise((resolve) => setImmediate(resolve));
    const moved = u.universe.advance(began + 60_000);
    await new Promise((resolve) => setImmediate(resolve));
    expect(u.universe.now()).toBe(began);
    release();
    await moved;
    const [delivery] = u.universe.journal.page({ limit: 5, kind: 'delivery' }).entries;
    expect([u.universe.now(), delivery?.at]).toEqual([began + 60_000, new Date(began).toISOString()]);
  });
});

describe('an error fault without a twin', () => {
  it('acts on the vendors that have an error of that name, and on no other', async () => {
    const u = await open();
    u.universe.addFault({ kind: 'error', params: { name: 'E0000047' } });
    expect((await create(u, 'a')).status).toBe(200);
  });
});
