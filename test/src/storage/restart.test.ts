/** A server with a data directory is stopped and started again; a client finds what it left. */

import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Orrery, type OrreryOptions, startOrrery } from '../../../src/main.ts';

let directory: string;
let server: Orrery;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'orrery-data-'));
  server = await start();
});

afterEach(async () => {
  await server.close(0);
  rmSync(directory, { recursive: true, force: true });
});

const start = (more: OrreryOptions = {}): Promise<Orrery> =>
  startOrrery({ port: 0, data: directory, ...more });

async function restart(more: OrreryOptions = {}): Promise<void> {
  await server.close(0);
  server = await start(more);
}

async function call(method: string, path: string, body?: unknown): Promise<Record<string, never>> {
  const response = await fetch(`${server.url}/v1${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text ? JSON.parse(text) : {};
}

const make = (id: string, more: object = {}) => call('POST', '/universes', { id, seed: 7, ...more });
const tokenOf = async (id: string): Promise<string> =>
  ((await call('GET', `/universes/${id}/env`)) as Record<string, string>).SLACK_BOT_TOKEN as string;

async function slack(
  id: string,
  method: string,
  body: object,
  token: string,
): Promise<Record<string, unknown> & { ok: boolean }> {
  const response = await fetch(`${server.url}/u/${id}/slack/api/${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Record<string, unknown> & { ok: boolean };
}

async function general(id: string, token: string): Promise<string> {
  const { channels } = await slack(id, 'conversations.list', {}, token);
  const found = (channels as { id: string; name: string; is_member: boolean }[]).find((one) => one.is_member);
  return found?.id as string;
}

async function texts(id: string, channel: string, token: string): Promise<string[]> {
  const { messages } = await slack(id, 'conversations.history', { channel }, token);
  return (messages as { text: string }[]).map(({ text }) => text);
}

async function journal(id: string, after = 0): Promise<{ seq: number }[]> {
  const page = await call('GET', `/universes/${id}/journal?limit=5000&after=${after}`);
  return (page as unknown as { entries: { seq: number }[] }).entries;
}

async function originsOf(id: string): Promise<Record<string, string>> {
  const { twins } = (await call('GET', `/universes/${id}`)) as unknown as {
    twins: Record<string, { origin: string }>;
  };
  return Object.fromEntries(Object.entries(twins).map(([name, { origin }]) => [name, origin]));
}

/** Restarts with a universe whose twins have ports; again where any program of the machine took one of them meanwhile. */
async function restartedWithOrigins(meanwhile?: (slackPort: number) => Promise<void>) {
  await make('one', { origins: true });
  for (let tries = 0; ; tries++) {
    const before = await originsOf('one');
    await server.close(0);
    await meanwhile?.(Number(new URL(before.slack as string).port));
    server = await start();
    const said = server.damage;
    if (said.length === (meanwhile ? 1 : 0) || tries === 2)
      return { before, said, origins: await originsOf('one') };
  }
}

describe('after a restart', () => {
  it('rows, ids and tokens are as they were', async () => {
    await make('one');
    const token = await tokenOf('one');
    const channel = await general('one', token);
    const { ts } = await slack('one', 'chat.postMessage', { channel, text: 'kept' }, token);
    const before = await call('GET', '/universes/one/state');
    await restart();
    expect(await tokenOf('one')).toBe(token);
    const { messages } = await slack('one', 'conversations.history', { channel }, token);
    expect((messages as unknown[])[0]).toMatchObject({ ts, text: 'kept' });
    const after = await call('GET', '/universes/one/state');
    expect(after).toEqual(before);
  });

  it('the next id is the one that it would have been', async () => {
    const clock = { mode: 'frozen', now: '2026-03-02T09:00:00Z' };
    await make('one', { clock });
    await call('POST', '/universes/one/fork', { id: 'two' });
    const token = await tokenOf('one');
    const channel = await general('one', token);
    const post = async (id: string) =>
      (await slack(id, 'chat.postMessage', { channel, text: 'x' }, token)).ts;
    for (const id of ['one', 'two']) await post(id);
    const unbroken = await post('one');
    await restart();
    expect(await post('two')).toBe(unbroken);
  });

  it('a frozen clock stands where it stood, and its time goes on by steps', async () => {
    await make('one', { clock: { mode: 'frozen', now: '2026-03-02T09:00:00Z' } });
    await call('POST', '/universes/one/clock/advance', { by: '1h' });
    await restart();
    expect(await call('GET', '/universes/one/clock')).toMatchObject({
      mode: 'frozen',
      now: '2026-03-02T10:00:00.000Z',
    });
  });

  it('a message that was scheduled is posted when its time comes', async () => {
    await make('one', { clock: { mode: 'frozen', now: '2026-03-02T09:00:00Z' } });
    const token = await tokenOf('one');
    const channel = await general('one', token);
    const at = Date.parse('2026-03-02T10:00:00Z') / 1_000;
    expect(
      await slack('one', 'chat.scheduleMessage', { channel, text: 'later', post_at: at }, token),
    ).toMatchObject({ ok: true });
    await restart();
    expect(await texts('one', channel, token)).not.toContain('later');
    await call('POST', '/universes/one/clock/advance', { by: '2h' });
    expect(await texts('one', channel, token)).toContain('later');
  });

  it('a fork has what it was forked with and what it wrote, its parent what that wrote', async () => {
    await make('one');
    const token = await tokenOf('one');
    const channel = await general('one', token);
    await slack('one', 'chat.postMessage', { channel, text: 'both' }, token);
    await call('POST', '/universes/one/fork', { id: 'two' });
    await slack('one', 'chat.postMessage', { channel, text: 'parent' }, token);
    await slack('two', 'chat.postMessage', { channel, text: 'fork' }, token);
    await call('DELETE', '/universes/one');
    await restart();
    const forked = await texts('two', channel, token);
    expect(forked.slice(0, 2)).toEqual(['fork', 'both']);
    await expect(call('GET', '/universes/one')).rejects.toThrow('404');
  });

  it('a snapshot is there to return to, and reset returns to the beginning', async () => {
    await make('one');
    const token = await tokenOf('one');
    const channel = await general('one', token);
    const began = await texts('one', channel, token);
    await slack('one', 'chat.postMessage', { channel, text: 'first' }, token);
    await call('POST', '/universes/one/snapshots', { name: 'here' });
    await slack('one', 'chat.postMessage', { channel, text: 'second' }, token);
    await restart();
    await call('POST', '/universes/one/snapshots/here/restore');
    expect(await texts('one', channel, token)).toEqual(['first', ...began]);
    await restart();
    expect(await texts('one', channel, token)).toEqual(['first', ...began]);
    await call('POST', '/universes/one/reset');
    expect(await texts('one', channel, token)).toEqual(began);
  });

  it('a fault goes on, and remembers how often it struck', async () => {
    await make('one');
    const token = await tokenOf('one');
    await call('POST', '/universes/one/faults', {
      id: 'gone',
      kind: 'outage',
      match: { twin: 'slack' },
      count: 2,
    });
    const status = async () =>
      (
        await fetch(`${server.url}/u/one/slack/api/auth.test`, {
          headers: { authorization: `Bearer ${token}` },
        })
      ).status;
    expect(await status()).not.toBe(200);
    await restart();
    expect([await status(), await status()].map((one) => one === 200)).toEqual([false, true]);
  });

  it('the journal has what it had, byte for byte, and goes on behind it', async () => {
    await make('one');
    const token = await tokenOf('one');
    const channel = await general('one', token);
    await slack('one', 'chat.postMessage', { channel, text: 'before – ünïcode' }, token);
    const before = await journal('one');
    const { hash } = await call('GET', '/universes/one/journal?hash');
    await restart();
    expect(await journal('one')).toEqual(before);
    expect(await call('GET', '/universes/one/journal?hash')).toMatchObject({ hash });
    await restart();
    await slack('one', 'auth.test', {}, token);
    const last = before.at(-1)?.seq as number;
    expect((await journal('one')).map(({ seq }) => seq)).toEqual([...before.map(({ seq }) => seq), last + 1]);
    expect((await journal('one', last)).map(({ seq }) => seq)).toEqual([last + 1]);
  });

  it('a journal that was emptied by a reset is as it was since', async () => {
    await make('one');
    const token = await tokenOf('one');
    for (let nth = 0; nth < 5; nth++) await slack('one', 'auth.test', {}, token);
    await restart();
    await call('POST', '/universes/one/reset');
    await slack('one', 'api.test', {}, token);
    const before = await journal('one');
    await restart();
    expect(await journal('one')).toEqual(before);
  });

  it('the ports of twins are the same again, and answer', async () => {
    const { before, said, origins } = await restartedWithOrigins();
    expect(said).toEqual([]);
    expect(origins).toEqual(before);
    const reply = await fetch(`${origins.slack}/api/api.test`, { method: 'POST' });
    expect(await reply.json()).toMatchObject({ ok: true });
  });

  it('a port that is taken is another, and is said', async () => {
    const others: Server[] = [];
    const { before, said, origins } = await restartedWithOrigins(
      (port) =>
        new Promise((resolve, reject) => {
          const other = createServer().once('error', reject).listen(port, '127.0.0.1', resolve);
          others.push(other);
        }),
    );
    try {
      expect(said).toEqual([`universe one: slack is now at ${origins.slack}, since its old port is taken`]);
      expect(origins.slack).not.toBe(before.slack);
      const reply = await fetch(`${origins.slack}/api/api.test`, { method: 'POST' });
      expect(await reply.json()).toMatchObject({ ok: true });
    } finally {
      for (const other of others) other.close();
    }
  });

  it('a universe that was dropped is gone', async () => {
    await make('one');
    await make('two');
    await call('DELETE', '/universes/one');
    await restart();
    const { universes } = (await call('GET', '/universes')) as unknown as { universes: { id: string }[] };
    expect(universes.map(({ id }) => id)).toEqual(['two']);
  });

  it('a tenant’s universe is that tenant’s, and its tokens are good, on a server with keys', async () => {
    await server.close(0);
    rmSync(directory, { recursive: true });
    const operatorKey = 'a-long-operator-key';
    server = await start({ operatorKey });
    const as = async (key: string, path: string, body?: object) => {
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
      const how = body ? { method: 'POST', body: JSON.stringify(body) } : {};
      return (await (await fetch(`${server.url}/v1${path}`, { headers, ...how })).json()) as Record<
        string,
        string
      >;
    };
    const { key = '' } = await as(operatorKey, '/tenants', { name: 'team' });
    await as(key, '/universes', { id: 'theirs', seed: 3 });
    const { SLACK_BOT_TOKEN: token = '' } = await as(key, '/universes/theirs/env');
    await restart({ operatorKey });
    expect((await as(key, '/universes/theirs/env')).SLACK_BOT_TOKEN).toBe(token);
    expect(await slack('theirs', 'auth.test', {}, token)).toMatchObject({ ok: true });
  });

  it('every policy keeps what was acknowledged when the server is stopped', async () => {
    for (const sync of ['always', 'off'] as const) {
      await restart({ sync });
      await make(sync);
      const token = await tokenOf(sync);
      const channel = await general(sync, token);
      await slack(sync, 'chat.postMessage', { channel, text: sync }, token);
      await restart({ sync });
      expect(await texts(sync, channel, token)).toContain(sync);
    }
  });
});
