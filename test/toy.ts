/** A small twin for tests of the kernel: notes that can be made and listed, with one webhook. */
import { ApiError } from '../src/error.ts';
import { openCursor, sealCursor } from '../src/page.ts';
import { table } from '../src/table.ts';
import { endpoint, list, type Twin, type Wire } from '../src/twin.ts';

export interface Note {
  id: string;
  text: string;
}
export const notes = table<Note>({
  name: 'toy.notes',
  key: (row) => row.id,
  indexes: { text: (row) => row.text },
});
const json = (status: number, value: unknown) => ({
  status,
  headers: [['content-type', 'application/json']] as [string, string][],
  body: JSON.stringify(value),
});

const wire: Wire = {
  bodyBytesMax: 10_000,
  identify: (_world, request) =>
    request.headers.authorization === 'Bearer good'
      ? { label: 'ann', app: 'app', scopes: ['write'] }
      : undefined,
  authenticate: ({ actor }) => {
    if (!actor) throw new ApiError({ name: 'unauthorized', status: 401 });
  },
  authorize: () => {},
  input: ({ body }) => body.value,
  invalid: (_call, errors) => new ApiError({ name: 'invalid', status: 400, data: { count: errors.length } }),
  malformed: () => new ApiError({ name: 'malformed', status: 400 }),
  tooLarge: () => new ApiError({ name: 'too_large', status: 413 }),
  notFound: () => new ApiError({ name: 'not_found', status: 404 }),
  gap: (_call, operation) => new ApiError({ name: 'gap', status: 501, message: operation.id }),
  unexpected: () => new ApiError({ name: 'oops', status: 500 }),
  success: (_call, value, status) => json(status, value),
  failure: (_call, error) => json(error.status, { error: error.name }),
  pages: {
    cursor: (call, listing, spec) => {
      const cursor = call.query.get('cursor');
      const page = listing.range.page({
        limit: spec.default,
        after: cursor ? openCursor(cursor, 'notes') : undefined,
      });
      return {
        value: {
          items: page.items.map(listing.view),
          cursor: page.next ? sealCursor(page.next, 'notes') : null,
        },
      };
    },
  },
  tiers: { write: { limit: 2, windowSeconds: 60 } },
  rateKey: (call) => call.actor.label,
  rateLimited: () => new ApiError({ name: 'limited', status: 429 }),
  errorNamed: (name) => (name.startsWith('E') ? undefined : new ApiError({ name, status: 418 })),
  outage: () => new ApiError({ name: 'down', status: 503 }),
  channels: {
    hook: {
      timeoutMs: 3_000,
      retriesMs: [60_000, 300_000],
      request: (_world, attempt) => ({
        method: 'POST',
        headers: { 'x-attempt': String(attempt.attempt) },
        body: JSON.stringify(attempt.payload),
      }),
      accepted: (outcome) => outcome.status < 300,
    },
  },
};

export const toy = {
  name: 'toy',
  title: 'Toy',
  hosts: ['api.toy.example'],
  wire,
  endpoints: [
    endpoint(
      {
        id: 'notes.create',
        route: 'POST /notes',
        tier: 'write',
        doc: 'https://toy.example',
        input: { type: 'object', required: ['text'] },
      },
      ({ world, input }) => {
        const note = world.insert(notes, { id: `n${world.next('note')}`, text: (input as Note).text });
        world.emit({
          channel: 'hook',
          event: 'note.created',
          to: 'http://127.0.0.1:9/hook',
          app: 'app',
          payload: { ...note },
        });
        if (note.text === 'refuse') throw new ApiError({ name: 'refused', status: 409 });
        if (note.text === 'break') throw new Error('bug');
        return note;
      },
    ),
    endpoint(
      {
        id: 'notes.list',
        route: 'GET /notes',
        doc: 'https://toy.example',
        page: { style: 'cursor', default: 2, max: 2 },
      },
      ({ world }) => list(world.list(notes), (row) => row),
    ),
  ],
  operations: [{ id: 'notes.archive', method: 'POST', path: '/notes/{id}/archive' }],
  tables: [],
  plant: () => {},
  gestures: {},
  timers: {},
  credentials: {
    kinds: [],
    document: () => ({ credentials: {} }),
    env: () => ({}),
    mint: () => {
      throw new Error('none');
    },
    list: () => [],
    revoke: () => false,
    renew: () => {},
  },
  presets: {},
} as unknown as Twin;
