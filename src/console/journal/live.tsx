/**
 * A journal as it grows, for pages: a few times a second the newest rows, rendered, and how many were too many to
 * show. So a busy universe costs its viewers' server the same as a calm one, and nothing is kept for a slow viewer:
 * who cannot take more gets the newest later.
 */
import type { Universe } from '../../universe.ts';
import { elapsedNow, wallTimer } from '../../wall.ts';
import { type JournalFilter, recentEntries } from './recent.ts';
import { JournalRow } from './row.tsx';

const TICK_MS = 250;
const HEARTBEAT_MS = 15_000;
/** Rows that one tick sends, and entries that it looks at for them. */
export const TICK_ROWS_MAX = 50;
const TICK_LOOK_MAX = 300;
/** Bytes that wait in the stream for a slow viewer. */
const BUFFER_BYTES = 256 * 1024;

/** What a viewer follows. */
export interface LiveOptions {
  filter: JournalFilter;
  /** The last entry that the page has. */
  after: number;
  /** Whether rows are sent, or only that there are new ones. */
  rows: boolean;
  closing: AbortSignal | undefined;
  /** Called once, when it ends for whatever reason. */
  ended(): void;
}

/**
 * Server-sent events: `rows {html, last, unseen}` (newest first), `changed {last}` in their place without `rows`,
 * `reset {}` where the universe began again, `end {}` where it is gone.
 */
export function liveStream(universe: Universe, options: LiveOptions): Response {
  const viewer = new Viewer(universe, options);
  const stream = new ReadableStream<Uint8Array>(
    { start: (controller) => viewer.start(controller), cancel: () => viewer.stop() },
    new ByteLengthQueuingStrategy({ highWaterMark: BUFFER_BYTES }),
  );
  return new Response(stream, {
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' },
  });
}

const utf8 = new TextEncoder();

class Viewer {
  readonly #universe: Universe;
  readonly #options: LiveOptions;
  #controller!: ReadableStreamDefaultController<Uint8Array>;
  #after: number;
  #generation: number;
  #saidAt = elapsedNow();
  #timer = () => {};
  #undo: (() => void)[] = [];
  #over = false;

  constructor(universe: Universe, options: LiveOptions) {
    this.#universe = universe;
    this.#options = options;
    this.#after = options.after;
    this.#generation = universe.generation;
  }

  start(controller: ReadableStreamDefaultController<Uint8Array>): void {
    this.#controller = controller;
    const { closing } = this.#options;
    const end = () => this.#end();
    closing?.addEventListener('abort', end);
    this.#undo.push(this.#universe.onClose(end), () => closing?.removeEventListener('abort', end));
    if (closing?.aborted || this.#universe.closed) this.#end();
    else this.#tick();
  }

  stop(): void {
    if (this.#over) return;
    this.#over = true;
    this.#timer();
    for (const undo of this.#undo.splice(0)) undo();
    this.#options.ended();
  }

  #tick(): void {
    if (this.#over) return;
    if ((this.#controller.desiredSize ?? 0) > 0) this.#look();
    this.#timer = wallTimer(TICK_MS, () => this.#tick());
  }

  #look(): void {
    const { journal, generation } = this.#universe;
    if (generation !== this.#generation || journal.end < this.#after) {
      this.#generation = generation;
      this.#after = 0;
      this.#say('event: reset\ndata: {}\n\n');
    }
    if (journal.end > this.#after) this.#news();
    else if (elapsedNow() - this.#saidAt > HEARTBEAT_MS) this.#say(': here\n\n');
  }

  #news(): void {
    const { id, journal } = this.#universe;
    const { filter, rows } = this.#options;
    const limit = rows ? TICK_ROWS_MAX : 1;
    const { entries, unseen } = recentEntries(journal, filter, {
      after: this.#after,
      limit,
      look: TICK_LOOK_MAX,
    });
    this.#after = journal.end;
    if (entries.length === 0 && unseen === 0) return;
    const html = entries.map((entry) => (<JournalRow universe={id} entry={entry} />).toString()).join('');
    const event = rows ? 'rows' : 'changed';
    const data = { last: journal.end, ...(rows ? { html, unseen } : {}) };
    this.#say(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  #say(text: string): void {
    this.#saidAt = elapsedNow();
    this.#controller.enqueue(utf8.encode(text));
  }

  #end(): void {
    if (this.#over) return;
    this.#say('event: end\ndata: {}\n\n');
    this.stop();
    this.#controller.close();
  }
}
