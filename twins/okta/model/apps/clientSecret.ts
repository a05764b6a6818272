/** Secrets of OAuth clients: up to two per app, so that one can be rotated while the other is in use. */
import { createHash } from 'node:crypto';
import { BASE64URL } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { invalid, notFound } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { stamp } from '../../time.ts';
import { clientSecrets } from '../../world/apps.ts';
import { apps } from '../../world.ts';
import { record, type Who } from '../log/log.ts';
import { type App, appTarget, findApp } from './app.ts';

/** A secret in the vendor's shape, less links; `appId` is not shown. */
export interface ClientSecret {
  appId: string;
  id: string;
  created: string;
  lastUpdated: string;
  status: 'ACTIVE' | 'INACTIVE';
  client_secret: string;
  secret_hash: string;
}

const SECRETS_MAX = 2;
const SECRET_CHARS = 64;
const SECRET_CHARS_MIN = 14;
const SECRET_CHARS_MAX = 100;

/**
 * The secrets of an app by age. The one that an app was made with becomes a row of its own when another is added:
 * until then it is the app's alone.
 */
export function secretsOf(world: World, appId: string): ClientSecret[] {
  const app = findApp(world, appId);
  const rows = world.list(clientSecrets, { prefix: `${appId}/` }).toArray();
  const first = app.credentials.oauthClient?.client_secret;
  if (rows.length > 0 || first === undefined) return rows;
  return [{ ...shape(appId, firstIdOf(appId), app.created, first) }];
}

/** One secret of an app, or E0000007. */
export function findSecret(world: World, appId: string, id: string): ClientSecret {
  const found = secretsOf(world, appId).find((row) => row.id === id);
  if (!found) throw notFound(id, 'OAuth2ClientSecretMediated');
  return found;
}

/** Adds a secret, drawn unless it is sent. Throws E0000001 for a third one. */
export function createSecret(
  world: World,
  who: Who,
  appId: string,
  input: { client_secret?: string; status?: string } | undefined,
): ClientSecret {
  const rows = secretsOf(world, appId);
  const own = input?.client_secret;
  if (rows.length >= SECRETS_MAX)
    throw invalid('client_secret', `You've reached the maximum number of client secrets per client.`);
  if (own !== undefined && (own.length < SECRET_CHARS_MIN || own.length > SECRET_CHARS_MAX))
    throw invalid('client_secret', 'client_secret: The length of the client secret is not valid');
  keep(world, rows);
  const id = newId(world, 'ocs');
  const text = own ?? world.secret(['okta', 'client', appId, id], SECRET_CHARS, BASE64URL);
  const row = world.insert(clientSecrets, {
    ...shape(appId, id, stamp(world.now()), text),
    status: input?.status === 'INACTIVE' ? 'INACTIVE' : 'ACTIVE',
  });
  log(world, who, 'create', appId);
  return row;
}

/** Turns a secret on or off, and returns it. Throws E0000001 for the last one that is on. */
export function setSecretStatus(
  world: World,
  who: Who,
  appId: string,
  id: string,
  status: ClientSecret['status'],
): ClientSecret {
  const rows = secretsOf(world, appId);
  findSecret(world, appId, id);
  const others = rows.filter((row) => row.id !== id && row.status === 'ACTIVE');
  if (status === 'INACTIVE' && others.length === 0)
    throw invalid('client_secret', 'You must maintain at least one active secret for your app.');
  keep(world, rows);
  const row = world.update(clientSecrets, `${appId}/${id}`, { status, lastUpdated: stamp(world.now()) });
  showNewest(world, appId);
  log(world, who, status === 'ACTIVE' ? 'activate' : 'deactivate', appId);
  return row;
}

/** Removes a secret that is off. */
export function deleteSecret(world: World, who: Who, appId: string, id: string): void {
  const row = findSecret(world, appId, id);
  if (row.status === 'ACTIVE')
    throw invalid('client_secret', 'The client secret must be deactivated before deletion.');
  world.remove(clientSecrets, `${appId}/${id}`);
  log(world, who, 'delete', appId);
}

/** A new secret in the place of all that the app had, which are good no more. */
export function newClientSecret(world: World, who: Who, appId: string): App {
  for (const row of world.list(clientSecrets, { prefix: `${appId}/` }).toArray())
    world.remove(clientSecrets, `${appId}/${row.id}`);
  const { credentials } = findApp(world, appId);
  const client = credentials.oauthClient;
  if (client?.client_secret === undefined)
    throw invalid('client_secret', 'client_secret: The client does not use a client secret');
  const nth = world.next('okta.clientSecret');
  const client_secret = world.secret(['okta', 'client', appId, nth], SECRET_CHARS, BASE64URL);
  log(world, who, 'create', appId);
  return world.update(apps, appId, {
    credentials: { ...credentials, oauthClient: { ...client, client_secret } },
  });
}

/** Whether `text` is a secret of the app that is on. */
export const isSecretOf = (world: World, appId: string, text: string): boolean =>
  secretsOf(world, appId).some((row) => row.status === 'ACTIVE' && row.client_secret === text);

function keep(world: World, rows: readonly ClientSecret[]): void {
  for (const row of rows) world.put(clientSecrets, row);
}

/** The app itself shows a secret that is on. */
function showNewest(world: World, appId: string): void {
  const { credentials } = findApp(world, appId);
  const client = credentials.oauthClient;
  const shown = secretsOf(world, appId).findLast((row) => row.status === 'ACTIVE');
  if (client && shown)
    world.update(apps, appId, {
      credentials: { ...credentials, oauthClient: { ...client, client_secret: shown.client_secret } },
    });
}

const firstIdOf = (appId: string): string => `ocs${appId.slice(3)}`;

const shape = (appId: string, id: string, created: string, text: string): ClientSecret => ({
  appId,
  id,
  created,
  lastUpdated: created,
  status: 'ACTIVE',
  client_secret: text,
  secret_hash: createHash('md5').update(text).digest('base64url'),
});

function log(world: World, who: Who, verb: string, appId: string): void {
  record(world, who, {
    eventType: `app.oauth2.credentials.lifecycle.${verb}`,
    displayMessage: `OAuth2 client secret ${verb}`,
    target: [appTarget(findApp(world, appId))],
  });
}
