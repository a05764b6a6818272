/**
 * What keeping state costs. By name: `npm run build && node dist/test/bench/durable.js [interval|always|off]`: requests
 * per second of a server that keeps nothing beside one that keeps all, in one run, turn by turn; exits 1 where
 * `interval` has less than 0.7 of the other. `node dist/test/bench/durable.js start [count]`: how long a server takes
 * to be ready on so many universes, each made from a world and written to; exits 1 where that is 3 seconds.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { argv, stdout } from 'node:process';
import { type Child, startChild } from './crash.ts';
import type { LoadPlan } from './load.ts';
import { loadFrom, median } from './measure.ts';

const ROUNDS = 7;
const SECONDS = 1.5;
const CONNECTIONS = 16;
const SHARE_MIN = 0.7;
const UNIVERSES = '1000';
const STARTS = 5;
const START_MS_MAX = 3_000;

const [what = 'interval', count = UNIVERSES] = argv.slice(2);
const bin = new URL('../../src/bin.js', import.meta.url).pathname;
const script = new URL('./load.js', import.meta.url);
const directory = mkdtempSync(join(tmpdir(), 'orrery-durable-'));
try {
  await (what === 'start' ? starts(Number(count)) : rates(what));
} finally {
  rmSync(directory, { recursive: true, force: true });
}

async function rates(sync: string): Promise<void> {
  const memory = await startChild(bin, []);
  const kept = await startChild(bin, ['--data', directory, '--sync', sync]);
  try {
    await compare(sync, memory, kept);
  } finally {
    await Promise.all([memory.kill('SIGTERM'), kept.kill('SIGTERM')]);
  }
}

async function compare(sync: string, memory: Child, kept: Child): Promise<void> {
  const plans = await Promise.all([planOf(memory), planOf(kept)]);
  const perSecondOf: [number[], number[]] = [[], []];
  for (let round = 0; round <= ROUNDS; round++)
    for (const nth of [0, 1] as const) {
      const { perSecond, failed } = await loadFrom(script, plans[nth]);
      if (failed > 0) throw new Error(`${failed} requests failed`);
      // The first one warms up.
      if (round > 0) perSecondOf[nth].push(perSecond);
    }
  const share = median(perSecondOf[1].map((rate, i) => rate / (perSecondOf[0][i] ?? Number.NaN)));
  const [memoryRate, keptRate] = perSecondOf.map((one) => Math.round(median(one)));
  stdout.write(`${JSON.stringify({ sync, memory: memoryRate, kept: keptRate, share })}\n`);
  process.exitCode = sync === 'interval' && share < SHARE_MIN ? 1 : 0;
}

async function starts(universes: number): Promise<void> {
  const args = ['--data', directory];
  const first = await startChild(bin, args);
  for (let nth = 0; nth < universes; nth++) {
    const id = `u${nth}`;
    const made = await fetch(`${first.url}/v1/universes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id, seed: nth, world: 'acme' }),
    });
    const { env } = (await made.json()) as { env: Record<string, string> };
    const posted = await fetch(`${first.url}/u/${id}/slack/api/chat.postMessage`, {
      method: 'POST',
      headers: { authorization: `Bearer ${env.SLACK_BOT_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify({ channel: '#general', text: id }),
    });
    if (!posted.ok) throw new Error(`${id}: ${posted.status}`);
  }
  await first.kill('SIGTERM');
  const took: number[] = [];
  for (let nth = 0; nth < STARTS; nth++) {
    const began = performance.now();
    const child = await startChild(bin, args);
    took.push(Math.round(performance.now() - began));
    await child.kill('SIGTERM');
  }
  stdout.write(`${JSON.stringify({ universes, startMs: took, median: median(took) })}\n`);
  process.exitCode = median(took) < START_MS_MAX ? 0 : 1;
}

async function planOf({ url }: Child): Promise<LoadPlan> {
  const env = (await (await fetch(`${url}/v1/universes/default/env`)).json()) as Record<string, string>;
  return {
    port: Number(new URL(url).port),
    host: '127.0.0.1',
    method: 'POST',
    path: '/u/default/slack/api/chat.postMessage',
    headers: { authorization: `Bearer ${env.SLACK_BOT_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ channel: '#general', text: 'a message of the usual length, more or less' }),
    connections: CONNECTIONS,
    seconds: SECONDS,
  };
}
