/** `orrery exec` as the caller of a command sees it: ends, signals, streams, files, what is told. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../../src/cli/main.ts';
import { isolationAvailable } from '../../../src/exec/isolate/available.ts';
import { buildPackage, ended, type Package } from './package.ts';

const ASKED = 'https://slack.com/api/api.test';
const NODE = process.execPath;

let orrery: Package;
beforeAll(async () => {
  orrery = await buildPackage();
});
afterAll(() => orrery?.remove());

const left = (): string[] => readdirSync(join(orrery.folder, 'tmp'));
const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';
const shell = (script: string) => ['--', 'sh', '-c', script];

/** Resolves with the first line that a command prints. */
const firstLine = (child: ReturnType<Package['start']>): Promise<string> =>
  new Promise((resolve, reject) => {
    child.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
    child.once('exit', () => reject(new Error('it ended before it said anything')));
  });

/** A program of this machine that answers with its name. */
async function listening(name: string): Promise<{ port: number; close(): void }> {
  const server = createServer((_, res) => res.end(name));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

describe('a command', () => {
  it.each([
    ['its own exit code', 'exit 7', 7],
    ['128 and the signal’s number where a signal ends it', 'kill -KILL $$', 137],
  ])('gives %s', async (_, script, code) => {
    expect((await orrery.exec(shell(script))).code).toBe(code);
  });

  it('that is not there gives 127 and one line', async () => {
    const { code, err } = await orrery.exec(['no-such-command']);
    expect([code, err]).toEqual([127, 'error: no-such-command: there is no such command\n']);
  });

  it('that may not be run gives 126 and one line', async () => {
    const { code, err } = await orrery.exec([orrery.folder]);
    expect([code, err]).toEqual([126, `error: ${orrery.folder}: it may not be run\n`]);
  });

  it('reads the caller’s input and writes to the caller’s output, and nothing else does', async () => {
    expect((await orrery.exec(['cat'], { input: 'one\ntwo\n' })).out).toBe('one\ntwo\n');
  });

  it('takes options that are its own without `--`', async () => {
    expect((await orrery.exec(['-q', 'echo', '--seed', '-q'])).out).toBe('--seed -q\n');
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('gets %s, and may end in its own way', async (signal) => {
    const script = `process.on('${signal}', () => { console.log('bye'); process.exit(9); });
setInterval(() => {}, 1000); console.log(process.env.GOOGLE_APPLICATION_CREDENTIALS);`;
    const child = orrery.start(['-q', NODE, '-e', script]);
    const end = ended(child);
    const credentials = await firstLine(child);
    expect(existsSync(credentials)).toBe(true);
    child.kill(signal);
    expect(await end).toMatchObject({ code: 9, out: expect.stringMatching(/bye\n$/) });
    expect(existsSync(credentials)).toBe(false);
  });

  it('leaves no files; those of a run that was killed outright go with the next', async () => {
    const child = orrery.start(['--', NODE, '-e', 'console.log(process.pid); setInterval(() => {}, 1000)']);
    const pid = Number(await firstLine(child));
    const end = ended(child);
    child.kill('SIGKILL');
    process.kill(pid, 'SIGKILL');
    await end;
    expect(left()).toHaveLength(1);
    await orrery.exec(['true']);
    expect(left()).toEqual([]);
  });
});

describe('the environment of a command', () => {
  it('has credentials that are the same for the same seed, and others for another', async () => {
    const script = 'echo $SLACK_BOT_TOKEN $JIRA_API_TOKEN; cat $GOOGLE_APPLICATION_CREDENTIALS';
    const of = async (...flags: string[]) => (await orrery.exec([...flags, ...shell(script)])).out;
    const [one, again, other] = [await of('--seed', '5'), await of('--seed', '5'), await of('--seed', '6')];
    expect(one).toMatch(/^xoxb-\S+ ATATT\S+\n\{/);
    expect(again).toBe(one);
    expect(other).not.toBe(one);
  });

  it('names a key file that only its owner reads, with the vendor’s own addresses', async () => {
    const { out } = await orrery.exec(
      shell(
        'stat -c %a $(dirname $GOOGLE_APPLICATION_CREDENTIALS) $GOOGLE_APPLICATION_CREDENTIALS; cat $GOOGLE_APPLICATION_CREDENTIALS',
      ),
    );
    expect(out).toMatch(/^700\n600\n/);
    expect(JSON.parse(out.slice(out.indexOf('{')))).toMatchObject({
      token_uri: 'https://oauth2.googleapis.com/token',
      auth_uri: 'https://accounts.google.com/o/oauth2/auth',
    });
  });

  it('opens no way to a control API: none on the ports, no key or address of another server', async () => {
    const script = `const { origin } = new URL(process.env.SLACK_API_URL);
const proxy = process.env.HTTPS_PROXY;
const asked = [origin, proxy].flatMap((one) => ['/', '/v1/universes', '/v1/universes/exec', '/metrics'].map((path) => one + path));
Promise.all(asked.map((url) => fetch(url, { headers: { authorization: 'Bearer secret' } }).then((reply) => reply.status)))
  .then((all) => console.log(JSON.stringify([all, Object.keys(process.env).filter((name) => /^ORRERY_/.test(name)).sort()])));`;
    const env = { ORRERY_KEY: 'secret', ORRERY_OPERATOR_KEY: 'secret', ORRERY_URL: 'http://127.0.0.1:4700' };
    const [statuses, names] = JSON.parse((await orrery.exec(['-q', NODE, '-e', script], { env })).out);
    expect(statuses.filter((status: number) => status < 400)).toEqual([]);
    expect(names).toEqual(['ORRERY_EXEC', 'ORRERY_UNIVERSE']);
  });

  it('keeps what the caller told Node and Java, and goes around no proxy', async () => {
    const env = {
      NODE_OPTIONS: '--no-warnings',
      JAVA_TOOL_OPTIONS: '-Done=1',
      NO_PROXY: '*.slack.com',
      no_proxy: '*',
    };
    const { out } = await orrery.exec(shell('env'), { env });
    expect(out).toMatch(/^NODE_OPTIONS=--no-warnings --require \//m);
    expect(out).toMatch(/^JAVA_TOOL_OPTIONS=-Done=1 -Dhttp/m);
    expect(out).not.toMatch(/^no_proxy=.*(slack|\*$)/im);
  });

  it('with --no-proxy has base URLs only', async () => {
    const script =
      'echo "$HTTPS_PROXY$NODE_EXTRA_CA_CERTS$ORRERY_EXEC"; curl -s ${SLACK_API_URL}api.test; grep token_uri $GOOGLE_APPLICATION_CREDENTIALS';
    const env = { HTTPS_PROXY: '', NODE_EXTRA_CA_CERTS: '' };
    const [first, second, third] = (await orrery.exec(['--no-proxy', ...shell(script)], { env })).out.split(
      '\n',
    );
    expect([first, second]).toEqual(['', expect.stringContaining('{"ok":true')]);
    expect(`${second}${third}`).toContain('"token_uri": "http://127.0.0.1:');
  });
});

describe('the summary', () => {
  it('is a table on stderr: calls per twin, faults that hit, gaps, refused hosts', async () => {
    const script = `curl -s ${ASKED}; curl -s ${ASKED}; curl -s https://example.com
curl -s -H "authorization: Bearer $SLACK_BOT_TOKEN" https://slack.com/api/admin.analytics.getFile`;
    const faults = join(orrery.folder, 'faults.yaml');
    writeFileSync(faults, '- { kind: outage, id: down, count: 1, match: { operation: api.test } }\n');
    const { err } = await orrery.exec(['--faults', faults, ...shell(script)]);
    expect(err).toContain('\n  slack      3   1       2            0\n');
    expect(err).toContain('\n  outage (down) ×1\n');
    expect(err).toContain('\n  slack admin.analytics.getFile (GET /api/admin.analytics.getFile) ×1\n');
    expect(err).toContain('\n  example.com:443 ×1: it is no host of a twin\n');
    expect(err).not.toContain('\u001b');
  });

  it('with --json is one line of JSON, the last on stderr', async () => {
    const { err } = await orrery.exec([
      '--json',
      '--faults',
      'outage',
      ...shell(`echo mine >&2; curl -s ${ASKED}; exit 3`),
    ]);
    expect(JSON.parse(lastLine(err))).toMatchObject({
      exitCode: 3,
      exchanges: { slack: { ok: 0, fail: 1, info: 0 } },
      faults: [{ kind: 'outage', hits: 1 }],
    });
  });

  it('and the journal go to files where asked for', async () => {
    const [summary, journal] = [join(orrery.folder, 'summary.json'), join(orrery.folder, 'journal.jsonl')];
    const { err } = await orrery.exec([
      '-q',
      '--summary',
      summary,
      '--journal',
      journal,
      'curl',
      '-s',
      ASKED,
    ]);
    expect(err).toBe('');
    expect(JSON.parse(readFileSync(summary, 'utf8'))).toMatchObject({ exitCode: 0 });
    const entries = readFileSync(journal, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(entries.find(({ kind }) => kind === 'exchange')).toMatchObject({
      operation: 'api.test',
      via: 'proxy',
    });
  });

  it('names a program that does not trust our certificates', async () => {
    const { err } = await orrery.exec(shell(`CURL_CA_BUNDLE= SSL_CERT_FILE=/dev/null curl -s ${ASKED}`));
    expect(err).toMatch(/did not trust\n {2}slack\.com:443 .*ca\.pem/);
  });
});

describe('wrong use ends with 2 and one line:', () => {
  it.each([
    ['a world that is none', ['--world', 'acne', 'true'], 'acme'],
    ['a world file that is not there', ['--world', './none.yaml', 'true'], 'no such file'],
    ['a preset that is none', ['--faults', 'slack/ratelimitd', 'true'], 'slack/ratelimited'],
    ['a host that is none', ['--allow', 'a b', 'true'], 'example.com'],
    ['isolation without the proxy', ['--isolate', '--no-proxy', 'true'], '--no-proxy'],
    ['no command', ['--seed', '1'], 'command'],
  ])('%s', async (_, args, says) => {
    let err = '';
    const io = {
      out: () => {},
      err: (text: string) => {
        err += text;
      },
      terminal: false,
      env: process.env,
    };
    const code = await main(['node', 'orrery', 'exec', ...args], {}, io);
    expect([code, err.trim().split('\n').length]).toEqual([2, 1]);
    expect(err).toContain(says);
  });
});

const available = isolationAvailable();
describe.skipIf(!available.ok)('with --isolate (needs user namespaces)', () => {
  it('a command that heeds no proxy lands in its universe, and finds no other host', async () => {
    const bare = 'env -u HTTPS_PROXY -u https_proxy -u ALL_PROXY -u all_proxy curl -s';
    const script = `${bare} ${ASKED}; ${bare} https://example.com; exit 4`;
    const { code, out, err } = await orrery.exec(['--isolate', '--json', ...shell(script)]);
    expect([code, out]).toEqual([4, '{"ok":true,"args":{}}']);
    expect(JSON.parse(lastLine(err)).refused).toMatchObject([{ host: 'example.com' }]);
  });

  it('a command reaches the program of this machine that is let through, and no other', async () => {
    const [own, other] = await Promise.all([listening('own'), listening('other')]);
    const ask = ({ port }: { port: number }) => `curl -s --noproxy '*' http://localhost:${port}/`;
    const script = `${ask(own)}; ${ask(other)} || echo refused`;
    const { out } = await orrery.exec([
      '-q',
      '--isolate',
      '--allow',
      `localhost:${own.port}`,
      ...shell(script),
    ]);
    expect(out).toBe('ownrefused\n');
    for (const { close } of [own, other]) close();
  });

  it('a command gets signals, and one that is not there gives 127', async () => {
    const script = `process.on('SIGTERM', () => process.exit(9)); setInterval(() => {}, 1000); console.log('up')`;
    const child = orrery.start(['-q', '--isolate', NODE, '-e', script]);
    const end = ended(child);
    expect(await firstLine(child)).toBe('up');
    child.kill('SIGTERM');
    expect((await end).code).toBe(9);
    expect((await orrery.exec(['--isolate', 'no-such-command'])).code).toBe(127);
  });
});
