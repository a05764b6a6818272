/** The console's pages on runs, over directories as the harness writes them. */
import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, openDesk } from '../control/toy.ts';
import { buildOf, findingOf, openRuns, runOf, trialOf, V1, V2 } from './runsRecord.ts';

let runs: ReturnType<typeof openRuns>;
let desk: Desk;
beforeEach(() => {
  runs = openRuns();
  desk = openDesk({ runs: runs.root });
});
afterEach(() => {
  desk.close();
  runs.close();
});

/** A page's status and its text without tags, each run of space one space. */
async function read(path: string) {
  const { status, text } = await desk.call('GET', `/console/${path}`);
  const words = text
    .replace(/^[\s\S]*<main[^>]*>/, '')
    .replace(/<\/main>[\s\S]*$/, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('\u00a0', ' ')
    .replace(/\s+/g, ' ');
  return { status, html: text, words };
}

describe('the list of runs', () => {
  it('says how to make a run where there is none', async () => {
    expect((await read('runs')).words).toContain('orrery run');
    rmSync(runs.root, { recursive: true });
    expect((await read('runs')).status).toBe(200);
  });

  it('has the newest run first, with its last build’s satisfaction, interval and verdict', async () => {
    runs.write('old', runOf({ startedAt: '2026-01-01T00:00:00.000Z' }));
    runs.write('a-new-one', runOf({ startedAt: '2026-02-01T00:00:00.000Z' }));
    const { words } = await read('runs');
    expect(words).toMatch(/a-new-one .*desk 2\.0\.0.*100\.0 % 80\.0–100\.0 % accept .*old /);
  });

  it('names a run whose record is damaged and shows the others', async () => {
    runs.write('cut', '{"run":"cut"');
    runs.write('odd', JSON.stringify({ run: 'odd', builds: 3 }));
    runs.write('good', runOf());
    const { words } = await read('runs');
    expect(words).toMatch(/cut unreadable/);
    expect(words).toMatch(/odd unreadable/);
    expect(words).toContain('100.0 %');
  });

  it('goes on pages where there are many', async () => {
    for (let i = 0; i < 55; i++) {
      runs.write(`r${i}`, runOf({ startedAt: `2026-01-01T00:00:${String(i).padStart(2, '0')}.000Z` }));
    }
    const first = await read('runs');
    expect(first.words).toContain('1 to 50 of 55');
    expect(first.html).not.toContain('/console/runs/r4"');
    expect((await read('runs?at=50')).html).toContain('/console/runs/r4"');
  });

  it('is the operator’s alone on a keyed server', async () => {
    desk.close();
    desk = openDesk({ runs: runs.root, operatorKey: 'operator-key-of-tests' });
    runs.write('secret', runOf());
    const headers = { authorization: 'Bearer operator-key-of-tests' };
    const { body } = await desk.call('POST', '/v1/tenants', { name: 'acme' }, headers);
    const signed = await desk.app.request('http://127.0.0.1:4700/console/signin', {
      method: 'POST',
      body: new URLSearchParams({ key: (body as { key: string }).key }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    const cookie = (signed.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';
    for (const path of ['runs', 'trajectory', 'runs/secret', 'runs/secret/trials', 'runs/secret/live']) {
      const { status, text } = await desk.call('GET', `/console/${path}`, undefined, { cookie });
      expect([path, status, text.includes('desk 2.0.0')]).toEqual([path, 403, false]);
    }
  });
});

describe('a run', () => {
  it('shows satisfaction over its builds as a chart that says its numbers, with a table beside it', async () => {
    runs.write('one', runOf());
    const { html, words } = await read('runs/one');
    expect(html).toMatch(/<svg[^>]*role="img"[^>]*aria-labelledby="over-builds-title"/);
    expect(html).toMatch(/<desc id="over-builds-desc">2 builds, from desk 1\.0\.0 25\.0.% \(20\.0–62\.5.%\)/);
    expect(words).toMatch(/desk 1\.0\.0 25\.0 % 20\.0–62\.5 %/);
    expect(words).toMatch(/desk 2\.0\.0 100\.0 % 80\.0–100\.0 % .*\+75\.0 points improved p = 0\.010/);
  });

  it('shows each story under each build, and leads to the trials behind it', async () => {
    runs.write('one', runOf());
    const { html } = await read('runs/one');
    expect(html).toMatch(
      /<td class="heat h0"[^>]*><a href="[^"]*\/trials\?scenario=desk%2Fgranted&amp;build=aaaaaaaaaaaa">0\/2/,
    );
    expect(html).toMatch(/<td class="heat h5"[^>]*><a href="[^"]*build=bbbbbbbbbbbb">2\/2/);
  });

  it('says what moved and why, from the trials that failed', async () => {
    const failed = { verdict: 'unsatisfied', findings: [findingOf('unsatisfied')] };
    runs.write('one', runOf(), [trialOf('t0', failed), trialOf('t1', { ...failed, index: 1 })]);
    const { words } = await read('runs/one');
    expect(words).toMatch(/desk\/granted 0 of 2 → 2 of 2 improved/);
    expect(words).toContain('no longer fails: They are in the group. (2 → 0)');
    expect(words).not.toMatch(/desk\/refused \d of 2 →/);
  });

  it('does not count what only checks another trial among the reasons', async () => {
    const failed = { verdict: 'unsatisfied', findings: [findingOf('unsatisfied')] };
    runs.write('one', runOf(), [trialOf('t0', failed), trialOf('t0-fresh', { ...failed, checks: 't0' })]);
    expect((await read('runs/one')).words).toContain('They are in the group. (1 → 0)');
  });

  it('keeps unknown trials, unscored stories and broken lines apart', async () => {
    const over = { unknowns: { gap: 2 }, unknownShare: 0.5, unscored: ['desk/refused'] };
    runs.write('one', runOf({ builds: [buildOf('desk 1.0.0', V1, [2, 0], over)] }), ['{"id":"half\n']);
    const { words } = await read('runs/one');
    expect(words).toContain('desk 1.0.0: 2 unknown, a twin lacks an operation');
    expect(words).toContain('no decided trial of desk/refused');
    expect(words).toContain('1 line of trials.jsonl cannot be read');
  });

  it('shows each threshold of the gate with what held and the numbers', async () => {
    runs.write('one', runOf());
    const { words } = await read('runs/one');
    expect(words).toMatch(
      /desk 1\.0\.0 reject policy release .*satisfaction\.lower &gt;= 0\.9 no satisfaction/,
    );
  });

  it('that goes on counts the trials of the build that is being run', async () => {
    const going = { status: 'running', finishedAt: undefined, builds: [buildOf('desk 1.0.0', V1, [0, 2])] };
    const lines = [
      trialOf('b0', { build: V2 }),
      trialOf('b1', { build: V2, index: 1, verdict: 'unsatisfied' }),
    ];
    runs.write('going', runOf(going), lines);
    const before = await read('runs/going');
    expect(before.words).toContain('is being run: so far 1 of 2 trials satisfied');
    expect(before.html).toContain('data-live="/console/runs/going/live"');
    runs.add('going', [trialOf('b2', { build: V2, scenario: 'desk/refused' }), '{"id":"b3"']);
    expect((await read('runs/going')).words).toContain('so far 2 of 3 trials satisfied');
  });

  it('that was killed long ago says so, and how to go on', async () => {
    runs.write('killed', runOf({ status: 'running', builds: [] }), [trialOf('a')]);
    expect((await read('runs/killed')).words).not.toContain('--resume');
    const hourAgo = Date.now() / 1000 - 3_600;
    for (const file of ['run.json', 'trials.jsonl'])
      utimesSync(join(runs.root, 'killed', file), hourAgo, hourAgo);
    expect((await read('runs/killed')).words).toMatch(/silent Nothing was written for 1 h.*--resume/);
  });

  it('that is not there, or whose name leads elsewhere, is not found', async () => {
    writeFileSync(join(runs.root, 'run.json'), JSON.stringify(runOf()));
    for (const id of ['none', '..', '%2e%2e', '..%2f', '.']) {
      expect([id, (await read(`runs/${id}`)).status]).toEqual([id, 404]);
    }
  });

  it('writes what it was told as text, never as markup', async () => {
    const evil = '<script>alert(1)</script>';
    const candidates = [{ candidate: evil, build: V1 }];
    const scenarios = [{ scenario: 'desk/granted', story: evil, weight: 1 }];
    const builds = [buildOf(evil, V1, [0, 0])];
    const bad = trialOf('t0', {
      verdict: 'unsatisfied',
      notes: [evil],
      findings: [findingOf('unsatisfied', { says: evil })],
    });
    runs.write('evil', runOf({ candidates, scenarios, builds }), [
      { ...bad, trajectory: 'trajectories/t0.jsonl' },
    ]);
    runs.trajectory('evil', 't0', [
      { t: 1, kind: 'output', text: evil },
      { t: 2, kind: evil, text: evil, seq: 1 },
    ]);
    for (const path of ['runs', 'trajectory', 'runs/evil', 'runs/evil/trials', 'runs/evil/trials/t0']) {
      const { status, html } = await read(path);
      expect([path, status, html.includes('<script>alert')]).toEqual([path, 200, false]);
    }
  });
});

describe('satisfaction over all builds', () => {
  it('draws every build of every run, oldest first, and leads to its trials', async () => {
    runs.write(
      'b',
      runOf({ startedAt: '2026-01-02T00:00:00.000Z', builds: [buildOf('desk 2.0.0', V2, [2, 2])] }),
    );
    runs.write(
      'a',
      runOf({ startedAt: '2026-01-01T00:00:00.000Z', builds: [buildOf('desk 1.0.0', V1, [0, 2])] }),
    );
    const { html } = await read('trajectory');
    expect(html).toMatch(/<desc[^>]*>2 builds, from desk 1\.0\.0 25\.0.% .* to desk 2\.0\.0 100\.0.%/);
    expect(html).toMatch(/<a href="\/console\/runs\/a\/trials\?build=aaaaaaaaaaaa" aria-label="desk 1\.0\.0/);
  });

  it('is given to programs in the same order, with intervals and what moved', async () => {
    runs.write('b', runOf({ startedAt: '2026-01-02T00:00:00.000Z' }));
    runs.write(
      'a',
      runOf({ startedAt: '2026-01-01T00:00:00.000Z', builds: [buildOf('desk 1.0.0', V1, [0, 2])] }),
    );
    const { body } = await desk.call('GET', '/v1/trajectories');
    const { builds } = body as { builds: { run: string; candidate: string; change?: { moved: string } }[] };
    expect(builds.map(({ run, candidate }) => `${run} ${candidate}`)).toEqual([
      'a desk 1.0.0',
      'b desk 1.0.0',
      'b desk 2.0.0',
    ]);
    expect(builds[2]).toMatchObject({
      satisfaction: { estimate: 1, interval: { lower: 0.8, upper: 1 } },
      change: { moved: 'improved', delta: 0.75 },
      gate: { verdict: 'accept' },
    });
  });

  it('says so where nothing is scored', async () => {
    expect((await read('trajectory')).words).toContain('No build is scored yet.');
  });
});
