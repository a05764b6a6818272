/**
 * What a person says to a program's request, and how that leads back to the program.
 * https://developers.google.com/identity/protocols/oauth2/web-server#handlingresponse
 */
import type { World } from '../../../../src/world/world.ts';
import { oauthError } from '../../errors.ts';
import { ACCESS_TOKEN_SECONDS } from '../../limits.ts';
import { type Account, grantKey, grants, projectOf } from '../world.ts';
import { type Authorization, hintedPerson, isHosted, type ResponseMode } from './authorization.ts';
import { issueCode } from './code.ts';
import { idToken } from './idToken.ts';
import { accountWith } from './person.ts';
import { issueAccessToken } from './token.ts';

/** What goes back to the program, and how: in the address, behind its `#`, or as a form that the browser sends. */
export interface LedBack {
  to: string;
  mode: ResponseMode;
  params: readonly (readonly [string, string])[];
}

/**
 * Where the browser goes with no page shown: who was hinted at has agreed to all of it before; or `prompt=none` wants
 * no page and there must be one. Undefined: the page is to be shown.
 */
export function answeredBefore(world: World, asked: Authorization): LedBack | undefined {
  const person = hintedPerson(world, asked);
  const may = !asked.prompt.has('consent') && !asked.prompt.has('select_account');
  if (may && person && isHosted(asked, person.primaryEmail) && hasAgreed(world, asked, person))
    return accepted(world, asked, { person, scopes: asked.scopes, shown: false });
  return asked.prompt.has('none') ? refused(asked, 'interaction_required') : undefined;
}

/**
 * The person allows `scopes`, or those of them that were asked. Throws `invalid_request` for somebody who is not there,
 * `org_internal` for one whom `hd` leaves out.
 */
export function allow(
  world: World,
  asked: Authorization,
  { email, scopes }: { email: string; scopes: readonly string[] },
): LedBack {
  const person = personSaying(world, email);
  if (!isHosted(asked, person.primaryEmail))
    throw oauthError('org_internal', `Choose an account of ${asked.hostedDomain}.`, 403);
  const granted = asked.scopes.filter((scope) => scopes.includes(scope));
  if (granted.length === 0) return deny(asked);
  const shown = asked.prompt.has('consent') || !hasAgreed(world, asked, person);
  return accepted(world, asked, { person, scopes: granted, shown });
}

/** The person denies. */
export const deny = (asked: Authorization): LedBack => refused(asked, 'access_denied');

/** Who presses a button of a page. Throws `invalid_request` for somebody who is not there. */
export function personSaying(world: World, email: string): Account {
  const person = accountWith(world, email);
  if (!person || person.serviceAccount || person.suspended)
    throw oauthError('invalid_request', `Couldn’t find your Google Account${email ? `: ${email}` : ''}`);
  return person;
}

/** Writes down that a person let a program do more; gives all that it may now. */
export function widenGrant(
  world: World,
  { clientId, email }: { clientId: string; email: string },
  scopes: readonly string[],
): string[] {
  const key = grantKey(clientId, email);
  const before = world.get(grants, key)?.scopes ?? [];
  const all = [...new Set([...before, ...scopes])];
  if (all.length > before.length) world.put(grants, { key, email, clientId, scopes: all, at: world.now() });
  return all;
}

/** The address that the browser goes to, where the answer is in it. */
export function addressBack({ to, mode, params }: LedBack): string {
  const text = params.map(([name, value]) => `${name}=${inAddress(value)}`).join('&');
  if (mode === 'fragment') return `${to}#${text}`;
  return `${to}${to.includes('?') ? '&' : '?'}${text}`;
}

const inAddress = (value: string) => encodeURIComponent(value).replace(/%2F/g, '/').replace(/%3A/g, ':');

function accepted(
  world: World,
  asked: Authorization,
  { person, scopes, shown }: { person: Account; scopes: readonly string[]; shown: boolean },
): LedBack {
  const [{ clientId }, email] = [asked.client, person.primaryEmail];
  const all = widenGrant(world, { clientId, email }, scopes);
  const given = asked.incremental ? all : [...scopes];
  const { domain } = projectOf(world);
  // A refresh token comes with a consent, not with each sign-in after it.
  const code = asked.response.has('code')
    ? issueCode(world, asked, { email, scopes: given, refresh: shown })
    : undefined;
  return backTo(asked, {
    state: asked.state,
    ...tokensAtOnce(world, asked, { email, scopes: given, code }),
    code,
    scope: given.join(' '),
    authuser: '0',
    hd: email.endsWith(`@${domain}`) ? domain : undefined,
    prompt: shown ? 'consent' : 'none',
  });
}

/** What the implicit and hybrid flows bring with no second request. */
function tokensAtOnce(
  world: World,
  { client: { clientId }, response, nonce }: Authorization,
  { email, scopes, code }: { email: string; scopes: string[]; code: string | undefined },
): Record<string, string | undefined> {
  const access = response.has('token') ? issueAccessToken(world, { email, clientId, scopes }) : undefined;
  return {
    ...(access
      ? { access_token: access.token, token_type: 'Bearer', expires_in: String(ACCESS_TOKEN_SECONDS) }
      : {}),
    ...(response.has('id_token')
      ? {
          id_token: idToken(world, { email, audience: clientId, scopes, nonce, beside: access?.token, code }),
        }
      : {}),
  };
}

const refused = (asked: Authorization, error: string): LedBack =>
  backTo(asked, { error, state: asked.state });

const backTo = (
  { redirectUri, mode }: Authorization,
  params: Readonly<Record<string, string | undefined>>,
): LedBack => ({
  to: redirectUri,
  mode,
  params: Object.entries(params).filter((pair): pair is [string, string] => pair[1] !== undefined),
});

function hasAgreed(world: World, { client, scopes }: Authorization, { primaryEmail }: Account): boolean {
  const granted = world.get(grants, grantKey(client.clientId, primaryEmail))?.scopes ?? [];
  return scopes.every((scope) => granted.includes(scope));
}
