/** A rehearsal from end to end: for each build, a control and then the same load with what goes wrong. */
import type { LoadedCandidate } from '../candidate.ts';
import { sayDuration } from '../duration.ts';
import type { Host, HostUniverse } from '../host.ts';
import { NotReady } from '../process.ts';
import { percent } from '../report/words.ts';
import { InvalidFile } from '../schema/problem.ts';
import { Slots } from '../slots.ts';
import { collateral, costOf, lostWork } from './compare.ts';
import { type Conduct, conduct, type DrawnLoad, drawLoad, type Progress, type Stand } from './conduct.ts';
import type { RehearsalDocument, RunNumbers, SubjectResult, Verdict } from './document.ts';
import { levelsOf } from './level.ts';
import { isGood, numbersOf, phasesOf } from './phases.ts';
import { type PreparedRehearsal, problemAt } from './prepare.ts';
import { RATE_TOLERANCE, sayRate } from './rate.ts';
import { falseAlarms, resilience } from './resilience.ts';

export interface RehearseOptions {
  prepared: PreparedRehearsal;
  /** Builds that the load goes through, oldest first; none: against the twins themselves. */
  candidates: readonly LoadedCandidate[];
  versions: Record<string, string>;
  progress(subject: string, progress: Progress): void;
  aborted(): boolean;
}

/** Both runs of one subject, for records and charts. */
export interface SubjectRuns {
  subject: string;
  rehearsed?: Conduct;
  control?: Conduct;
}

/** Runs all of it. Throws {@link InvalidFile} for faults that the twins cannot have. */
export async function rehearse(
  options: RehearseOptions,
  host: Host,
): Promise<{ document: RehearsalDocument; runs: SubjectRuns[] }> {
  const { prepared, candidates } = options;
  const { rehearsal, seed } = prepared;
  const startedAt = new Date().toISOString();
  const { world, rateLimits } = rehearsal;
  const base = await host.create({ world, seed, ...(rateLimits === undefined ? {} : { rateLimits }) });
  await tryFaults(prepared, base);
  const drawn = await drawLoad(prepared, base);
  const subjects: SubjectResult[] = [];
  const runs: SubjectRuns[] = [];
  for (const candidate of candidates.length === 0 ? [undefined] : candidates) {
    if (options.aborted()) break;
    const { result, ...own } = await rehearseOne(options, host, base, drawn, candidate);
    subjects.push(result);
    runs.push(own);
  }
  await base.drop();
  const document: RehearsalDocument = {
    ...{
      rehearsal: rehearsal.rehearsal,
      says: rehearsal.says ?? '',
      file: prepared.file,
      hash: prepared.hash,
    },
    ...{ seed, startedAt, finishedAt: new Date().toISOString(), versions: options.versions },
    schedule: { arrivals: drawn.arrivals.length, sha256: drawn.sha256 },
    durationMs: prepared.durationMs,
    timeline: prepared.events.map(({ name, says, fromMs, toMs = prepared.durationMs }) => {
      return { name, says, fromMs, toMs: Math.min(toMs, prepared.durationMs) };
    }),
    verdict: subjects.at(-1)?.verdict ?? 'inconclusive',
    ...(options.aborted() ? { stopped: true as const } : {}),
    subjects,
  };
  return { document, runs };
}

async function rehearseOne(
  options: RehearseOptions,
  host: Host,
  base: HostUniverse,
  drawn: DrawnLoad,
  candidate: LoadedCandidate | undefined,
) {
  const { prepared, progress, aborted } = options;
  const subject = candidate?.label ?? 'the twins themselves';
  const named = {
    subject,
    ...(candidate ? { build: candidate.hash, provenance: candidate.provenance } : {}),
  };
  const once = (kind: Conduct['kind']) =>
    withStand({ host, base, candidate, prepared, kind }, (stand) =>
      conduct(prepared, drawn, stand, kind, { aborted, progress: (now) => progress(subject, now) }),
    );
  try {
    const control = prepared.rehearsal.control === false ? undefined : await once('control');
    const rehearsed = await once('rehearsed');
    const result: SubjectResult = { ...named, ...judged(prepared, rehearsed, control, aborted()) };
    return { subject, control, rehearsed, result };
  } catch (error) {
    if (!(error instanceof NotReady)) throw error;
    const result: SubjectResult = {
      ...named,
      ...{ verdict: 'broken', reason: `the program does not start: ${error.message}` },
      ...{ levels: [], events: [], signals: [], falseAlarms: null, never: [] },
      notes: error.output.slice(-8),
    };
    return { subject, result };
  }
}

