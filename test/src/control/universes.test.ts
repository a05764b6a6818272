import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, FROZEN, openDesk, URL_BASE } from './toy.ts';

let desk: Desk;
beforeEach(() => {
  desk = openDesk();
});
afterEach(() => desk.close());

const make = (body: object = {}) => desk.call('POST', '/v1/universes', body);

describe('making a universe', () => {
  it('with nothing said gives the built-in world, a drawn seed, addresses, credentials and environment', async () => {
    const { status, body } = await desk.call('POST', '/v1/universes');
    expect(status).toBe(201);
    expect(body).toMatchObject({
      tenant: 'local',
      seed: expect.any(Number),
      expiresAt: null,
      clock: { mode: 'realtime', rate: 1 },
      twins: { toy: { credentials: { key: expect.stringMatching(/^toy-/) } } },
      env: { TOY_KEY: expect.stringMatching(/^toy-/) },
    });
    const { id, twins, env } = body as {
      id: string;
      twins: { toy: { url: string } };
      env: Record<string, string>;
    };
    expect(twins.toy.url).toBe(`${URL_BASE}/u/${id}/toy`);
    expect(env.ORRERY_UNIVERSE).toBe(id);
    const other = await desk.call('POST', '/v1/universes');
    expect((other.body as { seed: number }).seed).not.toBe((body as { seed: number }).seed);
  });

  it('takes id, name, seed, clock, time to live, bindings, limits and an inline world', async () => {
    const { status, body } = await make({
      id: 'mine',
      name: 'My own',
      seed: 42,
      ttl: '30m',
      clock: FROZEN,
      bind: { desk: 'http://127.0.0.1:9' },
      rateLimits: { write: 3 },
      world: { world: 'small', people: [{ name: 'Ann Lee', email: 'ann@acme.example' }] },
    });
    expect([status, (body as { id: string }).id]).toEqual([201, 'mine']);
    expect(body).toMatchObject({ name: 'My own', seed: 42, clock: { ...FROZEN, rate: 1 } });
    const { createdAt, expiresAt } = body as { createdAt: string; expiresAt: string };
    expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBeGreaterThan(29 * 60_000);
    expect(desk.registry.get('mine')?.cast.map((one) => one.email)).toEqual(['ann@acme.example']);
  });

  it('without a seed of its own or the world’s draws one and returns it', async () => {
    const { body } = await make({ world: { world: 'bare' } });
    expect((body as { seed: number }).seed).toBeTypeOf('number');
  });

  it('under a taken id is a conflict', async () => {
    await make({ id: 'mine' });
    expect(await make({ id: 'mine' })).toMatchObject({
      status: 409,
      body: { type: 'urn:orrery:problem:id-taken' },
    });
  });

  it('says where an inline world is wrong', async () => {
    const { status, body } = await make({ world: { world: 'w', slack: { chanels: [] } } });
    expect(status).toBe(422);
    expect(body).toMatchObject({ errors: [{ pointer: '/world/slack/chanels' }] });
  });

  it('of an unknown world is refused with the worlds there are', async () => {
    const { status, body } = await make({ world: 'acne' });
    expect([status, (body as { errors: { pointer: string; detail: string }[] }).errors[0]]).toEqual([
      422,
      { pointer: '/world', detail: expect.stringContaining('acme') },
    ]);
  });

  it('with origins is refused loudly where no server listens', async () => {
    expect(await make({ origins: true })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/origins' }] },
    });
  });

  it('with latency holds every answer back', async () => {
    await make({ id: 'slow', latency: { fixed: '20ms' } });
    const before = performance.now();
    await desk.toy('slow', 'GET', '/notes');
    expect(performance.now() - before).toBeGreaterThan(15);
  });
});

