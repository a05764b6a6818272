/** A small twin for tests of the control API: notes that programs write, one gesture, credentials, a preset, an event. */
import type { Hono } from 'hono';
import { type ControlOptions, controlApp } from '../../../src/control/app.ts';
import { ApiError } from '../../../src/error.ts';
import { universeFetch } from '../../../src/inprocess/fetch.ts';
import { Registry } from '../../../src/registry.ts';
import { table } from '../../../src/table.ts';
import { type DeliveryOutcome, endpoint, list, type Twin, type Wire } from '../../../src/twin.ts';
import { personByEmail } from '../../../src/world/cast.ts';
import type { Received } from '../../universe.ts';

export interface Note {
  id: string;
  text: string;
  by?: string;
}

interface Key {
  id: string;
  as: string;
  secret: string;
}

export const notes = table<Note>({
  name: 'toy.notes',
  key: (row) => row.id,
  indexes: { text: (row) => row.text },
});
const keys = table<Key>({ name: 'toy.keys', key: (row) => row.id, indexes: { secret: (row) => row.secret } });

const json = (status: number, value: unknown) => ({
  status,
  headers: [['content-type', 'application/json']] as [string, string][],
  body: JSON.stringify(value),
});
const error = (name: string, status: number) => new ApiError({ name, status });
const doc = 'https://toy.example';

const wire: Wire = {
  bodyBytesMax: 10_000,
  identify: (world, request) => {
    const secret = String(request.headers.authorization ?? '').replace('Bearer ', '');
    const key = world.list(keys, { index: 'secret', equals: secret }).first();
    return key ? { label: key.as, app: 'app' } : undefined;
  },
  authenticate: ({ actor }) => {
    if (!actor) throw error('unauthorized', 401);
  },
  authorize: () => {},
  input: ({ body }) => body.value,
  invalid: () => error('invalid', 400),
  malformed: () => error('malformed', 400),
  tooLarge: () => error('too_large', 413),
  notFound: () => error('not_found', 404),
  gap: () => error('gap', 501),
  unexpected: () => error('oops', 500),
  success: (_call, value, status) => json(status, value),
  failure: (_call, refused) => json(refused.status, { error: refused.name }),
  pages: { all: (_call, listing) => ({ value: listing.range.toArray().map(listing.view) }) },
  tiers: {},
  rateKey: () => '',
  rateLimited: () => error('limited', 429),
  errorNamed: (name) => (name === 'tea_pot' || name === 'limited' ? error(name, 418) : undefined),
  outage: () => error('down', 503),
  channels: {
    hook: {
      timeoutMs: 3_000,
      retriesMs: [],
      request: (_world, attempt) => ({ method: 'POST', headers: {}, body: JSON.stringify(attempt.payload) }),
      accepted: (outcome) => outcome.status > 0 && outcome.status < 300,
    },
  },
};

