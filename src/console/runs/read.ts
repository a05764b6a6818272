/** Runs in the directory where the harness keeps them: which there are, and each one's `run.json`. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { wallNow } from '../../wall.ts';
import { asRun, type RunDocument } from './shape.ts';

/** Runs that are looked at (newest names first), and bytes of a `run.json`: records may grow for years. */
const RUNS_MAX = 1_000;
const RUN_BYTES_MAX = 32 * 1024 * 1024;
/** Documents that are kept read; each is dropped once its file changes. */
const KEPT_MAX = 1_000;
const KEPT_BYTES_MAX = 64 * 1024 * 1024;
const NAME = /^\w[\w.:+-]{0,200}$/;

/** A run as found; `document` is undefined where its `run.json` cannot be read as one. */
export interface FoundRun {
  /** The name of its folder, by which pages and calls address it. */
  id: string;
  path: string;
  /** Since the epoch, ms: when its `run.json` was last written. */
  writtenAt: number;
  document?: RunDocument;
}

/** All runs, newest first; `more` says how many folders were left out. */
export async function findRuns(directory: string | undefined): Promise<{ runs: FoundRun[]; more: number }> {
  const names = await namesIn(directory);
  const runs: FoundRun[] = [];
  for (const id of names.slice(0, RUNS_MAX)) {
    const run = await findRun(directory, id);
    if (run) runs.push(run);
  }
  const begun = ({ document, writtenAt }: FoundRun) =>
    document?.startedAt ?? new Date(writtenAt).toISOString();
  runs.sort((a, b) => (begun(a) < begun(b) ? 1 : -1));
  return { runs, more: Math.max(0, names.length - RUNS_MAX) };
}

/** One run; undefined where there is no folder of that name with a `run.json`. */
export async function findRun(directory: string | undefined, id: string): Promise<FoundRun | undefined> {
  if (directory === undefined || !NAME.test(id)) return undefined;
  const path = join(directory, id);
  const file = join(path, 'run.json');
  const facts = await stat(file).catch(() => undefined);
  if (!facts?.isFile()) return undefined;
  const mark = `${facts.mtimeMs} ${facts.size} ${facts.ino}`;
  const writtenAt = facts.mtimeMs;
  const had = kept.get(file);
  if (had?.mark === mark) return { id, path, writtenAt, document: had.document };
  const document = facts.size > RUN_BYTES_MAX ? undefined : await documentIn(file);
  keep(file, { mark, document, bytes: facts.size });
  return { id, path, writtenAt, document };
}

/** Differs once something was written to a run. */
export async function markOf({ path, writtenAt }: FoundRun): Promise<string> {
  const log = await stat(join(path, 'trials.jsonl')).catch(() => undefined);
  return `${Math.round(writtenAt)}-${log?.size ?? 0}`;
}

/** How long nothing was written to a run, in milliseconds. */
export async function silentMs({ path, writtenAt }: FoundRun): Promise<number> {
  const log = await stat(join(path, 'trials.jsonl')).catch(() => undefined);
  return wallNow() - Math.max(writtenAt, log?.mtimeMs ?? 0);
}

interface Kept {
  mark: string;
  document: RunDocument | undefined;
  bytes: number;
}

const kept = new Map<string, Kept>();
let keptBytes = 0;

/** The one that was read longest ago goes first. */
function keep(file: string, one: Kept): void {
  drop(file);
  kept.set(file, one);
  keptBytes += one.bytes;
  for (const oldest of kept.keys()) {
    if ((kept.size <= KEPT_MAX && keptBytes <= KEPT_BYTES_MAX) || oldest === file) return;
    drop(oldest);
  }
}

function drop(file: string): void {
  keptBytes -= kept.get(file)?.bytes ?? 0;
  kept.delete(file);
}

async function documentIn(file: string): Promise<RunDocument | undefined> {
  try {
    return asRun(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}

async function namesIn(directory: string | undefined): Promise<string[]> {
  if (directory === undefined) return [];
  const all = await readdir(directory, { withFileTypes: true }).catch(() => []);
  const folders = all.filter((one) => one.isDirectory() && NAME.test(one.name));
  return folders
    .map(({ name }) => name)
    .sort()
    .reverse();
}
