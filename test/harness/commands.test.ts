import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { registerHarnessCommands } from '../../harness/commands.ts';
import type { RunDocument } from '../../harness/directory.ts';
import type { TrialRecord } from '../../harness/record.ts';
import { program as candidate, hole, STORY } from './bench.ts';
import { FakeHost } from './fake-host.ts';

const HOME = mkdtempSync(join(tmpdir(), 'orrery-commands-'));
const PACK = join(HOME, 'pack');

async function orrery(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let [code, out, err] = [-1, '', ''];
  const command = new Command().exitOverride();
  registerHarnessCommands(command, {
    openHost: () => FakeHost.open(),
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    colour: false,
    version: '0.0.0-test',
    exit: (given) => {
      code = given;
    },
  });
  await command.parseAsync(['node', 'orrery', ...args]);
  return { code, out, err };
}

const trialsOf = (directory: string) =>
  readFileSync(join(directory, 'trials.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as TrialRecord);

const pooled = { reuse: 'pool', resetUrl: `http://127.0.0.1:${hole('port')}/reset` };

beforeEach(() => {
  process.env.ORRERY_DATA = join(HOME, 'data');
});

beforeAll(() => {
  mkdirSync(PACK, { recursive: true });
  const policy = {
    policy: 'release',
    alpha: 0.025,
    looks: 'fixed',
    gate: [
      { that: 'satisfaction.lower >= 0.2', else: 'reject' },
      { that: 'never.violations == 0', because: 'Nobody is in early.', else: 'reject' },
      { that: "latency('p95', 'approve', 'granted') < duration('120s')", else: 'note' },
    ],
  };
  writeFileSync(join(PACK, 'a.scenario.json'), JSON.stringify(STORY));
  const told = { must: STORY.expect.must?.slice(1) };
  writeFileSync(
    join(PACK, 'b.scenario.json'),
    JSON.stringify({ ...STORY, scenario: 'pack/told', expect: told }),
  );
  writeFileSync(join(PACK, 'release.policy.json'), JSON.stringify(policy));
});

describe('orrery run', () => {
  const out = join(HOME, 'one');
  let document: RunDocument;
  let said: Awaited<ReturnType<typeof orrery>>;

  beforeAll(async () => {
    process.env.ORRERY_DATA = join(HOME, 'data');
    const [bad, good] = [candidate(['forgets'], pooled), candidate([], pooled)];
    const files = ['--candidate', bad.file, '--candidate', good.file];
    const policy = ['--policy', join(PACK, 'release.policy.json')];
    said = await orrery(
      'run',
      '--scenarios',
      PACK,
      ...files,
      ...policy,
      '--trials',
      '6',
      '--seed',
      '5',
      '--out',
      out,
    );
    document = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8')) as RunDocument;
  }, 60_000);

  it('finds the build that forgets, the one that does not, and that the second is better', () => {
    expect(said.code).toBe(0);
    expect(document.builds.map(({ satisfaction }) => satisfaction.estimate)).toEqual([0.5, 1]);
    const [, second] = document.builds;
    expect(second?.change?.improved).toEqual([]);
    expect(second?.change).toMatchObject({ delta: 0.5, moved: 'improved', pairs: 12 });
    expect(second?.gate?.verdict).toBe('accept');
    expect(document.builds[0]?.gate?.verdict).toBe('accept');
    expect(said.out).toContain('no longer fails: granted (6 → 0)');
  });

  it('reuses pooled processes and runs a sample again in fresh ones', () => {
    const trials = trialsOf(out);
    expect(
      trials.filter(({ process }) => process.reuse === 'pool' && process.nth > 1).length,
    ).toBeGreaterThan(15);
    expect(document.builds.map(({ checked, flakes }) => [checked, flakes])).toEqual([
      [2, 0],
      [2, 0],
    ]);
  });

  it('leaves a complete directory', () => {
    for (const name of ['run.json', 'trials.jsonl', 'report.html', 'junit.xml', 'summary.md']) {
      expect(existsSync(join(out, name)), name).toBe(true);
    }
    const trials = trialsOf(out);
    const unsatisfied = trials.filter(({ verdict }) => verdict !== 'satisfied');
    for (const { trajectory } of unsatisfied) expect(existsSync(join(out, trajectory ?? 'none'))).toBe(true);
    expect(readFileSync(join(out, 'report.html'), 'utf8')).not.toMatch(/<script|https?:\/\/(?!127)/);
  });

  it('refuses to write over a run, and resumes one without running again what was finished', async () => {
    const again = ['run', '--scenarios', PACK, '--candidate', candidate([], pooled).file, '--out', out];
    expect(await orrery(...again)).toMatchObject({ code: 2, err: expect.stringContaining('--resume') });
    const cut = join(HOME, 'cut');
    mkdirSync(cut);
    const file = candidate([], pooled).file;
    const args = [
      'run',
      '--scenarios',
      PACK,
      '--candidate',
      file,
      '--seed',
      '5',
      '--trials',
      '3',
      '--out',
      cut,
    ];
    await orrery(...args);
    const lines = readFileSync(join(cut, 'trials.jsonl'), 'utf8').split('\n');
    writeFileSync(join(cut, 'trials.jsonl'), `${lines.slice(0, 2).join('\n')}\n{"id": "half`);
    const first = trialsOf(out).length;
    expect((await orrery(...args, '--resume', '--json')).code).toBe(0);
    const trials = trialsOf(cut).filter(({ checks }) => checks === undefined);
    expect(trials).toHaveLength(6);
    expect(trials.slice(0, 2).map((trial) => JSON.stringify(trial))).toEqual(lines.slice(0, 2));
    expect(first).toBeGreaterThan(0);
  }, 60_000);

  it('keeps a ledger in which a changed record shows', async () => {
    expect((await orrery('run', '--verify')).code).toBe(0);
    const file = join(out, 'run.json');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('"seed": 5', '"seed": 6'));
    expect(await orrery('run', '--verify')).toMatchObject({
      code: 1,
      out: expect.stringContaining('was changed'),
    });
    writeFileSync(file, text);
  });

  it('replays a trial with the same draws, and shows satisfaction over builds', async () => {
    const [trial] = trialsOf(out).filter(({ verdict }) => verdict === 'unsatisfied');
    const replayed = await orrery('replay', trial?.id ?? '', '--out', out, '--json');
    expect(replayed.code).toBe(1);
    expect(JSON.parse(replayed.out)).toMatchObject({
      record: { given: trial?.given, verdict: 'unsatisfied' },
    });
    const { out: chart, code } = await orrery('trajectory', '--out', out);
    expect(code).toBe(0);
    expect(chart).toMatch(/program forgets .*●.* 50\.0 %/);
    expect(chart).toMatch(/▲ \+50\.0 points/);
  }, 30_000);

  it('exits 1 where the gate rejects', async () => {
    const args = ['--candidate', candidate(['early']).file, '--policy', join(PACK, 'release.policy.json')];
    const { code, out: text } = await orrery(
      'run',
      '--scenarios',
      PACK,
      ...args,
      '--trials',
      '1',
      '--out',
      join(HOME, 'r'),
    );
    expect(code).toBe(1);
    expect(text).toContain('never.violations = 1');
  }, 30_000);

  it('refuses scenarios that the build could read', async () => {
    const inside = candidate([], { cwd: HOME });
    const { code, err } = await orrery(
      'run',
      '--scenarios',
      PACK,
      '--candidate',
      inside.file,
      '--out',
      join(HOME, 'x'),
    );
    expect(code).toBe(2);
    expect(err).toContain('inside the directory of program sound');
  });
});

describe('orrery scenario check', () => {
  it('says what is sound, what each threshold costs, and what cannot fail', async () => {
    const { code, out } = await orrery('scenario', 'check', PACK);
    expect(code).toBe(0);
    expect(out).toContain('scenario pack/approved');
    expect(out).toContain('takes at least 3 trials');
    const pack = join(HOME, 'idle');
    mkdirSync(pack);
    const lax = { ...STORY, expect: { must: [{ id: 'lax', that: "!inGroup(requester.email, 'figma')" }] } };
    writeFileSync(join(pack, 'lax.scenario.json'), JSON.stringify(lax));
    expect((await orrery('scenario', 'check', pack)).out).toContain('"lax" holds before anything happens');
  });

  it('names every mistake in expressions with its line and the nearest name', async () => {
    const pack = join(HOME, 'wrong');
    mkdirSync(pack);
    const wrong = {
      must: [
        { id: 'a', that: "inGruop(requester.email, 'figma')" },
        { id: 'b', that: "inGroup(requestor.email, 'figma')", after: 'aprove' },
      ],
    };
    writeFileSync(join(pack, 'w.scenario.json'), JSON.stringify({ ...STORY, expect: wrong }, null, 2));
    const { code, err } = await orrery('scenario', 'check', pack);
    expect(code).toBe(2);
    expect(err).toMatch(/w\.scenario\.json:\d+:\d+ \/expect\/must\/0: .*did you mean "inGroup"\?/);
    expect(err).toContain('did you mean "requester"?');
    expect(err).toContain('there is no step "aprove"; did you mean "approve"?');
  });
});
