/**
 * A request's life, top to bottom: route → decode → identify → fault.before → authenticate → rate limit → scopes →
 * validate → handle (in a transaction) → page → encode → fault.after → journal. One order for every twin.
 */
import { Asked, NO_ANSWERS } from './asked.ts';
import { Batch, whole } from './batch.ts';
import { type DecodedBody, decodeBody, utf8Text } from './body.ts';
import { packHeaders } from './entry.ts';
import { ApiError, WorkBudgetError } from './error.ts';
import { type Effect, whenVariables } from './fault.ts';
import { pastWorld } from './past.ts';
import { chargeRate, countedRate } from './rate.ts';
import { Router } from './router.ts';
import { Accept } from './socket/kind.ts';
import {
  type Actor,
  type Call,
  CallOut,
  type Endpoint,
  type EndpointSpec,
  Listing,
  type Operation,
  type RateWindow,
  Reply,
  type Twin,
  type Wire,
} from './twin.ts';
import type { Universe } from './universe.ts';
import { violations } from './validate.ts';
import { waited } from './waited.ts';
import { elapsedNow, wallSleep } from './wall.ts';
import { isPreflight, type WireReply, type WireRequest } from './wire.ts';
import { World } from './world/world.ts';

/** What is to be put on the wire: an answer, or a connection that is cut or held. */
export type WirePlan = { reply: WireReply } | { cut: 'reset' | 'timeout'; holdMs: number };

/** A twin with its routes compiled; made once per process. */
export interface CompiledTwin {
  readonly twin: Twin;
  readonly router: Router<{ endpoint?: Endpoint; operation?: Operation }>;
}

/** Compiles a twin's routes: its endpoints, then every other operation that the vendor is known to have. */
export function compileTwin(twin: Twin): CompiledTwin {
  const router = new Router<{ endpoint?: Endpoint; operation?: Operation }>();
  for (const endpoint of twin.endpoints) router.add(endpoint.route, { endpoint });
  for (const operation of twin.operations) router.add(`${operation.method} ${operation.path}`, { operation });
  return { twin, router };
}

const NOTHING: EndpointSpec = { id: 'unknown', route: '', doc: '' };

interface Exchange {
  universe: Universe;
  compiled: CompiledTwin;
  wire: Wire;
  call: OpenCall;
  operation: string;
  /** By the clock that never goes back, in milliseconds. */
  started: number;
  effect: Effect | undefined;
  window: RateWindow | undefined;
  /** The operation that the twin lacks, where it was asked for one. */
  gap: string | undefined;
}

/**
 * Serves one request in a universe and writes it down. Never throws. A promise only where something is waited for (a
 * multipart body, a fault's delay, a program's reply): a queue of microtasks costs as much as a look-up.
 */
export function handle(
  universe: Universe,
  compiled: CompiledTwin,
  sent: WireRequest,
): WirePlan | Promise<WirePlan> {
  const started = elapsedNow();
  const request = compiled.twin.wire.meant?.(sent) ?? sent;
  const decoded = decodeBody(request);
  if (decoded instanceof Promise)
    return decoded.then((body) => begin(open(universe, compiled, request, body, started)));
  return begin(open(universe, compiled, request, decoded, started));
}

function begin(exchange: Exchange): WirePlan | Promise<WirePlan> {
  const { universe, call, operation } = exchange;
  const { request, endpoint } = call;
  if (endpoint.handsOut === 'socket' && request.via === 'process' && request.socketBase === undefined)
    return lendSocket(exchange);
  exchange.effect = universe.faults.request(
    {
      twin: call.world.twin,
      operation,
      actor: call.actor?.label ?? '',
      request: () => whenVariables(call, operation),
    },
    universe.clock.now(),
  );
  if (exchange.effect && exchange.effect.delayMs > 0)
    return wallSleep(exchange.effect.delayMs).then(() => conclude(exchange));
  return conclude(exchange);
}

/** Gives a call that came with no socket an address for the WebSocket that it asks for. */
async function lendSocket(exchange: Exchange): Promise<WirePlan> {
  const { universe, call } = exchange;
  const { lentSocketBase } = await import('./inprocess/socket.ts');
  // Where the machine gives no port, the vendor's own address is as good as any.
  call.request.socketBase = await lentSocketBase(universe, call.world.twin).catch(() =>
    call.request.base.replace(/^http/, 'ws'),
  );
  return begin(exchange);
}

function conclude(exchange: Exchange): WirePlan | Promise<WirePlan> {
  const plan = answer(exchange);
  return plan instanceof Promise ? plan.then((one) => record(exchange, one)) : record(exchange, plan);
}

function record(exchange: Exchange, plan: WirePlan): WirePlan {
  const { universe, call, operation, effect } = exchange;
  const { request } = call;
  const reply = 'reply' in plan ? plan.reply : undefined;
  universe.recordExchange(call.world.twin, {
    operation,
    method: request.method,
    path: targetOf(request),
    actor: call.actor?.label ?? '',
    requestHeaders: packHeaders(request.headers),
    requestBody: bodyText(call.body),
    reply,
    outcome: outcomeOf(exchange, reply),
    ms: Math.round((elapsedNow() - exchange.started) * 1_000) / 1_000,
    via: request.via,
    fault: effect?.by,
    gap: exchange.gap,
  });
  return plan;
}

