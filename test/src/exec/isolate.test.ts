import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isolationAvailable } from '../../../src/exec/isolate/available.ts';
import {
  type Isolation,
  type IsolationOptions,
  startIsolation,
} from '../../../src/exec/isolate/isolation.ts';
import { loopbackTools } from '../../../src/exec/isolate/loopback.ts';
import { type Orrery, startOrrery } from '../../../src/main.ts';
import { type Authority, openAuthority } from '../../../src/proxy/authority.ts';
import { type RunningProxy, startProxy } from '../../../src/proxy/proxy.ts';
import type { Universe } from '../../../src/universe.ts';
import { wallNow } from '../../../src/wall.ts';
import { running, until } from './processes.ts';

const available = isolationAvailable();
const skipped = available.ok ? '' : ` (skipped: ${available.why}; ${available.next})`;
const HOSTS = ['slack.com', '*.slack.com', '*.okta.com', '*.googleapis.com'];

let folder: string;
let orrery: Orrery;
let universe: Universe;
let authority: Authority;
let proxy: RunningProxy;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'orrery-test-'));
  orrery = await startOrrery({ port: 0 });
  universe = await orrery.registry.create({ id: 'one' });
  const hosts = [...orrery.registry.twins.values()].flatMap(({ twin }) => twin.hosts);
  authority = await openAuthority(folder, hosts);
  proxy = await startProxy({ registry: orrery.registry, authority, universe, self: () => orrery.url });
});
afterAll(async () => {
  await proxy.close(0);
  await orrery.close(0);
  rmSync(folder, { recursive: true, force: true });
});

/** Starts `script` in a shell, isolated, with its streams as pipes. */
const start = (script: string, more: Partial<IsolationOptions> = {}): Promise<Isolation> =>
  startIsolation({
    ...(available.ok ? { plan: available.plan } : {}),
    file: 'sh',
    args: ['-c', script],
    env: { PATH: process.env.PATH, HOME: folder, CURL_CA_BUNDLE: authority.bundlePath },
    stdio: ['pipe', 'pipe', 'pipe'],
    hosts: HOSTS,
    hostPorts: [orrery.port],
    landing: proxy.port,
    folder,
    ...more,
  });

/** Runs it to its end. */
async function inside(script: string, more: Partial<IsolationOptions> = {}) {
  const isolation = await start(script, more);
  const [out, err, exit] = await Promise.all([
    read(isolation.streams.stdout),
    read(isolation.streams.stderr),
    isolation.exited,
  ]);
  return { out, err, ...exit, refused: isolation.refused() };
}

