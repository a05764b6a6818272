/** `/privileged-access/api/v1/service-accounts` and `/okta-service-accounts`: accounts that nobody is. */
import { list } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { managementDoc } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import {
  appAccounts,
  createAppAccount,
  createUserAccount,
  deleteAccount,
  findAccount,
  type ServiceAccount,
  type ServiceAccountInput,
  updateAccount,
  userAccounts,
} from '../model/apps/serviceAccount.ts';
import { apps, org, users } from '../world.ts';

const of = (tag: string, scope: string) => {
  const said = { tier: 'other', doc: managementDoc(tag) };
  return {
    read: { ...said, scopes: [`okta.serviceAccounts.${scope}read`] },
    manage: { ...said, scopes: [`okta.serviceAccounts.${scope}manage`] },
  };
};
const ofApps = of('ServiceAccount', '');
const ofUsers = of('OktaManagedUserAccount', 'okta.');
const APPS = '/privileged-access/api/v1/service-accounts';
const APP = `${APPS}/{id}` as const;
const USERS = '/privileged-access/api/v1/okta-service-accounts';
const USER = `${USERS}/{id}` as const;
const page = { style: 'link', default: 20, max: 200 };

export const serviceAccountEndpoints = [
  endpoint(
    {
      id: 'listAppServiceAccounts',
      route: `GET ${APPS}`,
      ...ofApps.read,
      page,
      traits: { keeps: ['match'] },
    },
    ({ world, query }) => list(appAccounts(world, query.get('match')), (row) => appAccountView(world, row)),
  ),
  endpoint(
    { id: 'createAppServiceAccount', route: `POST ${APPS}`, ...ofApps.manage, status: 201 },
    ({ world, actor, input }) =>
      appAccountView(world, createAppAccount(world, actor.who, input as ServiceAccountInput)),
  ),
  endpoint({ id: 'getAppServiceAccount', route: `GET ${APP}`, ...ofApps.read }, ({ world, params }) =>
    appAccountView(world, findAccount(world, params.id, 'app')),
  ),
  endpoint(
    { id: 'updateAppServiceAccount', route: `PATCH ${APP}`, ...ofApps.manage },
    ({ world, actor, params, input }) =>
      appAccountView(world, updateAccount(world, actor.who, params.id, 'app', input as ServiceAccountInput)),
  ),
  endpoint(
    { id: 'deleteAppServiceAccount', route: `DELETE ${APP}`, ...ofApps.manage, status: 204 },
    ({ world, actor, params }) => deleteAccount(world, actor.who, params.id, 'app'),
  ),
  endpoint({ id: 'listOktaManagedUserAccounts', route: `GET ${USERS}`, ...ofUsers.read, page }, ({ world }) =>
    list(userAccounts(world), (row) => userAccountView(world, row)),
  ),
  endpoint(
    { id: 'createOktaManagedUserAccount', route: `POST ${USERS}`, ...ofUsers.manage, status: 201 },
    ({ world, actor, input }) =>
      userAccountView(world, createUserAccount(world, actor.who, input as ServiceAccountInput)),
  ),
  endpoint({ id: 'getOktaManagedUserAccount', route: `GET ${USER}`, ...ofUsers.read }, ({ world, params }) =>
    userAccountView(world, findAccount(world, params.id, 'user')),
  ),
  endpoint(
    { id: 'updateOktaManagedUserAccount', route: `PATCH ${USER}`, ...ofUsers.manage },
    ({ world, actor, params, input }) =>
      userAccountView(
        world,
        updateAccount(world, actor.who, params.id, 'user', input as ServiceAccountInput),
      ),
  ),
  endpoint(
    { id: 'deleteOktaManagedUserAccount', route: `DELETE ${USER}`, ...ofUsers.manage, status: 204 },
    ({ world, actor, params }) => deleteAccount(world, actor.who, params.id, 'user'),
  ),
];

function appAccountView(world: World, row: ServiceAccount): Record<string, unknown> {
  const { order: _, password: __, appId = '', username, oktaUserId: ___, ...rest } = row;
  const app = world.get(apps, appId);
  return {
    ...rest,
    username,
    containerOrn: `orn:okta:idp:${org(world).id}:apps:${app?.name}:${appId}`,
    containerInstanceName: app?.label,
    containerGlobalName: app?.name,
  };
}

function userAccountView(world: World, row: ServiceAccount): Record<string, unknown> {
  const { order: _, password: __, appId: ___, username: ____, ...rest } = row;
  const profile = world.get(users, rest.oktaUserId ?? '')?.profile;
  return { ...rest, username: profile?.login, email: profile?.email };
}
