/** Programs that know nothing of Orrery and ask the vendors' own addresses, under `orrery exec`. */
import { execFile } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPackage, has, type Package } from './package.ts';

const ASKED = 'https://slack.com/api/api.test';
const ANSWER = { ok: true, args: {} };

let orrery: Package;
beforeAll(async () => {
  orrery = await buildPackage();
});
afterAll(() => orrery?.remove());

const file = (name: string, text: string): string => {
  const path = join(orrery.folder, name);
  writeFileSync(path, text);
  return path;
};

describe('a Node program', () => {
  let results: Record<string, unknown>;
  let summary: { exchanges: Record<string, unknown>; refused: { host: string }[] };
  beforeAll(async () => {
    const program = fileURLToPath(new URL('./programs/ways.mjs', import.meta.url));
    const { out, err } = await orrery.exec(['--json', '--', process.execPath, program]);
    results = JSON.parse(out);
    summary = JSON.parse(err.trim().split('\n').at(-1) ?? '');
  });

  it.each([
    ['with the global fetch', 'fetch'],
    ['with undici of its own', 'undici'],
    ['over plain HTTP', 'plain'],
    ['in a worker that has an environment of its own', 'worker'],
    ['in a child that is given a short environment', 'child'],
    ['by the base URL of its environment', 'baseUrl'],
  ])('lands in its universe %s', (_, way) => {
    expect(results[way]).toEqual(ANSWER);
  });

  it('keeps a connection of an HTTPS agent for its next request', () => {
    expect(results.keepAlive).toEqual([ANSWER, ANSWER, true]);
  });

  it('speaks HTTP/2 with a vendor that does', () => {
    expect(results.http2).toEqual(['h2', 401]);
  });

  it('opens WebSockets at the vendor’s own host', () => {
    expect(results.webSocket).toBe('r');
  });

  it('finds a certificate that it trusts, for the name that it asked for', () => {
    expect(results.tlsWithoutName).toMatch(/^true .*slack\.com/);
  });

  it('finds the twin also by an address that it looked up before', () => {
    expect(results.tlsByAddress).toMatch(/^true .*acme\.okta\.com/);
  });

  it('reaches its own ports', () => {
    expect(results.loopback).toBe('own');
  });

  it.each([
    ['refusedFetch', 'example.com:443'],
    ['refusedTls', 'example.com:8443'],
    ['refusedSocket', 'db.example.com:5432'],
  ])('is told why another host is refused, and how to allow it (%s)', (way, host) => {
    expect(results[way]).toMatch(new RegExp(`^ECONNREFUSED .*${host}.*--allow ${host}`));
  });

  it('gets no cloud metadata', () => {
    expect(results.refusedAddress).toMatch(/^ECONNREFUSED .*169\.254\.169\.254/);
  });

  it('is told of in the summary: what it asked of whom, and what it was refused', () => {
    expect(Object.keys(summary.exchanges).sort()).toEqual(['google', 'slack']);
    expect(summary.refused.map(({ host }) => host)).toEqual([
      'example.com:443',
      'example.com:8443',
      'db.example.com:5432',
      '169.254.169.254:80',
    ]);
  });
});

describe('Slack’s Socket Mode client, which opens WebSockets of its own,', () => {
  const world = `world: sockets
people: [{ name: Ann Ray, email: ann@acme.example }]
slack:
  channels: [{ name: general, members: [ann@acme.example] }]
  apps:
    - name: Desk
      scopes: [chat:write, channels:history, channels:read]
      userScopes: [chat:write]
      socketMode: true
      events: { subscriptions: [message.channels] }
`;
  const program = fileURLToPath(new URL('./programs/socketMode.mjs', import.meta.url));
  const hear = async (packages: string): Promise<string> => {
    const flags = ['-q', '--world', file('sockets.yaml', world)];
    return (await orrery.exec([...flags, process.execPath, program, packages])).out;
  };

  it('hears events by undici (version 3)', async () => {
    expect(await hear(fileURLToPath(new URL('../../../', import.meta.url)))).toBe('heard: hello\n');
  });

  it('hears events by ws (version 2; needs test/programs)', async (test) => {
    const packages = fileURLToPath(new URL('../../programs/', import.meta.url));
    if (!existsSync(join(packages, 'node_modules/@slack/socket-mode'))) return test.skip('not installed');
    expect(await hear(packages)).toBe('heard: hello\n');
  });
});

describe('programs of other languages land in the universe:', () => {
  it('curl', async () => {
    expect(JSON.parse((await orrery.exec(['curl', '-sS', ASKED])).out)).toEqual(ANSWER);
  });

  it('Python with urllib, and with requests where it is there', async (test) => {
    if (!(await has('python3'))) return test.skip('no python3 here');
    const program = file(
      'ask.py',
      `import json, sys, urllib.request
print(urllib.request.urlopen(sys.argv[1]).read().decode())
try:
    import requests
    print(json.dumps(requests.get(sys.argv[1]).json()))
except ImportError:
    pass
`,
    );
    const { out } = await orrery.exec(['python3', program, ASKED]);
    const answers = out.trim().split('\n');
    expect(answers.map((line) => JSON.parse(line))).toEqual(answers.map(() => ANSWER));
  });

  it('Go', async (test) => {
    if (!(await has('go', ['version']))) return test.skip('no go here');
    const source = file(
      'ask.go',
      `package main
import ("fmt"; "io"; "net/http"; "os")
func main() {
  reply, err := http.Get(os.Args[1])
  if err != nil { fmt.Println(err); os.Exit(1) }
  body, _ := io.ReadAll(reply.Body)
  fmt.Print(string(body))
}
`,
    );
    const program = join(orrery.folder, 'ask');
    await promisify(execFile)('go', ['build', '-o', program, source], {
      env: { ...process.env, GO111MODULE: 'off', GOFLAGS: '', GOTOOLCHAIN: 'local' },
    });
    expect(JSON.parse((await orrery.exec([program, ASKED])).out)).toEqual(ANSWER);
  });

  it('Java', async (test) => {
    if (!(await has('java'))) return test.skip('no java here');
    const program = file(
      'Ask.java',
      `import java.net.URI; import java.net.http.*;
public class Ask { public static void main(String[] args) throws Exception {
  var request = HttpRequest.newBuilder(URI.create(args[0])).build();
  System.out.println(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body());
} }
`,
    );
    expect(JSON.parse((await orrery.exec(['java', program, ASKED])).out)).toEqual(ANSWER);
  });

  it('git, which is told as by the vendor that there is no such repository', async (test) => {
    if (!(await has('git'))) return test.skip('no git here');
    const { err } = await orrery.exec(['-q', 'git', 'ls-remote', 'https://slack.com/none.git']);
    expect(err).toContain('not found');
  });
});
