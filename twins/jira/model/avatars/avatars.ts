/**
 * Pictures of projects, types of issue and priorities: Jira's own, which everybody may choose, and those that people
 * loaded for one of them.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-avatars/
 */
import type { World } from '../../../../src/world/world.ts';
import { type Avatar, avatars } from '../../world.ts';
import { SYSTEM_AVATARS } from './systemAvatars.ts';

export type AvatarType = Avatar['type'];

/** The picture with this id that `owner` may have: one of Jira's own, or one of its. */
export function avatarOfOwner(
  world: World,
  type: AvatarType,
  ownerId: string,
  id: string,
): { id: string; system: boolean } | undefined {
  if (SYSTEM_AVATARS[type].includes(Number(id))) return { id, system: true };
  const row = world.get(avatars, id);
  return row?.type === type && row.ownerId === ownerId ? { id, system: false } : undefined;
}

/** The pictures that people loaded for one thing, oldest first. */
export const customAvatarsOf = (world: World, type: AvatarType, ownerId: string): Avatar[] =>
  world.list(avatars, { index: 'owner', equals: `${type}/${ownerId}` }).toArray();
