/** JSON Schemas that several calls of the control API share. */
import { FAULT_SCHEMA } from '../preset.ts';
import { object, type Schema } from './route.ts';

/** A name or id of any kind. */
export const label: Schema = { type: 'string', minLength: 1, maxLength: 200 };
/** A moment. */
export const instant: Schema = { type: 'string', format: 'date-time', description: 'ISO 8601' };
/** A length of time. */
export const duration: Schema = {
  type: ['string', 'number'],
  format: 'duration-or-ms',
  minimum: 0,
  description: '250ms, 30s, 5m, 2h, 7d, ISO 8601 (PT30M), or milliseconds',
};
/** A universe’s id. */
export const universeId: Schema = {
  type: 'string',
  pattern: '^[a-z0-9][a-z0-9_-]{0,62}$',
  description: '1 to 63 of a-z 0-9 _ -, beginning with a letter or digit',
};
/** What everything is drawn from. */
export const seed: Schema = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
/** How many of a list. */
export const limit = (most: number, usual: number): Schema => ({
  type: 'integer',
  minimum: 1,
  maximum: most,
  default: usual,
});

/** A clock as it is set. */
export const clockInput: Schema = object({
  mode: { enum: ['realtime', 'frozen', 'scaled'] },
  now: instant,
  rate: { type: 'number', exclusiveMinimum: 0, maximum: 1_000_000 },
});
/** A clock as it is shown. */
export const clockDocument: Schema = object(
  { mode: { enum: ['realtime', 'frozen', 'scaled'] }, now: instant, rate: { type: 'number' } },
  ['mode', 'now', 'rate'],
);

/** Values for `${name}` in the world's event and interactivity URLs. */
export const bind: Schema = {
  type: 'object',
  maxProperties: 100,
  additionalProperties: { type: 'string', format: 'uri', pattern: '^https?://', maxLength: 2_000 },
};
/** A fault as people write it. */
export const faultInput: Schema = FAULT_SCHEMA;
/** Faults as people write them. */
export const faultInputs: Schema = { type: 'array', items: FAULT_SCHEMA, maxItems: 200 };
const { properties: faultProperties } = FAULT_SCHEMA as { properties: Record<string, unknown> };
/** An active fault. */
export const faultDocument: Schema = object(
  {
    ...faultProperties,
    window: object({ from: { type: 'number' }, for: { type: 'number' } }),
    since: instant,
    seen: { type: 'integer' },
    hits: { type: 'integer' },
  },
  ['id', 'kind', 'since', 'seen', 'hits'],
);
/** Active faults. */
export const faultList: Schema = object({ faults: { type: 'array', items: faultDocument } }, ['faults']);

const summary = {
  id: universeId,
  name: label,
  tenant: label,
  seed,
  createdAt: instant,
  expiresAt: { type: ['string', 'null'], format: 'date-time' },
  clock: clockDocument,
};
const summaryKeys = Object.keys(summary);
/** A universe without its twins. */
export const universeSummary: Schema = object(summary, summaryKeys);
/** A universe in full. */
export const universeDocument: Schema = object(
  {
    ...summary,
    twins: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        required: ['url', 'credentials'],
        properties: {
          url: { type: 'string' },
          origin: { type: 'string', description: 'with `origins`: the twin’s own `http://127.0.0.1:PORT`' },
          credentials: { type: 'object' },
        },
      },
    },
    env: { type: 'object', additionalProperties: { type: 'string' } },
  },
  [...summaryKeys, 'twins', 'env'],
);

/** The answer of calls that list. */
export const listOf = (key: string, items: Schema, more: Record<string, unknown> = {}): Schema =>
  object({ [key]: { type: 'array', items }, ...more }, [key]);
