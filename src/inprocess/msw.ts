/**
 * `orrery/msw`: handlers for MSW's `setupServer`, so that unchanged code that calls the vendors' own addresses (by
 * `fetch`, `node:http`, axios, a vendor's SDK) meets a universe with no socket.
 */
import { STATUS_CODES } from 'node:http';
import { RequestHandler } from 'msw';
import type { Target } from '../door.ts';
import type { WirePlan } from '../pipeline.ts';
import type { Universe } from '../universe.ts';
import {
  answer,
  bodyBytesMax,
  canBeSent,
  cutError,
  held,
  interceptedIn,
  isBodiless,
  sentHeaders,
} from './answer.ts';
import { drained } from './drain.ts';
import { FETCH_HEADERS } from './request.ts';
import { type UniverseSource, universeOf } from './source.ts';

/**
 * Handlers for every address of `universe`: the vendors' hosts, and its own public one, which its environment names.
 * All else stays unhandled, for other handlers and `onUnhandledRequest`. A function as `universe` says which one it is
 * from request to request, as where every test has a fork of its own.
 */
export function handlers(universe: UniverseSource): RequestHandler[] {
  return [new UniverseHandler(universe)];
}

/** What `run` is given and gives, in MSW's own terms. */
type RunArgs = Parameters<RequestHandler['run']>[0];
type RunResult = Awaited<ReturnType<RequestHandler['run']>>;

/** One handler for all addresses: MSW's own for `http` clones every request, and keeps cookies of its own. */
class UniverseHandler extends RequestHandler<{ header: string }, object> {
  readonly #universe: () => Universe | undefined;

  constructor(source: UniverseSource) {
    super({ info: { header: 'orrery' }, resolver: () => undefined });
    this.#universe = universeOf(source);
  }

  override predicate({ request }: { request: Request }): boolean {
    return this.#target(request) !== undefined;
  }

  override log(): void {}

  override async run({ request, requestId }: RunArgs): Promise<RunResult> {
    const found = this.#target(request);
    if (!found) return null;
    const response = await respond(found.universe, found.target, request);
    return { handler: this, request, requestId, response, parsedResult: {} };
  }

  #target(request: Request): { universe: Universe; target: Target } | undefined {
    const universe = this.#universe();
    const target = universe && interceptedIn(universe, new URL(request.url));
    return target && { universe, target };
  }
}

async function respond(universe: Universe, target: Target, request: Request): Promise<Response> {
  const { method, url, body } = request;
  const headers = Object.fromEntries(request.headers);
  // MSW takes calls of `fetch` before `fetch` has said of itself what it says; Node's HTTP always names the host.
  if (headers.host === undefined) for (const [name, value] of FETCH_HEADERS) headers[name] ??= value;
  const plan = await answer(universe, target, {
    method,
    query: new URL(url).search.slice(1),
    headers,
    body: body ? await drained(body, bodyBytesMax(universe, target)) : undefined,
  });
  return 'cut' in plan ? cut(universe, plan, request) : answered(universe, plan, request);
}

function answered(universe: Universe, { reply }: Answered, request: Request): Response {
  const { status, body } = reply;
  const sent = sentHeaders(universe, reply);
  if (!canBeSent(sent)) return new Response(null, { status: 500 });
  const headers = new Headers(sent);
  // MSW follows every redirect, even one to nowhere, as Google's answer to a part of an upload (308) is.
  if (status >= 300 && status < 400 && !headers.has('location'))
    Object.defineProperty(request, 'redirect', { value: 'manual' });
  const bytes = body instanceof Uint8Array ? Buffer.from(body) : body;
  return new Response(isBodiless(request.method, status) ? null : (bytes ?? ''), {
    status,
    statusText: STATUS_CODES[status] ?? '',
    headers,
  });
}

type Answered = Extract<WirePlan, { reply: unknown }>;
type Cut = Extract<WirePlan, { cut: unknown }>;

/**
 * The network error that MSW has. With `fetch` it becomes the cause of the rejection, so it carries the code that retry
 * logic looks for; a request of Node's HTTP is destroyed with the error that a cut socket gives.
 */
async function cut(universe: Universe, plan: Cut, request: Request): Promise<Response> {
  await held(universe, plan.holdMs, request.signal);
  const raw = rawRequest(request);
  const error = cutError(raw ? 'reset' : plan.cut);
  raw?.destroy(error);
  const { message, code } = error;
  return Object.assign(Response.error(), { message, code });
}

/** The client's request of Node's HTTP that MSW keeps beside the Request. */
function rawRequest(request: Request): { destroy(error: Error): void } | undefined {
  for (const symbol of Object.getOwnPropertySymbols(request)) {
    if (symbol.description !== 'kRawRequest') continue;
    const raw: unknown = Reflect.get(request, symbol);
    if (raw && typeof (raw as { destroy?: unknown }).destroy === 'function')
      return raw as { destroy(error: Error): void };
  }
  return undefined;
}
