/**
 * An app asks a person for leave, the person gives it, and the app gets a code for it.
 * https://developer.atlassian.com/cloud/jira/platform/oauth-2-3lo-apps/
 */
import { BASE64URL } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { refusedConsent } from '../../errors.ts';
import { OAUTH_CODE_MS, OAUTH_CODES_MAX } from '../../limits.ts';
import { scopeWords } from '../../scopeWords.ts';
import { authorizationCodes, grants, type OauthApp, oauthApps } from '../../world/apps.ts';
import type { User, UserRef } from '../../world.ts';

/** What an app asks for, checked. */
export interface ConsentRequest {
  app: OauthApp;
  scopes: readonly string[];
  redirectUri: string;
  state?: string;
  challenge?: { of: string; method: 'S256' | 'plain' };
}

const AUDIENCE = 'api.atlassian.com';

/** What the address of a consent page asks for. Throws, for the page to show, in the vendor's words. */
export function requestIn(world: World, query: URLSearchParams): ConsentRequest {
  const asked = (name: string) => query.get(name) || undefined;
  const app = world.get(oauthApps, asked('client_id') ?? '');
  if (!app) throw refusedConsent('invalid_request', `Unknown client: ${asked('client_id') ?? ''}`);
  if (asked('audience') !== AUDIENCE)
    throw refusedConsent(
      'invalid_request',
      `Service not found: ${asked('audience') ?? 'audience is required'}`,
    );
  if (asked('response_type') !== 'code')
    throw refusedConsent(
      'unsupported_response_type',
      `Unsupported response type: ${asked('response_type') ?? ''}`,
    );
  const redirectUri = asked('redirect_uri') ?? app.callbackUrls?.[0];
  if (redirectUri === undefined || !mayReturnTo(app, redirectUri))
    throw refusedConsent(
      'unauthorized_client',
      'redirect_uri is not registered for client. Please check the callback URL of the app.',
    );
  const state = asked('state');
  return {
    app,
    scopes: scopesIn(app, asked('scope') ?? ''),
    redirectUri,
    ...(state === undefined ? {} : { state }),
    ...challengeIn(query),
  };
}

function mayReturnTo({ callbackUrls }: OauthApp, uri: string): boolean {
  if (!URL.canParse(uri) || /^(javascript|data|vbscript):/i.test(uri)) return false;
  return callbackUrls === undefined || callbackUrls.includes(uri);
}

function scopesIn(app: OauthApp, text: string): string[] {
  const scopes = [...new Set(text.split(/\s+/).filter((scope) => scope !== ''))];
  if (scopes.length === 0) throw refusedConsent('invalid_scope', 'No scopes were requested.');
  const unknown = scopes.filter((scope) => scopeWords(scope) === undefined);
  if (unknown.length > 0) throw refusedConsent('invalid_scope', `Unknown scopes: ${unknown.join(' ')}`);
  const more = scopes.filter((scope) => scope !== 'offline_access' && app.scopes?.includes(scope) === false);
  if (more.length > 0)
    throw refusedConsent('invalid_scope', `The app is not configured for the scopes: ${more.join(' ')}`);
  return scopes;
}

function challengeIn(query: URLSearchParams): Pick<ConsentRequest, 'challenge'> {
  const of = query.get('code_challenge');
  if (!of) return {};
  return { challenge: { of, method: query.get('code_challenge_method') === 'S256' ? 'S256' : 'plain' } };
}

/** Somebody allows it: the address that takes them back to the app, with a code for it. */
export function allow(world: World, request: ConsentRequest, user: User): string {
  const { app, scopes, redirectUri, challenge, state } = request;
  const { accountId } = user;
  sweep(world);
  grant(world, app, user, scopes);
  const { code } = world.insert(authorizationCodes, {
    code: `eyJraWQi${world.secret(['jira.code', app.id, accountId, world.next('jira.code')], 120, BASE64URL)}`,
    app: app.id,
    accountId,
    scopes,
    redirectUri,
    ...(challenge ? { challenge } : {}),
    used: false,
    expiresAt: world.now() + OAUTH_CODE_MS,
  });
  return sentBack(redirectUri, { ...(state === undefined ? {} : { state }), code });
}

/** Writes down that a person lets an app act for them. */
export const grant = (world: World, app: OauthApp, { accountId }: UserRef, scopes: readonly string[]): void =>
  void world.put(grants, { app: app.id, accountId, scopes, at: world.now() });

/** Somebody does not: where that takes them. */
export const deny = ({ redirectUri, state }: ConsentRequest): string =>
  sentBack(redirectUri, {
    error: 'access_denied',
    error_description: 'User did not authorize the request',
    ...(state === undefined ? {} : { state }),
  });

function sentBack(to: string, what: Record<string, string>): string {
  const url = new URL(to);
  for (const [name, value] of Object.entries(what)) url.searchParams.set(name, value);
  return url.toString();
}

/** Codes that are good for nothing any more go, the oldest first. */
function sweep(world: World): void {
  const all = world.list(authorizationCodes, { index: 'expires' });
  const over = all.count() - OAUTH_CODES_MAX;
  for (const [i, row] of all.toArray(20).entries())
    if (i <= over || row.expiresAt < world.now()) world.remove(authorizationCodes, row.code);
}
