/** Linked objects: relations between users, as manager and subordinate. */
import type { World } from '../../../src/world/world.ts';
import { blank, notFound, notWellFormed, refuse } from '../errors.ts';
import { linkedObjects } from '../world.ts';
import { recordChange, type Who } from './log.ts';

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

/** The relation that has a side of this name, or E0000007. */
export function findLinkedObject(world: World, name: string): LinkedObject {
  const found = world.list(linkedObjects, { index: 'side', equals: name }).first();
  if (!found) throw notFound(name, 'LinkedObjectProperty');
  return found;
}

/** Makes a relation. Throws E0000001 for a missing name, E0000127 for one that is taken. */
export function createLinkedObject(
  world: World,
  who: Who,
  input: { primary?: Partial<LinkedSide>; associated?: Partial<LinkedSide> } | undefined,
): LinkedObject {
  if (!input || typeof input !== 'object') throw notWellFormed();
  const primary = side(input.primary, 'primary');
  const associated = side(input.associated, 'associated');
  for (const { name } of [primary, associated])
    if (world.list(linkedObjects, { index: 'side', equals: name }).first())
      throw refuse('E0000127', { args: [`The name ${name} is taken.`] });
  log(world, who, 'create', primary.name);
  return world.insert(linkedObjects, { primary, associated });
}

/** Removes a relation by the name of either side. */
export function deleteLinkedObject(world: World, who: Who, name: string): void {
  const { primary } = findLinkedObject(world, name);
  world.remove(linkedObjects, primary.name);
  log(world, who, 'delete', primary.name);
}

function log(world: World, who: Who, verb: string, name: string): void {
  const thing = { id: name, type: 'LinkedObject', name };
  recordChange(world, who, `directory.linked_object.${verb}`, `Linked object ${verb}`, thing);
}

function side(sent: Partial<LinkedSide> | undefined, which: string): LinkedSide {
  if (!sent?.name) throw blank(`${which}.name`);
  return {
    name: sent.name,
    title: sent.title ?? sent.name,
    description: sent.description ?? '',
    type: 'USER',
  };
}
