/** Reads what the harness recorded: a directory of runs, each with `run.json` and `trials.jsonl`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

type Json = Record<string, unknown>;

/** Runs that are looked at, and bytes of a trial log that are read: records may grow for years. */
const RUNS_MAX = 1_000;
const LOG_BYTES_MAX = 64 * 1024 * 1024;
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
  return parsed(textOf(join(directory, id, 'run.json')));
}

/** Trials of one run or of all, at most `limit`, without their findings. */
export function listTrials(directory: string | undefined, run: string | undefined, limit: number): Json[] {
  const trials: Json[] = [];
  for (const id of run === undefined ? names(directory) : [run].filter((one) => NAME.test(one))) {
    const log = directory === undefined ? '' : textOf(join(directory, id, 'trials.jsonl'));
    for (const line of log.split('\n')) {
      if (trials.length === limit) return trials;
      const trial = line === '' ? undefined : parsed(line);
      if (trial) trials.push({ run: id, ...headOf(trial) });
    }
  }
  return trials;
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
    const text = readFileSync(file, 'utf8');
    return text.length > LOG_BYTES_MAX ? text.slice(0, LOG_BYTES_MAX) : text;
  } catch {
    return '';
  }
}

/** A line that a killed run cut off is left out. */
function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
