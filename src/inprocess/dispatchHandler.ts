/**
 * Who waits for a dispatcher's answer. Handlers come in two forms: undici 7's own (a controller, `onResponseStart`, …),
 * and the earlier one (`onConnect`, `onHeaders`, …) of the undici inside Node 20 and 22. Both are one Listener here.
 */
import { STATUS_CODES } from 'node:http';
import { type Dispatcher, errors } from 'undici';

/** A handler of either form. */
export type Handler = Dispatcher.DispatchHandler & {
  /** Of undici 6: the request is on its way. */
  onRequestSent?(): void;
};

/** The handler as a Listener. */
export const listenerOf = (handler: Handler): Listener =>
  handler.onRequestStart ? controlled(handler) : legacy(handler);

/** What a handler may do to a request. */
export interface Control {
  abort(reason?: Error): void;
  pause(): void;
  resume(): void;
  paused(): boolean;
  ended(): boolean;
}

/** A handler of either form. */
export interface Listener {
  start(control: Control): void;
  sent(): void;
  headers(status: number, lines: readonly [string, string][]): void;
  data(chunk: Buffer): void;
  end(): void;
  fail(error: Error): void;
}

/** The form with a controller. */
function controlled(handler: Handler): Listener {
  let controller: Controller;
  return {
    start(control) {
      controller = new Controller(control);
      handler.onRequestStart?.(controller, {});
    },
    sent() {},
    headers(status, lines) {
      // Not in the types, but undici's own `fetch` reads the headers here.
      controller.rawHeaders = rawLines(lines);
      handler.onResponseStart?.(controller, status, grouped(lines), STATUS_CODES[status] ?? '');
    },
    data: (chunk) => handler.onResponseData?.(controller, chunk),
    end: () => handler.onResponseEnd?.(controller, {}),
    fail: (error) => handler.onResponseError?.(controller, error),
  };
}

class Controller implements Dispatcher.DispatchController {
  readonly #control: Control;
  rawHeaders: Buffer[] | null = null;
  rawTrailers: Buffer[] | null = null;
  #reason: Error | null = null;

  constructor(control: Control) {
    this.#control = control;
  }

  get aborted(): boolean {
    return this.#reason !== null;
  }

  get paused(): boolean {
    return this.#control.paused();
  }

  get reason(): Error | null {
    return this.#reason;
  }

  abort(reason: Error): void {
    if (this.#control.ended()) return;
    this.#reason = reason ?? new errors.RequestAbortedError();
    this.#control.abort(this.#reason);
  }

  pause(): void {
    this.#control.pause();
  }

  resume(): void {
    this.#control.resume();
  }
}

/** The earlier form, which says `false` for a pause. */
function legacy(handler: Handler): Listener {
  let control: Control;
  let resumes = 0;
  const resume = () => {
    resumes++;
    control.resume();
  };
  const paced = (take: () => unknown) => {
    const before = resumes;
    if (take() === false && resumes === before) control.pause();
  };
  return {
    start(given) {
      control = given;
      handler.onConnect?.((reason) => control.abort(reason));
    },
    sent: () => handler.onRequestSent?.(),
    headers(status, lines) {
      handler.onResponseStarted?.();
      paced(() => handler.onHeaders?.(status, rawLines(lines), resume, STATUS_CODES[status] ?? ''));
    },
    data: (chunk) => paced(() => handler.onData?.(chunk)),
    end: () => handler.onComplete?.([]),
    fail: (error) => handler.onError?.(error),
  };
}

const rawLines = (lines: readonly [string, string][]): Buffer[] =>
  lines.flatMap(([name, value]) => [Buffer.from(name, 'latin1'), Buffer.from(value, 'latin1')]);

function grouped(lines: readonly [string, string][]): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  for (const [key, value] of lines) {
    const name = key.toLowerCase();
    const before = headers[name];
    headers[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  return headers;
}
