/** The credentials of a universe's programs: an OAuth client, tokens, a service account with its key file. */

import { ApiError } from '../../src/error.ts';
import { BASE64URL, HEX } from '../../src/ids.ts';
import type { CredentialInfo, CredentialRequest, Credentials } from '../../src/twin.ts';
import type { World } from '../../src/world/world.ts';
import { personNamed } from './identity/model/person.ts';
import { issueAccessToken, issueRefreshToken } from './identity/model/token.ts';
import { isScope, longScope, STANDING_SCOPES } from './identity/scopes.ts';
import { apiKeys, type OAuthClient, oauthClients } from './identity/world/client.ts';
import {
  accessTokens,
  accounts,
  administratorOf,
  clientsOf,
  digestOf,
  projectOf,
  refreshTokens,
  type ServiceAccountKey,
  serviceAccountKeys,
  standingCredentials,
} from './identity/world.ts';

/** The hosts that the addresses of a real key file are at. */
const VENDOR_HOSTS = {
  auth: 'https://accounts.google.com',
  token: 'https://oauth2.googleapis.com',
  certificates: 'https://www.googleapis.com',
};

type Minted = CredentialInfo & { secret: Record<string, unknown> };

export const credentials: Credentials = {
  kinds: ['accessToken', 'refreshToken', 'serviceAccountKey', 'apiKey'],
  document(world, base) {
    const { standing, clientId, domain } = projectOf(world);
    const key = world.get(serviceAccountKeys, standing.keyId);
    const [own, others] = [
      clientNamed(world, clientId),
      clientsOf(world).filter((one) => one.clientId !== clientId),
    ];
    return {
      credentials: {
        accessToken: standing.accessToken,
        refreshToken: standing.refreshToken,
        clientId,
        clientSecret: own.secret,
        apiKey: standing.apiKey,
        ...(key ? { serviceAccount: keyFile(world, key, oneHost(base)) } : {}),
        ...(others.length > 0 ? { clients: others.map((one) => clientFile(world, one, oneHost(base))) } : {}),
      },
      domain,
    };
  },
  env(world, base) {
    const { standing, clientId } = projectOf(world);
    return {
      GOOGLE_API_URL: base,
      GOOGLE_ACCESS_TOKEN: standing.accessToken,
      GOOGLE_REFRESH_TOKEN: standing.refreshToken,
      GOOGLE_CLIENT_ID: clientId,
      GOOGLE_CLIENT_SECRET: clientNamed(world, clientId).secret,
    };
  },
  files(world, base) {
    const key = world.get(serviceAccountKeys, projectOf(world).standing.keyId);
    if (!key) return {} as Record<string, never>;
    const content = `${JSON.stringify(keyFile(world, key, base === undefined ? VENDOR_HOSTS : oneHost(base)), null, 2)}\n`;
    return { GOOGLE_APPLICATION_CREDENTIALS: { name: 'service-account.json', content } };
  },
  mint(world, request) {
    switch (request.kind) {
      case 'accessToken':
        return mintAccessToken(world, request);
      case 'refreshToken':
        return mintRefreshToken(world, request);
      case 'serviceAccountKey':
        return mintKey(world);
      case 'apiKey':
        return mintApiKey(world);
      default:
        throw refused(
          `google has no credential of kind ${request.kind}; it has ${credentials.kinds.join(', ')}`,
        );
    }
  },
  list(world) {
    const tokens = world
      .list(accessTokens)
      .toArray()
      .map((row) => ({
        ...infoOf('accessToken', row),
        ...(row.expiresAt === undefined ? {} : { expiresAt: new Date(row.expiresAt).toISOString() }),
      }));
    const refresh = world
      .list(refreshTokens)
      .toArray()
      .map((row) => infoOf('refreshToken', row));
    const keys = world.list(serviceAccountKeys).toArray();
    const apis = world.list(apiKeys).toArray();
    return [
      ...tokens,
      ...refresh,
      ...apis.map(({ id }) => ({ id, twin: 'google', kind: 'apiKey' })),
      ...keys.map((row) => ({ id: row.keyId, twin: 'google', kind: 'serviceAccountKey', as: row.email })),
    ];
  },
  revoke(world, id) {
    const access = world.list(accessTokens, { index: 'id', equals: id }).first();
    const refresh = world.list(refreshTokens, { index: 'id', equals: id }).first();
    if (access) return world.remove(accessTokens, access.digest);
    if (refresh) return world.remove(refreshTokens, refresh.digest);
    const api = world.list(apiKeys, { index: 'id', equals: id }).first();
    if (api) return world.remove(apiKeys, api.digest);
    return world.remove(serviceAccountKeys, id);
  },
  renew(world) {
    const project = projectOf(world);
    for (const row of world.list(accessTokens).toArray()) world.remove(accessTokens, row.digest);
    for (const row of world.list(refreshTokens).toArray()) world.remove(refreshTokens, row.digest);
    for (const row of world.list(serviceAccountKeys).toArray()) world.remove(serviceAccountKeys, row.keyId);
    for (const row of world.list(apiKeys).toArray()) world.remove(apiKeys, row.digest);
    standingCredentials(world, project, project.generation + 1);
  },
};

