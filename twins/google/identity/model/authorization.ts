/**
 * What a program asks when it sends a person to the consent page, and how what the person says leads back to it.
 * https://developers.google.com/identity/protocols/oauth2/web-server#creatingclient
 */
import type { World } from '../../../../src/world/world.ts';
import { missingPart, oauthError } from '../../errors.ts';
import { isScope, longScope } from '../scopes.ts';
import { type Account, accounts, grantKey, grants, projectOf } from '../world.ts';
import { issueCode } from './code.ts';
import { accountWith } from './person.ts';

/** A good request for a person's consent. */
export interface Authorization {
  clientId: string;
  redirectUri: string;
  /** As tokens carry them, in the order asked, each once. */
  scopes: readonly string[];
  state?: string;
  nonce?: string;
  /** `access_type=offline`: a refresh token is wanted too. */
  offline: boolean;
  prompt: ReadonlySet<string>;
  loginHint?: string;
  /** Scopes granted before are in the new tokens too. */
  incremental: boolean;
  challenge?: { text: string; method: 'plain' | 'S256' };
}

const PROMPTS = new Set(['none', 'consent', 'select_account']);
const METHODS = ['plain', 'S256'] as const;
const ACCESS_TYPES = ['online', 'offline'];

/**
 * Reads the page's address. What is wrong with it is shown to the person, never sent on to the program: throws
 * `invalid_request`, `invalid_client`, `invalid_scope`, `redirect_uri_mismatch`, `unsupported_response_type`.
 */
export function readAuthorization(world: World, query: URLSearchParams): Authorization {
  const said = (name: string) => query.get(name) || undefined;
  const clientId = must(said('client_id'), 'client_id');
  if (clientId !== projectOf(world).clientId)
    throw oauthError('invalid_client', 'The OAuth client was not found.', 401);
  const redirectUri = must(said('redirect_uri'), 'redirect_uri');
  if (!couldBeRegistered(redirectUri))
    throw oauthError(
      'redirect_uri_mismatch',
      `You can't sign in to this app because it doesn't comply with Google's OAuth 2.0 policy: redirect_uri=${redirectUri}`,
    );
  checkResponse(must(said('response_type'), 'response_type'), said('response_mode'));
  const prompt = new Set(said('prompt')?.split(/\s+/) ?? []);
  for (const one of prompt) oneOf([...PROMPTS], one, 'prompt');
  if (prompt.has('none') && prompt.size > 1) throw wrong('prompt', said('prompt'));
  const [state, nonce, loginHint] = [said('state'), said('nonce'), said('login_hint')];
  const challenge = challengeOf(said('code_challenge'), said('code_challenge_method'));
  return {
    clientId,
    redirectUri,
    scopes: scopesOf(must(said('scope'), 'scope')),
    offline: oneOf(ACCESS_TYPES, said('access_type') ?? 'online', 'access_type') === 'offline',
    incremental: said('include_granted_scopes') === 'true',
    prompt,
    ...(state === undefined ? {} : { state }),
    ...(nonce === undefined ? {} : { nonce }),
    ...(loginHint === undefined ? {} : { loginHint }),
    ...(challenge ? { challenge } : {}),
  };
}

/** The person whom `login_hint` names, by e-mail or by subject. */
export function hintedPerson(world: World, { loginHint }: Authorization): Account | undefined {
  if (loginHint === undefined) return undefined;
  const found =
    accountWith(world, loginHint) ?? world.list(accounts, { index: 'id', equals: loginHint }).first();
  return found?.serviceAccount || found?.suspended ? undefined : found;
}

/**
 * Where the browser goes with no page shown: who was hinted at has agreed to all of it before; or `prompt=none` wants
 * no page and there must be one. Undefined: the page is to be shown.
 */
export function answeredBefore(world: World, asked: Authorization): string | undefined {
  const person = hintedPerson(world, asked);
  const may = !asked.prompt.has('consent') && !asked.prompt.has('select_account');
  if (may && person && hasAgreed(world, asked, person))
    return accepted(world, asked, { person, scopes: asked.scopes, shown: false });
  return asked.prompt.has('none') ? refused(asked, 'interaction_required') : undefined;
}

