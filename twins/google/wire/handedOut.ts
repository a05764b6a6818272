/** Requests without an access token that carry what only one universe gave out. */
import type { DecodedBody } from '../../../src/body.ts';
import { clientCredentials, type WireRequest } from '../../../src/wire.ts';
import type { World } from '../../../src/world/world.ts';
import { files, uploads } from '../drive/world.ts';
import { accessTokens, digestOf, projectOf, refreshTokens, serviceAccountKeys } from '../identity/world.ts';

/** Signed assertions, refresh tokens, OAuth clients, upload sessions, links to files. */
export function handedOut(world: World, request: WireRequest, body: DecodedBody): boolean {
  const form = body.kind === 'form' ? (body.value as Record<string, string | undefined>) : {};
  const query = new URLSearchParams(request.query);
  if (form.assertion) return signedHere(world, form.assertion);
  const token = form.refresh_token ?? form.token ?? query.get('token');
  if (token)
    return [refreshTokens, accessTokens].some(
      (table) => world.get<object>(table as never, digestOf(token)) !== undefined,
    );
  const client = form.client_id ?? query.get('client_id') ?? clientCredentials(request.headers)?.id;
  if (client) return client === projectOf(world).clientId;
  const upload = query.get('upload_id');
  if (upload) return world.get(uploads, upload) !== undefined;
  const file = query.get('id') ?? FILE_PAGE.exec(request.path)?.[1];
  return file !== undefined && file !== null && world.get(files, file) !== undefined;
}

const FILE_PAGE = /^\/(?:\w+\/d|drive\/folders)\/([\w-]+)/;

/** Whether one of this universe's keys is named in an assertion; who signed it is looked at later. */
function signedHere(world: World, assertion: string): boolean {
  const [head, claims] = assertion.split('.', 2).map(jsonOf);
  if (typeof head?.kid === 'string') return world.get(serviceAccountKeys, head.kid) !== undefined;
  const email = String(claims?.iss);
  return world.list(serviceAccountKeys, { index: 'email', equals: email }).first() !== undefined;
}

function jsonOf(part: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
