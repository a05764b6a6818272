/** The connection of an app to the service that it provisions: UNKNOWN until somebody sets it up. */
import { BASE64URL, HEX } from '../../../../src/ids.ts';
import { parsedObject } from '../../../../src/json.ts';
import type { DeliveryOutcome, EventInput } from '../../../../src/twin.ts';
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed } from '../../errors.ts';
import { appConnections } from '../../world/apps.ts';
import { apps } from '../../world.ts';
import { type App, findApp } from '../apps/app.ts';
import { recordChange, type Who } from '../log/log.ts';
import { addScimSchema } from './scimSchema.ts';

/** A connection; `token` (what the app's service is asked with) is never shown, nor is `appId`. */
export interface AppConnection {
  appId: string;
  status: 'ENABLED' | 'DISABLED' | 'UNKNOWN';
  authScheme: 'TOKEN' | 'OAUTH2' | 'UNKNOWN';
  baseUrl?: string;
  token?: string;
  clientId?: string;
  rotationMode?: string;
}

export interface ConnectionInput {
  baseUrl?: string;
  profile?: {
    authScheme?: string;
    token?: string;
    clientId?: string;
    settings?: { adminUsername?: string; adminPassword?: string };
    signing?: { rotationMode?: string };
  };
}

/** The connection of an app; UNKNOWN where nobody set one up. Throws E0000007 for an unknown app. */
export function connectionOf(world: World, appId: string): AppConnection {
  findApp(world, appId);
  return world.get(appConnections, appId) ?? { appId, status: 'UNKNOWN', authScheme: 'UNKNOWN' };
}

/** What an app is provisioned through: its connection where that is on and says where; the app must be ACTIVE. */
export function liveConnection(
  world: World,
  appId: string,
): (AppConnection & { baseUrl: string }) | undefined {
  const connection = world.get(appConnections, appId);
  if (connection?.status !== 'ENABLED' || world.get(apps, appId)?.status !== 'ACTIVE') return undefined;
  return connection.baseUrl === undefined ? undefined : { ...connection, baseUrl: connection.baseUrl };
}

/**
 * What a connection is after `input`, not kept yet. A scheme of UNKNOWN leaves it as it is; a token that is not sent
 * stays. Throws E0000003 without a scheme, E0000001 for one that there is not, a bad address, missing settings.
 */
export function changedConnection(
  world: World,
  appId: string,
  input: ConnectionInput | undefined,
): AppConnection {
  const old = connectionOf(world, appId);
  const profile = input?.profile;
  if (!input || typeof profile?.authScheme !== 'string') throw notWellFormed();
  if (profile.authScheme === 'UNKNOWN') return old;
  const authScheme = SCHEMES[profile.authScheme];
  if (!authScheme) throw invalid('authScheme', 'authScheme: The authentication scheme is not supported');
  const baseUrl = input.baseUrl ?? old.baseUrl;
  if (baseUrl !== undefined && !/^https?:\/\/[^\s/]+/.test(baseUrl))
    throw invalid('baseUrl', 'baseUrl: The base URL must be a valid URL');
  const rotationMode = profile.signing?.rotationMode ?? old.rotationMode;
  if (rotationMode !== undefined && rotationMode !== 'AUTO' && rotationMode !== 'MANUAL')
    throw invalid('rotationMode', 'rotationMode: The rotation mode must be AUTO or MANUAL');
  if (authScheme === 'OAUTH2' && findApp(world, appId).name === 'office365') checkOffice365(profile.settings);
  const token = profile.token ?? old.token;
  const clientId = profile.clientId ?? old.clientId;
  return {
    appId,
    status: old.status === 'UNKNOWN' ? 'DISABLED' : old.status,
    authScheme,
    ...(baseUrl ? { baseUrl: baseUrl.replace(/\/+$/, '') } : {}),
    ...(token ? { token } : {}),
    ...(clientId ? { clientId } : {}),
    ...(rotationMode && authScheme === 'OAUTH2' ? { rotationMode } : {}),
  };
}

/** The vendor's own examples write the second one both ways. */
const SCHEMES: Readonly<Record<string, 'TOKEN' | 'OAUTH2'>> = {
  TOKEN: 'TOKEN',
  OAUTH2: 'OAUTH2',
  OAUTH: 'OAUTH2',
};

function checkOffice365(settings: NonNullable<ConnectionInput['profile']>['settings']): void {
  if (!settings?.adminUsername) throw blank('adminUsername');
  if (!settings.adminPassword) throw blank('adminPassword');
}

/** Keeps a connection, on where `activate` says so. One that nobody set up stays UNKNOWN. */
export function keepConnection(
  world: World,
  who: Who,
  connection: AppConnection,
  activate: boolean,
): AppConnection {
  if (connection.authScheme === 'UNKNOWN') return connection;
  const kept = world.put(appConnections, {
    ...connection,
    status: activate ? 'ENABLED' : connection.status,
  });
  if (kept.baseUrl) addScimSchema(world, kept.appId);
  log(world, who, findApp(world, connection.appId));
  return kept;
}

