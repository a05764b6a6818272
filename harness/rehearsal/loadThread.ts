/** The thread of a load: sends requests apart from the twins' own work. Told what by `apart.ts`. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { expressions } from '../expression.ts';
import { type ApartLoad, type FromThread, machineMs, type ToThread } from './apart.ts';
import { generate, type Sample } from './generator.ts';
import { Caller } from './request.ts';
import { tokenOf } from './token.ts';

/** What has ended is told of in batches: this often, and no more at once. */
const TELL_MS = 100;
const BATCH_MAX = 1000;
const WARM_UP = 50;
const WARM_UP_MS_MAX = 1000;

if (parentPort) {
  const port = parentPort;
  const tell = (message: FromThread) => port.postMessage(message);
  let aborted = false;
  port.on('message', (message: ToThread) => {
    if ('abort' in message) aborted = true;
    else void run(workerData as ApartLoad, message.start, tell, () => aborted).finally(() => port.close());
  });
  void warmUp().then(() => tell({ ready: true }));
}

/** The first requests of a thread cost it far more than the rest; they go to itself. */
async function warmUp(): Promise<void> {
  const server = createServer((_, answer) => answer.end('{}'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { document, names } = workerData as ApartLoad;
  const caller = new Caller(document, 1);
  const task = { url: `http://127.0.0.1:${port}/`, method: 'POST', body: { n: '${nth}' } } as const;
  const scope = { expressions: expressions(names), names: () => ({ nth: 1 }) };
  for (let i = 0; i < WARM_UP; i++) await caller.call(task, scope, performance.now() + WARM_UP_MS_MAX);
  await caller.close();
  server.close();
}

async function run(
  load: ApartLoad,
  startAt: number,
  tell: (message: FromThread) => void,
  aborted: () => boolean,
): Promise<void> {
  const { arrivals, inFlightMax, timeoutMs } = load;
  const { env } = load.document;
  const scopes = load.tasks.map(() => expressions(load.names));
  const caller = new Caller(load.document, inFlightMax);
  let ended: Sample[] = [];
  const flush = () => {
    tell({ ended, sent: generator.sent(), inFlight: generator.inFlight() });
    ended = [];
  };
  const generator = generate(
    {
      ...{ arrivals, inFlightMax, timeoutMs, aborted },
      perform: ({ n, task }, dueAt) => {
        const token = load.seed === undefined ? '' : tokenOf(load.seed, n);
        const names = { ...load.given?.[n], nth: n + 1, token, env };
        const scope = { expressions: scopes[task] ?? expressions([]), names: () => names };
        return caller.call(load.tasks[task] ?? {}, scope, dueAt + timeoutMs);
      },
      ended(sample) {
        ended.push(sample);
        if (ended.length >= BATCH_MAX) flush();
      },
    },
    // Each thread's `performance.now()` counts from its own beginning.
    performance.now() + startAt - machineMs(),
  );
  const timer = setInterval(flush, TELL_MS);
  const { inFlightMost } = await generator.done;
  clearInterval(timer);
  flush();
  tell({ inFlightMost });
  await caller.close();
}
