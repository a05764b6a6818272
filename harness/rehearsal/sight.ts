/** The universe of a run as its tasks and checks see it: wakes who waits for something when the world has changed. */
import type { HostUniverse, JournalEntry, RowChange } from '../host.ts';
import { LensWorld } from '../lens/lens.ts';
import type { Message } from '../lens/slack.ts';

/** Changes are looked at together, at most this often (ms), and less often where a look takes long. */
const LOOK_MS = 10;
const LOOK_SHARE_MAX = 0.2;
const EXCHANGES_MAX = 200_000;

type Look = () => void;

/** One run's view; to be closed. */
export class Sight {
  readonly world: LensWorld;
  readonly #looks = new Set<Look>();
  readonly #old: Set<string>;
  readonly #stop: () => void;
  #timer: NodeJS.Timeout | undefined;
  #pauseMs = LOOK_MS;

  constructor(universe: HostUniverse, see: (entry: JournalEntry, changes: readonly RowChange[]) => void) {
    this.world = new LensWorld(universe.state(), universe.cast());
    this.#old = new Set(this.world.rows('slack', 'messages').map((row) => keyOf(row)));
    this.#stop = universe.watch((entry, changes) => {
      for (const { twin, table } of changes) this.world.touch(`${twin}.${table}`);
      if (entry.kind === 'exchange' && this.world.exchanges.length < EXCHANGES_MAX) {
        this.world.exchanges.push(entry);
        this.world.touch('journal.exchange');
      }
      see(entry, changes);
      this.#timer ??= setTimeout(() => this.#look(), this.#pauseMs);
    });
  }

  /** Calls `look` soon after each change, and now. Returns the way to stop. */
  onChange(look: Look): () => void {
    this.#looks.add(look);
    look();
    return () => void this.#looks.delete(look);
  }

  /** What `find` finds, as soon as it finds something; undefined at `deadline` (`performance.now()`). */
  until(find: () => unknown, deadline: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      let stop = () => {};
      const end = (finish: () => void) => {
        clearTimeout(timer);
        stop();
        finish();
      };
      const timer = setTimeout(
        () => end(() => resolve(undefined)),
        Math.max(0, deadline - performance.now()),
      );
      let over = false;
      const look = () => {
        if (over) return;
        try {
          const found = find();
          if (found === undefined) return;
          over = true;
          end(() => resolve(found));
        } catch (error) {
          over = true;
          end(() => reject(error));
        }
      };
      stop = this.onChange(look);
      if (over) stop();
    });
  }

  /** Is it a message of this run that no task has taken for its own? */
  fresh(message: Message): boolean {
    return !this.#old.has(keyOf(message));
  }

  take(value: unknown): void {
    if (typeof value === 'object' && value !== null && 'ts' in value) this.#old.add(keyOf(value));
  }

  close(): void {
    this.#stop();
    clearTimeout(this.#timer);
    this.#looks.clear();
  }

  #look(): void {
    this.#timer = undefined;
    const began = performance.now();
    for (const look of this.#looks) look();
    // Many who wait make a look long; the program under test needs the processor more.
    this.#pauseMs = Math.max(LOOK_MS, (performance.now() - began) / LOOK_SHARE_MAX);
  }
}

function keyOf(message: object): string {
  const { channel, ts } = message as { channel?: unknown; ts?: unknown };
  return `${String(channel)}/${String(ts)}`;
}
