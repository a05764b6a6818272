/** What Slack says of its own ways in, for programs that find them out. */
import type { World } from '../../../../src/world/world.ts';
import { USER_SCOPES } from '../../scopes.ts';
import type { Json } from '../../world.ts';
import { slackUrl } from '../url.ts';

/** `/.well-known/oauth-authorization-server`: how a program gets to act for a person. RFC 8414 */
export function oauthConfiguration(world: World): Json {
  const at = slackUrl(world);
  return {
    issuer: at,
    authorization_endpoint: `${at}/oauth/v2_user/authorize`,
    token_endpoint: `${at}/api/oauth.v2.user.access`,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_methods_supported: ['client_secret_post'],
    code_challenge_methods_supported: ['S256'],
    scopes_supported: USER_SCOPES,
  };
}

/** `/.well-known/openid-configuration` */
export function openidConfiguration(world: World): Json {
  const at = slackUrl(world);
  return {
    issuer: at,
    authorization_endpoint: `${at}/openid/connect/authorize`,
    token_endpoint: `${at}/api/openid.connect.token`,
    userinfo_endpoint: `${at}/api/openid.connect.userInfo`,
    jwks_uri: `${at}/openid/connect/keys`,
    scopes_supported: ['openid', 'profile', 'email'],
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    claims_supported: ['sub', 'auth_time', 'iss'],
    claims_parameter_supported: false,
    request_parameter_supported: false,
    request_uri_parameter_supported: true,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
  };
}
