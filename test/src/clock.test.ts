import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Clock } from '../../src/clock.ts';
import { durationMs, isDuration } from '../../src/duration.ts';

const T = Date.parse('2026-01-01T00:00:00Z');

describe('a clock', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: T });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('that is frozen stands until it is moved', () => {
    const clock = new Clock({ mode: 'frozen', now: T });
    vi.advanceTimersByTime(60_000);
    expect(clock.now()).toBe(T);
    clock.jump(T + 5);
    expect(clock.now()).toBe(T + 5);
    expect(clock.wallUntil(T + 10)).toBeUndefined();
  });

  it('that is scaled runs at its rate', () => {
    const clock = new Clock({ mode: 'scaled', now: T, rate: 60 });
    vi.advanceTimersByTime(1_000);
    expect(clock.now()).toBe(T + 60_000);
    expect(clock.wallUntil(T + 120_000)).toBe(1_000);
  });

  it('goes on from where it was when its mode changes', () => {
    const clock = new Clock({ mode: 'realtime' });
    clock.jump(T + 3_600_000);
    vi.advanceTimersByTime(500);
    clock.set({ mode: 'frozen' });
    vi.advanceTimersByTime(500);
    expect(clock.now()).toBe(T + 3_600_500);
  });
});

describe('a duration', () => {
  it.each([
    ['250ms', 250],
    ['30s', 30_000],
    ['5m', 300_000],
    ['2h', 7_200_000],
    ['7d', 604_800_000],
    ['PT30M', 1_800_000],
    ['P1DT2H', 93_600_000],
    ['PT0.5S', 500],
    [42, 42],
  ])('%s is %i ms', (text, ms) => {
    expect(durationMs(text)).toBe(ms);
  });

  it.each(['', '5', '5 minutes', 'P', 'PT', '-5m'])('is not %j', (text) => {
    expect(isDuration(text)).toBe(false);
    expect(() => durationMs(text)).toThrow('is no duration');
  });
});
