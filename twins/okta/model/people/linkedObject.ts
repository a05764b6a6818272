/** Linked objects: relations between users, as manager and subordinate, and who is related to whom. */
import type { World } from '../../../../src/world/world.ts';
import { blank, type Cause, invalid, notFound, notWellFormed, refuse } from '../../errors.ts';
import { LINKED_OBJECTS_MAX } from '../../limits.ts';
import { linkedObjects, linkedValues } from '../../world/directory.ts';
import { recordChange, type Who } from '../log/log.ts';
import { findUser } from './user.ts';

/** One side of a relation. */
export interface LinkedSide {
  name: string;
  title: string;
  description: string;
  type: 'USER';
}

/** A relation: many are associated with one primary. */
export interface LinkedObject {
  primary: LinkedSide;
  associated: LinkedSide;
}

/** One user (`associatedId`) has another as the primary of the relation called `name`, by its primary side. */
export interface LinkedValue {
  name: string;
  associatedId: string;
  primaryId: string;
}

/** The relation that has a side of this name, or E0000007. */
export function findLinkedObject(world: World, name: string): LinkedObject {
  const found = bySide(world, name);
  if (!found) throw notFound(name, 'LinkedObjectProperty');
  return found;
}

/**
 * Makes a relation. Throws E0000001 for a missing or wrong part and where there are as many as there may be, E0000127
 * for names that are taken.
 */
export function createLinkedObject(
  world: World,
  who: Who,
  input: { primary?: Partial<LinkedSide>; associated?: Partial<LinkedSide> } | undefined,
): LinkedObject {
  if (!input || typeof input !== 'object') throw notWellFormed();
  const primary = side(input.primary, 'primary');
  const associated = side(input.associated, 'associated');
  const taken: Cause[] = [];
  if (bySide(world, primary.name)) taken.push(takenCause('primary'));
  if (bySide(world, associated.name) || associated.name === primary.name)
    taken.push(takenCause('associated'));
  if (taken.length > 0)
    throw refuse('E0000127', { args: ['Linked object identifier is already in use.'], causes: taken });
  if (world.list(linkedObjects).count() >= LINKED_OBJECTS_MAX)
    throw invalid(
      'linkedObject',
      `The maximum number of linked object definitions (${LINKED_OBJECTS_MAX}) is reached.`,
    );
  log(world, who, 'create', primary.name);
  return world.insert(linkedObjects, { primary, associated });
}

/** Removes a relation by the name of either side, and with it who was related by it. */
export function deleteLinkedObject(world: World, who: Who, name: string): void {
  const { primary } = findLinkedObject(world, name);
  for (const value of world.list(linkedValues, { prefix: `${primary.name}/` }).toArray())
    unlink(world, value);
  world.remove(linkedObjects, primary.name);
  log(world, who, 'delete', primary.name);
}

/**
 * Gives a user a primary, in the place of the one that they had. Throws E0000007 for users and relations that are not
 * there; the relation goes by the name of its primary side.
 */
export function linkUsers(world: World, who: Who, associated: string, name: string, primary: string): void {
  if (findLinkedObject(world, name).primary.name !== name) throw notFound(name, 'LinkedObjectProperty');
  const value = {
    name,
    associatedId: findUser(world, associated, who).id,
    primaryId: findUser(world, primary, who).id,
  };
  world.put(linkedValues, value);
}

/** Whom a user is related to by the side of this name: their one primary, or all who have them for it. */
export function linkedUsers(world: World, who: Who, userId: string, name: string): string[] {
  const { primary } = findLinkedObject(world, name);
  const { id } = findUser(world, userId, who);
  if (name === primary.name) {
    const value = world.get(linkedValues, `${name}/${id}`);
    return value ? [value.primaryId] : [];
  }
  return world
    .list(linkedValues, { index: 'primary', equals: `${primary.name}/${id}` })
    .toArray()
    .map((value) => value.associatedId);
}

/** Takes a user's primary away; a user who has none stays as they are. Throws E0000007 as `linkUsers` does. */
export function unlinkUser(world: World, who: Who, userId: string, name: string): void {
  if (findLinkedObject(world, name).primary.name !== name) throw notFound(name, 'LinkedObjectProperty');
  world.remove(linkedValues, `${name}/${findUser(world, userId, who).id}`);
}

/** A user who goes is related to nobody. */
export function removeLinksOf(world: World, userId: string): void {
  for (const value of world.list(linkedValues, { index: 'user', equals: userId }).toArray())
    unlink(world, value);
}

const bySide = (world: World, name: string): LinkedObject | undefined =>
  world.list(linkedObjects, { index: 'side', equals: name }).first();

const unlink = (world: World, { name, associatedId }: LinkedValue): boolean =>
  world.remove(linkedValues, `${name}/${associatedId}`);

const takenCause = (which: string): Cause => ({
  errorSummary: `Linked object identifier for ${which} is already in use.`,
  reason: 'UNIQUE_CONSTRAINT',
  locationType: 'body',
  domain: 'linkedObjects',
});

function log(world: World, who: Who, verb: string, name: string): void {
  const thing = { id: name, type: 'LinkedObject', name };
  recordChange(world, who, `directory.linked_object.${verb}`, `Linked object ${verb}`, thing);
}

function side(sent: Partial<LinkedSide> | undefined, which: string): LinkedSide {
  if (!sent?.name) throw blank(`${which}.name`);
  if (!/^[A-Za-z_]\w*$/.test(sent.name))
    throw invalid(
      `${which}.name`,
      `${which}.name: The name may hold letters, digits and underscores, and begins with no digit.`,
    );
  if (!sent.title) throw blank(`${which}.title`);
  if (sent.type !== undefined && sent.type !== 'USER')
    throw invalid(`${which}.type`, `${which}.type: Must be USER`);
  return { name: sent.name, title: sent.title, description: sent.description ?? '', type: 'USER' };
}
