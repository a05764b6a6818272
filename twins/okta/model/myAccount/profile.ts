/** What people see and change of their own profile: the attributes that their schema shows to them. */
import type { World } from '../../../../src/world/world.ts';
import { invalid } from '../../errors.ts';
import type { Who } from '../log/log.ts';
import type { Attribute } from '../people/attribute.ts';
import { schemaOfType } from '../people/schema.ts';
import { type User, updateUser } from '../people/user.ts';

type Access = 'HIDE' | 'READ_ONLY' | 'READ_WRITE';

/** What the person themselves may do with an attribute. */
export const accessTo = (attribute: Attribute): Access => {
  const permissions = attribute.permissions as { principal: string; action: Access }[] | undefined;
  return permissions?.find(({ principal }) => principal === 'SELF')?.action ?? 'READ_ONLY';
};

/** The attributes that a person is shown, by name. */
export function ownAttributes(world: World, user: User): Record<string, Attribute> {
  const { base, custom } = schemaOfType(world, user.type.id);
  return Object.fromEntries(
    Object.entries({ ...base, ...custom }).filter(([, attribute]) => accessTo(attribute) !== 'HIDE'),
  );
}

/** The part of the profile that a person is shown. */
export function ownProfile(world: World, user: User): Record<string, unknown> {
  const names = Object.keys(ownAttributes(world, user));
  return Object.fromEntries(names.map((name) => [name, user.profile[name] ?? null]));
}

/**
 * Replaces what a person may write of their profile. Every attribute that is shown must be sent, those that are read
 * only as they are. Throws E0000001 with the reason.
 * https://developer.okta.com/docs/api/openapi/okta-myaccount/myaccount/tag/Profile/
 */
export function replaceOwnProfile(world: World, who: Who, user: User, input: unknown): User {
  const sent = (input as { profile?: Record<string, unknown> } | undefined)?.profile;
  if (!sent || typeof sent !== 'object' || Array.isArray(sent))
    throw bad('profile: The field cannot be left blank');
  const attributes = ownAttributes(world, user);
  for (const name of Object.keys(sent))
    if (!attributes[name]) throw bad(`Property '${name}' does not exist or is not accessible.`);
  const held = ownProfile(world, user);
  for (const [name, attribute] of Object.entries(attributes)) {
    if (!(name in sent))
      throw bad(`Property '${name}' needs a value passed.  To unset it, explicitly set it to null.`);
    if (JSON.stringify(sent[name]) === JSON.stringify(held[name])) continue;
    if (EMAILS.has(name))
      throw bad(
        'You cannot update email attributes using the profile endpoint. Use the emails endpoint to make any required changes.',
      );
    if (accessTo(attribute) !== 'READ_WRITE')
      throw bad(
        `Property '${name}' is read only.  The value supplied must exactly match the existing value.`,
      );
    if (sent[name] !== null && !isOf(attribute.type, sent[name]))
      throw bad(`Invalid value data type for property '${name}'`);
  }
  return updateUser(world, who, user.id, { profile: { ...user.profile, ...sent } }, 'merge');
}

const EMAILS: ReadonlySet<string> = new Set(['email', 'secondEmail']);

const bad = (why: string) => invalid('forUpdate', why);

function isOf(type: string | undefined, value: unknown): boolean {
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  return type === undefined || typeof value === type;
}
