/** What the registration of a client (RFC 7591) must make sense of. https://developer.okta.com/docs/api/openapi/okta-oauth/oauth/tag/Client/ */
import { oauthError } from '../../errors.ts';
import { CIBA } from './ciba.ts';
import { KEY_ENCRYPTION_ALGORITHMS } from './encryption.ts';
import { GRANT_TYPES } from './grant.ts';
import { SIGNING_ALGORITHMS } from './signedByClient.ts';

/** What programs send of a client. */
export interface Registration {
  client_name?: string;
  application_type?: string;
  grant_types?: string[];
  response_types?: string[];
  redirect_uris?: string[];
  token_endpoint_auth_method?: string;
  jwks?: { keys?: unknown[] };
  jwks_uri?: string;
  [more: string]: unknown;
}

const TYPES = ['web', 'native', 'browser', 'service'];
const METHODS = ['none', 'client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt'];
const ALL_GRANTS = new Set(['implicit', 'interaction_code', CIBA, ...GRANT_TYPES]);
const BY_REDIRECT = new Set(['authorization_code', 'implicit']);

const wrong = (says: string, name = 'invalid_client_metadata') => oauthError(name, says);

/** Throws `invalid_client_metadata`, `invalid_redirect_uri`. */
export function checkRegistration(sent: Registration): void {
  if (!sent.client_name) throw wrong("'client_name': The field cannot be left blank.");
  oneOf('application_type', sent.application_type, TYPES);
  oneOf('token_endpoint_auth_method', sent.token_endpoint_auth_method, METHODS);
  oneOf('request_object_signing_alg', sent.request_object_signing_alg, SIGNING_ALGORITHMS);
  oneOf('id_token_encrypted_response_alg', sent.id_token_encrypted_response_alg, KEY_ENCRYPTION_ALGORITHMS);
  const grants = sent.grant_types ?? ['authorization_code'];
  for (const grant of grants) oneOf('grant_types', grant, [...ALL_GRANTS]);
  for (const type of sent.response_types ?? []) oneOf('response_types', type, ['code', 'token', 'id_token']);
  if (sent.application_type === 'service' && grants.some((grant) => grant !== 'client_credentials'))
    throw wrong("'grant_types' must be 'client_credentials' for the application type 'service'.");
  checkRedirects(sent.redirect_uris ?? [], grants);
  const hasKeys = (sent.jwks?.keys?.length ?? 0) > 0 || sent.jwks_uri !== undefined;
  if (sent.token_endpoint_auth_method === 'private_key_jwt' && !hasKeys)
    throw wrong(
      "'jwks' or 'jwks_uri' must be provided when 'token_endpoint_auth_method' is 'private_key_jwt'.",
    );
}

function oneOf(name: string, value: unknown, known: readonly string[]): void {
  if (value !== undefined && value !== null && !known.includes(value as string))
    throw wrong(`'${name}': '${String(value)}' is not a valid value. Valid values: [${known.join(', ')}].`);
}

function checkRedirects(uris: readonly string[], grants: readonly string[]): void {
  if (uris.length === 0 && grants.some((grant) => BY_REDIRECT.has(grant)))
    throw wrong("'redirect_uris' must contain at least one URI for the grant types of the client.");
  for (const uri of uris)
    if (!URL.canParse(uri) || uri.includes('#'))
      throw wrong(
        `'redirect_uris': '${uri}' is not an absolute URI without a fragment.`,
        'invalid_redirect_uri',
      );
}
