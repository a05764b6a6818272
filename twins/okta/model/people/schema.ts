/** Profile schemas: which attributes users, groups and app users have, and what a profile may hold. */
import type { World } from '../../../../src/world/world.ts';
import { invalid, notFound } from '../../errors.ts';
import { stamp } from '../../time.ts';
import { groups, schemas, users } from '../../world.ts';
import { recordChange, type Who } from '../log/log.ts';
import { type Attribute, changedBase, completed, isUnique, wrongValue } from './attribute.ts';
import { checkUniqueCount, claimUnique } from './uniqueValue.ts';

/** A schema less its computed parts (`id` as a URL, `_links`). */
export interface Schema {
  /** `osc…` for users; `group` or an app's id for the others. */
  id: string;
  of: 'user' | 'group' | 'app';
  /** The user type that it belongs to. */
  typeId?: string;
  name: string;
  title: string;
  description?: string | null;
  created: string;
  lastUpdated: string;
  base: Record<string, Attribute>;
  custom: Record<string, Attribute>;
}

/** The schema with this id (`default` is the default user type's), or 404. */
export function findSchema(world: World, id: string): Schema {
  if (id === 'default') {
    const found = world.list(schemas, { index: 'of', equals: 'user' }).first();
    if (found) return found;
  }
  return world.require(schemas, id, () => notFound(id, 'UDMappingSchema'));
}

/** The schema of a user type. */
export const schemaOfType = (world: World, typeId: string): Schema =>
  findSchema(world, `osc${typeId.slice(3)}`);

/** The group schema of the org. */
export const groupSchema = (world: World): Schema => findSchema(world, 'group');

/** Gives a new user type its schema. */
export function addUserSchema(
  world: World,
  type: { id: string; name: string; title: string; description: string | null },
): Schema {
  const now = stamp(world.now());
  return world.insert(schemas, {
    id: `osc${type.id.slice(3)}`,
    of: 'user',
    typeId: type.id,
    name: type.name,
    title: type.title,
    description: type.description,
    created: now,
    lastUpdated: now,
    base: USER_BASE,
    custom: {},
  });
}

/** Gives the org its group schema. */
export function addGroupSchema(world: World): Schema {
  const now = stamp(world.now());
  return world.insert(schemas, {
    id: 'group',
    of: 'group',
    name: 'group',
    title: 'Okta group',
    description: 'Okta group profile template',
    created: now,
    lastUpdated: now,
    base: GROUP_BASE,
    custom: {},
  });
}

/** A change of a schema as clients send it: attributes by name, `null` takes a custom one away. */
export interface SchemaChange {
  definitions?: {
    base?: { properties?: Record<string, Attribute | null> };
    custom?: { properties?: Record<string, Attribute | null> };
  };
}

/**
 * Merges a change in; a profile loses the values of attributes that go. Throws E0000001 and E0000123 for an attribute
 * that is not defined right, and E0000001 for one that is to be unique and is not.
 */
export function updateSchema(world: World, who: Who, id: string, change: SchemaChange): Schema {
  const schema = findSchema(world, id);
  const custom = { ...schema.custom };
  for (const [name, attribute] of Object.entries(change.definitions?.custom?.properties ?? {})) {
    if (attribute === null) delete custom[name];
    else if (Object.hasOwn(schema.base, name))
      throw invalid(name, `${name}: A base attribute has this name.`);
    else custom[name] = completed(name, attribute, schema.of, own(custom, name));
  }
  checkUniqueCount(custom);
  const base = { ...schema.base };
  for (const [name, attribute] of Object.entries(change.definitions?.base?.properties ?? {})) {
    const old = own(base, name);
    if (!old) throw invalid(name, `${name}: Base attributes can't be added or removed.`);
    if (attribute !== null && schema.of !== 'group') base[name] = changedBase(name, old, attribute);
  }
  const event = EVENTS[schema.of];
  if (event)
    recordChange(world, who, event, 'Update profile schema', { id, type: 'Schema', name: schema.name });
  const changed = world.update(schemas, schema.id, { base, custom, lastUpdated: stamp(world.now()) });
  follow(world, schema, changed);
  return changed;
}

/** Profiles after a change of their schema: without what is gone, and each with what is its own alone. */
function follow(world: World, before: Schema, after: Schema): void {
  const gone = Object.keys(before.custom).filter((name) => !Object.hasOwn(after.custom, name));
  const unique = (schema: Schema) =>
    Object.keys(schema.custom).filter((name) => isUnique(schema.custom[name] ?? {}));
  const sameUnique = unique(before).join() === unique(after).join();
  if ((gone.length === 0 && sameUnique) || after.of === 'app') return;
  const keep = <P extends object>(profile: P): P =>
    Object.fromEntries(Object.entries(profile).filter(([name]) => !gone.includes(name))) as P;
  const has = (profile: object) => gone.some((name) => Object.hasOwn(profile, name));
  if (after.of === 'group')
    for (const { id, profile } of world.list(groups).toArray()) {
      if (has(profile)) world.update(groups, id, { profile: keep(profile) });
      if (!sameUnique) claimUnique(world, after, id, keep(profile));
    }
  else
    for (const { id, profile } of world
      .list(users, { index: 'type', equals: after.typeId ?? '' })
      .toArray()) {
      if (has(profile)) world.update(users, id, { profile: keep(profile) });
      if (!sameUnique) claimUnique(world, after, id, keep(profile));
    }
}

