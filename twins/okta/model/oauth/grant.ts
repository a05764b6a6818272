/**
 * The token endpoint: what each kind of grant asks for, and what it gives.
 * https://developer.okta.com/docs/api/openapi/okta-oauth/oauth/tag/CustomAS/#tag/CustomAS/operation/tokenCustomAS
 */
import type { World } from '../../../../src/world/world.ts';
import { oauthError } from '../../errors.ts';
import { apiServices } from '../../world/integrations.ts';
import { org } from '../../world.ts';
import type { App } from '../apps/app.ts';
import type { User } from '../people/user.ts';
import { tryPassword } from '../signIn/passwordAttempt.ts';
import { amrOf } from '../signIn/proof.ts';
import { allowedUser } from './authorization.ts';
import { CIBA, redeemBackchannel } from './ciba.ts';
import { type Form, requireGrant, settingsOf } from './client.ts';
import { redeemCode } from './code.ts';
import { redeemDevice } from './device.ts';
import {
  MFA_OOB,
  MFA_OTP,
  OOB,
  OTP,
  requireEnough,
  type Shown,
  shownByMfaOob,
  shownByMfaOtp,
  shownByOob,
  shownByOtp,
} from './directAuth.ts';
import { findIssuer, type Issuer } from './issuer.ts';
import { type Minted, mintTokens } from './mint.ts';
import { evaluatePolicies } from './policy.ts';
import {
  findRefreshToken,
  issueRefreshToken,
  type RefreshToken,
  refreshRefused,
  useRefreshToken,
} from './refreshToken.ts';
import { grantedScopes } from './scope.ts';
import { verified } from './signing.ts';
import { liveToken, newFamily, type SignInFacts } from './token.ts';

/** A client that has proved who it is, and what it asks. */
export interface TokenRequest {
  issuer: Issuer;
  app: App;
  form: Form;
  /** Thumbprint of the key that the tokens are to be bound to. */
  jkt: string | undefined;
}

/** What goes on the wire. */
export interface TokenAnswer {
  token_type: 'Bearer' | 'DPoP';
  expires_in: number;
  access_token: string;
  scope: string;
  refresh_token?: string;
  id_token?: string;
  issued_token_type?: string;
}

const DEVICE = 'urn:ietf:params:oauth:grant-type:device_code';
const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';

/** The grants by their name. */
const GRANTS: Readonly<Record<string, (world: World, request: TokenRequest) => TokenAnswer>> = {
  authorization_code: byCode,
  interaction_code: byInteraction,
  refresh_token: byRefreshToken,
  client_credentials: byItself,
  password: byPassword,
  [DEVICE]: byDevice,
  [EXCHANGE]: byExchange,
  [CIBA]: byBackchannel,
  [OTP]: directly((world, { app, form }) => shownByOtp(world, app, form)),
  [OOB]: directly((world, { issuer, app, form }) => shownByOob(world, issuer, app, form)),
  [MFA_OTP]: directly((world, { issuer, app, form }) => shownByMfaOtp(world, issuer, app, form)),
  [MFA_OOB]: directly((world, { issuer, app, form }) => shownByMfaOob(world, issuer, app, form)),
};

/** The grants that there are. */
export const GRANT_TYPES: readonly string[] = Object.keys(GRANTS);

/**
 * Gives tokens. Throws the errors of RFC 6749 in the vendor's words; what changed until then (a code used twice takes
 * its tokens back, a device that asked too soon) is the caller's to let stand.
 */
export function grantTokens(world: World, request: TokenRequest): TokenAnswer {
  const type = request.form.grant_type ?? '';
  const grant = Object.hasOwn(GRANTS, type) ? GRANTS[type] : undefined;
  if (!type) throw oauthError('invalid_request', "The token request must specify a 'grant_type'.");
  if (!grant)
    throw oauthError(
      'unsupported_grant_type',
      'The authorization grant type is not supported by the authorization server.',
    );
  requireGrant(request.app, type);
  return grant(world, request);
}

