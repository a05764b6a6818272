/** User types: each gives its users a profile schema of their own. */
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, refuse } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { USER_TYPES_MAX } from '../../limits.ts';
import { stamp } from '../../time.ts';
import { users, userTypes } from '../../world.ts';
import { recordChange, type Who } from '../log/log.ts';
import { addUserSchema, removeUserSchema } from './schema.ts';

export interface UserType {
  id: string;
  displayName: string;
  name: string;
  description: string | null;
  createdBy: string;
  lastUpdatedBy: string;
  created: string;
  lastUpdated: string;
  default: boolean;
}

/** What clients send. */
export interface UserTypeInput {
  name?: string;
  displayName?: string;
  description?: string | null;
}

/** The user type with this id (`default` is the org's own), or 404. */
export function findUserType(world: World, id: string): UserType {
  if (id === 'default') return defaultUserType(world);
  return world.require(userTypes, id, () => notFound(id, 'CVDType'));
}

/** The type that every user has unless said otherwise. */
export function defaultUserType(world: World): UserType {
  const found = world.list(userTypes, { index: 'default', equals: 'true' }).first();
  if (!found) throw notFound('default', 'CVDType');
  return found;
}

/** Makes a type and its schema. Throws E0000001 for a missing or taken name, and for one type too many. */
export function createUserType(world: World, who: Who, input: UserTypeInput): UserType {
  if (!input.name) throw blank('name');
  if (!input.displayName) throw blank('displayName');
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(input.name))
    throw invalid(
      'name',
      'name: The name must begin with a letter and hold letters, digits and underscores only.',
    );
  if (world.list(userTypes, { index: 'name', equals: input.name }).first())
    throw invalid('name', 'name: An object with this field already exists in the current organization');
  if (world.list(userTypes).count() >= USER_TYPES_MAX)
    throw invalid('userType', `The maximum number of user types (${USER_TYPES_MAX}) is reached.`);
  const type = addUserType(world, who.id, {
    name: input.name,
    displayName: input.displayName,
    description: input.description ?? null,
    default: false,
  });
  log(world, who, 'directory.non_default_user_profile.create', 'Create user type', type);
  return type;
}

/** Puts a type and its schema in, without asking anything. */
export function addUserType(
  world: World,
  by: string,
  init: Pick<UserType, 'name' | 'displayName' | 'description' | 'default'>,
): UserType {
  const now = stamp(world.now());
  const type: UserType = {
    id: newId(world, 'oty'),
    displayName: init.displayName,
    name: init.name,
    description: init.description,
    createdBy: by,
    lastUpdatedBy: by,
    created: now,
    lastUpdated: now,
    default: init.default,
  };
  addUserSchema(world, {
    id: type.id,
    name: type.name,
    title: type.displayName,
    description: type.description,
  });
  return world.insert(userTypes, type);
}

/** Changes display name and description; the name stays for good. */
export function updateUserType(world: World, who: Who, id: string, input: UserTypeInput): UserType {
  const type = findUserType(world, id);
  if (input.name !== undefined && input.name !== type.name)
    throw invalid('name', 'name: The name of a user type cannot be changed.');
  const changed = world.update(userTypes, type.id, {
    ...(input.displayName === undefined ? {} : { displayName: input.displayName }),
    ...(input.description === undefined ? {} : { description: input.description }),
    lastUpdatedBy: who.id,
    lastUpdated: stamp(world.now()),
  });
  log(world, who, 'directory.user_profile.update', 'Update user type', changed);
  return changed;
}

const log = (world: World, who: Who, eventType: string, says: string, { id, name }: UserType): unknown =>
  recordChange(world, who, eventType, says, { id, type: 'UserType', name });

/** Removes a type that no user has. Throws E0000142 for the default one and for one in use. */
export function deleteUserType(world: World, id: string): void {
  const type = findUserType(world, id);
  if (type.default) throw refuse('E0000142', { causes: ['The default user type cannot be deleted.'] });
  if (world.list(users, { index: 'type', equals: type.id }).first())
    throw refuse('E0000142', { causes: ['There are users of this user type.'] });
  world.remove(userTypes, type.id);
  removeUserSchema(world, type.id);
}
