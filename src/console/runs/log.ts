/**
 * An index of a run's `trials.jsonl`: which trial lies where, and its verdict. The log is read once, in pieces,
 * and from where the last look ended while the run goes on, so that a page on 100,000 trials reads no log.
 */

import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isRecord, parsedObject } from '../../json.ts';
import { wallSleep } from '../../wall.ts';
import { asTrial, type Trial, VERDICTS, type Verdict } from './shape.ts';

/** Trials of one run that are indexed, logs whose index is kept, and bytes of one line. */
export const TRIALS_MAX = 200_000;
const LOGS_MAX = 3;
const LINE_BYTES_MAX = 8 * 1024 * 1024;
const PIECE_BYTES = 256 * 1024;
const NEWLINE = 10;

/** A trial's place and outcome. */
export interface Line {
  id: string;
  build: string;
  scenario: string;
  index: number;
  attempt: number;
  verdict: Verdict;
  cause?: string;
  score: number | null;
  /** It only checks another trial; it is not scored. */
  checks: boolean;
  flake: boolean;
  /** Its trajectory was kept. */
  kept: boolean;
  /** Bytes into the log, and its length. */
  at: number;
  bytes: number;
}

/** What a log holds. */
export interface Log {
  lines: Line[];
  /** How often what must hold did not, by its words; by `failuresKey(build, scenario)`. */
  failures: Map<string, Map<string, number>>;
  /** Lines that are no trial, or are too long. */
  damaged: number;
  /** There are more trials than are indexed. */
  cut: boolean;
  /** The log is still being read: it is long, and this is the first look. */
  reading: boolean;
}

/** The key of {@link Log.failures}. */
export const failuresKey = (build: string, scenario: string): string => `${build}\n${scenario}`;

/**
 * The index of the log of the run in `path`, up to what is written now. `begun` tells one run there from the next.
 * Waits `patienceMs` at most; what is not read by then is read behind the page's back.
 */
export async function logOf(path: string, begun: string, patienceMs: number): Promise<Log> {
  const file = join(path, 'trials.jsonl');
  const size = (await stat(file).catch(() => undefined))?.size ?? 0;
  let reader = readers.get(file);
  if (!reader || reader.begun !== begun || size < reader.end) reader = new LogReader(file, begun);
  readers.delete(file);
  readers.set(file, reader);
  for (const oldest of readers.keys()) if (readers.size > LOGS_MAX) readers.delete(oldest);
  const done = new AbortController();
  await Promise.race([reader.catchUp(size).finally(() => done.abort()), wallSleep(patienceMs, done.signal)]);
  return reader.log;
}

/** Trials in the order of the log that count: the last attempt of each, none that only checks another. */
export function counted(lines: readonly Line[]): Line[] {
  const last = new Map<string, Line>();
  for (const line of lines) {
    const key = `${line.index}\n${failuresKey(line.build, line.scenario)}`;
    if (!line.checks && (last.get(key)?.attempt ?? 0) <= line.attempt) last.set(key, line);
  }
  return [...last.values()];
}

/** The whole trials of some lines, in their order; undefined where the log has changed under us. */
export async function trialsAt(path: string, lines: readonly Line[]): Promise<(Trial | undefined)[]> {
  const file = await open(join(path, 'trials.jsonl')).catch(() => undefined);
  if (!file) return lines.map(() => undefined);
  try {
    const trials: (Trial | undefined)[] = [];
    for (const { id, at, bytes } of lines) {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, at);
      const trial = asTrial(parsedObject(buffer.toString('utf8', 0, bytesRead)));
      trials.push(trial?.id === id ? trial : undefined);
    }
    return trials;
  } finally {
    await file.close();
  }
}

const readers = new Map<string, LogReader>();

class LogReader {
  readonly log: Log = { lines: [], failures: new Map(), damaged: 0, cut: false, reading: false };
  /** Bytes of whole lines that were read. */
  end = 0;
  /** Size of the log at the last look: its end may be half a line. */
  #seen = 0;
  readonly #names = new Map<string, string>();
  #reading: Promise<void> = Promise.resolve();

  constructor(
    readonly file: string,
    readonly begun: string,
  ) {}

