/** How busy the candidate is, in wall time: what the harness goes by when it decides that nothing more will come. */
import { retryAfterMs } from './checkers/calls.ts';
import type { JournalEntry } from './host.ts';

/** After the last sign of life, how long silence must last (wall ms) before … */
const CALM_MS = 100; // … a person's thinking is jumped over while the candidate owes nothing.
const QUIET_MS = 300; // … a trial ends, while the candidate owes nothing.
const OWED_MS = 1500; // … we believe that what it owes will not come.
const RETRY_MS = 4000; // … the same, while a call of its failed and it may be backing off.
const GAP_MS_MAX = 5000;
const CPU_BELIEVED_MS = 5000;
const CPU_SHARE_BUSY = 0.1;

/** `calm` before a jump over thinking, `quiet` before the end. */
export type Silence = 'calm' | 'quiet';

/** Watches exchanges and output. All times are wall milliseconds. */
export class Activity {
  #lastAt: number;
  #lastExchangeAt: number | undefined;
  #longestGapMs = 0;
  #retryAt = 0;
  #failed = new Set<string>();
  #realSignAt: number;
  #cpu: { at: number; ms: number } | undefined;
  readonly #wallNow: () => number;

  constructor(wallNow: () => number = () => performance.now()) {
    this.#wallNow = wallNow;
    this.#lastAt = wallNow();
    this.#realSignAt = this.#lastAt;
  }

  /** Something moved: output, a delivery, a step. */
  mark(): void {
    this.#lastAt = this.#wallNow();
    this.#realSignAt = this.#lastAt;
  }

  /**
   * The CPU time that the candidate has used so far. A program that computes is not silent; but one that only
   * spins shows no other sign for long and is not believed.
   */
  seeCpu(ms: number | undefined): void {
    const now = this.#wallNow();
    const before = this.#cpu;
    if (ms === undefined || (before && now - before.at < 50)) return;
    this.#cpu = { at: now, ms };
    const busy =
      before !== undefined && ms - before.ms > CPU_SHARE_BUSY * (now - before.at) && ms - before.ms > 10;
    if (busy && now - this.#realSignAt < CPU_BELIEVED_MS) this.#lastAt = now;
  }

  /** A person acted or time was jumped: the gap before the next call says nothing about the candidate. */
  restart(): void {
    this.mark();
    this.#lastExchangeAt = undefined;
  }

  see(entry: JournalEntry): void {
    this.mark();
    if (entry.kind === 'delivery' || entry.kind === 'gesture') this.#lastExchangeAt = undefined;
    if (entry.kind !== 'exchange') return;
    const now = this.#wallNow();
    if (this.#lastExchangeAt !== undefined && now > this.#retryAt) {
      this.#longestGapMs = Math.min(GAP_MS_MAX, Math.max(this.#longestGapMs, now - this.#lastExchangeAt));
    }
    this.#lastExchangeAt = now;
    const wait = retryAfterMs(entry);
    if (wait !== undefined) this.#retryAt = Math.max(this.#retryAt, now + wait);
    const operation = `${entry.twin ?? ''} ${String(entry.operation)}`;
    if (entry.outcome === 'ok') this.#failed.delete(operation);
    else this.#failed.add(operation);
  }

  /**
   * How much longer (wall ms) silence must last; 0 or less: long enough. `idleSays` is the candidate's own
   * word, where it has an idle URL.
   */
  remainingMs(silence: Silence, owed: boolean, idleSays: boolean | undefined): number {
    const now = this.#wallNow();
    const base = silence === 'calm' ? CALM_MS : QUIET_MS;
    let needed = base;
    if (idleSays === undefined) {
      if (owed) needed = this.#failed.size > 0 ? RETRY_MS : OWED_MS;
      if (silence === 'quiet' || owed) needed = Math.max(needed, 2 * this.#longestGapMs);
    }
    if (idleSays === false) needed = Number.POSITIVE_INFINITY;
    return Math.max(this.#lastAt + needed, this.#retryAt + base) - now;
  }
}
