/** Answers held against Google's descriptions of its APIs, as the project carries them for clients. */
import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';

// biome-ignore lint/suspicious/noExplicitAny: a description is looked into, not typed
type Json = any;

const APIS = ['drive.v3', 'docs.v1', 'sheets.v4', 'oauth2.v2'];
const FOLDER = new URL('../../../twins/google/discovery/', import.meta.url);

let loaded: { ajv: Ajv; answers: Map<string, string> } | undefined;
const compiled = new Map<string, ValidateFunction>();

/** What answers had that the descriptions do not say, one line for each kind of it. */
export const undescribed = new Set<string>();

/** Holds a successful answer of the method `id` (`drive.files.list`) against its description. */
export function hold(id: string, body: unknown): void {
  loaded ??= load();
  const ref = loaded.answers.get(id);
  if (ref === undefined || typeof body !== 'object') return;
  const validate = compiled.get(ref) ?? loaded.ajv.compile({ $ref: ref });
  compiled.set(ref, validate);
  if (validate(body)) return;
  for (const { instancePath, message, keyword, params } of validate.errors ?? []) {
    const what = keyword === 'additionalProperties' ? ` (${params.additionalProperty})` : '';
    undescribed.add(`${id} ${instancePath.replace(/\/\d+/g, '/#')} ${message}${what}`);
  }
}

/** Names of the requests that a `batchUpdate` of the API may hold. */
export function batchKinds(api: 'docs.v1' | 'sheets.v4'): string[] {
  return Object.keys(description(api).schemas.Request.properties);
}

const description = (api: string): Json => JSON.parse(readFileSync(new URL(`${api}.json`, FOLDER), 'utf8'));

function load(): { ajv: Ajv; answers: Map<string, string> } {
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  const answers = new Map<string, string>();
  for (const api of APIS) {
    const { schemas, ...described } = description(api);
    ajv.addSchema({ $id: api, definitions: converted(schemas, api) });
    for (const { id, response } of methodsOf(described))
      if (response) answers.set(id, `${api}#/definitions/${response.$ref}`);
  }
  return { ajv, answers };
}

function methodsOf({ methods = {}, resources = {} }: Json): Json[] {
  return [...Object.values(methods), ...Object.values(resources).flatMap(methodsOf)];
}

/** A schema of a discovery document as JSON Schema: objects have no other fields, references lead into the API. */
function converted(schema: Json, api: string): Json {
  if (Array.isArray(schema)) return schema;
  if (typeof schema !== 'object' || schema === null) return schema;
  if (typeof schema.$ref === 'string') return { $ref: `${api}#/definitions/${schema.$ref}` };
  const { type, properties, items, additionalProperties, enum: values } = schema;
  const each = (held: Json): Json =>
    Object.fromEntries(Object.entries(held).map(([name, one]) => [name, converted(one, api)]));
  if (type === undefined || typeof type === 'object') return each(schema);
  if (type === 'any') return {};
  if (type === 'array') return { type, items: converted(items, api) };
  if (type !== 'object') return { type, ...(values ? { enum: values } : {}) };
  return {
    type,
    ...(properties ? { properties: each(properties) } : {}),
    additionalProperties: additionalProperties
      ? converted(additionalProperties, api)
      : properties === undefined,
  };
}
