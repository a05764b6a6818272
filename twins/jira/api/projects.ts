/** Projects with their statuses, components, versions and roles. */
import { endpoint, list } from '../../../src/twin.ts';
import { maySee } from '../model/permissions/may.ts';
import { componentsOf } from '../model/projects/components.ts';
import { allProjects, searchProjects } from '../model/projects/projectSearch.ts';
import { issueTypesOf } from '../model/projects/projects.ts';
import { versionsOf } from '../model/projects/versions.ts';
import { statusesOf } from '../model/workflows/workflowOf.ts';
import type { Project } from '../world.ts';
import { type Address, addressOf, doc, listParameter } from './address.ts';
import { leadView } from './peopleView.ts';
import { projectIn } from './projectAt.ts';
import { roleLinks } from './roleViews.ts';
import { componentInFull, issueTypeView, projectAvatars, statusView } from './schemeViews.ts';
import { versionInFull } from './versionViews.ts';

type Json = Record<string, unknown>;

const PROJECT_EXPAND = 'description,lead,issueTypes,url,projectKeys,permissions,insight';

/** A project in a list. */
export const listedProject = (at: Address, project: Project, expand: readonly string[] = []): Json => ({
  expand: PROJECT_EXPAND,
  self: `${at.rest}/project/${project.id}`,
  id: project.id,
  key: project.key,
  ...(expand.includes('description') ? { description: project.description } : {}),
  ...(expand.includes('lead') ? { lead: leadView(at, project.lead) } : {}),
  ...(expand.includes('issueTypes') ? { issueTypes: typesOf(at, project) } : {}),
  name: project.name,
  avatarUrls: projectAvatars(at, project),
  projectTypeKey: project.projectTypeKey,
  simplified: project.simplified,
  style: project.style,
  isPrivate: project.isPrivate,
  properties: {},
  ...(project.simplified ? { entityId: project.uuid, uuid: project.uuid } : {}),
});

/** One project in full. */
export const projectInFull = (at: Address, project: Project, expand: readonly string[] = []): Json => ({
  expand: PROJECT_EXPAND,
  self: `${at.rest}/project/${project.id}`,
  id: project.id,
  key: project.key,
  description: project.description,
  lead: leadView(at, project.lead),
  components: [...componentsOf(at.world, project)].map((one) => componentInFull(at, one)),
  issueTypes: typesOf(at, project),
  assigneeType: project.assigneeType,
  versions: [...versionsOf(at.world, project)].map((one) => versionInFull(at, one)),
  name: project.name,
  roles: roleLinks(at, project),
  avatarUrls: projectAvatars(at, project),
  ...(expand.includes('projectKeys') ? { projectKeys: [project.key] } : {}),
  projectTypeKey: project.projectTypeKey,
  simplified: project.simplified,
  style: project.style,
  isPrivate: project.isPrivate,
  properties: {},
  ...(project.simplified ? { entityId: project.uuid, uuid: project.uuid } : {}),
});

const typesOf = (at: Address, project: Project): Json[] =>
  issueTypesOf(at.world, project).map((type) => {
    const { entityId: _, ...rest } = issueTypeView(at, type);
    return rest;
  });

export const projectEndpoints = [
  endpoint(
    { id: 'getAllProjects', route: 'GET /rest/api/3/project', doc: doc('projects', 'project-get') },
    (call) => {
      const at = addressOf(call);
      return [...allProjects(call.world).filter((one) => maySee(call.world, at.me, one))].map((one) =>
        listedProject(at, one, listParameter(call.query, 'expand')),
      );
    },
  ),
  endpoint(
    {
      id: 'searchProjects',
      route: 'GET /rest/api/3/project/search',
      page: { style: 'values', default: 50, max: 100 },
      doc: doc('projects', 'project-search-get'),
    },
    (call) => {
      const at = addressOf(call);
      const { query } = call;
      const found = searchProjects(call.world, {
        query: query.get('query'),
        ids: listParameter(query, 'id'),
        keys: listParameter(query, 'keys'),
        types: listParameter(query, 'typeKey'),
        orderBy: query.get('orderBy'),
      });
      return list(
        found.filter((one) => maySee(call.world, at.me, one)),
        (one) => listedProject(at, one, listParameter(query, 'expand')),
      );
    },
  ),
  endpoint(
    {
      id: 'getProject',
      route: 'GET /rest/api/3/project/{projectIdOrKey}',
      doc: doc('projects', 'project-projectidorkey-get'),
    },
    (call) => projectInFull(addressOf(call), projectIn(call), listParameter(call.query, 'expand')),
  ),
  endpoint(
    {
      id: 'getAllStatuses',
      route: 'GET /rest/api/3/project/{projectIdOrKey}/statuses',
      doc: doc('projects', 'project-projectidorkey-statuses-get'),
    },
    (call) => {
      const at = addressOf(call);
      const project = projectIn(call);
      return issueTypesOf(call.world, project).map(({ id, name, subtask }) => ({
        self: `${at.rest}/issuetype/${id}`,
        id,
        name,
        subtask,
        statuses: statusesOf(call.world, project, { id }).map((one) => ({
          ...statusView(at, one),
          untranslatedName: one.name,
        })),
      }));
    },
  ),
];