async function read(stream: Isolation['streams']['stdout']): Promise<string> {
  let text = '';
  for await (const chunk of stream ?? []) text += String(chunk);
  return text;
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

describe.skipIf(!available.ok)(`the network inside${skipped}`, () => {
  it('has the vendor where a program that heeds no proxy looks for it, by TLS', async () => {
    const before = universe.journal.page({ limit: 100, kind: 'exchange' }).entries.length;
    const { out, err } = await inside(`curl -sS -m 10 --noproxy '*' https://slack.com/api/api.test`);
    expect([JSON.parse(out || '{}'), err]).toEqual([expect.objectContaining({ ok: true }), '']);
    const entries = universe.journal.page({ limit: 100, kind: 'exchange' }).entries;
    expect(entries.length).toBe(before + 1);
  });

  it('has it by plain HTTP too', async () => {
    const { out } = await inside(`curl -sS -m 10 --noproxy '*' http://slack.com/api/api.test`);
    expect(JSON.parse(out)).toMatchObject({ ok: true });
  });

  it('has vendors’ tenants under names that no file can list', async () => {
    const { out } = await inside('getent ahostsv4 acme.okta.com; getent hosts slack.com');
    expect(out).toMatch(/^127\.0\.0\.1 +STREAM acme\.okta\.com$/m);
    expect(out).toMatch(/^127\.0\.0\.1 +slack\.com$/m);
  });

  it('resolves them over TCP as over UDP', async () => {
    const script = `printf 'o' | true; ${process.execPath} -e '
      const { connect } = require("node:net");
      const name = Buffer.from("\\x04acme\\x04okta\\x03com\\x00\\x00\\x01\\x00\\x01", "latin1");
      const query = Buffer.concat([Buffer.from([0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]), name]);
      const socket = connect(53, "127.0.0.1");
      socket.write(Buffer.from([0, query.length]));
      socket.write(query);
      socket.once("data", (reply) => { console.log(reply.subarray(-4).join(".")); socket.end(); });'`;
    expect((await inside(script)).out).toBe('127.0.0.1\n');
  });

  it('knows no other name, and says which were looked up', async () => {
    const told: string[] = [];
    const onRefused = (name: string) => told.push(name);
    const { code, refused } = await inside('getent hosts www.example.com', { onRefused });
    expect([code, refused, told]).toEqual([2, ['www.example.com'], ['www.example.com']]);
  });

  it('keeps at most a hundred of the names that were looked up in vain', async () => {
    const script = `${process.execPath} -e '
      const { resolve4 } = require("node:dns");
      for (let i = 0; i < 150; i++) resolve4("host" + i + ".example", () => {});'`;
    expect((await inside(script)).refused.length).toBe(100);
  });

  it('asks nobody for names but its own files and resolver', async () => {
    const { out } = await inside(
      'grep -s ^hosts: /etc/nsswitch.conf || echo "hosts: files dns"; cat /etc/resolv.conf',
    );
    expect(out).toMatch(/^hosts: files dns\nnameserver 127\.0\.0\.1\n/);
  });

  it('goes on resolving after garbage', async () => {
    const script = `${process.execPath} -e '
      const socket = require("node:dgram").createSocket("udp4");
      for (let i = 0; i < 200; i++) socket.send(require("node:crypto").randomBytes(i), 53, "127.0.0.1");
      const tcp = require("node:net").connect(53, "127.0.0.1");
      tcp.on("error", () => {}).on("close", () => { console.log("closed"); socket.close(); });
      tcp.end(Buffer.alloc(70000, 255));
      '; getent hosts acme.okta.com`;
    expect((await inside(script)).out).toMatch(/^closed\n127\.0\.0\.1 +acme\.okta\.com\n$/);
  });

  it('is its own for each of several at once', async () => {
    const script = `${process.execPath} -e '
      require("node:net").createServer().listen(3000, "127.0.0.1", () => setTimeout(() => process.exit(3), 300));'`;
    const all = await Promise.all(Array.from({ length: 4 }, () => inside(script)));
    expect(all.map(({ code }) => code)).toEqual([3, 3, 3, 3]);
  });

  it('reaches no address outside, and says so at once', async () => {
    const started = wallNow();
    const { code } = await inside('curl -sS -m 10 http://192.0.2.1/');
    expect(code).toBe(7);
    expect(wallNow() - started).toBeLessThan(5_000);
  });

  it('reaches no other port of this machine', async () => {
    const other = createServer((_req, res) => res.end('secret'));
    const port = await listening(other);
    const { code, out } = await inside(`curl -sS http://127.0.0.1:${port}/`);
    other.close();
    expect([code, out]).toEqual([7, '']);
  });

  it('has the server’s own port, for base URLs by path', async () => {
    const { out } = await inside(`curl -sS ${universe.publicBase('slack')}/api/api.test`);
    expect(JSON.parse(out)).toMatchObject({ ok: true });
  });

  it('has the proxy’s port, for programs that heed the environment', async () => {
    const env = { PATH: process.env.PATH, https_proxy: proxy.url, http_proxy: proxy.url };
    const script = `curl -sS --cacert ${authority.certificatePath} https://slack.com/api/api.test
      curl -sS http://files.example/a`;
    const { out } = await inside(script, { hostPorts: [proxy.port], env });
    expect(out).toMatch(/^{"ok":true.*files\.example/s);
  });

  it('brings a connection’s reset and its half-close through', async () => {
    const server = createTcpServer({ allowHalfOpen: true }, (socket) => {
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk;
        if (text === 'reset') socket.resetAndDestroy();
      });
      socket.on('end', () => socket.end(`got ${text}`));
    });
    const port = await listening(server as unknown as Server);
    const script = `${process.execPath} -e '
      const { connect } = require("node:net");
      const first = connect({ port: ${port}, allowHalfOpen: true });
      first.end("half");
      first.on("data", (chunk) => {
        console.log(String(chunk));
        connect(${port}).on("error", (e) => console.log(e.code)).write("reset");
      });'`;
    const { out } = await inside(script, { hostPorts: [port] });
    server.close();
    expect(out).toBe('got half\nECONNRESET\n');
  });

  it('lets the universe in, to deliver events to a port that the command listens on', async () => {
    const script = `${process.execPath} -e '
      require("node:http").createServer((q, s) => { s.end("delivered"); setImmediate(() => process.exit(4)); })
        .listen(3000, "127.0.0.1", () => console.log("up"));'`;
    const isolation = await start(script);
    await new Promise((resolve) => isolation.streams.stdout?.once('data', resolve));
    await expect(isolation.dial(3001)).rejects.toThrow('ECONNREFUSED');
    const socket = await isolation.dial(3000);
    socket.write('GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n');
    expect(await read(socket)).toContain('delivered');
    expect(await isolation.exited).toEqual({ code: 4, signal: null });
    await expect(isolation.dial(3000)).rejects.toThrow('the isolation has ended');
  });
});

describe.skipIf(!available.ok)(`loopback inside${skipped}`, () => {
  for (const loopback of loopbackTools()) {
    const name = loopback[0]?.[0]?.split('/').at(-1);
    it(`is up by ${name}, with an address for programs that ask for usable ones only`, async () => {
      if (!available.ok) return;
      const script = 'getent ahostsv4 acme.okta.com >/dev/null && curl -sS -o /dev/null http://127.0.0.1:80/';
      const { code, err } = await inside(script, { plan: { ...available.plan, loopback } });
      expect([code, err]).toEqual([0, '']);
    });
  }
});

