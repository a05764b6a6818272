/** Builds of a run as they stand now: scored ones, and the one that is being run, counted from the log so far. */
import { counted, type Log } from './log.ts';
import type { Build, RunDocument } from './shape.ts';

/** Verdicts counted of one cell or one build. */
export interface Tally {
  satisfied: number;
  unsatisfied: number;
  unknown: number;
}

/** A candidate of the run; `build` is undefined until its last trial is scored. */
export interface BuildNow {
  candidate: string;
  /** Hash of the build. */
  hash: string;
  build?: Build;
  /** Only while it is not scored: so far, by scenario and in all. */
  soFar?: { all: Tally; scenarios: Map<string, Tally> };
}

/** All candidates in the order of the run; `soFar` where a build has trials but no score. */
export function buildsNow(run: RunDocument, log: Log): BuildNow[] {
  const open = run.candidates.filter(({ build }) => !run.builds.some((one) => one.build === build));
  const tallies = new Map(
    open.map(({ build }) => [build, { all: none(), scenarios: new Map<string, Tally>() }]),
  );
  if (open.length > 0) {
    for (const { build, scenario, verdict } of counted(log.lines)) {
      const tally = tallies.get(build);
      if (!tally) continue;
      const own = tally.scenarios.get(scenario) ?? none();
      own[verdict]++;
      tally.all[verdict]++;
      tally.scenarios.set(scenario, own);
    }
  }
  const scored = run.builds.map(
    (build): BuildNow => ({ candidate: build.candidate, hash: build.build, build }),
  );
  return [
    ...scored,
    ...open.map(({ candidate, build }) => ({ candidate, hash: build, soFar: tallies.get(build) })),
  ];
}

/** Trials in a tally. */
export function size({ satisfied, unsatisfied, unknown }: Tally): number {
  return satisfied + unsatisfied + unknown;
}

function none(): Tally {
  return { satisfied: 0, unsatisfied: 0, unknown: 0 };
}
