/**
 * The `fields` parameter held against what a method answers by its description.
 * https://developers.google.com/workspace/drive/api/guides/fields-parameter
 */
import type { ApiError } from '../../../src/error.ts';
import type { Call, EndpointSpec } from '../../../src/twin.ts';
import { badFields, googleError } from '../errors.ts';
import { type Mask, parseFields } from '../fields.ts';
import { serviceOf } from '../service.ts';
import { apiOf, type DescribedType, descriptionOf, methodOf } from './description.ts';

/** The `fields` parameter of a request; `$fields` is its other name. */
export const fieldsOf = (call: Call): string | null =>
  call.query.get('fields') || call.query.get('$fields') || null;

/** Throws for fields that cannot be read, that the answer does not have, or that had to be said and were not. */
export function checkFields(call: Call): void {
  const fields = fieldsOf(call);
  if (fields === null) {
    if (call.endpoint.traits?.fieldsRequired)
      throw googleError('required', { location: 'fields', locationType: 'parameter' });
    return;
  }
  const mask = parseFields(fields);
  const wrong = mask ? unknownIn(call.endpoint, mask) : fields;
  if (wrong !== undefined) throw refusal(call, wrong);
}

/** The first path that the answer of an endpoint does not have, `files/nothing`. */
function unknownIn({ id }: EndpointSpec, mask: Mask): string | undefined {
  const api = apiOf(id);
  const response = api && methodOf(api, id)?.response;
  return response && unknownPath(mask, response, descriptionOf(api)?.schemas ?? {});
}

type Schemas = Readonly<Record<string, DescribedType>>;

function unknownPath(mask: Mask, type: DescribedType, schemas: Schemas, above = ''): string | undefined {
  const { items, additionalProperties } = type;
  if (type.$ref !== undefined) return unknownPath(mask, schemas[type.$ref] ?? {}, schemas, above);
  if (items) return unknownPath(mask, items, schemas, above);
  // Maps have any names; of what stands in them the description says no more.
  if (additionalProperties || type.type === 'any') return undefined;
  for (const [name, part] of mask.parts) {
    const path = above ? `${above}/${name}` : name;
    const below = name === '*' ? {} : ownOf(type.properties, name);
    if (!below) return path;
    const deeper = part.all || name === '*' ? undefined : unknownPath(part, below, schemas, path);
    if (deeper) return deeper;
  }
  return undefined;
}

const ownOf = (properties: Schemas = {}, name: string): DescribedType | undefined =>
  Object.hasOwn(properties, name) ? properties[name] : undefined;

function refusal(call: Call, path: string): ApiError {
  if (serviceOf(call.request).style !== 'status')
    return googleError('invalidParameter', {
      message: `Invalid field selection ${path.split('/').at(-1)}`,
      location: 'fields',
      locationType: 'parameter',
    });
  const field = path.replaceAll('/', '.');
  const description = `Error expanding 'fields' parameter. Cannot find matching fields for path '${field}'.`;
  return badFields([{ field, description }], 'Request contains an invalid argument.');
}
