/**
 * An app asks to be let in, a person allows it, and the app gets a code for it.
 * https://docs.slack.dev/authentication/installing-with-oauth, https://docs.slack.dev/authentication/using-pkce
 */
import { createHash } from 'node:crypto';
import { DIGITS, HEX } from '../../../../src/ids.ts';
import { sortable, table } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { refuse, refuseConsent } from '../../errors.ts';
import { OAUTH_CODE_MS, OAUTH_CODES_MAX } from '../../limits.ts';
import { scopeWords } from '../../scopeWords.ts';
import { type App, apps, channels, channelType, type User } from '../../world.ts';
import { theTeam } from '../people/team.ts';

/** Which page an app sent its user to: today's, the one for people's own scopes, that of classic apps, the sign-in. */
export type Flow = 'v2' | 'v2_user' | 'classic' | 'openid';

/** What an app asks for, checked. */
export interface ConsentRequest {
  flow: Flow;
  app: App;
  scopes: readonly string[];
  user_scopes: readonly string[];
  /** As it was given; absent where the app relies on its first redirect URL. */
  redirect_uri?: string;
  /** Where the person is sent back to. */
  back: string;
  state: string;
  nonce?: string;
  /** PKCE: of a verifier, and how it was made. */
  challenge?: { of: string; method: 'S256' | 'plain' };
}

/** A person's leave, until the app has fetched its tokens. */
export interface Authorization {
  /** The code up to its last point; what follows is secret. */
  id: string;
  token: string;
  flow: Flow;
  app: string;
  user: string;
  scopes: readonly string[];
  user_scopes: readonly string[];
  redirect_uri?: string;
  nonce?: string;
  challenge?: NonNullable<ConsentRequest['challenge']>;
  /** Where its incoming webhook is to post. */
  channel?: string;
  used: boolean;
  /** Universe milliseconds. */
  expires_at: number;
}

export const authorizations = table<Authorization>({
  name: 'slack.authorizations',
  secret: true,
  key: (row) => row.id,
  indexes: { expires: (row) => sortable(row.expires_at) },
});

const SWEPT_MAX = 20;
const CUSTOM_SCHEME = /^(?!https?:)[a-z][\w+.-]*:/i;
const LOOPBACK = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(\/|$)/;
const SIGN_IN_SCOPES = new Set(['openid', 'email', 'profile']);

/**
 * What the address of a consent page asks for. Throws, for the page to show: `invalid_client_id`,
 * `invalid_team_for_non_distributed_app`, `bad_redirect_uri`, `no_scopes`, `invalid_scope`, `pkce_not_allowed`,
 * `pkce_required`, `response_type_not_supported`.
 */
export function requestIn(world: World, flow: Flow, query: URLSearchParams): ConsentRequest {
  const app = clientCalled(world, query.get('client_id') ?? '');
  if (!app) throw refuseConsent('invalid_client_id', 'Invalid client_id parameter');
  const team = query.get('team');
  if (team && team !== theTeam(world).id && team !== theTeam(world).domain)
    throw refuseConsent('invalid_team_for_non_distributed_app', 'invalid_team_for_non_distributed_app');
  const given = query.get('redirect_uri') || undefined;
  const back = given ?? app.redirect_urls?.[0];
  if (back === undefined || !mayReturnTo(app, back))
    throw refuseConsent(
      'bad_redirect_uri',
      `redirect_uri did not match any configured URIs. Passed URI: ${given ?? ''}`,
    );
  const nonce = query.get('nonce');
  const request: ConsentRequest = {
    flow,
    app,
    ...askedIn(flow, query),
    ...(given === undefined ? {} : { redirect_uri: given }),
    back,
    state: query.get('state') ?? '',
    ...(nonce ? { nonce } : {}),
    ...challengeIn(query),
  };
  if (flow === 'openid' && query.get('response_type') !== 'code')
    throw refuseConsent('response_type_not_supported', 'Invalid response_type parameter');
  checkPublicClient(request);
  return request;
}

/** The app with this client id. */
export const clientCalled = (world: World, id: string): App | undefined =>
  world.list(apps, { index: 'client', equals: id }).first();

/** A redirect URL lets in what lies under it. https://docs.slack.dev/authentication/installing-with-oauth#redirect_urls */
export function mayReturnTo({ redirect_urls }: App, uri: string): boolean {
  if (!URL.canParse(uri)) return false;
  if (redirect_urls === undefined) return !/^(javascript|data|vbscript):/i.test(uri);
  return redirect_urls.some((url) => {
    if (uri === url) return true;
    const base = url.endsWith('/') ? url.slice(0, -1) : url;
    return uri.startsWith(base) && /^[/?]/.test(uri.slice(base.length));
  });
}

/** Somebody allows it: the address that takes them back to the app, with a code for it. */
export function allow(world: World, request: ConsentRequest, user: User, channel?: string): string {
  const { flow, app, scopes, user_scopes, redirect_uri, nonce, challenge, back, state } = request;
  const where = scopes.includes('incoming-webhook') ? webhookChannel(world, channel) : undefined;
  sweep(world);
  const nth = world.next('slack.code');
  const number = (of: string) => world.drawFor('slack.tokenNumber', of).chars(DIGITS, 13);
  const { id, token } = world.insert(authorizations, {
    id: `${number(theTeam(world).id)}.${world.drawFor('slack.codeNumber', nth).chars(DIGITS, 13)}`,
    token: world.secret(['slack.code', app.id, user.id, nth, world.now()], 64, HEX),
    flow,
    app: app.id,
    user: user.id,
    scopes,
    user_scopes,
    ...(redirect_uri === undefined ? {} : { redirect_uri }),
    ...(nonce ? { nonce } : {}),
    ...(challenge ? { challenge } : {}),
    ...(where ? { channel: where } : {}),
    used: false,
    expires_at: world.now() + OAUTH_CODE_MS,
  });
  return sentBack(back, { code: `${id}.${token}`, state });
}

