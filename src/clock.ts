/** A universe's time: real, frozen or scaled. Everything inside a universe that asks what time it is asks here. */
import { wallNow } from './wall.ts';

export type ClockMode = 'realtime' | 'frozen' | 'scaled';

/** How a clock is set: `now` in milliseconds since the epoch, `rate` in universe seconds per second. */
export interface ClockSetting {
  mode: ClockMode;
  now: number;
  rate: number;
}

export class Clock {
  #mode: ClockMode = 'realtime';
  #rate = 1;
  /** Universe time at `#wall`. */
  #base: number;
  #wall: number;

  constructor(setting: Partial<ClockSetting> = {}) {
    this.#wall = wallNow();
    this.#base = setting.now ?? this.#wall;
    this.set(setting);
  }

  get mode(): ClockMode {
    return this.#mode;
  }

  get rate(): number {
    return this.#rate;
  }

  /** Milliseconds since the epoch, whole. */
  now(): number {
    return this.#mode === 'frozen'
      ? this.#base
      : Math.floor(this.#base + (wallNow() - this.#wall) * this.#rate);
  }

  /** Changes what is given; time goes on from where it is unless `now` is given. */
  set(setting: Partial<ClockSetting>): void {
    const now = setting.now ?? this.now();
    this.#mode = setting.mode ?? this.#mode;
    this.#rate = this.#mode === 'scaled' ? (setting.rate ?? this.#rate) : 1;
    this.jump(now);
  }

  /** Makes it `now`. */
  jump(now: number): void {
    this.#base = now;
    this.#wall = wallNow();
  }

  /** How long, in the machine's milliseconds, until it is `at`; undefined where only an advance brings it. */
  wallUntil(at: number): number | undefined {
    if (at <= this.now()) return 0;
    return this.#mode === 'frozen' ? undefined : (at - this.now()) / this.#rate;
  }

  setting(): ClockSetting {
    return { mode: this.#mode, now: this.now(), rate: this.#rate };
  }
}
