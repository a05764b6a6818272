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

export const CLIENT_SHAPES = [
  ...of(given(jwk), 'addJwk', 'addOAuth2ResourceServerJsonWebKey'),
  ...of(csr, 'generateCsrForIdentityProvider', 'generateCsrForApplication'),
  ...of(body({ sub_id: object({ format: text, id: text, iss: text, sub: text }) }), 'globalTokenRevocation'),
  ...of(body({ externalId: text }), 'linkUserToIdentityProvider'),
  ...of(body({ x5c: listOf(text) }), 'replaceIdentityProviderKey'),
];
