/**
 * The tokens by which a Connect app and its site know each other: HS256 by their shared secret, bound to one request.
 * https://developer.atlassian.com/cloud/jira/platform/understanding-jwt-for-connect-apps/
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { World } from '../../../../src/world/world.ts';
import { type ConnectApp, connectApps } from '../../world/apps.ts';

interface Claims {
  iss?: unknown;
  sub?: unknown;
  exp?: unknown;
  iat?: unknown;
  qsh?: unknown;
}

/** Clocks differ; the vendor's libraries allow for so many seconds. */
const LEEWAY_S = 30;

/** Which key signs what an app cannot know a secret for yet: served at `connect-install-keys.atlassian.com`. */
export const INSTALL_KEY_ID = 'a5c5b8c6-5bd0-4ae4-9a3b-6d3c9d3a1f10';

/** The app that signed a request; undefined for what is forged, too old, or meant for another request. */
export function appOfJwt(
  world: World,
  token: string,
  request: { method: string; path: string; query: string },
): ConnectApp | undefined {
  const [head = '', body = '', signature = ''] = token.split('.');
  const claims = read(body) as Claims | undefined;
  const app = typeof claims?.iss === 'string' ? world.get(connectApps, claims.iss) : undefined;
  if (!claims || !app || (read(head) as { alg?: unknown } | undefined)?.alg !== 'HS256') return undefined;
  if (!isSigned(`${head}.${body}`, signature, app.sharedSecret)) return undefined;
  const now = world.now() / 1_000;
  if (typeof claims.exp !== 'number' || claims.exp + LEEWAY_S < now) return undefined;
  // Atlassian's sites have no path of their own: clients hash the whole path, as they see it, or what follows the base.
  const { pathname } = new URL(world.base());
  const whole = { ...request, path: pathname.replace(/\/$/, '') + request.path };
  return [request, whole].some((one) => queryStringHash(one) === claims.qsh) ? app : undefined;
}

function isSigned(text: string, signature: string, secret: string): boolean {
  const wanted = createHmac('sha256', secret).update(text).digest();
  const given = Buffer.from(signature, 'base64url');
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function read(part: string): unknown {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A token of the site's, for a request to an app. */
export function signedForApp(
  world: World,
  app: ConnectApp,
  request: { method: string; path: string; query: string },
): string {
  const iat = Math.floor(world.now() / 1_000);
  const claims = { iss: app.clientKey, iat, exp: iat + 180, qsh: queryStringHash(request) };
  return signedBy(app.sharedSecret, claims);
}

/** A token that only who knows `secret` can have made: HS256. */
export function signedBy(secret: string, claims: Readonly<Record<string, unknown>>): string {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${encode({ typ: 'JWT', alg: 'HS256' })}.${encode(claims)}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

/** The hash that binds a token to a request. `path` is relative to the base URL of whoever is asked. */
export const queryStringHash = (request: { method: string; path: string; query: string }): string =>
  createHash('sha256').update(canonical(request)).digest('hex');

/** `GET&/rest/api/3/issue&expand=names`: sorted, encoded by RFC 3986, without the token itself. */
function canonical({ method, path, query }: { method: string; path: string; query: string }): string {
  const values = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(query))
    if (name !== 'jwt') values.set(name, [...(values.get(name) ?? []), value]);
  const pairs = [...values]
    .map(([name, all]) => [encoded(name), all.map(encoded).sort().join(',')] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`);
  const plain = path.replace(/\/+$/, '').replaceAll('&', '%26') || '/';
  return `${method.toUpperCase()}&${plain}&${pairs.join('&')}`;
}

const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
