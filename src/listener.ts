/**
 * Serves twins over Node's HTTP, whichever port or tunnel a request came through: reads the body, has the universe
 * answer, and puts the plan on the wire. Straight from Node's HTTP, since faults cut and hold connections.
 */
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import { gzipSync } from 'node:zlib';
import { type Message, type Target, wireRequest } from './door.ts';
import type { WirePlan } from './pipeline.ts';
import { cutOff, hasBody, headersOf, onceCut, sendHead } from './protocol.ts';
import type { Registry } from './registry.ts';
import type { Universe } from './universe.ts';
import { wallNow, wallTimer } from './wall.ts';
import type { WireReply } from './wire.ts';

/** Which universe a request is for, once all of it is there. */
export type Choice = { universe: Universe } | { refusal: Refusal };

/** Why a request reached no universe, and what to do. */
export interface Refusal {
  status: number;
  /** The last part of the problem's `type`. */
  kind: string;
  detail: string;
}

/** Has `universe` (or the one that `choose` finds by the whole message) answer a request for a twin. Never throws. */
export function serveTwin(
  registry: Registry,
  universe: Universe | ((message: Message) => Choice | Promise<Choice>),
  target: Target,
  req: IncomingMessage,
  res: ServerResponse,
): void {
  if (typeof universe !== 'function' && !mayAsk(registry, universe, req, res)) return;
  const limit = registry.twins.get(target.twin)?.twin.wire.bodyBytesMax ?? 0;
  read(req, limit, (body) => {
    const url = req.url ?? '/';
    const mark = url.indexOf('?');
    const query = mark < 0 ? '' : url.slice(mark + 1);
    const message = { method: req.method ?? 'GET', query, headers: headersOf(req), body };
    if (typeof universe !== 'function') return ask(universe, target, message, req, res);
    const proceed = (choice: Choice) => {
      if ('refusal' in choice) refuse(res, choice.refusal.status, choice.refusal.detail, choice.refusal.kind);
      else if (mayAsk(registry, choice.universe, req, res)) ask(choice.universe, target, message, req, res);
    };
    const choice = universe(message);
    if (choice instanceof Promise) void choice.then(proceed);
    else proceed(choice);
  });
}

/** Counts the request; says so where the quota is used up. */
function mayAsk(
  registry: Registry,
  { tenant }: Universe,
  { method = 'GET' }: IncomingMessage,
  res: ServerResponse,
): boolean {
  const now = wallNow();
  const may = registry.tenants.spend(tenant, now);
  if (!may) refuse(res, 429, 'the quota of requests per second is used up');
  else if (!TAKES_NO_ROOM.has(method) && !registry.mayWrite(tenant, now)) {
    refuse(res, 507, 'the quota of state is used up: drop or reset universes, or delete what is in them');
    return false;
  }
  return may;
}

/** Requests that a tenant may make though its universes are full. */
const TAKES_NO_ROOM = new Set(['GET', 'HEAD', 'OPTIONS', 'DELETE']);

function ask(
  universe: Universe,
  target: Target,
  message: Message,
  req: IncomingMessage,
  res: ServerResponse,
): void {
  const failed = (error: unknown) => {
    // Nothing below is to throw; if something does, one request fails and the server lives.
    universe.recordAssertion(target.twin, 'server', error as Error);
    refuse(res, 500, 'an error of Orrery’s own: the journal has it');
  };
  try {
    const plan = universe.handle(target.twin, wireRequest(target, message));
    if (plan instanceof Promise) plan.then((one) => execute(one, universe.now(), req, res)).catch(failed);
    else later(() => execute(plan, universe.now(), req, res));
  } catch (error) {
    failed(error);
  }
}

/** Hands over the body; what is past `limit` is read away, so that the client hears the refusal, but not kept. */
function read(req: IncomingMessage, limit: number, then: (body: Uint8Array | undefined) => void): void {
  if (!hasBody(req)) {
    then(undefined);
    return;
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  req.on('data', (chunk: Buffer) => {
    if (bytes > limit) return;
    bytes += chunk.length;
    chunks.push(chunk);
    if (bytes > limit) then(Buffer.concat(chunks));
  });
  req.on('end', () => {
    if (bytes <= limit) then(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
  });
  // A client that goes away in the middle of its body asked for nothing.
  req.on('error', () => req.destroy());
}

let waiting: (() => void)[] = [];

/**
 * Replies made in one turn of the event loop go out together at its end: each write that wakes a sleeping client costs
 * the server more than making the reply did. Measured: a quarter to a third more requests per second from 16 clients.
 */
function later(send: () => void): void {
  if (waiting.push(send) > 1) return;
  setImmediate(() => {
    const sends = waiting;
    waiting = [];
    for (const one of sends) one();
  });
}

/** Puts a plan on the socket: an answer, a cut, or silence and then a cut. */
function execute(plan: WirePlan, now: number, req: IncomingMessage, res: ServerResponse): void {
  if ('cut' in plan) {
    const cut = () => cutOff(req);
    if (plan.holdMs === 0) cut();
    else onceCut(req, wallTimer(plan.holdMs, cut));
    return;
  }
  const { status, headers, body, encoding } = encoded(plan.reply);
  // Clients reckon waits from this header: it must tell the universe's time, not the machine's.
  res.sendDate = false;
  const flat: string[] = ['date', httpDate(now)];
  for (const [name, value] of headers) flat.push(name, value);
  if (encoding) flat.push('content-encoding', encoding);
  const bodiless = status === 204 || status === 304 || status < 200;
  if (!bodiless)
    flat.push(
      'content-length',
      String(body === undefined ? 0 : typeof body === 'string' ? Buffer.byteLength(body) : body.length),
    );
  if (!req.complete) flat.push('connection', 'close');
  try {
    sendHead(res, status, flat);
  } catch {
    // A header that cannot be sent (a line break out of a vendor's text) must not take the server down.
    res.writeHead(500);
    return void res.end();
  }
  if (bodiless || body === undefined || req.method === 'HEAD') res.end();
  else res.end(body);
}

/** The fastest: what is saved is the client's wait, not the network. */
const GZIP_LEVEL = 1;

function encoded(reply: WireReply): WireReply & { encoding?: 'gzip' } {
  if (!reply.gzip || !reply.body) return reply;
  return { ...reply, body: gzipSync(reply.body, { level: GZIP_LEVEL }), encoding: 'gzip' };
}

let dated = { second: -1, text: '' };

/** The time as HTTP writes it; the text for a second is made once. */
export function httpDate(now: number): string {
  const second = Math.floor(now / 1_000);
  if (dated.second !== second) dated = { second, text: new Date(second * 1_000).toUTCString() };
  return dated.text;
}

/** A refusal of Orrery's own, where there is no vendor to speak for. `kind` is the last part of the problem's type. */
export function refuse(res: ServerResponse, status: number, detail: string, kind?: string): void {
  const body = JSON.stringify({
    type: kind === undefined ? 'about:blank' : `urn:orrery:problem:${kind}`,
    title: STATUS_CODES[status],
    status,
    detail,
  });
  res.writeHead(status, {
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(body),
    ...(status === 429 ? { 'retry-after': '1' } : {}),
    ...(status === 407 ? { 'proxy-authenticate': 'Basic realm="orrery"' } : {}),
  });
  res.end(body);
}
