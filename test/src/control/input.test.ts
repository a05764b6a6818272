/** Bad input of every kind: a problem that names the place, and a server that lives. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Route, Schema } from '../../../src/control/route.ts';
import { ROUTES } from '../../../src/control/routes/all.ts';
import { draw } from '../../../src/prng.ts';
import { type Answer, type Desk, openDesk, URL_BASE } from './toy.ts';

let desk: Desk;
beforeAll(async () => {
  desk = openDesk();
  await desk.call('POST', '/v1/universes', { id: 'mine' });
});
afterAll(() => desk.close());

interface Shown {
  type: string;
  title: string;
  status: number;
  detail: string;
  errors?: { pointer: string; detail: string; in?: string }[];
}

const shown = (answer: Answer): Shown => {
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  const body = answer.body as Shown;
  expect(body).toMatchObject({
    type: expect.stringMatching(/^urn:orrery:problem:[\w-]+$/),
    title: expect.any(String),
    status: answer.status,
    detail: expect.any(String),
  });
  return body;
};
const pointers = (answer: Answer) => shown(answer).errors?.map((one) => one.pointer);

describe('a body', () => {
  it('with a missing key is refused by its pointer', async () => {
    const answer = await desk.call('POST', '/v1/universes/mine/gestures', { twin: 'toy' });
    expect([answer.status, pointers(answer)]).toEqual([422, ['/gesture', '/as']]);
  });

  it('with unknown keys is refused, each with what was probably meant', async () => {
    const answer = await desk.call('POST', '/v1/universes', { sede: 1, clock: { mod: 'frozen' } });
    expect(shown(answer).errors).toEqual([
      { pointer: '/sede', detail: 'is not a known key (did you mean seed?)' },
      { pointer: '/clock/mod', detail: 'is not a known key (did you mean mode?)' },
    ]);
  });

  it('with values of the wrong type is refused by every pointer', async () => {
    const answer = await desk.call('POST', '/v1/universes', {
      seed: '1',
      bind: { a: 1 },
      faults: {},
      ttl: 'soon',
    });
    expect(pointers(answer)?.sort()).toEqual(['/bind/a', '/faults', '/seed', '/ttl']);
  });

  it('that is too large is not read to its end', async () => {
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1_000_000;
        if (sent > 50_000_000) controller.close();
        else controller.enqueue(new Uint8Array(1_000_000).fill(32));
      },
    });
    const request = new Request(`${URL_BASE}/v1/universes`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
      duplex: 'half',
    } as RequestInit);
    const response = await desk.app.request(request);
    expect(response.status).toBe(413);
    expect(sent).toBeLessThan(10_000_000);
  });

  it('that is not JSON by its type, its bytes or its grammar is refused', async () => {
    const send = (body: string, type: string) =>
      desk.call('POST', '/v1/universes', body, { 'content-type': type });
    expect((await send('a=1', 'application/x-www-form-urlencoded')).status).toBe(415);
    expect((await send('{}', 'text/plain')).status).toBe(415);
    expect((await send('{"seed":', 'application/json')).status).toBe(400);
    expect(shown(await send('nope', 'application/json')).type).toBe('urn:orrery:problem:malformed-json');
  });

  it('that nests without end is refused, however deep', async () => {
    for (const depth of [65, 10_000, 1_500_000]) {
      const answer = await desk.call(
        'POST',
        '/v1/universes',
        `{"bind":${'['.repeat(depth)}${']'.repeat(depth)}}`,
      );
      expect([answer.status, shown(answer).detail]).toEqual([400, expect.stringContaining('deeper')]);
    }
  });

  it('with a key that reaches a prototype is refused by its pointer, escaped or not', async () => {
    const send = (body: string) => desk.call('POST', '/v1/universes', body);
    expect(pointers(await send('{"__proto__":{"admin":true}}'))).toEqual(['/__proto__']);
    expect(pointers(await send('{"bind":{"constructor":{"prototype":{}}}}'))).toContain('/bind/constructor');
    expect(pointers(await send('{"\\u005f_proto__":1}'))).toEqual(['/__proto__']);
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it('of a call that takes none must be empty', async () => {
    expect((await desk.call('POST', '/v1/universes/mine/deliveries/d1/redeliver', { a: 1 })).status).toBe(
      422,
    );
  });
});

describe('a query', () => {
  it('with unknown, doubled or ill-typed parameters is refused by their names', async () => {
    const answer = await desk.call('GET', '/v1/universes/mine/journal?afer=1');
    expect(shown(answer).errors).toEqual([
      { in: 'query', pointer: '/afer', detail: 'is not a known parameter (did you mean after?)' },
    ]);
    expect((await desk.call('GET', '/v1/universes?limit=1&limit=2')).status).toBe(422);
    expect(pointers(await desk.call('GET', '/v1/universes?limit=many'))).toEqual(['/limit']);
    expect(pointers(await desk.call('GET', '/v1/universes?limit=0'))).toEqual(['/limit']);
  });
});

describe('a path', () => {
  it('that is not there is not found, as a problem', async () => {
    for (const path of ['/v1/nothing', '/nothing', '/u/mine/nothing', '/v1/universes/nothing'])
      expect(shown(await desk.call('GET', path)).status).toBe(404);
  });

  it('asked with the wrong method says which are right', async () => {
    const answer = await desk.call('PUT', '/v1/universes/mine');
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD, DELETE']);
    expect((await desk.call('POST', '/healthz')).status).toBe(405);
  });
});

describe('whatever is sent', () => {
  it('to any call, the answer is no 5xx, and every refusal is a problem', async () => {
    for (let seed = 0; seed < 60; seed++) {
      for (const route of ROUTES.filter((one) => one.body)) {
        const from = draw(seed, 'input', route.id);
        const path = route.path.replace('{universe}', 'mine').replace(/\{\w+\}/g, 'x');
        const answer = await desk.call(route.method, path, spoilt(route, from));
        if (answer.status >= 400) shown(answer);
        expect(answer.status, `seed ${seed} ${route.id} ${answer.text}`).toBeLessThan(500);
        if (!desk.registry.get('mine')) await desk.call('POST', '/v1/universes', { id: 'mine' });
      }
      for (const universe of desk.registry.list())
        if (universe.id !== 'mine') desk.registry.drop(universe.id);
    }
  });
});

type Drawn = ReturnType<typeof draw>;
const ODD: readonly unknown[] = [
  null,
  true,
  -1,
  1.5,
  1e308,
  '',
  'x',
  '__proto__',
  '\u0000',
  '🦉'.repeat(50),
  [],
  [[]],
  {},
  { a: { b: [1] } },
  '2026-02-30T25:00:00Z',
  '-5m',
  'P',
  'toy',
  'mine',
];

/** A body that begins as the schema wants it, with something odd in it. */
function spoilt(route: Route, from: Drawn): unknown {
  const { properties = {} } = route.body as { properties?: Record<string, Schema> };
  const body: Record<string, unknown> = {};
  for (const [key, schema] of Object.entries(properties))
    if (from.float() < 0.5) body[key] = from.float() < 0.5 ? from.pick(ODD) : likely(schema, from);
  if (from.float() < 0.2) body[String(from.pick(ODD))] = from.pick(ODD);
  return from.float() < 0.1 ? from.pick(ODD) : body;
}

function likely(schema: Schema, from: Drawn): unknown {
  const kind = schema as {
    enum?: unknown[];
    type?: string | string[];
    properties?: Record<string, Schema>;
    items?: Schema;
  };
  if (kind.enum) return from.pick(kind.enum);
  const type = Array.isArray(kind.type) ? from.pick(kind.type) : kind.type;
  if (type === 'integer' || type === 'number') return from.int(0, 1_000);
  if (type === 'boolean') return from.float() < 0.5;
  if (type === 'array') return kind.items ? [likely(kind.items, from)] : [];
  if (type !== 'object')
    return from.pick(['toy', '1m', 'acme', 'pin', 'notes.create', '2026-03-02T09:00:00Z', 'key']);
  return Object.fromEntries(
    Object.entries(kind.properties ?? { x: {} })
      .filter(() => from.float() < 0.5)
      .map(([key, inner]) => [key, likely(inner, from)]),
  );
}
