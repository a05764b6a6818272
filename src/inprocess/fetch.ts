/** Requests to a universe without a socket, with the semantics of `fetch`. */
import { targetOf, wireRequest } from '../door.ts';
import type { Registry } from '../registry.ts';
import type { Universe } from '../universe.ts';
import { wallSleep } from '../wall.ts';

/**
 * A `fetch` that ends in `universe`: by its path (`http://…/u/{id}/{twin}/…`) or by a vendor's host name
 * (`https://slack.com/api/…`). A cut connection rejects as undici's `fetch` does: TypeError with a cause.
 */
export function universeFetch(
  registry: Registry,
  universe: Universe,
): (input: Request | string | URL, init?: RequestInit) => Promise<Response> {
  const twins = [...registry.twins.values()].map(({ twin }) => twin);
  return async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const target = targetOf(url.origin, url.pathname, url.host, twins);
    if (!target)
      throw new TypeError(`fetch failed: ${url.origin}${url.pathname} is no address of this universe`);
    const body = request.body ? new Uint8Array(await request.arrayBuffer()) : undefined;
    const plan = await universe.handle(
      target.twin,
      wireRequest(
        { ...target, via: 'process' },
        {
          method: request.method,
          query: url.search.slice(1),
          headers: Object.fromEntries(request.headers),
          body,
        },
      ),
    );
    if ('cut' in plan) {
      if (plan.holdMs > 0) await wallSleep(plan.holdMs);
      const cause = Object.assign(
        new Error(plan.cut === 'reset' ? 'read ECONNRESET' : 'Headers Timeout Error'),
        { code: plan.cut === 'reset' ? 'ECONNRESET' : 'UND_ERR_HEADERS_TIMEOUT' },
      );
      throw new TypeError('fetch failed', { cause });
    }
    const { status, headers, body: answer } = plan.reply;
    const empty = status === 204 || status === 304 || request.method === 'HEAD';
    return new Response(
      empty ? null : typeof answer === 'string' || !answer ? (answer ?? null) : Buffer.from(answer),
      { status, headers },
    );
  };
}
