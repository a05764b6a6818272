/** Permission schemes, their grants, and which project uses which. */
import { type Call, endpoint } from '../../../src/twin.ts';
import { badQuery } from '../errors.ts';
import { requireMay } from '../model/permissions/may.ts';
import {
  allPermissionSchemes,
  assignPermissionScheme,
  createGrant,
  createPermissionScheme,
  deleteGrant,
  deletePermissionScheme,
  grantsOfScheme,
  requireGrant,
  requirePermissionScheme,
  schemeOfProject,
  updatePermissionScheme,
} from '../model/permissions/schemes.ts';
import { addressOf, bodyObject, caller, doc, listParameter } from './address.ts';
import { administrator } from './askers.ts';
import { grantView, schemeView } from './permissionViews.ts';
import { projectAt } from './projectAt.ts';

const EXPANDS = ['all', 'field', 'group', 'permissions', 'projectRole', 'user'];

/** What to show of schemes and holders; 400 for what cannot be shown. */
function expandOf(call: Call): string[] {
  const asked = listParameter(call.query, 'expand');
  const unknown = asked.find((one) => !EXPANDS.includes(one));
  if (unknown) throw badQuery(`The expand value '${unknown}' is not supported.`);
  return asked;
}

const projectIn = (call: Call) => projectAt(call, call.params.projectKeyOrId as string);

export const permissionSchemeEndpoints = [
  endpoint(
    {
      id: 'getAllPermissionSchemes',
      route: 'GET /rest/api/3/permissionscheme',
      doc: doc('permission-schemes', 'permissionscheme-get'),
    },
    (call) => {
      const at = addressOf(call);
      const expand = expandOf(call);
      caller(call);
      return {
        permissionSchemes: allPermissionSchemes(call.world).map((one) => schemeView(at, one, expand)),
      };
    },
  ),
  endpoint(
    {
      id: 'createPermissionScheme',
      route: 'POST /rest/api/3/permissionscheme',
      status: 201,
      doc: doc('permission-schemes', 'permissionscheme-post'),
    },
    (call) => {
      const expand = expandOf(call);
      const made = createPermissionScheme(call.world, administrator(call), bodyObject(call));
      return schemeView(addressOf(call), made, expand, true);
    },
  ),
  endpoint(
    {
      id: 'getPermissionScheme',
      route: 'GET /rest/api/3/permissionscheme/{schemeId}',
      doc: doc('permission-schemes', 'permissionscheme-schemeid-get'),
    },
    (call) => {
      caller(call);
      return schemeView(
        addressOf(call),
        requirePermissionScheme(call.world, call.params.schemeId),
        expandOf(call),
      );
    },
  ),
  endpoint(
    {
      id: 'updatePermissionScheme',
      route: 'PUT /rest/api/3/permissionscheme/{schemeId}',
      doc: doc('permission-schemes', 'permissionscheme-schemeid-put'),
    },
    (call) => {
      const expand = expandOf(call);
      const me = administrator(call);
      const updated = updatePermissionScheme(call.world, me, call.params.schemeId, bodyObject(call));
      return schemeView(addressOf(call), updated, expand, true);
    },
  ),
  endpoint(
    {
      id: 'deletePermissionScheme',
      route: 'DELETE /rest/api/3/permissionscheme/{schemeId}',
      status: 204,
      doc: doc('permission-schemes', 'permissionscheme-schemeid-delete'),
    },
    (call) => deletePermissionScheme(call.world, administrator(call), call.params.schemeId),
  ),
  endpoint(
    {
      id: 'getPermissionSchemeGrants',
      route: 'GET /rest/api/3/permissionscheme/{schemeId}/permission',
      doc: doc('permission-schemes', 'permissionscheme-schemeid-permission-get'),
    },
    (call) => {
      caller(call);
      const expand = expandOf(call);
      const { id } = requirePermissionScheme(call.world, call.params.schemeId);
      const permissions = grantsOfScheme(call.world, id).map((one) =>
        grantView(addressOf(call), one, expand),
      );
      return { permissions, expand: 'user,group,projectRole,field,all' };
    },
  ),
  endpoint(
    {
      id: 'createPermissionGrant',
      route: 'POST /rest/api/3/permissionscheme/{schemeId}/permission',
      status: 201,
      doc: doc('permission-schemes', 'permissionscheme-schemeid-permission-post'),
    },
    (call) => {
      const expand = expandOf(call);
      const made = createGrant(call.world, administrator(call), call.params.schemeId, bodyObject(call));
      return grantView(addressOf(call), made, expand);
    },
  ),
  endpoint(
    {
      id: 'getPermissionSchemeGrant',
      route: 'GET /rest/api/3/permissionscheme/{schemeId}/permission/{permissionId}',
      doc: doc('permission-schemes', 'permissionscheme-schemeid-permission-permissionid-get'),
    },
    (call) => {
      caller(call);
      const found = requireGrant(call.world, call.params.schemeId, call.params.permissionId);
      return grantView(addressOf(call), found, expandOf(call));
    },
  ),
  endpoint(
    {
      id: 'deletePermissionSchemeEntity',
      route: 'DELETE /rest/api/3/permissionscheme/{schemeId}/permission/{permissionId}',
      status: 204,
      doc: doc('permission-schemes', 'permissionscheme-schemeid-permission-permissionid-delete'),
    },
    (call) => deleteGrant(call.world, administrator(call), call.params.schemeId, call.params.permissionId),
  ),
  endpoint(
    {
      id: 'getAssignedPermissionScheme',
      route: 'GET /rest/api/3/project/{projectKeyOrId}/permissionscheme',
      doc: doc('project-permission-schemes', 'project-projectkeyorid-permissionscheme-get'),
    },
    (call) => {
      const project = projectIn(call);
      const message = 'You do not have permission to view the configuration of this project.';
      requireMay(call.world, caller(call), 'ADMINISTER_PROJECTS', project, message);
      return schemeView(addressOf(call), schemeOfProject(call.world, project), expandOf(call));
    },
  ),
  endpoint(
    {
      id: 'assignPermissionScheme',
      route: 'PUT /rest/api/3/project/{projectKeyOrId}/permissionscheme',
      doc: doc('project-permission-schemes', 'project-projectkeyorid-permissionscheme-put'),
    },
    (call) => {
      const expand = expandOf(call);
      const { id } = bodyObject(call);
      const scheme = assignPermissionScheme(call.world, administrator(call), projectIn(call), id);
      return schemeView(addressOf(call), scheme, expand);
    },
  ),
];