function byCode(world: World, request: TokenRequest): TokenAnswer {
  const { issuer, app, form } = request;
  const { code, redirect_uri: redirectUri, code_verifier: verifier } = form;
  const grantType = 'authorization_code';
  const row = redeemCode(world, issuer, app, { code, redirectUri, verifier, grantType });
  const user = allowedUser(world, app, row.userId);
  return forPerson(world, request, { ...row, user, grantType });
}

/** A code by which a program that drew the sign-in itself is told that it is done. */
function byInteraction(world: World, request: TokenRequest): TokenAnswer {
  const { issuer, app, form } = request;
  const { interaction_code: code, redirect_uri: redirectUri, code_verifier: verifier } = form;
  if (!code) throw oauthError('invalid_request', "The token request must specify an 'interaction_code'.");
  const grantType = 'interaction_code';
  const row = redeemCode(world, issuer, app, { code, redirectUri, verifier, grantType });
  const user = allowedUser(world, app, row.userId);
  return forPerson(world, request, { ...row, user, grantType });
}

function byRefreshToken(world: World, request: TokenRequest): TokenAnswer {
  const { issuer, app, form } = request;
  const row = findRefreshToken(world, issuer, app, form.refresh_token);
  if (row === 'reused' || (row.jkt !== undefined && row.jkt !== request.jkt)) throw refreshRefused();
  const user = allowedUser(world, app, row.userId);
  const asked = (form.scope ?? '').split(/\s+/).filter(Boolean);
  if (!asked.every((scope) => row.scopes.includes(scope)))
    throw oauthError('invalid_scope', 'The requested scope is invalid, unknown, or malformed.');
  const scopes = asked.length > 0 ? asked : row.scopes;
  return forPerson(world, request, {
    family: row.family,
    user,
    grantType: row.grantType,
    scopes,
    authTime: row.authTime,
    how: row.how,
    before: { row, text: form.refresh_token ?? '' },
  });
}

function byItself(world: World, request: TokenRequest): TokenAnswer {
  const { issuer, app, form, jkt } = request;
  const isSigned = app.credentials.oauthClient?.token_endpoint_auth_method === 'private_key_jwt';
  if (!issuer.server && !isSigned && !world.get(apiServices, app.id))
    throw oauthError(
      'invalid_client',
      'Client Credentials requests to the Org Authorization Server must use the private_key_jwt ' +
        'token_endpoint_auth_method.',
      401,
    );
  const scopes = grantedScopes(world, issuer, app, form.scope, false);
  const grantType = 'client_credentials';
  const lifetimes = evaluatePolicies(world, issuer, { app, userId: undefined, grantType, scopes });
  const of = { issuer, app, user: undefined, scopes, family: newFamily(world), jkt };
  return answer(mintTokens(world, of, { access: true, identity: false, lifetimes, form }), scopes, jkt);
}

function byPassword(world: World, request: TokenRequest): TokenAnswer {
  const { app, form } = request;
  const tried = tryPassword(world, {}, form.username ?? '', form.password ?? '');
  if (tried.is !== 'RIGHT' || tried.user.status !== 'ACTIVE')
    throw oauthError('invalid_grant', 'The credentials provided were invalid.');
  const user = allowedUser(world, app, tried.user.id);
  return forShown(world, request, { user, proofs: [tried.proof] });
}

/** A person who showed something to the program itself. */
function directly(shown: (world: World, request: TokenRequest) => Shown) {
  return (world: World, request: TokenRequest): TokenAnswer =>
    forShown(world, request, shown(world, request));
}

function forShown(world: World, request: TokenRequest, shown: Shown): TokenAnswer {
  const { issuer, app, form } = request;
  const scopes = grantedScopes(world, issuer, app, form.scope, true);
  requireEnough(world, issuer, app, shown);
  return forPerson(world, request, {
    user: shown.user,
    scopes,
    family: newFamily(world),
    authTime: world.now(),
    grantType: form.grant_type ?? '',
    how: { amr: amrOf(shown.proofs), idp: org(world).id },
  });
}

