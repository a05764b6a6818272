/** A whole universe, taken from one server to another. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  createClient,
  type TwinDocument,
  type UniverseDocument,
  type UniverseExport,
} from '../../../src/client.ts';
import { type Orrery, type OrreryOptions, startOrrery } from '../../../src/main.ts';
import { PARCEL_BYTES_MAX, type Parcel, sumOf } from '../../../src/storage/parcel.ts';
import { timers } from '../../../src/world/world.ts';

const running: Orrery[] = [];
const cleared: (() => void)[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.close(0);
  for (const clear of cleared.splice(0)) clear();
});

async function start(options: OrreryOptions = {}) {
  const server = await startOrrery({ port: 0, ...options });
  running.push(server);
  const { url } = server;
  const key = options.operatorKey;
  return { server, url, client: createClient({ url, ...(key ? { key } : {}) }) };
}
type Started = Awaited<ReturnType<typeof start>>;

const FROZEN = { mode: 'frozen', now: '2026-03-02T09:00:00.000Z' } as const;
const KEYED = [{ operatorKey: 'the-first-servers-key' }, { operatorKey: 'the-second-servers-key' }] as const;

/** Documents and answers without what a server's own address makes different. */
const unplaced = (value: unknown, { url }: Started): unknown =>
  JSON.parse(JSON.stringify(value).replaceAll(url, 'http://here'));

async function slack({ url }: Started, { id, twins }: UniverseDocument, method: string, body: object) {
  const { botToken } = (twins.slack as TwinDocument).credentials;
  const answer = await fetch(`${url}/u/${id}/slack/api/${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${botToken}`, 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
  });
  return answer.json() as Promise<Record<string, unknown>>;
}

/** What each twin says to the credentials of a document, and to the next things made with them. */
async function used(at: Started, { id, env, twins }: UniverseDocument): Promise<unknown> {
  const text = await slack(at, { id, twins } as UniverseDocument, 'chat.postMessage', {
    channel: '#general',
    text: 'after',
  });
  const okta = await fetch(`${at.url}/u/${id}/okta/api/v1/groups`, {
    method: 'POST',
    headers: { authorization: `SSWS ${env.OKTA_CLIENT_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ profile: { name: 'After' } }),
  });
  const jira = await fetch(`${at.url}/u/${id}/jira/rest/api/3/myself`, {
    headers: {
      authorization: `Basic ${Buffer.from(`${env.JIRA_EMAIL}:${env.JIRA_API_TOKEN}`).toString('base64')}`,
    },
  });
  const google = await fetch(`${at.url}/u/${id}/google/drive/v3/files`, {
    method: 'POST',
    headers: { authorization: `Bearer ${env.GOOGLE_ACCESS_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'after.txt' }),
  });
  const statuses = [okta.status, jira.status, google.status];
  const minted = [
    await at.client.mintCredential(id, { twin: 'okta', kind: 'apiToken' }),
    await at.client.mintCredential(id, { twin: 'google', kind: 'accessToken' }),
  ];
  const bodies = [text, await okta.json(), await jira.json(), await google.json(), minted];
  expect([text.ok, ...statuses]).toEqual([true, 200, 200, 200]);
  return unplaced(bodies, at);
}

/** A universe with a past on one server, its export, and another server. */
async function moving(options: readonly OrreryOptions[] = [{}, {}]) {
  const [from, to] = [await start(options[0]), await start(options[1])];
  const began = await from.client.createUniverse({ id: 'mine', seed: 11, clock: FROZEN });
  await slack(from, began, 'chat.postMessage', { channel: '#general', text: 'before' });
  await from.client.advanceClock('mine', { by: '5m' });
  return { from, to, began };
}

function privateKey({ twins }: UniverseDocument): string {
  const google = twins.google as unknown as { credentials: { serviceAccount: { private_key: string } } };
  return google.credentials.serviceAccount.private_key;
}

interface Open {
  universe?: unknown;
  layers: { rows: Record<string, unknown> }[];
}

/** Changes an export as somebody might who knows its checksum. */
function forged(parcel: UniverseExport, change: (copy: Open) => void): UniverseExport {
  const copy = JSON.parse(JSON.stringify(parcel)) as Open & Parcel;
  change(copy);
  return { ...copy, sum: sumOf(copy) } as never;
}

