import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunOptions, run } from '../../harness/run.ts';
import { hole, prepareStory, program } from './bench.ts';
import { FakeHost } from './fake-host.ts';

let host: FakeHost;
beforeAll(async () => {
  host = await FakeHost.open();
});
afterAll(() => host.close());

const pooled = { reuse: 'pool', resetUrl: `http://127.0.0.1:${hole('port')}/reset` };

function options(change: Partial<RunOptions>): RunOptions {
  return {
    ...{
      id: 'run-test',
      scenarios: [prepareStory()],
      candidates: [program([], pooled)],
      trials: 4,
      seed: 3,
      parallel: 2,
    },
    ...{
      directory: mkdtempSync(join(tmpdir(), 'orrery-run-')),
      resume: false,
      versions: {},
      aborted: () => false,
    },
    progress: () => {},
    ...change,
  };
}

describe('a run', () => {
  it('that is stopped keeps what is done, drops its universes, and goes on when resumed', async () => {
    let done = 0;
    const settings = options({ aborted: () => done >= 2, progress: () => done++, parallel: 1 });
    const stopped = await run(settings, host);
    expect(stopped.status).toBe('stopped');
    expect(stopped.builds[0]?.satisfaction.trials).toBe(2);
    expect(host.universes.size).toBe(0);
    const whole = await run({ ...settings, aborted: () => false, resume: true }, host);
    expect(whole.status).toBe('finished');
    expect(whole.builds[0]?.satisfaction).toMatchObject({ trials: 4, estimate: 1 });
    const lines = readFileSync(join(settings.directory, 'trials.jsonl'), 'utf8').trim().split('\n');
    expect(lines.filter((line) => !line.includes('"checks"'))).toHaveLength(4);
  }, 20_000);

  it('finds a program that only fails once it has been used, by running a sample again in fresh processes', async () => {
    const settings = options({ candidates: [program(['tires'], pooled)], trials: 6, parallel: 1 });
    const { builds } = await run(settings, host);
    expect(builds[0]?.satisfaction.estimate).toBeLessThan(0.5);
    expect(builds[0]).toMatchObject({ checked: 2, flakes: 2 });
    expect(host.universes.size).toBe(0);
  }, 60_000);

  it('stops a build after the round in which it may', async () => {
    const settings = options({ trials: 20, stopWhen: 'satisfaction.trials >= 3', parallel: 1 });
    const { builds, status } = await run(settings, host);
    expect([builds[0]?.satisfaction.trials, status]).toEqual([3, 'finished']);
  }, 20_000);

  it('says of a program that does not start that it does not satisfy, and goes on', async () => {
    const broken = program(['broken'], { command: ['/none/such'] });
    const { builds } = await run(options({ candidates: [broken, program([])], trials: 1 }), host);
    expect(builds.map(({ satisfaction }) => satisfaction.estimate)).toEqual([0, 1]);
  }, 20_000);
});
