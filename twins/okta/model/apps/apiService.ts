/**
 * API service integrations: programs of other companies that use the management API with a client of their own. Each is
 * a client for client credentials, whose scopes were granted with it; it is not among the org's apps.
 * https://developer.okta.com/docs/guides/build-api-integration/
 */
import type { Range } from '../../../../src/range.ts';
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed } from '../../errors.ts';
import { stamp } from '../../time.ts';
import { apiServices } from '../../world/integrations.ts';
import { recordChange, type Who } from '../log/log.ts';
import { grantScope } from '../oauth/consentGrant.ts';
import { createApp, deleteApp, findApp, setAppStatus } from './app.ts';
import { type ClientSecret, createSecret, secretsOf } from './clientSecret.ts';

/** An instance in the vendor's shape, less links. */
export interface ApiService {
  id: string;
  type: string;
  name: string;
  createdAt: string;
  createdBy: string;
  grantedScopes: readonly string[];
  properties?: Record<string, unknown>;
}

export interface ApiServiceInput {
  type?: string;
  grantedScopes?: string[];
  properties?: Record<string, unknown>;
}

/** All of them, by age. */
export const apiServicesOf = (world: World): Range<ApiService> => world.list(apiServices);

/** One of them, or E0000007. */
export const findApiService = (world: World, id: string): ApiService =>
  world.require(apiServices, id, () => notFound(id, 'ApiServiceIntegrationInstance'));

/** Makes an instance and authorizes it. Throws E0000001 for a type or scopes that are missing or none. */
export function createApiService(
  world: World,
  who: Who,
  input: ApiServiceInput | undefined,
): { service: ApiService; clientSecret: string } {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  const { type, grantedScopes = [], properties } = input;
  if (!type) throw blank('type');
  if (!/^[a-z0-9]+(_[a-z0-9]+)*$/.test(type)) throw invalid('type', `type: '${type}' is not a valid type`);
  if (grantedScopes.length === 0) throw blank('grantedScopes');
  const name = type.split('_').map(capital).join(' ');
  const { id } = createApp(world, who, clientOf(type, name), true);
  for (const scopeId of grantedScopes) grantScope(world, who, id, { scopeId, issuer: world.base() });
  const service = world.insert(apiServices, {
    id,
    type,
    name,
    createdAt: stamp(world.now()),
    createdBy: who.id,
    grantedScopes: [...new Set(grantedScopes)],
    ...(properties ? { properties } : {}),
  });
  log(world, who, 'authorize', service);
  return { service, clientSecret: findApp(world, id).credentials.oauthClient?.client_secret ?? '' };
}

/** Takes an instance away, its client and all that it was granted. */
export function deleteApiService(world: World, who: Who, id: string): void {
  const service = findApiService(world, id);
  world.remove(apiServices, id);
  setAppStatus(world, who, id, 'INACTIVE');
  deleteApp(world, who, id);
  log(world, who, 'revoke', service);
}

/** The secrets of an instance. */
export const apiServiceSecrets = (world: World, id: string): ClientSecret[] =>
  secretsOf(world, findApiService(world, id).id);

/** A second secret. Throws E0000001 for a third one. */
export const addApiServiceSecret = (world: World, who: Who, id: string): ClientSecret =>
  createSecret(world, who, findApiService(world, id).id, undefined);

const clientOf = (type: string, label: string) => ({
  name: type,
  label,
  signOnMode: 'OPENID_CONNECT',
  credentials: { oauthClient: { token_endpoint_auth_method: 'client_secret_basic' } },
  settings: { oauthClient: { application_type: 'service', grant_types: ['client_credentials'] } },
});

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

const log = (world: World, who: Who, verb: string, { id, name }: ApiService): unknown =>
  recordChange(world, who, `integration.api_service.lifecycle.${verb}`, `API service integration ${verb}`, {
    id,
    type: 'ApiServiceIntegration',
    name,
  });
