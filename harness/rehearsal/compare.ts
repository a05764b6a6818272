/** The rehearsal against its control: what changed beyond it, which work was lost, what it cost. */
import type { Conduct } from './conduct.ts';
import type { Changes } from './evidence.ts';

/** Changes beyond the control's, by class; examples say whom or what they were about. */
export interface Collateral {
  count: number;
  byClass: { class: string; count: number; about: string[] }[];
}

/** What a run's finished tasks cost. */
export interface Cost {
  finished: number;
  /** Exchanges with the twins by vendor; `calls`: in all, those of a hammer left out. */
  exchanges: Record<string, number>;
  calls: number;
  callsPerTask: number | null;
  cpuMs?: number;
  cpuMsPerTask?: number | null;
}

const ABOUT_MAX = 5;

/** More of a change, about the same, than in the control. Less of it is lost work, told apart. */
export function collateral(control: Changes, run: Changes): Collateral {
  const classes = new Map<string, { count: number; about: string[] }>();
  for (const [key, count] of run) {
    const more = count - (control.get(key) ?? 0);
    if (more <= 0) continue;
    const [name = '', ...about] = key.split(' ');
    const found = classes.get(name) ?? { count: 0, about: [] };
    found.count += more;
    if (found.about.length < ABOUT_MAX && about.length > 0) found.about.push(about.join(' '));
    classes.set(name, found);
  }
  const byClass = [...classes].map(([name, found]) => ({ class: name, ...found }));
  return { count: byClass.reduce((sum, { count }) => sum + count, 0), byClass };
}

/** Arrivals that the control served and the rehearsal did not. */
export function lostWork(control: Conduct, run: Conduct): number[] {
  const served = new Set(control.samples.filter(({ error }) => error === undefined).map(({ n }) => n));
  return run.samples.filter(({ n, error }) => error !== undefined && served.has(n)).map(({ n }) => n);
}

/** What the finished tasks of a run cost. */
export function costOf({ samples, exchanges, cpuMs, hammered }: Conduct): Cost {
  const finished = samples.filter(({ error }) => error === undefined).length;
  const byTwin = Object.fromEntries(
    Object.entries(exchanges).map(([twin, { ok, fail, info }]) => [twin, ok + fail + info]),
  );
  // A hammer's blows are nobody's task.
  const blows = hammered?.sent ?? 0;
  const calls = Object.values(byTwin).reduce((sum, count) => sum + count, 0) - blows;
  const each = (total: number) => (finished === 0 ? null : total / finished);
  return {
    ...{ finished, exchanges: byTwin, calls, callsPerTask: each(calls) },
    ...(cpuMs === undefined ? {} : { cpuMs, cpuMsPerTask: each(cpuMs) }),
  };
}