const definition: Omit<Twin, 'tables'> & { tables: readonly unknown[] } = {
  name: 'toy',
  title: 'Toy',
  hosts: ['api.toy.example'],
  wire,
  endpoints: [
    endpoint({ id: 'notes.create', route: 'POST /notes', doc }, ({ world, input, actor }) => {
      const note = { id: `n${world.next('note')}`, text: String((input as Note).text), by: actor.label };
      world.insert(notes, note);
      const to = '${desk}/hook';
      world.emit({ channel: 'hook', event: 'note.created', to, app: 'app', payload: { ...note } });
      return note;
    }),
    endpoint(
      {
        id: 'notes.list',
        route: 'GET /notes',
        doc,
        page: { style: 'all', default: 10, max: 10 },
        support: 'stored',
      },
      ({ world }) => list(world.list(notes), (row) => row),
    ),
  ],
  operations: [
    { id: 'notes.create', method: 'POST', path: '/notes' },
    { id: 'notes.archive', method: 'POST', path: '/notes/{id}/archive' },
  ],
  tables: [notes, keys],
  plant: (world) => {
    world.insert(notes, { id: 'welcome', text: 'hello' });
    for (const { email } of world.cast)
      world.insert(keys, {
        id: `key-${email}`,
        as: email,
        secret: `toy-${world.secret(['toy', email], 20)}`,
      });
  },
  gestures: {
    pin: {
      says: 'Pins a note.',
      input: {
        type: 'object',
        additionalProperties: false,
        required: ['note'],
        properties: { note: { type: 'string' } },
      },
      perform: (world, as, input: { note: string }) => {
        personByEmail(world.cast, as);
        world.require(notes, input.note, () => error('note_not_found', 404));
        world.update(notes, input.note, { by: as });
        return { pinned: input.note };
      },
    },
  },
  timers: {},
  credentials: {
    kinds: ['key'],
    document: (world) => ({ credentials: { key: world.list(keys).first()?.secret } }),
    env: (world, base) => ({ TOY_URL: base, TOY_KEY: world.list(keys).first()?.secret ?? '' }),
    mint: (world, { as = '' }) => {
      personByEmail(world.cast, as);
      const key = {
        id: `k${world.next('key')}`,
        as,
        secret: `toy-${world.secret(['minted', world.next('m')], 20)}`,
      };
      world.insert(keys, key);
      return { id: key.id, twin: 'toy', kind: 'key', as, secret: { key: key.secret } };
    },
    list: (world) =>
      world
        .list(keys)
        .toArray()
        .map(({ id, as }) => ({ id, twin: 'toy', kind: 'key', as })),
    revoke: (world, id) => world.remove(keys, id),
    renew: (world) => {
      for (const key of world.list(keys).toArray())
        world.put(keys, { ...key, secret: `toy-${world.secret(['fresh', world.next('m')], 20)}` });
    },
  },
  presets: {
    'toy/outage': [{ kind: 'outage', match: { twin: 'toy' } }],
    'toy/degraded': [
      { kind: 'latency', params: { fixed: 1 } },
      { kind: 'error', params: { name: 'tea_pot' } },
    ],
  },
};
export const toy = definition as unknown as Twin;

export const URL_BASE = 'http://127.0.0.1:4700';
/** A moment at which tests' clocks stand. */
export const FROZEN = { mode: 'frozen', now: '2026-03-02T09:00:00.000Z' };

export interface Desk {
  app: Hono;
  registry: Registry;
  received: Received[];
  /** What programs answer from now on. */
  answer(outcome: Partial<DeliveryOutcome>): void;
  /** A control call: JSON in, status and JSON (or text) out. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** A request to the toy twin of a universe, with a good key. */
  toy(universe: string, method: string, path: string, body?: unknown): Promise<Response>;
  close(): void;
}

export interface Answer {
  status: number;
  headers: Headers;
  /** The parsed body; its text where it is no JSON. */
  body: never;
  text: string;
}

/** The control app over the toy twin. `operatorKey` turns keys on. */
export function openDesk(options: Partial<ControlOptions> & { operatorKey?: string } = {}): Desk {
  const { operatorKey, ...control } = options;
  const received: Received[] = [];
  let outcome: Partial<DeliveryOutcome> = {};
  const registry = new Registry({
    twins: [toy],
    outbound: {
      send: async (request) => {
        received.push(request);
        return { status: 200, headers: {}, body: '', ...outcome };
      },
    },
    publicUrl: () => URL_BASE,
    worlds: new Map([['acme', { world: 'acme', seed: 7 }]]),
    ...(operatorKey === undefined ? {} : { operatorKey }),
  });
  const app = controlApp(registry, { publicUrl: () => URL_BASE, version: '1.2.3', startedAt: 0, ...control });
  return {
    app,
    registry,
    received,
    answer: (next) => {
      outcome = next;
    },
    async call(method, path, body, headers = {}) {
      const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
      const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
      const response = await app.request(`${URL_BASE}${path}`, {
        method,
        ...sent,
        headers: { ...type, ...headers },
      });
      const text = await response.text();
      const isJson = /json/.test(response.headers.get('content-type') ?? '');
      return {
        status: response.status,
        headers: response.headers,
        text,
        body: (isJson && text !== '' ? JSON.parse(text) : text) as never,
      };
    },
    toy(id, method, path, body) {
      const universe = registry.get(id);
      if (!universe) throw new Error(`no universe ${id}`);
      const key = universe.view('toy').list(keys).first()?.secret;
      return universeFetch(universe)(`${URL_BASE}/u/${id}/toy${path}`, {
        method,
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    },
    close: () => registry.close(),
  };
}
