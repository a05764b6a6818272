/** JSON Schema validation, compiled at first use and kept per schema. */
import { createRequire } from 'node:module';
import type { Ajv, ErrorObject, ValidateFunction } from 'ajv';
import { isDuration } from './duration.ts';

const require = createRequire(import.meta.url);
const compiled = new WeakMap<object, ValidateFunction>();
let shared: Ajv | undefined;

/** Loaded at the first validation: a server that only starts does without. */
function ajv(): Ajv {
  if (shared) return shared;
  const { Ajv } = require('ajv') as typeof import('ajv');
  const formats = require('ajv-formats') as typeof import('ajv-formats');
  shared = new Ajv({ allErrors: true, strict: false, allowUnionTypes: true, verbose: true });
  formats.default(shared, ['email', 'uri', 'date-time', 'date', 'uuid']);
  shared.addFormat('duration-or-ms', { type: 'string', validate: isDuration });
  return shared;
}

/** Every way in which `value` breaks `schema`; empty where it is valid. */
export function violations(schema: Record<string, unknown>, value: unknown): readonly ErrorObject[] {
  let check = compiled.get(schema);
  if (!check) {
    check = ajv().compile(schema);
    compiled.set(schema, check);
  }
  // Which branch was taken is nobody's error.
  return check(value) ? [] : (check.errors ?? []).filter(({ keyword }) => keyword !== 'if');
}

/** An error's place as a JSON pointer, with the missing or unknown key at its end. */
export function pointer(error: ErrorObject): string {
  const key = error.params.missingProperty ?? error.params.additionalProperty;
  return typeof key === 'string'
    ? `${error.instancePath}/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`
    : error.instancePath;
}

/** One sentence for an error, with the allowed values or the unknown key where that helps. */
export function sentence(error: ErrorObject): string {
  if (error.keyword === 'enum')
    return `must be one of ${(error.params.allowedValues as unknown[]).join(', ')}`;
  if (error.keyword === 'additionalProperties') return 'is not a known key';
  if (error.keyword === 'required') return 'is missing';
  if (error.keyword === 'format' && error.params.format === 'duration-or-ms')
    return 'must be a duration, as 250ms, 30s, 5m, 2h, 7d or PT30M';
  return error.message ?? 'is not valid';
}
