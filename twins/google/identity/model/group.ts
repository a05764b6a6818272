/** Who is in a group, directly or by another group. */
import type { World } from '../../../../src/world/world.ts';
import { groups } from '../world/groups.ts';

/** Whether `email` is in the group with the address `group`, also by a group within it. */
export function isMember(world: World, group: string, email: string): boolean {
  const sought = email.toLowerCase();
  const seen = new Set<string>();
  const queue = [group.toLowerCase()];
  for (const address of queue) {
    if (seen.has(address)) continue;
    seen.add(address);
    for (const member of world.get(groups, address)?.members ?? []) {
      if (member.toLowerCase() === sought) return true;
      queue.push(member.toLowerCase());
    }
  }
  return false;
}

/** Addresses of all groups that `email` is in, lower case, the nearest first. */
export function groupsWith(world: World, email: string): string[] {
  const found = new Set<string>();
  const queue = [email.toLowerCase()];
  for (const address of queue)
    for (const group of world.list(groups, { index: 'member', equals: address })) {
      const name = group.email.toLowerCase();
      if (found.has(name)) continue;
      found.add(name);
      queue.push(name);
    }
  return [...found];
}
