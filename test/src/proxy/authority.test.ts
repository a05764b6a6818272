import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer } from 'node:tls';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Authority, openAuthority } from '../../../src/proxy/authority.ts';
import { keptAuthority } from '../../../src/proxy/authorityFile.ts';
import { leafMaker, makeAuthority } from '../../../src/proxy/certificate.ts';

const run = promisify(execFile);
const HOSTS = ['slack.com', '*.slack.com', '*.okta.com'];
const folder = mkdtempSync(join(tmpdir(), 'orrery-authority-'));
let authority: Authority;
beforeAll(async () => {
  authority = await openAuthority(join(folder, 'home'), HOSTS);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);
const home = (name: string): string => join(folder, 'home', 'ca', name);
const keyFile = (name = 'home'): string =>
  join(
    folder,
    name,
    'ca',
    readdirSync(join(folder, name, 'ca')).find((one) => one.startsWith('authority-')) as string,
  );

/** What a TLS client sees that trusts `ca` and asks a server for `hostname`. */
async function meet(one: Authority, hostname: string, ca: string): Promise<X509Certificate | string> {
  const server = createServer({
    SNICallback: (name, done) => {
      one.secureContext(name).then((context) => done(null, context), done);
    },
  }).on('tlsClientError', () => {});
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as { port: number };
  try {
    return await new Promise((resolve) => {
      const socket = connect({ port, host: '127.0.0.1', servername: hostname, ca });
      socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
      socket.on('secureConnect', () => {
        resolve(new X509Certificate(socket.getPeerCertificate().raw));
        socket.destroy();
      });
    });
  } finally {
    server.close();
  }
}

describe('the authority', () => {
  it('is kept for its owner only', () => {
    expect([modeOf(join(folder, 'home')), modeOf(home('')), modeOf(keyFile())]).toEqual([
      '700',
      '700',
      '600',
    ]);
    expect(readFileSync(authority.certificatePath, 'utf8')).toBe(authority.certificatePem);
    expect(authority.certificatePem).not.toContain('PRIVATE');
  });

  it('vouches for the vendors’ names: a certificate of at most 397 days, begun yesterday, for one name', async () => {
    const seen = await meet(authority, 'files.slack.com', authority.certificatePem);
    expect(seen).toBeInstanceOf(X509Certificate);
    const leaf = seen as X509Certificate;
    expect(leaf.subjectAltName).toBe('DNS:files.slack.com');
    const [from, to] = [Date.parse(leaf.validFrom), Date.parse(leaf.validTo)];
    expect((to - from) / 86_400_000).toBeLessThanOrEqual(397);
    expect((Date.now() - from) / 86_400_000).toBeCloseTo(1, 1);
    expect(leaf.ca).toBe(false);
  });

  it('knows which names are the vendors’', async () => {
    const names = [
      'slack.com',
      'A.B.Slack.COM',
      'acme.okta.com',
      'notslack.com',
      'slack.com.evil.example',
      '127.0.0.1',
      '',
    ];
    expect(names.filter((name) => authority.covers(name))).toEqual([
      'slack.com',
      'A.B.Slack.COM',
      'acme.okta.com',
    ]);
    await expect(authority.secureContext('evil.example')).rejects.toThrow('may not speak for evil.example');
  });

  it('makes a certificate once per name', async () => {
    expect(await authority.secureContext('slack.com')).toBe(await authority.secureContext('SLACK.com'));
  });

  it('can vouch for no other name and no address, even by whoever steals its key', async () => {
    const [, keyPem = '', certificatePem = ''] = readFileSync(keyFile(), 'utf8').split(/(?=-----BEGIN )/);
    const make = await leafMaker({ keyPem, certificatePem });
    for (const [name, good] of [
      ['files.slack.com', true],
      ['acme.okta.com', true],
      ['bank.example', false],
      ['slack.com.bank.example', false],
    ] as const) {
      const path = join(folder, 'leaf.pem');
      writeFileSync(path, (await make(name)).certificatePem);
      const verified = await run('openssl', ['verify', '-CAfile', authority.certificatePath, path]).then(
        ({ stdout }) => stdout,
        (error: { stderr: string }) => error.stderr,
      );
      expect(verified).toContain(good ? 'OK' : 'permitted subtree violation');
    }
    const { stdout } = await run('openssl', ['x509', '-in', authority.certificatePath, '-noout', '-text']);
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'X509v3 Name Constraints: critical Permitted: DNS:okta.com DNS:slack.com ' +
        'Excluded: IP:0.0.0.0/0.0.0.0 IP:0:0:0:0:0:0:0:0/0:0:0:0:0:0:0:0',
    );
    expect(stdout).toMatch(/CA:TRUE, pathlen:0/);
  });

  it('comes with a bundle of the system’s roots and itself', () => {
    const bundle = readFileSync(authority.bundlePath, 'utf8');
    expect(bundle.match(/BEGIN CERTIFICATE/g)?.length).toBeGreaterThan(100);
    expect(bundle.trim().endsWith(authority.certificatePem.trim())).toBe(true);
  });

  it('stays the same from one start to the next', async () => {
    const again = await openAuthority(join(folder, 'home'), [...HOSTS].reverse());
    expect(again.certificatePem).toBe(authority.certificatePem);
  });

  it('is one, however many start at once', async () => {
    const many = await Promise.all(
      Array.from({ length: 8 }, () => openAuthority(join(folder, 'many'), HOSTS)),
    );
    expect(new Set(many.map((one) => one.certificatePem)).size).toBe(1);
    expect(readdirSync(join(folder, 'many', 'ca')).sort()).toEqual([
      'authority-1.pem',
      'bundle.pem',
      'ca.pem',
    ]);
    expect(readFileSync(many[0]?.certificatePath ?? '', 'utf8')).toBe(many[0]?.certificatePem);
  });

  it('is made anew when its file is damaged, or the vendors’ domains have changed', async () => {
    const first = await openAuthority(join(folder, 'worn'), HOSTS);
    writeFileSync(keyFile('worn'), readFileSync(keyFile('worn'), 'utf8').slice(0, 700));
    const second = await openAuthority(join(folder, 'worn'), HOSTS);
    expect(second.certificatePem).not.toBe(first.certificatePem);
    expect(await meet(second, 'slack.com', second.certificatePem)).toBeInstanceOf(X509Certificate);
    expect(await meet(second, 'slack.com', first.certificatePem)).toMatch(/UNABLE_TO_VERIFY|SELF_SIGNED/);
    const third = await openAuthority(join(folder, 'worn'), [...HOSTS, '*.atlassian.net']);
    expect(third.covers('acme.atlassian.net')).toBe(true);
    expect(readFileSync(third.certificatePath, 'utf8')).toBe(third.certificatePem);
    expect(
      readdirSync(join(folder, 'worn', 'ca')).filter((name) => name.startsWith('authority-')),
    ).toHaveLength(1);
  });

  it('is good for the domains of two versions that share a directory, and then stays', async () => {
    const older = await openAuthority(join(folder, 'shared'), ['slack.com']);
    const newer = await openAuthority(join(folder, 'shared'), ['*.slack.com', 'okta.com']);
    const olderAgain = await openAuthority(join(folder, 'shared'), ['slack.com']);
    expect(newer.certificatePem).not.toBe(older.certificatePem);
    expect(olderAgain.certificatePem).toBe(newer.certificatePem);
    const third = await openAuthority(join(folder, 'shared'), ['atlassian.net']);
    expect(['slack.com', 'acme.okta.com', 'acme.atlassian.net'].map(third.covers)).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('is made anew when it is about to end', async () => {
    const old = await makeAuthority(['slack.com'], 20);
    mkdirSync(join(folder, 'old'));
    const text = `# for slack.com\n${old.keyPem}${old.certificatePem}`;
    writeFileSync(join(folder, 'old', 'authority-7.pem'), text);
    const again = await keptAuthority(join(folder, 'old'), ['slack.com'], (all) => makeAuthority(all));
    expect(readdirSync(join(folder, 'old'))).toEqual(['authority-8.pem']);
    expect(again.certificatePem).not.toBe(old.certificatePem);
  });
});
