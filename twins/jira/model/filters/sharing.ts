/**
 * Sharing of filters and dashboards: who sees a thing, who may change it, and what may be asked for.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-filter-sharing/
 */
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { badFields, badQuery } from '../../errors.ts';
import { SHARES_MAX } from '../../limits.ts';
import {
  projectRoles,
  type Shared,
  type SharePermission,
  shareScopes,
  type User,
  users,
} from '../../world.ts';
import { groupNamed } from '../people/groups.ts';
import { inGroup, inRole } from '../permissions/holders.ts';
import { may } from '../permissions/may.ts';
import { projectNamed } from '../projects/projects.ts';
import { settingOf } from '../site/settings.ts';

/** Whether a person (nobody: without a credential) sees the thing. */
export const sees = (world: World, user: User | undefined, thing: Shared): boolean =>
  owns(user, thing) ||
  [...thing.sharePermissions, ...thing.editPermissions].some((one) => covers(world, user, one));

/** What searches ask of a shared thing: its owner, and with whom it is shared; `null` where they do not. */
export interface SharingQuery {
  accountId: string | null;
  groupId: string | null;
  projectId: string | null;
}

/** Whether a thing is that of the owner and shared as a search asks. */
export const sharedAs = (thing: Shared, { accountId, groupId, projectId }: SharingQuery): boolean =>
  (accountId === null || thing.owner.accountId === accountId) &&
  (groupId === null || thing.sharePermissions.some((one) => one.group?.groupId === groupId)) &&
  (projectId === null || thing.sharePermissions.some((one) => one.project?.id === projectId));

/** Whether a person may change the thing. */
export const mayChange = (world: World, user: User, thing: Shared): boolean =>
  owns(user, thing) || thing.editPermissions.some((one) => covers(world, user, one));

export const owns = (user: User | undefined, thing: Shared): boolean =>
  user?.accountId === thing.owner.accountId;

function covers(world: World, user: User | undefined, share: SharePermission): boolean {
  if (share.type === 'global') return true;
  if (!user) return false;
  switch (share.type) {
    case 'loggedin':
      return true;
    case 'user':
      return share.user?.accountId === user.accountId;
    case 'group':
      return inGroup(world, share.group?.groupId ?? '', user.accountId);
    case 'project': {
      const project = projectNamed(world, share.project?.id ?? '');
      if (!project || !may(world, user, 'BROWSE_PROJECTS', project)) return false;
      return share.role === undefined || inRole(world, project, String(share.role.id), user.accountId);
    }
  }
}

/** What a request says of a share: as a filter's `sharePermissions`, or flat as `/permission` takes it. */
export interface ShareInput {
  type?: unknown;
  group?: unknown;
  project?: unknown;
  role?: unknown;
  user?: unknown;
  groupId?: unknown;
  groupname?: unknown;
  projectId?: unknown;
  projectRoleId?: unknown;
  accountId?: unknown;
}

/** The shares that a request asks for; 400 for a type or a thing that is not there. */
export function readShares(world: World, user: User, sent: unknown): SharePermission[] {
  if (sent === undefined || sent === null) return [];
  if (!Array.isArray(sent)) throw badQuery('The share permissions are invalid.');
  if (sent.length > SHARES_MAX) throw badQuery(`There are more than ${SHARES_MAX} share permissions.`);
  if (sent.length > 0 && !may(world, user, 'CREATE_SHARED_OBJECTS'))
    throw badFields({ shares: 'You do not have permission to share. All shares are invalid.' });
  const shares = sent.map((one) => readShare(world, user, one as ShareInput));
  const whole = shares.find((one) => one.type === 'global') ?? shares.find((one) => one.type === 'loggedin');
  return whole ? [whole] : shares;
}

/** One share; what is for everybody is said so, whatever else was asked. */
export function readShare(world: World, user: User, sent: ShareInput | null): SharePermission {
  const share = readAnyShare(world, user, sent);
  if ((share.type === 'global' || share.type === 'loggedin') && settingOf(world, GLOBAL_SHARING) !== 'true')
    throw badFields({ shares: 'Sharing with everyone is disabled. All shares are invalid.' });
  return share;
}

const GLOBAL_SHARING = 'jira.option.globalsharing';

function readAnyShare(world: World, user: User, sent: ShareInput | null): SharePermission {
  const id = () => world.next('jira.share') + 9_999;
  const input = typeof sent === 'object' && sent !== null ? sent : {};
  switch (input.type) {
    case 'global':
      return { id: id(), type: 'global' };
    case 'authenticated':
    case 'loggedin':
      return { id: id(), type: 'loggedin' };
    case 'group': {
      const { name = input.groupname, groupId = input.groupId } = object(input.group);
      const group = groupNamed(world, { groupId: text(groupId), name: text(name) });
      if (!group) throw badFields({ groupname: 'The group does not exist.' });
      return { id: id(), type: 'group', group: { groupId: group.groupId } };
    }
    case 'user': {
      const accountId = String(input.accountId ?? object(input.user).accountId);
      if (!world.get(users, accountId)) throw badFields({ user: 'The user is not valid.' });
      return { id: id(), type: 'user', user: { accountId } };
    }
    case 'project':
    case 'projectRole': {
      const project = projectNamed(world, String(input.projectId ?? object(input.project).id));
      if (!project || !may(world, user, 'BROWSE_PROJECTS', project))
        throw badFields({ shares: 'You do not have permission to share with this Project.' });
      const share = { id: id(), type: 'project', project: { id: project.id } } as const;
      const role = input.projectRoleId ?? object(input.role).id;
      if (role === undefined && input.type === 'project') return share;
      const found = world.get(projectRoles, sortable(Number(role)));
      if (!found) throw badFields({ shares: 'The project role does not exist.' });
      return { ...share, role: { id: found.id } };
    }
    default:
      throw badQuery(`Invalid share type '${String(input.type)}'.`);
  }
}

const object = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** With whom a person's new things are shared. */
export const shareScopeOf = (world: World, user: User): 'AUTHENTICATED' | 'PRIVATE' =>
  world.get(shareScopes, user.accountId)?.scope ?? 'PRIVATE';

/** Sets it; `GLOBAL` means the signed-in. 400 for another word. */
export function setShareScope(world: World, user: User, scope: unknown): void {
  if (scope !== 'GLOBAL' && scope !== 'AUTHENTICATED' && scope !== 'PRIVATE')
    throw badQuery(
      `Invalid share scope '${String(scope)}'. It must be one of GLOBAL, AUTHENTICATED, PRIVATE.`,
    );
  world.put(shareScopes, { accountId: user.accountId, scope: scope === 'GLOBAL' ? 'AUTHENTICATED' : scope });
}
