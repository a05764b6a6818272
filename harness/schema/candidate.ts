/** JSON Schema of candidate files (the build under test). Standard form: `access-desk.candidate.yaml`. */
import { DURATION_PATTERN } from '../duration.ts';
import type { JsonSchema } from './validate.ts';

const duration = {
  type: 'string',
  pattern: DURATION_PATTERN,
  description: 'write 250ms, 30s, 5m, 2h, 7d or PT30M',
};
const strings = { type: 'array', items: { type: 'string' } };
const environment = {
  type: 'object',
  propertyNames: { pattern: '^[A-Za-z_][A-Za-z0-9_]*$' },
  additionalProperties: { type: ['string', 'number', 'boolean'] },
};

const ready = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: {
    http: { type: 'string', minLength: 1 },
    status: { type: 'integer', minimum: 100, maximum: 599 },
    line: { type: 'string', minLength: 1 },
    socket: { type: 'string', minLength: 1 },
    within: duration,
  },
};

const provenance = {
  type: 'object',
  additionalProperties: false,
  properties: {
    commit: { type: ['string', 'number'] },
    agent: { type: 'string' },
    model: { type: 'string' },
    prompt: { type: 'string' },
    specification: { type: 'string' },
    cost: {
      type: 'object',
      additionalProperties: false,
      properties: { tokens: { type: 'number', minimum: 0 }, usd: { type: 'number', minimum: 0 } },
    },
  },
};

export const candidateSchema: JsonSchema = {
  $id: 'https://orrery.dev/schemas/candidate.json',
  title: 'candidate',
  type: 'object',
  additionalProperties: false,
  required: ['candidate', 'version'],
  oneOf: [{ required: ['command'] }, { required: ['module'] }, { required: ['service'] }],
  properties: {
    candidate: { type: 'string', minLength: 1 },
    version: { type: ['string', 'number'] },
    command: { ...strings, minItems: 1 },
    module: { type: 'string', minLength: 1 },
    service: { type: 'string', minLength: 1 },
    cwd: { type: 'string' },
    env: environment,
    ready,
    reuse: { enum: ['trial', 'pool'] },
    resetUrl: { type: 'string', minLength: 1 },
    stop: {
      type: 'object',
      additionalProperties: false,
      properties: {
        signal: { enum: ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGKILL'] },
        within: duration,
      },
    },
    limits: {
      type: 'object',
      additionalProperties: false,
      properties: {
        memory: { type: 'string', pattern: '^\\d+(KiB|MiB|GiB)$', description: 'write 512MiB' },
        cpu: { type: 'number', exclusiveMinimum: 0 },
        output: { type: 'string', pattern: '^\\d+(KiB|MiB|GiB)$', description: 'write 4MiB' },
        processes: { type: 'integer', minimum: 1 },
      },
    },
    idle: {
      type: 'object',
      additionalProperties: false,
      required: ['url'],
      properties: { url: { type: 'string', minLength: 1 } },
    },
    delivers: { type: 'object', additionalProperties: { type: 'string' } },
    provenance,
    files: strings,
  },
};
