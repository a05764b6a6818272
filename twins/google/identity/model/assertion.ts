/**
 * A service account's signed assertion (RFC 7523): whose key signed it, for whom it asks, what for.
 * https://developers.google.com/identity/protocols/oauth2/service-account#error-codes
 */
import { jwt } from '../../../../src/jwt.ts';
import type { World } from '../../../../src/world/world.ts';
import { oauthError } from '../../errors.ts';
import { ASSERTION_SECONDS_MAX, CLOCK_SKEW_SECONDS } from '../../limits.ts';
import { isScope } from '../scopes.ts';
import { type Account, accounts, projectOf, serviceAccountKeys } from '../world.ts';

/** What a good assertion asks for: an access token, or (`audience`) an ID token. */
export interface AssertedGrant {
  email: string;
  clientId: string;
  scopes: string[];
  audience?: string;
}

/** Official clients write this audience whatever the key file says. */
const VENDOR_AUDIENCES = [
  'https://oauth2.googleapis.com/token',
  'https://www.googleapis.com/oauth2/v4/token',
  'https://accounts.google.com/o/oauth2/token',
];

/** Checks an assertion. Throws `invalid_grant`, `invalid_scope`, `unauthorized_client`. */
export function assertedGrant(world: World, assertion: string): AssertedGrant {
  const decoded = jwt().decode(assertion, { complete: true });
  if (!decoded || typeof decoded.payload !== 'object')
    throw oauthError('invalid_grant', 'Invalid JWT: Token must be a JWT with three parts.');
  const claims = decoded.payload;
  const account = accountOf(world, claims.iss);
  checkSignature(world, assertion, account, decoded.header.kid, decoded.header.alg);
  checkAudience(world, claims.aud);
  checkTimes(world, claims);
  const audience: unknown = claims.target_audience;
  const subject = claims.sub && claims.sub !== account.primaryEmail ? claims.sub : undefined;
  if (typeof audience === 'string' && audience)
    return { email: account.primaryEmail, clientId: account.id, scopes: [], audience };
  const scopes = scopesOf(claims.scope);
  return {
    email: subject === undefined ? account.primaryEmail : delegate(world, subject, scopes),
    clientId: account.id,
    scopes,
  };
}

function accountOf(world: World, issuer: unknown): Account {
  const account = typeof issuer === 'string' ? world.get(accounts, issuer.toLowerCase()) : undefined;
  if (!account?.serviceAccount) throw oauthError('invalid_grant', 'Invalid grant: account not found');
  return account;
}

function checkSignature(
  world: World,
  assertion: string,
  account: Account,
  keyId: string | undefined,
  algorithm: string,
): void {
  const keys = world
    .list(serviceAccountKeys, { index: 'email', equals: account.primaryEmail })
    .toArray()
    .filter((key) => keyId === undefined || key.keyId === keyId);
  const signed = keys.some((key) => {
    try {
      jwt().verify(assertion, world.rsaKey(key.lent).publicKey, {
        algorithms: ['RS256'],
        ignoreExpiration: true,
        ignoreNotBefore: true,
      });
      return true;
    } catch {
      return false;
    }
  });
  if (algorithm !== 'RS256' || !signed) throw oauthError('invalid_grant', 'Invalid JWT Signature.');
}

function checkAudience(world: World, audience: unknown): void {
  const own = `${world.base()}/token`;
  const asked = Array.isArray(audience) ? audience : [audience];
  if (!asked.some((one) => one === own || VENDOR_AUDIENCES.includes(String(one))))
    throw oauthError('invalid_grant', `Invalid JWT: Failed audience check. The right audience is ${own}`);
}

function checkTimes(world: World, claims: { iat?: unknown; exp?: unknown }): void {
  const now = world.now() / 1_000;
  const { iat, exp } = claims;
  const good =
    typeof iat === 'number' &&
    typeof exp === 'number' &&
    exp > now - CLOCK_SKEW_SECONDS &&
    iat < now + CLOCK_SKEW_SECONDS &&
    exp - iat <= ASSERTION_SECONDS_MAX &&
    exp > iat;
  if (!good)
    throw oauthError(
      'invalid_grant',
      'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. ' +
        'Check your iat and exp values in the JWT claim.',
    );
}

function scopesOf(scope: unknown): string[] {
  const scopes = typeof scope === 'string' ? scope.split(/\s+/).filter(Boolean) : [];
  if (scopes.length === 0)
    throw oauthError('invalid_scope', 'Invalid OAuth scope or ID token audience provided.');
  const invalid = scopes.filter((one) => !isScope(one));
  if (invalid.length > 0)
    throw oauthError(
      'invalid_scope',
      `Some requested scopes were invalid. {invalid=[${invalid.join(', ')}]}`,
    );
  return scopes;
}

/** Domain-wide delegation: in whose name the service account may act. */
function delegate(world: World, subject: string, scopes: readonly string[]): string {
  const { delegated } = projectOf(world);
  const person = world.get(accounts, subject.toLowerCase());
  if (!person || person.serviceAccount) throw oauthError('invalid_grant', 'Invalid email or User ID');
  if (!scopes.every((scope) => delegated.includes(scope)))
    throw oauthError(
      'unauthorized_client',
      'Client is unauthorized to retrieve access tokens using this method, or client not authorized for any ' +
        'of the scopes requested.',
      401,
    );
  return person.primaryEmail;
}
