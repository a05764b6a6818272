/** A run's directory, written as it happens, so that a killed run loses nothing that was finished. */
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Provenance } from './candidate.ts';
import type { Change } from './compare.ts';
import type { GateResult } from './gate.ts';
import type { TrialRecord, TrialResult } from './record.ts';
import type { Satisfaction } from './satisfaction.ts';

/** One build's results. */
export interface BuildResult {
  candidate: string;
  build: string;
  provenance: Provenance;
  reuse: 'trial' | 'pool';
  satisfaction: Satisfaction;
  /** Against the build before it in the run. */
  change?: Change;
  gate?: GateResult;
  flakes: number;
  checked: number;
  cost: { exchanges: Record<string, number>; cpuMs: number; usd?: number; usdPerSatisfied?: number };
}

/** `run.json`: inputs by hash, versions, provenance, isolation, results. */
export interface RunDocument {
  run: string;
  status: 'running' | 'stopped' | 'finished';
  startedAt: string;
  finishedAt?: string;
  versions: Record<string, string>;
  seed: number;
  trials: number;
  parallel: number;
  /** How the candidate is kept apart; `none` is a convention, not a barrier. */
  isolation: 'none';
  scenarios: {
    scenario: string;
    story: string;
    weight: number;
    file: string;
    hash: string;
    leftOut: string[];
  }[];
  candidates: { candidate: string; file: string; build: string }[];
  policy?: { policy: string; file: string; hash: string };
  builds: BuildResult[];
  kept: string;
}

export interface RunDirectory {
  path: string;
  /** Finished trials, those of an earlier, killed run included. */
  trials: TrialRecord[];
  /** Writes a trial's record, and its trajectory where `keep` says so. */
  add(result: TrialResult, keep: boolean): TrialRecord;
  write(document: RunDocument): void;
  file(name: string, text: string): void;
}

/** Opens a directory for a run; reads what an earlier run left where `resume` is set. */
export function openDirectory(path: string, resume: boolean): RunDirectory {
  mkdirSync(join(path, 'trajectories'), { recursive: true });
  const log = join(path, 'trials.jsonl');
  const trials = resume ? readTrials(path) : [];
  // A killed run may have left half a line; start from the whole ones.
  writeFileSync(log, trials.map((trial) => `${JSON.stringify(trial)}\n`).join(''));
  const file = (name: string, text: string) => {
    writeFileSync(join(path, `${name}.part`), text);
    renameSync(join(path, `${name}.part`), join(path, name));
  };
  return {
    path,
    trials,
    add({ record, trajectory, output }, keep) {
      const written = { ...record };
      if (keep) {
        const name = `trajectories/${record.id}.jsonl`;
        const lines = [
          { trial: record.id, scenario: record.scenario, verdict: record.verdict },
          ...trajectory,
        ];
        const text = lines.map((line) => JSON.stringify(line)).join('\n');
        writeFileSync(join(path, name), `${text}\n${JSON.stringify({ output: output.slice(-200) })}\n`);
        written.trajectory = name;
      }
      appendFileSync(log, `${JSON.stringify(written)}\n`);
      trials.push(written);
      return written;
    },
    write: (document) => file('run.json', `${JSON.stringify(document, null, 2)}\n`),
    file,
  };
}

/** The trials of a run's directory; a last line that was cut off is left out. */
export function readTrials(path: string): TrialRecord[] {
  const log = join(path, 'trials.jsonl');
  if (!existsSync(log)) return [];
  return readFileSync(log, 'utf8')
    .split('\n')
    .filter(Boolean)
    .flatMap((line) => {
      try {
        return [JSON.parse(line) as TrialRecord];
      } catch {
        return [];
      }
    });
}

/** The `run.json` of a directory, if it has one. */
export function readRun(path: string): RunDocument | undefined {
  const file = join(path, 'run.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as RunDocument) : undefined;
}
