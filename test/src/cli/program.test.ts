/** The command line: what it prints, and how it ends. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProgramDeps } from '../../../src/cli/program.ts';
import { program, runProgram } from '../../../src/cli/program.ts';
import { startOrrery } from '../../../src/main.ts';
import { type Desk, openDesk, toy, URL_BASE } from '../control/toy.ts';

let desk: Desk;
let folder: string;
beforeEach(() => {
  desk = openDesk();
  folder = mkdtempSync(join(tmpdir(), 'orrery-cli-'));
});
afterEach(() => {
  desk.close();
  rmSync(folder, { recursive: true });
});

interface Ended {
  code: number;
  out: string;
  err: string;
}

async function orrery(
  line: string | string[],
  more: Partial<ProgramDeps> = {},
  terminal = false,
): Promise<Ended> {
  let out = '';
  let err = '';
  const io = {
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
    terminal,
    env: {},
  };
  const deps: ProgramDeps = {
    io,
    version: '1.2.3',
    startServer: () => Promise.reject(new Error('no server in this test')),
    openTwins: () => Promise.reject(new Error('no server in this test')),
    stopped: () => Promise.resolve(),
    tryWorld: async () => ({ rows: { 'toy.notes': 1 } }),
    twins: async () => [toy],
    fetch: async (url, init) => desk.app.request(url, init),
    ...more,
  };
  const args = typeof line === 'string' ? line.split(' ').filter(Boolean) : line;
  const code = await runProgram(program(deps), args, io);
  return { code, out, err };
}

const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

describe('orrery', () => {
  it('with no arguments prints help and ends well', async () => {
    const { code, out, err } = await orrery('');
    expect([code, err]).toEqual([0, '']);
    for (const command of ['serve', 'universe', 'fault', 'clock', 'journal', 'gesture', 'world', 'coverage'])
      expect(out).toContain(`  ${command} `);
  });

  it('misused ends with 2 and one line that says what was probably meant', async () => {
    for (const [line, meant] of [
      ['univers list', 'universe'],
      ['universe create --sede 1', '--seed'],
      ['universe create --seed one', 'whole number'],
      ['universe create --bind desk', 'name=value'],
      ['fault add', 'orrery fault kinds'],
      ['gesture do pin', 'twin.gesture'],
      ['gesture do toy.pin', '--as'],
      ['universe list --server nowhere', 'http://127.0.0.1:4700'],
    ] as const) {
      const { code, out, err } = await orrery(line);
      expect([line, code, out]).toEqual([line, 2, '']);
      expect(err).toContain(meant);
      expect(err.trimEnd().split('\n')).toHaveLength(1);
    }
  });

  it('where no server answers says how to start one', async () => {
    const { code, err } = await orrery('universe list', {
      fetch: () => Promise.reject(new TypeError('fetch failed')),
    });
    expect([code, err]).toEqual([2, expect.stringContaining('orrery serve')]);
  });

  it('broken by our own mistake ends with 70', async () => {
    const { code, err } = await orrery('coverage', { twins: () => Promise.reject(new Error('bug')) });
    expect([code, err]).toEqual([70, expect.stringContaining('bug')]);
  });
});

describe('universes', () => {
  it('are made, listed in aligned columns, shown, forked, reset and deleted', async () => {
    expect((await orrery('universe create --id mine --seed 3 --clock frozen --ttl 30m')).code).toBe(0);
    expect((await orrery('universe fork mine --id a-longer-name --credentials fresh')).code).toBe(0);
    const { out } = await orrery('universe list');
    const [head, ...rows] = out.trimEnd().split('\n');
    const column = (head as string).indexOf('CLOCK');
    expect(rows.map((row) => row.slice(column, column + 6))).toEqual(['frozen', 'frozen']);
    expect((await orrery('universe show mine')).out).toContain(`${URL_BASE}/u/mine/toy`);
    expect((await orrery('universe reset mine')).out).toBe('mine is reset\n');
    expect((await orrery('universe delete mine a-longer-name')).code).toBe(0);
    expect((await orrery('universe list')).out).toContain('orrery universe create');
  });

  it('that are damaged are named beside the list, with why and how to proceed', async () => {
    const damaged = [{ id: 'one', why: 'a row does not fit', proceed: 'begin anew' }];
    const fetch = async () => Response.json({ universes: [], damaged });
    const { code, out, err } = await orrery('universe list', { fetch });
    expect([code, out]).toEqual([0, expect.stringContaining('no universes')]);
    expect(err).toBe('orrery: universe one is damaged and was left out (a row does not fit): begin anew\n');
    const { out: json } = await orrery('universe list --json', { fetch });
    expect(JSON.parse(json)).toEqual({ universes: [], damaged });
  });

  it('are taken to a file that only its owner may read, and made from it again', async () => {
    await orrery('universe create --id mine --seed 3');
    await desk.toy('mine', 'POST', '/notes', { text: 'kept' });
    const path = file('mine.json', 'an older one that everybody may read');
    const { code, out } = await orrery(`universe export mine --out ${path}`);
    expect([code, out]).toEqual([0, expect.stringContaining(`orrery universe import ${path}`)]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect((await orrery(`universe import ${path}`)).err).toContain('there is a universe mine already');
    expect((await orrery(`universe import ${path} --id yours`)).out).toContain(`${URL_BASE}/u/yours/toy`);
    expect(await (await desk.toy('yours', 'GET', '/notes')).text()).toContain('kept');
    const printed = JSON.parse((await orrery('universe export mine --out -')).out);
    expect(printed.layers).toEqual(JSON.parse(readFileSync(path, 'utf8')).layers);
  });

  it('that a file does not hold are refused in one line', async () => {
    await orrery('universe create --id mine');
    const { out } = await orrery('universe export mine --out -');
    for (const [text, says] of [
      [out.slice(0, -100), 'is no export of a universe, or damaged'],
      [out.replace('"version":"', '"version":"x'), 'this export is damaged'],
      [out.replace(/"format":\d+/, '"format":99'), 'written by a newer Orrery'],
    ] as const) {
      const ended = await orrery(`universe import ${file('bad.json', text)} --id other`);
      expect([ended.code, ended.err]).toEqual([2, expect.stringContaining(says)]);
      expect(ended.err.trimEnd().split('\n')).toHaveLength(1);
    }
  });

  it('answer machines in JSON', async () => {
    const made = await orrery('universe create --id mine --json');
    expect(JSON.parse(made.out)).toMatchObject({ id: 'mine', env: { ORRERY_UNIVERSE: 'mine' } });
    expect(JSON.parse((await orrery('universe list --json')).out)).toMatchObject({
      universes: [{ id: 'mine' }],
    });
  });

  it('print an environment that a shell and a .env file take', async () => {
    await orrery('universe create --id mine');
    expect((await orrery('universe env mine')).out).toMatch(/^export ORRERY_UNIVERSE=mine$/m);
    expect((await orrery('universe env mine --format dotenv')).out).toMatch(/^TOY_KEY=toy-/m);
  });

  it('that are not there end with 2 and one line', async () => {
    expect(await orrery('universe show nope')).toEqual({
      code: 2,
      out: '',
      err: 'error: there is no universe nope\n',
    });
  });

  it('are exported to a file and imported from it', async () => {
    await orrery('universe create --id default');
    const { out } = await orrery('universe state export --twin toy');
    const { code, out: said } = await orrery(['universe', 'state', 'import', file('state.json', out)]);
    expect([code, said]).toEqual([0, expect.stringContaining('toy.notes 1')]);
  });
});

describe('faults, time, gestures and the journal', () => {
  beforeEach(() => orrery('universe create --id default --clock frozen --now 2026-03-02T09:00:00Z'));

  it('a fault is put in by kind or preset, shown with its hits, and lifted', async () => {
    expect((await orrery('fault add toy/outage --count 1 --id down')).code).toBe(0);
    await desk.toy('default', 'GET', '/notes');
    const { out } = await orrery('fault list');
    expect(out.split('\n')[1]).toMatch(/^down +outage +twin=toy +1 +1$/);
    expect((await orrery('fault remove down')).code).toBe(0);
    expect((await orrery('fault list')).out).toContain('no faults');
  });

  it('faults of a file are put in; a wrong one is named by its line', async () => {
    const good = file(
      'faults.yaml',
      'faults:\n  - preset: toy/outage\n  - kind: latency\n    params: { fixed: 5ms }\n',
    );
    expect(await orrery(['fault', 'add', '--file', good])).toMatchObject({ code: 0, err: '' });
    const bad = file('bad.yaml', '- kind: outage\n- kind: latancy\n');
    const { code, err } = await orrery(['fault', 'add', '--file', bad]);
    expect([code, err]).toEqual([2, expect.stringMatching(/bad\.yaml:2: .*did you mean latency/)]);
  });

  it('the clock is advanced by a duration or to a moment', async () => {
    expect((await orrery('clock advance 90s')).out).toBe('2026-03-02T09:01:30.000Z  frozen\n');
    expect((await orrery('clock advance 2026-03-03T00:00:00Z --json')).out).toContain(
      '2026-03-03T00:00:00.000Z',
    );
    expect((await orrery('clock advance soon')).err).toContain('5m');
  });

  it('a gesture is done, and the journal shows it beside the exchanges', async () => {
    const done = await orrery([
      'gesture',
      'do',
      'toy.pin',
      '--as',
      'admin@acme.example',
      '--with',
      '{"note":"welcome"}',
    ]);
    expect([done.code, JSON.parse(done.out)]).toEqual([0, { pinned: 'welcome' }]);
    await desk.toy('default', 'POST', '/notes', { text: 'a' });
    const { out } = await orrery('journal');
    expect(out).toMatch(/gesture +toy +pin as admin@acme\.example by operator/);
    expect(out).toMatch(/exchange +toy +200 notes\.create +POST \/notes/);
    expect((await orrery('journal --hash')).out).toMatch(/^[0-9a-f]{64}\n$/);
  });

  it('colour is for terminals only', async () => {
    expect((await orrery('fault list', {}, true)).out).toContain('\u001b[');
    expect((await orrery('fault list')).out).not.toContain('\u001b[');
  });
});

describe('world check', () => {
  it('of good files ends with 0; of bad ones with 1, each error by file and line', async () => {
    const good = file('good.yaml', 'world: good\n');
    expect(await orrery(['world', 'check', good])).toMatchObject({
      code: 0,
      out: expect.stringContaining('valid'),
    });
    const bad = file('bad.yaml', 'world: bad\nslack:\n  chanels: []\npeople:\n  - name: Ann\n');
    const { code, out, err } = await orrery(['world', 'check', good, bad]);
    expect([code, err]).toEqual([1, '']);
    expect(out).toContain('bad.yaml:3: /slack/chanels is not a known key (did you mean channels?)');
    expect(out).toContain('bad.yaml:5: /people/0/email is missing');
  });

  it('of no file, or of no YAML, ends with 2', async () => {
    expect(await orrery('world check nowhere.yaml')).toMatchObject({
      code: 2,
      err: expect.stringContaining('no such file'),
    });
    expect((await orrery(['world', 'check', file('no.yaml', 'a: [1\nb: 2')])).code).toBe(2);
  });
});

describe('coverage', () => {
  it('counts operations that are implemented, stored and lacking, and lists them', async () => {
    const { out } = await orrery('coverage --support gap');
    expect(out).toMatch(/toy +1 +0 +1 +2 +50\.0 %/);
    expect(out).toMatch(/toy +notes\.archive +POST +\/notes\/\{id\}\/archive +gap/);
    expect((await orrery('coverage --twin toi')).err).toContain('did you mean toy?');
  });
});

describe('serve', () => {
  it('prints addresses, a paste-ready environment and the console, and stops when it is told to', async () => {
    const { code, out, err } = await orrery('serve --port 0', { startServer: startOrrery });
    const url = /ready at (http:\/\/127\.0\.0\.1:\d+)/.exec(out)?.[1] as string;
    expect([code, err]).toEqual([0, expect.stringContaining('stopping')]);
    expect(out).toContain(`${url}/u/default/`);
    expect(out).toMatch(/^export ORRERY_UNIVERSE=default$/m);
    expect(out).toMatch(/console +http/);
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  });

  it('answers machines in one JSON document', async () => {
    const { out } = await orrery('serve --port 0 --json', { startServer: startOrrery });
    expect(JSON.parse(out)).toMatchObject({
      id: 'default',
      url: expect.stringContaining('http://127.0.0.1:'),
    });
  });

  it('ends event streams when it stops, so that nobody waits', async () => {
    let url = '';
    let ended: Promise<string> | undefined;
    const { code } = await orrery('serve --port 0', {
      startServer: async (options) => {
        const server = await startOrrery(options);
        url = server.url;
        return server;
      },
      stopped: async () => {
        ended = (await fetch(`${url}/v1/universes/default/events`)).text();
      },
    });
    expect([code, await ended]).toEqual([0, expect.stringContaining('event: end')]);
  });

  it('refuses a host that others reach without an operator key, and says why', async () => {
    const { code, err } = await orrery('serve --host 0.0.0.0');
    expect([code, err]).toEqual([2, expect.stringMatching(/reached by others.*--operator-key/)]);
    expect((await orrery('serve --host 0.0.0.0 --operator-key short')).err).toContain('12');
  });

  it('on a taken port says so', async () => {
    const server = await startOrrery({ port: 0 });
    const { code, err } = await orrery(`serve --port ${server.port}`, { startServer: startOrrery });
    await server.close();
    expect([code, err]).toEqual([2, expect.stringContaining('--port')]);
  });

  it('with a world that is none says what there is', async () => {
    const { code, err } = await orrery('serve --port 0 --world acne', { startServer: startOrrery });
    expect([code, err]).toEqual([2, expect.stringContaining('acme')]);
  });
});