function open(
  universe: Universe,
  compiled: CompiledTwin,
  request: WireRequest,
  body: DecodedBody,
  started: number,
): Exchange {
  const { twin, router } = compiled;
  const { wire } = twin;
  const path = wire.path ? wire.path(request.path) : request.path;
  let route = router.match(request.method, path);
  if ('allowed' in route && request.method === 'HEAD') route = router.match('GET', path);
  const world = new World(universe, twin.name, request.base, {
    exchange: universe.nextExchange(),
    method: request.method,
    path: targetOf(request),
    headers: request.headers,
    answers: NO_ANSWERS,
  });
  const call = new OpenCall(world, request, body);
  if ('target' in route) {
    const { endpoint, operation } = route.target;
    call.params = route.params;
    call.endpoint = endpoint ?? { ...NOTHING, id: operation?.id ?? NOTHING.id, traits: { operation } };
  } else call.endpoint = { ...NOTHING, traits: { allowed: route.allowed } };
  const actor = wire.identify(world, request, body);
  // A WebSocket may have an address of its own; links are made for the one that requests come to.
  if (actor && !request.upgrade) universe.rememberBase(twin.name, actor.app, request.base);
  call.actor = actor as Actor;
  return {
    universe,
    compiled,
    wire,
    call,
    operation: call.endpoint.id,
    started,
    effect: undefined,
    window: undefined,
    gap: undefined,
  };
}

/** A request's path with its query. */
const targetOf = ({ path, query }: WireRequest): string => (query ? `${path}?${query}` : path);

/** A call as the pipeline fills it in, step by step. */
class OpenCall implements Call {
  world: World;
  actor = undefined as unknown as Actor;
  params: Readonly<Record<string, string>> = {};
  input: unknown = undefined;
  endpoint: EndpointSpec = NOTHING;
  readonly request: WireRequest;
  readonly body: DecodedBody;
  #query: URLSearchParams | undefined;

  constructor(world: World, request: WireRequest, body: DecodedBody) {
    this.world = world;
    this.request = request;
    this.body = body;
  }

  /** Parsed when somebody asks. */
  get query(): URLSearchParams {
    this.#query ??= new URLSearchParams(this.request.query);
    return this.#query;
  }
}

function answer(exchange: Exchange): WirePlan | Promise<WirePlan> {
  const { effect } = exchange;
  if (effect?.cut && !effect.cut.commit) return { cut: effect.cut.how, holdMs: effect.cut.holdMs };
  try {
    const refused = effect?.refuse && refusal(exchange, effect.refuse);
    if (refused) throw refused;
    const reply = perform(exchange);
    if (!(reply instanceof Promise)) return dressed(exchange, reply);
    return reply.then(
      (one) => dressed(exchange, one),
      (error: unknown) => dressed(exchange, failed(exchange, error)),
    );
  } catch (error) {
    return dressed(exchange, failed(exchange, error));
  }
}

/** What the faults that act after the work make of a reply, and the headers that every reply has. */
function dressed(exchange: Exchange, worked: WireReply): WirePlan {
  const { effect, wire, call } = exchange;
  if (effect?.cut) return { cut: effect.cut.how, holdMs: effect.cut.holdMs };
  let reply = worked;
  if (effect?.afterCommit && reply.status < 500) {
    const { afterCommit } = effect;
    reply = wire.failure(
      call,
      afterCommit.error === 'outage' ? wire.outage(call) : named(exchange, afterCommit),
    );
  }
  chargeRate(exchange.universe, wire, call);
  const headers = wire.rateHeaders?.(call, exchange.window);
  if (headers) for (const [name, value] of headers) reply.headers.push([name, value]);
  return { reply };
}

function perform(exchange: Exchange): WireReply | Promise<WireReply> {
  const { universe, wire, call } = exchange;
  if (call.body.kind === 'malformed') admit(exchange);
  if (call.body.bytes.length > wire.bodyBytesMax) throw wire.tooLarge(call);
  const endpoint = call.endpoint as Endpoint;
  const operation = endpoint.traits?.operation as Operation | undefined;
  if (operation) {
    admit(exchange);
    return gap(exchange, operation);
  }
  if (endpoint.id === NOTHING.id) {
    const preflight = isPreflight(call.request) ? wire.preflight?.(call) : undefined;
    if (!preflight) throw wire.notFound(call);
    exchange.operation = 'preflight';
    return preflight;
  }
  admit(exchange);
  if (call.body.kind === 'malformed') throw wire.malformed(call, call.body.why ?? '');
  call.input = wire.input(call);
  if (endpoint.input) {
    const errors = violations(endpoint.input, call.input);
    if (errors.length > 0) throw wire.invalid(call, errors);
  }
  const past = pastOf(exchange);
  if (past) return past;
  const worked = waited(
    universe,
    call,
    (value) => run(exchange, value),
    () => endpoint.handle(call),
  );
  const finished = (one: WireReply | Batch) =>
    whole(
      one,
      (request) => handle(universe, exchange.compiled, request),
      (value) => run(exchange, value) as WireReply,
    );
  return worked instanceof Promise ? worked.then(finished) : finished(worked);
}

