/**
 * `node dist/test/bench/reach.js`: what a request costs by each way into a universe, in one run: over a socket to a
 * server in a process of its own (keep-alive; by `fetch`, and by an undici pool, the fastest client there is), and in
 * process by `universe.fetch`, MSW and the undici dispatcher. Exits 1 where a bound does not hold.
 */
import { spawn } from 'node:child_process';
import { argv, execPath, stdout } from 'node:process';
import { setupServer } from 'msw/node';
import { Pool, fetch as undiciFetch } from 'undici';
import { handlers } from '../../src/inprocess/msw.ts';
import { dispatcher } from '../../src/inprocess/undici.ts';
import { type InProcessUniverse, openUniverse } from '../../src/main.ts';
import { median } from './measure.ts';

/** How much is measured. */
export interface ReachPlan {
  /** Where the socket side listens, and its environment: `SLACK_API_URL`, `SLACK_BOT_TOKEN`. */
  env: Record<string, string>;
  universe: InProcessUniverse;
  clients: number;
  /** Requests of one round, and rounds of which the median counts. */
  requests: number;
  rounds: number;
}

/** Requests per second by way. */
export type Rates = Record<Way, number>;
const WAYS = ['socket', 'pool', 'fetch', 'msw', 'undici'] as const;
type Way = (typeof WAYS)[number];

const BODIES = {
  'api.test': '{}',
  'auth.test': '{}',
  'chat.postMessage': JSON.stringify({ channel: '#general', text: 'hello there' }),
};
/** What is asked, a method of Slack. */
export type Asked = keyof typeof BODIES;

type Send = (url: string, init: { method: string; headers: Record<string, string>; body: string }) => Answer;
type Answer = Promise<{ json(): Promise<unknown> }>;

/** Measures every way in turn, round by round, so that a busy moment of the machine hits all of them. */
export async function benchReach(method: Asked, plan: ReachPlan): Promise<Rates> {
  const rates: Record<Way, number[]> = { socket: [], pool: [], fetch: [], msw: [], undici: [] };
  for (let round = 0; round < plan.rounds; round++)
    for (const way of WAYS) rates[way].push(await measure(way, method, plan));
  return Object.fromEntries(WAYS.map((way) => [way, median(rates[way])])) as Rates;
}

async function measure(way: Way, method: Asked, plan: ReachPlan): Promise<number> {
  const { env, universe } = plan;
  const isSocket = way === 'socket' || way === 'pool';
  const token = isSocket ? env.SLACK_BOT_TOKEN : universe.env.SLACK_BOT_TOKEN;
  const url = isSocket ? `${env.SLACK_API_URL}${method}` : `https://slack.com/api/${method}`;
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json; charset=utf-8',
  };
  const init = { method: 'POST', headers, body: BODIES[method] };
  const { send, close } = opened(way, plan);
  // A server closes connections that were idle while another way was measured; what met that is sent again.
  const ask = () => send(url, init).catch(() => send(url, init));
  let left = plan.requests;
  const client = async () => {
    while (left-- > 0) {
      const answer = (await (await ask()).json()) as { ok?: boolean };
      if (answer.ok !== true) throw new Error(`${way} ${method}: ${JSON.stringify(answer)}`);
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: plan.clients }, client));
  const seconds = (performance.now() - started) / 1_000;
  await close();
  return plan.requests / seconds;
}

function opened(way: Way, { env, universe, clients }: ReachPlan): { send: Send; close(): Promise<void> } {
  const nothing = async () => {};
  if (way === 'fetch') return { send: universe.fetch, close: nothing };
  if (way === 'msw') {
    const server = setupServer(...handlers(universe));
    server.listen({ onUnhandledRequest: 'error' });
    return { send: (url, init) => fetch(url, init), close: async () => server.close() };
  }
  if (way === 'undici') {
    const home = dispatcher(universe);
    return { send: (url, init) => undiciFetch(url, { ...init, dispatcher: home }), close: nothing };
  }
  if (way === 'socket') return { send: (url, init) => fetch(url, init), close: nothing };
  const pool = new Pool(new URL(env.SLACK_API_URL ?? '').origin, { connections: clients });
  const send: Send = async (url, init) =>
    (await pool.request({ path: new URL(url).pathname, ...init, method: 'POST' })).body;
  return { send, close: () => pool.close() };
}

/** What must hold beside a `fetch` over a socket. */
export const BOUNDS: readonly { way: Way; times: number }[] = [
  { way: 'fetch', times: 5 },
  { way: 'msw', times: 0.4 },
];

async function main(): Promise<number> {
  const child = spawn(
    execPath,
    [new URL('../../src/bin.js', import.meta.url).pathname, 'serve', '--port', '0'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  try {
    const base = await new Promise<string>((resolve) => {
      let text = '';
      child.stdout.on('data', (chunk) => {
        text += chunk;
        const url = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0];
        if (url) resolve(url);
      });
    });
    const env = (await (await fetch(`${base}/v1/universes/default/env`)).json()) as Record<string, string>;
    const { universe, close } = await openUniverse({ seed: 1 });
    let broken = 0;
    for (const method of Object.keys(BODIES) as Asked[]) {
      const plan = { env, universe, clients: 16, requests: 2_000, rounds: 1 };
      await benchReach(method, plan);
      broken += print(method, await benchReach(method, { ...plan, rounds: 5 }));
    }
    close();
    return broken === 0 ? 0 : 1;
  } finally {
    child.kill();
  }
}

/** Prints the rates of a method; returns how many bounds do not hold. */
function print(method: Asked, rates: Rates): number {
  let broken = 0;
  for (const way of WAYS) {
    const times = rates[way] / rates.socket;
    const bound = BOUNDS.find((one) => one.way === way);
    const holds = !bound || times >= bound.times;
    if (!holds) broken++;
    const told = bound ? `≥ ${bound.times} ${holds ? 'holds' : 'BROKEN'}` : '';
    const rate = rates[way].toFixed(0).padStart(7);
    stdout.write(
      `${method.padEnd(17)} ${way.padEnd(7)} ${rate} req/s ${times.toFixed(2).padStart(6)} × ${told}\n`,
    );
  }
  return broken;
}

if (argv[1]?.endsWith('reach.js')) process.exit(await main());
