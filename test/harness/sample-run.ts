/** A small run whose texts try to be markup: what reports are tested with. */
import type { RunDocument } from '../../harness/directory.ts';
import type { TrialRecord } from '../../harness/record.ts';
import { satisfactionOf } from '../../harness/satisfaction.ts';

const EVIL = `</style><script>alert("x")</script>&'\u0001`;

export const trial: TrialRecord = {
  ...{
    id: 't-0',
    candidate: EVIL,
    build: 'b',
    scenario: 'pack/a',
    scenarioHash: '',
    index: 0,
    seed: 1,
    attempt: 0,
  },
  ...{
    verdict: 'unsatisfied',
    score: 0,
    startedAt: '',
    wallMs: 1234,
    universeMs: 1,
    ended: 'quiet',
    given: {},
  },
  findings: [
    {
      ...{ id: 'm', kind: 'must', as: 'must', weight: 1, says: EVIL, verdict: 'unsatisfied' },
      evidence: [{ text: EVIL, values: { [EVIL]: EVIL } }],
    },
  ],
  ...{ steps: {}, exchanges: {}, faultsHit: 0, gaps: [], notes: [EVIL] },
  process: { reuse: 'trial', slot: 's', nth: 1 },
};

export const run: RunDocument = {
  ...{
    run: 'run-1',
    status: 'finished',
    startedAt: '2026-01-01T00:00:00.000Z',
    versions: {},
    seed: 1,
    trials: 1,
  },
  ...{ parallel: 1, isolation: 'none', candidates: [], kept: '' },
  scenarios: [{ scenario: 'pack/a', story: EVIL, weight: 1, file: '', hash: '', leftOut: [EVIL] }],
  builds: [
    {
      ...{ candidate: EVIL, build: 'b', provenance: { agent: EVIL }, reuse: 'trial', flakes: 0, checked: 0 },
      satisfaction: satisfactionOf([trial], new Map([['pack/a', 1]])),
      cost: { exchanges: {}, cpuMs: 0 },
    },
  ],
};