/**
 * What a read that a fault makes stale is answered; undefined where there is nothing old to be read, and where it turns
 * out that the request does more than read.
 */
function pastOf(exchange: Exchange): WireReply | undefined {
  const { universe, call, effect } = exchange;
  if (effect?.staleMs === undefined || call.request.method !== 'GET' || call.request.upgrade)
    return undefined;
  const root = universe.past.at(universe.now() - effect.staleMs);
  if (!root) return undefined;
  const present = call.world;
  const past = pastWorld(root, universe, present, call.request.base);
  call.world = past.world;
  try {
    const reply = run(exchange, (call.endpoint as Endpoint).handle(call));
    return reply instanceof CallOut || reply instanceof Batch || past.hasChanged() ? undefined : reply;
  } catch (error) {
    if (error instanceof Asked || past.hasChanged()) return undefined;
    throw error;
  } finally {
    call.world = present;
  }
}

/** Credential, rate and scopes, in this order, for whatever comes in. */
function admit(exchange: Exchange): void {
  const { universe, wire, call } = exchange;
  const open = call.endpoint.auth === 'none';
  if (!open) wire.authenticate(call);
  exchange.window = countedRate(universe, wire, call);
  if (exchange.window?.limited) throw wire.rateLimited(call, exchange.window);
  if (!open) wire.authorize(call);
}

function run(exchange: Exchange, value: unknown): WireReply | CallOut | Batch {
  const { wire, call } = exchange;
  const { endpoint } = call;
  if (value instanceof CallOut || value instanceof Batch) return value;
  if (value instanceof Accept) {
    if (!call.request.upgrade) throw new Error(`${endpoint.id} lets in what asked for no WebSocket`);
    return { status: 101, headers: [], body: undefined, accept: value.terms };
  }
  if (value instanceof Listing) {
    const spec = endpoint.page;
    const style = spec && wire.pages[spec.style];
    if (!spec || !style)
      throw new Error(`${endpoint.id} answers a list but says no page style that its wire has`);
    const page = style(call, value, spec);
    const reply = wire.success(call, page.value, endpoint.status ?? 200);
    for (const [name, text] of page.headers ?? []) reply.headers.push([name, text]);
    return reply;
  }
  if (value instanceof Reply) {
    if (value.raw)
      return {
        status: value.status,
        headers: value.headers.map(([k, v]) => [k, v]),
        body: value.body as WireReply['body'],
      };
    const reply = wire.success(call, value.body, value.status);
    for (const [name, text] of value.headers) reply.headers.push([name, text]);
    return reply;
  }
  return wire.success(call, value, endpoint.status ?? 200);
}

function gap(exchange: Exchange, operation: Operation): WireReply {
  const reply = exchange.wire.failure(exchange.call, exchange.wire.gap(exchange.call, operation));
  reply.headers.push(['x-orrery-gap', operation.id]);
  exchange.gap = operation.id;
  return reply;
}

function failed(exchange: Exchange, error: unknown): WireReply {
  const { wire, call, universe } = exchange;
  if (error instanceof ApiError) return wire.failure(call, error);
  if (error instanceof WorkBudgetError) return wire.failure(call, wire.outage(call));
  universe.recordAssertion(call.world.twin, exchange.operation, error as Error);
  return wire.failure(call, wire.unexpected(call));
}

/** Undefined for an error by a name that this vendor does not have: the fault is another vendor's. */
function refusal(exchange: Exchange, refuse: NonNullable<Effect['refuse']>): ApiError | undefined {
  const { wire, call, universe } = exchange;
  if (refuse.error === 'outage') return wire.outage(call);
  if (refuse.error === 'named') return exchange.wire.errorNamed(refuse.name, refuse.params);
  const seconds = Number(refuse.params.retryAfter ?? 1);
  const window = {
    limit: 0,
    windowSeconds: seconds,
    // Nothing was counted: no bucket is behind it.
    used: 0,
    resetsAt: universe.clock.now() + seconds * 1_000,
    limited: true,
  };
  exchange.window = window;
  return wire.rateLimited(call, window);
}

function named(exchange: Exchange, fault: { name: string; params: Record<string, unknown> }): ApiError {
  return exchange.wire.errorNamed(fault.name, fault.params) ?? exchange.wire.unexpected(exchange.call);
}

function outcomeOf(exchange: Exchange, reply: WireReply | undefined): 'ok' | 'fail' | 'info' {
  if (!reply || exchange.effect?.afterCommit) return 'info';
  return exchange.wire.outcome?.(reply) ?? (reply.status < 400 ? 'ok' : 'fail');
}

function bodyText(body: DecodedBody): string | undefined {
  if (body.kind === 'none') return undefined;
  if (body.kind === 'multipart') return `<multipart, ${body.bytes.length} bytes>`;
  return body.text ?? utf8Text(body.bytes);
}
