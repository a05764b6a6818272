import { describe, expect, it } from 'vitest';
import type { RunDocument } from '../../harness/directory.ts';
import type { TrialRecord } from '../../harness/record.ts';
import { reportHtml } from '../../harness/report/html.ts';
import { junitXml } from '../../harness/report/junit.ts';
import { summaryMarkdown } from '../../harness/report/summary.ts';
import { satisfactionOf } from '../../harness/satisfaction.ts';

const EVIL = `</style><script>alert("x")</script>&'\u0001`;

const trial: TrialRecord = {
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

const run: RunDocument = {
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

describe('reports', () => {
  it('show what programs and files say as text, never as markup', () => {
    const page = reportHtml(run, [trial], '/runs/1');
    expect(page).not.toContain('<script');
    expect(page.match(/<\/style>/g)).toHaveLength(1);
    expect(page).toContain('&lt;script&gt;alert(&quot;x&quot;)');
    expect(page).not.toContain('\u0001');
    expect(summaryMarkdown(run, [trial])).not.toContain('<script');
  });

  it('need nothing from elsewhere', () => {
    expect(reportHtml(run, [trial], '/runs/1')).not.toMatch(/src=|href="http|url\(|@import/);
  });

  it('count trials for CI systems', () => {
    const xml = junitXml(run, [trial]);
    expect(xml).toContain('tests="1" failures="1" errors="0"');
    expect(xml).toContain('time="1.234"');
    expect(xml).not.toContain('\u0001');
  });
});
