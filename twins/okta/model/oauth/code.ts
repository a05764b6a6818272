/** Authorization codes: given out where somebody signed in, good once and for five minutes. */
import type { World } from '../../../../src/world/world.ts';
import { oauthError } from '../../errors.ts';
import {
  AUTHORIZATION_CODE_LASTS_MS,
  CODE_VERIFIER_CHARS_MAX,
  CODE_VERIFIER_CHARS_MIN,
} from '../../limits.ts';
import { authorizationCodes } from '../../world/oauth.ts';
import type { App } from '../apps/app.ts';
import type { Issuer } from './issuer.ts';
import { digestOf, drawn } from './opaque.ts';
import { revokeFamily, type SignInFacts } from './token.ts';
import { sweep } from './usedOnce.ts';

/** What is kept of a code; its text is kept nowhere. Times in universe milliseconds. */
export interface AuthorizationCode {
  digest: string;
  family: string;
  appId: string;
  userId: string;
  issuerKey: string;
  redirectUri: string;
  scopes: string[];
  authTime: number;
  expiresAt: number;
  how: SignInFacts;
  nonce?: string;
  /** The grant that takes it: `interaction_code` where the program drew the sign-in itself. */
  grantType?: string;
  /** S256 of the verifier. */
  challenge?: string;
  used?: true;
}

/** A new code's text. */
export function issueCode(
  world: World,
  of: Omit<AuthorizationCode, 'digest' | 'expiresAt' | 'used'>,
): string {
  sweep(world, authorizationCodes);
  const code = drawn(world, 'authorizationCode');
  world.insert(authorizationCodes, {
    ...of,
    digest: digestOf(code),
    expiresAt: world.now() + AUTHORIZATION_CODE_LASTS_MS,
  });
  return code;
}

/**
 * What a code was given for; from now on it is good for nothing. Throws `invalid_grant`, `invalid_request`; where it
 * was used before, all that came of it is taken back, which the caller must let stand.
 */
export function redeemCode(
  world: World,
  issuer: Issuer,
  app: App,
  shown: {
    code: string | undefined;
    redirectUri: string | undefined;
    verifier: string | undefined;
    grantType: string;
  },
): AuthorizationCode {
  if (!shown.code)
    throw oauthError('invalid_request', "The token request must specify an authorization 'code'.");
  const row = world.get(authorizationCodes, digestOf(shown.code));
  if (!row || row.issuerKey !== issuer.key) throw codeRefused();
  if ((row.grantType ?? 'authorization_code') !== shown.grantType) throw codeRefused();
  if (row.appId !== app.id)
    throw oauthError(
      'invalid_grant',
      "The grant was issued to another client. Ensure that the 'client_id' matches the one used at the authorize request.",
    );
  if (row.used) revokeFamily(world, row.family);
  if (row.used || row.expiresAt <= world.now()) throw codeRefused();
  const isDirect = shown.grantType === 'interaction_code' && shown.redirectUri === undefined;
  if (!isDirect && shown.redirectUri !== row.redirectUri)
    throw oauthError(
      'invalid_grant',
      "The 'redirect_uri' does not match the redirection URI used in the authorization request.",
    );
  checkVerifier(row, shown.verifier);
  return world.update(authorizationCodes, row.digest, { used: true });
}

const codeRefused = () => oauthError('invalid_grant', 'The authorization code is invalid or has expired.');

/** Proof Key for Code Exchange, RFC 7636; a verifier for a code that has no challenge is one of another code. */
function checkVerifier({ challenge }: AuthorizationCode, verifier: string | undefined): void {
  if (challenge === undefined && verifier === undefined) return;
  const fits =
    verifier !== undefined &&
    verifier.length >= CODE_VERIFIER_CHARS_MIN &&
    verifier.length <= CODE_VERIFIER_CHARS_MAX &&
    digestOf(verifier) === challenge;
  if (!fits) throw oauthError('invalid_grant', 'PKCE verification failed.');
}
