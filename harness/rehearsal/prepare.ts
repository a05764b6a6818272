/** Reads a rehearsal file, compiles every expression in it, and says all that is wrong with it, line by line. */
import { createHash } from 'node:crypto';
import { dirname, resolve } from 'node:path';
import { durationMs, mustDurationMs } from '../duration.ts';
import { BadExpression, type Expression, type Expressions, expressions } from '../expression.ts';
import { type PreparedDraw, prepareDraw } from '../given.ts';
import type { FaultInput } from '../host.ts';
import type { SourceDocument } from '../schema/document.ts';
import { InvalidFile, type Problem } from '../schema/problem.ts';
import { rehearsalSchema } from '../schema/rehearsal.ts';
import { nearest } from '../schema/suggest.ts';
import { readValid } from '../schema/validate.ts';
import { gestureKey, REFERENCES } from '../steps/gesture.ts';
import { holesOf, isReference } from '../steps/scope.ts';
import { levelProblem } from './bound.ts';
import type { Rehearsal, Task, TimelineEvent } from './rehearsal.ts';
import { ARRIVALS_MAX, expectedArrivals } from './schedule.ts';

/** Names that every task may use beside what is given: its number, a text of its own, the environment. */
export const OWN_NAMES = ['nth', 'token', 'env'] as const;

/** An event with its times in ms from the start of the load; `toMs` is absent where it is never lifted. */
export interface PreparedEvent {
  name: string;
  says: string;
  fromMs: number;
  toMs?: number;
  faults: FaultInput[];
  hammer?: TimelineEvent['hammer'];
}

/** When a service is healthy. Shares from 0 to 1, times in ms. */
export interface ServiceTerms {
  withinMs: number;
  objective: number;
  healthy: number;
  overMs: number;
  holdMs: number;
}

export interface PreparedRehearsal {
  rehearsal: Rehearsal;
  file: string;
  hash: string;
  source: SourceDocument;
  seed: number;
  durationMs: number;
  timeoutMs: number;
  inFlightMax: number;
  draws: PreparedDraw[];
  /** Of each task of the mix. */
  scopes: Expressions[];
  scope: Expressions;
  events: PreparedEvent[];
  service: ServiceTerms;
  signals: { says: string; line?: RegExp; that?: Expression }[];
  safe?: Expression;
  never: { id: string; says: string; that: Expression }[];
  allowed: { twin: string; table: string; where?: Expression }[];
  /** The candidate's file, where the rehearsal names one. */
  through?: string;
  /** Tasks that only a candidate can do. */
  needsCandidate: boolean;
}

const TIMEOUT_DEFAULT = '30s';
const IN_FLIGHT_DEFAULT = 500;

type Path = (string | number)[];
type Attempt = <T>(path: Path, work: () => T) => T | undefined;

