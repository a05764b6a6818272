/** One trial: one scenario, one candidate, one universe; what people do, what came of it, and the verdict. */
import { Activity } from './activity.ts';
import type { LoadedCandidate } from './candidate.ts';
import type { Ended, Finding, Happened, Sight, Watcher } from './checkers/checker.ts';
import { mustDurationMs } from './duration.ts';
import { drawAll } from './given.ts';
import type { FaultInput, JournalEntry, RowChange } from './host.ts';
import { LensWorld, text } from './lens/lens.ts';
import { Pace } from './pace.ts';
import type { PreparedScenario } from './prepare.ts';
import type { TrialRecord, TrialResult } from './record.ts';
import type { Slot } from './slots.ts';
import { runSteps } from './steps/run.ts';
import { Trajectory } from './trajectory.ts';
import { excuseGaps, merge } from './verdict.ts';

const QUIET_DEFAULT = '30s';
const AT_MOST_DEFAULT = '30m';
const IDLE_MS_MAX = 500;
const LAST_LOOK_MS = 100;

export interface TrialPlan {
  id: string;
  candidate: LoadedCandidate;
  prepared: PreparedScenario;
  scenarioHash: string;
  index: number;
  seed: number;
  attempt: number;
  aborted(): boolean;
}

/** A trial as it runs: what steps, checkers and the clock share. */
export interface Stage {
  slot: Slot;
  prepared: PreparedScenario;
  world: LensWorld;
  names: Record<string, unknown>;
  steps: Record<string, unknown>;
  /** Universe ms at which steps ended well. */
  stepTimes: Map<string, number>;
  pace: Pace;
  activity: Activity;
  trajectory: Trajectory;
  notes: string[];
  happened(happened: Happened): void;
  /** Set while a gesture is being made, so that what it commits is known as a person's doing. */
  gesture: { onEntry(at: number): void } | undefined;
}

/** Runs a trial in a slot that is as if new. Throws only what is no fault of the candidate. */
export async function runTrial(plan: TrialPlan, slot: Slot): Promise<TrialResult> {
  const { universe } = slot;
  const startedAt = new Date().toISOString();
  const wallStart = performance.now();
  const cpuStart = slot.process.cpuMs();
  const { stage, watchers, facts, begin, unsign } = setStage(plan, slot);
  Object.assign(stage.names, await drawAll(plan.prepared.draws, universe.cast(), plan.seed));
  const outputFrom = slot.process.output.length;
  const unwatch = universe.watch((entry, changes) => facts.see(entry, changes));
  try {
    await universe.faults(faultsOf(plan));
    begin();
    const failedStep = await runSteps(stage);
    const ended = await settle(plan, stage, watchers, facts);
    const findings = await findingsOf(plan, slot, watchers, ended, facts);
    const output = slot.process.output.slice(outputFrom);
    const record: TrialRecord = {
      ...identity(plan),
      ...merge(findings),
      findings,
      startedAt,
      wallMs: Math.round(performance.now() - wallStart),
      universeMs: Math.round(ended.at - stage.trajectory.t0),
      ended: ended.reason,
      given: given(plan, stage.names),
      steps: Object.fromEntries(
        [...stage.stepTimes].map(([id, at]) => [id, Math.round(at - stage.trajectory.t0)]),
      ),
      ...(failedStep === undefined ? {} : { failedStep }),
      exchanges: facts.exchanges,
      faultsHit: facts.faultsHit,
      gaps: [...facts.gaps],
      notes: stage.notes,
      process: processFacts(slot, cpuStart),
    };
    return { record, trajectory: stage.trajectory.entries, output };
  } finally {
    unwatch();
    unsign();
  }
}

/** The fields of a record that are known before a trial runs. */
export function identity(plan: TrialPlan) {
  return {
    id: plan.id,
    candidate: plan.candidate.label,
    build: plan.candidate.hash,
    scenario: plan.prepared.scenario.scenario,
    scenarioHash: plan.scenarioHash,
    index: plan.index,
    seed: plan.seed,
    attempt: plan.attempt,
  };
}

