import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Agent, ProxyAgent, request, WebSocket } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { universeDocument } from '../../../src/control/document.ts';
import { type Orrery, startOrrery } from '../../../src/main.ts';

const data = mkdtempSync(join(tmpdir(), 'orrery-served-'));
let orrery: Orrery;
let proxied: ProxyAgent;
const direct = new Agent({ connections: 1 });
beforeAll(async () => {
  orrery = await startOrrery({ port: 0, proxyPort: 0, data });
  for (const id of ['one', 'two']) await orrery.registry.create({ id, seed: 1 });
  const { url = '', certificatePath = '' } = orrery.proxy ?? {};
  proxied = new ProxyAgent({
    uri: url.replace('://', '://one:x@'),
    requestTls: { ca: readFileSync(certificatePath, 'utf8') },
    connections: 1,
  });
});
afterAll(async () => {
  await Promise.all([proxied.destroy(), direct.destroy()]);
  await orrery.close(0);
  rmSync(data, { recursive: true, force: true });
});

const ask = async (url: string, dispatcher: Agent | ProxyAgent, authorization = '') => {
  const reply = await request(url, { method: 'POST', dispatcher, headers: { authorization } });
  return (await reply.body.json()) as Record<string, unknown>;
};

describe('a server with a proxy', () => {
  it('keeps its authority in its data directory', () => {
    expect(orrery.proxy?.certificatePath).toBe(join(data, 'ca', 'ca.pem'));
  });

  it('tells a program by its environment how to go by it into its own universe', async () => {
    const env = (await (await fetch(`${orrery.url}/v1/universes/two/env`)).json()) as Record<string, string>;
    expect(env.HTTPS_PROXY).toBe(orrery.proxy?.url.replace('://', '://two:x@'));
    const key = JSON.parse(readFileSync(env.GOOGLE_APPLICATION_CREDENTIALS ?? '', 'utf8'));
    expect(key).toMatchObject({ type: 'service_account', token_uri: 'https://oauth2.googleapis.com/token' });
    const { stdout } = await promisify(execFile)(
      'curl',
      ['-sS', 'https://slack.com/api/auth.test', '-H', `authorization: Bearer ${env.SLACK_BOT_TOKEN}`],
      { env: { ...env, PATH: process.env.PATH } },
    );
    expect(JSON.parse(stdout)).toMatchObject({ ok: true });
    const { entries } = orrery.registry.get('two')?.journal.page({ limit: 9, kind: 'exchange' }) ?? {};
    expect(entries?.at(-1)).toMatchObject({ operation: 'auth.test', via: 'proxy', outcome: 'ok' });
  });

  it('takes the credential files along when their universe ends', async () => {
    const universe = await orrery.registry.create({ id: 'three', seed: 1 });
    const { env } = universeDocument(universe);
    expect(existsSync(env.GOOGLE_APPLICATION_CREDENTIALS ?? '')).toBe(true);
    orrery.registry.drop('three');
    expect(existsSync(env.GOOGLE_APPLICATION_CREDENTIALS ?? '')).toBe(false);
  });

  it('leads a program to Slack’s WebSocket under Slack’s own name', async () => {
    const one = orrery.registry.get('one');
    const token = /xapp-[\w-]+/.exec(JSON.stringify(one && universeDocument(one)))?.[0];
    const opened = await ask('https://slack.com/api/apps.connections.open', proxied, `Bearer ${token}`);
    expect(opened.url).toMatch(/^wss:\/\/[a-z-]+\.slack\.com\//);
    const socket = new WebSocket(String(opened.url), { dispatcher: proxied });
    const first = await new Promise((resolve, reject) => {
      socket.onmessage = ({ data: text }) => resolve(JSON.parse(String(text)));
      socket.onerror = ({ error }) => reject(error);
    });
    socket.close();
    expect(first).toHaveProperty('type');
  });

  it('answers through the proxy in at most twice the time of a direct request, connections kept', async () => {
    const ways = [
      { url: `${orrery.url}/u/one/slack/api/api.test`, agent: direct, times: [] as number[] },
      { url: 'https://slack.com/api/api.test', agent: proxied, times: [] as number[] },
    ] as const;
    // In turns, so that what else the machine does slows both.
    for (let i = 0; i < 400; i++)
      for (const { url, agent, times } of ways) {
        const begun = performance.now();
        await ask(url, agent);
        if (i >= 100) times.push(performance.now() - begun);
      }
    const [plain = 0, through = 0] = ways.map(({ times }) => times.sort((a, b) => a - b)[times.length >> 1]);
    expect(through / plain).toBeLessThan(2);
  });
});
