/**
 * One request through a dispatcher: reads undici's options, has the universe answer, and hands the answer over as a
 * connection would, with pauses, aborts and errors.
 */
import { type Dispatcher, errors } from 'undici';
import type { Target } from '../door.ts';
import type { Universe } from '../universe.ts';
import { wallTimer } from '../wall.ts';
import { answer, bodyBytesMax, canBeSent, cutError, held, isBodiless, sentHeaders } from './answer.ts';
import { type Handler, type Listener, listenerOf } from './dispatchHandler.ts';
import { headersOf, type SentBody, sentBody, urlOf } from './dispatchOptions.ts';

/** Bytes handed over at once, as a socket would read them. */
const CHUNK_BYTES = 64 * 1024;
const HEADERS_TIMEOUT_MS = 300_000;

export class Dispatch {
  /** Undefined for options that name no address. */
  readonly url: URL | undefined;
  readonly #options: Dispatcher.DispatchOptions;
  readonly #listener: Listener;
  readonly #stopped = new AbortController();
  #paused = false;
  #ended = false;
  #forgetTimer = () => {};
  #flow: () => void = () => {};

  constructor(options: Dispatcher.DispatchOptions, handler: Handler) {
    this.url = urlOf(options);
    this.#options = options;
    this.#listener = listenerOf(handler);
  }

  /** Fails at once; always true, as an answer of `dispatch`. */
  refuse(error: Error): true {
    this.#start();
    queueMicrotask(() => this.#fail(error));
    return true;
  }

  /** Has the universe answer; always true, since a universe is never too busy. */
  answer(universe: Universe, target: Target): true {
    this.#start();
    if (this.#ended) return true;
    const timeoutMs = this.#options.headersTimeout ?? HEADERS_TIMEOUT_MS;
    if (timeoutMs > 0)
      this.#forgetTimer = wallTimer(timeoutMs, () => this.#fail(new errors.HeadersTimeoutError()));
    this.#exchange(universe, target).catch((error: Error) => this.#fail(error));
    return true;
  }

  async #exchange(universe: Universe, target: Target): Promise<void> {
    const { method, body } = this.#options;
    const headers = headersOf(this.#options.headers);
    const sent: SentBody = await sentBody(body, bodyBytesMax(universe, target));
    if (sent.type && headers['content-type'] === undefined) headers['content-type'] = sent.type;
    if (this.#ended) return;
    this.#listener.sent();
    const query = this.url?.search.slice(1) ?? '';
    const plan = await answer(universe, target, { method, query, headers, body: sent.bytes });
    if (this.#ended) return;
    if ('cut' in plan) {
      await held(universe, plan.holdMs, this.#stopped.signal);
      throw plan.cut === 'timeout' ? new errors.HeadersTimeoutError() : cutError('reset');
    }
    this.#forgetTimer();
    const { reply } = plan;
    const lines = sentHeaders(universe, reply);
    if (!canBeSent(lines)) throw new errors.SocketError('an answer with a header that cannot be sent');
    const empty = isBodiless(method, reply.status) || reply.body === undefined;
    this.#deliver(reply.status, lines, empty ? EMPTY : Buffer.from(reply.body as Uint8Array));
  }

  #start(): void {
    this.#listener.start({
      abort: (reason) => this.#fail(reason ?? new errors.RequestAbortedError()),
      pause: () => {
        this.#paused = true;
      },
      resume: () => {
        this.#paused = false;
        this.#flow();
      },
      paused: () => this.#paused,
      ended: () => this.#ended,
    });
  }

  /** Hands the answer over in chunks, as fast as the client takes them. */
  #deliver(status: number, lines: readonly [string, string][], bytes: Buffer): void {
    let at = 0;
    let flowing = false;
    this.#flow = () => {
      // A client that resumes out of its own `onData` is served by the loop that it is in.
      if (flowing) return;
      flowing = true;
      while (!this.#paused && !this.#ended && at < bytes.length) {
        const chunk = bytes.subarray(at, at + CHUNK_BYTES);
        at += chunk.length;
        this.#listener.data(chunk);
      }
      flowing = false;
      if (at < bytes.length || this.#paused || this.#ended) return;
      this.#ended = true;
      this.#listener.end();
    };
    this.#listener.headers(status, lines);
    this.#flow();
  }

  #fail(error: Error): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#forgetTimer();
    this.#stopped.abort();
    this.#listener.fail(error);
  }
}

const EMPTY = Buffer.alloc(0);
