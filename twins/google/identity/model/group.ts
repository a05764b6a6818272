/** Who is in a group, directly or by another group. */
import type { World } from '../../../../src/world/world.ts';
import { groups } from '../world/groups.ts';

/** Whether `email` is in the group with the address `group`, also by a group within it. */
export function isMember(world: World, group: string, email: string): boolean {
  const sought = email.toLowerCase();
  const seen = new Set([group.toLowerCase()]);
  for (const one of seen)
    for (const member of world.get(groups, one)?.members ?? []) {
      if (member.toLowerCase() === sought) return true;
      seen.add(member.toLowerCase());
    }
  return false;
}

/** Addresses of the people in a group and in the groups within it, lower case; of anybody else, their own. */
export function peopleAt(world: World, address: string): string[] {
  const seen = new Set([address.toLowerCase()]);
  for (const one of seen)
    for (const member of world.get(groups, one)?.members ?? []) seen.add(member.toLowerCase());
  return [...seen].filter((one) => !world.get(groups, one));
}

/** Addresses of all groups that `email` is in, lower case, the nearest first. */
export function groupsWith(world: World, email: string): string[] {
  const own = email.toLowerCase();
  const found = new Set([own]);
  for (const equals of found)
    for (const group of world.list(groups, { index: 'member', equals })) found.add(group.email.toLowerCase());
  return [...found].filter((one) => one !== own);
}
