/** What the server says about itself: health, metrics, description, schemas, start page, runs, coverage. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ROUTES } from '../../../src/control/routes/all.ts';
import { openData } from '../../../src/storage/data.ts';
import { Tenants } from '../../../src/tenant.ts';
import { violations } from '../../../src/validate.ts';
import { type Desk, openDesk } from './toy.ts';

let desk: Desk;
const folders: string[] = [];
afterEach(() => {
  desk.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), 'orrery-'));
  folders.push(made);
  return made;
};

interface Described {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
}
interface Operation {
  operationId: string;
  parameters?: { name: string; in: string }[];
  requestBody?: { content: Record<string, { schema: object }> };
}

describe('health', () => {
  it('is ready until the server begins to stop; it lives on while it does', async () => {
    const closing = new AbortController();
    desk = openDesk({ closing: closing.signal });
    expect((await desk.call('GET', '/readyz')).status).toBe(200);
    closing.abort();
    expect([(await desk.call('GET', '/readyz')).status, (await desk.call('GET', '/healthz')).status]).toEqual(
      [503, 200],
    );
  });
});

describe('metrics', () => {
  it('count exchanges, latencies, deliveries, faults and universes', async () => {
    desk = openDesk({ serverMetrics: async () => 'more_of_it 1\n' });
    await desk.call('POST', '/v1/universes', { id: 'u', bind: { desk: 'http://127.0.0.1:9' } });
    await desk.call('POST', '/v1/universes/u/faults', { preset: 'toy/outage', count: 1 });
    for (const text of ['fails', 'works']) await desk.toy('u', 'POST', '/notes', { text });
    await desk.call('POST', '/v1/universes/u/clock/advance', { by: '1s' });
    const { text, headers } = await desk.call('GET', '/metrics');
    expect(headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const lines = text.split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        'orrery_universes 1',
        'orrery_exchanges_total{twin="toy",operation="notes.create",outcome="ok"} 1',
        'orrery_exchanges_total{twin="toy",operation="notes.create",outcome="fail"} 1',
        'orrery_exchange_seconds_bucket{twin="toy",le="+Inf"} 2',
        'orrery_exchange_seconds_count{twin="toy"} 2',
        'orrery_deliveries_total{twin="toy",outcome="delivered"} 1',
        'orrery_faults_hit_total{kind="outage"} 1',
        'more_of_it 1',
      ]),
    );
    expect(lines.find((line) => line.startsWith('orrery_journal_bytes '))).not.toBe('orrery_journal_bytes 0');
  });
});

describe('the description', () => {
  it('has every route once, with its parameters and a schema for its body', async () => {
    desk = openDesk();
    const { body } = await desk.call('GET', '/v1/openapi.json');
    const { openapi, paths } = body as Described;
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
    );
    expect(openapi).toBe('3.1.0');
    expect(operations.map((one) => one.operationId).sort()).toEqual(ROUTES.map((route) => route.id).sort());
    for (const { path, parameters = [] } of operations) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      expect(parameters.filter((one) => one.in === 'path').map((one) => one.name)).toEqual(named);
    }
    const fork = operations.find((one) => one.operationId === 'forkUniverse');
    expect(fork?.requestBody?.content['application/json']?.schema).toMatchObject({
      additionalProperties: false,
    });
  });

  it('says what validates: a body that its schema takes is taken', async () => {
    desk = openDesk();
    const { body } = await desk.call('GET', '/v1/openapi.json');
    const schema = (body as Described).paths['/v1/universes']?.post?.requestBody?.content['application/json']
      ?.schema;
    const good = { id: 'u', clock: { mode: 'frozen' }, faults: [{ preset: 'toy/outage' }], ttl: 'PT5M' };
    expect(violations(schema as Record<string, unknown>, good)).toEqual([]);
    expect((await desk.call('POST', '/v1/universes', good)).status).toBe(201);
  });

  it('publishes the schemas of files, those of the harness included', async () => {
    desk = openDesk({ schemas: async () => ({ scenario: { title: 'a scenario' } }) });
    expect((await desk.call('GET', '/v1/schemas')).body).toEqual({
      schemas: ['world', 'faults', 'scenario'],
    });
    expect((await desk.call('GET', '/v1/schemas/scenario')).body).toEqual({ title: 'a scenario' });
    const world = (await desk.call('GET', '/v1/schemas/world')).body as Record<string, unknown>;
    expect(violations(world, { world: 'w', okta: { groups: [{}] } })).toHaveLength(1);
    expect((await desk.call('GET', '/v1/schemas/constructor')).status).toBe(404);
  });
});

describe('the start page', () => {
  it('lists universes and writes what people named as text', async () => {
    desk = openDesk();
    await desk.call('POST', '/v1/universes', { id: 'u', name: '<script>alert(1)</script>' });
    const { text, headers } = await desk.call('GET', '/');
    expect(headers.get('content-type')).toMatch(/^text\/html/);
    expect(text).toContain('/console/u/u');
    expect(text).not.toContain('<script>');
  });
});

describe('coverage', () => {
  it('says of every operation whether it is implemented, stored or a gap', async () => {
    desk = openDesk();
    const { body } = await desk.call('GET', '/v1/coverage?twin=toy');
    expect(body).toMatchObject({
      twins: { toy: { implemented: 1, stored: 0, gap: 1, total: 2 } },
      operations: [
        { id: 'notes.create', support: 'implemented', official: true },
        { id: 'notes.archive', support: 'gap', official: true },
        { id: 'notes.list', support: 'stored', official: false, method: 'GET', path: '/notes' },
      ],
    });
  });
});

describe('runs', () => {
  it('are read from their directory; what is half written is left out; no path leads outside', async () => {
    const runs = folder();
    mkdirSync(join(runs, 'a'));
    writeFileSync(join(runs, 'a', 'run.json'), JSON.stringify({ run: 'a', status: 'finished', builds: [1] }));
    writeFileSync(
      join(runs, 'a', 'trials.jsonl'),
      '{"id":"t1","verdict":"satisfied","findings":[]}\n{"id":"t2"',
    );
    mkdirSync(join(runs, 'b'));
    desk = openDesk({ runs });
    expect((await desk.call('GET', '/v1/runs')).body).toEqual({ runs: [{ id: 'a', status: 'finished' }] });
    expect((await desk.call('GET', '/v1/runs/a')).body).toMatchObject({ builds: [1] });
    expect((await desk.call('GET', '/v1/trajectories?run=a')).body).toEqual({
      builds: [],
      trajectories: [{ run: 'a', trial: 't1', verdict: 'satisfied' }],
    });
    for (const id of ['b', '..', '%2e%2e%2fetc'])
      expect((await desk.call('GET', `/v1/runs/${id}`)).status).toBe(404);
  });

  it('are none where no directory is known', async () => {
    desk = openDesk();
    expect((await desk.call('GET', '/v1/runs')).body).toEqual({ runs: [] });
    expect((await desk.call('GET', '/v1/trajectories')).body).toEqual({ builds: [], trajectories: [] });
  });
});

describe('a data directory', () => {
  it('keeps tenants and the salt over a restart, and no key in clear', () => {
    desk = openDesk();
    const data = join(folder(), 'data');
    const first = openData(data);
    const { id, key } = new Tenants('operator-key', first).create('team', {}, '2026-01-01T00:00:00Z');
    const second = openData(data);
    const again = new Tenants('operator-key', second);
    expect([second.salt, again.caller(key)?.tenant.id]).toEqual([first.salt, id]);
    expect(JSON.stringify(second.load())).not.toContain(key);
    again.remove(id);
    expect(new Tenants('operator-key', openData(data)).caller(key)).toBeUndefined();
  });
});
