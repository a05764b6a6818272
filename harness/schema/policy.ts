/** JSON Schema of policy files (what a build must show to go out). Standard form: `release.policy.yaml`. */
import type { JsonSchema } from './validate.ts';

export const policySchema: JsonSchema = {
  $id: 'https://orrery.dev/schemas/policy.json',
  title: 'policy',
  type: 'object',
  additionalProperties: false,
  required: ['policy', 'gate'],
  properties: {
    policy: { type: 'string', minLength: 1 },
    alpha: { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 0.5 },
    looks: {
      anyOf: [
        { enum: ['fixed', 'anytime'] },
        {
          type: 'object',
          additionalProperties: false,
          required: ['at'],
          properties: { at: { type: 'array', items: { type: 'number', exclusiveMinimum: 0, maximum: 1 } } },
        },
      ],
    },
    trials: {
      type: 'object',
      additionalProperties: false,
      properties: {
        min: { type: 'integer', minimum: 1 },
        max: { type: 'integer', minimum: 1 },
        perScenario: { type: 'boolean' },
      },
    },
    unknown: {
      type: 'object',
      additionalProperties: false,
      properties: {
        of: { type: 'array', items: { enum: ['candidate', 'gap', 'harness', 'infrastructure', 'judge'] } },
        as: { enum: ['unsatisfied', 'left-out'] },
      },
    },
    gate: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['that', 'else'],
        properties: {
          that: { type: 'string', minLength: 1 },
          because: { type: 'string' },
          else: { enum: ['reject', 'escalate', 'inconclusive', 'note'] },
          to: { type: 'string' },
        },
      },
    },
  },
};
