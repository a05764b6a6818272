/** A latency over its bound: the build's doing, or the machine's? Worked through on samples written by hand. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Conduct } from '../../../harness/rehearsal/conduct.ts';
import { levelsOf } from '../../../harness/rehearsal/level.ts';
import { loadRehearsal } from '../../../harness/rehearsal/prepare.ts';

/** Ten seconds at ten arrivals a second, of which nine in ten are to be served within half a second. */
const prepared = (() => {
  const file = join(mkdtempSync(join(tmpdir(), 'orrery-level-')), 'r.json');
  const me = { name: 'me', request: { twin: 'jira', path: '/rest/api/3/myself' } };
  const rehearsal = {
    rehearsal: 'small',
    load: { rate: '10/s', arrivals: 'even', duration: '10s', mix: [me] },
    timeline: [{ name: 'down', at: '5s', for: '2s', preset: 'jira/degraded' }],
    levels: [{ name: 'quick', measure: 'p90', below: '500ms' }],
  };
  writeFileSync(file, JSON.stringify(rehearsal));
  return loadRehearsal(file);
})();

/** A run in which every task took so long, of which the generator held it back for a part. */
function run(ms: number, late = 1): Conduct {
  const samples = Array.from({ length: 100 }, (_, n) => ({ n, task: 0, at: n * 100, late, ms }));
  return { kind: 'rehearsed', samples } as unknown as Conduct;
}

function verdict(rehearsed: Conduct, control: Conduct, slower?: string) {
  const nothing = { events: [], cost: { finished: 1, exchanges: {}, calls: 1, callsPerTask: 1 } };
  return levelsOf(prepared, { run: rehearsed, control, ...nothing, falseAlarms: null, slower })[0];
}

describe('a latency over its bound', () => {
  it('is broken where the control keeps to it', () => {
    expect(verdict(run(700), run(20))?.verdict).toBe('broken');
  });

  it('is unknown where only the sending was late', () => {
    const level = verdict(run(700, 600), run(20));
    expect(level?.verdict).toBe('unknown');
    expect(level?.because).toContain('from the sending it is 100ms');
  });

  it('is unknown where the control is over it, with nothing wrong', () => {
    expect(verdict(run(700), run(600))).toMatchObject({ verdict: 'unknown' });
  });

  it('is unknown where the machine was busier already before', () => {
    expect(verdict(run(700), run(20), 'the machine was busier')?.verdict).toBe('unknown');
    expect(verdict(run(300), run(20), 'the machine was busier')?.verdict).toBe('holds');
  });
});
