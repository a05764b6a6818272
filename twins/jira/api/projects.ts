/** Projects with their statuses, components, versions and roles. */
import { type Call, endpoint, list } from '../../../src/twin.ts';
import { forbidden, missing } from '../errors.ts';
import { PROJECT_ROLES } from '../model/defaults.ts';
import { requireUser, siteOf } from '../model/people/people.ts';
import { may } from '../model/permissions/may.ts';
import { allProjects, searchProjects } from '../model/projects/projectSearch.ts';
import {
  type ComponentInput,
  componentsOf,
  createComponent,
  createVersion,
  deleteComponent,
  deleteVersion,
  issueTypesOf,
  projectOf,
  requireComponent,
  requireProject,
  requireVersion,
  updateVersion,
  versionsOf,
} from '../model/projects/projects.ts';
import { statusesOf } from '../model/workflows/workflowOf.ts';
import type { Component, Project } from '../world.ts';
import { type Address, addressOf, bodyObject, caller, doc, listParameter } from './address.ts';
import { avatarsOf, leadView, personView } from './peopleView.ts';
import { componentView, issueTypeView, projectAvatars, statusView, versionView } from './schemeViews.ts';

type Json = Record<string, unknown>;

const projectIn = (call: Call) => requireProject(call.world, call.params.projectIdOrKey as string);

/** 403 unless the caller administers the project. */
function administers(call: Call, project: Project): void {
  if (!may(call.world, caller(call), 'ADMINISTER_PROJECTS', project))
    throw forbidden('You must have global or project administrator rights in order to modify this.');
}

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
  components: [...componentsOf(at.world, project)].map((one) => componentView(at, one)),
  issueTypes: typesOf(at, project),
  assigneeType: project.assigneeType,
  versions: [...versionsOf(at.world, project)].map((one) => versionView(at, one)),
  name: project.name,
  roles: rolesOf(at, project),
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

const rolesOf = (at: Address, project: Project): Record<string, string> =>
  Object.fromEntries(
    PROJECT_ROLES.map(({ id, name }) => [name, `${at.rest}/project/${project.id}/role/${id}`]),
  );

