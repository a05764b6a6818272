/** What an issuer tells programs about itself: RFC 8414 and OpenID Connect Discovery. */
import type { World } from '../../../../src/world/world.ts';
import { RESPONSE_MODES } from './authorization.ts';
import { CONTENT_ENCRYPTION_ALGORITHMS, KEY_ENCRYPTION_ALGORITHMS } from './encryption.ts';
import { GRANT_TYPES } from './grant.ts';
import type { Issuer } from './issuer.ts';
import { publishedScopes } from './scope.ts';
import { SIGNING_ALGORITHMS } from './signedByClient.ts';

const AUTH_METHODS = [
  'client_secret_basic',
  'client_secret_post',
  'client_secret_jwt',
  'private_key_jwt',
  'none',
];
const SIGNED = SIGNING_ALGORITHMS.filter((one) => !one.startsWith('HS'));
const COMBINED = ['code id_token', 'code token', 'id_token token', 'code id_token token'];
const TOKEN_CLAIMS = ['ver', 'jti', 'iss', 'aud', 'iat', 'exp', 'cid', 'uid', 'scp', 'sub'];
const ID_CLAIMS = (
  'iss ver sub aud iat exp jti auth_time amr idp nonce name nickname preferred_username given_name middle_name ' +
  'family_name email email_verified profile zoneinfo locale address phone_number picture website gender birthdate ' +
  'updated_at at_hash c_hash'
).split(' ');

/** The document of an issuer; `openid`: that of OpenID Connect, which leaves out what no person signs in for. */
export function metadata(world: World, issuer: Issuer, kind: 'openid' | 'oauth'): Record<string, unknown> {
  const at = `${issuer.at}/v1`;
  const isOpenId = kind === 'openid';
  const forPeople = (grant: string) => grant !== 'client_credentials' || !isOpenId;
  return {
    issuer: issuer.url,
    authorization_endpoint: `${at}/authorize`,
    token_endpoint: `${at}/token`,
    ...(isOpenId ? { userinfo_endpoint: `${at}/userinfo` } : {}),
    registration_endpoint: `${world.base()}/oauth2/v1/clients`,
    jwks_uri: `${at}/keys`,
    response_types_supported: ['code', ...(isOpenId ? [] : ['token']), 'id_token', ...COMBINED],
    response_modes_supported: RESPONSE_MODES,
    grant_types_supported: ['implicit', ...GRANT_TYPES].filter(forPeople),
    subject_types_supported: ['public'],
    ...(isOpenId
      ? {
          id_token_signing_alg_values_supported: ['RS256'],
          id_token_encryption_alg_values_supported: KEY_ENCRYPTION_ALGORITHMS,
          id_token_encryption_enc_values_supported: CONTENT_ENCRYPTION_ALGORITHMS,
        }
      : {}),
    scopes_supported: publishedScopes(world, issuer),
    token_endpoint_auth_methods_supported: AUTH_METHODS,
    claims_supported: isOpenId ? ID_CLAIMS : TOKEN_CLAIMS,
    code_challenge_methods_supported: ['S256'],
    introspection_endpoint: `${at}/introspect`,
    introspection_endpoint_auth_methods_supported: AUTH_METHODS,
    revocation_endpoint: `${at}/revoke`,
    revocation_endpoint_auth_methods_supported: AUTH_METHODS,
    end_session_endpoint: `${at}/logout`,
    request_parameter_supported: true,
    request_object_signing_alg_values_supported: SIGNING_ALGORITHMS,
    device_authorization_endpoint: `${at}/device/authorize`,
    pushed_authorization_request_endpoint: `${at}/par`,
    backchannel_token_delivery_modes_supported: ['poll'],
    backchannel_authentication_request_signing_alg_values_supported: SIGNING_ALGORITHMS,
    backchannel_authentication_endpoint: `${at}/bc/authorize`,
    dpop_signing_alg_values_supported: SIGNED,
  };
}
