/**
 * Rounds of load on a server that keeps its state, ended by `kill -9` at a random moment; after each the server starts
 * again on what is left and is asked for all that it had acknowledged. By name:
 * `npm run build && node dist/test/bench/crash.js [rounds] [always|interval|off]`.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { argv, stderr, stdout } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';

/** What came of some rounds. */
export interface CrashResult {
  rounds: number;
  acknowledged: number;
  /** Acknowledged and not there after the restart. */
  lost: number;
  /** How long before the kill the oldest lost change was acknowledged, in milliseconds. */
  oldestLostMs: number;
  /** Changes that are there twice, or that nobody asked for. */
  strange: number;
  /** What servers said on stderr of damage. */
  said: string[];
  /** The slowest start, in milliseconds. */
  startMs: number;
}

/** A server in a process of its own. */
export interface Child {
  url: string;
  process: ChildProcess;
  err(): string;
  kill(signal: NodeJS.Signals): Promise<number | null>;
}

const CLIENTS = 8;
const KILLED_WITHIN_MS = 300;
const START_MS_MAX = 15_000;
const ID = 'load';
/** Of how many operations one is a fork, with another that drops it. */
const FORK_EVERY = 25;

/** Starts `orrery serve` with `args`; rejects with what it said where it ends before it is ready. */
export async function startChild(
  bin: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<Child> {
  const child = spawn(process.execPath, [bin, 'serve', '--json', '--port', '0', ...args], { env });
  return ready(child);
}

/** Waits until a server that was spawned says where it is. */
export async function ready(child: ChildProcess): Promise<Child> {
  let out = '';
  let err = '';
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  child.stderr?.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  const url = await new Promise<string>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`not ready in time: ${err}`)), START_MS_MAX);
    const settle = (then: () => void) => {
      clearTimeout(late);
      then();
    };
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      const found = /"url":\s*"([^"]+)"/.exec(out);
      if (found) settle(() => resolve(found[1] as string));
    });
    void ended.then((code) => settle(() => reject(new Error(`ended with ${code}: ${err}`))));
  });
  return {
    url,
    process: child,
    err: () => err,
    kill: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}

/** Acknowledged changes by name, and when: messages, and forks that are to be there or gone. */
interface Ledger {
  texts: Map<string, number>;
  asked: Set<string>;
  forks: Map<string, { there: boolean; at: number }>;
}

