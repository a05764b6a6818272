/** Projects with their statuses, components, versions and roles. */
import { type Call, endpoint, list } from '../../../src/twin.ts';
import { RECENT_PROJECTS_MAX } from '../limits.ts';
import { may, maySee, requireAdmin } from '../model/permissions/may.ts';
import { createProject, type ProjectInput } from '../model/projects/createProject.ts';
import { archiveProject, deleteProject, mayRestore, restoreProject } from '../model/projects/projectLife.ts';
import { allProjects, projectOrders, searchProjects } from '../model/projects/projectSearch.ts';
import { issueTypesOf, projectAnywhere, projectNotFound } from '../model/projects/projects.ts';
import { type ProjectChange, updateProject } from '../model/projects/updateProject.ts';
import { recentProjects } from '../model/projects/visits.ts';
import { startTask } from '../model/site/tasks.ts';
import { statusesOf } from '../model/workflows/workflowOf.ts';
import type { Project } from '../world.ts';
import { type Address, addressOf, caller, doc, listParameter } from './address.ts';
import { rangeOf } from './meta.ts';
import { orderedBy } from './ordering.ts';
import { administers, projectIn } from './projectAt.ts';
import { listedProject, projectInFull, wantedIn } from './projectViews.ts';
import { statusView } from './schemeViews.ts';
import { body, listOf, oneOf, rowId, text } from './shapes.ts';
import { taskStarted } from './tasks.ts';

const DETAILS = {
  key: text,
  name: text,
  description: text,
  lead: text,
  leadAccountId: text,
  url: text,
  assigneeType: oneOf('PROJECT_LEAD', 'UNASSIGNED'),
  avatarId: rowId,
  categoryId: { anyOf: [rowId, { enum: [-1, '-1'] }] },
  issueSecurityScheme: rowId,
  permissionScheme: rowId,
  notificationScheme: rowId,
  issueTypeScheme: rowId,
  issueTypeScreenScheme: rowId,
  fieldConfigurationScheme: rowId,
  fieldScheme: rowId,
  workflowScheme: rowId,
};

/** The project of a path, for administrators of the site; 404 for anybody else. */
function ofAdministrators(call: Call): Project {
  const project = projectIn(call);
  if (!may(call.world, caller(call), 'ADMINISTER'))
    throw projectNotFound(call.params.projectIdOrKey as string);
  return project;
}

const recentOf = (at: Address, count: number): Project[] =>
  at.me
    ? recentProjects(at.world, at.me)
        .filter((one) => maySee(at.world, at.me, one))
        .slice(0, count)
    : [];

const wholeIn = (sent: string): number =>
  /^\d{1,3}$/.test(sent) ? Math.min(Number(sent), RECENT_PROJECTS_MAX) : RECENT_PROJECTS_MAX;

export const projectEndpoints = [
  endpoint(
    { id: 'getAllProjects', route: 'GET /rest/api/3/project', doc: doc('projects', 'project-get') },
    (call) => {
      const at = addressOf(call);
      const recent = call.query.get('recent');
      const found = recent === null ? allProjects(call.world, at.me) : recentOf(at, wholeIn(recent));
      return found.map((one) => listedProject(at, one, wantedIn(call.query)));
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
      const { query, world } = call;
      const found = searchProjects(world, at.me, {
        query: query.get('query'),
        ids: listParameter(query, 'id'),
        keys: listParameter(query, 'keys'),
        types: listParameter(query, 'typeKey'),
        categoryId: query.get('categoryId'),
        action: query.get('action'),
        statuses: listParameter(query, 'status'),
        propertyQuery: query.get('propertyQuery'),
      });
      const ordered = orderedBy(found, query.get('orderBy') ?? 'key', projectOrders(world));
      return list(rangeOf(ordered), (one) => listedProject(at, one, wantedIn(query)));
    },
  ),
  endpoint(
    { id: 'getRecent', route: 'GET /rest/api/3/project/recent', doc: doc('projects', 'project-recent-get') },
    (call) => {
      const at = addressOf(call);
      return recentOf(at, RECENT_PROJECTS_MAX).map((one) => listedProject(at, one, wantedIn(call.query)));
    },
  ),
  endpoint(
    {
      id: 'createProject',
      route: 'POST /rest/api/3/project',
      status: 201,
      input: body({ ...DETAILS, projectTypeKey: text, projectTemplateKey: text }, { strict: true }),
      doc: doc('projects', 'project-post'),
    },
    (call) => {
      const user = caller(call);
      requireAdmin(call.world, user, 'You must have global administrator rights in order to modify this.');
      const { id, key } = createProject(call.world, user, call.input as ProjectInput);
      return { self: `${addressOf(call).rest}/project/${id}`, id: Number(id), key };
    },
  ),
  endpoint(
    {
      id: 'getProject',
      route: 'GET /rest/api/3/project/{projectIdOrKey}',
      doc: doc('projects', 'project-projectidorkey-get'),
    },
    (call) => projectInFull(addressOf(call), projectIn(call), wantedIn(call.query)),
  ),
  endpoint(
    {
      id: 'updateProject',
      route: 'PUT /rest/api/3/project/{projectIdOrKey}',
      input: body({ ...DETAILS, releasedProjectKeys: listOf({ type: 'string' }) }, { strict: true }),
      doc: doc('projects', 'project-projectidorkey-put'),
    },
    (call) => {
      const project = projectIn(call);
      administers(call, project);
      const saved = updateProject(call.world, caller(call), project, call.input as ProjectChange);
      return projectInFull(addressOf(call), saved, wantedIn(call.query));
    },
  ),
  endpoint(
    {
      id: 'deleteProject',
      route: 'DELETE /rest/api/3/project/{projectIdOrKey}',
      status: 204,
      doc: doc('projects', 'project-projectidorkey-delete'),
    },
    (call) => {
      const enableUndo = call.query.get('enableUndo') !== 'false';
      deleteProject(call.world, caller(call), ofAdministrators(call), enableUndo);
    },
  ),
  endpoint(
    {
      id: 'deleteProjectAsynchronously',
      route: 'POST /rest/api/3/project/{projectIdOrKey}/delete',
      doc: doc('projects', 'project-projectidorkey-delete-post'),
    },
    (call) => {
      const { id, key } = ofAdministrators(call);
      const description = `Delete project ${key}`;
      const task = { description, submitter: caller(call), work: 'deleteProject', input: { id } };
      return taskStarted(addressOf(call), startTask(call.world, task));
    },
  ),
  endpoint(
    {
      id: 'archiveProject',
      route: 'POST /rest/api/3/project/{projectIdOrKey}/archive',
      status: 204,
      doc: doc('projects', 'project-projectidorkey-archive-post'),
    },
    (call) => {
      const project = projectIn(call);
      requireAdmin(call.world, caller(call));
      archiveProject(call.world, caller(call), project);
    },
  ),
  endpoint(
    {
      id: 'restore',
      route: 'POST /rest/api/3/project/{projectIdOrKey}/restore',
      doc: doc('projects', 'project-projectidorkey-restore-post'),
    },
    (call) => {
      const { world, params } = call;
      const project = projectAnywhere(world, params.projectIdOrKey);
      if (!project || !mayRestore(world, caller(call), project)) throw projectNotFound(params.projectIdOrKey);
      return projectInFull(addressOf(call), restoreProject(world, caller(call), project));
    },
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