function byDevice(world: World, request: TokenRequest): TokenAnswer {
  const { issuer, app, form } = request;
  const { scopes, allowed } = redeemDevice(world, issuer, app, form.device_code);
  const user = allowedUser(world, app, allowed.userId);
  const { authTime } = allowed;
  return forPerson(world, request, { user, scopes, family: newFamily(world), authTime, grantType: DEVICE });
}

function byBackchannel(world: World, request: TokenRequest): TokenAnswer {
  const { issuer, app, form } = request;
  const row = redeemBackchannel(world, issuer, app, form.auth_req_id);
  const user = allowedUser(world, app, row.userId);
  const { scopes, approvedAt: authTime } = row;
  return forPerson(world, request, { user, scopes, family: newFamily(world), authTime, grantType: CIBA });
}

/** A service on behalf of a person: their token for one API becomes one for another. RFC 8693 */
function byExchange(world: World, request: TokenRequest): TokenAnswer {
  const { issuer, app, form, jkt } = request;
  if (!issuer.server || form.subject_token_type !== ACCESS_TOKEN)
    throw oauthError('invalid_request', "The 'subject_token_type' is invalid.");
  if (form.audience !== undefined && !issuer.server.audiences.includes(form.audience))
    throw oauthError('invalid_target', "The 'audience' is invalid.");
  const trusted = [issuer, ...issuer.server.associated.map((id) => findIssuer(world, id))];
  const subject = trusted
    .map((one) => liveToken(world, one, verified(world, one, form.subject_token ?? '')))
    .find(Boolean);
  if (subject?.userId === undefined)
    throw oauthError('invalid_request', "The 'subject_token' is invalid or expired.");
  const user = allowedUser(world, app, subject.userId);
  const scopes = grantedScopes(world, issuer, app, form.scope, true);
  const lifetimes = evaluatePolicies(world, issuer, { app, userId: user.id, grantType: EXCHANGE, scopes });
  const of = { issuer, app, user, scopes, family: subject.family, jkt };
  const minted = mintTokens(world, of, { access: true, identity: false, lifetimes, form });
  return { ...answer(minted, scopes, jkt), issued_token_type: ACCESS_TOKEN };
}

interface Person {
  user: User;
  scopes: string[];
  family: string;
  authTime: number;
  grantType: string;
  nonce?: string;
  how?: SignInFacts | undefined;
  /** The refresh token that was shown. */
  before?: { row: RefreshToken; text: string };
}

function forPerson(world: World, { issuer, app, form, jkt }: TokenRequest, person: Person): TokenAnswer {
  const { user, scopes, family, authTime, grantType, nonce, before, how } = person;
  const lifetimes = evaluatePolicies(world, issuer, { app, userId: user.id, grantType, scopes });
  const by = { issuerKey: issuer.key, issuer: issuer.url };
  const given = { family, appId: app.id, userId: user.id, ...by, scopes, authTime };
  const lasts = scopes.includes('offline_access') && settingsOf(app).grant_types.includes('refresh_token');
  const refresh = before
    ? useRefreshToken(world, app, before.row, before.text, lifetimes)
    : lasts
      ? issueRefreshToken(world, { ...given, grantType, jkt, how }, lifetimes)
      : undefined;
  const of = { issuer, app, user, scopes, family, authTime, nonce, jkt, how };
  const wanted = { access: true, identity: scopes.includes('openid'), lifetimes, form };
  const minted = mintTokens(world, of, { ...wanted, refreshId: refresh?.id });
  return {
    ...answer(minted, scopes, jkt),
    ...(refresh ? { refresh_token: refresh.text } : {}),
    ...(minted.identity === undefined ? {} : { id_token: minted.identity }),
  };
}

const answer = (
  { access = '', seconds }: Minted,
  scopes: readonly string[],
  jkt: string | undefined,
): TokenAnswer => ({
  token_type: jkt === undefined ? 'Bearer' : 'DPoP',
  expires_in: seconds,
  access_token: access,
  scope: scopes.join(' '),
});
