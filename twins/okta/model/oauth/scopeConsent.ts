/** Consents that people give to an app: which scopes of an authorization server it may have in their name. */

import type { Range } from '../../../../src/range.ts';
import type { World } from '../../../../src/world/world.ts';
import { notFound } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { stamp } from '../../time.ts';
import { scopeConsents } from '../../world/apps.ts';
import { appTarget, findApp } from '../apps/app.ts';
import { record, type Who } from '../log/log.ts';
import { clientIdOf } from './client.ts';
import type { ConsentGrant } from './consentGrant.ts';

/** A consent in the vendor's shape, less links; `appId` and `issuerKey` are not shown. */
export interface ScopeConsent extends Omit<ConsentGrant, 'source'> {
  /** The id of the server whose scope it is. */
  issuerKey: string;
  source: 'END_USER';
  userId: string;
}

/** Whose consent, to which app, to scopes of which server. */
export type Consenting = Pick<ScopeConsent, 'appId' | 'issuerKey' | 'userId'>;

/** Writes down that a person lets an app have scopes; those that it has already stay as they are. */
export function consent(
  world: World,
  who: Who,
  given: Consenting & { issuer: string },
  scopes: readonly string[],
): void {
  const app = findApp(world, given.appId);
  const now = stamp(world.now());
  for (const scopeId of scopes.filter((scope) => !hasConsented(world, given, scope))) {
    const row = world.insert(scopeConsents, {
      ...given,
      id: newId(world, 'oag'),
      status: 'ACTIVE',
      created: now,
      createdBy: { id: who.id, type: who.type },
      lastUpdated: now,
      clientId: clientIdOf(app),
      scopeId,
      source: 'END_USER',
    });
    record(world, who, {
      eventType: 'app.oauth2.as.consent.grant',
      displayMessage: 'User granted consent to app',
      target: [
        appTarget(app),
        { id: row.id, type: 'Scope', alternateId: 'unknown', displayName: scopeId, detailEntry: null },
      ],
    });
  }
}

/** Whether a person lets an app have a scope. */
export const hasConsented = (
  world: World,
  { appId, issuerKey, userId }: Consenting,
  scope: string,
): boolean =>
  world
    .list(scopeConsents, {
      index: 'user',
      equals: userId,
      where: (one) => one.appId === appId && one.issuerKey === issuerKey && one.scopeId === scope,
    })
    .first() !== undefined;

/** The consents of a person, of all or to one app, to all scopes or one. */
export const consentsOf = (
  world: World,
  userId: string,
  { appId, scopeId }: { appId?: string; scopeId?: string | undefined },
): Range<ScopeConsent> =>
  world.list(scopeConsents, {
    index: 'user',
    equals: userId,
    where: (row) =>
      (appId === undefined || row.appId === appId) && (scopeId === undefined || row.scopeId === scopeId),
  });

/** One consent of a person, or E0000007. */
export function findConsent(world: World, userId: string, id: string): ScopeConsent {
  const found = consentsOf(world, userId, {})
    .toArray()
    .find((row) => row.id === id);
  if (!found) throw notFound(id, 'OAuth2ScopeConsentGrant');
  return found;
}

/** Takes consents back: the next time the person is asked again. `how` is the end of the event's name. */
export function revokeConsents(
  world: World,
  who: Who,
  rows: readonly ScopeConsent[],
  how: 'revoke' | 'revoke.user' | 'revoke.user.client',
): void {
  for (const row of rows) {
    world.remove(scopeConsents, `${row.appId}/${row.id}`);
    record(world, who, {
      eventType: `app.oauth2.as.consent.${how}`,
      displayMessage: 'User consent to app was revoked',
      target: [
        appTarget(findApp(world, row.appId)),
        { id: row.id, type: 'Scope', alternateId: 'unknown', displayName: row.scopeId, detailEntry: null },
      ],
    });
  }
}

/** Takes the consents away that go with a person or an authorization server. */
export function forgetConsents(world: World, of: { userId: string } | { issuerKey: string }): void {
  const query =
    'userId' in of ? { index: 'user', equals: of.userId } : { index: 'issuer', equals: of.issuerKey };
  for (const { appId, id } of world.list(scopeConsents, query).toArray())
    world.remove(scopeConsents, `${appId}/${id}`);
}
