/** The TLS port, as programs meet it that a hosts file or a DNS brings there. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect as connectH2 } from 'node:http2';
import { get } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createClient } from '../../src/client.ts';
import { type Orrery, startOrrery } from '../../src/main.ts';
import type { TlsPort } from '../../src/tls.ts';

let orrery: Orrery;
let tls: TlsPort;
let ca: Buffer;
const data = mkdtempSync(join(tmpdir(), 'orrery-tls-'));
beforeAll(async () => {
  orrery = await startOrrery({ port: 0, tlsPort: 0, data });
  tls = orrery.tls as TlsPort;
  ca = readFileSync(tls.certificatePath);
});
afterAll(async () => {
  await orrery.close(0);
  rmSync(data, { recursive: true });
});
afterEach(() => {
  for (const one of orrery.registry.list()) orrery.registry.drop(one.id);
});

const control = () => createClient({ url: orrery.url });

/** A request to a vendor's host, brought here by the address alone. */
function ask(url: string, headers: Record<string, string> = {}) {
  const { hostname, pathname, search } = new URL(url);
  return new Promise<{ status: number; body: Record<string, unknown> }>((resolve, reject) => {
    get(
      {
        host: '127.0.0.1',
        port: tls.port,
        servername: hostname,
        path: pathname + search,
        ca,
        agent: false,
        headers: { host: hostname, ...headers },
      },
      (res) => {
        let text = '';
        res.on('data', (chunk) => {
          text += chunk;
        });
        res.on('end', () => resolve({ status: res.statusCode ?? 0, body: JSON.parse(text) as never }));
      },
    ).on('error', reject);
  });
}

describe('the TLS port', () => {
  it('answers under the vendors’ names, with certificates of the local authority', async () => {
    const { id } = await control().createUniverse();
    expect(await ask('https://slack.com/api/api.test')).toMatchObject({ status: 200, body: { ok: true } });
    expect((await ask('https://acme.okta.com/api/v1/users/me')).status).toBe(401);
    expect((await ask('https://sheets.googleapis.com/v4/spreadsheets/x')).status).toBe(403);
    expect((await ask('https://acme.atlassian.net/rest/api/3/serverInfo')).status).toBe(200);
    const { entries } = await control().readJournal(id, { kind: 'exchange' });
    expect(entries.map(({ via }) => via)).toEqual(['host', 'host', 'host', 'host']);
  });

  it('hands out the vendor’s own https addresses', async () => {
    const { twins } = await control().createUniverse();
    const { body } = await ask('https://slack.com/api/auth.test', {
      authorization: `Bearer ${twins.slack?.credentials.botToken}`,
    });
    expect(body.url).toBe('https://acme.slack.com/');
  });

  it('speaks HTTP/2', async () => {
    await control().createUniverse();
    const session = connectH2('https://slack.com', {
      createConnection: undefined,
      ca,
      host: '127.0.0.1',
      port: tls.port,
      servername: 'slack.com',
    } as never);
    const stream = session.request({ ':path': '/api/api.test', ':authority': 'slack.com' });
    let text = '';
    for await (const chunk of stream) text += chunk;
    session.close();
    expect(JSON.parse(text)).toEqual({ ok: true, args: {} });
  });

  it('finds the universe by the credential where there are several', async () => {
    const one = await control().createUniverse({ seed: 1 });
    const two = await control().createUniverse({ seed: 2 });
    const asTwo = { authorization: `Bearer ${two.twins.slack?.credentials.botToken}` };
    expect((await ask('https://slack.com/api/auth.test', asTwo)).body.ok).toBe(true);
    expect((await ask('https://slack.com/api/api.test')).status).toBe(421);
    expect(orrery.registry.get(two.id)?.journal.end).toBe(1);
    expect(orrery.registry.get(one.id)?.journal.end).toBe(0);
  });

  it('has no certificate for any other name', async () => {
    await expect(ask('https://example.com/')).rejects.toThrow();
  });

  it('lives on after garbage', async () => {
    await control().createUniverse();
    const socket = connect(tls.port, '127.0.0.1');
    socket.on('error', () => {});
    await new Promise<void>((resolve) => {
      socket.once('close', () => resolve());
      socket.end('\u0016\u0003\u0001 and then nothing of TLS');
      socket.resume();
    });
    expect((await ask('https://slack.com/api/api.test')).status).toBe(200);
  });

  it('is what `curl --resolve` needs (skipped where there is no curl)', async (context) => {
    await control().createUniverse();
    const run = promisify(execFile);
    const resolve = ['--resolve', `slack.com:${tls.port}:127.0.0.1`, '--cacert', tls.certificatePath];
    const curl = (version: string) =>
      run('curl', [
        '-sS',
        version,
        '--noproxy',
        '*',
        ...resolve,
        `https://slack.com:${tls.port}/api/api.test`,
      ]);
    try {
      await run('curl', ['--version']);
    } catch {
      return context.skip();
    }
    expect((await curl('--http1.1')).stdout).toBe('{"ok":true,"args":{}}');
    expect((await curl('--http2')).stdout).toBe('{"ok":true,"args":{}}');
  });
});
