/**
 * Up to what rate the load generator of rehearsals holds on this machine: closed, in that the server counts what it
 * was asked, and so is known to have been asked what the generator says. Run alone, it doubles the rate until it is
 * no longer held, then narrows; prints a line for each rate, and exits 1 where the generator says what is not so.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { argv, stdout } from 'node:process';
import { apart } from '../../harness/rehearsal/apart.ts';
import { keptOf, lateLimit, type PhaseRate, RATE_TOLERANCE, sayRate } from '../../harness/rehearsal/rate.ts';
import { schedule } from '../../harness/rehearsal/schedule.ts';

/** What the generator says of one rate, and what the server counted. */
export interface RateCheck {
  rate: PhaseRate;
  /** Requests that came to the server within the load and what may be late of it. */
  arrived: number;
  /** Whether what the generator says agrees with what arrived. */
  agrees: boolean;
}

const IN_FLIGHT_MAX = 1000;
const TIMEOUT_MS = 2_000;
const RATE_FIRST = 250;
const STEPS_MAX = 16;
const SECONDS = 3;
/** The rate is known well enough between two that lie so near. */
const NARROW = 1.1;

/** Sends so many requests a second for so long to a bare server of this process. */
export async function checkRate(perSecond: number, seconds: number): Promise<RateCheck> {
  let arrived = 0;
  const server = createServer((_, answer) => {
    arrived++;
    answer.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const arrivals = schedule({ rate: `${perSecond}/s`, duration: `${seconds}s`, mix: [{}] }, 1);
  const load = await apart(
    {
      ...{ arrivals, inFlightMax: IN_FLIGHT_MAX, timeoutMs: TIMEOUT_MS, names: [] },
      tasks: [{ url: `http://127.0.0.1:${port}/` }],
      document: {
        id: 'none',
        name: 'none',
        seed: 1,
        clock: { mode: 'realtime', now: '' },
        twins: {},
        env: {},
      },
    },
    { aborted: () => false },
  );
  const sent = await load.start().done;
  await load.close();
  server.closeAllConnections();
  server.close();
  const phases = [{ name: 'all', fromMs: 0, toMs: seconds * 1000 }];
  const limits = { lateLimitMs: lateLimit(Number.POSITIVE_INFINITY), apart: true };
  const kept = keptOf(arrivals, sent, phases, limits);
  const [rate] = kept.phases;
  if (!rate) throw new Error('a load has at least one phase');
  return { rate, arrived, agrees: Math.abs(arrived - kept.sent) <= Math.max(1, RATE_TOLERANCE * kept.sent) };
}

/** The highest rate that was held, a second; each one tried is told to `say`. */
export async function rateHeld(say: (perSecond: number, check: RateCheck) => void): Promise<number> {
  let [held, lost] = [0, Number.POSITIVE_INFINITY];
  for (let step = 0; step < STEPS_MAX && lost > held * NARROW; step++) {
    const perSecond = Math.round(
      lost === Number.POSITIVE_INFINITY ? held * 2 || RATE_FIRST : (held + lost) / 2,
    );
    const check = await checkRate(perSecond, SECONDS);
    say(perSecond, check);
    if (check.rate.held) held = perSecond;
    else lost = perSecond;
  }
  return held;
}

if (argv[1]?.endsWith('rate.js')) {
  const held = await rateHeld((perSecond, { rate, arrived, agrees }) => {
    const verdict = `${rate.held ? 'held' : 'not held'}${agrees ? '' : ', AND THE SERVER DISAGREES'}`;
    stdout.write(`${String(perSecond).padStart(7)}/s  ${verdict}: ${sayRate(rate)}; ${arrived} arrived\n`);
    if (!agrees) process.exitCode = 1;
  });
  stdout.write(`this machine holds ${held}/s\n`);
}