describe('a universe that was exported and imported', () => {
  it('has the same documents and credentials there, and draws what it would have drawn', async () => {
    const { from, to } = await moving();
    const parcel = await from.client.exportUniverse('mine');
    const there = await to.client.importUniverse(parcel);
    const here = await from.client.getUniverse('mine');
    expect(unplaced(there, to)).toEqual(unplaced(here, from));
    expect(await used(to, there)).toEqual(await used(from, here));
  });

  it('keeps its credentials between servers with secrets of their own', async () => {
    const { from, to } = await moving(KEYED);
    const parcel = await from.client.exportUniverse('mine');
    const there = await to.client.importUniverse(parcel);
    const here = await from.client.getUniverse('mine');
    expect(unplaced(there, to)).toEqual(unplaced(here, from));
    expect(await used(to, there)).toEqual(await used(from, here));
    const own = await to.client.createUniverse({ id: 'own', seed: 11, clock: FROZEN });
    expect(own.env.SLACK_BOT_TOKEN).not.toBe(there.env.SLACK_BOT_TOKEN);
    const fork = await to.client.forkUniverse('mine', { id: 'fork' });
    expect(fork.env.OKTA_CLIENT_TOKEN).toBe(there.env.OKTA_CLIENT_TOKEN);
  });

  it('keeps the secrets of a server that asks for no key, where keys are asked for', async () => {
    const { from, to, began } = await moving([{}, KEYED[0]]);
    const there = await to.client.importUniverse(await from.client.exportUniverse('mine'));
    expect(privateKey(there)).toBe(privateKey(began));
    expect(await used(to, there)).toBeDefined();
  });

  it('tells nothing of the server that it comes from but what is its own', async () => {
    const { from } = await moving(KEYED);
    const text = JSON.stringify(await from.client.exportUniverse('mine'));
    const { setting } = from.server.registry.get('mine') as never as {
      setting: { salt: string; keys: { key(n: number): { privateKey: string } } };
    };
    expect(text).not.toContain(setting.salt);
    expect(text).not.toContain(JSON.stringify(setting.keys.key(0).privateKey).slice(1, -1));
  });

  it('has its faults, as often met, its snapshots, and the beginning that a reset goes back to', async () => {
    const { from, to } = await moving();
    await from.client.addFault('mine', {
      id: 'third',
      kind: 'error',
      match: { twin: 'slack', operation: 'auth.test' },
      skip: 2,
      params: { name: 'fatal_error' },
    });
    await from.client.takeSnapshot('mine', { name: 'here' });
    await from.client.takeSnapshot('mine');
    const here = await from.client.getUniverse('mine');
    for (let nth = 0; nth < 2; nth++) await slack(from, here, 'auth.test', {});
    await slack(from, here, 'chat.postMessage', { channel: '#general', text: 'behind the snapshot' });
    const there = await to.client.importUniverse(await from.client.exportUniverse('mine'), { id: 'yours' });
    expect(there.name).toBe('yours');
    expect(await slack(to, there, 'auth.test', {})).toMatchObject({ ok: false, error: 'fatal_error' });
    const diff = async ({ client }: Started, id: string, from: string) =>
      (await client.diffUniverse(id, { from, to: 'now' })).twins;
    for (const point of ['beginning', 'here'])
      expect(await diff(to, 'yours', point)).toEqual(await diff(from, 'mine', point));
    const { snapshots } = await to.client.listSnapshots('yours');
    expect(snapshots.map(({ id, name }) => [id, name])).toEqual([
      ['yours.1', 'here'],
      ['yours.2', 'yours.2'],
    ]);
    await to.client.restoreSnapshot('yours', 'here');
    await to.client.resetUniverse('yours');
    await from.client.resetUniverse('mine');
    const rows = (one: Started, id: string) => one.client.exportState(id);
    expect(unplaced((await rows(to, 'yours')).twins.jira, to)).toEqual(
      unplaced((await rows(from, 'mine')).twins.jira, from),
    );
  });

  it('sends there what was scheduled here', async () => {
    const heard: string[] = [];
    const program = await listening((path) => heard.push(path));
    const { from, to } = await moving();
    const apps = [
      {
        name: 'desk',
        scopes: ['chat:write'],
        events: { url: `${program}/desk`, subscriptions: ['message.channels'] },
      },
    ];
    const world = {
      world: 'w',
      people: [{ name: 'Ann Lee', email: 'ann@acme.example', title: 'Head', department: 'IT' }],
      slack: { team: 'Acme', channels: [{ name: 'desk', members: ['ann@acme.example'] }], apps },
    };
    const waiting = await from.client.createUniverse({
      id: 'waiting',
      clock: FROZEN,
      world,
      faults: [{ kind: 'lateEvents', params: { by: '10m' } }],
    });
    await slack(from, waiting, 'chat.postMessage', { channel: '#desk', text: 'late' });
    const there = await to.client.importUniverse(await from.client.exportUniverse('waiting'));
    expect(heard).toEqual([]);
    await to.client.advanceClock(there.id, { by: '11m' });
    expect(heard).toContain('/desk');
    expect(
      (await from.client.listDeliveries('waiting')).deliveries.every(({ status }) => status === 'due'),
    ).toBe(true);
  });

  it('is kept by the server that took it', async () => {
    const data = mkdtempSync(join(tmpdir(), 'orrery-parcel-'));
    cleared.push(() => rmSync(data, { recursive: true, force: true }));
    const { from, to } = await moving([KEYED[0], { ...KEYED[1], data }]);
    const there = await to.client.importUniverse(await from.client.exportUniverse('mine'));
    await to.server.close();
    running.splice(running.indexOf(to.server), 1);
    const again = await start({ ...KEYED[1], data });
    const back = await again.client.getUniverse('mine');
    expect(unplaced(back, again)).toEqual(unplaced(there, to));
    expect(await used(again, back)).toEqual(await used(from, await from.client.getUniverse('mine')));
  });
});

