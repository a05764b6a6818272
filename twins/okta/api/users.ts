/** `/api/v1/users`: users themselves. */
import { type Call, list, reply } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import type { OktaActor } from '../actor.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { postLink } from '../links.ts';
import { appLinksOf } from '../model/apps/appLink.ts';
import {
  type CreateUserInput,
  createUser,
  findUser,
  type UpdateUserInput,
  type User,
  updateUser,
} from '../model/people/user.ts';
import { deleteUser } from '../model/people/userLifecycle.ts';
import { findUsers } from '../model/people/userSearch.ts';
import { groupMembers, groups } from '../world.ts';
import { groupView } from './groups.ts';
import { checkMatch, etag } from './ifMatch.ts';
import { shapeOf } from './userShape.ts';

const { read, manage } = family('User', 'users', 'users');
const resources = family('UserResources', 'users', 'users');
/** `q` is for pickers: it answers few unless asked for more. */
const QUERY_LIMIT_DEFAULT = 10;
const pages = { style: 'link', default: 200, max: 200 } as const;

export const userEndpoints = [
  endpoint(
    {
      id: 'listUsers',
      route: 'GET /api/v1/users',
      ...read,
      page: pages,
      traits: {
        keeps: ['expand', 'fields', 'filter', 'q', 'search', 'sortBy', 'sortOrder'],
        cursor: 'user',
      },
    },
    (call) => {
      const { world, query } = call;
      const shape = shapeOf(call);
      const { range, ...order } = findUsers(world, {
        q: query.get('q'),
        filter: query.get('filter'),
        search: query.get('search'),
        sortBy: query.get('sortBy'),
        sortOrder: query.get('sortOrder'),
      });
      const otherwise = query.get('q') ? QUERY_LIMIT_DEFAULT : undefined;
      return list(range, (user) => shape(user, userListView(world, user)), { ...order, otherwise });
    },
  ),
  endpoint({ id: 'createUser', route: 'POST /api/v1/users', ...manage }, ({ world, actor, query, input }) =>
    userView(
      world,
      createUser(world, actor.who, input as CreateUserInput, {
        activate: query.get('activate') !== 'false',
        provider: query.get('provider') === 'true',
        nextLogin: query.get('nextLogin'),
      }),
    ),
  ),
  endpoint({ id: 'getUser', route: 'GET /api/v1/users/{id}', ...read, tier: 'user' }, (call) => {
    const user = findUser(call.world, call.params.id, call.actor.who);
    const view = userView(call.world, user);
    return reply({ body: shapeOf(call)(user, view), headers: [['etag', etag(view)]] });
  }),
  endpoint({ id: 'updateUser', route: 'POST /api/v1/users/{id}', ...manage }, (call) =>
    changed(call, 'merge'),
  ),
  endpoint({ id: 'replaceUser', route: 'PUT /api/v1/users/{id}', ...manage }, (call) =>
    changed(call, 'replace'),
  ),
  endpoint(
    { id: 'deleteUser', route: 'DELETE /api/v1/users/{id}', ...manage, tier: 'userDelete', status: 204 },
    ({ world, actor, params }) => deleteUser(world, actor.who, params.id),
  ),
  endpoint(
    { id: 'listUserGroups', route: 'GET /api/v1/users/{id}/groups', ...resources.read, page: pages },
    ({ world, actor, params }) => {
      const user = findUser(world, params.id, actor.who);
      const rows = world.list(groupMembers, { index: 'user', equals: user.id });
      return list(
        rows,
        (row) => {
          const group = world.get(groups, row.groupId);
          return group && groupView(world, group);
        },
        { sealed: true },
      );
    },
  ),
  endpoint(
    { id: 'listAppLinks', route: 'GET /api/v1/users/{id}/appLinks', ...resources.read },
    ({ world, actor, params }) => appLinksOf(world, findUser(world, params.id, actor.who)),
  ),
];

/** A user after a change, which is made only if the client has seen what it changes. */
function changed(call: OneUser, how: 'merge' | 'replace'): Record<string, unknown> {
  const { world, actor, params, input } = call;
  checkMatch(call, userView(world, findUser(world, params.id, actor.who)));
  return userView(world, updateUser(world, actor.who, params.id, input as UpdateUserInput, how));
}

type OneUser = Call<OktaActor> & { readonly params: { readonly id: string } };

/** A user as it is shown alone: with the links of what may happen to it. */
export function userView(world: World, user: User): Record<string, unknown> {
  const self = `/api/v1/users/${user.id}`;
  const links: Record<string, unknown> = {};
  for (const name of LINKS[user.status]) {
    const path = LINK_PATHS[name];
    if (name === 'delete') links[name] = { href: world.base() + self, method: 'DELETE' };
    else if (path && (!PASSWORD_LINKS.has(name) || user.credentials.password))
      links[name] = postLink(world, self + path);
  }
  return {
    ...user,
    _links: {
      ...links,
      schema: { href: `${world.base()}/api/v1/meta/schemas/user/osc${user.type.id.slice(3)}` },
      self: { href: world.base() + self },
      type: { href: `${world.base()}/api/v1/meta/types/user/${user.type.id}` },
    },
  };
}

/** A user as lists show it: with a link to itself and no other. */
export const userListView = (world: World, user: User): Record<string, unknown> => ({
  ...user,
  _links: { self: { href: `${world.base()}/api/v1/users/${user.id}` } },
});

const LINK_PATHS: Readonly<Record<string, string>> = {
  activate: '/lifecycle/activate',
  reactivate: '/lifecycle/reactivate',
  deactivate: '/lifecycle/deactivate',
  suspend: '/lifecycle/suspend',
  unsuspend: '/lifecycle/unsuspend',
  unlock: '/lifecycle/unlock',
  resetPassword: '/lifecycle/reset_password',
  expirePassword: '/lifecycle/expire_password',
  resetFactors: '/lifecycle/reset_factors',
  forgotPassword: '/credentials/forgot_password',
  changePassword: '/credentials/change_password',
  changeRecoveryQuestion: '/credentials/change_recovery_question',
};
const PASSWORD_LINKS = new Set([
  'forgotPassword',
  'expirePassword',
  'changePassword',
  'changeRecoveryQuestion',
]);

const ACTIVE = [
  'suspend',
  'resetPassword',
  'forgotPassword',
  'expirePassword',
  'changeRecoveryQuestion',
  'resetFactors',
  'changePassword',
  'deactivate',
];

/** Which links a user has, by status. */
const LINKS: Readonly<Record<User['status'], readonly string[]>> = {
  STAGED: ['activate', 'resetFactors'],
  PROVISIONED: ['suspend', 'resetPassword', 'reactivate', 'resetFactors', 'deactivate'],
  ACTIVE,
  PASSWORD_EXPIRED: ACTIVE,
  RECOVERY: ['suspend', 'resetPassword', 'reactivate', 'resetFactors', 'deactivate'],
  LOCKED_OUT: ['unlock', 'resetPassword', 'resetFactors', 'deactivate'],
  SUSPENDED: ['unsuspend', 'resetFactors', 'deactivate'],
  DEPROVISIONED: ['activate', 'delete'],
};
