/** Groups and project roles as rules ask for them. */
import type { World } from '../../../../../src/world/world.ts';
import { type Project, users } from '../../../world.ts';
import { PROJECT_ROLES } from '../../defaults.ts';
import { may } from '../../permissions/may.ts';

/** Whether somebody is in a group. */
export const inGroup = (_world: World, _groupId: string, _accountId: string): boolean => false;

/** Whether somebody has a role in a project. */
export function inRole(world: World, project: Project, roleId: string, accountId: string): boolean {
  const role = PROJECT_ROLES.find(({ id }) => String(id) === roleId);
  const user = world.get(users, accountId);
  return role !== undefined && (!role.admin || may(world, user, 'ADMINISTER_PROJECTS', project));
}
