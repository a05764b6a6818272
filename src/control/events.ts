/**
 * The journal as server-sent events. Nothing is queued for a reader: each time it can take more, the next entries are
 * read from the journal behind the last it got. One who falls too far behind is cut, and told from where to go on.
 */
import type { Universe } from '../universe.ts';
import { wallTimer } from '../wall.ts';

const HEARTBEAT_MS = 15_000;
const PAGE_ENTRIES = 100;
/** Entries that a reader who is connected may be behind. */
const LAG_ENTRIES_MAX = 20_000;
/** Bytes that wait in the stream itself. */
const BUFFER_BYTES = 256 * 1024;

interface Options {
  query: { after?: number; kind?: string; twin?: string };
  headers: Headers;
  closing: AbortSignal | undefined;
}

/** A `text/event-stream` answer that ends when the universe, the server or the reader does. */
export function eventStream(universe: Universe, options: Options): Response {
  const reader = new Reader(universe, options);
  const stream = new ReadableStream<Uint8Array>(
    {
      start: (controller) => reader.start(controller),
      pull: () => reader.pull(),
      cancel: () => reader.stop(),
    },
    new ByteLengthQueuingStrategy({ highWaterMark: BUFFER_BYTES }),
  );
  return new Response(stream, {
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' },
  });
}

class Reader {
  readonly #universe: Universe;
  readonly #filter: { kind?: string; twin?: string };
  readonly #closing: AbortSignal | undefined;
  #after: number;
  /** The newest entry that was heard of; a smaller one after it means that the journal began again. */
  #heard = 0;
  #controller!: ReadableStreamDefaultController<Uint8Array>;
  #wake: (() => void) | undefined;
  #undo: (() => void)[] = [];
  #beat: (() => void) | undefined;
  #over = false;

  constructor(universe: Universe, { query, headers, closing }: Options) {
    const { after, ...filter } = query;
    const last = headers.get('last-event-id');
    this.#universe = universe;
    this.#filter = filter;
    this.#closing = closing;
    this.#after = last !== null && /^\d{1,15}$/.test(last) ? Number(last) : (after ?? 0);
  }

  start(controller: ReadableStreamDefaultController<Uint8Array>): void {
    const { journal } = this.#universe;
    this.#controller = controller;
    this.#heard = journal.end;
    if (this.#after > journal.end) this.#restart();
    this.#undo.push(
      journal.watch(({ seq }) => this.#grew(seq)),
      this.#universe.onClose(() => this.#end('end')),
    );
    const ended = () => this.#end('end');
    this.#closing?.addEventListener('abort', ended);
    this.#undo.push(() => this.#closing?.removeEventListener('abort', ended));
    this.#heartbeat();
    if (this.#closing?.aborted) this.#end('end');
  }

  /** Resolves when something was sent: until then the stream does not ask again. */
  async pull(): Promise<void> {
    while (!this.#over) {
      const { journal } = this.#universe;
      const lost = journal.dropped - this.#after;
      if (lost > 0) this.#send('lost', { entries: lost }, undefined);
      const page = journal.page({
        after: Math.max(this.#after, journal.dropped),
        limit: PAGE_ENTRIES,
        ...this.#filter,
      });
      this.#after = page.next;
      for (const entry of page.entries) this.#send(undefined, entry, entry.seq);
      if (page.entries.length > 0) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  stop(): void {
    this.#over = true;
    this.#beat?.();
    for (const undo of this.#undo.splice(0)) undo();
    this.#wake?.();
  }

  #grew(seq: number): void {
    if (seq <= this.#heard) this.#restart();
    this.#heard = seq;
    if (seq - this.#after > LAG_ENTRIES_MAX) this.#end('cut');
    else this.#wake?.();
  }

  /** After a reset entries count from 1 again. */
  #restart(): void {
    this.#after = 0;
    this.#send('reset', {}, 0);
  }

  /** Says why it ends and where to go on from. */
  #end(why: 'end' | 'cut'): void {
    if (this.#over) return;
    this.#send(why, { resume: this.#after }, undefined);
    this.stop();
    this.#controller.close();
  }

  #heartbeat(): void {
    this.#beat = wallTimer(HEARTBEAT_MS, () => {
      if (this.#over) return;
      // A reader who takes nothing gets no heartbeats either: they would pile up.
      if ((this.#controller.desiredSize ?? 0) > 0) this.#controller.enqueue(utf8.encode(': here\n\n'));
      this.#heartbeat();
    });
  }

  /** Entries carry no event name, so that `onmessage` gets them; what is said about the stream does. */
  #send(event: string | undefined, data: unknown, id: number | undefined): void {
    const head = (id === undefined ? '' : `id: ${id}\n`) + (event === undefined ? '' : `event: ${event}\n`);
    this.#controller.enqueue(utf8.encode(`${head}data: ${JSON.stringify(data)}\n\n`));
  }
}

const utf8 = new TextEncoder();
