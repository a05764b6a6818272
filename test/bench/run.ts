/**
 * `npm run bench`: what a fork, a reset, a universe and a request cost, each beside its bound or its baseline, in one
 * run. Prints a table, or JSON with `--json`; exits 1 where a bound does not hold.
 */
import { spawn } from 'node:child_process';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { startOrrery } from '../../src/main.ts';
import type { Universe } from '../../src/universe.ts';
import type { WorldFile } from '../../src/world/file.ts';
import { heapUsed, loadFrom, median, timed } from './measure.ts';

interface Row {
  what: string;
  measured: number;
  unit: string;
  bound: string;
  holds: boolean;
}

const UNIVERSES = 1_000;
const WRITES = 20;
const MESSAGES = 100_000;
const ROUNDS = 5;
const LOAD = new URL('./load.js', import.meta.url);
/** A workspace with a channel to fill and one per round. */
const LOAD_WORLD: WorldFile = {
  world: 'load',
  people: { count: 20 },
  slack: {
    team: 'load',
    channels: ['full', ...Array.from({ length: ROUNDS + 1 }, (_, i) => `round-${i}`)].map((name) => ({
      name,
    })),
    apps: [{ name: 'load', scopes: ['chat:write', 'channels:history', 'channels:read'] }],
  },
};
const rows: Row[] = [];
const row = (what: string, measured: number, unit: string, bound: string, holds: boolean) =>
  rows.push({ what, measured, unit, bound, holds });

const orrery = await startOrrery({ port: 0 });

/** Forks of the built-in world: time, memory after some writes through the public door, reset. */
async function benchForks(): Promise<void> {
  const { registry } = orrery;
  const parent = await registry.create({ id: 'parent', seed: 1 });
  const before = heapUsed();
  const forks: Universe[] = [];
  const times = timed(UNIVERSES, (nth) => forks.push(registry.fork(parent, { id: `fork-${nth}` })));
  for (const fork of forks) for (let i = 0; i < WRITES; i++) await post(fork, `note ${i}`);
  const each = (heapUsed() - before) / UNIVERSES / 1_024;
  const forkUs = median(times) * 1_000;
  row(`fork, median of ${UNIVERSES}`, forkUs, 'µs', '< 50', forkUs < 50);
  row(`memory of a fork after ${WRITES} writes`, each, 'KiB', '< 100', each < 100);
  const resetMs = median(timed(100, (nth) => forks[nth]?.reset()));
  row('reset, median of 100', resetMs, 'ms', '< 1', resetMs < 1);
  for (const fork of forks) registry.drop(fork.id);
  registry.drop(parent.id);
}

/** Requests per second beside a bare Hono echo of the same body, and flatness in the number of messages. */
async function benchRequests(): Promise<void> {
  const universe = await orrery.registry.create({ id: 'load', seed: 1, world: LOAD_WORLD });
  const full = await channel(universe, 'full');
  const echo = await startEcho();
  const bodyOf = (to: string) => JSON.stringify({ channel: to, text: 'hello there' });
  const headers = {
    authorization: `Bearer ${botToken(universe)}`,
    'content-type': 'application/json; charset=utf-8',
  };
  const plan = (port: number, path: string, body: string) => ({
    port,
    host: '127.0.0.1',
    method: 'POST',
    path,
    headers,
    body,
    connections: 16,
    seconds: 1,
  });
  const api = `/u/${universe.id}/slack/api/`;
  for (let i = 0; i < MESSAGES; i++) await post(universe, 'filler', full);
  const rates = {
    echo: [] as number[],
    post: [] as number[],
    postFull: [] as number[],
    history: [] as number[],
    historyFull: [] as number[],
  };
  const measure = async (into: number[], port: number, path: string, body: string) => {
    const result = await loadFrom(LOAD, plan(port, path, body));
    if (result.failed > 0) throw new Error(`${path}: ${result.failed} failed`);
    into.push(result.perSecond);
  };
  for (let round = 0; round <= ROUNDS; round++) {
    const into = round === 0 ? { echo: [], post: [], postFull: [], history: [], historyFull: [] } : rates;
    const fresh = await channel(universe, `round-${round}`);
    for (let i = 0; i < 25; i++) await post(universe, 'filler', fresh);
    await measure(into.echo, echo.port, '/', bodyOf(full));
    await measure(
      into.history,
      orrery.port,
      `${api}conversations.history`,
      JSON.stringify({ channel: fresh, limit: 20 }),
    );
    await measure(
      into.historyFull,
      orrery.port,
      `${api}conversations.history`,
      JSON.stringify({ channel: full, limit: 20 }),
    );
    await measure(into.post, orrery.port, `${api}chat.postMessage`, bodyOf(fresh));
    await measure(into.postFull, orrery.port, `${api}chat.postMessage`, bodyOf(full));
  }
  echo.close();
  const share = median(rates.post) / median(rates.echo);
  row('chat.postMessage beside a bare Hono echo', share, '×', '≥ 0.5', share >= 0.5);
  row('  chat.postMessage', median(rates.post), 'req/s', '', true);
  row('  bare Hono echo', median(rates.echo), 'req/s', '', true);
  const flatPost = median(rates.postFull) / median(rates.post);
  row(
    `chat.postMessage at ${MESSAGES} messages beside an empty channel`,
    flatPost,
    '×',
    '≥ 0.9',
    flatPost >= 0.9,
  );
  const flatHistory = median(rates.historyFull) / median(rates.history);
  row(
    `conversations.history at ${MESSAGES} messages beside 25`,
    flatHistory,
    '×',
    '≥ 0.9',
    flatHistory >= 0.9,
  );
}

