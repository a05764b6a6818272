/**
 * `orrery/undici`: a dispatcher for undici and for Node's own `fetch`. Calls of the vendors' addresses end in a universe,
 * with no socket; what is for others goes on to a dispatcher of the caller's choice, or nowhere.
 */
import { Agent, Dispatcher, errors } from 'undici';
import { hostMatches } from '../door.ts';
import { isLoopback } from '../loopback.ts';
import type { Universe } from '../universe.ts';
import { interceptedIn } from './answer.ts';
import { Dispatch } from './dispatch.ts';
import { type UniverseSource, universeOf } from './source.ts';

/** What becomes of requests for addresses that are not the universe's; with neither, they are refused. */
export interface DispatcherOptions {
  /** Hosts to let out, `*.` for any subdomain; all, where only a fallback is given. */
  allow?: readonly string[];
  /** What sends them; an Agent unless said. */
  fallback?: Pick<Dispatcher, 'dispatch'>;
}

/** As `new UniverseDispatcher(universe, options)`. */
export const dispatcher = (universe: UniverseSource, options?: DispatcherOptions): UniverseDispatcher =>
  new UniverseDispatcher(universe, options);

/**
 * For undici's `request(url, { dispatcher })`, `fetch(url, { dispatcher })` and `setGlobalDispatcher`, which Node's own
 * `fetch` heeds, too. A function as `universe` says which one it is from request to request.
 */
export class UniverseDispatcher extends Dispatcher {
  readonly #universe: ReturnType<typeof universeOf>;
  readonly #options: DispatcherOptions;
  #closed = false;
  #agent: Agent | undefined;

  constructor(universe: UniverseSource, options: DispatcherOptions = {}) {
    super();
    this.#universe = universeOf(universe);
    this.#options = options;
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const request = new Dispatch(options, handler);
    if (this.#closed) return request.refuse(new errors.ClientClosedError());
    if (!request.url) return request.refuse(new errors.InvalidArgumentError('invalid url'));
    const universe = this.#universe();
    const target = universe && interceptedIn(universe, request.url);
    if (universe && target && !isUpgrade(options)) return request.answer(universe, target);
    if (universe && isUpgrade(options) && isLent(universe, request.url))
      return this.#out().dispatch(options, handler);
    const { allow, fallback } = this.#options;
    if (allow ? isAllowed(allow, request.url) : fallback)
      return (fallback ?? this.#out()).dispatch(options, handler);
    return request.refuse(refusal(request.url, target !== undefined));
  }

  /** For what is let out, and for WebSockets to the port that a universe lends for them. */
  #out(): Agent {
    this.#agent ??= new Agent();
    return this.#agent;
  }

  override close(): Promise<void>;
  override close(callback: () => void): void;
  override close(callback?: () => void): Promise<void> | undefined {
    this.#closed = true;
    // A WebSocket ends with its universe, not with the way to it: it is not waited for.
    const closed = this.#agent?.destroy() ?? Promise.resolve();
    if (!callback) return closed;
    closed.then(callback);
    return undefined;
  }

  override destroy(...args: unknown[]): Promise<void> & undefined {
    const callback = args.find((one) => typeof one === 'function') as (() => void) | undefined;
    return this.close(callback as () => void) as unknown as Promise<void> & undefined;
  }
}

const isUpgrade = ({ method, upgrade }: Dispatcher.DispatchOptions): boolean =>
  Boolean(upgrade) || method === 'CONNECT';

const isAllowed = (allow: readonly string[], { host, hostname }: URL): boolean =>
  hostMatches(allow, host) || allow.includes(hostname);

/** Sockets that a universe hands out (Socket Mode) are at a loopback port, below its own path. */
const isLent = ({ id }: Universe, url: URL): boolean =>
  isLoopback(url.hostname) && url.pathname.startsWith(`/u/${id}/`);

function refusal(url: URL, ours: boolean): Error {
  if (ours)
    return new errors.NotSupportedError(
      `${url.origin}: a universe takes no upgraded connection through a dispatcher; use the address that it hands out`,
    );
  return Object.assign(
    new Error(
      `${url.origin} is no address of the universe, so this request was not sent; to let such requests out: ` +
        `dispatcher(universe, { allow: ['${url.hostname}'] }), or { fallback: new Agent() } for all`,
    ),
    { code: 'ERR_ORRERY_REFUSED' },
  );
}