export const projectEndpoints = [
  endpoint(
    { id: 'getAllProjects', route: 'GET /rest/api/3/project', doc: doc('projects', 'project-get') },
    (call) => {
      const at = addressOf(call);
      return [...allProjects(call.world)].map((one) =>
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
      return list(found, (one) => listedProject(at, one, listParameter(query, 'expand')));
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
  endpoint(
    {
      id: 'getProjectVersionsPaginated',
      route: 'GET /rest/api/3/project/{projectIdOrKey}/version',
      page: { style: 'values', default: 50, max: 200 },
      doc: doc('project-versions', 'project-projectidorkey-version-get'),
    },
    (call) => {
      const at = addressOf(call);
      return list(versionsOf(call.world, projectIn(call)), (one) => versionView(at, one, true));
    },
  ),
  endpoint(
    {
      id: 'getProjectVersions',
      route: 'GET /rest/api/3/project/{projectIdOrKey}/versions',
      doc: doc('project-versions', 'project-projectidorkey-versions-get'),
    },
    (call) => {
      const at = addressOf(call);
      return [...versionsOf(call.world, projectIn(call))].map((one) => versionView(at, one, true));
    },
  ),
  endpoint(
    {
      id: 'createVersion',
      route: 'POST /rest/api/3/version',
      status: 201,
      doc: doc('project-versions', 'version-post'),
    },
    (call) => {
      const input = bodyObject(call);
      administers(call, requireProject(call.world, String(input.projectId ?? input.project ?? '')));
      return versionView(addressOf(call), createVersion(call.world, input), true);
    },
  ),
  endpoint(
    {
      id: 'getVersion',
      route: 'GET /rest/api/3/version/{id}',
      doc: doc('project-versions', 'version-id-get'),
    },
    (call) => versionView(addressOf(call), requireVersion(call.world, call.params.id), true),
  ),
  endpoint(
    {
      id: 'updateVersion',
      route: 'PUT /rest/api/3/version/{id}',
      doc: doc('project-versions', 'version-id-put'),
    },
    (call) => {
      const { projectId } = requireVersion(call.world, call.params.id);
      administers(call, projectOf(call.world, { id: projectId }));
      return versionView(addressOf(call), updateVersion(call.world, call.params.id, bodyObject(call)), true);
    },
  ),
  endpoint(
    {
      id: 'deleteVersion',
      route: 'DELETE /rest/api/3/version/{id}',
      status: 204,
      doc: doc('project-versions', 'version-id-delete'),
    },
    (call) => {
      const { projectId } = requireVersion(call.world, call.params.id);
      administers(call, projectOf(call.world, { id: projectId }));
      deleteVersion(call.world, call.params.id);
    },
  ),
  endpoint(
    {
      id: 'getProjectComponentsPaginated',
      route: 'GET /rest/api/3/project/{projectIdOrKey}/component',
      page: { style: 'values', default: 50, max: 200 },
      doc: doc('project-components', 'project-projectidorkey-component-get'),
    },
    (call) => {
      const project = projectIn(call);
      return list(componentsOf(call.world, project), (one) => componentView(addressOf(call), one, project));
    },
  ),
  endpoint(
    {
      id: 'getProjectComponents',
      route: 'GET /rest/api/3/project/{projectIdOrKey}/components',
      doc: doc('project-components', 'project-projectidorkey-components-get'),
    },
    (call) => {
      const project = projectIn(call);
      return [...componentsOf(call.world, project)].map((one) =>
        componentView(addressOf(call), one, project),
      );
    },
  ),
  endpoint(
    {
      id: 'createComponent',
      route: 'POST /rest/api/3/component',
      status: 201,
      doc: doc('project-components', 'component-post'),
    },
    (call) => {
      const { leadAccountId, ...input } = bodyObject(call);
      administers(call, requireProject(call.world, String(input.project ?? input.projectId ?? '')));
      const lead = typeof leadAccountId === 'string' ? requireUser(call.world, leadAccountId) : undefined;
      const full: ComponentInput = { ...input, ...(lead ? { lead: { accountId: lead.accountId } } : {}) };
      return wholeComponent(call, createComponent(call.world, full));
    },
  ),
  endpoint(
    {
      id: 'getComponent',
      route: 'GET /rest/api/3/component/{id}',
      doc: doc('project-components', 'component-id-get'),
    },
    (call) => wholeComponent(call, requireComponent(call.world, call.params.id)),
  ),
  endpoint(
    {
      id: 'deleteComponent',
      route: 'DELETE /rest/api/3/component/{id}',
      status: 204,
      doc: doc('project-components', 'component-id-delete'),
    },
    (call) => {
      const { projectId } = requireComponent(call.world, call.params.id);
      administers(call, projectOf(call.world, { id: projectId }));
      deleteComponent(call.world, call.params.id);
    },
  ),
  endpoint(
    {
      id: 'getProjectRoles',
      route: 'GET /rest/api/3/project/{projectIdOrKey}/role',
      doc: doc('project-roles', 'project-projectidorkey-role-get'),
    },
    (call) => rolesOf(addressOf(call), projectIn(call)),
  ),
  endpoint(
    {
      id: 'getProjectRole',
      route: 'GET /rest/api/3/project/{projectIdOrKey}/role/{id}',
      doc: doc('project-roles', 'project-projectidorkey-role-id-get'),
    },
    (call) => roleView(addressOf(call), projectIn(call), call.params.id),
  ),
  endpoint(
    { id: 'getAllProjectRoles', route: 'GET /rest/api/3/role', doc: doc('project-roles', 'role-get') },
    (call) => PROJECT_ROLES.map((role) => siteRole(addressOf(call), role)),
  ),
  endpoint(
    {
      id: 'getProjectRoleById',
      route: 'GET /rest/api/3/role/{id}',
      doc: doc('project-roles', 'role-id-get'),
    },
    (call) => {
      const role = PROJECT_ROLES.find(({ id }) => String(id) === call.params.id);
      if (!role) throw missing(`Can not retrieve project role with id '${call.params.id}'.`);
      return siteRole(addressOf(call), role);
    },
  ),
];

const wholeComponent = (call: Call, component: Component): Json =>
  componentView(addressOf(call), component, projectOf(call.world, { id: component.projectId }));

/** A role of the site, whoever is in it. */
const siteRole = (at: Address, { id, name, description, admin }: (typeof PROJECT_ROLES)[number]): Json => ({
  self: `${at.rest}/role/${id}`,
  name,
  id,
  description,
  admin,
  default: !admin,
});

/** A role with who is in it: administrators and the lead; the other roles are open to all and name nobody. */
function roleView(at: Address, project: Project, id: string): Json {
  const role = PROJECT_ROLES.find((one) => String(one.id) === id);
  if (!role) throw missing(`Can not retrieve a role with id ${id}`);
  const accounts = role.admin ? new Set([siteOf(at.world).owner.accountId, project.lead.accountId]) : [];
  return {
    self: `${at.rest}/project/${project.id}/role/${role.id}`,
    name: role.name,
    id: role.id,
    description: role.description,
    actors: [...accounts].map((accountId, i) => {
      const user = requireUser(at.world, accountId);
      return {
        id: 10_000 + i,
        displayName: personView(at, user)?.displayName,
        type: 'atlassian-user-role-actor',
        avatarUrl: avatarsOf(user)['16x16'],
        actorUser: { accountId },
      };
    }),
  };
}
