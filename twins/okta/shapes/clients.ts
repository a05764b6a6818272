/** The forms of bodies about keys of clients, APIs and identity providers, and about who is known to these. */
import { body, given, listOf, object, of, optional, text } from '../shape.ts';

/** A public key, as programs send it. */
export const jwk = object({
  ...{ kid: text, kty: text, alg: text, use: text, status: text },
  ...{ n: text, e: text, x: text, y: text, crv: text },
});

const csr = optional(
  body({
    subject: object({
      ...{ countryName: text, stateOrProvinceName: text, localityName: text },
      ...{ organizationName: text, organizationalUnitName: text, commonName: text },
    }),
    subjectAltNames: object({ dnsNames: listOf(text) }),
  }),
);

const texts = listOf(text);
const registration = body({
  ...{ client_name: text, application_type: text, token_endpoint_auth_method: text },
  ...{ redirect_uris: texts, post_logout_redirect_uris: texts, grant_types: texts, response_types: texts },
  ...{ jwks: object({ keys: listOf(jwk) }), jwks_uri: text, initiate_login_uri: text },
  ...{ request_object_signing_alg: text, id_token_encrypted_response_alg: text },
});

export const CLIENT_SHAPES = [
  ...of(registration, 'createClient', 'replaceClient'),
  ...of(given(jwk), 'addJwk', 'addOAuth2ResourceServerJsonWebKey'),
  ...of(csr, 'generateCsrForIdentityProvider', 'generateCsrForApplication'),
  ...of(body({ sub_id: object({ format: text, id: text, iss: text, sub: text }) }), 'globalTokenRevocation'),
  ...of(body({ externalId: text }), 'linkUserToIdentityProvider'),
  ...of(body({ x5c: listOf(text) }), 'replaceIdentityProviderKey'),
];
