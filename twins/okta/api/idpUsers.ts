/** `/api/v1/idps/{idpId}/users`: who is known to an identity provider, and the tokens that they got there. */
import { list } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import {
  findIdpUser,
  type IdpUser,
  idpsOfUser,
  idpUsersOf,
  linkUser,
  unlinkUser,
} from '../model/federation/idpUser.ts';
import { findUser } from '../model/people/user.ts';
import { idpView } from './idps.ts';
import { userView } from './users.ts';

const { read, manage } = family('IdentityProviderUsers', 'idps', 'other');
const ofUsers = family('UserResources', 'users', 'users');
const USERS = '/api/v1/idps/{idpId}/users';
const USER = `${USERS}/{userId}` as const;

export const idpUserEndpoints = [
  endpoint(
    {
      id: 'listIdentityProviderApplicationUsers',
      route: `GET ${USERS}`,
      ...read,
      page: { style: 'link', default: 20, max: 200 },
      traits: { keeps: ['q', 'expand'] },
    },
    ({ world, params, query }) =>
      list(
        idpUsersOf(world, params.idpId, query.get('q')),
        (row) => idpUserView(world, row, query.get('expand')),
        { within: `${params.idpId}/` },
      ),
  ),
  endpoint({ id: 'getIdentityProviderApplicationUser', route: `GET ${USER}`, ...read }, ({ world, params }) =>
    idpUserView(world, findIdpUser(world, params.idpId, params.userId), null),
  ),
  endpoint(
    { id: 'linkUserToIdentityProvider', route: `POST ${USER}`, ...manage },
    ({ world, actor, params: { idpId, userId }, input }) => {
      const linked = linkUser(world, actor.who, idpId, userId, input as { externalId?: string });
      const { profile: _, ...view } = idpUserView(world, linked, null);
      return view;
    },
  ),
  endpoint(
    { id: 'unlinkUserFromIdentityProvider', route: `DELETE ${USER}`, ...manage, status: 204 },
    ({ world, actor, params }) => unlinkUser(world, actor.who, params.idpId, params.userId),
  ),
  endpoint(
    { id: 'listSocialAuthTokens', route: `GET ${USER}/credentials/tokens`, ...read },
    ({ world, params }) => findIdpUser(world, params.idpId, params.userId).tokens ?? [],
  ),
  endpoint(
    { id: 'listUserIdentityProviders', route: 'GET /api/v1/users/{id}/idps', ...ofUsers.read },
    ({ world, params }) => idpsOfUser(world, params.id).map((idp) => idpView(world, idp)),
  ),
];

function idpUserView(
  world: World,
  { idpId, tokens: _, ...row }: IdpUser,
  expand: string | null,
): Record<string, unknown> {
  const idp = `/api/v1/idps/${idpId}`;
  const { profile, ...rest } = row;
  return {
    ...rest,
    profile,
    ...(expand === 'user' ? { _embedded: { user: userView(world, findUser(world, row.id)) } } : {}),
    _links: {
      idp: link(world, idp),
      self: link(world, `${idp}/users/${row.id}`, 'GET', 'DELETE'),
      user: link(world, `/api/v1/users/${row.id}`),
    },
  };
}
