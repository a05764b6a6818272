/** JSON Schema of rehearsal files: a load, a timeline of what goes wrong, service levels. See `docs/rehearsal.md`. */
import { duration } from './expectations.ts';
import { draw, fault, name, step } from './scenario.ts';
import type { JsonSchema } from './validate.ts';

const id = { type: 'string', pattern: '^[a-z][a-z0-9_-]*$', description: 'a short name in lower case' };
const text = { type: 'string', minLength: 1 };
const rate = {
  type: 'string',
  pattern: '^\\d+(\\.\\d+)?/(s|m|h)$',
  description: 'write a rate as 50/s, 90/m or 1000/h',
};
const share = {
  type: 'string',
  pattern: '^\\d+(\\.\\d+)?%$',
  description: 'write a share as 99% or 99.9%',
};
const texts = { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean'] } };

const request = {
  type: 'object',
  additionalProperties: false,
  oneOf: [{ required: ['twin', 'path'] }, { required: ['url'] }],
  properties: {
    twin: { enum: ['slack', 'okta', 'jira', 'google'] },
    path: { type: 'string', pattern: '^/', description: 'a path of the vendor: /api/chat.postMessage' },
    url: {
      type: 'string',
      pattern: '^http://(127\\.0\\.0\\.1|localhost):(\\d+|\\$\\{port\\})(/|$)',
      description: 'an address of the candidate: http://127.0.0.1:${port}/path',
    },
    method: { enum: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'] },
    query: texts,
    headers: texts,
    body: {},
    form: texts,
    authorization: { enum: ['own', 'none'] },
  },
};

const task = {
  type: 'object',
  additionalProperties: false,
  required: ['name'],
  oneOf: [{ required: ['request'] }, { required: ['steps', 'done'] }],
  properties: {
    name: id,
    weight: { type: 'number', exclusiveMinimum: 0 },
    request,
    steps: { type: 'array', minItems: 1, maxItems: 50, items: step },
    done: text,
  },
};

const mix = { type: 'array', minItems: 1, maxItems: 50, items: task };

const load = {
  type: 'object',
  additionalProperties: false,
  required: ['rate', 'duration', 'mix'],
  properties: {
    rate,
    arrivals: { enum: ['poisson', 'even'] },
    ramp: duration,
    duration,
    timeout: duration,
    inFlight: { type: 'integer', minimum: 1, maximum: 10_000 },
    mix,
  },
};

const event = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'at'],
  anyOf: [
    { required: ['preset'] },
    { required: ['fault'] },
    { required: ['faults'] },
    { required: ['hammer'] },
  ],
  properties: {
    name: id,
    says: text,
    at: duration,
    for: duration,
    preset: text,
    fault,
    faults: { type: 'array', minItems: 1, maxItems: 50, items: fault },
    hammer: {
      type: 'object',
      additionalProperties: false,
      required: ['rate', 'mix'],
      properties: { rate, mix },
    },
  },
};

/** What can be measured, by the kind of value that it is. */
export const MEASURES = {
  duration: ['p50', 'p90', 'p95', 'p99', 'p99.9', 'max', 'detect', 'recover', 'lifted', 'adapt'],
  share: ['errors', 'budget'],
  rate: ['throughput'],
  count: ['cost', 'collateral', 'lost', 'never', 'falseAlarms'],
} as const;

const level = {
  type: 'object',
  additionalProperties: false,
  required: ['name', 'measure'],
  oneOf: [{ required: ['below'] }, { required: ['above'] }],
  properties: {
    name: id,
    says: text,
    measure: { enum: Object.values(MEASURES).flat() },
    of: id,
    during: id,
    below: { type: ['string', 'number'] },
    above: { type: ['string', 'number'] },
  },
};

export const rehearsalSchema: JsonSchema = {
  $id: 'https://orrery.dev/schemas/rehearsal.json',
  title: 'rehearsal',
  type: 'object',
  additionalProperties: false,
  required: ['rehearsal', 'load', 'timeline', 'levels'],
  properties: {
    rehearsal: id,
    says: text,
    world: { type: ['string', 'object'] },
    seed: { type: 'integer', minimum: 0, maximum: 2 ** 32 - 1 },
    through: text,
    rateLimits: {
      anyOf: [
        { enum: ['off', 'vendor'] },
        { type: 'object', additionalProperties: { type: 'number', minimum: 0 } },
      ],
    },
    given: { type: 'object', propertyNames: name, additionalProperties: draw },
    load,
    timeline: { type: 'array', minItems: 1, maxItems: 50, items: event },
    service: {
      type: 'object',
      additionalProperties: false,
      properties: { within: duration, objective: share, healthy: share, over: duration, hold: duration },
    },
    signals: {
      type: 'array',
      maxItems: 20,
      items: {
        type: 'object',
        additionalProperties: false,
        oneOf: [{ required: ['line'] }, { required: ['that'] }],
        properties: { says: text, line: text, that: text },
      },
    },
    safe: text,
    never: {
      type: 'array',
      maxItems: 20,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['id', 'that'],
        properties: { id, says: text, that: text },
      },
    },
    allowed: {
      type: 'array',
      maxItems: 50,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['twin', 'table'],
        properties: { twin: text, table: text, where: text },
      },
    },
    levels: { type: 'array', minItems: 1, maxItems: 50, items: level },
    control: { type: 'boolean' },
  },
};
