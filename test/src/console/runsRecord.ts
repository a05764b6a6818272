/** Writes small run directories as the harness does, for tests of the pages that show them. */
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Json = Record<string, unknown>;

/** Two builds by their hashes. */
export const V1 = 'aaaaaaaaaaaa1111';
export const V2 = 'bbbbbbbbbbbb2222';

/** A folder for runs that goes away. */
export function openRuns() {
  const root = mkdtempSync(join(tmpdir(), 'orrery-runs-'));
  return {
    root,
    /** Writes a run; `lines` are trials, or text that stands in the log as it is. */
    write(id: string, document: Json | string, lines: readonly (Json | string)[] = []): void {
      mkdirSync(join(root, id, 'trajectories'), { recursive: true });
      const text = typeof document === 'string' ? document : JSON.stringify(document);
      writeFileSync(join(root, id, 'run.json'), text);
      writeFileSync(join(root, id, 'trials.jsonl'), '');
      this.add(id, lines);
    },
    /** More lines in the log of a run. */
    add(id: string, lines: readonly (Json | string)[]): void {
      const text = lines
        .map((line) => (typeof line === 'string' ? line : `${JSON.stringify(line)}\n`))
        .join('');
      appendFileSync(join(root, id, 'trials.jsonl'), text);
    },
    trajectory(id: string, trial: string, entries: readonly Json[]): void {
      const text = [{ trial }, ...entries, { output: ['the last words'] }].map((one) => JSON.stringify(one));
      writeFileSync(join(root, id, 'trajectories', `${trial}.jsonl`), text.join('\n'));
    },
    close: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** `run.json` of two builds and two stories; `over` replaces parts. */
export function runOf(over: Json = {}): Json {
  return {
    run: 'run-1',
    status: 'finished',
    startedAt: '2026-03-02T09:00:00.000Z',
    finishedAt: '2026-03-02T09:02:00.000Z',
    versions: { orrery: '1.0.0' },
    seed: 7,
    trials: 2,
    parallel: 1,
    isolation: 'none',
    scenarios: [
      { scenario: 'desk/granted', story: 'Someone asks and is let in.', weight: 3, leftOut: [] },
      { scenario: 'desk/refused', story: 'Someone asks and is not.', weight: 1, leftOut: [] },
    ],
    candidates: [
      { candidate: 'desk 1.0.0', build: V1 },
      { candidate: 'desk 2.0.0', build: V2 },
    ],
    builds: [buildOf('desk 1.0.0', V1, [0, 2]), { ...buildOf('desk 2.0.0', V2, [2, 2]), change: improved() }],
    kept: 'all that fail',
    ...over,
  };
}

/** A scored build: satisfied trials, of two, by story. */
export function buildOf(
  candidate: string,
  build: string,
  satisfied: readonly number[],
  over: Json = {},
): Json {
  const [granted = 0, refused = 0] = satisfied;
  const estimate = (3 * (granted / 2) + refused / 2) / 4;
  return {
    candidate,
    build,
    provenance: { commit: 'c0ffee1' },
    reuse: 'trial',
    satisfaction: {
      estimate,
      interval: { lower: estimate * 0.8, upper: estimate + (1 - estimate) / 2 },
      best: estimate,
      worstCase: estimate,
      trials: 4,
      unknowns: {},
      unknownShare: 0,
      neverViolations: 0,
      scenarios: [scoreOf('desk/granted', granted), scoreOf('desk/refused', refused)],
      unscored: [],
      ...over,
    },
    gate: {
      policy: 'release',
      verdict: estimate === 1 ? 'accept' : 'reject',
      reason: '`satisfaction.lower >= 0.9` does not hold (satisfaction.lower = 0.2).',
      rules: [
        {
          that: 'satisfaction.lower >= 0.9',
          held: estimate === 1,
          follows: 'reject',
          numbers: 'satisfaction.lower = 0.2',
        },
      ],
    },
    flakes: 0,
    checked: 0,
    cost: { exchanges: { slack: 4 }, cpuMs: 1200 },
  };
}

const scoreOf = (scenario: string, satisfied: number) => ({
  scenario,
  weight: 1,
  n: 2,
  satisfied,
  unknown: 0,
  estimate: satisfied / 2,
  interval: { lower: 0, upper: 1 },
});

const improved = () => ({
  from: 'desk 1.0.0',
  to: 'desk 2.0.0',
  delta: 0.75,
  interval: { lower: 0.25, upper: 1 },
  p: 0.01,
  pairs: 4,
  scenarios: [
    { scenario: 'desk/granted', n: 2, b: 2, c: 0, moved: 'improved', blind: false },
    { scenario: 'desk/refused', n: 2, b: 0, c: 0, moved: 'same', blind: true },
  ],
  improved: ['desk/granted'],
  regressed: [],
  moved: 'improved',
  detectable: 0.4,
});

/** A trial's line, its keys in the harness' order. */
export function trialOf(id: string, over: Json = {}): Json {
  const { build = V1, scenario = 'desk/granted', index = 0, verdict = 'satisfied', ...rest } = over;
  const { cause, findings, attempt = 0, ...tail } = rest;
  return {
    id,
    candidate: build === V1 ? 'desk 1.0.0' : 'desk 2.0.0',
    build,
    scenario,
    scenarioHash: 'f00d',
    index,
    seed: 11,
    attempt,
    verdict,
    ...(cause === undefined ? {} : { cause }),
    score: verdict === 'satisfied' ? 1 : 0.5,
    findings: findings ?? [findingOf(verdict as string)],
    startedAt: '2026-03-02T09:00:01.000Z',
    wallMs: 900,
    universeMs: 61_000,
    ended: 'quiet',
    given: { requester: 'ada@acme.example' },
    steps: { ask: 3 },
    exchanges: { slack: { ok: 3, fail: 1, info: 0 } },
    faultsHit: 1,
    gaps: [],
    notes: [],
    process: { reuse: 'trial', slot: id, nth: 1 },
    ...tail,
  };
}

/** What became of the one thing that must hold. */
export function findingOf(verdict: string, over: Json = {}): Json {
  const evidence = [{ text: 'it did not hold', seq: 4, atMs: 400, values: { members: 0 } }];
  const says = 'They are in the group.';
  return { id: 'granted', kind: 'must', as: 'must', weight: 1, says, verdict, evidence, ...over };
}
