/** The typed client against the routes: every call is there, under the operation's own name. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClient, OrreryError } from '../../../src/client.ts';
import { ROUTES } from '../../../src/control/routes/all.ts';
import { violations } from '../../../src/validate.ts';
import { type Desk, FROZEN, openDesk, URL_BASE } from './toy.ts';

type Operation = { operationId: string };

let desk: Desk;
let used: Set<string>;
beforeEach(() => {
  desk = openDesk();
  used = new Set();
});
afterEach(() => desk.close());

/** Notes which route each request goes to, and that the answer is what the route says. */
async function watched(url: string, init: RequestInit): Promise<Response> {
  const response = await desk.app.request(url, init);
  const { pathname } = new URL(url);
  const route = ROUTES.find(
    (one) =>
      one.method === init.method && new RegExp(`^${one.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(pathname),
  );
  if (!route || !response.ok) return response;
  used.add(route.id);
  const said = route.responses[response.status];
  expect(said, `${route.id} answers ${response.status}, which it does not say`).toBeDefined();
  if (said?.schema && /json/.test(response.headers.get('content-type') ?? '')) {
    const wrong = violations(said.schema, await response.clone().json());
    expect([route.id, wrong.map((one) => `${one.instancePath} ${one.message}`)]).toEqual([route.id, []]);
  }
  return response;
}
const client = () => createClient({ url: `${URL_BASE}/`, fetch: watched });

describe('the client', () => {
  it('has a method for every route, each answered as the route says', async () => {
    const orrery = client();
    await orrery.getIndex();
    await orrery.getSchema((await orrery.listSchemas()).schemas[0] as string);
    await orrery.faultCatalogue();
    await orrery.listGestures();
    await orrery.readCoverage({ twin: 'toy' });
    await orrery.listTenants();
    await orrery.listRuns();
    await orrery.listTrajectories();
    const { id: u } = await orrery.createUniverse({
      clock: { ...FROZEN, mode: 'frozen' },
      bind: { desk: 'http://127.0.0.1:9' },
    });
    await orrery.listUniverses();
    await orrery.getUniverse(u);
    await orrery.getEnv(u);
    await desk.toy(u, 'POST', '/notes', { text: 'a' });
    await desk.toy(u, 'POST', '/notes/a/archive');
    const { deliveries } = await orrery.listDeliveries(u);
    await orrery.advanceClock(u, { by: '1s' });
    await orrery.getDelivery(u, deliveries[0]?.id as string);
    await orrery.redeliver(u, deliveries[0]?.id as string);
    const snapshot = await orrery.takeSnapshot(u, { name: 'here' });
    await orrery.listSnapshots(u);
    await orrery.diffUniverse(u);
    await orrery.importState(u, await orrery.exportState(u));
    await orrery.restoreSnapshot(u, snapshot.id);
    await orrery.deleteSnapshot(u, snapshot.id);
    await orrery.addFault(u, { preset: 'toy/degraded' });
    await orrery.addFault(u, { id: 'slow', kind: 'latency', params: { fixed: 1 } });
    await orrery.putFault(u, 'slow', { kind: 'timeout', window: { from: '1m', for: '5m' } });
    await orrery.getFault(u, 'slow');
    await orrery.listFaults(u);
    await orrery.removeFault(u, 'slow');
    await orrery.replaceFaults(u, [{ kind: 'reset', count: 1 }]);
    await orrery.clearFaults(u);
    await orrery.setClock(u, { mode: 'scaled', rate: 2 });
    await orrery.getClock(u);
    await orrery.makeGesture(u, {
      twin: 'toy',
      gesture: 'pin',
      as: 'admin@acme.example',
      with: { note: 'welcome' },
    });
    const { id } = await orrery.mintCredential(u, { twin: 'toy', kind: 'key', as: 'admin@acme.example' });
    await orrery.listCredentials(u);
    await orrery.revokeCredential(u, id);
    await orrery.readJournal(u);
    await orrery.listGaps(u);
    await orrery.journalHash(u);
    for await (const _ of orrery.streamEvents(u)) break;
    await orrery.importUniverse(await orrery.exportUniverse(u), { id: 'moved' });
    const fork = await orrery.forkUniverse(u);
    await orrery.resetUniverse(u);
    await orrery.deleteUniverse(fork.id);
    // Runs are read from disk, tenants need keys: both have their own tests.
    const elsewhere = ['getRun', 'createTenant', 'deleteTenant', 'streamEvents'];
    const missing = ROUTES.map((route) => route.id).filter(
      (one) => !used.has(one) && !elsewhere.includes(one),
    );
    expect(missing).toEqual([]);
    expect(ROUTES.filter((route) => !(route.id in orrery)).map((route) => route.id)).toEqual([]);
  });

  it('asks for what the OpenAPI document says, call by call', async () => {
    const document = (await client().getOpenApi()) as { paths: Record<string, Record<string, Operation>> };
    const asked: string[] = [];
    const noting = createClient({
      url: URL_BASE,
      fetch: async (url, init) => {
        asked.push(`${init.method ?? 'GET'} ${new URL(url).pathname}`);
        return new Response('{}', { headers: { 'content-type': 'application/json' } });
      },
    });
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => ({ path, method, operationId })),
    );
    expect(operations.length).toBeGreaterThan(40);
    for (const { path, method, operationId } of operations) {
      // Events are a stream: its test is below.
      if (operationId === 'streamEvents') continue;
      const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string);
      const call = (noting as unknown as Record<string, (...args: string[]) => Promise<unknown>>)[
        operationId
      ];
      await call?.(...names.map((name) => `a ${name}`));
      const expected = names.reduce((text, name) => text.replace(`{${name}}`, `a%20${name}`), path);
      expect(asked.pop(), operationId).toBe(`${method.toUpperCase()} ${expected}`);
    }
  });

  it('reads lists page by page', async () => {
    const orrery = client();
    for (const id of ['b', 'a', 'c']) await orrery.createUniverse({ id });
    const ids: string[] = [];
    for await (const { id } of orrery.allUniverses()) ids.push(id);
    expect(ids).toEqual(['a', 'b', 'c']);
    for (let i = 0; i < 150; i++) await orrery.setClock('a', { mode: 'realtime' });
    const seqs: number[] = [];
    for await (const { seq } of orrery.allEntries('a', { kind: 'clock' })) seqs.push(seq);
    expect(seqs).toHaveLength(150);
    expect(new Set(seqs).size).toBe(150);
  });

  it('waits for an entry, past or to come, and no longer than it is told', async () => {
    const orrery = client();
    const { id } = await orrery.createUniverse();
    const coming = orrery.waitForEntry(id, (entry) => entry.kind === 'clock');
    await orrery.setClock(id, { mode: 'realtime' });
    const { seq } = await coming;
    expect(await orrery.waitForEntry(id, (entry) => entry.seq === seq)).toMatchObject({ kind: 'clock' });
    const never = orrery.waitForEntry(id, () => false, { timeoutMs: 20 });
    await expect(never).rejects.toMatchObject({
      status: 0,
      message: expect.stringContaining('within 20 ms'),
    });
  });

  it('gives the environment as text', async () => {
    const orrery = client();
    const { id } = await orrery.createUniverse();
    expect(await orrery.getEnvText(id, 'shell')).toContain(`export ORRERY_UNIVERSE=${id}`);
    expect(await orrery.getEnvText(id, 'dotenv')).toContain(`ORRERY_UNIVERSE=${id}`);
  });

  it('waits for a server that is starting, and gives up on one that does not answer', async () => {
    let looks = 0;
    const starting = createClient({
      fetch: async () => {
        if (++looks < 3) throw new TypeError('fetch failed');
        return new Response('{"status":"ready"}');
      },
    });
    await starting.waitUntilReady();
    expect(looks).toBe(3);
    await expect(createClient({ url: 'http://127.0.0.1:1' }).waitUntilReady(0)).rejects.toMatchObject({
      status: 0,
    });
    const silent = createClient({
      timeoutMs: 5,
      fetch: (_, { signal }) =>
        new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
    });
    await expect(silent.getIndex()).rejects.toMatchObject({
      name: 'OrreryError',
      message: expect.stringContaining('within 5 ms'),
    });
  });

  it('says what an answer said that is no problem document', async () => {
    const between = (body: string, type: string) =>
      createClient({
        fetch: async () => new Response(body, { status: 502, headers: { 'content-type': type } }),
      });
    for (const [body, type] of [
      ['<h1>Bad Gateway</h1>', 'text/html'],
      ['{broken', 'application/json'],
    ] as const)
      await expect(between(body, type).getIndex()).rejects.toMatchObject({ status: 502, message: body });
  });

  it('rejects with the problem of a refusal', async () => {
    const refused = client().createUniverse({ world: 'acne' });
    await expect(refused).rejects.toBeInstanceOf(OrreryError);
    await expect(refused).rejects.toMatchObject({
      status: 422,
      problem: { status: 422, title: expect.any(String), errors: [{ pointer: '/world' }] },
    });
  });

  it('says how to start a server where none answers', async () => {
    const nobody = createClient({ url: 'http://127.0.0.1:1' });
    await expect(nobody.getIndex()).rejects.toMatchObject({
      status: 0,
      message: expect.stringContaining('orrery serve'),
    });
  });

  it('follows events over a broken connection without losing or repeating one', async () => {
    const orrery = createClient({
      url: URL_BASE,
      fetch: async (url, init) => {
        const response = await desk.app.request(url, init);
        return url.includes('/events') ? cutAfter(response, 2) : response;
      },
    });
    const { id } = await orrery.createUniverse();
    for (let i = 0; i < 5; i++) await orrery.setClock(id, { mode: 'realtime' });
    const seqs: number[] = [];
    for await (const entry of orrery.streamEvents(id)) if (seqs.push(entry.seq) === 5) break;
    expect(seqs).toEqual([1, 2, 3, 4, 5]);
  });
});

/** The answer, ended after so many events. */
function cutAfter(response: Response, events: number): Response {
  let left = events;
  const text = new TextDecoder();
  const body = response.body?.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        for (const block of text.decode(chunk).split(/(?<=\n\n)/)) {
          if (left-- > 0) controller.enqueue(new TextEncoder().encode(block));
          else return controller.terminate();
        }
      },
    }),
  );
  return new Response(body ?? null, { status: response.status, headers: response.headers });
}
