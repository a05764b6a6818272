/** Groups, who is in them, and the products that they open. */
import { type Call, endpoint, list } from '../../../src/twin.ts';
import { badQuery, missing, refused } from '../errors.ts';
import {
  addMember,
  createGroup,
  deleteGroup,
  findGroups,
  type GroupName,
  removeMember,
  requireGroup,
} from '../model/people/groups.ts';
import { requireUser } from '../model/people/people.ts';
import { may } from '../model/permissions/may.ts';
import { applicationRoles, type Group } from '../world.ts';
import { addressOf, bodyObject, doc, listParameter } from './address.ts';
import { administrator, browser, siteAdministrator } from './askers.ts';
import { applicationRoleView, groupPicks, groupView, peopleOf } from './groupViews.ts';
import { rangeOf } from './meta.ts';
import { memberPerson } from './peopleView.ts';

const named = ({ query }: Call): GroupName => ({
  name: query.get('groupname'),
  groupId: query.get('groupId'),
});

const groupIn = (call: Call): Group => requireGroup(call.world, named(call));

/** The group that inherits from one that is deleted; undefined where none was named, 404 where it is not there. */
function swapIn(call: Call): Group | undefined {
  const swap = { name: call.query.get('swapGroup'), groupId: call.query.get('swapGroupId') };
  return swap.name || swap.groupId ? requireGroup(call.world, swap) : undefined;
}

const ACCESS: Readonly<Record<string, Group['administers']>> = {
  'site-admin': 'site',
  admin: 'jira',
  user: undefined,
};

/** The groups that `bulk` asks for: by id, name, what they may, which product they open; all where it asks for none. */
function bulk(call: Call): Group[] {
  const ids = new Set(call.query.getAll('groupId'));
  const names = new Set(call.query.getAll('groupName').map((name) => name.toLowerCase()));
  const access = call.query.get('accessType');
  const product = call.query.get('applicationKey');
  if (access !== null && !Object.hasOwn(ACCESS, access))
    throw badQuery(`The accessType '${access}' is not valid. Valid values: site-admin, admin, user.`);
  const opens = product === null ? undefined : call.world.get(applicationRoles, product)?.groups;
  if (product !== null && !opens) throw badQuery(`The applicationKey '${product}' is not valid.`);
  return findGroups(call.world, '').filter(
    (group) =>
      (ids.size + names.size === 0 || ids.has(group.groupId) || names.has(group.name.toLowerCase())) &&
      (access === null || group.administers === ACCESS[access]) &&
      (!opens || opens.includes(group.groupId)),
  );
}

/** How many a picker shows at most. */
const PICKED_MAX = 1_000;
const PICKED_DEFAULT = 20;

/** The groups for a picker: those that are found, or for who may not browse groups the one of exactly this name. */
export function pickedGroups(call: Call, query: string): Record<string, unknown> {
  const { me } = addressOf(call);
  const asked = Number(call.query.get('maxResults') || PICKED_DEFAULT);
  const limit = Number.isInteger(asked) && asked >= 0 ? Math.min(asked, PICKED_MAX) : PICKED_DEFAULT;
  const fold = call.query.get('caseInsensitive') === 'true';
  const all = may(call.world, me, 'BROWSE_PROJECTS') ? findGroups(call.world, query, fold) : [];
  const out = new Set([...call.query.getAll('exclude'), ...call.query.getAll('excludeId')]);
  const browses = may(call.world, me, 'USER_PICKER');
  const found = all.filter(
    ({ name, groupId }) => !out.has(name) && !out.has(groupId) && (browses || name === query),
  );
  return groupPicks(found, query, limit);
}

export const groupEndpoints = [
  endpoint({ id: 'getGroup', route: 'GET /rest/api/3/group', doc: doc('groups', 'group-get') }, (call) => {
    browser(call);
    return groupView(addressOf(call), groupIn(call), listParameter(call.query, 'expand'));
  }),
  endpoint(
    { id: 'createGroup', route: 'POST /rest/api/3/group', status: 201, doc: doc('groups', 'group-post') },
    (call) => {
      const me = siteAdministrator(call);
      return groupView(addressOf(call), createGroup(call.world, me, bodyObject(call).name));
    },
  ),
  endpoint(
    { id: 'removeGroup', route: 'DELETE /rest/api/3/group', doc: doc('groups', 'group-delete') },
    (call) => {
      const me = siteAdministrator(call);
      deleteGroup(call.world, me, groupIn(call), swapIn(call));
    },
  ),
  endpoint(
    {
      id: 'bulkGetGroups',
      route: 'GET /rest/api/3/group/bulk',
      page: { style: 'values', default: 50, max: 50 },
      doc: doc('groups', 'group-bulk-get'),
    },
    (call) => {
      browser(call);
      return list(rangeOf(bulk(call)), ({ name, groupId }) => ({ name, groupId }));
    },
  ),
  endpoint(
    {
      id: 'getUsersFromGroup',
      route: 'GET /rest/api/3/group/member',
      page: { style: 'values', default: 50, max: 50 },
      doc: doc('groups', 'group-member-get'),
    },
    (call) => {
      browser(call);
      const at = addressOf(call);
      const inactive = call.query.get('includeInactiveUsers') === 'true';
      return list(rangeOf(peopleOf(at, groupIn(call), inactive)), (user) => memberPerson(at, user));
    },
  ),
  endpoint(
    {
      id: 'addUserToGroup',
      route: 'POST /rest/api/3/group/user',
      status: 201,
      doc: doc('groups', 'group-user-post'),
    },
    (call) => {
      const me = siteAdministrator(call);
      const { accountId } = bodyObject(call);
      if (typeof accountId !== 'string') throw refused('badRequest', 'The accountId must be provided.');
      const group = groupIn(call);
      addMember(call.world, me, group, requireUser(call.world, accountId));
      return groupView(addressOf(call), group);
    },
  ),
  endpoint(
    {
      id: 'removeUserFromGroup',
      route: 'DELETE /rest/api/3/group/user',
      doc: doc('groups', 'group-user-delete'),
    },
    (call) => {
      const me = siteAdministrator(call);
      const accountId = call.query.get('accountId');
      if (!accountId) throw badQuery('The accountId parameter must be provided.');
      removeMember(call.world, me, groupIn(call), requireUser(call.world, accountId));
    },
  ),
  endpoint(
    { id: 'findGroups', route: 'GET /rest/api/3/groups/picker', doc: doc('groups', 'groups-picker-get') },
    (call) => pickedGroups(call, call.query.get('query') ?? ''),
  ),
  endpoint(
    {
      id: 'getAllApplicationRoles',
      route: 'GET /rest/api/3/applicationrole',
      doc: doc('application-roles', 'applicationrole-get'),
    },
    (call) => {
      administrator(call);
      const at = addressOf(call);
      return call.world
        .list(applicationRoles)
        .toArray()
        .map((role) => applicationRoleView(at, role));
    },
  ),
  endpoint(
    {
      id: 'getApplicationRole',
      route: 'GET /rest/api/3/applicationrole/{key}',
      doc: doc('application-roles', 'applicationrole-key-get'),
    },
    (call) => {
      administrator(call);
      const { key } = call.params;
      const gone = () => missing(`No application role with key '${key}' is defined.`);
      return applicationRoleView(addressOf(call), call.world.require(applicationRoles, key, gone));
    },
  ),
];
