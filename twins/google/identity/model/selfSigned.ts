/**
 * Service accounts that show a token of their own signing, with no request for one before: for one API, or with scopes.
 * https://developers.google.com/identity/protocols/oauth2/service-account#jwt-auth
 */
import type { World } from '../../../../src/world/world.ts';
import { isScope, STANDING_SCOPES } from '../scopes.ts';
import { accounts } from '../world.ts';
import { isShortLived, isSignedBy, signedIn } from './assertion.ts';

/** Who signed `token` and what it reaches at the API of `host`; undefined where it is not good there. */
export function selfSigned(
  world: World,
  token: string,
  host: string,
): { email: string; clientId: string; scopes: readonly string[] } | undefined {
  const signed = token.startsWith('eyJ') ? signedIn(token) : undefined;
  if (!signed) return undefined;
  const { iss, sub, aud, scope } = signed.claims;
  const account = typeof iss === 'string' ? world.get(accounts, iss.toLowerCase()) : undefined;
  if (!account?.serviceAccount || sub !== iss) return undefined;
  if (!isShortLived(world, signed.claims) || !isSignedBy(world, signed, account)) return undefined;
  const named = typeof scope === 'string' ? scope.split(/\s+/).filter(isScope) : [];
  const scopes = named.length > 0 ? named : isFor(world, aud, host) ? STANDING_SCOPES : undefined;
  return scopes && { email: account.primaryEmail, clientId: account.id, scopes };
}

/** The audience is the API's address, with a slash at its end. */
const isFor = (world: World, audience: unknown, host: string): boolean =>
  [`https://${host}/`, 'https://www.googleapis.com/', `${world.base()}/`].includes(
    `${String(audience).replace(/\/$/, '')}/`,
  );
