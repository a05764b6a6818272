/** With whom filters and dashboards are shared, as answers show it. */
import { projectNamed } from '../model/projects/projects.ts';
import type { Shared, SharePermission } from '../world.ts';
import type { Address } from './address.ts';
import { leadView } from './peopleView.ts';
import { projectAvatars } from './schemeViews.ts';

type Json = Record<string, unknown>;

/** One share. */
export function shareView(at: Address, share: SharePermission): Json {
  const { id, type } = share;
  if (share.user) return { id, type, user: { ...leadView(at, share.user) } };
  if (!share.project) return { id, type };
  const project = projectNamed(at.world, share.project.id);
  if (!project) return { id, type: 'project-unknown' };
  return {
    id,
    type,
    project: {
      self: `${at.rest}/project/${project.id}`,
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
