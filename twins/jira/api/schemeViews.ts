/** The small things that issues refer to: statuses, kinds, priorities, resolutions, projects, parts of projects. */
import { STATUS_CATEGORIES } from '../model/defaults.ts';
import { assigneeOfComponent } from '../model/projects/components.ts';
import { projectOf } from '../model/projects/projects.ts';
import type {
  Component,
  IssueLinkType,
  IssueType,
  Priority,
  Project,
  Resolution,
  Status,
  Version,
} from '../world.ts';
import type { Address } from './address.ts';
import { leadView } from './peopleView.ts';

type Json = Record<string, unknown>;

export function categoryView(at: Address, id: number): Json {
  const { key, colorName, name } = STATUS_CATEGORIES.find((one) => one.id === id) ?? STATUS_CATEGORIES[0];
  return { self: `${at.rest}/statuscategory/${id}`, id, key, colorName, name };
}

/** The five statuses of a new site have pictures of their own. */
const SYSTEM_ICONS: Partial<Record<string, string>> = {
  1: 'open',
  3: 'inprogress',
  4: 'reopened',
  5: 'resolved',
  6: 'closed',
};

function statusIcon(at: Address, { id, scope }: Status): string {
  const icon = scope ? 'generic' : SYSTEM_ICONS[id];
  return icon ? `${at.site}/images/icons/statuses/${icon}.png` : `${at.site}/`;
}

/** A status inside an issue. */
export const statusView = (at: Address, status: Status): Json => ({
  self: `${at.rest}/status/${status.id}`,
  description: status.description,
  iconUrl: statusIcon(at, status),
  name: status.name,
  id: status.id,
  statusCategory: categoryView(at, status.statusCategory.id),
});

/** A status in a list of its own. */
export function listedStatus(at: Address, status: Status): Json {
  const { self, description, iconUrl, name, id, statusCategory } = statusView(at, status);
  const scope = status.scope ? { scope: status.scope } : {};
  return { self, description, iconUrl, name, untranslatedName: name, id, statusCategory, ...scope };
}

const typeIcon = (at: Address, type: IssueType): string =>
  `${at.origin}/rest/api/2/universal_avatar/view/type/issuetype/avatar/${type.avatarId}?size=medium`;

/** A kind of issue inside an issue. */
export const issueTypeView = (at: Address, type: IssueType): Json => ({
  self: `${at.rest}/issuetype/${type.id}`,
  id: type.id,
  description: type.description,
  iconUrl: typeIcon(at, type),
  name: type.name,
  subtask: type.subtask,
  avatarId: type.avatarId,
  ...(type.entityId === undefined ? {} : { entityId: type.entityId }),
  hierarchyLevel: type.hierarchyLevel,
});

/** A kind of issue in a list of its own. */
export const listedIssueType = (at: Address, type: IssueType): Json => ({
  self: `${at.rest}/issuetype/${type.id}`,
  id: type.id,
  description: type.description,
  iconUrl: typeIcon(at, type),
  name: type.name,
  untranslatedName: type.name,
  subtask: type.subtask,
  avatarId: type.avatarId,
  hierarchyLevel: type.hierarchyLevel,
  ...(type.scope ? { scope: type.scope } : {}),
});

/** A kind of issue in `createmeta`. */
export const creatableIssueType = (at: Address, type: IssueType): Json => {
  const { avatarId: _, ...rest } = listedIssueType(at, type);
  return rest;
};

/** Where the picture of a priority is. */
function priorityIcon(at: Address, { icon, iconUrl, avatarId }: Priority): string {
  if (avatarId !== undefined)
    return `${at.origin}/rest/api/2/universal_avatar/view/type/priority/avatar/${avatarId}?size=medium`;
  if (iconUrl !== undefined) return iconUrl.startsWith('/') ? at.site + iconUrl : iconUrl;
  return `${at.site}/images/icons/priorities/${icon ?? 'medium'}_new.svg`;
}

/** A priority inside an issue. */
export const priorityView = (at: Address, priority: Priority): Json => ({
  self: `${at.rest}/priority/${priority.id}`,
  iconUrl: priorityIcon(at, priority),
  name: priority.name,
  id: priority.id,
});

/** A priority in a list of its own. */
export const listedPriority = (at: Address, priority: Priority): Json => ({
  self: `${at.rest}/priority/${priority.id}`,
  statusColor: priority.statusColor,
  description: priority.description,
  iconUrl: priorityIcon(at, priority),
  name: priority.name,
  id: priority.id,
  isDefault: priority.isDefault,
  ...(priority.avatarId === undefined ? {} : { avatarId: priority.avatarId }),
});

export const resolutionView = (at: Address, resolution: Resolution): Json => ({
  self: `${at.rest}/resolution/${resolution.id}`,
  id: resolution.id,
  description: resolution.description,
  name: resolution.name,
});

export const linkTypeView = (at: Address, type: IssueLinkType): Json => ({
  id: type.id,
  name: type.name,
  inward: type.inward,
  outward: type.outward,
  self: `${at.rest}/issueLinkType/${type.id}`,
});

/** The four sizes of a project's picture. */
export function projectAvatars(at: Address, project: Project): Record<string, string> {
  const url = `${at.rest}/universal_avatar/view/type/project/avatar/${project.avatarId}`;
  return {
    '48x48': url,
    '24x24': `${url}?size=small`,
    '16x16': `${url}?size=xsmall`,
    '32x32': `${url}?size=medium`,
  };
}

/** A project inside an issue. */
export const projectView = (at: Address, project: Project): Json => ({
  self: `${at.rest}/project/${project.id}`,
  id: project.id,
  key: project.key,
  name: project.name,
  projectTypeKey: project.projectTypeKey,
  simplified: project.simplified,
  avatarUrls: projectAvatars(at, project),
});

/** A component inside an issue. */
export const componentView = (at: Address, component: Component): Json => ({
  self: `${at.rest}/component/${component.id}`,
  id: component.id,
  name: component.name,
  ...(component.description === undefined ? {} : { description: component.description }),
});

/** A component in a list of its own, with whom it gives issues to. */
export function componentInFull(at: Address, component: Component): Json {
  const { assignee, realAssignee, ...rest } = assigneeOfComponent(at.world, component);
  const project = projectOf(at.world, { id: component.projectId });
  return {
    ...componentView(at, component),
    ...(component.lead ? { lead: leadView(at, component.lead) } : {}),
    assigneeType: component.assigneeType,
    ...(assignee ? { assignee: leadView(at, assignee) } : {}),
    realAssigneeType: rest.realAssigneeType,
    ...(realAssignee ? { realAssignee: leadView(at, realAssignee) } : {}),
    isAssigneeTypeValid: rest.isAssigneeTypeValid,
    project: project.key,
    projectId: Number(project.id),
  };
}

/** A version inside an issue. */
export const versionView = (at: Address, version: Version): Json => ({
  self: `${at.rest}/version/${version.id}`,
  id: version.id,
  ...(version.description === undefined ? {} : { description: version.description }),
  name: version.name,
  archived: version.archived,
  released: version.released,
  ...(version.releaseDate ? { releaseDate: version.releaseDate } : {}),
});
