/** `orrery rehearse`: an incident rehearsal; the exit code says whether its levels held. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { loadCandidate } from '../candidate.ts';
import { sayDuration } from '../duration.ts';
import type { Progress } from '../rehearsal/conduct.ts';
import type { RehearsalDocument, Verdict } from '../rehearsal/document.ts';
import { latencies } from '../rehearsal/histogram.ts';
import { timed } from '../rehearsal/phases.ts';
import { loadRehearsal, type PreparedRehearsal } from '../rehearsal/prepare.ts';
import { rehearse, type SubjectRuns } from '../rehearsal/rehearse.ts';
import { rehearsalHtml } from '../report/rehearsal.ts';
import { type HarnessDeps, WrongUse } from './deps.ts';
import { sayRehearsal } from './rehearsal-words.ts';
import type { Terminal } from './terminal.ts';

/** Flags of `rehearse` as the command line gives them. */
export interface RehearseFlags {
  through?: string[];
  seed?: string;
  out?: string;
  json?: boolean;
}

const EXIT: Record<Verdict, number> = { holds: 0, broken: 1, inconclusive: 3 };
const SEED_MAX = 2 ** 32 - 1;
/** Where output is no terminal, a line of progress this often. */
const PLAIN_EVERY_MS = 10_000;

/** Rehearses; gives the exit code. */
export async function rehearseCommand(
  file: string,
  flags: RehearseFlags,
  deps: HarnessDeps,
  terminal: Terminal,
): Promise<number> {
  const loaded = loadRehearsal(file);
  const prepared = { ...loaded, seed: seedOf(flags.seed) ?? loaded.seed };
  const paths = flags.through ?? (prepared.through === undefined ? [] : [prepared.through]);
  if (prepared.needsCandidate && paths.length === 0) {
    throw new WrongUse(`${file} is done by a program: say which, --through FILE (a candidate file)`);
  }
  const candidates = paths.map(loadCandidate);
  const directory = resolve(flags.out ?? join('runs', `rehearsal-${stamp()}`));
  let stopped = 0;
  const onSignal = () => {
    stopped++;
    if (stopped > 1) process.exit(130);
    terminal.err('\nStopping: tasks that are under way are waited for. Once more ends at once.\n');
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  const line = liveLine(prepared, terminal);
  const host = await deps.openHost();
  try {
    const { document, runs } = await rehearse(
      {
        ...{ prepared, candidates, progress: line.show, aborted: () => stopped > 0 },
        versions: { orrery: deps.version ?? 'unknown', node: process.version },
      },
      host,
    );
    line.clear();
    writeRecords(directory, document, runs, prepared);
    if (flags.json) terminal.out(`${JSON.stringify({ ...document, directory }, null, 2)}\n`);
    else sayRehearsal(document, directory, terminal);
    return EXIT[document.verdict];
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    await host.close();
  }
}

function seedOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seed = Number(text);
  if (Number.isInteger(seed) && seed >= 0 && seed <= SEED_MAX) return seed;
  throw new WrongUse(`--seed takes a whole number from 0 to ${SEED_MAX}, not "${text}"`);
}

function stamp(): string {
  return new Date().toISOString().slice(0, 19).replaceAll(':', '');
}

/** One line that is written over on a terminal; now and then a plain line elsewhere. */
function liveLine({ events, durationMs }: PreparedRehearsal, terminal: Terminal) {
  let last = Number.NEGATIVE_INFINITY;
  return {
    show(subject: string, { kind, atMs, ofMs, sent, inFlight, failed, lately }: Progress): void {
      const { p50, max } = latencies(timed(lately).map(({ ms }) => ms));
      const acting = events.filter(({ fromMs, toMs = durationMs }) => atMs >= fromMs && atMs < toMs);
      const now = kind === 'rehearsed' ? acting.map(({ name }) => name).join(', ') : '';
      const parts = [
        `${subject}  ${kind === 'control' ? 'control' : 'rehearsal'}`,
        `${Math.round(atMs / 1000)}/${Math.round(ofMs / 1000)}s`,
        `${sent} sent, ${inFlight} under way, ${failed} failed`,
        p50 === null ? '' : `p50 ${sayDuration(p50)}, most ${sayDuration(max ?? p50)}`,
        now === '' ? '' : `▲ ${now}`,
      ];
      const text = parts.filter(Boolean).join('  ');
      if (terminal.live) terminal.err(`\r\u001b[2K${text}`);
      else if (atMs < last || atMs - last >= PLAIN_EVERY_MS) {
        last = atMs;
        terminal.err(`${text}\n`);
      }
    },
    clear(): void {
      if (terminal.live) terminal.err('\r\u001b[2K');
    },
  };
}

/** `rehearsal.json`, `samples.jsonl`, `report.html`; each is whole or not there. */
function writeRecords(
  directory: string,
  document: RehearsalDocument,
  runs: readonly SubjectRuns[],
  prepared: PreparedRehearsal,
): void {
  mkdirSync(directory, { recursive: true });
  const write = (name: string, text: string) => {
    writeFileSync(join(directory, `${name}.part`), text);
    renameSync(join(directory, `${name}.part`), join(directory, name));
  };
  const names = prepared.rehearsal.load.mix.map(({ name }) => name);
  const lines = runs.flatMap(({ subject, control, rehearsed }) =>
    [control, rehearsed].flatMap((run) =>
      (run?.samples ?? []).map(({ task, ...sample }) =>
        JSON.stringify({ subject, run: run?.kind, task: names[task], ...sample }),
      ),
    ),
  );
  write('samples.jsonl', lines.map((text) => `${text}\n`).join(''));
  write('report.html', rehearsalHtml(document, runs, prepared));
  write('rehearsal.json', `${JSON.stringify(document, null, 2)}\n`);
}
