/** Requests to a universe without a socket, with the semantics of `fetch`. */
import { STATUS_CODES } from 'node:http';
import type { Target } from '../door.ts';
import type { WirePlan } from '../pipeline.ts';
import type { Universe } from '../universe.ts';
import type { WireReply } from '../wire.ts';
import {
  answer,
  bodyBytesMax,
  canBeSent,
  cutError,
  held,
  isBodiless,
  sentHeaders,
  targetIn,
} from './answer.ts';
import { drained } from './drain.ts';
import { type Asked, FETCH_HEADERS, readRequest } from './request.ts';
import { universeResponse } from './response.ts';

/** As `fetch`. */
export type UniverseFetch = (input: Request | string | URL, init?: RequestInit) => Promise<Response>;

/** As browsers and undici have it. */
const REDIRECTS_MAX = 20;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * A `fetch` that ends in `universe`: by a vendor's host name (`https://slack.com/api/…`), by its path
 * (`http://…/u/{id}/{twin}/…`), or by the path alone (`/slack/api/…`). Rejects as undici's `fetch` does, a TypeError
 * with a cause: for a cut connection, and for every address that is not in this universe, since it opens no socket.
 */
export function universeFetch(universe: Universe): UniverseFetch {
  return async (input, init) => {
    const asked = readRequest(absolute(universe, input), init);
    asked.signal?.throwIfAborted();
    for (const [name, value] of FETCH_HEADERS) asked.headers[name] ??= value;
    for (let hops = 0; ; hops++) {
      const { target, plan } = await sent(universe, asked);
      if ('cut' in plan) throw await cut(universe, plan, asked.signal);
      const { reply } = plan;
      const location = REDIRECTS.has(reply.status) ? locationOf(reply.headers) : undefined;
      if (location === undefined || asked.redirect === 'manual')
        return response(universe, target, asked, reply, hops > 0);
      if (asked.redirect === 'error') throw failed(new Error('unexpected redirect'));
      if (hops === REDIRECTS_MAX) throw failed(new Error('redirect count exceeded'));
      redirect(asked, reply.status, location);
    }
  };
}

function absolute(universe: Universe, input: Request | string | URL): Request | string | URL {
  if (typeof input !== 'string' || !input.startsWith('/') || input.startsWith('//')) return input;
  const base = universe.setting.publicUrl();
  return input.startsWith('/u/') ? base + input : `${base}/u/${universe.id}${input}`;
}

async function sent(universe: Universe, asked: Asked): Promise<{ target: Target; plan: WirePlan }> {
  const { method, url, headers, signal } = asked;
  if (universe.closed) throw failed(new Error(`universe ${universe.id} is closed`));
  const target = targetIn(universe, url);
  if (!target)
    throw failed(new Error(`${url.origin}${url.pathname} is no address of universe ${universe.id}`));
  let { body } = asked;
  if (body && !(body instanceof Uint8Array)) {
    body = await patiently(drained(body, bodyBytesMax(universe, target)), signal);
    // Kept, for a redirect that repeats it.
    asked.body = body;
  }
  const plan = answer(universe, target, { method, query: url.search.slice(1), headers, body });
  return { target, plan: plan instanceof Promise ? await patiently(plan, signal) : plan };
}

/** `work`, unless `signal` is aborted before it is done. */
function patiently<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const give = () => reject(signal.reason);
    if (signal.aborted) return give();
    signal.addEventListener('abort', give, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', give));
  });
}

type Cut = Extract<WirePlan, { cut: unknown }>;

async function cut(universe: Universe, plan: Cut, signal: AbortSignal | undefined) {
  await held(universe, plan.holdMs, signal);
  signal?.throwIfAborted();
  return failed(cutError(plan.cut));
}

const failed = (cause: Error): TypeError => new TypeError('fetch failed', { cause });

function locationOf(headers: readonly [string, string][]): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
}

/** Turns the request into the one that a redirect asks for (https://fetch.spec.whatwg.org/#http-redirect-fetch). */
function redirect(asked: Asked, status: number, location: string): void {
  const { method, url, headers } = asked;
  if (!URL.canParse(location, url.href)) throw failed(new Error(`Invalid URL in location: ${location}`));
  asked.url = new URL(location, url.href);
  if (!asked.url.hash) asked.url.hash = url.hash;
  const asGet = status === 303 ? method !== 'GET' && method !== 'HEAD' : status < 303 && method === 'POST';
  if (asGet) {
    asked.method = 'GET';
    asked.body = undefined;
    for (const name of ['encoding', 'language', 'location', 'type', 'length'])
      delete headers[`content-${name}`];
  }
  if (asked.url.origin === url.origin) return;
  for (const name of ['authorization', 'proxy-authorization', 'cookie', 'host']) delete headers[name];
}

function response(
  universe: Universe,
  target: Target,
  { method, url }: Asked,
  reply: WireReply,
  redirected: boolean,
): Response {
  const { status, body } = reply;
  const headers = sentHeaders(universe, reply);
  const parts = { statusText: STATUS_CODES[status] ?? '', url: url.href.replace(/#.*/s, ''), redirected };
  if (canBeSent(headers))
    return universeResponse({
      ...parts,
      status,
      headers,
      body: isBodiless(method, status) ? undefined : (body ?? ''),
    });
  universe.recordAssertion(target.twin, 'in process', new Error('a header that cannot be sent'));
  return universeResponse({ ...parts, status: 500, statusText: '', headers: [], body: undefined });
}
