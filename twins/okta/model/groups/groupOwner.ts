/** Owners of groups: people or groups that answer for them. */
import type { Range } from '../../../../src/range.ts';
import type { World } from '../../../../src/world/world.ts';
import { invalid, notFound, notWellFormed, refuse } from '../../errors.ts';
import { GROUP_OWNERS_MAX } from '../../limits.ts';
import { groupOwners, groups, users } from '../../world.ts';
import { displayName, findUser } from '../people/user.ts';
import { matcher } from '../search/match.ts';
import { comparisons, parseFilter } from '../search/parse.ts';
import { findGroup } from './group.ts';

/** An owner; `groupId` and `assignedAt` (universe milliseconds) are shown in other ways. */
export interface GroupOwner {
  groupId: string;
  id: string;
  type: 'USER' | 'GROUP';
  assignedAt: number;
}

/** The owners of a group that match a filter on their type. Throws E0000031 for a filter that is none. */
export function ownersOf(world: World, groupId: string, search: string | null): Range<GroupOwner> {
  const { id } = findGroup(world, groupId);
  if (!search) return world.list(groupOwners, { prefix: `${id}/` });
  const filter = parseFilter(search, () => refuse('E0000031'));
  if (comparisons(filter).some((one) => one.attribute !== 'type')) throw refuse('E0000031');
  return world.list(groupOwners, { prefix: `${id}/`, where: matcher(filter) });
}

/** What an owner is called now. */
export function ownerName(world: World, { id, type }: GroupOwner): string {
  if (type === 'GROUP') return world.get(groups, id)?.profile.name ?? '';
  const user = world.get(users, id);
  return user ? displayName(user) : '';
}

/**
 * Gives a group an owner. Throws E0000007 for an unknown one, E0000001 for one that it has and where it has as many as
 * there may be.
 */
export function addOwner(
  world: World,
  groupId: string,
  input: { id?: string; type?: string } | undefined,
): GroupOwner {
  findGroup(world, groupId);
  if (!input || typeof input.id !== 'string') throw notWellFormed();
  const { type } = input;
  if (type !== 'USER' && type !== 'GROUP') throw invalid('type', 'type: Must be USER or GROUP');
  const { id } = type === 'USER' ? findUser(world, input.id) : findGroup(world, input.id);
  if (world.get(groupOwners, `${groupId}/${id}`))
    throw invalid('owner', 'Provided owner is already assigned to this group');
  if (world.list(groupOwners, { prefix: `${groupId}/` }).count() >= GROUP_OWNERS_MAX)
    throw invalid('owner', `A group can have at most ${GROUP_OWNERS_MAX} owners`);
  return world.insert(groupOwners, { groupId, id, type, assignedAt: world.now() });
}

/** Takes an owner away, or E0000007. */
export function removeOwner(world: World, groupId: string, ownerId: string): void {
  findGroup(world, groupId);
  if (!world.remove(groupOwners, `${groupId}/${ownerId}`)) throw notFound(ownerId, 'LinkedObject');
}
