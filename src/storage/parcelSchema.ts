/** The shape of a parcel, as far as the kernel relies on it; more members are passed over. */
import { FAULT_KINDS } from '../faults/index.ts';
import { SNAPSHOTS_MAX } from '../universe.ts';

type Schema = Readonly<Record<string, unknown>>;

/** Characters of what programs sent and vendors made up: nothing that was exported is too long to come back. */
const LONG = 100_000;

const text = (charsMax = 200): Schema => ({ type: 'string', minLength: 1, maxLength: charsMax });
const count: Schema = { type: 'integer', minimum: 0 };
/** Milliseconds since the epoch, as far as dates go. */
const instant: Schema = { type: 'number', minimum: 0, maximum: 8_640_000_000_000_000 };
const url: Schema = { type: 'string', maxLength: LONG };
const listOf = (items: Schema, maxItems?: number): Schema => ({
  type: 'array',
  items,
  ...(maxItems === undefined ? {} : { maxItems }),
});
const pairOf = (first: Schema, second: Schema): Schema => ({
  type: 'array',
  minItems: 2,
  maxItems: 2,
  items: [first, second],
});
const object = (properties: Readonly<Record<string, Schema>>, optional: readonly string[] = []): Schema => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
});

const key = object({ privateKey: text(8_000), publicKey: text(8_000) });
const fault = object({ kind: { enum: [...FAULT_KINDS.keys()] } });
const activeFault = object({
  id: text(),
  kind: { enum: [...FAULT_KINDS.keys()] },
  since: instant,
  seen: count,
  hits: count,
});
const gap = object({
  twin: text(),
  operation: text(),
  method: text(),
  path: text(LONG),
  count,
  lastSeq: count,
});

const universe = object(
  {
    id: text(),
    name: text(),
    seed: count,
    salt: text(),
    lent: listOf(key, 100),
    createdAt: instant,
    expiresAt: instant,
    clock: object({
      mode: { enum: ['realtime', 'frozen', 'scaled'] },
      now: instant,
      rate: { type: 'number', exclusiveMinimum: 0, maximum: 1_000_000 },
      wall: instant,
    }),
    rateLimits: {
      anyOf: [
        { enum: ['off', 'vendor'] },
        { type: 'object', additionalProperties: { type: 'integer', minimum: 1 } },
      ],
    },
    bind: { type: 'object', maxProperties: 100, additionalProperties: url },
    bases: listOf(pairOf(text(LONG), url), 200),
    exchanges: count,
    faults: object({ faults: listOf(activeFault, 200), nth: listOf(pairOf(text(LONG), count)), ids: count }),
    journal: object(
      { end: count, gaps: listOf(gap, 10_000), parent: object({ universe: text(), seq: count }) },
      ['parent'],
    ),
    beginning: object({
      layer: count,
      now: instant,
      frozen: { type: 'boolean' },
      faults: listOf(fault, 200),
    }),
    snapshots: listOf(
      object({ id: text(300), name: text(), layer: count, now: instant, createdAt: instant }),
      SNAPSHOTS_MAX,
    ),
    top: object({ layer: count }),
  },
  ['expiresAt', 'lent'],
);

const person = object(
  {
    ...{
      email: text(),
      name: { type: 'string' },
      firstName: { type: 'string' },
      lastName: { type: 'string' },
    },
    ...{ title: { type: 'string' }, department: { type: 'string' }, manager: { type: 'string' } },
  },
  ['title', 'department', 'manager'],
);
const row: Schema = {
  type: 'array',
  minItems: 2,
  maxItems: 2,
  items: [text(LONG), { type: ['object', 'null'] }],
};
const layer = object({
  id: count,
  parent: { type: ['integer', 'null'] },
  live: count,
  rows: { type: 'object', additionalProperties: listOf(listOf(row)) },
});

/** Of a parcel whose `format` is known and whose checksum fits. */
export const PARCEL_SCHEMA = object({ universe, cast: listOf(person), layers: listOf(layer, 1_000) });
