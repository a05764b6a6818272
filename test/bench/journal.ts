/**
 * `node dist/test/bench/journal.js`: what looking on costs a server whose universe makes 2,000 entries a second: the
 * console's live journal for one viewer and for ten, beside the full event stream. CPU is of the whole process: the
 * server, the entries themselves and who reads. Exits 1 where a bound does not hold.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { argv, stdout } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { packHeaders } from '../../src/entry.ts';
import { startOrrery } from '../../src/main.ts';
import type { Universe } from '../../src/universe.ts';

const ENTRIES_PER_SECOND = 2_000;
const TURN_MS = 5;
/** Of a core, for one viewer more than nobody. */
const VIEWER_SHARE_MAX = 0.1;
/** That the server may be deaf, in milliseconds, 99 of 100 times. */
const DEAF_MS_MAX = 50;

/** What one way of looking on came to. */
export interface Looked {
  what: string;
  /** Of a core. */
  share: number;
  kibPerSecond: number;
  /** 99th percentile of how late the process was, in milliseconds. */
  deafMs: number;
  made: number;
}

const WAYS: readonly { what: string; path: string; viewers: number }[] = [
  { what: 'nobody looks', path: '', viewers: 0 },
  { what: 'live journal, 1 viewer', path: '/console/u/busy/live?rows=1', viewers: 1 },
  { what: 'live journal, 10 viewers', path: '/console/u/busy/live?rows=1', viewers: 10 },
  { what: 'full event stream, 1 reader', path: '/v1/universes/busy/events', viewers: 1 },
];

/** Measures every way for `ms` each, one after the other. */
export async function benchJournal(ms: number): Promise<Looked[]> {
  const orrery = await startOrrery({ port: 0 });
  try {
    const universe = await orrery.registry.create({ id: 'busy', seed: 1 });
    const looked: Looked[] = [];
    for (const { what, path, viewers } of WAYS) {
      const stop = new AbortController();
      const after = path === '' ? '' : `${path.includes('?') ? '&' : '?'}after=${universe.journal.end}`;
      const readers = Array.from({ length: viewers }, () =>
        read(`${orrery.url}${path}${after}`, stop.signal),
      );
      looked.push({ what, ...(await busy(universe, ms, readers)) });
      stop.abort();
    }
    return looked;
  } finally {
    await orrery.close(0);
  }
}

/** Counts the bytes of a stream until it is stopped. */
function read(url: string, signal: AbortSignal): { bytes: number } {
  const count = { bytes: 0 };
  const follow = async () => {
    const { body } = await fetch(url, { signal });
    for await (const chunk of body ?? []) count.bytes += chunk.length;
  };
  follow().catch(() => {});
  return count;
}

async function busy(
  universe: Universe,
  ms: number,
  readers: readonly { bytes: number }[],
): Promise<Omit<Looked, 'what'>> {
  const delay = monitorEventLoopDelay({ resolution: TURN_MS });
  delay.enable();
  const cpu = process.cpuUsage();
  const began = performance.now();
  let made = 0;
  while (performance.now() - began < ms) {
    const due = ((performance.now() - began) / 1_000) * ENTRIES_PER_SECOND;
    while (made < due) exchange(universe, ++made);
    await sleep(TURN_MS);
  }
  const { user, system } = process.cpuUsage(cpu);
  delay.disable();
  const seconds = (performance.now() - began) / 1_000;
  const bytes = readers.reduce((sum, one) => sum + one.bytes, 0);
  return {
    share: (user + system) / 1e6 / seconds,
    kibPerSecond: bytes / 1_024 / seconds,
    deafMs: delay.percentile(99) / 1e6 - TURN_MS,
    made,
  };
}

/** As a program makes one, with half a kilobyte asked and a kilobyte answered. */
function exchange(universe: Universe, nth: number): void {
  const text = `message ${nth} ${'x'.repeat(500)}`;
  universe.recordExchange('slack', {
    operation: 'chat.postMessage',
    method: 'POST',
    path: '/api/chat.postMessage',
    actor: 'Access Desk',
    requestHeaders: packHeaders({ 'content-type': 'application/json', authorization: 'Bearer xoxb-1' }),
    requestBody: JSON.stringify({ channel: 'C1', text }),
    reply: {
      status: 200,
      headers: [['content-type', 'application/json']],
      body: JSON.stringify({ ok: true, ts: `${nth}.0`, message: { text, blocks: [{ text }] } }),
    },
    outcome: 'ok',
    ms: 1,
    via: 'path',
  });
}

if (argv[1]?.endsWith('bench/journal.js')) {
  const looked = await benchJournal(5_000);
  for (const { what, share, kibPerSecond, deafMs } of looked)
    stdout.write(
      `${what.padEnd(30)} ${(share * 100).toFixed(1)} % of a core, ${kibPerSecond.toFixed(0)} KiB/s, ` +
        `late at most ${deafMs.toFixed(1)} ms (p99)\n`,
    );
  const [alone, one] = looked as [Looked, Looked];
  const holds = one.share - alone.share < VIEWER_SHARE_MAX && looked.every((way) => way.deafMs < DEAF_MS_MAX);
  stdout.write(`${holds ? 'holds' : 'does not hold'}: a viewer costs less than 10 % of a core\n`);
  process.exit(holds ? 0 : 1);
}