/** Reads and compiles. Throws {@link InvalidFile} with every mistake. */
export function loadRehearsal(path: string): PreparedRehearsal {
  const file = resolve(path);
  const { value: rehearsal, source } = readValid<Rehearsal>(file, rehearsalSchema);
  const problems: Problem[] = [];
  const wrong = (at: Path, message: string, suggestion?: string) =>
    void problems.push(problemAt(source, at, message, suggestion));
  const attempt: Attempt = (at, work) => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof BadExpression)) throw error;
      wrong(at, error.message, error.suggestion);
      return undefined;
    }
  };
  const given = Object.keys(rehearsal.given ?? {});
  const draws = Object.entries(rehearsal.given ?? {}).map(([name, draw], index) =>
    attempt(['given', name], () => prepareDraw(name, draw, given.slice(0, index))),
  );
  const { load } = rehearsal;
  const scopes = load.mix.map((task, index) =>
    taskScope(task, ['load', 'mix', index], given, attempt, wrong),
  );
  const scope = expressions([...OWN_NAMES]);
  const compile = (at: Path, text: string | undefined, over = scope) =>
    text === undefined ? undefined : attempt(at, () => over.compile(text));
  const events = rehearsal.timeline.map(prepareEvent);
  checkTimes(rehearsal, events, wrong);
  checkNames(rehearsal, wrong);
  checkHammers(rehearsal, attempt, wrong);
  const rows = expressions(['row']);
  const prepared = {
    ...{ rehearsal, file, source, seed: rehearsal.seed ?? 1, scopes, scope, events },
    hash: createHash('sha256').update(source.text).digest('hex'),
    durationMs: mustDurationMs(load.duration),
    timeoutMs: mustDurationMs(load.timeout ?? TIMEOUT_DEFAULT),
    inFlightMax: load.inFlight ?? IN_FLIGHT_DEFAULT,
    draws: draws.filter((draw) => draw !== undefined),
    service: serviceTerms(rehearsal),
    signals: (rehearsal.signals ?? []).map(({ says, line, that }, index) => ({
      says: says ?? line ?? that ?? '',
      line: line === undefined ? undefined : regExp(line, ['signals', index, 'line'], wrong),
      that: compile(['signals', index, 'that'], that),
    })),
    safe: compile(['safe'], rehearsal.safe),
    never: (rehearsal.never ?? []).flatMap(({ id, says, that }, index) => {
      const compiled = compile(['never', index, 'that'], that);
      return compiled ? [{ id, says: says ?? id, that: compiled }] : [];
    }),
    allowed: (rehearsal.allowed ?? []).map(({ twin, table, where }, index) => ({
      twin,
      table,
      where: compile(['allowed', index, 'where'], where, rows),
    })),
    through: rehearsal.through === undefined ? undefined : resolve(dirname(file), rehearsal.through),
    needsCandidate: load.mix.some((task) => task.steps !== undefined || task.request?.url !== undefined),
  };
  if (problems.length > 0) throw new InvalidFile(problems);
  return prepared;
}

/** A problem at a place of a rehearsal file. */
export function problemAt(source: SourceDocument, at: Path, message: string, suggestion?: string): Problem {
  const steps = at.map(String);
  return { file: source.file, ...source.place(steps), pointer: `/${steps.join('/')}`, message, suggestion };
}

type Wrong = (at: Path, message: string, suggestion?: string) => void;

/** The names of a task's expressions; compiles all that it says. */
function taskScope(task: Task, at: Path, given: readonly string[], attempt: Attempt, wrong: Wrong) {
  const binds = (task.steps ?? []).flatMap(({ bind }) => (bind === undefined ? [] : [bind]));
  const scope = expressions([...OWN_NAMES, ...given, ...binds, 'steps']);
  task.steps?.forEach((step, index) => {
    const kinds = [step.sleep !== undefined, step.wait !== undefined, gestureKey(step) !== undefined];
    const here = [...at, 'steps', index];
    if (kinds.filter(Boolean).length !== 1) {
      wrong(here, 'a step does one thing: sleep, wait, or a gesture such as slack.post');
    }
    if (gestureKey(step) !== undefined && step.as === undefined) {
      wrong(here, 'a gesture needs a person', 'add "as"');
    }
    checkTexts(step, here, scope, attempt);
  });
  const { done, request } = task;
  if (done !== undefined) attempt([...at, 'done'], () => scope.compile(done));
  if (request) checkTexts(request, [...at, 'request'], scope, attempt);
  return scope;
}

function checkHammers({ timeline }: Rehearsal, attempt: Attempt, wrong: Wrong): void {
  timeline.forEach(({ hammer }, index) => {
    hammer?.mix.forEach((task, nth) => {
      const at = ['timeline', index, 'hammer', 'mix', nth];
      if (!task.request) wrong(at, 'a hammer makes requests only');
      taskScope(task, at, [], attempt, wrong);
    });
  });
}

/** Compiles every `${…}` and every reference of a step; `${port}` of a candidate's address is no expression. */
function checkTexts(value: unknown, path: Path, scope: Expressions, attempt: Attempt): void {
  const key = String(path.at(-1));
  if (typeof value === 'string') {
    for (const hole of holesOf(value)) {
      if (!(key === 'url' && hole === 'port')) attempt(path, () => scope.compile(hole));
    }
    const refers = REFERENCES.has(key) || ['as', 'about', 'in', 'user'].includes(key);
    if (key === 'that' || (refers && isReference(value, scope.names)))
      attempt(path, () => scope.compile(value));
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) checkTexts(inner, [...path, name], scope, attempt);
  }
}

