/** Reads what the harness recorded: a directory of runs, each with `run.json` and `trials.jsonl`. */

import { closeSync, existsSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { isRecord, parsedObject } from '../json.ts';

type Json = Record<string, unknown>;

/** Runs that are looked at, bytes of a trial log that are read and at once: records may grow for years. */
const RUNS_MAX = 1_000;
const LOG_BYTES_MAX = 64 * 1024 * 1024;
const PIECE_BYTES = 1024 * 1024;
/** Builds of all runs that are told: the newest. */
const BUILDS_MAX = 2_000;
const NAME = /^[\w][\w.:+-]{0,200}$/;

/** The head of every run, newest first. */
export function listRuns(directory: string | undefined): Json[] {
  return names(directory).flatMap((id) => {
    const run = readRun(directory, id);
    if (!run) return [];
    const { status, startedAt, finishedAt, seed, trials, candidates } = run;
    return [{ id, status, startedAt, finishedAt, seed, trials, candidates }];
  });
}

/** A run's `run.json`; undefined where there is none of that name. */
export function readRun(directory: string | undefined, id: string): Json | undefined {
  if (directory === undefined || !NAME.test(id)) return undefined;
  return parsedObject(textOf(join(directory, id, 'run.json')));
}

/** Satisfaction over builds: of one run or of all, in the order in which they were run. */
export function listBuilds(directory: string | undefined, run: string | undefined): Json[] {
  const found = (run === undefined ? names(directory) : [run]).flatMap((id) => {
    const document = readRun(directory, id);
    const builds = Array.isArray(document?.builds) ? (document.builds as unknown[]) : [];
    return builds.filter(isRecord).map((build) => ({ run: id, startedAt: document?.startedAt, build }));
  });
  found.sort((a, b) => (String(a.startedAt) < String(b.startedAt) ? -1 : 1));
  return found.slice(-BUILDS_MAX).map(({ build, ...of }) => ({ ...of, ...scoreOf(build) }));
}

function scoreOf({ candidate, build, provenance, satisfaction, change, gate }: Json): Json {
  const pick = (value: unknown, ...keys: string[]) =>
    isRecord(value) ? Object.fromEntries(keys.map((key) => [key, value[key]])) : undefined;
  return {
    candidate,
    build,
    provenance,
    satisfaction: pick(satisfaction, 'estimate', 'interval', 'best', 'worstCase', 'trials', 'unknownShare'),
    change: pick(change, 'from', 'delta', 'interval', 'p', 'pairs', 'moved', 'improved', 'regressed'),
    gate: pick(gate, 'policy', 'verdict', 'reason'),
  };
}

/** Trials of one run or of all, at most `limit`, without their findings. */
export function listTrials(directory: string | undefined, run: string | undefined, limit: number): Json[] {
  const trials: Json[] = [];
  for (const id of run === undefined ? names(directory) : [run].filter((one) => NAME.test(one))) {
    if (directory === undefined) break;
    for (const line of linesOf(join(directory, id, 'trials.jsonl'))) {
      if (trials.length === limit) return trials;
      // A line that a killed run cut off is left out.
      const trial = parsedObject(line);
      if (trial) trials.push({ run: id, ...headOf(trial) });
    }
  }
  return trials;
}

/** Lines of a file as they are asked for: a log is far longer than what is wanted of it. */
function* linesOf(file: string): Generator<string> {
  const log = opened(file);
  if (log === undefined) return;
  try {
    const piece = Buffer.alloc(PIECE_BYTES);
    let rest = Buffer.alloc(0);
    for (let bytes = 0, got = 1; got > 0 && bytes < LOG_BYTES_MAX; bytes += got) {
      got = readSync(log, piece, 0, PIECE_BYTES, null);
      const text = Buffer.concat([rest, piece.subarray(0, got)]);
      let from = 0;
      for (let to = text.indexOf('\n'); to >= 0; to = text.indexOf('\n', from)) {
        yield text.toString('utf8', from, to);
        from = to + 1;
      }
      rest = text.subarray(from);
    }
    yield rest.toString('utf8');
  } finally {
    closeSync(log);
  }
}

function opened(file: string): number | undefined {
  try {
    return openSync(file, 'r');
  } catch {
    return undefined;
  }
}

function headOf({ id, candidate, build, scenario, index, seed, verdict, score, trajectory }: Json): Json {
  return { trial: id, candidate, build, scenario, index, seed, verdict, score, trajectory };
}

function names(directory: string | undefined): string[] {
  if (directory === undefined || !existsSync(directory)) return [];
  const all = readdirSync(directory, { withFileTypes: true }).filter((one) => one.isDirectory());
  return all
    .map((one) => one.name)
    .filter((name) => NAME.test(name))
    .sort()
    .reverse()
    .slice(0, RUNS_MAX);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
