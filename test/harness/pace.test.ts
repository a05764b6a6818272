import { describe, expect, it } from 'vitest';
import { Activity } from '../../harness/activity.ts';
import type { JournalEntry } from '../../harness/host.ts';
import { DRIFT_MS_MAX, Pace, type PaceSetting } from '../../harness/pace.ts';
import { FakeHost, FakeUniverse } from './fake-host.ts';

async function pacing(change: Partial<PaceSetting> = {}) {
  const host = await FakeHost.open();
  const universe = new FakeUniverse(host, 'u');
  const notes: string[] = [];
  const pace = new Pace({
    ...{ universe, activity: new Activity(), skip: true, owedUntil: () => undefined, cpuMs: () => undefined },
    ...{ askIdle: async () => undefined, exited: () => false, aborted: () => false },
    note: (text) => notes.push(text),
    ...change,
  });
  return { pace, universe, notes, close: () => host.close() };
}

describe('time in a trial', () => {
  it('jumps over thinking and fires what is due on the way, in order', async () => {
    const { pace, universe, close } = await pacing();
    const fired: string[] = [];
    const start = universe.now();
    universe.due.push(
      { at: start + 50_000, run: () => fired.push('late') },
      { at: start + 9_000, run: () => fired.push('soon') },
    );
    const began = performance.now();
    expect(await pace.sleepUntil(start + 60_000)).toBe('met');
    expect(universe.now() - start).toBeGreaterThanOrEqual(60_000);
    expect(fired).toEqual(['soon', 'late']);
    expect(performance.now() - began).toBeLessThan(2000);
    await close();
  });

  it('never runs ahead so far that a program would refuse signatures, and says what it left out', async () => {
    const { pace, universe, notes, close } = await pacing();
    const start = universe.now();
    expect(await pace.sleepUntil(start + 8 * 60_000)).toBe('met');
    expect(universe.now() - Date.now()).toBeLessThanOrEqual(DRIFT_MS_MAX);
    expect(notes).toEqual([expect.stringMatching(/^3m 30s of thinking left out/)]);
    await close();
  });

  it('does not jump while something is in flight or the program says that it is busy', async () => {
    const { pace, universe, close } = await pacing({ askIdle: async () => false });
    const start = universe.now();
    let done = false;
    setTimeout(() => {
      done = true;
      pace.happened();
    }, 500);
    expect(await pace.until(() => done, start + 60_000, 'quiet')).toBe('met');
    expect(universe.now() - start).toBeLessThan(10_000);
    await close();
  });
});

describe('silence', () => {
  const entry = (fields: Record<string, unknown>): JournalEntry => {
    return { seq: 1, at: '2026-01-01T00:00:00Z', kind: 'exchange', twin: 'okta', operation: 'a', ...fields };
  };

  it('must last longer while a call that failed may be tried again', () => {
    let now = 0;
    const activity = new Activity(() => now);
    activity.see(entry({ outcome: 'fail' }));
    now = 2000;
    expect(activity.remainingMs('quiet', true, undefined)).toBeGreaterThan(0);
    activity.see(entry({ outcome: 'ok' }));
    now = 7000;
    expect(activity.remainingMs('quiet', true, undefined)).toBeLessThanOrEqual(0);
  });

  it('counts only after a Retry-After is spent, and is shorter on the program’s own word', () => {
    let now = 0;
    const activity = new Activity(() => now);
    activity.see(entry({ outcome: 'fail', response: { headers: { 'retry-after': '30' } } }));
    now = 29_000;
    expect(activity.remainingMs('quiet', false, true)).toBeGreaterThan(1000);
    now = 31_000;
    expect(activity.remainingMs('quiet', true, true)).toBeLessThanOrEqual(0);
    expect(activity.remainingMs('quiet', true, false)).toBe(Number.POSITIVE_INFINITY);
  });
});
