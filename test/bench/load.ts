/**
 * A load generator that costs little: requests are bytes made beforehand, sent on sockets that stay open, one at a
 * time on each; answers are only counted. Runs as a process of its own, so that it does not share the server's core.
 */
import { connect } from 'node:net';
import { argv, stdout } from 'node:process';

/** What to send and how often. */
export interface LoadPlan {
  port: number;
  host: string;
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
  connections: number;
  seconds: number;
}

/** What came of it. Rates per second; latencies in milliseconds. */
export interface LoadResult {
  requests: number;
  perSecond: number;
  p50: number;
  p99: number;
  failed: number;
}

/** Runs a plan to its end. */
export async function load(plan: LoadPlan): Promise<LoadResult> {
  const bytes = requestBytes(plan);
  const latencies: number[] = [];
  let failed = 0;
  const until = performance.now() + plan.seconds * 1_000;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: plan.connections }, () => client(plan, bytes, until, latencies, () => failed++)),
  );
  const seconds = (performance.now() - started) / 1_000;
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.floor(share * (latencies.length - 1))] ?? 0;
  return {
    requests: latencies.length,
    perSecond: latencies.length / seconds,
    p50: at(0.5),
    p99: at(0.99),
    failed,
  };
}

function requestBytes(plan: LoadPlan): Buffer {
  const headers = {
    host: `${plan.host}:${plan.port}`,
    ...plan.headers,
    'content-length': Buffer.byteLength(plan.body),
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return Buffer.from(`${plan.method} ${plan.path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${plan.body}`);
}

function client(
  plan: LoadPlan,
  bytes: Buffer,
  until: number,
  latencies: number[],
  fail: () => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(plan.port, plan.host);
    let sent = 0;
    let waiting = -1;
    const send = () => {
      sent = performance.now();
      socket.write(bytes);
    };
    socket.on('connect', send);
    socket.on('error', reject);
    socket.on('data', (chunk: Buffer) => {
      if (waiting < 0) {
        const end = chunk.indexOf('\r\n\r\n');
        const head = chunk.toString('latin1', 0, end);
        if (!head.startsWith('HTTP/1.1 200')) fail();
        waiting = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0) + end + 4;
      }
      waiting -= chunk.length;
      if (waiting > 0) return;
      waiting = -1;
      latencies.push(performance.now() - sent);
      if (performance.now() < until) send();
      else {
        socket.end();
        resolve();
      }
    });
  });
}

if (argv[1]?.endsWith('load.js') && argv[2]) {
  stdout.write(JSON.stringify(await load(JSON.parse(argv[2]) as LoadPlan)));
}
