/**
 * `orrery/undici`: a dispatcher for undici and for Node's own `fetch`. Calls of the vendors' addresses end in a universe,
 * with no socket; what is for others goes on to a dispatcher of the caller's choice, or nowhere.
 */
import { Dispatcher, errors } from 'undici';
import { interceptedIn } from './answer.ts';
import { Dispatch } from './dispatch.ts';
import { type UniverseSource, universeOf } from './source.ts';

/** What becomes of requests for addresses that are not the universe's. */
export interface DispatcherOptions {
  /** Takes them; without it they are refused. `new Agent()` lets them out. */
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
  readonly #fallback: DispatcherOptions['fallback'];
  #closed = false;

  constructor(universe: UniverseSource, options: DispatcherOptions = {}) {
    super();
    this.#universe = universeOf(universe);
    this.#fallback = options.fallback;
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const request = new Dispatch(options, handler);
    if (this.#closed) return request.refuse(new errors.ClientClosedError());
    if (!request.url) return request.refuse(new errors.InvalidArgumentError('invalid url'));
    const universe = this.#universe();
    const target = universe && interceptedIn(universe, request.url);
    if (universe && target && !isUpgrade(options)) return request.answer(universe, target);
    if (this.#fallback) return this.#fallback.dispatch(options, handler);
    return request.refuse(refusal(request.url, target !== undefined));
  }

  override close(): Promise<void>;
  override close(callback: () => void): void;
  override close(callback?: () => void): Promise<void> | undefined {
    this.#closed = true;
    if (!callback) return Promise.resolve();
    queueMicrotask(callback);
    return undefined;
  }

  override destroy(...args: unknown[]): Promise<void> & undefined {
    const callback = args.find((one) => typeof one === 'function') as (() => void) | undefined;
    return this.close(callback as () => void) as unknown as Promise<void> & undefined;
  }
}

const isUpgrade = ({ method, upgrade }: Dispatcher.DispatchOptions): boolean =>
  Boolean(upgrade) || method === 'CONNECT';

function refusal(url: URL, ours: boolean): Error {
  if (ours)
    return new errors.NotSupportedError(
      `${url.origin}: a universe takes no upgraded connection through a dispatcher; use the address that it hands out`,
    );
  return Object.assign(
    new Error(
      `${url.origin} is no address of the universe, so this request was not sent; to let such requests out, ` +
        'give a fallback: dispatcher(universe, { fallback: new Agent() })',
    ),
    { code: 'ERR_ORRERY_REFUSED' },
  );
}
