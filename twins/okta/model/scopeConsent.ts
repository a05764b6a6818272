/** Consents to scopes: what an administrator grants an app of the org's own APIs, and what people grant one. */
import type { World } from '../../../src/world/world.ts';
import { blank, invalid, notFound } from '../errors.ts';
import { newId } from '../ids.ts';
import { stamp } from '../time.ts';
import { scopeConsents } from '../world/oauth.ts';
import { org } from '../world.ts';
import { appTarget, findApp } from './app.ts';
import { record, type Who } from './log.ts';

/** A consent in the vendor's shape, less links; `appId` and `issuerKey` are not shown. */
export interface ScopeConsent {
  appId: string;
  /** `org`, or the id of the server whose scope it is. */
  issuerKey: string;
  id: string;
  status: 'ACTIVE';
  created: string;
  createdBy: { id: string; type: string };
  lastUpdated: string;
  issuer: string;
  clientId: string;
  scopeId: string;
  source: 'ADMIN' | 'END_USER';
  userId?: string;
}

/** What an administrator granted an app. */
export const grantsOf = (world: World, appId: string): ScopeConsent[] =>
  world
    .list(scopeConsents, {
      prefix: `${findApp(world, appId).id}/`,
      where: ({ source }) => source === 'ADMIN',
    })
    .toArray();

/** One grant of an app, or E0000007. */
export function findGrant(world: World, appId: string, id: string): ScopeConsent {
  findApp(world, appId);
  return world.require(scopeConsents, `${appId}/${id}`, () => notFound(id, 'OAuth2ScopeConsentGrant'));
}

/** Grants an app one of the org's scopes. Throws E0000001 for what is no such scope, or another org's. */
export function grantScope(
  world: World,
  who: Who,
  appId: string,
  input: { scopeId?: string; issuer?: string } | undefined,
): ScopeConsent {
  const scopeId = input?.scopeId;
  if (!scopeId) throw blank('scopeId');
  const issuer = org(world).issuer ?? world.base();
  if (input.issuer !== undefined && new URL(input.issuer, issuer).pathname.includes('/oauth2/'))
    throw invalid('issuer', 'issuer: Only the org authorization server grants scopes to apps');
  if (!scopeId.startsWith('okta.')) throw invalid('scopeId', 'scopeId: The scope is not a scope of the org');
  const there = grantsOf(world, appId).find((one) => one.scopeId === scopeId);
  if (there) return there;
  const consent = addConsent(world, { appId, issuerKey: 'org', issuer, scopeId, source: 'ADMIN' }, who);
  log(world, who, 'app.oauth2.admin.consent.grant', 'Grant OAuth scope consent', consent);
  return consent;
}

/** Takes a grant back. */
export function revokeGrant(world: World, who: Who, appId: string, id: string): void {
  const consent = findGrant(world, appId, id);
  world.remove(scopeConsents, `${appId}/${id}`);
  log(world, who, 'app.oauth2.admin.consent.revoke', 'Revoke OAuth scope consent', consent);
}

/** Writes down that a person lets an app have scopes of a server. */
export function consent(
  world: World,
  who: Who,
  given: { appId: string; issuerKey: string; issuer: string; userId: string; scopes: readonly string[] },
): void {
  const { scopes, ...rest } = given;
  for (const scopeId of scopes.filter((scope) => !hasConsented(world, { ...given, scope })))
    log(
      world,
      who,
      'app.oauth2.as.consent.grant',
      'User granted consent to app',
      addConsent(world, { ...rest, scopeId, source: 'END_USER' }, who),
    );
}

/** Whether a person lets an app have a scope. */
export const hasConsented = (
  world: World,
  { appId, issuerKey, userId, scope }: { appId: string; issuerKey: string; userId: string; scope: string },
): boolean =>
  world
    .list(scopeConsents, {
      index: 'user',
      equals: userId,
      where: (one) => one.appId === appId && one.issuerKey === issuerKey && one.scopeId === scope,
    })
    .first() !== undefined;

type Given = Pick<ScopeConsent, 'appId' | 'issuerKey' | 'issuer' | 'scopeId' | 'source' | 'userId'>;

function addConsent(world: World, given: Given, who: Who): ScopeConsent {
  const now = stamp(world.now());
  const app = findApp(world, given.appId);
  return world.insert(scopeConsents, {
    ...given,
    id: newId(world, 'oag'),
    status: 'ACTIVE',
    created: now,
    createdBy: { id: who.id, type: who.type },
    lastUpdated: now,
    clientId: app.credentials.oauthClient?.client_id ?? app.id,
  });
}

function log(world: World, who: Who, eventType: string, displayMessage: string, row: ScopeConsent): void {
  record(world, who, {
    eventType,
    displayMessage,
    target: [
      appTarget(findApp(world, row.appId)),
      {
        id: row.scopeId,
        type: 'Scope',
        alternateId: 'unknown',
        displayName: row.scopeId,
        detailEntry: null,
      },
    ],
  });
}
