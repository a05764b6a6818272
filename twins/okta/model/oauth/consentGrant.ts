/** Scopes of the management API that administrators granted to an app. */
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { stamp } from '../../time.ts';
import { consentGrants } from '../../world/apps.ts';
import { type App, appTarget, findApp } from '../apps/app.ts';
import { record, type Who } from '../log/log.ts';

/** A grant in the vendor's shape, less links; `appId` is not shown. */
export interface ConsentGrant {
  appId: string;
  id: string;
  status: 'ACTIVE';
  created: string;
  createdBy: { id: string; type: string };
  lastUpdated: string;
  issuer: string;
  clientId: string;
  scopeId: string;
  source: 'ADMIN';
}

/** The grants of an app by age. */
export const grantsOf = (world: World, appId: string): ConsentGrant[] =>
  world.list(consentGrants, { prefix: `${findApp(world, appId).id}/` }).toArray();

/** One grant of an app, or E0000007. */
export function findGrant(world: World, appId: string, id: string): ConsentGrant {
  findApp(world, appId);
  return world.require(consentGrants, `${appId}/${id}`, () => notFound(id, 'OAuth2ScopeConsentGrant'));
}

/** Grants a scope; a scope that is granted already stays as it is. Throws E0000001 for a client or scope that is none. */
export function grantScope(
  world: World,
  who: Who,
  appId: string,
  input: { scopeId?: string; issuer?: string } | undefined,
): ConsentGrant {
  const app = findApp(world, appId);
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  const { scopeId, issuer } = input;
  if (!scopeId) throw blank('scopeId');
  if (!issuer) throw blank('issuer');
  const client = app.credentials.oauthClient;
  if (!client) throw invalid('clientId', 'clientId: The app is not an OAuth 2.0 client');
  if (!/^(okta(\.\w+)+\.(read|manage|register)(\.\w+)*|ssf\.(read|manage))$/.test(scopeId))
    throw invalid('scopeId', `scopeId: '${scopeId}' is not a valid scope`);
  const known = grantsOf(world, appId).find((one) => one.scopeId === scopeId);
  if (known) return known;
  const now = stamp(world.now());
  const row = world.insert(consentGrants, {
    appId,
    id: newId(world, 'oag'),
    status: 'ACTIVE',
    created: now,
    createdBy: { id: who.id, type: who.type },
    lastUpdated: now,
    issuer,
    clientId: client.client_id,
    scopeId,
    source: 'ADMIN',
  });
  log(world, who, 'grant', app, row);
  return row;
}

/** Takes a scope back. */
export function revokeGrant(world: World, who: Who, appId: string, id: string): void {
  const row = findGrant(world, appId, id);
  world.remove(consentGrants, `${appId}/${id}`);
  log(world, who, 'revoke', findApp(world, appId), row);
}

function log(world: World, who: Who, verb: string, app: App, row: ConsentGrant): void {
  record(world, who, {
    eventType: `app.oauth2.admin.consent.${verb}`,
    displayMessage: `Admin consent ${verb}`,
    target: [
      appTarget(app),
      { id: row.id, type: 'Scope', alternateId: 'unknown', displayName: row.scopeId, detailEntry: null },
    ],
  });
}