/** The service has no event for the schema of groups. */
const EVENTS: Partial<Record<Schema['of'], string>> = {
  user: 'directory.user_profile.update',
  app: 'directory.app_user_profile.update',
};

/** Removes the schema of a user type that goes. */
export const removeUserSchema = (world: World, typeId: string): boolean =>
  world.remove(schemas, `osc${typeId.slice(3)}`);

/**
 * Checks a profile against its schema. `object` is what the vendor calls the thing in its summary, as `newUser`.
 * Throws E0000001 with one cause per attribute.
 */
export function checkProfile(schema: Schema, profile: Record<string, unknown>, object: string): void {
  const unknown = Object.keys(profile).filter((name) => !own(schema.base, name) && !own(schema.custom, name));
  if (unknown.length > 0)
    throw invalid(object, ...unknown.map((name) => `Property name '${name}' is not defined in profile`));
  const causes: string[] = [];
  let first: string | undefined;
  for (const [name, attribute] of [...Object.entries(schema.base), ...Object.entries(schema.custom)]) {
    const cause = wrongValue(name, attribute, profile[name]);
    if (!cause) continue;
    first ??= name;
    causes.push(cause);
  }
  if (first) throw invalid(first, ...causes);
}

/** What the custom attributes hold that a profile leaves out and that have a value to begin with. */
export const defaultsOf = (schema: Schema, profile: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(schema.custom)
      .filter(([name, { default: value }]) => value !== undefined && (profile[name] ?? '') === '')
      .map(([name, { default: value }]) => [name, value]),
  );

const own = (attributes: Record<string, Attribute>, name: string): Attribute | undefined =>
  Object.hasOwn(attributes, name) ? attributes[name] : undefined;

const attribute = (title: string, action: string, more: Attribute = {}): Attribute => {
  const { required, format, minLength, maxLength } = more;
  return {
    title,
    type: 'string',
    ...(required ? { required } : {}),
    ...(format ? { format } : {}),
    mutability: 'READ_WRITE',
    scope: 'NONE',
    ...(minLength ? { minLength } : {}),
    ...(maxLength ? { maxLength } : {}),
    permissions: [{ principal: 'SELF', action }],
    master: { type: 'PROFILE_MASTER' },
  };
};

/** https://developer.okta.com/docs/reference/api/users/#default-profile-properties */
const USER_BASE: Record<string, Attribute> = {
  login: attribute('Username', 'READ_ONLY', { required: true, minLength: 5, maxLength: 100 }),
  firstName: attribute('First name', 'READ_WRITE', { required: true, minLength: 1, maxLength: 50 }),
  lastName: attribute('Last name', 'READ_WRITE', { required: true, minLength: 1, maxLength: 50 }),
  middleName: attribute('Middle name', 'READ_ONLY'),
  honorificPrefix: attribute('Honorific prefix', 'READ_ONLY'),
  honorificSuffix: attribute('Honorific suffix', 'READ_ONLY'),
  email: attribute('Primary email', 'READ_WRITE', { required: true, format: 'email' }),
  title: attribute('Title', 'READ_ONLY'),
  displayName: attribute('Display name', 'READ_ONLY'),
  nickName: attribute('Nickname', 'READ_ONLY'),
  profileUrl: attribute('Profile Url', 'READ_ONLY', { format: 'uri' }),
  secondEmail: attribute('Secondary email', 'READ_WRITE', { format: 'email' }),
  mobilePhone: attribute('Mobile phone', 'READ_WRITE', { maxLength: 100 }),
  primaryPhone: attribute('Primary phone', 'HIDE', { maxLength: 100 }),
  streetAddress: attribute('Street address', 'HIDE'),
  city: attribute('City', 'HIDE'),
  state: attribute('State', 'HIDE'),
  zipCode: attribute('Zip code', 'HIDE'),
  countryCode: attribute('Country code', 'HIDE', { format: 'country-code' }),
  postalAddress: attribute('Postal Address', 'HIDE'),
  preferredLanguage: attribute('Preferred language', 'READ_ONLY', { format: 'language-code' }),
  locale: attribute('Locale', 'READ_ONLY', { format: 'locale' }),
  timezone: attribute('Time zone', 'READ_ONLY', { format: 'timezone' }),
  userType: attribute('User type', 'READ_ONLY'),
  employeeNumber: attribute('Employee number', 'READ_ONLY'),
  costCenter: attribute('Cost center', 'READ_ONLY'),
  organization: attribute('Organization', 'READ_ONLY'),
  division: attribute('Division', 'READ_ONLY'),
  department: attribute('Department', 'READ_ONLY'),
  managerId: attribute('ManagerId', 'READ_ONLY'),
  manager: attribute('Manager', 'READ_ONLY'),
};

const GROUP_BASE: Record<string, Attribute> = {
  name: { ...attribute('Name', 'READ_WRITE', { required: true, maxLength: 255 }), description: 'Name' },
  description: {
    ...attribute('Description', 'READ_WRITE', { maxLength: 1_024 }),
    description: 'Description',
  },
};
