/**
 * What a program asks when it sends a person to the consent page.
 * https://developers.google.com/identity/protocols/oauth2/web-server#creatingclient
 */
import type { World } from '../../../../src/world/world.ts';
import { oauthError } from '../../errors.ts';
import { isScope, longScope } from '../scopes.ts';
import type { OAuthClient } from '../world/client.ts';
import { oauthClients } from '../world/client.ts';
import { type Account, accounts } from '../world.ts';
import { accountWith } from './person.ts';
import { checkRedirect } from './redirect.ts';

export type ResponseMode = 'query' | 'fragment' | 'form_post';

/** A good request for a person's consent. */
export interface Authorization {
  client: OAuthClient;
  redirectUri: string;
  /** What is wanted: a code, an access token at once, an ID token at once. */
  response: ReadonlySet<string>;
  mode: ResponseMode;
  /** As tokens carry them, in the order asked, each once. */
  scopes: readonly string[];
  state?: string;
  nonce?: string;
  /** `access_type=offline`: a refresh token is wanted too. */
  offline: boolean;
  prompt: ReadonlySet<string>;
  loginHint?: string;
  /** The domain whose people may sign in; `*` for any domain, but no private account. */
  hostedDomain?: string;
  /** Scopes granted before are in the new tokens too. */
  incremental: boolean;
  challenge?: { text: string; method: 'plain' | 'S256' };
}

const PROMPTS = ['none', 'consent', 'select_account'];
const METHODS = ['plain', 'S256'] as const;
const ACCESS_TYPES = ['online', 'offline'];
const RESPONSES = new Set(['code', 'token', 'id_token', 'none']);
const MODES = ['query', 'fragment', 'form_post'] as const;

/**
 * Reads the page's address. What is wrong with it is shown to the person, never sent on to the program: throws
 * `invalid_request`, `invalid_client`, `invalid_scope`, `redirect_uri_mismatch`, `unsupported_response_type`.
 */
export function readAuthorization(world: World, query: URLSearchParams): Authorization {
  const said = (name: string) => query.get(name) || undefined;
  const client = clientWith(world, must(said('client_id'), 'client_id'));
  const redirectUri = must(said('redirect_uri'), 'redirect_uri');
  checkRedirect(client, redirectUri);
  const response = responseOf(must(said('response_type'), 'response_type'));
  const mode = modeOf(response, said('response_mode'));
  const prompt = new Set(said('prompt')?.split(/\s+/) ?? []);
  for (const one of prompt) oneOf(PROMPTS, one, 'prompt');
  if (prompt.has('none') && prompt.size > 1) throw wrong('prompt', said('prompt'));
  const [state, nonce, loginHint, hostedDomain] = ['state', 'nonce', 'login_hint', 'hd'].map(said);
  if (response.has('id_token') && nonce === undefined) throw missing('nonce');
  if (!response.has('code') && said('access_type') !== undefined)
    throw oauthError('invalid_request', 'Parameter not allowed for this message type: access_type');
  const challenge = challengeOf(said('code_challenge'), said('code_challenge_method'));
  return {
    client,
    redirectUri,
    response,
    mode,
    scopes: scopesOf(must(said('scope'), 'scope')),
    offline: oneOf(ACCESS_TYPES, said('access_type') ?? 'online', 'access_type') === 'offline',
    incremental: said('include_granted_scopes') === 'true',
    prompt,
    ...(state === undefined ? {} : { state }),
    ...(nonce === undefined ? {} : { nonce }),
    ...(loginHint === undefined ? {} : { loginHint }),
    ...(hostedDomain === undefined ? {} : { hostedDomain }),
    ...(challenge ? { challenge } : {}),
  };
}

/** The client with this id. Throws `invalid_client`. */
export const clientWith = (world: World, clientId: string): OAuthClient =>
  world.require(oauthClients, clientId, () =>
    oauthError('invalid_client', 'The OAuth client was not found.', 401),
  );

/** The person whom `login_hint` names, by e-mail or by subject. */
export function hintedPerson(world: World, { loginHint }: Authorization): Account | undefined {
  if (loginHint === undefined) return undefined;
  const found =
    accountWith(world, loginHint) ?? world.list(accounts, { index: 'id', equals: loginHint }).first();
  return found?.serviceAccount || found?.suspended ? undefined : found;
}

/** Whether `hd` leaves a person in. */
export const isHosted = ({ hostedDomain }: Authorization, email: string): boolean =>
  hostedDomain === undefined ||
  hostedDomain === '*' ||
  email.toLowerCase().endsWith(`@${hostedDomain.toLowerCase()}`);

/** The scopes of a request, as tokens carry them. Throws `invalid_scope`. */
export function scopesOf(text: string): string[] {
  const asked = [...new Set(text.split(/\s+/).filter(Boolean))];
  const invalid = asked.filter((one) => !isScope(one));
  if (invalid.length > 0)
    throw oauthError(
      'invalid_scope',
      `Some requested scopes were invalid. {invalid=[${invalid.join(', ')}]}`,
    );
  return [...new Set(asked.map(longScope))];
}

function responseOf(text: string): ReadonlySet<string> {
  const types = new Set(text.split(/\s+/));
  const alone = types.has('none') && types.size > 1;
  if (alone || ![...types].every((one) => RESPONSES.has(one)))
    throw oauthError('unsupported_response_type', `Invalid response_type: ${text}`);
  return types;
}

/** Tokens never stand in a query, where servers write them down. */
function modeOf(response: ReadonlySet<string>, said: string | undefined): ResponseMode {
  const holdsTokens = response.has('token') || response.has('id_token');
  const mode = oneOf(MODES, said ?? (holdsTokens ? 'fragment' : 'query'), 'response_mode');
  if (holdsTokens && mode === 'query') throw wrong('response_mode', said);
  return mode;
}

function challengeOf(text: string | undefined, method: string | undefined): Authorization['challenge'] {
  if (method !== undefined && text === undefined) throw missing('code_challenge');
  if (text === undefined) return undefined;
  return { text, method: oneOf(METHODS, method ?? 'plain', 'code_challenge_method') };
}

const missing = (name: string) => oauthError('invalid_request', `Required parameter is missing: ${name}`);
const wrong = (name: string, value: string | undefined) =>
  oauthError('invalid_request', `Invalid parameter value for ${name}: Invalid ${name}: ${value}`);

function must(value: string | undefined, name: string): string {
  if (value === undefined) throw missing(name);
  return value;
}

function oneOf<T extends string>(known: readonly T[], value: string, name: string): T {
  const found = known.find((one) => one === value);
  if (found === undefined) throw wrong(name, value);
  return found;
}
