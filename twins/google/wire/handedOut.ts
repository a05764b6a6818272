/** Requests without an access token that carry what only one universe gave out. */
import type { DecodedBody } from '../../../src/body.ts';
import type { Table } from '../../../src/table.ts';
import { clientCredentials, type WireRequest } from '../../../src/wire.ts';
import type { World } from '../../../src/world/world.ts';
import { files, uploads } from '../drive/world.ts';
import { deviceRequests, oauthClients } from '../identity/world/client.ts';
import { accessTokens, digestOf, refreshTokens, serviceAccountKeys } from '../identity/world.ts';

/** Signed assertions, refresh tokens, OAuth clients, devices' codes, upload sessions, links to files and keys. */
export function handedOut(world: World, request: WireRequest, body: DecodedBody): boolean {
  const form = body.kind === 'form' ? (body.value as Record<string, string | undefined>) : {};
  const query = new URLSearchParams(request.query);
  const said = (name: string) => form[name] ?? query.get(name) ?? undefined;
  if (form.assertion) return signedHere(world, form.assertion);
  const token = said('refresh_token') ?? said('token') ?? form.access_token;
  if (token) return hasOneOf(world, [refreshTokens, accessTokens], digestOf(token));
  const client = said('client_id') ?? clientCredentials(request.headers)?.id;
  if (client) return hasOneOf(world, [oauthClients], client);
  const code = said('user_code');
  if (code)
    return (
      world.list(deviceRequests, { index: 'userCode', equals: code.toUpperCase() }).first() !== undefined
    );
  const upload = query.get('upload_id');
  if (upload) return hasOneOf(world, [uploads], upload);
  const account = KEYS_OF.exec(request.path)?.[1];
  if (account) return hasKey(world, decodeURIComponent(account));
  const file = query.get('id') ?? FILE_PAGE.exec(request.path)?.[1];
  return !!file && hasOneOf(world, [files], file);
}

const FILE_PAGE = /^\/(?:\w+\/d|drive\/folders)\/([\w-]+)/;
const KEYS_OF = /^\/(?:robot|service_accounts)\/v1\/(?:metadata\/)?(?:x509|jwk)\/([^/%]+(?:%40[^/%]+)?)$/;

const hasOneOf = (world: World, tables: readonly unknown[], key: string): boolean =>
  tables.some((table) => world.get(table as Table<object>, key) !== undefined);

const hasKey = (world: World, email: string): boolean =>
  world.list(serviceAccountKeys, { index: 'email', equals: email }).first() !== undefined;

/** Whether one of this universe's keys is named in an assertion; who signed it is looked at later. */
function signedHere(world: World, assertion: string): boolean {
  const [head, claims] = assertion.split('.', 2).map(jsonOf);
  if (typeof head?.kid === 'string') return world.get(serviceAccountKeys, head.kid) !== undefined;
  return hasKey(world, String(claims?.iss));
}

function jsonOf(part: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
