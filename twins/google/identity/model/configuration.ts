/** What programs ask first of an OpenID provider. https://developers.google.com/identity/openid-connect/openid-connect */
import type { World } from '../../../../src/world/world.ts';
import { addressOf, issuerOf } from '../../address.ts';

/** `GET /.well-known/openid-configuration`: where everything is, by the way that the request came. */
export function openidConfiguration(world: World): Record<string, unknown> {
  const tokens = addressOf(world, 'oauth2.googleapis.com');
  return {
    issuer: issuerOf(world),
    authorization_endpoint: `${issuerOf(world)}/o/oauth2/v2/auth`,
    device_authorization_endpoint: `${tokens}/device/code`,
    token_endpoint: `${tokens}/token`,
    userinfo_endpoint: `${addressOf(world, 'openidconnect.googleapis.com')}/v1/userinfo`,
    revocation_endpoint: `${tokens}/revoke`,
    jwks_uri: `${addressOf(world, 'www.googleapis.com')}/oauth2/v3/certs`,
    response_types_supported: RESPONSE_TYPES,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid', 'email', 'profile'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    claims_supported: CLAIMS,
    code_challenge_methods_supported: ['plain', 'S256'],
    grant_types_supported: [
      'authorization_code',
      'refresh_token',
      'urn:ietf:params:oauth:grant-type:device_code',
      'urn:ietf:params:oauth:grant-type:jwt-bearer',
    ],
  };
}

const RESPONSE_TYPES = [
  'code',
  'token',
  'id_token',
  'code token',
  'code id_token',
  'token id_token',
  'code token id_token',
  'none',
];
const CLAIMS = [
  'aud',
  'email',
  'email_verified',
  'exp',
  'family_name',
  'given_name',
  'iat',
  'iss',
  'name',
  'picture',
  'sub',
];