const oneHost = (base: string): typeof VENDOR_HOSTS => ({ auth: base, token: base, certificates: base });

/** The JSON key file, as the cloud console gives it out; `hosts` are what its addresses begin with. */
function keyFile(world: World, key: ServiceAccountKey, hosts: typeof VENDOR_HOSTS): Record<string, string> {
  const { projectId } = projectOf(world);
  const account = world.get(accounts, key.email.toLowerCase());
  return {
    type: 'service_account',
    project_id: projectId,
    private_key_id: key.keyId,
    private_key: world.rsaKey(key.lent).privateKey,
    client_email: key.email,
    client_id: account?.id ?? '',
    auth_uri: `${hosts.auth}/o/oauth2/auth`,
    token_uri: `${hosts.token}/token`,
    auth_provider_x509_cert_url: `${hosts.certificates}/oauth2/v1/certs`,
    client_x509_cert_url: `${hosts.certificates}/robot/v1/metadata/x509/${encodeURIComponent(key.email)}`,
    universe_domain: 'googleapis.com',
  };
}

/** A client's secrets file, as the cloud console gives it out, with its name beside. */
function clientFile(world: World, client: OAuthClient, hosts: typeof VENDOR_HOSTS): Record<string, unknown> {
  const { clientId: client_id, secret: client_secret, name, kind, redirectUris } = client;
  return {
    name,
    type: kind,
    [kind === 'web' ? 'web' : 'installed']: {
      client_id,
      project_id: projectOf(world).projectId,
      auth_uri: `${hosts.auth}/o/oauth2/auth`,
      token_uri: `${hosts.token}/token`,
      auth_provider_x509_cert_url: `${hosts.certificates}/oauth2/v1/certs`,
      client_secret,
      ...(kind === 'desktop' ? { redirect_uris: ['http://localhost'] } : {}),
      ...(kind === 'web' && redirectUris ? { redirect_uris: redirectUris } : {}),
    },
  };
}

function mintAccessToken(world: World, request: CredentialRequest): Minted {
  const seconds = request.expiresInMs === undefined ? undefined : request.expiresInMs / 1_000;
  const row = issueAccessToken(world, grantOf(world, request), seconds);
  const expiresAt = new Date(row.expiresAt ?? world.now()).toISOString();
  return { ...infoOf('accessToken', row), expiresAt, secret: { accessToken: row.token } };
}

function mintRefreshToken(world: World, request: CredentialRequest): Minted {
  const row = issueRefreshToken(world, grantOf(world, request));
  return { ...infoOf('refreshToken', row), secret: { refreshToken: row.token } };
}

function mintKey(world: World): Minted {
  const nth = world.next('google.serviceAccountKey');
  const row = world.insert(serviceAccountKeys, {
    keyId: world.secret(['google', 'key', nth], 40, HEX),
    email: projectOf(world).serviceAccount,
    lent: nth + 1,
  });
  const secret = { serviceAccount: keyFile(world, row, oneHost(world.base())) };
  return { id: row.keyId, twin: 'google', kind: 'serviceAccountKey', as: row.email, secret };
}

function mintApiKey(world: World): Minted {
  const nth = world.next('google.apiKey');
  const apiKey = `AIza${world.secret(['google', 'apiKey', 'minted', nth], 35, BASE64URL)}`;
  const { id } = world.insert(apiKeys, { digest: digestOf(apiKey), id: `ak${nth}` });
  return { id, twin: 'google', kind: 'apiKey', secret: { apiKey } };
}

function grantOf(world: World, request: CredentialRequest) {
  const scopes = (request.scopes ?? STANDING_SCOPES).map(longScope);
  const unknown = scopes.filter((scope) => !isScope(scope));
  if (unknown.length > 0) throw refused(`google has no scope ${unknown.join(', ')}`);
  const project = projectOf(world);
  const email =
    request.as === undefined
      ? administratorOf(world).primaryEmail
      : request.as === project.serviceAccount
        ? request.as
        : personNamed(world, request.as).primaryEmail;
  return { email, clientId: project.clientId, scopes };
}

const clientNamed = (world: World, clientId: string): OAuthClient =>
  world.require(oauthClients, clientId, () => new Error(`no client ${clientId}`));

const infoOf = (kind: string, row: { id: string; email: string; clientId: string; scopes: string[] }) => ({
  id: row.id,
  twin: 'google',
  kind,
  as: row.email,
  app: row.clientId,
  scopes: row.scopes,
});

const refused = (message: string) => new ApiError({ name: 'bad-credential', status: 422, message });
