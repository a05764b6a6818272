/** Owners of groups: people or groups that answer for them. */
import type { World } from '../../../src/world/world.ts';
import { invalid, notFound, notWellFormed } from '../errors.ts';
import { groupOwners } from '../world.ts';
import { findGroup } from './group.ts';
import { displayName, findUser } from './user.ts';

/** An owner; `groupId` and `assignedAt` (universe milliseconds) are shown in other ways. */
export interface GroupOwner {
  groupId: string;
  id: string;
  type: 'USER' | 'GROUP';
  displayName: string;
  assignedAt: number;
}

/** The owners of a group, newest first. */
export const ownersOf = (world: World, groupId: string): GroupOwner[] =>
  world.list(groupOwners, { prefix: `${findGroup(world, groupId).id}/` }).toArray();

/** Gives a group an owner. Throws E0000007 for an unknown one, E0000001 for one that it has. */
export function addOwner(
  world: World,
  groupId: string,
  input: { id?: string; type?: string } | undefined,
): GroupOwner {
  findGroup(world, groupId);
  if (!input || typeof input.id !== 'string') throw notWellFormed();
  const { id, type } = input;
  if (type !== 'USER' && type !== 'GROUP') throw invalid('type', 'type: Must be USER or GROUP');
  const name = type === 'USER' ? displayName(findUser(world, id)) : findGroup(world, id).profile.name;
  if (world.get(groupOwners, `${groupId}/${id}`))
    throw invalid('owner', 'Provided owner is already assigned to this group');
  return world.insert(groupOwners, { groupId, id, type, displayName: name, assignedAt: world.now() });
}

/** Takes an owner away, or E0000007. */
export function removeOwner(world: World, groupId: string, ownerId: string): void {
  findGroup(world, groupId);
  if (!world.remove(groupOwners, `${groupId}/${ownerId}`)) throw notFound(ownerId, 'LinkedObject');
}
