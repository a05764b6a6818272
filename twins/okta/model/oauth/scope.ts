/** Which scopes an issuer has, and which of those that are asked for a client gets. */
import type { World } from '../../../../src/world/world.ts';
import { oauthError } from '../../errors.ts';
import type { App } from '../apps/app.ts';
import { SYSTEM_SCOPES, scopesOf } from '../authServers/authServerPart.ts';
import { grantsOf } from './consentGrant.ts';
import type { Issuer } from './issuer.ts';

/** Scopes of the org's own server, but for those of its APIs (`okta.…`). */
const ORG_SCOPES: readonly string[] = [...SYSTEM_SCOPES, 'groups'];

/** Scopes of the org's own APIs, which an app must be granted. */
const isApiScope = (scope: string): boolean => /^(okta|ssf)\.[\w.]+$/.test(scope);

/** The scopes that the issuer tells the world of. */
export const publishedScopes = (world: World, { server }: Issuer): string[] =>
  server
    ? scopesOf(world, server.id)
        .filter(({ metadataPublish }) => metadataPublish === 'ALL_CLIENTS')
        .map(({ name }) => name)
    : ORG_SCOPES.filter((scope) => scope !== 'device_sso');

/**
 * The scopes that a request gets. Throws `invalid_scope` for ones that are not there, `consent_required` where the
 * app was granted none of the org's that it asks for. `forPerson`: somebody signs in, so that `openid` makes sense.
 */
export function grantedScopes(
  world: World,
  issuer: Issuer,
  app: App,
  asked: string | undefined,
  forPerson: boolean,
): string[] {
  const wanted = [...new Set((asked ?? '').split(/\s+/).filter(Boolean))];
  const scopes = wanted.length > 0 ? wanted : defaults(world, issuer);
  const known = issuer.server ? scopesOf(world, issuer.server.id).map(({ name }) => name) : ORG_SCOPES;
  const isKnown = (scope: string) =>
    (!issuer.server && isApiScope(scope)) ||
    (known.includes(scope) && (forPerson || !SYSTEM_SCOPES.includes(scope)));
  if (!scopes.every(isKnown))
    throw oauthError(
      'invalid_scope',
      'One or more scopes are not configured for the authorization server resource.',
    );
  return issuer.server ? scopes : withoutUngranted(world, app, scopes);
}

function defaults(world: World, { server }: Issuer): string[] {
  const scopes = server ? scopesOf(world, server.id).filter((scope) => scope.default) : [];
  if (scopes.length > 0) return scopes.map(({ name }) => name);
  throw oauthError(
    'invalid_scope',
    "The authorization server resource does not have any configured default scopes, 'scope' must be provided.",
  );
}

function withoutUngranted(world: World, app: App, scopes: readonly string[]): string[] {
  const granted = new Set(grantsOf(world, app.id).map(({ scopeId }) => scopeId));
  const kept = scopes.filter((scope) => !isApiScope(scope) || granted.has(scope));
  if (kept.length === 0)
    throw oauthError('consent_required', 'You are not allowed any of the requested scopes.');
  return kept;
}
