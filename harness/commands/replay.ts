/** `orrery replay`: one recorded trial again, same seed, in a fresh process, printed step by step. */
import { loadCandidate } from '../candidate.ts';
import { readTrials } from '../directory.ts';
import { sayDuration } from '../duration.ts';
import { prepareScenario } from '../prepare.ts';
import type { TrialRecord, TrialResult } from '../record.ts';
import { tryTrial } from '../run.ts';
import { loadScenario } from '../scenario.ts';
import { Slots } from '../slots.ts';
import { type HarnessDeps, WrongUse } from './deps.ts';
import { paint, type Terminal, type Tone } from './terminal.ts';
import { runsIn } from './trajectory.ts';

/** Runs it again; gives the exit code: 0 satisfied, 1 not, 3 unknown. */
export async function replayCommand(
  id: string,
  flags: { out?: string; json?: boolean },
  deps: HarnessDeps,
  terminal: Terminal,
): Promise<number> {
  const { recorded, document } = find(id, flags.out);
  const candidateFile = document.candidates.find(({ build }) => build === recorded.build)?.file;
  const scenarioFile = document.scenarios.find(({ scenario }) => scenario === recorded.scenario)?.file;
  const scenario = scenarioFile === undefined ? undefined : await loadScenario(scenarioFile);
  if (candidateFile === undefined || !scenario)
    throw new WrongUse(`the files of ${id} are not in its record`);
  const candidate = loadCandidate(candidateFile);
  if (candidate.hash !== recorded.build)
    terminal.err(`${candidate.label} has changed since it was recorded\n`);
  const prepared = prepareScenario(scenario);
  const host = await deps.openHost();
  const slots = new Slots(host, candidate, document.seed, new Map());
  try {
    const { index, seed, scenarioHash } = recorded;
    const plan = { id, candidate, prepared, scenarioHash, index, seed, attempt: 0, aborted: () => false };
    const result = await tryTrial(slots, plan, true);
    if (flags.json) terminal.out(`${JSON.stringify({ recorded, ...result }, null, 2)}\n`);
    else say(result, recorded, terminal);
    return { satisfied: 0, unsatisfied: 1, unknown: 3 }[result.record.verdict];
  } finally {
    await slots.close();
    await host.close();
  }
}

function find(id: string, out: string | undefined) {
  const runs = runsIn(out).reverse();
  for (const { path, document } of runs) {
    const recorded = readTrials(path).find((trial) => trial.id === id);
    if (recorded) return { recorded, document };
  }
  throw new WrongUse(`no trial "${id}" in ${out ?? 'any run'}; its id is in trials.jsonl and in the report`);
}

const TONES: Record<string, Tone> = {
  step: 'strong',
  fault: 'odd',
  note: 'odd',
  clock: 'soft',
  output: 'soft',
};

function say({ record, trajectory }: TrialResult, recorded: TrialRecord, terminal: Terminal): void {
  for (const [name, value] of Object.entries(record.given)) terminal.out(`${name} = ${String(value)}\n`);
  for (const { t, kind, text } of trajectory) {
    const time = sayDuration(t).padStart(9);
    terminal.out(`${time}  ${paint(terminal, TONES[kind] ?? 'soft', kind.padEnd(9))} ${text}\n`);
  }
  terminal.out('\n');
  for (const { says, verdict, evidence } of record.findings) {
    const tone = verdict === 'satisfied' ? 'good' : verdict === 'unknown' ? 'odd' : 'bad';
    terminal.out(`${paint(terminal, tone, verdict.padEnd(12))} ${says}\n`);
    if (verdict === 'satisfied') continue;
    for (const { text, values } of evidence) {
      terminal.out(`${' '.repeat(13)}${text}\n`);
      for (const [name, value] of Object.entries(values ?? {})) {
        terminal.out(
          `${' '.repeat(15)}${name} = ${typeof value === 'string' ? value : JSON.stringify(value)}\n`,
        );
      }
    }
  }
  const same = record.verdict === recorded.verdict ? 'as recorded' : `recorded: ${recorded.verdict}`;
  terminal.out(`\n${record.verdict} (${same})\n`);
}
