/** The secrets by which programs sign in: API tokens (Basic, with an e-mail) and OAuth access tokens (Bearer). */
import { ApiError } from '../../src/error.ts';
import type { CredentialInfo, CredentialRequest, Credentials } from '../../src/twin.ts';
import type { World } from '../../src/world/world.ts';
import { installApp, personOfApp, renewApps, uninstallApp } from './model/apps/connectApp.ts';
import { clientNamed, dropGrants, registerClient, removeClient, renewClients } from './model/oauth/client.ts';
import { grant } from './model/oauth/consent.ts';
import { personOf, siteOf, userByEmail } from './model/people/people.ts';
import { mintToken, renewTokens } from './model/people/tokens.ts';
import { connectApps, oauthApps } from './world/apps.ts';
import { type ApiToken, apiTokens, type User } from './world.ts';

/**
 * Kinds: `apiToken` (Basic), `accessToken` (Bearer, at the gateway), `oauthApp` (a client id and secret), `connectApp` (a
 * key and a shared secret), `forgeApp` (a Bearer of the app's own).
 */
const KINDS = ['apiToken', 'accessToken', 'oauthApp', 'connectApp', 'forgeApp'] as const;

export const credentials: Credentials = {
  kinds: KINDS,
  document(world) {
    const { email, apiToken } = first(world);
    return { credentials: { email, apiToken, ...shownClient(world) }, cloudId: siteOf(world).cloudId };
  },
  env(world, base) {
    const { email, apiToken } = first(world);
    const { clientId, clientSecret } = shownClient(world);
    return {
      JIRA_HOST: base,
      JIRA_BASE_URL: base,
      JIRA_EMAIL: email,
      JIRA_API_TOKEN: apiToken,
      ...(clientId && clientSecret ? { JIRA_CLIENT_ID: clientId, JIRA_CLIENT_SECRET: clientSecret } : {}),
    };
  },
  mint,
  list: (world) => [
    ...world
      .list(apiTokens)
      .toArray()
      .map((row) => info(world, row)),
    ...world
      .list(oauthApps)
      .toArray()
      .map(({ id, name }) => ({ id, twin: 'jira', kind: 'oauthApp', app: name })),
    ...world
      .list(connectApps)
      .toArray()
      .map(({ key }) => ({ id: key, twin: 'jira', kind: 'connectApp', app: key })),
  ],
  revoke(world, id) {
    if (world.get(connectApps, id)) uninstallApp(world, id);
    else return world.remove(apiTokens, id) || removeClient(world, id);
    return true;
  },
  renew(world) {
    renewTokens(world);
    renewClients(world);
    renewApps(world);
    dropGrants(world);
  },
};

function mint(
  world: World,
  { kind, as, app, scopes, expiresInMs }: CredentialRequest,
): CredentialInfo & { secret: Record<string, unknown> } {
  const owner = as === undefined ? ownerOf(world) : userByEmail(world, as);
  if (!owner) throw cannot('unknown-person', `${as} has no account on this site`);
  if (kind === 'oauthApp') return client(world, owner, app ?? 'Orrery app', scopes);
  if (kind === 'forgeApp') return forgeApp(world, app ?? 'orrery-forge-app', scopes);
  if (kind === 'connectApp') return guest(world, app ?? 'orrery-app', scopes);
  if (kind !== 'apiToken' && kind !== 'accessToken')
    throw cannot('unknown-kind', `jira mints ${KINDS.join(', ')}, not ${kind}`);
  // A token for an app that is there is a token of that app, with its owner's leave.
  const known = kind === 'accessToken' && app !== undefined ? clientNamed(world, app) : undefined;
  if (known) grant(world, known, owner, scopes ?? []);
  const row = mintToken(world, {
    kind,
    owner,
    ...(app === undefined ? {} : { app: known?.id ?? app }),
    ...(scopes === undefined ? {} : { scopes }),
    ...(expiresInMs === undefined ? {} : { expiresAt: world.now() + expiresInMs }),
  });
  const secret: Record<string, unknown> =
    kind === 'apiToken' ? { email: owner.emailAddress, apiToken: row.token } : { accessToken: row.token };
  return { ...info(world, row), secret };
}

/** An OAuth app, as the developer console makes one: the one of this name, else a new one. */
function client(world: World, owner: User, name: string, scopes: readonly string[] | undefined) {
  const app =
    clientNamed(world, name) ?? registerClient(world, { name, owner, ...(scopes ? { scopes } : {}) });
  const secret = { clientId: app.id, clientSecret: app.clientSecret };
  return { id: app.id, twin: 'jira', kind: 'oauthApp', app: app.name, secret };
}

/** A Connect app that nobody calls back: the one with this key, else a new one. */
function guest(world: World, key: string, scopes: readonly string[] | undefined) {
  const app =
    world.get(connectApps, key) ??
    installApp(world, { key, baseUrl: 'https://app.invalid', scopes: scopes ?? ['READ', 'WRITE', 'ADMIN'] });
  const { clientKey, sharedSecret } = app;
  return {
    id: app.key,
    twin: 'jira',
    kind: 'connectApp',
    app: app.key,
    secret: { key, clientKey, sharedSecret },
  };
}

/** What a Forge app that runs elsewhere is given to call the site with as itself. */
function forgeApp(world: World, key: string, scopes: readonly string[] | undefined) {
  const owner = personOfApp(world, key, key, ['WRITE']);
  const row = mintToken(world, { kind: 'accessToken', owner, app: key, ...(scopes ? { scopes } : {}) });
  return { ...info(world, row), kind: 'forgeApp', secret: { accessToken: row.token } };
}

const cannot = (name: string, message: string): ApiError => new ApiError({ name, status: 422, message });

function ownerOf(world: World): User {
  const owner = personOf(world, siteOf(world).owner);
  if (!owner) throw new Error('the site has no administrator');
  return owner;
}

/** The first app of the developer console, where the world has one. */
function shownClient(world: World): { clientId?: string; clientSecret?: string } {
  const app = world.list(oauthApps, { index: 'order' }).first();
  return app ? { clientId: app.id, clientSecret: app.clientSecret } : {};
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