interface StandWish {
  host: Host;
  base: HostUniverse;
  candidate: LoadedCandidate | undefined;
  prepared: PreparedRehearsal;
  kind: Conduct['kind'];
}

/** A universe of its own for one run, and a process of its own bound to it. */
async function withStand<T>(
  { host, base, candidate, prepared, kind }: StandWish,
  work: (stand: Stand) => Promise<T>,
): Promise<T> {
  const { seed, rehearsal } = prepared;
  if (!candidate) {
    const universe = await base.fork({ seed, name: `${rehearsal.rehearsal} ${kind}` });
    try {
      return await work({ universe });
    } finally {
      await universe.drop();
    }
  }
  const { world } = rehearsal;
  const bases = new Map([[JSON.stringify(world ?? null), Promise.resolve(base)]]);
  const slots = new Slots(host, candidate, seed, bases);
  const trial = `${rehearsal.rehearsal}-${kind}`;
  const slot = await slots.acquire({ world, clock: undefined, trial, seed, fresh: true });
  try {
    return await work({ ...slot, idle: candidate.idle?.url });
  } finally {
    await slots.release(slot);
    await slots.close();
  }
}

/** Faults that do not fit are found before anything is started. */
async function tryFaults({ events, source }: PreparedRehearsal, base: HostUniverse): Promise<void> {
  const trial = await base.fork({});
  const problems = [];
  for (const [index, { faults }] of events.entries()) {
    try {
      await trial.faults(faults);
    } catch (error) {
      const { message, data } = error as { message: string; data?: { errors?: { detail: string }[] } };
      const details = data?.errors?.map(({ detail }) => detail) ?? [message];
      for (const detail of details) problems.push(problemAt(source, ['timeline', index], detail));
    }
  }
  await trial.drop();
  if (problems.length > 0) throw new InvalidFile(problems);
}

function judged(
  prepared: PreparedRehearsal,
  run: Conduct,
  control: Conduct | undefined,
  stopped: boolean,
): Omit<SubjectResult, 'subject'> {
  const extra = control && collateral(control.changes, run.changes);
  const lost = control && lostWork(control, run);
  const events = resilience(prepared, run, extra === undefined || extra.count === 0);
  const alarms = falseAlarms(prepared, control, run, events);
  const cost = costOf(run);
  const slower = slowerBefore(prepared, run, control);
  const measured = { run, control, events, collateral: extra, lost, cost, falseAlarms: alarms, slower };
  const levels = levelsOf(prepared, { ...measured, controlCost: control && costOf(control) });
  return {
    ...verdictOf(prepared, run, control, levels, stopped),
    ...{ levels, events, signals: run.signals, falseAlarms: alarms, never: run.never },
    rehearsed: numbers(prepared, run),
    ...(control ? { control: numbers(prepared, control) } : {}),
    ...(extra ? { collateral: extra } : {}),
    ...(lost ? { lost: lost.length } : {}),
    ...(run.hammered ? { hammered: run.hammered } : {}),
    notes: [...notesOf(prepared, run, control), ...(slower === undefined ? [] : [slower])],
  };
}

function verdictOf(
  prepared: PreparedRehearsal,
  run: Conduct,
  control: Conduct | undefined,
  levels: SubjectResult['levels'],
  stopped: boolean,
): { verdict: Verdict; reason: string } {
  if (stopped) return { verdict: 'inconclusive', reason: 'it was stopped before its end' };
  for (const one of [control, run]) {
    if (one?.ended === undefined) continue;
    const when = one.kind === 'control' ? 'with nothing wrong' : 'during the rehearsal';
    return { verdict: 'broken', reason: `the program did not keep running ${when}: ${one.ended}` };
  }
  const rate = rateProblem(run, control);
  if (rate !== undefined) return { verdict: 'inconclusive', reason: rate };
  const broken = levels.filter(({ verdict }) => verdict === 'broken');
  const unknown = levels.filter(({ verdict }) => verdict === 'unknown');
  const say = (some: typeof levels) => some.map(({ name, because }) => `${name}: ${because}`).join('; ');
  if (broken.length > 0) {
    return {
      verdict: 'broken',
      reason: `${broken.length} of ${levels.length} levels broken – ${say(broken)}`,
    };
  }
  if (unknown.length > 0) return { verdict: 'inconclusive', reason: `nobody can tell – ${say(unknown)}` };
  const ill = controlProblem(prepared, control);
  if (ill !== undefined) return { verdict: 'inconclusive', reason: ill };
  return { verdict: 'holds', reason: `all ${levels.length} levels hold` };
}