/** Turns a connection off; one that nobody set up stays UNKNOWN. */
export function disableConnection(world: World, who: Who, appId: string): void {
  if (connectionOf(world, appId).status !== 'ENABLED') return;
  world.update(appConnections, appId, { status: 'DISABLED' });
  log(world, who, findApp(world, appId));
}

/**
 * The question by which the service tries an address and its credentials before it goes live; undefined where it
 * knows no address. https://developer.okta.com/docs/reference/scim/scim-20/
 */
export function connectionTest(connection: AppConnection): EventInput | undefined {
  const { baseUrl, appId } = connection;
  if (baseUrl === undefined) return undefined;
  const path = '/Users?startIndex=1&count=2';
  return {
    channel: 'scimTest',
    event: 'scim.test',
    to: `${baseUrl}${path}`,
    app: appId,
    payload: { method: 'GET', authorization: authorizationOf(connection) },
  };
}

/** Takes the answer to the test. Throws E0000001 where the service did not let Okta in. */
export function passTest({ status, failure }: DeliveryOutcome): void {
  if (failure === undefined && status >= 200 && status < 300) return;
  const why = status === 0 ? (failure ?? 'no answer') : `HTTP ${status}`;
  throw invalid('credentials', `Error authenticating: ${why}. Verify the credentials and the base URL.`);
}

/** The header by which the app's service lets Okta in; a token that names no scheme is a bearer's. */
export const authorizationOf = ({ token }: AppConnection): string | undefined =>
  token === undefined || /^\w+ \S/.test(token) ? token : `Bearer ${token}`;

/** The key by which a connection signs, where it proves itself so. Throws E0000007. */
export function connectionKeyId(world: World, appId: string): string {
  if (connectionOf(world, appId).authScheme !== 'OAUTH2') throw notFound(appId, 'AppInstance');
  return world.drawFor('okta.kid.connection', appId).chars(BASE64URL, KID_CHARS);
}

const KID_CHARS = 43;

/** Apps whose connection a person consents to in a browser, and where that is. */
const CONSENTS: Readonly<Record<string, { authorize: string; token: string }>> = {
  slack: {
    authorize: 'https://slack.com/oauth/v2/authorize',
    token: 'https://slack.com/api/oauth.v2.access',
  },
  google: {
    authorize: 'https://accounts.google.com/o/oauth2/v2/auth',
    token: 'https://oauth2.googleapis.com/token',
  },
  office365: {
    authorize: 'https://login.microsoftonline.com/common/oauth2/authorize',
    token: 'https://login.microsoftonline.com/common/oauth2/token',
  },
  zoomus: { authorize: 'https://zoom.us/oauth/authorize', token: 'https://zoom.us/oauth/token' },
};

/** Where a person consents to the connection; undefined where nobody is asked. */
export function consentUrl(world: World, { appId, authScheme, baseUrl }: AppConnection): string | undefined {
  const { name } = findApp(world, appId);
  const at = CONSENTS[name];
  if (authScheme !== 'OAUTH2' || !at) return undefined;
  const query = new URLSearchParams({
    response_type: 'code',
    state: consentState(world, appId),
    client_id: clientIdFor(world, appId),
    redirect_uri: `${world.base()}/api/v1/apps/${name}/${appId}/oauth2/callback`,
  });
  return `${baseUrl ? `${baseUrl}/authorize` : at.authorize}?${query}`;
}

/** The exchange of a consent's code for a token. Throws E0000007 for another app's, E0000001 for a foreign state. */
export function consentExchange(
  world: World,
  name: string,
  appId: string,
  sent: { code: string | null; state: string | null },
): EventInput {
  const app = findApp(world, appId);
  const connection = connectionOf(world, appId);
  const at = CONSENTS[name];
  if (app.name !== name || !at || connection.authScheme !== 'OAUTH2') throw notFound(appId, 'AppInstance');
  if (!sent.code) throw blank('code');
  if (sent.state !== consentState(world, appId)) throw invalid('state', 'state: The state is not valid');
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    code: sent.code,
    client_id: clientIdFor(world, appId),
    redirect_uri: `${world.base()}/api/v1/apps/${name}/${appId}/oauth2/callback`,
  });
  return {
    channel: 'scimTest',
    event: 'oauth2.token',
    to: connection.baseUrl ? `${connection.baseUrl}/token` : at.token,
    app: appId,
    payload: { method: 'POST', body: form.toString(), contentType: 'application/x-www-form-urlencoded' },
  };
}

/** Takes the token that a consent's code was good for, and turns the connection on. Throws E0000001 without one. */
export function keepConsent(world: World, who: Who, appId: string, { body }: DeliveryOutcome): void {
  const token = parsedObject(body)?.access_token;
  if (typeof token !== 'string') throw invalid('code', 'code: The authorization code was not accepted');
  keepConnection(world, who, { ...connectionOf(world, appId), token }, true);
}

const consentState = (world: World, appId: string): string =>
  world.secret(['okta', 'connection', 'state', appId], 32);
const clientIdFor = (world: World, appId: string): string =>
  world.drawFor('okta.connection.client', appId).chars(HEX, 32);

const log = (world: World, who: Who, { id, label }: App): unknown =>
  recordChange(world, who, 'application.configuration.update', 'Update application configuration', {
    id,
    type: 'AppInstance',
    name: label,
    alternateId: label,
  });
