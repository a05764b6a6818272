/** Projects as answers show them, with what `expand` and `properties` ask for. */
import { may } from '../model/permissions/may.ts';
import { componentsOf } from '../model/projects/components.ts';
import { binnedUntil } from '../model/projects/projectLife.ts';
import { insightOf } from '../model/projects/projectSearch.ts';
import { issueTypesOf } from '../model/projects/projects.ts';
import { versionsOf } from '../model/projects/versions.ts';
import { propertiesOf } from '../model/properties.ts';
import { stamp } from '../model/time.ts';
import { type Project, type ProjectCategory, projectCategories } from '../world.ts';
import { type Address, listParameter } from './address.ts';
import { leadView, personView } from './peopleView.ts';
import { roleLinks } from './roleViews.ts';
import { componentInFull, issueTypeView, projectAvatars, projectView } from './schemeViews.ts';
import { versionInFull } from './versionViews.ts';

type Json = Record<string, unknown>;

const PROJECT_EXPAND = 'description,lead,issueTypes,url,projectKeys,permissions,insight';

/** What a caller wants to see of projects besides the usual. */
export interface Wanted {
  expand: readonly string[];
  /** Keys of properties. */
  properties: readonly string[];
}

export const wantedIn = (query: URLSearchParams): Wanted => ({
  expand: listParameter(query, 'expand'),
  properties: listParameter(query, 'properties'),
});

const NOTHING: Wanted = { expand: [], properties: [] };

/** A project in a list. */
export const listedProject = (at: Address, project: Project, wanted: Wanted = NOTHING): Json => {
  const { expand } = wanted;
  return {
    expand: PROJECT_EXPAND,
    self: `${at.rest}/project/${project.id}`,
    id: project.id,
    key: project.key,
    ...(expand.includes('description') ? { description: project.description } : {}),
    ...(expand.includes('lead') ? { lead: leadView(at, project.lead) } : {}),
    ...(expand.includes('issueTypes') ? { issueTypes: typesOf(at, project) } : {}),
    ...(expand.includes('url') && project.url ? { url: project.url } : {}),
    name: project.name,
    avatarUrls: projectAvatars(at, project),
    ...categoryOf(at, project),
    ...expanded(at, project, expand),
    projectTypeKey: project.projectTypeKey,
    simplified: project.simplified,
    style: project.style,
    isPrivate: project.isPrivate,
    properties: propertiesIn(at, project, wanted),
    ...put(at, project),
    ...(project.simplified ? { entityId: project.uuid, uuid: project.uuid } : {}),
  };
};

/** One project in full. */
export const projectInFull = (at: Address, project: Project, wanted: Wanted = NOTHING): Json => ({
  expand: PROJECT_EXPAND,
  self: `${at.rest}/project/${project.id}`,
  id: project.id,
  key: project.key,
  description: project.description,
  lead: leadView(at, project.lead),
  components: componentsOf(at.world, project)
    .toArray()
    .map((one) => componentInFull(at, one)),
  issueTypes: typesOf(at, project),
  ...(project.url ? { url: project.url } : {}),
  ...(project.email ? { email: project.email } : {}),
  assigneeType: project.assigneeType,
  versions: versionsOf(at.world, project)
    .toArray()
    .map((one) => versionInFull(at, one)),
  name: project.name,
  roles: roleLinks(at, project),
  avatarUrls: projectAvatars(at, project),
  ...categoryOf(at, project),
  ...expanded(at, project, wanted.expand),
  projectTypeKey: project.projectTypeKey,
  simplified: project.simplified,
  style: project.style,
  isPrivate: project.isPrivate,
  properties: propertiesIn(at, project, wanted),
  ...put(at, project),
  ...(project.simplified ? { entityId: project.uuid, uuid: project.uuid } : {}),
});

/** A project inside of a scheme. */
export const projectDetails = (at: Address, project: Project): Json => ({
  ...projectView(at, project),
  ...categoryOf(at, project),
});

/** What both forms show only where it is asked for. */
function expanded(at: Address, project: Project, expand: readonly string[]): Json {
  const insight = expand.includes('insight') ? insightOf(at.world, project) : undefined;
  return {
    ...(expand.includes('projectKeys') ? { projectKeys: [project.key, ...(project.formerKeys ?? [])] } : {}),
    ...(expand.includes('permissions')
      ? { permissions: { canEdit: may(at.world, at.me, 'ADMINISTER_PROJECTS', project) } }
      : {}),
    ...(insight
      ? {
          insight: {
            totalIssueCount: insight.total,
            ...(insight.lastUpdate ? { lastIssueUpdateTime: at.date(insight.lastUpdate) } : {}),
          },
        }
      : {}),
  };
}

const typesOf = (at: Address, project: Project): Json[] =>
  issueTypesOf(at.world, project).map((type) => {
    const { entityId: _, ...rest } = issueTypeView(at, type);
    return rest;
  });

/** A category in a list of its own. */
export const categoryView = (at: Address, { id, name, description }: ProjectCategory): Json => ({
  self: `${at.rest}/projectCategory/${id}`,
  id,
  name,
  description,
});

function categoryOf(at: Address, { projectCategory }: Project): Json {
  const category = projectCategory && at.world.get(projectCategories, projectCategory.id);
  return category ? { projectCategory: categoryView(at, category) } : {};
}

const propertiesIn = (at: Address, { id }: Project, { properties }: Wanted): Json =>
  properties.length === 0
    ? {}
    : Object.fromEntries(
        propertiesOf(at.world, 'project', id)
          .filter(({ key }) => properties.includes(key))
          .map(({ key, value }) => [key, value]),
      );

/** Whether it was put away: into the archive, or into the bin. */
function put(at: Address, { archived, deleted }: Project): Json {
  return {
    ...(archived
      ? { archived: true, archivedDate: at.date(archived.at), archivedBy: personView(at, archived.by) }
      : {}),
    ...(deleted
      ? {
          deleted: true,
          deletedDate: at.date(deleted.at),
          deletedBy: personView(at, deleted.by),
          retentionTillDate: at.date(stamp(binnedUntil(deleted.at))),
        }
      : {}),
  };
}
