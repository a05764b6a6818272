/** Project roles and who is in them. */
import { type Call, endpoint } from '../../../src/twin.ts';
import { addActors, removeActor, setActors } from '../model/permissions/actors.ts';
import { may } from '../model/permissions/may.ts';
import { allRoles, createRole, deleteRole, requireRole, updateRole } from '../model/permissions/roles.ts';
import { projectNotFound } from '../model/projects/projects.ts';
import type { Project, ProjectRole } from '../world.ts';
import { addressOf, bodyObject, caller, doc } from './address.ts';
import { administrator } from './askers.ts';
import { projectIn } from './projectAt.ts';
import { isMine, projectRole, roleDetails, roleLinks, siteRole } from './roleViews.ts';

/** The project of a path, for who administers it; to others Jira says that it is not there. */
function administered(call: Call): Project {
  const project = projectIn(call);
  if (!may(call.world, addressOf(call).me, 'ADMINISTER_PROJECTS', project))
    throw projectNotFound(call.params.projectIdOrKey as string);
  return project;
}

const roleIn = (call: Call): ProjectRole => requireRole(call.world, call.params.id as string);

const whom = ({ query }: Call) => ({
  user: query.get('user'),
  group: query.get('group'),
  groupId: query.get('groupId'),
});

const shown = (call: Call) => projectRole(addressOf(call), projectIn(call), roleIn(call));

export const roleEndpoints = [
  endpoint(
    {
      id: 'getProjectRoles',
      route: 'GET /rest/api/3/project/{projectIdOrKey}/role',
      doc: doc('project-roles', 'project-projectidorkey-role-get'),
    },
    (call) => roleLinks(addressOf(call), administered(call)),
  ),
  endpoint(
    {
      id: 'getProjectRole',
      route: 'GET /rest/api/3/project/{projectIdOrKey}/role/{id}',
      doc: doc('project-roles', 'project-projectidorkey-role-id-get'),
    },
    (call) => {
      const activeOnly = call.query.get('excludeInactiveUsers') === 'true';
      return projectRole(addressOf(call), administered(call), roleIn(call), activeOnly);
    },
  ),
  endpoint(
    {
      id: 'getProjectRoleDetails',
      route: 'GET /rest/api/3/project/{projectIdOrKey}/roledetails',
      doc: doc('project-roles', 'project-projectidorkey-roledetails-get'),
    },
    (call) => {
      const at = addressOf(call);
      const project = administered(call);
      const mine = call.query.get('currentMember') === 'true';
      const noAddons = call.query.get('excludeConnectAddons') === 'true';
      return allRoles(call.world)
        .filter((role) => !mine || isMine(at, project, role))
        .filter((role) => !noAddons || role.name !== 'atlassian-addons-project-access')
        .map((role) => roleDetails(at, project, role));
    },
  ),
  endpoint(
    {
      id: 'addActorUsers',
      route: 'POST /rest/api/3/project/{projectIdOrKey}/role/{id}',
      doc: doc('project-role-actors', 'project-projectidorkey-role-id-post'),
    },
    (call) => {
      caller(call);
      const place = { projectId: administered(call).id, roleId: roleIn(call).id };
      addActors(call.world, place, bodyObject(call));
      return shown(call);
    },
  ),
  endpoint(
    {
      id: 'setActors',
      route: 'PUT /rest/api/3/project/{projectIdOrKey}/role/{id}',
      doc: doc('project-role-actors', 'project-projectidorkey-role-id-put'),
    },
    (call) => {
      caller(call);
      const place = { projectId: administered(call).id, roleId: roleIn(call).id };
      setActors(call.world, place, bodyObject(call).categorisedActors);
      return shown(call);
    },
  ),
  endpoint(
    {
      id: 'deleteActor',
      route: 'DELETE /rest/api/3/project/{projectIdOrKey}/role/{id}',
      status: 204,
      doc: doc('project-role-actors', 'project-projectidorkey-role-id-delete'),
    },
    (call) => {
      caller(call);
      removeActor(call.world, { projectId: administered(call).id, roleId: roleIn(call).id }, whom(call));
    },
  ),
  endpoint(
    { id: 'getAllProjectRoles', route: 'GET /rest/api/3/role', doc: doc('project-roles', 'role-get') },
    (call) => {
      administrator(call);
      return allRoles(call.world).map((role) => siteRole(addressOf(call), role));
    },
  ),
  endpoint(
    { id: 'createProjectRole', route: 'POST /rest/api/3/role', doc: doc('project-roles', 'role-post') },
    (call) => {
      const { id, name, description } = createRole(call.world, administrator(call), bodyObject(call));
      return { self: `${addressOf(call).rest}/role/${id}`, name, id, description };
    },
  ),
  endpoint(
    {
      id: 'getProjectRoleById',
      route: 'GET /rest/api/3/role/{id}',
      doc: doc('project-roles', 'role-id-get'),
    },
    (call) => {
      administrator(call);
      return siteRole(addressOf(call), roleIn(call));
    },
  ),
  endpoint(
    {
      id: 'partialUpdateProjectRole',
      route: 'POST /rest/api/3/role/{id}',
      doc: doc('project-roles', 'role-id-post'),
    },
    (call) => {
      const updated = updateRole(call.world, administrator(call), call.params.id, bodyObject(call), false);
      return siteRole(addressOf(call), updated);
    },
  ),
  endpoint(
    {
      id: 'fullyUpdateProjectRole',
      route: 'PUT /rest/api/3/role/{id}',
      doc: doc('project-roles', 'role-id-put'),
    },
    (call) => {
      const updated = updateRole(call.world, administrator(call), call.params.id, bodyObject(call), true);
      return siteRole(addressOf(call), updated);
    },
  ),
  endpoint(
    {
      id: 'deleteProjectRole',
      route: 'DELETE /rest/api/3/role/{id}',
      status: 204,
      doc: doc('project-roles', 'role-id-delete'),
    },
    (call) => deleteRole(call.world, administrator(call), call.params.id, call.query.get('swap')),
  ),
  endpoint(
    {
      id: 'getProjectRoleActorsForRole',
      route: 'GET /rest/api/3/role/{id}/actors',
      doc: doc('project-role-actors', 'role-id-actors-get'),
    },
    (call) => {
      administrator(call);
      return siteRole(addressOf(call), roleIn(call));
    },
  ),
  endpoint(
    {
      id: 'addProjectRoleActorsToRole',
      route: 'POST /rest/api/3/role/{id}/actors',
      doc: doc('project-role-actors', 'role-id-actors-post'),
    },
    (call) => {
      administrator(call);
      addActors(call.world, { projectId: '', roleId: roleIn(call).id }, bodyObject(call));
      return siteRole(addressOf(call), roleIn(call));
    },
  ),
  endpoint(
    {
      id: 'deleteProjectRoleActorsFromRole',
      route: 'DELETE /rest/api/3/role/{id}/actors',
      doc: doc('project-role-actors', 'role-id-actors-delete'),
    },
    (call) => {
      administrator(call);
      removeActor(call.world, { projectId: '', roleId: roleIn(call).id }, whom(call));
      return siteRole(addressOf(call), roleIn(call));
    },
  ),
];
