/** When a service counts as ill, well again, or adapted: worked through on arrivals that are written by hand. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { collateral } from '../../../harness/rehearsal/compare.ts';
import type { Conduct } from '../../../harness/rehearsal/conduct.ts';
import { latencies } from '../../../harness/rehearsal/histogram.ts';
import { loadRehearsal } from '../../../harness/rehearsal/prepare.ts';
import { falseAlarms, resilience } from '../../../harness/rehearsal/resilience.ts';

/** Twenty seconds at ten arrivals a second; down from 5 to 10 s; healthy for 3 s is well. */
const prepared = (() => {
  const file = join(mkdtempSync(join(tmpdir(), 'orrery-resilience-')), 'r.json');
  const me = { name: 'me', request: { twin: 'jira', path: '/rest/api/3/myself' } };
  const rehearsal = {
    rehearsal: 'small',
    load: { rate: '10/s', arrivals: 'even', duration: '20s', mix: [me] },
    timeline: [{ name: 'down', at: '5s', for: '5s', preset: 'jira/outage' }],
    service: { within: '2s', healthy: '90%', over: '1s', hold: '3s' },
    signals: [{ line: 'alarm' }],
    levels: [{ name: 'errors', measure: 'errors', below: '1%' }],
  };
  writeFileSync(file, JSON.stringify(rehearsal));
  return loadRehearsal(file);
})();

/** A run in which arrivals between these seconds failed. */
function run(bad: [number, number][], change: Partial<Conduct> = {}): Conduct {
  const samples = Array.from({ length: 200 }, (_, n) => {
    const at = n * 100;
    const failed = bad.some(([from, to]) => at >= from * 1000 && at < to * 1000);
    return { n, task: 0, at, ms: 20, ...(failed ? { error: '503' } : {}) };
  });
  return {
    samples,
    onsets: [5200],
    hits: [9],
    signals: [],
    safe: [],
    never: [],
    ...change,
  } as unknown as Conduct;
}

const handled = (one: Conduct, harmless = true) => resilience(prepared, one, harmless)[0];

describe('how an event was dealt with', () => {
  it('is well all along where nothing failed', () => {
    expect(handled(run([]))).toMatchObject({ degraded: false, recoverMs: 0, liftedMs: 0, adaptMs: 0 });
  });

  it('recovers when health begins that holds, counted from the first altered exchange and from the end', () => {
    const event = handled(run([[5, 12]]));
    expect(event).toMatchObject({ degraded: true, recoverMs: 6800, liftedMs: 2000, adaptMs: null });
    expect(event).toMatchObject({ automated: true, relapses: 0 });
  });

  it('does not count health that does not hold', () => {
    const flapping = handled(
      run([
        [5, 7],
        [9, 10],
        [12, 13],
      ]),
    );
    expect(flapping?.recoverMs).toBe(13_000 - 5200);
  });

  it('counts a relapse after health that held', () => {
    expect(
      handled(
        run([
          [5, 6],
          [14, 15],
        ]),
      ),
    ).toMatchObject({ recoverMs: 800, relapses: 1 });
  });

  it('has adapted where health held while the event still acted, unless it did harm', () => {
    const soon = run([[5, 7]]);
    expect(handled(soon)?.adaptMs).toBe(1800);
    expect(handled(soon, false)).toMatchObject({ adaptMs: null, automated: false });
  });

  it('took at least so long where the load ended first', () => {
    expect(handled(run([[5, 18]]))).toMatchObject({ recoverMs: null, censoredMs: 14_800, automated: false });
  });

  it('is noticed at the first signal after the onset; signals with nothing wrong are false alarms', () => {
    const at = (...times: number[]) => times.map((one) => ({ at: one, says: 'alarm' }));
    const one = run([[5, 12]], { signals: at(1000, 6200, 6300) });
    const event = handled(one);
    expect(event?.detectMs).toBe(1000);
    const control = run([], { signals: at(4000) });
    // 20 s of the control and 13 s of calm: two alarms.
    expect(falseAlarms(prepared, control, one, event ? [event] : [])).toBeCloseTo((2 * 3600) / 33, 5);
  });
});

describe('beside the control', () => {
  it('is collateral what was done more often about the same, and not what was left undone', () => {
    const control = new Map([
      ['jira.issue.created t1', 1],
      ['okta.member.added ann', 1],
    ]);
    const twice = new Map([
      ['jira.issue.created t1', 2],
      ['slack.message.posted t9', 1],
    ]);
    expect(collateral(control, twice)).toEqual({
      count: 2,
      byClass: [
        { class: 'jira.issue.created', count: 1, about: ['t1'] },
        { class: 'slack.message.posted', count: 1, about: ['t9'] },
      ],
    });
  });
});

describe('percentiles', () => {
  it('are right to three digits, and left out where there are too few', () => {
    const { p50, p99, 'p99.9': rare, max } = latencies(Array.from({ length: 500 }, (_, i) => i + 1));
    expect(Math.abs((p50 ?? 0) / 250 - 1)).toBeLessThan(0.001);
    expect(Math.abs((p99 ?? 0) / 495 - 1)).toBeLessThan(0.001);
    expect(rare).toBeNull();
    expect(Math.abs((max ?? 0) / 500 - 1)).toBeLessThan(0.001);
  });
});