describe('forking', () => {
  it('gives the same contents and credentials, and then goes its own way', async () => {
    await make({ id: 'parent' });
    await desk.toy('parent', 'POST', '/notes', { text: 'before' });
    const fork = await desk.call('POST', '/v1/universes/parent/fork', { id: 'child' });
    await desk.toy('child', 'POST', '/notes', { text: 'after' });
    const texts = async (id: string) =>
      ((await (await desk.toy(id, 'GET', '/notes')).json()) as { text: string }[]).map((note) => note.text);
    expect(fork.status).toBe(201);
    expect([await texts('parent'), await texts('child')]).toEqual([
      ['before', 'hello'],
      ['before', 'after', 'hello'],
    ]);
  });

  it('with fresh credentials makes those of the parent useless', async () => {
    const parent = await make({ id: 'parent' });
    const fork = await desk.call('POST', '/v1/universes/parent/fork', { credentials: 'fresh' });
    const key = (answer: typeof fork) => (answer.body as { env: { TOY_KEY: string } }).env.TOY_KEY;
    expect(key(fork)).not.toBe(key(parent));
  });

  it('by `from` takes a universe or a snapshot, with its time where the clock stands', async () => {
    await make({ id: 'parent', clock: FROZEN });
    const snapshot = await desk.call('POST', '/v1/universes/parent/snapshots', { name: 'early' });
    await desk.toy('parent', 'POST', '/notes', { text: 'late' });
    await desk.call('POST', '/v1/universes/parent/clock/advance', { by: '1h' });
    const { id } = snapshot.body as { id: string };
    const early = await make({ from: id, id: 'early' });
    const late = await make({ from: 'parent', id: 'late' });
    expect([early.body, late.body]).toMatchObject([
      { clock: { now: FROZEN.now } },
      { clock: { now: '2026-03-02T10:00:00.000Z' } },
    ]);
    expect(await (await desk.toy('early', 'GET', '/notes')).json()).toHaveLength(1);
  });

  it('of nothing is not found', async () => {
    expect((await make({ from: 'nowhere' })).status).toBe(404);
    expect((await desk.call('POST', '/v1/universes/nowhere/fork')).status).toBe(404);
  });
});

describe('a universe', () => {
  it('is listed in pages, in order of id, without credentials', async () => {
    for (const id of ['c', 'a', 'b']) await make({ id });
    const first = await desk.call('GET', '/v1/universes?limit=2');
    const { universes, next } = first.body as { universes: { id: string }[]; next: string };
    const second = await desk.call('GET', `/v1/universes?limit=2&after=${next}`);
    expect(universes.map((one) => one.id)).toEqual(['a', 'b']);
    expect((second.body as { universes: { id: string }[] }).universes.map((one) => one.id)).toEqual(['c']);
    expect(first.text).not.toContain('toy-');
  });

  it('once dropped is gone', async () => {
    await make({ id: 'mine' });
    expect((await desk.call('DELETE', '/v1/universes/mine')).status).toBe(204);
    expect((await desk.call('GET', '/v1/universes/mine')).status).toBe(404);
  });

  it('reset begins again with the same ids and credentials', async () => {
    const made = await make({ id: 'mine' });
    const note = async () => (await desk.toy('mine', 'POST', '/notes', { text: 'x' })).json();
    const before = await note();
    const reset = await desk.call('POST', '/v1/universes/mine/reset');
    expect((reset.body as { env: object }).env).toEqual((made.body as { env: object }).env);
    expect(await note()).toEqual(before);
  });

  it('gives its environment as JSON, as a .env file and for a shell', async () => {
    await make({ id: 'mine' });
    const json = await desk.call('GET', '/v1/universes/mine/env');
    const { TOY_KEY } = json.body as { TOY_KEY: string };
    const dotenv = await desk.call('GET', '/v1/universes/mine/env?format=dotenv');
    const shell = await desk.call('GET', '/v1/universes/mine/env?format=shell');
    expect(dotenv.text.split('\n')).toContain(`TOY_KEY=${TOY_KEY}`);
    expect(shell.text.split('\n')).toContain(`export TOY_KEY=${TOY_KEY}`);
  });
});

describe('a snapshot', () => {
  it('is returned to by id or name; what came after is gone', async () => {
    await make({ id: 'mine' });
    await desk.call('POST', '/v1/universes/mine/snapshots', { name: 'clean' });
    await desk.toy('mine', 'POST', '/notes', { text: 'dirt' });
    expect((await desk.call('POST', '/v1/universes/mine/snapshots/clean/restore')).status).toBe(200);
    expect(await (await desk.toy('mine', 'GET', '/notes')).json()).toHaveLength(1);
  });

  it('is listed until it is deleted', async () => {
    await make({ id: 'mine' });
    const { body } = await desk.call('POST', '/v1/universes/mine/snapshots');
    const { id } = body as { id: string };
    const list = async () =>
      (await desk.call('GET', '/v1/universes/mine/snapshots')).body as { snapshots: unknown[] };
    expect((await list()).snapshots).toMatchObject([{ id: 'mine.1' }]);
    expect((await desk.call('DELETE', `/v1/universes/mine/snapshots/${id}`)).status).toBe(204);
    expect((await list()).snapshots).toEqual([]);
  });
});
