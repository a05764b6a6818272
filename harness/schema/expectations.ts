/** The part of the scenario schema that says what must come true. */
import { DURATION_PATTERN } from '../duration.ts';

export const duration = {
  type: 'string',
  pattern: DURATION_PATTERN,
  description: 'write 250ms, 30s, 5m, 2h, 7d or PT30M',
};
const id = {
  type: 'string',
  pattern: '^[a-z][a-z0-9-]*$',
  description: 'lower case letters, digits and dashes',
};
const says = { type: 'string', minLength: 1 };
const as = { enum: ['must', 'should'] };
const weight = { type: 'number', exclusiveMinimum: 0 };
const that = { description: 'a CEL expression (or, in TypeScript, a function)' };
const common = { id, says, as, weight };

function list(required: string[], properties: Record<string, unknown>): Record<string, unknown> {
  const all = { ...common, ...properties };
  return {
    type: 'array',
    items: { type: 'object', additionalProperties: false, required: ['id', ...required], properties: all },
  };
}

const exchanges = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: {
    twin: { type: 'string' },
    operation: { type: 'string' },
    method: { type: 'string' },
    outcome: { enum: ['ok', 'fail', 'info'] },
  },
};

const happening = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: {
    state: {
      type: 'string',
      pattern: '^[a-z]+\\.[A-Za-z]+\\.[a-z]+$',
      description: 'write twin.thing.happened',
    },
    operation: { type: 'string' },
    step: { type: 'string' },
    where: { type: 'string' },
  },
};

const holds = {
  that,
  after: { type: 'string' },
  within: duration,
  for: { anyOf: [duration, { const: 'end' }] },
  at: { const: 'end' },
};

/** `expect` of a scenario file. */
export const expectSchema = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  properties: {
    must: list(['that'], holds),
    should: list(['that'], holds),
    never: list(['that'], { that, after: { type: 'string' }, until: { type: 'string' } }),
    // biome-ignore lint/suspicious/noThenProperty: `then` is the file format's own word
    order: list(['first', 'then'], { first: happening, then: happening, key: { type: 'string' } }),
    calls: list(['to'], {
      to: exchanges,
      rule: { enum: ['respects-retry-after'] },
      slack: duration,
      count: {
        type: 'object',
        additionalProperties: false,
        minProperties: 1,
        properties: { min: { type: 'integer', minimum: 0 }, max: { type: 'integer', minimum: 0 } },
      },
    }),
    untouched: list([], {
      except: {
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['twin', 'table'],
          properties: { twin: { type: 'string' }, table: { type: 'string' }, where: { type: 'string' } },
        },
      },
    }),
    slo: list(['over', 'good', 'atLeast'], {
      over: exchanges,
      good: { type: 'string' },
      atLeast: { type: 'number', minimum: 0, maximum: 1 },
      samples: { type: 'integer', minimum: 1 },
    }),
    judge: list(['rubric'], {
      rubric: { type: 'string' },
      over: { type: 'string' },
      use: { enum: ['must', 'should', 'note'] },
    }),
  },
};
