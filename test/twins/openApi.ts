/** Answers held against a vendor's official descriptions (OpenAPI 3), where they lie beside the checkout. */
import { existsSync, readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';

/** Descriptions that answers are held against. */
export interface OpenApi {
  /** Are the descriptions there? Who lacks them skips. */
  there: boolean;
  /** What answers had that the descriptions do not say, one line for each kind of it. */
  undescribed: Set<string>;
  /** Holds a successful answer of the operation at `METHOD /path/{as}/described` against its description. */
  hold(operation: string, status: number, body: unknown): void;
}

/** The folder of a vendor's descriptions: beside the checkout, or where `ORRERY_SPECS` says. */
export const specFolder = (vendor: string): URL =>
  process.env.ORRERY_SPECS
    ? new URL(`file://${process.env.ORRERY_SPECS}/${vendor}/`)
    : new URL(`../../../shared/specs/${vendor}/`, import.meta.url);

// biome-ignore lint/suspicious/noExplicitAny: a description is looked into, not typed
type Json = any;

/** Reads `files` at first use; `otherwise`: where recordings of the service show that they are wrong. */
export function openApi(files: readonly URL[], otherwise: readonly RegExp[]): OpenApi {
  const there = files.every((file) => existsSync(file));
  const undescribed = new Set<string>();
  let loaded: { ajv: Ajv; operations: Map<string, Json> } | undefined;
  const compiled = new Map<string, ValidateFunction | undefined>();
  const load = () => {
    loaded ??= read(files);
    return loaded;
  };
  const validatorOf = (operation: string, status: number) => {
    const key = `${operation} ${status}`;
    if (!compiled.has(key)) compiled.set(key, compile(load(), operation, status));
    return compiled.get(key);
  };
  return {
    there,
    undescribed,
    hold(operation, status, body) {
      const validate = there && status < 300 ? validatorOf(operation, status) : undefined;
      if (!validate || validate(withoutNulls(body))) return;
      const id = load().operations.get(operation)?.operationId;
      for (const { instancePath, message, keyword, params } of validate.errors ?? []) {
        const what = keyword === 'additionalProperties' ? ` (${params.additionalProperty})` : '';
        const says = `${id} ${instancePath.replace(/\/\d+/g, '/#')} ${message}${what}`;
        if (keyword !== 'oneOf' && keyword !== 'anyOf' && !otherwise.some((known) => known.test(says)))
          undescribed.add(says);
      }
    },
  };
}

function read(files: readonly URL[]): { ajv: Ajv; operations: Map<string, Json> } {
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  const operations = new Map<string, Json>();
  for (const [i, file] of files.entries()) {
    const spec: Json = JSON.parse(readFileSync(file, 'utf8'));
    ajv.addSchema(converted(spec), `spec${i}`);
    for (const [path, methods] of Object.entries<Json>(spec.paths))
      for (const [method, operation] of Object.entries<Json>(methods))
        operations.set(`${method.toUpperCase()} ${path}`, { spec: i, path, method, ...operation });
  }
  return { ajv, operations };
}

function compile(
  { ajv, operations }: { ajv: Ajv; operations: Map<string, Json> },
  operation: string,
  status: number,
): ValidateFunction | undefined {
  const { spec = 0, path = '', method, responses = {} } = operations.get(operation) ?? {};
  const code = responses[status] ? status : Object.keys(responses).find((one) => one.startsWith('2'));
  const parts = ['paths', path, method, 'responses', String(code), 'content', 'application/json', 'schema'];
  const pointer = parts.map((part) => encodeURI(String(part).replace(/~/g, '~0').replace(/\//g, '~1')));
  const schema = responses[code ?? '']?.content?.['application/json']?.schema;
  return schema ? ajv.compile({ $ref: `spec${spec}#/${pointer.join('/')}` }) : undefined;
}

/** A schema of OpenAPI 3.0 as JSON Schema, which says in another way what may be null. */
function converted(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(converted);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { nullable, discriminator: _, example: __, examples: ___, ...rest } = schema;
  // Flags inside of a pattern are Java's, and so is a name of digits.
  if (typeof rest.pattern === 'string' && /^\(\?|\\p\{Digit\}/.test(rest.pattern)) delete rest.pattern;
  const out = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, converted(value)]));
  return nullable ? { anyOf: [out, { type: 'null' }] } : out;
}

/** Descriptions seldom say what may be null, and recordings of the services are full of it. */
function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, held]) => (held === null ? [] : [[key, withoutNulls(held)]])),
  );
}
