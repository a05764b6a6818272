/** Service accounts: their public keys, and short-lived credentials for who may act as them. */
import { type Call, type Endpoint, endpoint } from '../../../../src/twin.ts';
import type { World } from '../../../../src/world/world.ts';
import type { GoogleActor } from '../../actor.ts';
import { googleError, missingPart } from '../../errors.ts';
import { message, text } from '../../schema.ts';
import { certificateOf } from '../model/certificate.ts';
import { jwkOf, KEYS_FROM } from '../model/idToken.ts';
import {
  generateAccessToken,
  generateIdToken,
  impersonated,
  signBlob,
  signJwt,
} from '../model/impersonation.ts';
import { type Account, serviceAccountKeys } from '../world.ts';

const DOC = 'https://developers.google.com/identity/protocols/oauth2/service-account';
const SCOPES = ['cloud-platform', 'iam'];
const BODY = message({
  scope: { type: 'array', items: text, maxItems: 100, proto: 'TYPE_STRING' },
  delegates: { type: 'array', items: text, maxItems: 10, proto: 'TYPE_STRING' },
  lifetime: { type: 'string', proto: 'type.googleapis.com/google.protobuf.Duration' },
  audience: text,
  includeEmail: { type: 'boolean', proto: 'TYPE_BOOL' },
  payload: text,
});

const keys = (path: string, view: (world: World, email: string) => unknown): Endpoint =>
  endpoint<never, 'GET /{email}'>(
    {
      id: 'serviceAccounts.certs',
      route: `GET ${path}/{email}` as 'GET /{email}',
      auth: 'none',
      doc: DOC,
    },
    ({ world, params }) => view(world, params.email),
  );

const may = (
  verb: string,
  permission: string,
  act: (world: World, account: Account, body: never) => unknown,
): Endpoint =>
  endpoint<GoogleActor, 'POST /{email}'>(
    {
      id: `iamcredentials.projects.serviceAccounts.${verb}`,
      route: `POST /v1/projects/-/serviceAccounts/{email}:${verb}` as 'POST /{email}',
      scopes: SCOPES,
      input: BODY,
      doc: DOC,
    },
    ({ world, actor, params, input }) =>
      act(
        world,
        impersonated(world, actor.email, params.email, `iam.serviceAccounts.${permission}`),
        input as never,
      ),
  );

export const serviceAccountEndpoints: readonly Endpoint[] = [
  ...['/robot/v1/metadata/x509', '/service_accounts/v1/metadata/x509'].map((path) => keys(path, pemKeys)),
  ...['/robot/v1/metadata/jwk', '/service_accounts/v1/jwk'].map((path) => keys(path, jwks)),
  may('generateAccessToken', 'getAccessToken', generateAccessToken),
  may('generateIdToken', 'getOpenIdToken', generateIdToken),
  may('signBlob', 'signBlob', signBlob),
  may('signJwt', 'signJwt', signJwt),
  endpoint({ id: 'sts.token', route: 'POST /v1/token', auth: 'none', doc: DOC }, (_call: Call) => {
    throw missingPart('sts.token');
  }),
];

function pemKeys(world: World, email: string): Record<string, string> {
  const shown = keysOf(world, email).map(({ keyId, lent }) => [
    keyId,
    certificateOf(world.rsaKey(lent), email, KEYS_FROM),
  ]);
  return Object.fromEntries(shown);
}

function jwks(world: World, email: string): { keys: Record<string, unknown>[] } {
  return { keys: keysOf(world, email).map(({ keyId, lent }) => jwkOf(world.rsaKey(lent).publicKey, keyId)) };
}

function keysOf(world: World, email: string) {
  const found = world.list(serviceAccountKeys, { index: 'email', equals: email }).toArray();
  if (found.length === 0) throw googleError('notFound', { message: 'Not Found' });
  return found;
}
