/**
 * What keeping state costs: requests per second of a server that keeps nothing beside one that keeps all, in one run,
 * turn by turn. By name: `npm run build && node dist/test/bench/durable.js [interval|always|off]`; exits 1 where
 * `interval` has less than 0.7 of the other.
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

const [sync = 'interval'] = argv.slice(2);
const bin = new URL('../../src/bin.js', import.meta.url).pathname;
const script = new URL('./load.js', import.meta.url);
const directory = mkdtempSync(join(tmpdir(), 'orrery-durable-'));
const memory = await startChild(bin, []);
const kept = await startChild(bin, ['--data', directory, '--sync', sync]);

try {
  const plans = await Promise.all([planOf(memory), planOf(kept)]);
  const rates: [number[], number[]] = [[], []];
  for (let round = 0; round <= ROUNDS; round++)
    for (const nth of [0, 1] as const) {
      const { perSecond, failed } = await loadFrom(script, plans[nth]);
      if (failed > 0) throw new Error(`${failed} requests failed`);
      // The first one warms up.
      if (round > 0) rates[nth].push(perSecond);
    }
  const share = median(rates[1].map((rate, i) => rate / (rates[0][i] ?? Number.NaN)));
  const [memoryRate, keptRate] = rates.map((one) => Math.round(median(one)));
  stdout.write(`${JSON.stringify({ sync, memory: memoryRate, kept: keptRate, share })}\n`);
  process.exitCode = sync === 'interval' && share < SHARE_MIN ? 1 : 0;
} finally {
  await Promise.all([memory.kill('SIGTERM'), kept.kill('SIGTERM')]);
  rmSync(directory, { recursive: true, force: true });
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
