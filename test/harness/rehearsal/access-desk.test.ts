/** The access desk under a storm of rate limits: an old and a new build, told apart by the same load. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { rehearse } from './command.ts';

const at = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const build = (version: string) => at(`fixtures/candidates/access-desk/${version}/candidate.yaml`);

/** The shipped storm, made short: the same story, a lighter load, a storm of a second and a half. */
function shortStorm(directory: string): string {
  const storm = parse(readFileSync(at('fixtures/rehearsals/rate-limit-storm.yaml'), 'utf8'));
  storm.load = { ...storm.load, rate: '4/s', ramp: '0s', duration: '3s', timeout: '10s' };
  storm.timeline = [{ ...storm.timeline[0], at: '500ms', for: '1500ms' }];
  storm.levels = storm.levels.filter(({ name }: { name: string }) => name !== 'steady');
  storm.service = { ...storm.service, over: '500ms', hold: '500ms' };
  const file = join(directory, 'storm.yaml');
  writeFileSync(file, stringify(storm));
  return file;
}

describe('a rehearsal of two builds of one program', () => {
  it('tells the build that waits as it is told from the one that gives up, each beside its control', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'orrery-storm-'));
    const file = shortStorm(directory);
    const [old, now] = await Promise.all(
      ['v1', 'v3'].map((name) => rehearse(file, '--through', build(name), '--out', join(directory, name))),
    );
    const [v1, v3] = [old?.document.subjects[0], now?.document.subjects[0]];
    expect(v1).toMatchObject({ verdict: 'broken' });
    expect(v1?.control?.phases[0]).toMatchObject({ failed: 0 });
    expect(v1?.lost).toBeGreaterThan(0);
    expect(v3).toMatchObject({ verdict: 'holds', lost: 0, collateral: { count: 0 } });
    expect(v3?.events[0]?.altered).toBeGreaterThan(0);
    expect([old?.code, now?.code]).toEqual([1, 0]);
    expect(old?.document.schedule).toEqual(now?.document.schedule);
    expect(readFileSync(join(directory, 'v3', 'report.html'), 'utf8')).toContain('access-desk 3.0.0');
  }, 180_000);
});