describe.skipIf(!available.ok)(`the command inside${skipped}`, () => {
  it('is its caller, in its caller’s folder, with the environment it is given and no other', async () => {
    const { out } = await inside(
      'id -u; id -g; pwd; env | cut -d= -f1 | grep -vE "^(PWD|SHLVL|_)$" | sort | xargs',
    );
    const expected = [process.getuid?.(), process.getgid?.(), process.cwd(), 'CURL_CA_BUNDLE HOME PATH'];
    expect(out).toBe(`${expected.join('\n')}\n`);
  });

  it('writes files that belong to its caller', async () => {
    await inside(`echo text > ${folder}/written`);
    const { uid, gid } = statSync(join(folder, 'written'));
    expect([uid, gid]).toEqual([process.getuid?.(), process.getgid?.()]);
  });

  it('reads what is piped to it, and its exit code is told', async () => {
    const isolation = await start('cat; exit 7');
    isolation.streams.stdin?.end('from outside');
    expect([await read(isolation.streams.stdout), await isolation.exited]).toEqual([
      'from outside',
      { code: 7, signal: null },
    ]);
  });

  it('gets signals, and may answer them in its own way', async () => {
    const isolation = await start(`trap 'echo got it; exit 3' TERM; echo up; while :; do sleep 0.05; done`);
    await new Promise((resolve) => isolation.streams.stdout?.once('data', resolve));
    isolation.kill('SIGTERM');
    expect([await read(isolation.streams.stdout), await isolation.exited]).toEqual([
      'got it\n',
      { code: 3, signal: null },
    ]);
  });

  it('ends by a signal that it does not answer', async () => {
    const isolation = await start('echo up; exec sleep 1000');
    await new Promise((resolve) => isolation.streams.stdout?.once('data', resolve));
    isolation.kill('SIGKILL');
    expect(await isolation.exited).toEqual({ code: null, signal: 'SIGKILL' });
  });

  it('cannot undo the isolation', async () => {
    const { out } = await inside(
      'umount /etc/hosts 2>/dev/null && echo umounted; ip link set lo down 2>/dev/null && echo down; true',
    );
    expect(out).toBe('');
  });

  it('is told apart when there is no such program', async () => {
    const begun = start('', { file: 'no-such-program-here' });
    await expect(begun).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('leaves no zombie of a process that it forgot', async () => {
    const { out } = await inside('(sh -c "exit 0" & ) ; sleep 0.2; ps -eo stat= | grep -c Z; true');
    expect(out).toBe('0\n');
  });
});

/** Namespaces and folders of isolations on this machine, by those of their processes that can be seen. */
const traces = () => ({
  folders: readdirSync(folder).filter((name) => name.startsWith('orrery-isolate-')),
  processes: running().filter((line) => line.includes('isolate/init.mjs') || line.includes('sleep 86413')),
});
const nothing = { folders: [], processes: [] };

describe.skipIf(!available.ok)(`after the command${skipped}`, () => {
  it('its daemons are gone, with its folder', async () => {
    const { out, code } = await inside('(setsid sleep 86413 >/dev/null 2>&1 &); echo done; exit 5');
    expect([out, code, traces()]).toEqual(['done\n', 5, nothing]);
  });

  it('nothing remains of one that is closed while it runs', async () => {
    const isolation = await start(`trap '' TERM INT HUP; echo up; sleep 86413; sleep 86413`);
    await new Promise((resolve) => isolation.streams.stdout?.once('data', resolve));
    await isolation.close();
    expect(traces()).toEqual(nothing);
  });

  it('nothing remains of one that kills all it can', async () => {
    const { code } = await inside('kill -KILL -1; exec sleep 86413');
    expect([code, traces()]).toEqual([137, nothing]);
  });

  it('fifty of them one after another leave no descriptor, no process and no mount', async () => {
    const mounts = readFileSync('/proc/self/mounts', 'utf8');
    const held = () => readdirSync('/proc/self/fd').flatMap((fd) => target(fd)).length;
    await inside('true');
    const before = held();
    for (let i = 0; i < 50; i += 1) {
      const { code } = await inside(
        `curl -s -m 10 --http1.1 --noproxy '*' https://slack.com/api/api.test >/dev/null && (sleep 86413 &) ; exit ${i}`,
      );
      expect(code).toBe(i);
    }
    await until(() => held() <= before);
    expect(traces()).toEqual(nothing);
    expect(readFileSync('/proc/self/mounts', 'utf8')).toBe(mounts);
  }, 120_000);
});

/** What a descriptor of this process is: sockets and pipes alone count, since test runners open files as they go. */
function target(fd: string): string[] {
  try {
    const name = readlinkSync(`/proc/self/fd/${fd}`);
    return /^(socket|pipe):/.test(name) ? [name] : [];
  } catch {
    return [];
  }
}