/** Levels that hold beside a control that was ill itself show nothing. */
function controlProblem({ service }: PreparedRehearsal, control: Conduct | undefined): string | undefined {
  if (!control || control.samples.length === 0) return undefined;
  const share = control.samples.filter((one) => isGood(one, service)).length / control.samples.length;
  if (share >= service.healthy) return undefined;
  const shares = `${percent(share)} of tasks were good, ${percent(service.healthy)} make it healthy`;
  return `the levels hold, but the control was not healthy with nothing wrong: ${shares}; try a lighter load`;
}

/** A load that was lighter than meant shows nothing, whatever came of it. */
function rateProblem(run: Conduct, control: Conduct | undefined): string | undefined {
  for (const { kind, kept } of control ? [control, run] : [run]) {
    if (kept.held) continue;
    const worst = kept.phases.find(({ held }) => !held);
    const where = worst === undefined || worst.phase === 'all' ? '' : ` ${worst.phase}`;
    const said = worst === undefined ? '' : `: ${sayRate(worst)}`;
    return `the machine could not hold the rate (${kind === 'control' ? 'control' : 'rehearsal'}${where})${said}`;
  }
  if (!control || control.kept.notSent <= RATE_TOLERANCE * control.kept.scheduled) return undefined;
  const { notSent, scheduled, inFlightMost } = control.kept;
  return (
    `with nothing wrong, ${notSent} of ${scheduled} arrivals found ${inFlightMost} tasks under way and were not sent:` +
    ' the load is more than can be served; lower the rate, or raise "inFlight"'
  );
}

function numbers(prepared: PreparedRehearsal, run: Conduct): RunNumbers {
  const phases = phasesOf(prepared.events, prepared.durationMs);
  return {
    kept: run.kept,
    phases: phases.map((phase) => numbersOf(phase, run.samples, prepared.service)),
    cost: costOf(run),
    ...{ deliveries: run.deliveries, tookMs: Math.round(run.tookMs), gaps: run.gaps },
    ...(run.ended === undefined ? {} : { ended: run.ended }),
  };
}

function notesOf(prepared: PreparedRehearsal, run: Conduct, control: Conduct | undefined): string[] {
  const notes: string[] = [];
  prepared.events.forEach(({ name, faults }, index) => {
    if (faults.length > 0 && run.onsets[index] === undefined) notes.push(`nothing met the faults of ${name}`);
  });
  if (run.kept.notSent > 0) {
    const { notSent, inFlightMost } = run.kept;
    notes.push(
      `${notSent} arrivals were not sent, with ${inFlightMost} tasks under way; they count as failed`,
    );
  }
  for (const gap of new Set([...run.gaps, ...(control?.gaps ?? [])])) notes.push(`no twin has ${gap}`);
  if (run.hole !== undefined) notes.push(`changes were not counted to the end: ${run.hole}`);
  return notes;
}

/** Two runs that differ before anything went wrong: what differs afterwards may be the machine's. */
function slowerBefore(
  { events, durationMs, service }: PreparedRehearsal,
  run: Conduct,
  control: Conduct | undefined,
): string | undefined {
  const before = phasesOf(events, durationMs).find(({ name }) => name === 'before');
  if (!before || !control) return undefined;
  const [now, then] = [run, control].map(({ samples }) => numbersOf(before, samples, service).latency.p50);
  if (typeof now !== 'number' || typeof then !== 'number') return undefined;
  if (now < SLOWER_TIMES * then || now - then < SLOWER_MS) return undefined;
  const [mine, its] = [now, then].map(sayDuration);
  return `the machine was busier: half took up to ${mine} before anything went wrong, in the control ${its}`;
}

/** Medians so far apart, in times and in ms, are no chance. */
const SLOWER_TIMES = 2;
const SLOWER_MS = 250;
