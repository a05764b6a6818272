/** JSON Schema of scenario files (a user story as data). Standard form: `access-request.scenario.yaml`. */
import { duration, expectSchema } from './expectations.ts';
import type { JsonSchema } from './validate.ts';

/** A name that expressions can use. */
export const name = {
  type: 'string',
  pattern: '^[a-z][A-Za-z0-9_]*$',
  description: 'a name that expressions can use',
};
const durations = { type: 'array', items: duration, minItems: 2, maxItems: 2 };
const numbers = { type: 'array', items: { type: 'number' }, minItems: 2, maxItems: 2 };

/** One draw of `given`. */
export const draw = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  maxProperties: 1,
  properties: {
    person: {
      type: 'object',
      additionalProperties: false,
      maxProperties: 1,
      properties: { where: { type: 'string' }, is: { type: 'string' } },
    },
    oneOf: { type: 'array', minItems: 1 },
    fake: { type: 'string', pattern: '^[a-z]+\\.[A-Za-z]+$', description: 'a faker method: lorem.sentence' },
    duration: {
      anyOf: [
        duration,
        {
          type: 'object',
          additionalProperties: false,
          required: ['uniform'],
          properties: { uniform: durations },
        },
      ],
    },
    number: {
      type: 'object',
      additionalProperties: false,
      required: ['uniform'],
      properties: { uniform: numbers },
    },
    value: {},
  },
};

/** One fault, or a preset, as files write it. */
export const fault = {
  type: 'object',
  additionalProperties: false,
  anyOf: [{ required: ['preset'] }, { required: ['kind'] }],
  properties: {
    id: { type: 'string' },
    preset: { type: 'string' },
    kind: { type: 'string' },
    match: {
      type: 'object',
      additionalProperties: false,
      properties: {
        twin: { type: 'string' },
        operation: { type: 'string' },
        actor: { type: 'string' },
        when: { type: 'string' },
      },
    },
    probability: { type: 'number', minimum: 0, maximum: 1 },
    skip: { type: 'integer', minimum: 0 },
    count: { type: 'integer', minimum: 1 },
    window: { type: 'object', additionalProperties: false, properties: { from: duration, for: duration } },
    params: { type: 'object' },
    seed: { type: 'integer' },
  },
};

const wait = {
  type: 'object',
  additionalProperties: false,
  minProperties: 1,
  maxProperties: 2,
  properties: {
    within: duration,
    'slack.message': {
      type: 'object',
      additionalProperties: false,
      properties: {
        to: { type: 'string' },
        in: { type: 'string' },
        has: { enum: ['button', 'text'] },
        about: { type: 'string' },
        text: { type: 'string' },
        thread: { type: 'string' },
      },
    },
    'jira.issue': {
      type: 'object',
      additionalProperties: false,
      required: ['project'],
      properties: {
        project: { type: 'string' },
        where: { type: 'object', additionalProperties: { type: ['string', 'number', 'boolean'] } },
      },
    },
    'okta.member': {
      type: 'object',
      additionalProperties: false,
      required: ['user', 'group'],
      properties: { user: { type: 'string' }, group: { type: 'string' }, not: { type: 'boolean' } },
    },
    that: {},
  },
};

/** One step: a sleep, a wait or a gesture. */
export const step = {
  type: 'object',
  additionalProperties: false,
  properties: {
    id: { type: 'string', pattern: '^[a-z][A-Za-z0-9_-]*$' },
    as: { type: 'string' },
    sleep: { type: 'string' },
    wait,
    within: duration,
    bind: name,
    else: { enum: ['stop', 'continue'] },
  },
  patternProperties: { '^(slack|okta|jira|google)\\.[a-z][A-Za-z]*$': { type: 'object' } },
};

export const scenarioSchema: JsonSchema = {
  $id: 'https://orrery.dev/schemas/scenario.json',
  title: 'scenario',
  type: 'object',
  additionalProperties: false,
  required: ['scenario', 'story', 'steps', 'expect'],
  properties: {
    scenario: { type: 'string', pattern: '^[a-z0-9][a-z0-9/_-]*$', description: 'pack/name in lower case' },
    story: { type: 'string', minLength: 1 },
    tags: { type: 'array', items: { type: 'string' } },
    weight: { type: 'number', exclusiveMinimum: 0 },
    world: { type: ['string', 'object'] },
    clock: {
      type: 'object',
      additionalProperties: false,
      properties: {
        mode: { enum: ['realtime', 'frozen', 'scaled'] },
        skip: { enum: ['idle', 'none'] },
        now: { type: 'string' },
        rate: { type: 'number', exclusiveMinimum: 0 },
      },
    },
    given: { type: 'object', propertyNames: name, additionalProperties: draw },
    faults: { type: 'array', items: fault },
    steps: { type: 'array', minItems: 1, maxItems: 200, items: step },
    end: { type: 'object', additionalProperties: false, properties: { quiet: duration, atMost: duration } },
    expect: expectSchema,
  },
};
