/** The secrets by which programs sign in: API tokens (Basic, with an e-mail) and OAuth access tokens (Bearer). */
import { ApiError } from '../../src/error.ts';
import type { CredentialInfo, Credentials } from '../../src/twin.ts';
import type { World } from '../../src/world/world.ts';
import { dropGrants, renewClients } from './model/oauth/client.ts';
import { personOf, siteOf, userByEmail } from './model/people/people.ts';
import { mintToken, renewTokens } from './model/people/tokens.ts';
import { type ApiToken, apiTokens, type User } from './world.ts';

export const credentials: Credentials = {
  kinds: ['apiToken', 'accessToken'],
  document(world) {
    const { email, apiToken } = first(world);
    return { credentials: { email, apiToken }, cloudId: siteOf(world).cloudId };
  },
  env(world, base) {
    const { email, apiToken } = first(world);
    return { JIRA_HOST: base, JIRA_BASE_URL: base, JIRA_EMAIL: email, JIRA_API_TOKEN: apiToken };
  },
  mint(world, { kind, as, app, scopes, expiresInMs }) {
    if (kind !== 'apiToken' && kind !== 'accessToken')
      throw new ApiError({
        name: 'unknown-kind',
        status: 422,
        message: `jira mints apiToken and accessToken, not ${kind}`,
      });
    const owner = as === undefined ? ownerOf(world) : userByEmail(world, as);
    if (!owner)
      throw new ApiError({
        name: 'unknown-person',
        status: 422,
        message: `${as} has no account on this site`,
      });
    const row = mintToken(world, {
      kind,
      owner,
      ...(app === undefined ? {} : { app }),
      ...(scopes === undefined ? {} : { scopes }),
      ...(expiresInMs === undefined ? {} : { expiresAt: world.now() + expiresInMs }),
    });
    const secret: Record<string, unknown> =
      kind === 'apiToken' ? { email: owner.emailAddress, apiToken: row.token } : { accessToken: row.token };
    return { ...info(world, row), secret };
  },
  list: (world) =>
    world
      .list(apiTokens)
      .toArray()
      .map((row) => info(world, row)),
  revoke: (world, id) => world.remove(apiTokens, id),
  renew(world) {
    renewTokens(world);
    renewClients(world);
    dropGrants(world);
  },
};

function ownerOf(world: World): User {
  const owner = personOf(world, siteOf(world).owner);
  if (!owner) throw new Error('the site has no administrator');
  return owner;
}

/** The site administrator's first token that still stands. */
function first(world: World): { email: string; apiToken: string } {
  const owner = ownerOf(world);
  const row = world
    .list(apiTokens, { where: (one) => one.kind === 'apiToken' && one.owner.accountId === owner.accountId })
    .first();
  return { email: owner.emailAddress, apiToken: row?.token ?? '' };
}

const info = (world: World, row: ApiToken): CredentialInfo => {
  const as = personOf(world, row.owner)?.emailAddress;
  return {
    id: row.id,
    twin: 'jira',
    kind: row.kind,
    ...(as === undefined ? {} : { as }),
    ...(row.app === undefined ? {} : { app: row.app }),
    ...(row.scopes === undefined ? {} : { scopes: row.scopes }),
    ...(row.expiresAt === undefined ? {} : { expiresAt: new Date(row.expiresAt).toISOString() }),
  };
};
