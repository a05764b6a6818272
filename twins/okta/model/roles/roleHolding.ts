/** What goes with a thing of the org when it goes: roles that it held, its place in resource sets. */
import type { World } from '../../../../src/world/world.ts';
import { bindingMembers, setResources } from '../../world/admin.ts';
import { roleAssignments } from '../../world.ts';

/**
 * Takes every role from a user, group or app, and takes it out of the resource sets. Targets of other roles that name
 * it stay: a role that was limited to a group is not to reach further when the group is gone.
 */
export function forgetHolder(world: World, id: string): void {
  for (const role of world.list(roleAssignments, { prefix: `${id}/` }).toArray())
    world.remove(roleAssignments, `${id}/${role.id}`);
  for (const row of world.list(bindingMembers, { index: 'member', equals: id }).toArray())
    world.remove(bindingMembers, `${row.setId}/${row.roleId}/${row.id}`);
  for (const row of world.list(setResources, { index: 'resource', equals: id }).toArray())
    world.remove(setResources, `${row.setId}/${row.id}`);
}
