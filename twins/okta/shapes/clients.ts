/** The forms of bodies about keys of clients, APIs and identity providers, and about who is known to these. */
import { body, listOf, object, of, optional, text } from '../shape.ts';

const key = body({
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
  ...of(key, 'addJwk', 'addOAuth2ResourceServerJsonWebKey'),
  ...of(csr, 'generateCsrForIdentityProvider', 'generateCsrForApplication'),
  ...of(body({ externalId: text }), 'linkUserToIdentityProvider'),
  ...of(body({ x5c: listOf(text) }), 'replaceIdentityProviderKey'),
];
