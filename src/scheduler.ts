/** Scheduled work of one universe: fires timers in order, by the universe's clock. The timers themselves are rows. */
import type { Clock } from './clock.ts';
import type { State } from './state.ts';
import { TIMER_MS_MAX, wallTimer } from './wall.ts';
import { type Timer, timers } from './world/world.ts';

export class Scheduler {
  readonly #clock: Clock;
  readonly #state: State;
  readonly #fire: (timer: Timer) => Promise<void> | undefined;
  #cancel: (() => void) | undefined;
  #armedFor = Number.POSITIVE_INFINITY;
  #advancing: Promise<void> | undefined;
  #stopped = false;
  /** Firings that are not over: a delivery on its way to a program. */
  readonly #flying = new Set<Promise<void>>();

  constructor(clock: Clock, state: State, fire: (timer: Timer) => Promise<void> | undefined) {
    this.#clock = clock;
    this.#state = state;
    this.#fire = fire;
  }

  /** Universe time of the next timer, in milliseconds. */
  nextAt(): number | undefined {
    return this.#next()?.at;
  }

  /** Sees that the next timer will fire; to be called after every change of timers or clock. */
  arm(): void {
    if (this.#stopped || this.#advancing) return;
    const next = this.#next();
    const wait = next && this.#clock.wallUntil(next.at);
    if (next === undefined || wait === undefined) {
      this.#disarm();
      return;
    }
    if (this.#cancel && this.#armedFor === next.at) return;
    this.#disarm();
    this.#armedFor = next.at;
    this.#cancel = wallTimer(Math.min(wait, TIMER_MS_MAX), () => {
      this.#disarm();
      this.#fireDue();
      this.arm();
    });
  }

  /** Goes to `to`, firing what is due in order; each firing is over, replies and all, before the next begins. */
  async advance(to: number): Promise<void> {
    while (this.#advancing) await this.#advancing;
    this.#disarm();
    this.#advancing = this.#run(to);
    try {
      await this.#advancing;
    } finally {
      this.#advancing = undefined;
      this.arm();
    }
  }

  stop(): void {
    this.#stopped = true;
    this.#disarm();
  }

  async #run(to: number): Promise<void> {
    for (;;) {
      // What is on its way began before the jump: the clock holds until its reply has been dealt with.
      while (this.#flying.size > 0) await Promise.all(this.#flying);
      const next = this.#next();
      if (!next || next.at > to || this.#stopped) break;
      if (next.at > this.#clock.now()) this.#clock.jump(next.at);
      this.#take(next);
    }
    if (to > this.#clock.now()) this.#clock.jump(to);
  }

  #fireDue(): void {
    const now = this.#clock.now();
    for (let next = this.#next(); next && next.at <= now && !this.#stopped; next = this.#next())
      this.#take(next);
  }

  #take(timer: Timer): void {
    this.#state.begin();
    this.#state.remove(timers, timer.id);
    this.#state.commit();
    const firing = this.#fire(timer);
    if (!firing) return;
    this.#flying.add(firing);
    void firing.finally(() => this.#flying.delete(firing));
  }

  #next(): Timer | undefined {
    return this.#state.isEmpty(timers) ? undefined : this.#state.list(timers, { index: 'at' }).first();
  }

  #disarm(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#armedFor = Number.POSITIVE_INFINITY;
  }
}
