/** Apps of the developer console, and what they may ask for. */
import { BASE62, BASE64URL } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { refusedToken } from '../../errors.ts';
import { authorizationCodes, grants, type OauthApp, oauthApps, refreshTokens } from '../../world/apps.ts';
import { withdraw } from './tokens.ts';

/** Makes an app; its client id and secret are Atlassian's in form. */
export function registerClient(
  world: World,
  wanted: Pick<OauthApp, 'name' | 'owner' | 'callbackUrls' | 'scopes' | 'private'>,
): OauthApp {
  const nth = world.next('jira.oauthApp');
  return world.insert(oauthApps, {
    id: world.secret(['jira.clientId', wanted.name, nth], 32, BASE62),
    nth,
    name: wanted.name,
    clientSecret: secretText(world, wanted.name, nth, 0),
    ...(wanted.callbackUrls ? { callbackUrls: wanted.callbackUrls } : {}),
    ...(wanted.scopes ? { scopes: wanted.scopes } : {}),
    owner: { accountId: wanted.owner.accountId },
    ...(wanted.private ? { private: true } : {}),
  });
}

const secretText = (world: World, name: string, nth: number, renewal: number): string =>
  `ATOA${world.secret(['jira.clientSecret', name, nth, renewal], 60, BASE64URL)}`;

/** No leave of any person stands any more: what a fork with fresh credentials begins with. */
export function dropGrants(world: World): void {
  for (const row of world.list(authorizationCodes).toArray()) world.remove(authorizationCodes, row.code);
  for (const row of world.list(refreshTokens).toArray()) world.remove(refreshTokens, row.token);
}

/** New secrets for all apps. */
export function renewClients(world: World): void {
  for (const { id, name, nth } of world.list(oauthApps).toArray()) {
    const clientSecret = secretText(world, name, nth, world.next('jira.renewal'));
    world.update(oauthApps, id, { clientSecret });
  }
}

/** Deletes an app with all leave that it had; says whether there was one. */
export function removeClient(world: World, id: string): boolean {
  for (const { accountId } of world.list(grants, { prefix: `${id}/` }).toArray())
    withdraw(world, id, accountId);
  return world.remove(oauthApps, id);
}

/** The app of this name, or with this client id. */
export const clientNamed = (world: World, name: string): OauthApp | undefined =>
  world.get(oauthApps, name) ?? world.list(oauthApps, { index: 'name', equals: name.toLowerCase() }).first();

/** The app that a program says it is; 401 `access_denied` for a wrong id or secret. */
export function provenClient(world: World, id: string | undefined, secret: string | undefined): OauthApp {
  const app = id === undefined ? undefined : world.get(oauthApps, id);
  if (!app || app.clientSecret !== secret) throw refusedToken(401, 'access_denied', 'Unauthorized');
  return app;
}