  /** Pages that ask at once wait for one reading. */
  catchUp(size: number): Promise<void> {
    const { log } = this;
    if (size === this.#seen) return this.#reading;
    this.#seen = size;
    log.reading = true;
    const mine = this.#reading
      .then(() => this.#read(size))
      .catch(() => {})
      .finally(() => {
        if (this.#reading === mine) log.reading = false;
      });
    this.#reading = mine;
    return mine;
  }

  async #read(size: number): Promise<void> {
    if (size <= this.end || this.log.cut) return;
    const stream = createReadStream(this.file, {
      start: this.end,
      end: size - 1,
      highWaterMark: PIECE_BYTES,
    });
    let rest: Buffer[] = [];
    let restBytes = 0;
    for await (const chunk of stream) {
      const piece = chunk as Buffer;
      let from = 0;
      for (let to = piece.indexOf(NEWLINE); to >= 0; to = piece.indexOf(NEWLINE, from)) {
        const bytes = restBytes + to - from;
        if (bytes > LINE_BYTES_MAX) this.log.damaged++;
        else this.#line(Buffer.concat([...rest, piece.subarray(from, to)]).toString('utf8'), bytes);
        this.end += bytes + 1;
        from = to + 1;
        rest = [];
        restBytes = 0;
        if (this.log.cut) return;
      }
      restBytes += piece.length - from;
      // Of a line that is too long only its length is held.
      if (restBytes > LINE_BYTES_MAX) rest = [];
      else rest.push(piece.subarray(from));
    }
  }

  #line(text: string, bytes: number): void {
    if (text === '') return;
    const facts = factsOf(text);
    if (!facts) {
      this.log.damaged++;
      return;
    }
    if (this.log.lines.length === TRIALS_MAX) {
      this.log.cut = true;
      return;
    }
    const line = lineOf(facts, this.end, bytes, (name) => this.#once(name));
    this.log.lines.push(line);
    if (line.verdict === 'unsatisfied' && !line.checks) this.#fails(line, text);
  }

  /** Equal names are one string. */
  #once(name: string): string {
    const had = this.#names.get(name);
    if (had === undefined) this.#names.set(name, name);
    return had ?? name;
  }

  #fails({ build, scenario }: Line, text: string): void {
    const key = failuresKey(build, scenario);
    const counts = this.log.failures.get(key) ?? new Map<string, number>();
    for (const { says, verdict, as } of asTrial(parsedObject(text))?.findings ?? []) {
      if (verdict === 'unsatisfied' && as === 'must') counts.set(says, (counts.get(says) ?? 0) + 1);
    }
    this.log.failures.set(key, counts);
  }
}

type Facts = Record<string, unknown>;

function lineOf(facts: Facts, at: number, bytes: number, once: (name: string) => string): Line {
  const { id, build, scenario, index, attempt, verdict, cause, score } = facts;
  return {
    id: id as string,
    build: once(build as string),
    scenario: once(scenario as string),
    index: typeof index === 'number' ? index : 0,
    attempt: typeof attempt === 'number' ? attempt : 0,
    verdict: verdict as Verdict,
    ...(typeof cause === 'string' ? { cause: once(cause) } : {}),
    score: typeof score === 'number' ? score : null,
    checks: typeof facts.checks === 'string',
    flake: isRecord(facts.flake),
    kept: typeof facts.trajectory === 'string',
    at,
    bytes,
  };
}

const FINDINGS = ',"findings":[';
const PROCESS = ',"process":{';

/**
 * A trial's facts. Findings are nine tenths of a line, so the parts before and behind them are read alone where
 * the line is as the harness writes it; a quote inside a string is escaped, so no text can look like a seam.
 */
function factsOf(text: string): Facts | undefined {
  const head = text.indexOf(FINDINGS);
  const tail = text.lastIndexOf(PROCESS);
  const short =
    head > 0 && tail > head ? parsedObject(`${text.slice(0, head)}${text.slice(tail)}`) : undefined;
  if (short && text.endsWith('}') && hasFacts(short)) return short;
  return asTrial(parsedObject(text)) as Facts | undefined;
}

function hasFacts({ id, build, scenario, verdict }: Facts): boolean {
  const named = typeof id === 'string' && typeof build === 'string' && typeof scenario === 'string';
  return named && VERDICTS.has(verdict as string);
}
