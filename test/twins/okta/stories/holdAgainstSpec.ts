/** Answers held against the vendor's official description, where it lies beside the checkout; who lacks it skips. */
import { existsSync, readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';

const FOLDER = process.env.ORRERY_SPECS
  ? new URL(`file://${process.env.ORRERY_SPECS}/okta/`)
  : new URL('../../../../../shared/specs/okta/', import.meta.url);
const SPEC = new URL('management.json', FOLDER);

/** The types of events that the System Log has. */
export const EVENT_TYPES = new URL('event-types.tsv', FOLDER);

/** Is the description there? */
export const hasSpec = existsSync(SPEC) && existsSync(EVENT_TYPES);

/** What answers had that the description does not say, one line for each kind of it. */
export const undescribed = new Set<string>();

/** Holds a successful answer of an operation against the description. */
export function holdAgainstSpec(id: string, status: number, body: unknown): void {
  const validate = hasSpec && status < 300 ? validatorOf(id, status) : undefined;
  if (!validate || validate(withoutNulls(body))) return;
  for (const { instancePath, message, keyword } of validate.errors ?? []) {
    const says = `${id} ${instancePath.replace(/\/\d+/g, '/#')} ${message}`;
    if (keyword !== 'oneOf' && keyword !== 'anyOf' && !OTHERWISE.some((known) => known.test(says)))
      undescribed.add(says);
  }
}

/** Where recordings of the service, or its own examples, show that the description is wrong. */
const OTHERWISE: readonly RegExp[] = [
  // Given when it is made and not told; told in small letters; told though it is no state of the list.
  /^createChildOrg {2}must have required property 'admin'/,
  /AppServiceAccounts? .*must have required property 'password'/,
  /EmailDomain.*recordType must be equal/,
  /^verifyDomain \/validationStatus/,
  /^(create|get|list|update)EmailServers?.*'authType'/,
  // A list is a list; several ways to send again are one too.
  /^listAuthenticatorEnrollments {2}must be object/,
  /\/_links\/resend must be object/,
  // The pattern of a duration that it has can match nothing; versions of the widget go by `*` and `^7` too.
  /\/tokenWindow must match pattern/,
  /^listAllSignInWidgetVersions/,
  /\/hints\/allow\/# must be equal/,
  /^listSubscriptions\w+ .*notificationType/,
  // Values of free attributes are called objects whatever they are.
  /\/(profile\/\w+|representation|resourceType|okta:ResourceAttribute[^ ]*) must be object/,
  /^(get|replace)RolePermission \/conditions.* must be null/,
  /^verifyFactor \/factorResult/,
];

// biome-ignore lint/suspicious/noExplicitAny: a description is looked into, not typed
type Json = any;

let ajv: Ajv | undefined;
let operations: Map<string, Json> | undefined;
const compiled = new Map<string, ValidateFunction | undefined>();

function load(): { ajv: Ajv; operations: Map<string, Json> } {
  if (!ajv || !operations) {
    const spec: Json = JSON.parse(readFileSync(SPEC, 'utf8'));
    ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
    ajv.addSchema(converted(spec), 'spec');
    operations = new Map();
    for (const [path, methods] of Object.entries<Json>(spec.paths))
      for (const [method, operation] of Object.entries<Json>(methods))
        if (operation.operationId) operations.set(operation.operationId, { path, method, ...operation });
  }
  return { ajv, operations };
}

function validatorOf(id: string, status: number): ValidateFunction | undefined {
  const key = `${id} ${status}`;
  if (compiled.has(key)) return compiled.get(key);
  const { path = '', method, responses = {} } = load().operations.get(id) ?? {};
  const code = responses[status] ? status : Object.keys(responses).find((one) => one.startsWith('2'));
  const parts = ['paths', path, method, 'responses', String(code), 'content', 'application/json', 'schema'];
  const pointer = parts.map((part) => encodeURI(String(part).replace(/~/g, '~0').replace(/\//g, '~1')));
  const schema = responses[code ?? '']?.content?.['application/json']?.schema;
  const validate = schema ? load().ajv.compile({ $ref: `spec#/${pointer.join('/')}` }) : undefined;
  compiled.set(key, validate);
  return validate;
}

/** A schema of OpenAPI 3.0 as JSON Schema, which says in another way what may be null. */
function converted(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(converted);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { nullable, discriminator: _, example: __, examples: ___, ...rest } = schema;
  // Flags inside of a pattern are Java's.
  if (typeof rest.pattern === 'string' && rest.pattern.startsWith('(?')) delete rest.pattern;
  const out = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, converted(value)]));
  return nullable ? { anyOf: [out, { type: 'null' }] } : out;
}

/** The description seldom says what may be null, and recordings of the service are full of it. */
function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, held]) => (held === null ? [] : [[key, withoutNulls(held)]])),
  );
}
