/** Google's own descriptions of its APIs, as the package carries them: `twins/google/discovery/<api>.json`. */
import { readFileSync } from 'node:fs';
import { asset } from '../../../src/assets.ts';

/** The parts of a description that the twin reads; the rest passes as it is. */
export interface Description {
  id: string;
  name: string;
  version: string;
  title: string;
  rootUrl: string;
  servicePath: string;
  /** Query parameters of every method. */
  parameters: Readonly<Record<string, DescribedType>>;
  schemas: Readonly<Record<string, DescribedType>>;
  resources?: Readonly<Record<string, DescribedResource>>;
  [more: string]: unknown;
}

export interface DescribedResource {
  methods?: Readonly<Record<string, DescribedMethod>>;
  resources?: Readonly<Record<string, DescribedResource>>;
}

export interface DescribedMethod {
  id: string;
  httpMethod: string;
  path: string;
  parameters?: Readonly<Record<string, DescribedType>>;
  request?: { $ref: string };
  response?: { $ref: string };
  scopes?: readonly string[];
}

/** A schema as discovery writes them: JSON Schema of old, with `format` for what JSON has no type for. */
export interface DescribedType {
  /** A message's own name. */
  id?: string;
  $ref?: string;
  type?: 'any' | 'array' | 'boolean' | 'integer' | 'number' | 'object' | 'string';
  format?: string;
  enum?: readonly string[];
  items?: DescribedType;
  properties?: Readonly<Record<string, DescribedType>>;
  additionalProperties?: DescribedType;
  location?: 'path' | 'query';
  repeated?: boolean;
}

/** The APIs that `operations.json` knows, as `name/version` and the host that answers `/$discovery/rest`. */
export const APIS: Readonly<Record<string, string>> = {
  'admin/directory_v1': 'admin.googleapis.com',
  'calendar/v3': 'calendar-json.googleapis.com',
  'docs/v1': 'docs.googleapis.com',
  'drive/v3': 'drive.googleapis.com',
  'gmail/v1': 'gmail.googleapis.com',
  'oauth2/v2': 'oauth2.googleapis.com',
  'people/v1': 'people.googleapis.com',
  'sheets/v4': 'sheets.googleapis.com',
};

/** Read when first asked for, and then kept: as many as there are APIs. */
const kept = new Map<string, Description>();

/** The description of `name/version`; undefined for an API that the twin does not know. */
export function descriptionOf(api: string): Description | undefined {
  if (!Object.hasOwn(APIS, api)) return undefined;
  const known = kept.get(api);
  if (known) return known;
  const file = asset(`twins/google/discovery/${api.replace('/', '.')}.json`);
  const description = JSON.parse(readFileSync(file, 'utf8')) as Description;
  kept.set(api, description);
  return description;
}

/** The API of a method's id, `drive/v3` for `drive.files.list`; undefined for an id of none. */
export const apiOf = (id: string): string | undefined => BY_NAME.get(id.split('.', 1)[0] ?? '');

const BY_NAME: ReadonlyMap<string, string> = new Map(
  Object.keys(APIS).map((api) => [api.startsWith('admin/') ? 'directory' : (api.split('/')[0] ?? ''), api]),
);

const methods = new Map<string, ReadonlyMap<string, DescribedMethod>>();

/** What `sheets.spreadsheets.get` and its likes take; undefined for a method that the API does not have. */
export function methodOf(api: string, id: string): DescribedMethod | undefined {
  let known = methods.get(api);
  if (!known) {
    const description = descriptionOf(api);
    known = new Map(methodsIn(description?.resources).map((method) => [method.id, method]));
    methods.set(api, known);
  }
  return known.get(id);
}

const methodsIn = (resources: DescribedResource['resources']): DescribedMethod[] =>
  Object.values(resources ?? {}).flatMap((one) => [
    ...Object.values(one.methods ?? {}),
    ...methodsIn(one.resources),
  ]);
