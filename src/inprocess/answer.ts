/**
 * How a universe answers with no socket between: where an address lies in it, the answer as headers and bytes, and how
 * a cut connection looks to a client. All ways in process (fetch, MSW, undici) are made of this.
 */
import { type Target, targetOf, wireRequest } from '../door.ts';
import { httpDate } from '../listener.ts';
import type { WirePlan } from '../pipeline.ts';
import type { Universe } from '../universe.ts';
import { wallSleep } from '../wall.ts';
import type { HeaderMap, WireReply } from '../wire.ts';

/** A request for a twin, its address read already. */
export interface Message {
  method: string;
  /** Without the question mark. */
  query: string;
  headers: HeaderMap;
  body: Uint8Array | undefined;
}

/**
 * Where `url` lies in `universe`: below `/u/{id}/…`, or by a vendor's host name. Undefined for everything else, other
 * universes included.
 */
export function targetIn(universe: Universe, url: URL): Target | undefined {
  const target = targetOf(url.origin, url.pathname, url.host, universe.twins);
  if (target?.universe !== undefined && target.universe !== universe.id) return undefined;
  return target;
}

/** As `targetIn`, for calls of any program: a path counts only at the universe's own public address. */
export function interceptedIn(universe: Universe, url: URL): Target | undefined {
  const target = targetIn(universe, url);
  if (target?.universe === undefined) return target;
  return url.origin === new URL(universe.setting.publicUrl()).origin ? target : undefined;
}

/** Has the universe answer. Never throws. */
export function answer(universe: Universe, target: Target, message: Message): WirePlan | Promise<WirePlan> {
  const request = wireRequest(target, message);
  request.via = 'process';
  const failed = (error: unknown): WirePlan => {
    universe.recordAssertion(target.twin, 'in process', error as Error);
    return { reply: { status: 500, headers: [], body: 'an error of Orrery’s own: the journal has it' } };
  };
  try {
    const plan = universe.handle(target.twin, request);
    return plan instanceof Promise ? plan.catch(failed) : plan;
  } catch (error) {
    return failed(error);
  }
}

/** The most bytes that a twin reads of a body; what is longer by one is refused by the twin itself. */
export const bodyBytesMax = (universe: Universe, target: Target): number =>
  universe.setting.twins.get(target.twin)?.twin.wire.bodyBytesMax ?? 0;

/** Whether a reply has no body on the wire, whatever it carries. */
export const isBodiless = (method: string, status: number): boolean =>
  method === 'HEAD' || status === 204 || status === 304 || status < 200;

const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Whether HTTP can carry these headers: text of a vendor's with a line break in it cannot be sent. */
export const canBeSent = (headers: readonly [string, string][]): boolean =>
  headers.every(([, value]) => HEADER_VALUE.test(value));

/** A reply's headers as a server would send them: dated by the universe, with the length of the body. */
export function sentHeaders(universe: Universe, reply: WireReply): [string, string][] {
  const { status, headers, body } = reply;
  const sent: [string, string][] = [['date', httpDate(universe.now())], ...headers];
  if (status !== 204 && status !== 304 && status >= 200)
    sent.push(['content-length', String(lengthOf(body))]);
  return sent;
}

const lengthOf = (body: WireReply['body']): number =>
  body === undefined ? 0 : typeof body === 'string' ? Buffer.byteLength(body) : body.length;

/** Waits as long as a cut connection is held, but not past the caller's patience or the universe's end. */
export async function held(universe: Universe, holdMs: number, signal?: AbortSignal): Promise<void> {
  if (holdMs <= 0 || universe.closed) return;
  const ended = new AbortController();
  const forget = universe.onClose(() => ended.abort());
  await wallSleep(holdMs, signal ? AbortSignal.any([signal, ended.signal]) : ended.signal);
  forget();
}

/** What undici has as the cause of a failed `fetch` when the connection is cut, or no header comes in time. */
export function cutError(how: 'reset' | 'timeout'): Error & { code: string } {
  if (how === 'timeout')
    return Object.assign(new Error('Headers Timeout Error'), {
      name: 'HeadersTimeoutError',
      code: 'UND_ERR_HEADERS_TIMEOUT',
    });
  return Object.assign(new Error('read ECONNRESET'), { errno: -104, code: 'ECONNRESET', syscall: 'read' });
}