/** Somebody does not: where that takes them. */
export const deny = ({ back, state }: ConsentRequest): string =>
  sentBack(back, { error: 'access_denied', state });

/**
 * Uses a code up. Throws `invalid_code`, `code_already_used`, `oauth_authorization_url_mismatch`, `bad_redirect_uri`,
 * `invalid_code_verifier`, `pkce_not_allowed`.
 */
export function redeem(
  world: World,
  app: App,
  flows: readonly Flow[],
  given: { code?: string | undefined; redirect_uri?: string | undefined; verifier?: string | undefined },
): Authorization {
  const [, id = '', token] = /^(.*)\.(.*)$/.exec(given.code ?? '') ?? [];
  const row = world.get(authorizations, id);
  if (!row || row.token !== token || row.app !== app.id) throw refuse('invalid_code');
  if (row.used) throw refuse('code_already_used');
  if (row.expires_at <= world.now()) throw refuse('invalid_code');
  if (!flows.includes(row.flow)) throw refuse('oauth_authorization_url_mismatch');
  // With one URL there is nothing to tell apart, and Slack does without.
  const sole = given.redirect_uri === undefined && app.redirect_urls?.length === 1;
  if (
    row.redirect_uri !== undefined ? row.redirect_uri !== given.redirect_uri && !sole : !isFirst(app, given)
  )
    throw refuse('bad_redirect_uri');
  // A verifier may stand for the client's secret: one that nothing was bound to must not.
  if (given.verifier !== undefined && !row.challenge)
    throw refuse(app.pkce ? 'invalid_code_verifier' : 'pkce_not_allowed');
  if (row.challenge && digest(given.verifier ?? '', row.challenge.method) !== row.challenge.of)
    throw refuse('invalid_code_verifier');
  return world.update(authorizations, row.id, { used: true });
}

/** No code is good any more. */
export function dropCodes(world: World): void {
  for (const row of world.list(authorizations).toArray()) world.remove(authorizations, row.id);
}

const isFirst = (app: App, { redirect_uri }: { redirect_uri?: string | undefined }): boolean =>
  redirect_uri === undefined || redirect_uri === app.redirect_urls?.[0];

const digest = (verifier: string, method: 'S256' | 'plain'): string =>
  method === 'plain' ? verifier : createHash('sha256').update(verifier).digest('base64url');

function askedIn(flow: Flow, query: URLSearchParams): Pick<ConsentRequest, 'scopes' | 'user_scopes'> {
  const listed = (name: string) => [
    ...new Set((query.get(name) ?? '').split(/[\s,]+/).filter((scope) => scope !== '')),
  ];
  const scopes = listed('scope');
  const userScopes = flow === 'v2' ? listed('user_scope') : [];
  const all = [...scopes, ...userScopes];
  if (all.length === 0) throw refuseConsent('no_scopes', 'No scopes requested');
  const known = flow === 'openid' ? SIGN_IN_SCOPES : { has: (one: string) => scopeWords(one) !== undefined };
  const unknown = all.filter((scope) => !known.has(scope));
  if (unknown.length > 0 || (flow === 'openid' && !scopes.includes('openid')))
    throw refuseConsent('invalid_scope', `Invalid permissions requested: invalid_scope ${unknown.join(',')}`);
  const personal = flow === 'openid' || flow === 'v2_user';
  return personal ? { scopes: [], user_scopes: scopes } : { scopes, user_scopes: userScopes };
}

function challengeIn(query: URLSearchParams): Pick<ConsentRequest, 'challenge'> {
  const of = query.get('code_challenge');
  if (!of) return {};
  return { challenge: { of, method: query.get('code_challenge_method') === 'S256' ? 'S256' : 'plain' } };
}

function checkPublicClient({ app, back, challenge, scopes, flow }: ConsentRequest): void {
  const custom = CUSTOM_SCHEME.test(back);
  if (challenge && !app.pkce && (flow === 'v2' || flow === 'classic'))
    throw refuseConsent('pkce_not_allowed', 'This app is not allowed to use the PKCE flow');
  if (custom && app.redirect_urls !== undefined && !(app.pkce && challenge))
    throw refuseConsent('pkce_required', 'Redirecting to a custom URI scheme requires PKCE');
  if (app.pkce && (custom || LOOPBACK.test(back)) && scopes.length > 0)
    throw refuseConsent('invalid_scope', 'Desktop redirects are not allowed to request bot scopes');
}

function webhookChannel(world: World, id: string | undefined): string {
  const channel = id === undefined ? undefined : world.get(channels, id);
  if (!channel || channel.is_archived || channelType(channel) === 'mpim')
    throw refuseConsent('channel_required', 'A channel is required to install this app');
  return channel.id;
}

function sentBack(back: string, what: Record<string, string>): string {
  const url = new URL(back);
  for (const [name, value] of Object.entries(what)) url.searchParams.set(name, value);
  return url.toString();
}

/** Codes that are good for nothing any more go, a few at a time. */
function sweep(world: World): void {
  const all = world.list(authorizations, { index: 'expires' });
  const over = all.count() - OAUTH_CODES_MAX;
  for (const [i, row] of all.toArray(SWEPT_MAX).entries())
    if (i <= over || row.expires_at + OAUTH_CODE_MS < world.now()) world.remove(authorizations, row.id);
}
