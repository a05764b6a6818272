/**
 * Time in a trial: waiting for the world, and jumping over people's thinking while the candidate has nothing
 * to do (`satisfaction.md`, "Time"). Nothing here polls the world; it wakes when something happens.
 */
import type { Activity, Silence } from './activity.ts';
import { sayDuration } from './duration.ts';
import type { HostUniverse } from './host.ts';

/**
 * A program refuses signatures that are more than five minutes off its own clock, so the universe may run
 * ahead of the machine by this much and no more (ms).
 */
export const DRIFT_MS_MAX = 270_000;
const WAKE_MS_MAX = 250;
const WALL_MS_MAX = 120_000;

export interface PaceSetting {
  universe: HostUniverse;
  activity: Activity;
  skip: boolean;
  /** Universe ms until which the candidate owes something, if it does. */
  owedUntil(): number | undefined;
  /** The candidate's own word; undefined where it has no idle URL. */
  askIdle(): Promise<boolean | undefined>;
  /** CPU time that the candidate has used (ms), where known. */
  cpuMs(): number | undefined;
  exited(): boolean;
  aborted(): boolean;
  note(text: string): void;
}

/** `silent`: the candidate fell silent and time could not be moved far enough to see more. */
export type Outcome = 'met' | 'deadline' | 'silent' | 'exit' | 'hang' | 'aborted';

/** The clock's hand of one trial. */
export class Pace {
  readonly #setting: PaceSetting;
  readonly #wallStart = performance.now();
  #wake: (() => void) | undefined;

  constructor(setting: PaceSetting) {
    this.#setting = setting;
  }

  /** To be called whenever something happened in the universe or the candidate. */
  happened(): void {
    this.#wake?.();
  }

  /** A person's thinking: until `at` (universe ms), by waiting or by jumping. */
  async sleepUntil(at: number): Promise<Outcome> {
    const outcome = await this.until(() => false, at, 'calm');
    if (outcome === 'silent') {
      const left = sayDuration(at - this.#setting.universe.now());
      this.#setting.note(`${left} of thinking left out: the program checks signatures against its own clock`);
    }
    return outcome === 'deadline' || outcome === 'silent' ? 'met' : outcome;
  }

  /** Until `condition` holds, or `deadline` (universe ms). `owed`: the candidate is what we wait for. */
  async until(condition: () => boolean, deadline: number, silence: Silence, owed = false): Promise<Outcome> {
    const { universe, activity, exited, aborted } = this.#setting;
    let idleSays: boolean | undefined;
    for (;;) {
      if (condition()) return 'met';
      if (aborted()) return 'aborted';
      if (exited()) return 'exit';
      if (universe.now() >= deadline) return 'deadline';
      if (performance.now() - this.#wallStart > WALL_MS_MAX) return 'hang';
      activity.seeCpu(this.#setting.cpuMs());
      const owes = owed || this.#setting.owedUntil() !== undefined;
      const busy = universe.inFlight() > 0;
      const remaining = busy ? WAKE_MS_MAX : activity.remainingMs(silence, owes, idleSays);
      if (this.#setting.skip && !busy && activity.remainingMs(silence, false, undefined) <= 0) {
        idleSays = await this.#setting.askIdle();
        if (activity.remainingMs(silence, owes, idleSays) <= 0 && universe.inFlight() === 0) {
          if (!(await this.#jump(deadline))) return 'silent';
          continue;
        }
      }
      const toDeadline = deadline - universe.now();
      await this.#sleep(Math.min(WAKE_MS_MAX, Math.max(1, remaining), Math.max(1, toDeadline)));
    }
  }

  /** How far time may still be moved ahead (ms). */
  budgetMs(): number {
    return DRIFT_MS_MAX - (this.#setting.universe.now() - Date.now());
  }

  /** One hop: to the next thing that is due, to the next bound of the candidate, or to the deadline. */
  async #jump(deadline: number): Promise<boolean> {
    const { universe, activity } = this.#setting;
    const now = universe.now();
    const bound = this.#setting.owedUntil();
    const stops = [deadline, universe.nextDueAt(), bound === undefined ? undefined : bound + 1];
    const target = Math.min(...stops.filter((stop) => stop !== undefined && stop > now).map(Number));
    const by = Math.min(target - now, this.budgetMs());
    if (by < 1) return false;
    await universe.advance(Math.ceil(by));
    activity.restart();
    return true;
  }

  async #sleep(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        // Let what caused the wake-up finish first: it may still be inside a commit.
        setImmediate(resolve);
      };
    });
    this.#wake = undefined;
  }
}