function setStage(plan: TrialPlan, slot: Slot) {
  const { universe, process } = slot;
  const { prepared } = plan;
  const world = new LensWorld(universe.state(), universe.cast());
  const trajectory = new Trajectory(universe.now());
  const activity = new Activity();
  const watchers: Watching = [];
  const steps: Record<string, unknown> = {};
  const names: Record<string, unknown> = { steps };
  const stepTimes = new Map<string, number>();
  const notes: string[] = [];
  const pace = paceOf(plan, slot, activity, watchers, (note) => {
    notes.push(note);
    trajectory.add(universe.now(), 'note', note);
  });
  const happened = (what: Happened) => {
    for (const { watcher } of watchers) watcher.see(what);
    pace.happened();
  };
  const stage: Stage = {
    ...{ slot, prepared, world, names, steps, stepTimes, pace, activity, trajectory, notes, happened },
    gesture: undefined,
  };
  let diff: Promise<readonly RowChange[]> | undefined;
  const sight: Sight = {
    world,
    names: () => names,
    t0: 0,
    stepAt: (id) => stepTimes.get(id),
    changesOnce: () => {
      diff ??= universe.diff();
      return diff;
    },
  };
  const facts = new Facts(stage);
  const unsign = process.onSign((line) => {
    facts.signs++;
    activity.mark();
    if (line !== undefined) trajectory.add(universe.now(), 'output', line.slice(0, 500));
    pace.happened();
  });
  const begin = () => {
    trajectory.t0 = sight.t0 = universe.now();
    for (const expectation of prepared.expectations)
      watchers.push({ expectation, watcher: expectation.watch(sight) });
  };
  return { stage, watchers, facts, begin, unsign };
}

type Watching = { expectation: PreparedScenario['expectations'][number]; watcher: Watcher }[];

/** The clock's hand: it waits for the bounds that the checkers hold open, and for the process. */
function paceOf(
  plan: TrialPlan,
  slot: Slot,
  activity: Activity,
  watchers: Watching,
  note: (text: string) => void,
): Pace {
  const { universe, process } = slot;
  return new Pace({
    universe,
    activity,
    skip: (plan.prepared.scenario.clock?.skip ?? 'idle') === 'idle',
    owedUntil: () => {
      const bounds = watchers
        .map(({ watcher }) => watcher.owedUntil())
        .filter((bound) => bound !== undefined);
      const open = bounds.filter((bound) => bound >= universe.now());
      return open.length === 0 ? undefined : Math.min(...open);
    },
    askIdle: () => askIdle(plan.candidate, slot),
    cpuMs: () => process.cpuMs(),
    exited: () => process.ended() !== undefined,
    aborted: plan.aborted,
    note,
  });
}

/** Reads the journal as it is written: tells the checkers, counts, and records. */
class Facts {
  readonly exchanges: TrialRecord['exchanges'] = {};
  readonly gaps = new Set<string>();
  faultsHit = 0;
  /** Signs of life: exchanges, deliveries, output. */
  signs = 0;
  /** Something was not seen (the journal skipped an entry, a row had no known shape), so it may have happened. */
  hole: string | undefined;
  readonly #stage: Stage;
  #lastSeq: number | undefined;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** Runs inside the commit that it is told of, so nothing may leave it. */
  see(entry: JournalEntry, changes: readonly RowChange[]): void {
    try {
      this.#take(entry, changes);
    } catch (error) {
      this.hole ??= `what happened could not be read: ${(error as Error).message}`;
    }
  }

  #take(entry: JournalEntry, changes: readonly RowChange[]): void {
    const { world, activity, trajectory, slot, gesture } = this.#stage;
    const at = slot.universe.now();
    if (this.#lastSeq !== undefined && entry.seq > this.#lastSeq + 1) {
      this.hole ??= `the journal lacks entries ${this.#lastSeq + 1} to ${entry.seq - 1}`;
    }
    this.#lastSeq = entry.seq;
    for (const table of new Set(changes.map(({ twin, table }) => `${twin}.${table}`))) world.touch(table);
    trajectory.journal(at, entry, changes);
    if (entry.kind === 'exchange') this.#exchange(entry);
    if (entry.kind === 'exchange' || entry.kind === 'delivery') this.signs++;
    if (entry.kind !== 'clock' && entry.kind !== 'fault') activity.see(entry);
    const byPerson = entry.kind === 'gesture' || (gesture !== undefined && entry.kind === 'state');
    if (entry.kind === 'gesture') {
      gesture?.onEntry(at);
      this.#stage.gesture = undefined;
    }
    this.#stage.happened({ at, entry, changes, byPerson });
  }

  #exchange(entry: JournalEntry): void {
    const { world } = this.#stage;
    world.exchanges.push(entry);
    world.touch('journal.exchange');
    const twin = entry.twin ?? 'none';
    this.exchanges[twin] ??= { ok: 0, fail: 0, info: 0 };
    const counts = this.exchanges[twin];
    const outcome = entry.outcome === 'ok' || entry.outcome === 'fail' ? entry.outcome : 'info';
    if (counts) counts[outcome]++;
    if (entry.fault !== undefined) this.faultsHit++;
    if (entry.gap !== undefined && entry.gap !== false) this.gaps.add(`${twin} ${String(entry.operation)}`);
  }
}

