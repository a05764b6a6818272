/** What one does to a universe while a program works in it: faults, time, gestures, credentials, deliveries, rows. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, FROZEN, openDesk } from './toy.ts';

const ADMIN = 'admin@acme.example';
let desk: Desk;
beforeEach(async () => {
  desk = openDesk();
  await desk.call('POST', '/v1/universes', { id: 'u', clock: FROZEN, bind: { desk: 'http://127.0.0.1:9' } });
});
afterEach(() => desk.close());

const call = async (method: string, path: string, body?: unknown) => {
  const answer = await desk.call(method, `/v1/universes/u${path}`, body);
  return { status: answer.status, body: answer.body as Record<string, never>, text: answer.text };
};
const write = (text: string) => desk.toy('u', 'POST', '/notes', { text });

describe('a fault', () => {
  it('put in acts, counts what it did, and no longer acts once lifted', async () => {
    const put = await call('POST', '/faults', {
      kind: 'error',
      match: { operation: 'notes.*' },
      params: { name: 'tea_pot' },
    });
    expect([put.status, (await write('a')).status]).toEqual([201, 418]);
    expect((await call('GET', `/faults/${put.body.id}`)).body).toMatchObject({
      hits: 1,
      seen: 1,
      since: FROZEN.now,
    });
    expect((await call('DELETE', `/faults/${put.body.id}`)).status).toBe(204);
    expect((await write('a')).status).toBe(200);
  });

  it('of a preset is put in with what differs from it', async () => {
    const put = await call('POST', '/faults', { preset: 'toy/outage', count: 1, id: 'down' });
    expect(put.body).toMatchObject({
      preset: 'toy/outage',
      faults: [{ id: 'down', kind: 'outage', count: 1 }],
    });
    expect([(await write('a')).status, (await write('a')).status]).toEqual([503, 200]);
  });

  it('within a window acts only then, by the universe’s clock', async () => {
    await call('POST', '/faults', { kind: 'outage', window: { from: '1m', for: 'PT1M' } });
    const statuses = [];
    for (let minute = 0; minute < 3; minute++) {
      statuses.push((await write('a')).status);
      await call('POST', '/clock/advance', { by: '1m' });
    }
    expect(statuses).toEqual([200, 503, 200]);
  });

  it.each([
    ['an unknown kind', { kind: 'outge' }, '/kind', 'outage'],
    ['an unknown preset', { preset: 'toy/outtage' }, '/preset', 'toy/outage'],
    [
      'params of another kind',
      { kind: 'rateLimited', params: { retryAfter: 'soon' } },
      '/params/retryAfter',
      'integer',
    ],
    ['a duration that is none', { kind: 'lateEvents', params: { by: 'later' } }, '/params/by', 'duration'],
    [
      'an error that the vendor does not have',
      { kind: 'error', params: { name: 'teaPot' } },
      '/params/name',
      'tea_pot',
    ],
    ['an unknown twin', { kind: 'outage', match: { twin: 'toi' } }, '/match/twin', 'toy'],
    [
      'an operation that no twin has',
      { kind: 'outage', match: { operation: 'notes.creat' } },
      '/match/operation',
      'notes.create',
    ],
    [
      'an expression that cannot be read',
      { kind: 'outage', match: { when: 'request.body.(' } },
      '/match/when',
      '',
    ],
  ])('with %s is refused with what was probably meant', async (_, fault, pointer, meant) => {
    const { status, body } = await call('POST', '/faults', fault);
    expect(status).toBe(422);
    expect(body.errors).toEqual([{ pointer, detail: expect.stringContaining(meant) }]);
    expect((await call('GET', '/faults')).body.faults).toEqual([]);
  });

  it('in a list with a wrong one leaves all as it was, and says which is wrong', async () => {
    await call('POST', '/faults', { kind: 'outage', id: 'kept' });
    const put = await call('PUT', '/faults', { faults: [{ kind: 'reset' }, { kind: 'error', params: {} }] });
    expect([put.status, put.body.errors]).toMatchObject([422, [{ pointer: '/faults/1/params/name' }]]);
    expect((await call('GET', '/faults')).body.faults).toMatchObject([{ id: 'kept' }]);
    const twice = await call('PUT', '/faults', {
      faults: [
        { kind: 'reset', id: 'a' },
        { kind: 'reset', id: 'a' },
      ],
    });
    expect(twice.body.errors).toMatchObject([{ pointer: '/faults/1/id' }]);
  });
});

describe('the clock', () => {
  it('moves on by a duration or to a moment, and what falls due has happened before the answer', async () => {
    await write('event');
    const before = desk.received.length;
    const { body } = await call('POST', '/clock/advance', { by: '90s' });
    expect([before, desk.received.length, body.now]).toEqual([0, 1, '2026-03-02T09:01:30.000Z']);
    expect((await call('POST', '/clock/advance', { to: '2026-03-03T00:00:00Z' })).body.now).toBe(
      '2026-03-03T00:00:00.000Z',
    );
  });

  it('does not go back by advancing, and takes a rate only when scaled', async () => {
    expect((await call('POST', '/clock/advance', { to: '2026-01-01T00:00:00Z' })).body.errors).toMatchObject([
      { pointer: '/to' },
    ]);
    expect((await call('POST', '/clock/advance', {})).status).toBe(422);
    expect((await call('POST', '/clock/advance', { by: '1s', to: FROZEN.now })).status).toBe(422);
    expect((await call('PATCH', '/clock', { rate: 3 })).body.errors).toMatchObject([{ pointer: '/rate' }]);
    expect((await call('PATCH', '/clock', { mode: 'scaled', rate: 3 })).body).toMatchObject({
      mode: 'scaled',
      rate: 3,
    });
  });
});

describe('a gesture', () => {
  it('is done by a person and journaled as the operator’s', async () => {
    const made = await call('POST', '/gestures', {
      twin: 'toy',
      gesture: 'pin',
      as: ADMIN,
      with: { note: 'welcome' },
    });
    expect([made.status, made.body.result]).toEqual([200, { pinned: 'welcome' }]);
    const { entries } = (await call('GET', '/journal?kind=gesture')).body as unknown as { entries: object[] };
    expect(entries).toMatchObject([{ gesture: 'pin', as: ADMIN, by: 'operator' }]);
  });

  it('that is none, does not fit, or that the vendor refuses is a problem', async () => {
    const make = async (body: object) =>
      (await call('POST', '/gestures', { twin: 'toy', gesture: 'pin', as: ADMIN, ...body })).body;
    expect((await make({ twin: 'toi' })).errors).toMatchObject([{ pointer: '/twin' }]);
    expect((await make({ gesture: 'pim' })).errors).toMatchObject([
      { pointer: '/gesture', detail: expect.stringContaining('pin') },
    ]);
    expect((await make({ gesture: 'constructor' })).errors).toMatchObject([{ pointer: '/gesture' }]);
    expect((await make({ with: { nota: 1 } })).errors).toMatchObject([
      { pointer: '/with/note' },
      { pointer: '/with/nota' },
    ]);
    expect((await make({ as: 'nobody@acme.example', with: { note: 'welcome' } })).errors).toMatchObject([
      { pointer: '/as' },
    ]);
    expect(await make({ with: { note: 'n99' } })).toMatchObject({
      status: 422,
      vendor: { twin: 'toy', error: 'note_not_found' },
    });
  });
});

describe('a credential', () => {
  it('is minted for anybody, good until it is revoked, and its secret is shown once', async () => {
    const minted = await call('POST', '/credentials', { twin: 'toy', kind: 'key', as: ADMIN });
    const { id, secret } = minted.body as unknown as { id: string; secret: { key: string } };
    expect(minted.status).toBe(201);
    const listed = await call('GET', '/credentials?twin=toy');
    expect(listed.text).toContain(id);
    expect(listed.text).not.toContain(secret.key);
    expect((await call('DELETE', `/credentials/${id}`)).status).toBe(204);
    expect((await call('DELETE', `/credentials/${id}`)).status).toBe(404);
  });

  it('of an unknown kind or for a stranger is refused', async () => {
    expect(
      (await call('POST', '/credentials', { twin: 'toy', kind: 'kye', as: ADMIN })).body.errors,
    ).toMatchObject([{ pointer: '/kind' }]);
    expect(
      (await call('POST', '/credentials', { twin: 'toy', kind: 'key', as: 'x@y.example' })).body.errors,
    ).toMatchObject([{ pointer: '/as' }]);
  });
});

describe('a delivery', () => {
  it('that failed can be sent once more', async () => {
    desk.answer({ status: 500 });
    await write('a');
    await call('POST', '/clock/advance', { by: '1s' });
    const [failed] = (await call('GET', '/deliveries?status=failed')).body.deliveries as unknown as {
      id: string;
    }[];
    desk.answer({ status: 200 });
    expect((await call('POST', `/deliveries/${failed?.id}/redeliver`)).status).toBe(202);
    await call('POST', '/clock/advance', { by: '1s' });
    expect((await call('GET', `/deliveries/${failed?.id}`)).body).toMatchObject({
      status: 'delivered',
      attempts: 2,
      payload: { text: 'a' },
    });
    expect(desk.received.map((one) => one.body)).toHaveLength(2);
  });

  it('that is still due is not sent twice', async () => {
    await write('a');
    const [due] = (await call('GET', '/deliveries')).body.deliveries as unknown as { id: string }[];
    expect((await call('POST', `/deliveries/${due?.id}/redeliver`)).status).toBe(409);
    expect((await call('POST', '/deliveries/none/redeliver')).status).toBe(404);
  });
});

describe('the state', () => {
  it('exported from one universe and imported into another is the same, ids to come included', async () => {
    await write('a');
    const state = (await call('GET', '/state')).body;
    await desk.call('POST', '/v1/universes', { id: 'other', clock: FROZEN });
    const put = await desk.call('PUT', '/v1/universes/other/state', state);
    expect(put.body).toMatchObject({ rows: { toy: { notes: 2 } } });
    expect((await desk.call('GET', '/v1/universes/other/state')).body).toEqual(state);
    expect(await (await desk.toy('other', 'POST', '/notes', { text: 'b' })).json()).toMatchObject({
      id: 'n2',
    });
  });

  it('can be asked for and put by table; other tables stay', async () => {
    await call('PUT', '/state?twin=toy&table=notes', {
      twins: { toy: { notes: [{ id: 'x', text: 'only' }] } },
    });
    const { twins } = (await call('GET', '/state?twin=toy')).body as unknown as {
      twins: { toy: Record<string, object[]> };
    };
    expect([twins.toy.notes, twins.toy.keys?.length]).toEqual([[{ id: 'x', text: 'only' }], 1]);
  });

  it('with rows of another shape, doubled keys or unknown tables is refused whole', async () => {
    const put = await call('PUT', '/state', {
      twins: { toy: { notes: [{ id: 'a', text: 'a' }, { id: 'a', text: 'b' }, {}], nots: [] }, toi: {} },
    });
    expect([put.status, put.body.errors]).toMatchObject([
      422,
      [
        { pointer: '/twins/toy/notes/1' },
        { pointer: '/twins/toy/notes/2' },
        { pointer: '/twins/toy/nots', detail: expect.stringContaining('notes') },
        { pointer: '/twins/toi', detail: expect.stringContaining('toy') },
      ],
    ]);
    expect((await desk.toy('u', 'GET', '/notes')).status).toBe(200);
  });

  it('differs from the beginning by what was made, changed (field by field) and deleted', async () => {
    await write('a');
    await call('POST', '/gestures', { twin: 'toy', gesture: 'pin', as: ADMIN, with: { note: 'welcome' } });
    const { body } = await call('GET', '/diff');
    expect(body).toMatchObject({
      from: 'beginning',
      to: 'now',
      rows: 2,
      truncated: false,
      twins: {
        toy: {
          notes: {
            created: [{ key: 'n1', row: { text: 'a' } }],
            updated: [{ key: 'welcome', changed: [{ pointer: '/by', after: ADMIN }] }],
            deleted: [],
          },
        },
      },
    });
  });
});

describe('the journal', () => {
  it('is read in pages, by kind and by twin', async () => {
    for (const text of ['a', 'b', 'c']) await write(text);
    const first = (await call('GET', '/journal?kind=exchange&limit=2')).body as unknown as {
      entries: object[];
      next: number;
    };
    const rest = (await call('GET', `/journal?kind=exchange&after=${first.next}`)).body as unknown as {
      entries: object[];
    };
    expect([first.entries.length, rest.entries.length]).toEqual([2, 1]);
    expect(first.entries[0]).toMatchObject({
      operation: 'notes.create',
      actor: ADMIN,
      outcome: 'ok',
      twin: 'toy',
    });
    expect(JSON.stringify(first)).not.toMatch(/toy-\w{20}/);
  });

  it('of equal universes with equal requests has an equal hash', async () => {
    const hash = async () => {
      await call('POST', '/reset');
      for (const text of ['a', 'b']) await write(text);
      return (await call('GET', '/journal?hash')).body;
    };
    const first = await hash();
    expect(first).toMatchObject({ hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(await hash()).toEqual(first);
  });

  it('counts gaps by operation', async () => {
    for (const id of ['1', '2']) await desk.toy('u', 'POST', `/notes/${id}/archive`);
    expect((await call('GET', '/gaps')).body.gaps).toMatchObject([
      { twin: 'toy', operation: 'notes.archive', method: 'POST', path: '/notes/2/archive', count: 2 },
    ]);
  });
});
