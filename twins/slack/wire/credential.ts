/**
 * Tokens: where a request carries one, whether it is good, and what it allows.
 * https://docs.slack.dev/authentication/tokens
 */
import type { DecodedBody } from '../../../src/body.ts';
import type { Call } from '../../../src/twin.ts';
import { header, type WireRequest } from '../../../src/wire.ts';
import type { World } from '../../../src/world/world.ts';
import { missingScope, refuse } from '../errors.ts';
import { holds } from '../model/apps/scope.ts';
import { isExpired } from '../model/apps/token.ts';
import { LINK_PATH, ticketOf } from '../model/events/link.ts';
import { STREAM_PATH } from '../model/events/stream.ts';
import { apps, isObject, type Token, tokens, users } from '../world.ts';
import { argumentsOf, violation } from './conventions.ts';
import { TAKE_A_TEAM } from './teams.ts';

/** Which kinds of token a method takes, and which scopes each kind needs (any of them); none: no scope. */
export interface Grants {
  bot?: readonly string[];
  user?: readonly string[];
  app?: readonly string[];
  config?: readonly string[];
  /** Of classic apps alone: today's tokens are of the wrong type where they lack a scope. */
  classic?: true;
}

/** The token that a request carries, good or not. */
export function carried(request: WireRequest, query: () => URLSearchParams, body: DecodedBody): string {
  const authorization = header(request.headers, 'authorization');
  const bearer = authorization && /^Bearer\s+(.+)$/i.exec(authorization)?.[1]?.trim();
  if (bearer) return bearer;
  const inBody = isObject(body.value) ? body.value.token : undefined;
  if (typeof inBody === 'string' && inBody !== '') return inBody;
  return request.query.includes('token=') ? (query().get('token') ?? '') : '';
}

/** The good token of a request: who is calling. */
export function identify(world: World, request: WireRequest, body: DecodedBody): Token | undefined {
  const ticket = ticketIn(request);
  const text = ticket
    ? (ticketOf(world, ticket)?.token ?? '')
    : carried(request, () => new URLSearchParams(request.query), body);
  const token = text === '' ? undefined : world.get(tokens, text);
  return token && isGood(world, token) ? token : undefined;
}

/** What the address of a WebSocket carries. */
function ticketIn({ path, query }: WireRequest): string | null {
  if (path.startsWith(LINK_PATH)) return new URLSearchParams(query).get('ticket');
  return path.startsWith(STREAM_PATH) ? path.slice(STREAM_PATH.length) : null;
}

/** Throws the refusal of a request that breaks the conventions or carries no good token. */
export function authenticate(call: Call<Token>): void {
  const wrong = violation(call);
  if (wrong) throw wrong;
  if (call.actor as Token | undefined) return;
  const text = carried(call.request, () => call.query, call.body);
  if (text === '') throw refuse('not_authed');
  const token = call.world.get(tokens, text);
  if (!token) throw refuse('invalid_auth');
  // A bot that was taken out of the workspace is as good as deactivated.
  const removed = token.kind === 'bot' && call.world.get(apps, token.app)?.uninstalled === true;
  if (token.revoked && !removed) throw refuse('token_revoked');
  throw refuse(isExpired(call.world, token) ? 'token_expired' : 'account_inactive');
}

/** Throws `not_allowed_token_type`, `team_access_not_granted` or `missing_scope`. */
export function authorize(call: Call<Token>): void {
  const grants = call.endpoint.traits?.grants as Grants | undefined;
  if (!grants) return;
  const { kind, scopes, team } = call.actor;
  const wanted = grants[kind];
  if (!wanted) throw refuse('not_allowed_token_type');
  const named = argumentsOf(call).team_id;
  if (TAKE_A_TEAM.has(call.endpoint.id) && typeof named === 'string' && named !== '' && named !== team)
    throw refuse('team_access_not_granted');
  if (wanted.length === 0 || wanted.some((scope) => holds(scopes, scope))) return;
  throw grants.classic ? refuse('not_allowed_token_type') : missingScope(wanted, scopes);
}

const isGood = (world: World, token: Token): boolean =>
  !token.revoked && !isExpired(world, token) && world.get(users, token.user)?.deleted !== true;
