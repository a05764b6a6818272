/** Tells a page that what it shows has changed: a stream of events that looks again and again until there is an end. */
import { wallTimer } from '../../wall.ts';

/** Pages that are told at once; one more is asked to come back. Milliseconds between signs of life. */
const STREAMS_MAX = 200;
const HEARTBEAT_MS = 15_000;
const RETRY_S = 10;
/** Events that a reader may be behind. */
const BEHIND_MAX = 20;

/** What a look found: `mark` differs where something changed; `over`: nothing will change any more. */
export interface Look {
  mark: string;
  over: boolean;
}

/** What the stream is made from; `after` is the mark that the page has. */
export interface Watch {
  look(): Promise<Look>;
  everyMs: number;
  after: string;
  closing?: AbortSignal | undefined;
}

let open = 0;

/** A `text/event-stream` answer: `changed` at each change, `end` once all is over. */
export function changeStream(watch: Watch): Response {
  if (open >= STREAMS_MAX)
    return new Response('too many pages are open', {
      status: 503,
      headers: { 'retry-after': String(RETRY_S) },
    });
  const watcher = new Watcher(watch);
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => watcher.start(controller),
    cancel: () => watcher.stop(),
  });
  return new Response(stream, {
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' },
  });
}

class Watcher {
  readonly #watch: Watch;
  #mark: string;
  #silentMs = 0;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  #callOff: (() => void) | undefined;
  readonly #close = () => this.stop();

  constructor(watch: Watch) {
    this.#watch = watch;
    this.#mark = watch.after;
  }

  start(controller: ReadableStreamDefaultController<Uint8Array>): void {
    open++;
    this.#controller = controller;
    this.#watch.closing?.addEventListener('abort', this.#close);
    this.#say(': here\n\n');
    if (this.#watch.closing?.aborted) this.stop();
    else void this.#look();
  }

  /** Ends the stream, once, whoever wants it. */
  stop(): void {
    if (!this.#controller) return;
    open--;
    this.#callOff?.();
    this.#watch.closing?.removeEventListener('abort', this.#close);
    const controller = this.#controller;
    this.#controller = undefined;
    try {
      controller.close();
    } catch {
      // The reader has closed it already.
    }
  }

  async #look(): Promise<void> {
    const { look, everyMs } = this.#watch;
    const found = await look().catch((): Look => ({ mark: this.#mark, over: true }));
    if (!this.#controller) return;
    if (found.mark !== this.#mark) {
      this.#mark = found.mark;
      this.#say(`event: changed\ndata: ${JSON.stringify({ last: found.mark })}\n\n`);
    } else if (this.#silentMs >= HEARTBEAT_MS) this.#say(': still here\n\n');
    this.#silentMs += everyMs;
    if (found.over) {
      this.#say('event: end\ndata: {}\n\n');
      this.stop();
    } else this.#callOff = wallTimer(everyMs, () => void this.#look());
  }

  /** A reader who takes nothing in is let go: what waits for it never grows. */
  #say(text: string): void {
    if ((this.#controller?.desiredSize ?? 0) < -BEHIND_MAX) this.stop();
    this.#controller?.enqueue(new TextEncoder().encode(text));
    this.#silentMs = 0;
  }
}
