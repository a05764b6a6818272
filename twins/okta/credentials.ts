/** What programs present: API tokens and the service app's client credentials. */
import { ApiError } from '../../src/error.ts';
import type { CredentialInfo, CredentialRequest, Credentials } from '../../src/twin.ts';
import type { World } from '../../src/world/world.ts';
import { renewClientSecrets } from './model/apps/app.ts';
import { SYSTEM } from './model/log/log.ts';
import { type ApiToken, createApiToken, renewApiTokens, secretOf } from './model/org/apiToken.ts';
import { type User, userByLogin } from './model/people/user.ts';
import { SERVICE_APP_LABEL } from './plant.ts';
import { stampMs } from './time.ts';
import { apiTokens, apps, users } from './world.ts';

export const credentials: Credentials = {
  kinds: ['apiToken'],
  document(world) {
    const token = world.list(apiTokens).first();
    const client = world.list(apps, { where: (app) => app.label === SERVICE_APP_LABEL }).first()
      ?.credentials.oauthClient;
    return {
      credentials: {
        ...(token ? { apiToken: secretOf(world, token) } : {}),
        ...(client ? { clientId: client.client_id, clientSecret: client.client_secret } : {}),
      },
    };
  },
  env(world, base) {
    const token = world.list(apiTokens).first();
    return {
      OKTA_CLIENT_ORGURL: base,
      OKTA_CLIENT_TOKEN: token ? secretOf(world, token) : '',
      OKTA_TESTING_DISABLEHTTPSCHECK: 'true',
    };
  },
  mint(world, request) {
    const owner = ownerOf(world, request);
    if (request.scopes?.length)
      throw new ApiError({
        name: 'no-scopes',
        status: 422,
        message: 'an API token of okta has no scopes: it may do what the roles of its owner allow',
      });
    const token = createApiToken(world, SYSTEM, owner, request.app ?? 'API token', request.expiresInMs);
    return { ...infoOf(world, token), secret: { apiToken: secretOf(world, token) } };
  },
  list: (world) =>
    world
      .list(apiTokens)
      .toArray()
      .map((token) => infoOf(world, token)),
  revoke: (world, id) => world.remove(apiTokens, id),
  renew(world) {
    renewApiTokens(world);
    renewClientSecrets(world);
  },
};

function ownerOf(world: World, request: CredentialRequest): User {
  if (request.kind !== 'apiToken')
    throw new ApiError({
      name: 'unknown-kind',
      status: 422,
      message: `okta has no credentials of kind ${request.kind}`,
    });
  const owner = request.as
    ? userByLogin(world, request.as)
    : world.get(users, world.list(apiTokens).first()?.userId ?? '');
  if (!owner)
    throw new ApiError({
      name: 'unknown-person',
      status: 422,
      message: `nobody in this org has the e-mail ${request.as ?? ''}`,
    });
  return owner;
}

function infoOf(world: World, token: ApiToken): CredentialInfo {
  const owner = world.get(users, token.userId);
  return {
    id: token.id,
    twin: 'okta',
    kind: 'apiToken',
    ...(owner ? { as: owner.profile.login } : {}),
    app: token.name,
    ...(token.endsAt ? { expiresAt: stampMs(token.endsAt) } : {}),
  };
}
