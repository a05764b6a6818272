/** A kept trajectory, read from its file and told as moments: what happened, with the rows that it changed. */

import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isRecord, parsedObject } from '../../json.ts';
import type { Entry, Trial } from './shape.ts';

/** Bytes of one trajectory that are read: 5,000 entries of some KiB each fit. */
const TRAJECTORY_BYTES_MAX = 64 * 1024 * 1024;
/** The harness names the file by the trial; nothing else of the machine is opened. */
const FILE = /^trajectories\/(?!\.)[^/\\\0]{1,255}\.jsonl$/;

/** One row as it was before and after; `text` instead where the record was cut. */
export interface RowChange {
  twin: string;
  table: string;
  key: string;
  /** `slack.message.posted` */
  name: string;
  before?: unknown;
  after?: unknown;
  text?: string;
}

/** Something that happened, and the rows that changed by it; no entry where the record does not say what did it. */
export interface Moment {
  t: number;
  /** Of the entry in the journal, and of its changes: evidence points at either. */
  seq?: number;
  changedSeq?: number;
  entry?: Entry;
  changes: RowChange[];
}

/** What a trajectory holds; undefined where its file is gone or is none. */
export interface Told {
  moments: Moment[];
  output: string[];
}

/** The trajectory of a trial of the run in `path`. */
export async function trajectoryOf(path: string, { trajectory }: Trial): Promise<Told | undefined> {
  if (trajectory === undefined || !FILE.test(trajectory)) return undefined;
  const file = join(path, trajectory);
  const facts = await stat(file).catch(() => undefined);
  if (!facts?.isFile() || facts.size > TRAJECTORY_BYTES_MAX) return undefined;
  const lines = (await readFile(file, 'utf8').catch(() => ''))
    .split('\n')
    .map(parsedObject)
    .filter((line) => line !== undefined);
  const entries = lines.filter((line): line is Entry => typeof line.t === 'number' && 'kind' in line);
  const output = lines.find((line) => Array.isArray(line.output) && line.t === undefined)?.output;
  return { moments: momentsOf(entries), output: ((output as unknown[]) ?? []).map(String) };
}

/**
 * Rows change inside a request's transaction, which is journaled right before the request itself: changes belong
 * to the next entry where its number follows theirs and it is of the same twin.
 */
export function momentsOf(entries: readonly Entry[]): Moment[] {
  const moments: Moment[] = [];
  let waiting: Moment | undefined;
  for (const entry of entries) {
    if (entry.kind === 'state') {
      const change = changeOf(entry);
      if (waiting && waiting.changedSeq !== entry.seq) {
        moments.push(waiting);
        waiting = undefined;
      }
      waiting ??= { t: entry.t, changedSeq: entry.seq, changes: [] };
      waiting.changes.push(change);
      continue;
    }
    if (entry.seq === undefined) {
      // What a program printed, or a step that ended: it is no journal entry, so it ends no waiting.
      moments.push({ t: entry.t, entry, changes: [] });
      continue;
    }
    const caused = waiting && causes(entry, waiting) ? waiting : undefined;
    if (waiting && !caused) moments.push(waiting);
    moments.push({
      t: entry.t,
      seq: entry.seq,
      ...(caused && { changedSeq: caused.changedSeq }),
      entry,
      changes: caused?.changes ?? [],
    });
    waiting = undefined;
  }
  if (waiting) moments.push(waiting);
  return moments;
}

function causes({ seq, text, twin, kind }: Entry, { changedSeq: before, changes }: Moment): boolean {
  if (seq === undefined || before === undefined || seq - before < 0 || seq - before > 1) return false;
  if (kind === 'clock') return false;
  const of = typeof twin === 'string' ? twin : text.split(' ', 1)[0];
  return changes.every((change) => change.twin === of);
}

function changeOf({ change, text }: Entry): RowChange {
  const name = text.split(' ', 1)[0] ?? '';
  const key = text.slice(name.length + 1);
  if (isRecord(change)) {
    const { twin, table, before, after } = change;
    return { twin: String(twin ?? ''), table: String(table ?? ''), key, name, before, after };
  }
  const twin = name.split('.', 1)[0] ?? '';
  const table = /"table":"([^"\\]+)"/.exec(String(change))?.[1] ?? '';
  return { twin, table, key, name, text: String(change ?? '') };
}