/** From `node` to a server that answers. */
async function benchStart(): Promise<void> {
  const bin = new URL('../../src/bin.js', import.meta.url).pathname;
  const times: number[] = [];
  for (let i = 0; i < 7; i++) {
    const started = performance.now();
    const child = spawn(process.execPath, [bin, 'serve', '--port', '0'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    times.push(performance.now() - started);
    child.kill();
    await new Promise((resolve) => child.once('exit', resolve));
  }
  const startMs = median(times);
  row('start to ready, median of 7', startMs, 'ms', '< 250', startMs < 250);
}

function botToken(universe: Universe): string {
  const slack = universe.setting.twins.get('slack')?.twin;
  const document = slack?.credentials.document(universe.view('slack'), universe.publicBase('slack'));
  return String(document?.credentials.botToken);
}

async function call(
  universe: Universe,
  method: string,
  args: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const plan = await universe.handle('slack', {
    method: 'POST',
    path: `/api/${method}`,
    query: '',
    headers: {
      authorization: `Bearer ${botToken(universe)}`,
      'content-type': 'application/json; charset=utf-8',
    },
    body: Buffer.from(JSON.stringify(args)),
    base: universe.publicBase('slack'),
    via: 'process',
  });
  const answer = 'reply' in plan ? (JSON.parse(String(plan.reply.body)) as Record<string, unknown>) : {};
  if (answer.ok !== true) throw new Error(`${method}: ${JSON.stringify(answer)}`);
  return answer;
}

const post = (universe: Universe, text: string, to = '#general') =>
  call(universe, 'chat.postMessage', { channel: to, text });

/** The id of a channel by name. */
async function channel(universe: Universe, name: string): Promise<string> {
  const { channels } = await call(universe, 'conversations.list', { limit: 999 });
  const found = (channels as { id: string; name: string }[]).find((one) => one.name === name);
  if (!found) throw new Error(`no channel ${name}`);
  return found.id;
}

function startEcho(): Promise<{ port: number; close(): void }> {
  const app = new Hono();
  app.post('/', async (c) =>
    c.body(await c.req.text(), 200, { 'content-type': 'application/json; charset=utf-8' }),
  );
  const server = createAdaptorServer({ fetch: app.fetch });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve({
        port: typeof address === 'object' && address ? address.port : 0,
        close: () => server.close(),
      });
    });
  });
}

function print(): void {
  if (process.argv.includes('--json')) return void process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
  const width = Math.max(...rows.map((one) => one.what.length));
  for (const one of rows) {
    const number = one.measured.toFixed(one.measured < 10 ? 2 : 0).padStart(9);
    process.stdout.write(
      `${one.what.padEnd(width)} ${number} ${one.unit.padEnd(6)} ${one.bound.padEnd(7)} ${one.holds ? 'holds' : 'BROKEN'}\n`,
    );
  }
}

try {
  await benchForks();
  await benchRequests();
  await benchStart();
} finally {
  await orrery.close(0);
}
print();
process.exitCode = rows.every((one) => one.holds) ? 0 : 1;
