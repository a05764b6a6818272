/** `/api/v1/api-tokens`. */
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { notFound } from '../errors.ts';
import { link } from '../links.ts';
import {
  type ApiToken,
  type ApiTokenInput,
  findApiToken,
  revokeApiToken,
  updateApiToken,
} from '../model/org/apiToken.ts';
import { apiTokens } from '../world.ts';

const { read, manage } = family('ApiToken', 'apiTokens', 'other');

export const apiTokenEndpoints = [
  endpoint({ id: 'listApiTokens', route: 'GET /api/v1/api-tokens', ...read }, ({ world }) =>
    world
      .list(apiTokens)
      .toArray()
      .map((token) => apiTokenView(world, token)),
  ),
  endpoint(
    { id: 'getApiToken', route: 'GET /api/v1/api-tokens/{apiTokenId}', ...read },
    ({ world, params }) => apiTokenView(world, findApiToken(world, params.apiTokenId)),
  ),
  endpoint(
    { id: 'upsertApiToken', route: 'PUT /api/v1/api-tokens/{apiTokenId}', ...manage },
    ({ world, actor, params, input }) =>
      apiTokenView(world, updateApiToken(world, actor.who, params.apiTokenId, input as ApiTokenInput)),
  ),
  endpoint(
    { id: 'revokeApiToken', route: 'DELETE /api/v1/api-tokens/{apiTokenId}', ...manage, status: 204 },
    ({ world, actor, params }) => revokeApiToken(world, actor.who, params.apiTokenId),
  ),
  endpoint(
    { id: 'revokeCurrentApiToken', route: 'DELETE /api/v1/api-tokens/current', ...manage, status: 204 },
    ({ world, actor }) => {
      if (!actor.tokenId) throw notFound('current', 'Token');
      revokeApiToken(world, actor.who, actor.tokenId);
    },
  ),
];

/** A token without its secret. */
export function apiTokenView(world: World, token: ApiToken): Record<string, unknown> {
  const { hash: _, generation: __, endsAt: ___, ...shown } = token;
  return {
    ...shown,
    _links: {
      self: link(world, `/api/v1/api-tokens/${token.id}`, 'GET', 'DELETE'),
      user: link(world, `/api/v1/users/${token.userId}`, 'GET'),
    },
  };
}