function prepareEvent(event: TimelineEvent, index: number): PreparedEvent {
  const from = mustDurationMs(event.at);
  const window = { from: `${from}ms`, ...(event.for === undefined ? {} : { for: event.for }) };
  const written: FaultInput[] = [
    ...(event.preset === undefined ? [] : [{ preset: event.preset }]),
    ...(event.fault ? [event.fault] : []),
    ...(event.faults ?? []),
  ];
  const lifted = event.for === undefined ? undefined : from + mustDurationMs(event.for);
  return {
    name: event.name,
    says: event.says ?? event.name,
    fromMs: from,
    ...(lifted === undefined ? {} : { toMs: lifted }),
    faults: written.map((fault, nth) => ({ ...fault, window, id: `${faultPrefix(index)}${nth + 1}` })),
    ...(event.hammer ? { hammer: event.hammer } : {}),
  };
}

/** How the ids of an event's faults begin, by which the journal tells what was altered by which event. */
export function faultPrefix(index: number): string {
  return `rehearsal-${index + 1}.`;
}

function checkTimes({ load, timeline }: Rehearsal, events: readonly PreparedEvent[], wrong: Wrong): void {
  const durationMs = mustDurationMs(load.duration);
  if (durationMs === 0) wrong(['load', 'duration'], 'a load takes time');
  if (expectedArrivals(load) > ARRIVALS_MAX / 2) {
    wrong(
      ['load', 'rate'],
      `this makes more than ${ARRIVALS_MAX / 2} arrivals`,
      'lower it or shorten the load',
    );
  }
  if (expectedArrivals(load) < 1) wrong(['load', 'rate'], 'this makes less than one arrival');
  events.forEach(({ fromMs }, index) => {
    if (fromMs >= durationMs) {
      wrong(['timeline', index, 'at'], `this is after the load's end at ${load.duration}`);
    }
    for (const fault of [...(timeline[index]?.faults ?? []), timeline[index]?.fault]) {
      if (fault?.window)
        wrong(['timeline', index], 'a fault has its window from the event', 'use "at" and "for"');
    }
  });
}

function checkNames({ load, timeline, levels, signals, control }: Rehearsal, wrong: Wrong): void {
  const tasks = load.mix.map(({ name }) => name);
  const events = timeline.map(({ name }) => name);
  const twice = (names: readonly string[], at: Path) =>
    names.forEach((name, index) => {
      if (names.indexOf(name) < index) wrong([...at, index, 'name'], `"${name}" stands twice`);
    });
  twice(tasks, ['load', 'mix']);
  twice(events, ['timeline']);
  twice(
    levels.map(({ name }) => name),
    ['levels'],
  );
  const known = (name: string | undefined, names: readonly string[], what: string, at: Path) => {
    if (name === undefined || names.includes(name)) return;
    const near = nearest(name, names);
    wrong(
      at,
      `there is no ${what} "${name}"`,
      near ? `did you mean "${near}"?` : `there are ${names.join(', ')}`,
    );
  };
  for (const reserved of ['all', 'before', 'after']) {
    const index = events.indexOf(reserved);
    if (index >= 0) wrong(['timeline', index, 'name'], `"${reserved}" names a phase; choose another`);
  }
  levels.forEach((level, index) => {
    known(level.of, tasks, 'task', ['levels', index, 'of']);
    known(level.during, ['all', 'before', 'after', ...events], 'phase', ['levels', index, 'during']);
    const problem = levelProblem(level, { signals: (signals ?? []).length > 0, control: control !== false });
    if (problem) wrong(['levels', index, ...problem.at], problem.message, problem.suggestion);
  });
}

function serviceTerms({ service = {} }: Rehearsal): ServiceTerms {
  const share = (text: string) => Number(text.slice(0, -1)) / 100;
  return {
    withinMs: durationMs(service.within ?? '') ?? Number.POSITIVE_INFINITY,
    objective: share(service.objective ?? '99%'),
    healthy: share(service.healthy ?? '95%'),
    overMs: mustDurationMs(service.over ?? '1s'),
    holdMs: mustDurationMs(service.hold ?? '3s'),
  };
}

function regExp(text: string, at: Path, wrong: Wrong): RegExp | undefined {
  try {
    return new RegExp(text, 'i');
  } catch (error) {
    wrong(at, (error as Error).message, 'write a regular expression');
    return undefined;
  }
}
