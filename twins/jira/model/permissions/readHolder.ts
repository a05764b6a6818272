/**
 * Reads a holder as programs send it, `{type, parameter?, value?}`, and sees that what it names is there.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-permission-schemes/#about-permission-schemes-and-grants
 */
import type { World } from '../../../../src/world/world.ts';
import { badQuery } from '../../errors.ts';
import { applicationRoles, type Holder, users } from '../../world.ts';
import { fieldById } from '../fields/fields.ts';
import { groupNamed } from '../people/groups.ts';
import { roleById } from './roles.ts';

/** The holder that is meant; 400 for an unknown type, or for one who is not there. */
export function readHolder(world: World, sent: unknown): Holder {
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent))
    throw badQuery('The holder must be provided.');
  const { type, parameter, value } = sent as Record<string, unknown>;
  const read = typeof type === 'string' && Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
  if (typeof type !== 'string' || read === undefined)
    throw badQuery(`The holder type '${String(type)}' is not supported.`);
  if (read === null) return { type };
  const found = read(world, textOf(value), textOf(parameter));
  return { type, ...(found === undefined ? {} : { value: found }) };
}

type Reader = (world: World, value: string | undefined, parameter: string | undefined) => string | undefined;

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined;

/** A thing that is named by its id, in either place. */
const named =
  (what: string, isThere: (world: World, id: string) => boolean): Reader =>
  (world, value, parameter) => {
    const id = value ?? parameter;
    if (id === undefined) throw badQuery(`The holder needs a ${what}.`);
    if (!isThere(world, id)) throw badQuery(`The ${what} '${id}' does not exist.`);
    return id;
  };

const field = (type: string, items: readonly string[]) =>
  named('custom field', (world, id) => {
    const schema = fieldById(world, id)?.schema;
    return schema !== undefined && (schema.type === type || items.includes(schema.items ?? ''));
  });

/** How each type of holder is named; `null`: by nothing. */
const TYPES: Readonly<Record<string, Reader | null>> = {
  anyone: null,
  assignee: null,
  reporter: null,
  projectLead: null,
  'sd.customer.portal.only': null,
  applicationRole(world, value, parameter) {
    const key = value ?? parameter;
    if (key !== undefined && !world.get(applicationRoles, key))
      throw badQuery(`The application role '${key}' does not exist.`);
    return key;
  },
  group(world, value, parameter) {
    const text = parameter ?? value;
    const found = groupNamed(world, { groupId: value ?? text }) ?? groupNamed(world, { name: text });
    if (!found) throw badQuery(`The group '${value ?? parameter ?? ''}' does not exist.`);
    return found.groupId;
  },
  groupCustomField: field('group', ['group']),
  projectRole: named('project role', (world, id) => roleById(world, id) !== undefined),
  user: named('user', (world, id) => world.get(users, id) !== undefined),
  userCustomField: field('user', ['user']),
};