/**
 * The person allows `scopes`, or those of them that were asked: the address in the program that the browser goes to,
 * with the code. Throws `invalid_request` for somebody who is not there.
 */
export function allow(
  world: World,
  asked: Authorization,
  { email, scopes }: { email: string; scopes: readonly string[] },
): string {
  const person = accountWith(world, email);
  if (!person || person.serviceAccount || person.suspended)
    throw oauthError('invalid_request', `Couldn’t find your Google Account${email ? `: ${email}` : ''}`);
  const granted = asked.scopes.filter((scope) => scopes.includes(scope));
  if (granted.length === 0) return deny(asked);
  const shown = asked.prompt.has('consent') || !hasAgreed(world, asked, person);
  return accepted(world, asked, { person, scopes: granted, shown });
}

/** The person denies: where the browser goes. */
export const deny = (asked: Authorization): string => refused(asked, 'access_denied');

function accepted(
  world: World,
  asked: Authorization,
  { person, scopes, shown }: { person: Account; scopes: readonly string[]; shown: boolean },
): string {
  const key = grantKey(asked.clientId, person.primaryEmail);
  const before = world.get(grants, key)?.scopes ?? [];
  const all = [...new Set([...before, ...scopes])];
  const row = { key, email: person.primaryEmail, clientId: asked.clientId, scopes: all, at: world.now() };
  if (all.length > before.length)
    if (before.length > 0) world.update(grants, key, row);
    else world.insert(grants, row);
  const given = asked.incremental ? all : [...scopes];
  // A refresh token comes with a consent, not with each sign-in after it.
  const code = issueCode(world, asked, { email: person.primaryEmail, scopes: given, refresh: shown });
  const { domain } = projectOf(world);
  return backTo(asked, {
    state: asked.state,
    code,
    scope: given.join(' '),
    authuser: '0',
    hd: person.primaryEmail.endsWith(`@${domain}`) ? domain : undefined,
    prompt: shown ? 'consent' : 'none',
  });
}

const refused = (asked: Authorization, error: string): string => backTo(asked, { error, state: asked.state });

function backTo({ redirectUri }: Authorization, params: Record<string, string | undefined>): string {
  const query = Object.entries(params)
    .filter((pair): pair is [string, string] => pair[1] !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(value).replace(/%2F/g, '/').replace(/%3A/g, ':')}`)
    .join('&');
  return `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${query}`;
}

function hasAgreed(world: World, { clientId, scopes }: Authorization, { primaryEmail }: Account): boolean {
  const granted = world.get(grants, grantKey(clientId, primaryEmail))?.scopes ?? [];
  return scopes.every((scope) => granted.includes(scope));
}

/**
 * Whether the cloud console would take this address for a web client: https, or http on the machine itself; nothing
 * behind `#`, nobody before `@`. https://developers.google.com/identity/protocols/oauth2/web-server#uri-validation
 */
function couldBeRegistered(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  const own = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return (
    (protocol === 'https:' || (protocol === 'http:' && own)) && !username && !password && !text.includes('#')
  );
}

function checkResponse(type: string, mode: string | undefined): void {
  const types = type.split(/\s+/);
  if (!types.every((one) => ['code', 'token', 'id_token', 'none'].includes(one)))
    throw oauthError('unsupported_response_type', `Invalid response_type: ${type}`);
  if (type !== 'code') throw missingPart(`response_type=${type} of the consent page`);
  if (mode !== undefined && mode !== 'query') throw missingPart(`response_mode=${mode} of the consent page`);
}

function scopesOf(text: string): string[] {
  const asked = [...new Set(text.split(/\s+/).filter(Boolean))];
  const invalid = asked.filter((one) => !isScope(one));
  if (invalid.length > 0)
    throw oauthError(
      'invalid_scope',
      `Some requested scopes were invalid. {invalid=[${invalid.join(', ')}]}`,
    );
  return [...new Set(asked.map(longScope))];
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