/** Waits until nothing more will come, or for as long as the scenario allows. */
async function settle(
  plan: TrialPlan,
  { pace, slot, trajectory }: Stage,
  watchers: { watcher: Watcher }[],
  facts: Facts,
): Promise<Ended> {
  const { universe } = slot;
  const end = plan.prepared.scenario.end ?? {};
  const quietMs = mustDurationMs(end.quiet ?? QUIET_DEFAULT);
  const endAt = trajectory.t0 + mustDurationMs(end.atMost ?? AT_MOST_DEFAULT);
  // The last bound that the candidate still has: what it owes is waited for in one go.
  const owed = () => Math.max(0, ...watchers.map(({ watcher }) => watcher.owedUntil() ?? 0));
  const owes = () => owed() > universe.now();
  let lastLook = false;
  for (;;) {
    const { signs } = facts;
    const moved = () => facts.signs !== signs;
    const calm = owes() ? owed() + 1 : universe.now() + (lastLook ? LAST_LOOK_MS : quietMs);
    const until = Math.min(endAt, calm);
    const outcome = await pace.until(moved, until, lastLook ? 'calm' : 'quiet');
    const at = universe.now();
    if (outcome === 'exit' || outcome === 'hang' || outcome === 'aborted') return { at, reason: outcome };
    if (outcome === 'met') lastLook = false;
    else if (at >= endAt) return { at, reason: 'atMost' };
    else if (outcome === 'silent' || lastLook) return { at, reason: 'quiet' };
    // Silent for `quiet` and nothing owed: one last look, for what comes late or twice.
    else lastLook = !owes();
  }
}

async function findingsOf(
  plan: TrialPlan,
  slot: Slot,
  watchers: Watching,
  ended: Ended,
  facts: Facts,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const { expectation, watcher } of watchers) {
    const { id, kind, as, weight, says } = expectation;
    findings.push({ id, kind, as, weight, says, ...(await watcher.end(ended)) });
  }
  const why = slot.process.ended();
  const crashed = why !== undefined && !why.endsWith('code 0');
  if (crashed || ended.reason === 'hang') {
    findings.unshift(
      crash(why ?? 'it never came to rest within two minutes of wall time', slot.process.output),
    );
  }
  if (facts.hole !== undefined) {
    const evidence = [{ text: facts.hole }];
    return findings.map((finding) => ({ ...finding, verdict: 'unknown', cause: 'harness', evidence }));
  }
  return plan.aborted() ? findings : excuseGaps(findings, [...facts.gaps]);
}

/** The finding of a program that crashed, hung or never became ready. */
export function crash(why: string, output: readonly string[]): Finding {
  const last = output.slice(-8).join('\n');
  return {
    ...{ id: 'runs', kind: 'must', as: 'must', weight: 1, says: 'The program keeps running.' },
    verdict: 'unsatisfied',
    evidence: [{ text: why, values: last === '' ? undefined : { 'last output': last } }],
  };
}

/** Faults with ids and seeds of their own, so that draws depend on the trial and nothing else. */
function faultsOf({ prepared, seed }: TrialPlan): FaultInput[] {
  return (prepared.scenario.faults ?? []).map((fault, nth) => ({
    id: `scenario-${nth + 1}`,
    seed: (seed + nth) >>> 0,
    ...fault,
  }));
}

function given({ prepared }: TrialPlan, names: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    prepared.draws.map(({ name }) => [name, text(names[name], 'email') || names[name]] as const),
  );
}

function processFacts(slot: Slot, cpuStart: number | undefined): TrialRecord['process'] {
  const cpu = slot.process.cpuMs();
  return {
    reuse: slot.reuse,
    slot: slot.id.slice(slot.id.lastIndexOf('#') + 1),
    nth: slot.nth,
    ...(slot.nth === 1 ? { startMs: slot.process.startedInMs } : {}),
    ...(cpu === undefined || cpuStart === undefined ? {} : { cpuMs: cpu - (slot.nth === 1 ? 0 : cpuStart) }),
  };
}

/** The candidate's own word on whether it has anything pending; undefined where it has no idle URL. */
async function askIdle(candidate: LoadedCandidate, slot: Slot): Promise<boolean | undefined> {
  if (!candidate.idle) return undefined;
  try {
    const url = slot.process.url(candidate.idle.url);
    const response = await fetch(url, { signal: AbortSignal.timeout(IDLE_MS_MAX) });
    const body = await response.text();
    if (!response.ok) return false;
    const said = body.startsWith('{') ? (JSON.parse(body) as { idle?: unknown; pending?: unknown }) : {};
    return said.idle !== false && !(typeof said.pending === 'number' && said.pending > 0);
  } catch {
    return false;
  }
}
