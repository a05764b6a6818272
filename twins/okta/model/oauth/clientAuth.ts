/**
 * Whether a client proves who it is: by its secret, a signed assertion, or (public ones) not at all.
 * https://developer.okta.com/docs/api/openapi/okta-oauth/guides/client-auth/
 */
import { jwt } from '../../../../src/jwt.ts';
import type { World } from '../../../../src/world/world.ts';
import { oauthError } from '../../errors.ts';
import { ASSERTION_SECONDS_MAX } from '../../limits.ts';
import type { App } from '../apps/app.ts';
import { isSecretOf } from '../apps/clientSecret.ts';
import { type Form, findClient } from './client.ts';
import { signedByClient } from './signedByClient.ts';
import { useOnce } from './usedOnce.ts';

/** How a request says which client it is. */
export interface ShownClient {
  basic: { id: string; secret: string } | undefined;
  form: Form;
  /** Addresses that an assertion may be made out to. */
  audiences: readonly string[];
}

/** The client that a request proves to come from. Throws `invalid_client`, `invalid_request`. */
export function authenticateClient(world: World, shown: ShownClient): App {
  const { basic, form } = shown;
  const ways = [basic, form.client_secret, form.client_assertion].filter((one) => one !== undefined);
  if (ways.length > 1)
    throw oauthError(
      'invalid_request',
      'Cannot supply multiple client credentials. Use one of the following: credentials in the Authorization ' +
        'header, credentials in the post body, or a client_assertion in the post body.',
    );
  if (form.client_assertion !== undefined) return byAssertion(world, shown, form.client_assertion);
  const clientId = basic?.id ?? form.client_id;
  if (!clientId) throw oauthError('invalid_client', 'No client credentials found.', 401);
  const app = findClient(world, clientId);
  const method = app.credentials.oauthClient?.token_endpoint_auth_method;
  const secret = basic?.secret ?? form.client_secret;
  if (method === 'none') return publicClient(app, secret);
  if (secret === undefined || !method?.startsWith('client_secret_'))
    throw oauthError(
      'invalid_client',
      'Client authentication failed. Either the client or the client credentials are invalid.',
      401,
    );
  if (!isSecretOf(world, app.id, secret))
    throw oauthError(
      'invalid_client',
      'The client secret supplied for a confidential client is invalid.',
      401,
    );
  return app;
}

/** A client that has no secret must not show one. */
function publicClient(app: App, secret: string | undefined): App {
  if (secret)
    throw oauthError(
      'invalid_client',
      "Browser requests to the token endpoint must not include client credentials when the client's " +
        "'token_endpoint_auth_method' is 'none'.",
      401,
    );
  return app;
}

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

const wrong = (says: string) => oauthError('invalid_client', says, 401);

/** RFC 7523: `private_key_jwt` and `client_secret_jwt`. An algorithm of the one kind is no good for the other. */
function byAssertion(world: World, { form, audiences }: ShownClient, assertion: string): App {
  if (form.client_assertion_type !== ASSERTION_TYPE)
    throw oauthError('invalid_request', 'The client_assertion_type is invalid.');
  const read = jwt().decode(assertion, { complete: true });
  const claims = read && typeof read.payload === 'object' ? read.payload : undefined;
  if (!read || !claims) throw wrong('The client_assertion is not a valid JWT.');
  const app = findClient(world, claims.sub);
  if (claims.iss !== claims.sub || (form.client_id !== undefined && form.client_id !== claims.sub))
    throw wrong('The issuer or subject of the client_assertion does not match the client_id.');
  if (!provesItself(world, app, assertion)) throw wrong('The client_assertion signature is invalid.');
  const now = Math.floor(world.now() / 1_000);
  if (typeof claims.exp !== 'number' || claims.exp <= now)
    throw wrong('The client_assertion token is expired.');
  if (claims.exp - now > ASSERTION_SECONDS_MAX)
    throw wrong('The client_assertion token has an expiration too far into the future.');
  if (![claims.aud].flat().some((one) => one !== undefined && audiences.includes(one)))
    throw wrong('The audience claim for client_assertion must be the endpoint invoked for the request.');
  if (claims.jti && !useOnce(world, `${app.id}/assertion/${claims.jti}`, claims.exp * 1_000))
    throw wrong('The client_assertion token has already been used. The jti claim must be unique.');
  return app;
}

/** By the one way that the client is registered with. */
function provesItself(world: World, app: App, assertion: string): boolean {
  const method = app.credentials.oauthClient?.token_endpoint_auth_method;
  if (method === 'client_secret_jwt') return signedByClient(world, app, assertion, 'secrets');
  return method === 'private_key_jwt' && signedByClient(world, app, assertion, 'keys');
}
