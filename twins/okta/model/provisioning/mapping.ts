/** Profile mappings: which attribute of one profile fills which of another. */
import type { Range } from '../../../../src/range.ts';
import type { World } from '../../../../src/world/world.ts';
import { invalid, notFound, notWellFormed } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { mappings, schemas, userTypes } from '../../world.ts';
import { compileExpression } from '../expressions/expression.ts';
import { recordChange, type Who } from '../log/log.ts';
import { defaultUserType } from '../people/userType.ts';

/** One end of a mapping: a user type, or an app or identity provider. */
export interface MappingEnd {
  id: string;
  name: string;
  type: 'user' | 'appuser';
}

/** A mapping in the vendor's shape, less links. */
export interface Mapping {
  id: string;
  source: MappingEnd;
  target: MappingEnd;
  properties: Record<string, { expression: string; pushStatus: string }>;
}

/** The mapping with this id, or E0000007. */
export const findMapping = (world: World, id: string): Mapping =>
  world.require(mappings, id, () => notFound(id, 'ProfileMapping'));

/** Mappings by age, from a source, to a target, or all. */
export const findMappings = (
  world: World,
  sourceId: string | null,
  targetId: string | null,
): Range<Mapping> => {
  if (sourceId)
    return world.list(mappings, {
      index: 'source',
      equals: sourceId,
      ...(targetId ? { intersect: [{ index: 'target', equals: targetId }] } : {}),
    });
  return world.list(mappings, targetId ? { index: 'target', equals: targetId } : {});
};

/** What fills an app's profile from a user's, or the other way round; undefined where the two have no mapping. */
export const mappingBetween = (world: World, sourceId: string, targetId: string): Mapping | undefined =>
  findMappings(world, sourceId, targetId).first();

/** Maps an app both ways to the default user type. Who comes from an OpenID Connect client brings a user name alone. */
export function mapApp(world: World, id: string, name: string, signOnMode: string | null): void {
  const type = defaultUserType(world);
  const app: MappingEnd = { id, name, type: 'appuser' };
  const user: MappingEnd = { id: type.id, name: type.name, type: 'user' };
  const back = signOnMode === 'OPENID_CONNECT' ? from({ email: 'appuser.userName' }) : {};
  world.insert(mappings, { id: newId(world, 'prm'), source: app, target: user, properties: back });
  world.insert(mappings, { id: newId(world, 'prm'), source: user, target: app, properties: {} });
}

/** Maps an identity provider to every user type, for who signs in through it. */
export function mapIdp(world: World, id: string, name: string): void {
  for (const type of world.list(userTypes).toArray())
    world.insert(mappings, {
      id: newId(world, 'prm'),
      source: { id, name, type: 'appuser' },
      target: { id: type.id, name: type.name, type: 'user' },
      properties: IDP_PROPERTIES[name] ?? SOCIAL,
    });
}

/** Takes the mappings of an app or identity provider that goes. */
export function unmap(world: World, id: string): void {
  for (const index of ['source', 'target'])
    for (const one of world.list(mappings, { index, equals: id }).toArray()) world.remove(mappings, one.id);
}

/** A change as clients send it: `null` or an empty expression takes a property away. */
export interface MappingInput {
  properties?: Record<string, { expression?: string; pushStatus?: string } | null>;
}

const PUSH_STATUSES: ReadonlySet<unknown> = new Set(['PUSH', 'DONT_PUSH']);

/** Merges properties in. Throws E0000001 for one that the target's schema does not have, or that says no push status. */
export function updateMapping(world: World, who: Who, id: string, input: MappingInput | undefined): Mapping {
  const mapping = findMapping(world, id);
  if (!input || typeof input.properties !== 'object' || input.properties === null) throw notWellFormed();
  const known = attributesOf(world, mapping.target);
  const properties = { ...mapping.properties };
  for (const [name, value] of Object.entries(input.properties)) {
    if (known && !known.has(name)) throw invalid('updateMapping', `Invalid target field ${name}`);
    if (value === null || !value.expression) delete properties[name];
    else properties[name] = checkedProperty(value.expression, value.pushStatus ?? 'DONT_PUSH');
  }
  const name = `${mapping.source.name} to ${mapping.target.name}`;
  recordChange(world, who, 'directory.mapping.update', 'Update mapping', { id, type: 'Mapping', name });
  return world.update(mappings, id, { properties });
}

function checkedProperty(expression: string, pushStatus: string): Properties[string] {
  if (!PUSH_STATUSES.has(pushStatus)) throw invalid('updateMapping', `Invalid push status ${pushStatus}`);
  compileExpression(expression, (why) => invalid('updateMapping', why), MAPPED_FROM);
  return { expression, pushStatus };
}

/** Fills in what a mapping does not say yet. */
export function addMapped(world: World, { id, properties }: Mapping, more: Properties): void {
  world.update(mappings, id, { properties: { ...more, ...properties } });
}

/** Undefined where the twin keeps no schema for the end: then any field will do. */
function attributesOf(world: World, end: MappingEnd): ReadonlySet<string> | undefined {
  const schema = world.get(schemas, end.type === 'user' ? `osc${end.id.slice(3)}` : end.id);
  return schema && new Set([...Object.keys(schema.base), ...Object.keys(schema.custom)]);
}

export type Properties = Mapping['properties'];

/** What the expressions of mappings can ask about besides `user`. */
export const MAPPED_FROM = ['appuser', 'source', 'org', 'app'] as const;

/** `{attribute: expression}` as properties that nothing pushes. */
const from = (expressions: Record<string, string>): Properties =>
  Object.fromEntries(
    Object.entries(expressions).map(([name, expression]) => [name, { expression, pushStatus: 'DONT_PUSH' }]),
  );

const SOCIAL = from({
  login: 'appuser.email',
  email: 'appuser.email',
  firstName: 'appuser.firstName',
  lastName: 'appuser.lastName',
  profileUrl: 'appuser.profileUrl',
});

/** What each kind of provider fills in, by the name of its end. */
const IDP_PROPERTIES: Readonly<Record<string, Properties>> = {
  saml_idp: from({
    firstName: 'source.firstName',
    lastName: 'source.lastName',
    email: 'source.email',
    mobilePhone: 'source.mobilePhone',
    login: 'source.userName',
  }),
  oidc_idp: from({
    login: 'appuser.email',
    displayName: 'appuser.displayName',
    nickName: 'appuser.nickname',
    firstName: 'appuser.firstName',
    middleName: 'appuser.middleName',
    lastName: 'appuser.lastName',
    email: 'appuser.email',
    profileUrl: 'appuser.profile',
    timezone: 'appuser.zoneinfo == null ? "America/Los_Angeles" : appuser.zoneinfo',
    primaryPhone: 'appuser.phoneNumber',
    streetAddress: 'appuser.street_address',
    city: 'appuser.locality',
    state: 'appuser.region',
    zipCode: 'appuser.postalCode',
    countryCode: 'appuser.country',
  }),
};
