/** The load: fixed beforehand, kept under slowness, and honest about what this machine gives. */
import { describe, expect, it } from 'vitest';
import { generate, type Outcome } from '../../../harness/rehearsal/generator.ts';
import { keptOf } from '../../../harness/rehearsal/rate.ts';
import { digest, schedule } from '../../../harness/rehearsal/schedule.ts';

const mix = [{ weight: 3 }, { weight: 1 }];
const steady = (rate: string, duration: string) => ({ rate, duration, arrivals: 'even' as const, mix });

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function send(
  options: Parameters<typeof schedule>[0],
  toMs: number,
  perform: (n: number) => Promise<Outcome>,
  inFlightMax = 1000,
) {
  const arrivals = schedule(options, 1);
  const load = generate({
    ...{ arrivals, inFlightMax, timeoutMs: 30_000, aborted: () => false },
    perform: ({ n }) => perform(n),
  });
  const sent = await load.done;
  const phases = [{ name: 'all', fromMs: 0, toMs }];
  return { ...sent, kept: keptOf(arrivals, sent, phases, { lateLimitMs: 250, apart: false }) };
}

/** What is kept of a schedule whose arrivals were sent so late (ms), for a load of a second. */
function kept(rate: string, late: (at: number) => number, lateLimitMs = 250) {
  const arrivals = schedule(steady(rate, '1s'), 1);
  const samples = arrivals.map((one) => ({ ...one, late: late(one.at), ms: 20 }));
  const phases = [{ name: 'all', fromMs: 0, toMs: 1000 }];
  return keptOf(arrivals, { samples, inFlightMost: 1 }, phases, { lateLimitMs, apart: true });
}

describe('a schedule', () => {
  it('is the same for the same seed, and another for another', () => {
    const options = { ...steady('200/s', '5s'), arrivals: 'poisson' as const };
    const of = (seed: number) => digest(schedule(options, seed), []);
    expect(of(1)).toBe(of(1));
    expect(of(1)).not.toBe(of(2));
  });

  it('has as many arrivals as its rate says, fewer in the ramp, and its mix by weight', () => {
    const arrivals = schedule({ ...steady('100/s', '10s'), ramp: '4s' }, 1);
    expect(arrivals).toHaveLength(800);
    expect(arrivals.filter(({ at }) => at < 2000)).toHaveLength(50);
    expect(arrivals.filter(({ at }) => at >= 5000 && at < 6000)).toHaveLength(100);
    const first = arrivals.filter(({ task }) => task === 0).length;
    expect(first / arrivals.length).toBeGreaterThan(0.68);
    expect(first / arrivals.length).toBeLessThan(0.82);
  });

  it('of random arrivals keeps its rate, too', () => {
    const arrivals = schedule({ ...steady('1000/s', '20s'), arrivals: 'poisson' }, 3);
    expect(Math.abs(arrivals.length / 20_000 - 1)).toBeLessThan(0.03);
  });
});

describe('the generator', () => {
  // A machine with much else to do may not give it at once.
  it('holds its rate to within one in a hundred, however slow the answers are', { retry: 5 }, async () => {
    const { kept, samples } = await send(steady('400/s', '1500ms'), 1500, () => pause(300).then(() => ({})));
    expect(kept).toMatchObject({ scheduled: 600, sent: 600, notSent: 0, held: true });
    expect(kept.phases[0]).toMatchObject({ planned: 600, ratePlanned: 400 });
    expect(samples).toHaveLength(600);
  });

  it('says when this machine does not give the rate', async () => {
    const busy = async (): Promise<Outcome> => {
      for (const end = performance.now() + 12; performance.now() < end; );
      return {};
    };
    const { kept } = await send(steady('200/s', '500ms'), 500, busy);
    expect(kept.held).toBe(false);
    expect(kept.phases[0]?.rateSent).toBeLessThan(120);
  });

  it('counts a latency from the intended arrival, so that one long stall is in many latencies', async () => {
    const stall = async (n: number): Promise<Outcome> => {
      if (n === 20) for (const end = performance.now() + 200; performance.now() < end; );
      return {};
    };
    const { samples } = await send(steady('200/s', '500ms'), 500, stall);
    expect(samples.filter(({ ms }) => ms > 50).length).toBeGreaterThan(25);
  });

  it('sends no more than the bound lets it, and counts the rest as failed', async () => {
    const slow = () => pause(700).then(() => ({}));
    const { kept, samples } = await send(steady('100/s', '500ms'), 500, slow, 10);
    expect(kept).toMatchObject({ scheduled: 50, sent: 10, notSent: 40, inFlightMost: 10 });
    expect(samples.filter(({ error }) => error === 'not sent')).toHaveLength(40);
  });
});

describe('the rate', () => {
  it('is held where one in a hundred is missing at the end, and not where three are', () => {
    // Falling behind evenly: at the end, one hundredth or three of the arrivals are still to be sent.
    expect(kept('1000/s', (at) => at * 0.009)).toMatchObject({ held: true });
    const slow = kept('1000/s', (at) => at * 0.03);
    expect(slow.held).toBe(false);
    expect(slow.phases[0]?.rateSent).toBeLessThan(980);
    expect(slow.phases[0]?.lateP99Ms).toBeGreaterThan(25);
  });

  it('of a short load may miss one arrival, and no more', () => {
    expect(kept('10/s', (at) => (at > 900 ? 60 : 0)).phases[0]).toMatchObject({ sent: 9, held: true });
    expect(kept('10/s', (at) => (at > 800 ? 160 : 0)).phases[0]).toMatchObject({ sent: 8, held: false });
  });

  it('is held where the machine hesitated and caught up, and not where that was long beside the levels', () => {
    const hesitant = (at: number) => (at > 400 && at < 520 ? 520 - at : 0);
    expect(kept('200/s', hesitant)).toMatchObject({ held: true });
    expect(kept('200/s', hesitant, 50)).toMatchObject({ held: false });
  });
});
