/** JSON Schema validation, compiled at first use and kept per schema. */
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { isDuration } from './duration.ts';

const ajv = new Ajv({ allErrors: true, strict: false, allowUnionTypes: true, verbose: true });
formats.default(ajv, ['email', 'uri', 'date-time', 'date', 'uuid']);
ajv.addFormat('duration-or-ms', { type: 'string', validate: isDuration });

const compiled = new WeakMap<object, ValidateFunction>();

/** Every way in which `value` breaks `schema`; empty where it is valid. */
export function violations(schema: Record<string, unknown>, value: unknown): readonly ErrorObject[] {
  let check = compiled.get(schema);
  if (!check) {
    check = ajv.compile(schema);
    compiled.set(schema, check);
  }
  return check(value) ? [] : (check.errors ?? []);
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
  return error.message ?? 'is not valid';
}
