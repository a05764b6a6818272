/**
 * A service account's signed assertion (RFC 7523): whose key signed it, for whom it asks, what for.
 * https://developers.google.com/identity/protocols/oauth2/service-account#error-codes
 */
import { verify } from 'node:crypto';
import type { World } from '../../../../src/world/world.ts';
import { oauthError } from '../../errors.ts';
import { ASSERTION_SECONDS_MAX, CLOCK_SKEW_SECONDS } from '../../limits.ts';
import { isScope } from '../scopes.ts';
import { type Account, accounts, projectOf, serviceAccountKeys } from '../world.ts';
import { accountWith } from './person.ts';

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
  const signed = read(assertion);
  const { claims } = signed;
  const account = accountOf(world, claims.iss);
  checkSignature(world, signed, account);
  checkAudience(world, claims.aud);
  checkTimes(world, claims);
  const audience: unknown = claims.target_audience;
  const { sub } = claims;
  const subject = typeof sub === 'string' && sub !== '' && sub !== account.primaryEmail ? sub : undefined;
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

/** A signed assertion, taken apart. */
export interface Signed {
  header: Record<string, unknown>;
  claims: Record<string, unknown>;
  /** What was signed, as it came. */
  text: string;
  signature: Uint8Array;
}

function read(assertion: string): Signed {
  const signed = signedIn(assertion);
  if (!signed) throw oauthError('invalid_grant', 'Invalid JWT: Token must be a JWT with three parts.');
  return signed;
}

/**
 * A JSON Web Token's parts; undefined for a text that is none. Takes padded parts too, as Google does: Python's
 * google-auth before 1.6 writes them, and signs them so.
 */
export function signedIn(text: string): Signed | undefined {
  const [head = '', body = '', signature = '', ...more] = text.split('.');
  const header = partOf(head);
  const claims = partOf(body);
  if (!header || !claims || signature === '' || more.length > 0) return undefined;
  return { header, claims, text: `${head}.${body}`, signature: Buffer.from(signature, 'base64url') };
}

function partOf(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function checkSignature(world: World, signed: Signed, account: Account): void {
  if (!isSignedBy(world, signed, account)) throw oauthError('invalid_grant', 'Invalid JWT Signature.');
}

/** Whether one of a service account's keys signed it. */
export function isSignedBy(world: World, { header, text, signature }: Signed, account: Account): boolean {
  if (header.alg !== 'RS256') return false;
  return world
    .list(serviceAccountKeys, { index: 'email', equals: account.primaryEmail })
    .toArray()
    .filter((key) => header.kid === undefined || key.keyId === header.kid)
    .some((key) => verify('RSA-SHA256', Buffer.from(text), world.rsaKey(key.lent).publicKey, signature));
}

function checkAudience(world: World, audience: unknown): void {
  const own = `${world.base()}/token`;
  const asked = Array.isArray(audience) ? audience : [audience];
  if (!asked.some((one) => one === own || VENDOR_AUDIENCES.includes(String(one))))
    throw oauthError('invalid_grant', `Invalid JWT: Failed audience check. The right audience is ${own}`);
}

function checkTimes(world: World, claims: { iat?: unknown; exp?: unknown }): void {
  if (!isShortLived(world, claims))
    throw oauthError(
      'invalid_grant',
      'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. ' +
        'Check your iat and exp values in the JWT claim.',
    );
}

/** Whether a token is good now, and for an hour at most. */
export function isShortLived(world: World, claims: { iat?: unknown; exp?: unknown }): boolean {
  const now = world.now() / 1_000;
  const { iat, exp } = claims;
  return (
    typeof iat === 'number' &&
    typeof exp === 'number' &&
    exp > now - CLOCK_SKEW_SECONDS &&
    iat < now + CLOCK_SKEW_SECONDS &&
    exp - iat <= ASSERTION_SECONDS_MAX &&
    exp > iat
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
  const person = accountWith(world, subject);
  if (!person || person.serviceAccount || person.suspended)
    throw oauthError('invalid_grant', 'Invalid email or User ID');
  if (!scopes.every((scope) => delegated.includes(scope)))
    throw oauthError(
      'unauthorized_client',
      'Client is unauthorized to retrieve access tokens using this method, or client not authorized for any ' +
        'of the scopes requested.',
      401,
    );
  return person.primaryEmail;
}