/** Runs rounds on one directory. */
export async function crashRounds(how: {
  bin: string;
  rounds: number;
  sync: string;
  say?: (line: string) => void;
}): Promise<CrashResult> {
  const directory = mkdtempSync(join(tmpdir(), 'orrery-crash-'));
  const ledger: Ledger = { texts: new Map(), asked: new Set(), forks: new Map() };
  const result: CrashResult = {
    rounds: 0,
    acknowledged: 0,
    lost: 0,
    oldestLostMs: 0,
    strange: 0,
    said: [],
    startMs: 0,
  };
  let killedAt = 0;
  try {
    for (let round = 0; round <= how.rounds; round++) {
      const began = performance.now();
      const child = await startChild(how.bin, ['--data', directory, '--sync', how.sync]);
      result.startMs = Math.max(result.startMs, performance.now() - began);
      try {
        if (round === 0) await make(child, how.sync);
        else await check(child, ledger, killedAt, result);
        if (round < how.rounds) {
          const token = await tokenOf(child);
          const load = drive(child, ledger, round, token);
          await sleep(Math.random() * KILLED_WITHIN_MS);
          killedAt = performance.now();
          await child.kill('SIGKILL');
          await load;
          result.rounds++;
        }
      } finally {
        await child.kill('SIGKILL');
        if (/orrery: /.test(child.err())) result.said.push(child.err());
      }
      if (round % 20 === 0)
        how.say?.(`round ${round}: ${JSON.stringify({ ...result, said: result.said.length })}`);
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
  return result;
}

const WORLD = {
  world: 'crash',
  people: { count: 5 },
  slack: {
    team: 'crash',
    channels: [{ name: 'full' }],
    apps: [{ name: 'load', scopes: ['chat:write', 'channels:history', 'channels:read'] }],
  },
};

/** What the rounds are about is to be there in all of them. */
const SETTLED_MS = 500;

async function make(child: Child, sync: string): Promise<void> {
  await control(child, 'POST', '/universes', { id: ID, seed: 1, world: WORLD });
  if (sync !== 'always') await sleep(SETTLED_MS);
}

const tokenOf = async (child: Child): Promise<string> =>
  ((await control(child, 'GET', `/universes/${ID}/env`)) as Record<string, string>).SLACK_BOT_TOKEN as string;

/** Posts messages, forks and drops until the server is gone. */
async function drive(child: Child, ledger: Ledger, round: number, token: string): Promise<void> {
  const base = `${child.url}/u/${ID}/slack/api`;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  let nth = 0;
  const client = async (): Promise<void> => {
    for (;;) {
      const name = `${round}-${nth++}`;
      if (nth % FORK_EVERY === 0) await forkAndDrop(child, ledger, name);
      else {
        ledger.asked.add(name);
        const body = JSON.stringify({ channel: '#full', text: name });
        const reply = await fetch(`${base}/chat.postMessage`, { method: 'POST', headers, body });
        const { ok } = (await reply.json()) as { ok: boolean };
        if (!ok) throw new Error(`a message was refused`);
        ledger.texts.set(name, performance.now());
      }
    }
  };
  // Each ends when the server does: a reply cut short is not acknowledged.
  await Promise.allSettled(Array.from({ length: CLIENTS }, client));
}

async function forkAndDrop(child: Child, ledger: Ledger, name: string): Promise<void> {
  const id = `f-${name}`;
  await control(child, 'POST', `/universes/${ID}/fork`, { id });
  ledger.forks.set(id, { there: true, at: performance.now() });
  const older = [...ledger.forks].find(([other, { there }]) => there && other !== id);
  if (!older) return;
  ledger.forks.delete(older[0]);
  await control(child, 'DELETE', `/universes/${older[0]}`);
  ledger.forks.set(older[0], { there: false, at: performance.now() });
}

/** Compares what is there with what was acknowledged; what was lost once is not counted again. */
async function check(child: Child, ledger: Ledger, killedAt: number, result: CrashResult): Promise<void> {
  const lose = (at: number) => {
    result.lost++;
    result.oldestLostMs = Math.max(result.oldestLostMs, killedAt - at);
  };
  const state = await control(child, 'GET', `/universes/${ID}/state?twin=slack&table=messages`);
  const rows = (state as { twins: { slack: { messages: { text: string }[] } } }).twins.slack.messages;
  const there = new Set(rows.map(({ text }) => text));
  const ours = rows.filter(({ text }) => /^\d+-\d+$/.test(text));
  result.strange += ours.length - new Set(ours.map(({ text }) => text)).size;
  result.strange += ours.filter(({ text }) => !ledger.asked.has(text)).length;
  result.acknowledged = ledger.texts.size;
  for (const [text, at] of ledger.texts)
    if (!there.has(text)) {
      lose(at);
      ledger.texts.delete(text);
    }
  const { universes } = (await control(child, 'GET', '/universes?limit=1000')) as {
    universes: { id: string }[];
  };
  const ids = new Set(universes.map(({ id }) => id));
  for (const [id, { there: wanted, at }] of ledger.forks) {
    if (ids.has(id) !== wanted) lose(at);
    if (wanted && ids.has(id))
      await control(child, 'GET', `/universes/${id}/state?twin=slack&table=messages`);
    if (!wanted || !ids.has(id)) ledger.forks.delete(id);
  }
}

async function control(child: Child, method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${child.url}/v1${path}`, {
    method,
    ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text ? JSON.parse(text) : undefined;
}

if (argv[1]?.endsWith('bench/crash.js')) {
  const [rounds = '200', sync = 'always'] = argv.slice(2);
  // Not by this module's own place: the build puts it into a part that other benches share.
  const bin = join(dirname(argv[1]), '../../src/bin.js');
  const say = (line: string) => void stderr.write(`${line}\n`);
  const result = await crashRounds({ bin, rounds: Number(rounds), sync, say });
  stdout.write(`${JSON.stringify({ sync, ...result }, undefined, 2)}\n`);
  process.exitCode = result.strange > 0 || (sync === 'always' && result.lost > 0) ? 1 : 0;
}
