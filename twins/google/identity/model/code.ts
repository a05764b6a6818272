/** Authorization codes: given out by the consent page, good once and for a short time. */
import { createHash } from 'node:crypto';
import { BASE64URL } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { oauthError } from '../../errors.ts';
import { AUTHORIZATION_CODE_SECONDS } from '../../limits.ts';
import { type AuthorizationCode, authorizationCodes, digestOf } from '../world.ts';
import type { Authorization } from './authorization.ts';

/** Dead codes that one issue sweeps away, so that the table stays bounded. */
const SWEPT_MAX = 50;

/** A new code's text, which is kept nowhere. */
export function issueCode(
  world: World,
  { client: { clientId }, redirectUri, offline, nonce, challenge }: Authorization,
  { email, scopes, refresh }: { email: string; scopes: string[]; refresh: boolean },
): string {
  const dead = world
    .list(authorizationCodes, { index: 'expiresAt', where: ({ expiresAt }) => expiresAt <= world.now() })
    .toArray(SWEPT_MAX);
  for (const { digest } of dead) world.remove(authorizationCodes, digest);
  const nth = world.next('google.authorizationCode');
  const code = `4/0A${world.secret(['google', 'code', nth], 69, BASE64URL)}`;
  world.insert(authorizationCodes, {
    digest: digestOf(code),
    email,
    clientId,
    redirectUri,
    scopes,
    refresh: offline && refresh,
    offline,
    expiresAt: world.now() + AUTHORIZATION_CODE_SECONDS * 1_000,
    ...(nonce === undefined ? {} : { nonce }),
    ...(challenge ? { challenge } : {}),
  });
  return code;
}

/**
 * What a code was given for; from now on it is good for nothing. Throws `invalid_grant`, `invalid_request`,
 * `redirect_uri_mismatch`.
 */
export function redeemCode(
  world: World,
  clientId: string,
  shown: { code: string | undefined; redirectUri: string | undefined; verifier: string | undefined },
): AuthorizationCode {
  if (!shown.code) throw oauthError('invalid_request', 'Missing required parameter: code');
  const row = world.get(authorizationCodes, digestOf(shown.code));
  if (!row || row.clientId !== clientId) throw oauthError('invalid_grant', 'Malformed auth code.');
  if (row.used || row.expiresAt <= world.now()) throw oauthError('invalid_grant', 'Bad Request');
  if (shown.redirectUri !== row.redirectUri) throw oauthError('redirect_uri_mismatch', 'Bad Request');
  checkVerifier(row, shown.verifier);
  return world.update(authorizationCodes, row.digest, { used: true });
}

/** Proof Key for Code Exchange, RFC 7636. */
function checkVerifier({ challenge }: AuthorizationCode, verifier: string | undefined): void {
  if (!challenge) {
    if (verifier) throw oauthError('invalid_grant', 'code_verifier or verifier is not needed.');
    return;
  }
  if (!verifier) throw oauthError('invalid_grant', 'Missing code verifier.');
  const made =
    challenge.method === 'S256' ? createHash('sha256').update(verifier).digest('base64url') : verifier;
  if (made !== challenge.text) throw oauthError('invalid_grant', 'Invalid code verifier.');
}