describe('an import', () => {
  it('takes rows as deeply nested as programs may send them', async () => {
    const { from, to } = await moving();
    const deep = JSON.parse(`${'{"in":'.repeat(190)}1${'}'.repeat(190)}`);
    from.server.registry
      .get('mine')
      ?.work('slack', (world) =>
        world.put(timers, { id: 'deep', at: world.now() + 1, twin: '_', name: 'deliver', payload: { deep } }),
      );
    await to.client.importUniverse(await from.client.exportUniverse('mine'));
    expect(to.server.registry.get('mine')?.state.get(timers, 'deep')?.payload.deep).toEqual(deep);
  });

  it('under a taken id is refused, and made under another', async () => {
    const { from } = await moving();
    const parcel = await from.client.exportUniverse('mine');
    await expect(from.client.importUniverse(parcel)).rejects.toMatchObject({ status: 409 });
    expect((await from.client.importUniverse(parcel, { id: 'again' })).env.SLACK_BOT_TOKEN).toBe(
      (await from.client.getUniverse('mine')).env.SLACK_BOT_TOKEN,
    );
  });

  it('of what is damaged, newer, or no export says so in one line', async () => {
    const { from, to } = await moving();
    const parcel = await from.client.exportUniverse('mine');
    const bent = JSON.parse(JSON.stringify(parcel).replace('"firstName":"', '$&x'));
    for (const [value, says] of [
      [bent, /damaged \(its checksum does not fit\): export the universe anew/],
      [
        { ...parcel, format: 99, version: '9.0.0' },
        /newer Orrery \(9\.0\.0, format 99; this one knows \d+\)/,
      ],
      [{ twins: {} }, /no export of a universe/],
      [forged(parcel, (one) => void delete one.universe), /no export of a universe: \/universe is missing/],
      [forged(parcel, ({ layers }) => void layers.pop()), /part of its rows is missing|rows do not stand/],
      [
        forged(parcel, ({ layers }) => void Object.assign(layers[0]?.rows ?? {}, { 'gone.table': [] })),
        /rows of gone\.table, which this version does not know/,
      ],
    ] as const) {
      const refused = await to.client.importUniverse(value as UniverseExport).catch((error: Error) => error);
      expect(refused).toMatchObject({ status: 422, message: expect.stringMatching(says) });
      expect((refused as Error).message).not.toContain('\n');
    }
    expect(to.server.registry.size).toBe(0);
  });

  it('of a timer that nobody knows is refused: it would end the server when it fell due', async () => {
    const { from, to } = await moving();
    const timer = { id: '000000000000001', at: 0, twin: 'slack', name: 'gone', payload: {} };
    const parcel = forged(
      await from.client.exportUniverse('mine'),
      ({ layers }) => void Object.assign(layers[0]?.rows ?? {}, { _timers: [[[timer.id, timer]]] }),
    );
    await expect(to.client.importUniverse(parcel)).rejects.toMatchObject({
      status: 422,
      message: expect.stringContaining('slack gone, which is no timer'),
    });
    await expect(
      from.client.importState('mine', { twins: {}, kernel: { timers: [timer] } }),
    ).rejects.toMatchObject({ status: 422 });
  });

  it('counts against the quotas of the tenant who imports', async () => {
    const { from, to } = await moving(KEYED);
    const parcel = await from.client.exportUniverse('mine');
    const { key } = await to.client.createTenant({ name: 'small', quota: { stateBytes: 100_000 } });
    const small = createClient({ url: to.url, key });
    await expect(small.importUniverse(parcel)).rejects.toMatchObject({ status: 429 });
    const tenant = await to.client.createTenant({ name: 'large' });
    const large = createClient({ url: to.url, key: tenant.key });
    expect((await large.importUniverse(parcel)).tenant).toBe(tenant.id);
    await expect(small.exportUniverse('mine')).rejects.toMatchObject({ status: 404 });
  });

  it('takes what an export may weigh, and no more', async () => {
    const { url } = await start();
    const body = ' '.repeat(PARCEL_BYTES_MAX + 1);
    const answer = await fetch(`${url}/v1/universes/import`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    }).catch(() => undefined);
    expect([undefined, 413]).toContain(answer?.status);
  });
});

/** A program of its own that says which paths were asked for. */
async function listening(heard: (path: string) => void): Promise<string> {
  const program: Server = createServer((request, reply) => {
    heard(request.url ?? '');
    request.resume();
    reply.end('{}');
  });
  await new Promise<void>((resolve) => program.listen(0, '127.0.0.1', resolve));
  cleared.push(() => program.close());
  return `http://127.0.0.1:${(program.address() as AddressInfo).port}`;
}
