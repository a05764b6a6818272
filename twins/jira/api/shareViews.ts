/** With whom filters and dashboards are shared, as answers show it. */
import { sortable } from '../../../src/table.ts';
import { favouritedCount, isFavourite } from '../model/filters/favourites.ts';
import { groupNamed } from '../model/people/groups.ts';
import { personOf } from '../model/people/people.ts';
import { projectNamed } from '../model/projects/projects.ts';
import { projectRoles, type Shared, type SharePermission } from '../world.ts';
import type { Address } from './address.ts';
import { leadView } from './peopleView.ts';
import { projectAvatars } from './schemeViews.ts';

type Json = Record<string, unknown>;

/** One share. */
export function shareView(at: Address, share: SharePermission): Json {
  const { id, type } = share;
  if (share.user) return { id, type, user: { ...leadView(at, share.user) } };
  if (share.group) {
    const group = groupNamed(at.world, share.group);
    const { groupId } = share.group;
    return { id, type, group: { name: group?.name, groupId, self: `${at.rest}/group?groupId=${groupId}` } };
  }
  if (!share.project) return { id, type };
  const project = projectNamed(at.world, share.project.id);
  if (!project) return { id, type: 'project-unknown' };
  const role = share.role && at.world.get(projectRoles, sortable(share.role.id));
  const self = `${at.rest}/project/${project.id}`;
  return {
    id,
    type,
    ...(role ? { role: { self: `${self}/role/${role.id}`, name: role.name, id: role.id } } : {}),
    project: {
      self,
      id: project.id,
      key: project.key,
      assigneeType: project.assigneeType,
      name: project.name,
      roles: {},
      avatarUrls: projectAvatars(at, project),
      projectTypeKey: project.projectTypeKey,
      simplified: project.simplified,
    },
  };
}

/** What filters and dashboards show of their sharing. */
export const sharingView = (
  at: Address,
  thing: Shared,
): { sharePermissions: Json[]; editPermissions: Json[] } => ({
  sharePermissions: thing.sharePermissions.map((one) => shareView(at, one)),
  editPermissions: thing.editPermissions.map((one) => shareView(at, one)),
});

/** By what filters and dashboards may be ordered alike. */
export const sharedOrders = <E extends Shared & { id: string; name: string; description: string }>(
  at: Address,
  kind: 'filter' | 'dashboard',
): Readonly<
  Record<'name' | 'description' | 'id' | 'owner' | 'stars' | 'starred', (row: E) => string | number>
> => ({
  name: (row) => row.name.toLowerCase(),
  description: (row) => row.description.toLowerCase(),
  id: (row) => Number(row.id),
  owner: (row) => personOf(at.world, row.owner)?.displayName ?? '',
  stars: (row) => favouritedCount(at.world, kind, row.id),
  starred: (row) => (isFavourite(at.world, at.me, kind, row.id) ? 0 : 1),
});
