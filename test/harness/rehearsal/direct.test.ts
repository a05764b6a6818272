/** A rehearsal against the twins themselves, from the command line to its exit code. */
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { rehearse as run } from './command.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'orrery-direct-'));
});

const RATE = '60/s';
const DOWN = `{ name: down, at: 300ms, for: 400ms, fault: { kind: outage, match: { twin: okta }, probability: 0.5 } }`;
const LEVEL = '{ name: okta-fails, measure: errors, during: down, of: okta, above: 10% }';

function file(change: { timeline?: string; levels?: string; rate?: string; more?: string } = {}): string {
  const path = join(directory, 'r.yaml');
  writeFileSync(
    path,
    `rehearsal: half-gone
seed: 5
load:
  rate: ${change.rate ?? RATE}
  duration: 1s
  timeout: 8s
  mix:
    - { name: okta, weight: 4, request: { twin: okta, path: /api/v1/groups, query: { limit: 1 } } }
    - { name: jira, request: { twin: jira, path: /rest/api/3/myself } }
service: { over: 100ms, hold: 200ms }
timeline: [${change.timeline ?? DOWN}]
levels: [${change.levels ?? LEVEL}]
${change.more ?? ''}`,
  );
  return path;
}

const rehearse = (path: string) => run(path, '--out', join(directory, 'out'));

describe('orrery rehearse', () => {
  it('gives the same load and the same verdicts for the same seed', async () => {
    const runs = [await rehearse(file()), await rehearse(file())];
    const told = runs.map(({ code, document: { schedule, subjects } }) => ({
      ...{ code, schedule },
      levels: subjects[0]?.levels.map(({ name, verdict }) => [name, verdict]),
      // How many is up to the machine: an arrival at the very end of a fault may come just before or behind it.
      failed: Object.keys(subjects[0]?.rehearsed?.phases[0]?.byKind ?? {}),
    }));
    expect(told[0]).toEqual(told[1]);
    expect(told[0]?.code).toBe(0);
  }, 60_000);

  it('finds when the service was ill and well again, and which work was lost beside the control', async () => {
    const { document } = await rehearse(file());
    const [subject] = document.subjects;
    const [event] = subject?.events ?? [];
    expect(event).toMatchObject({ event: 'down', degraded: true, automated: true });
    expect(event?.recoverMs).toBeGreaterThan(200);
    expect(event?.liftedMs).toBeLessThan(1_000);
    expect(subject?.lost).toBe(subject?.rehearsed?.phases[0]?.failed);
    expect(subject?.control?.phases[0]).toMatchObject({ failed: 0, budget: 0 });
    expect(Object.keys(subject?.rehearsed?.phases[0]?.byKind ?? {})).toEqual(['503']);
    for (const name of ['rehearsal.json', 'samples.jsonl', 'report.html']) {
      expect(existsSync(join(directory, 'out', name))).toBe(true);
    }
    const lines = readFileSync(join(directory, 'out', 'samples.jsonl'), 'utf8')
      .trim()
      .split('\n');
    expect(lines).toHaveLength(2 * document.schedule.arrivals);
  }, 60_000);

  it('says no where a level is broken', async () => {
    const { code, document } = await rehearse(file({ levels: '{ name: none, measure: errors, below: 1% }' }));
    expect([code, document.verdict]).toEqual([1, 'broken']);
    expect(document.subjects[0]?.reason).toContain('none: ');
  }, 60_000);

  it('says nothing where nothing met the fault, or too few came for a percentile', async () => {
    const elsewhere = '{ name: down, at: 300ms, preset: slack/outage }';
    const levels = '{ name: back, measure: recover, below: 1s }, { name: tail, measure: p99.9, below: 1s }';
    const { code, document } = await rehearse(file({ timeline: elsewhere, levels }));
    expect([code, document.verdict]).toEqual([3, 'inconclusive']);
    expect(document.subjects[0]?.notes).toContain('nothing met the faults of down');
    expect(document.subjects[0]?.reason).toContain('too few for p99.9');
  }, 60_000);

  it('says nothing where the load was more than can be served with nothing wrong', async () => {
    const path = file({ rate: '2000/s' });
    writeFileSync(path, readFileSync(path, 'utf8').replace('  timeout: 8s', '  timeout: 8s\n  inFlight: 1'));
    const { code, document } = await rehearse(path);
    expect([code, document.verdict]).toEqual([3, 'inconclusive']);
  }, 60_000);

  it('refuses a fault that no twin can have, at its line', async () => {
    const { code, err } = await rehearse(file({ timeline: '{ name: down, at: 0s, preset: okta/outrage }' }));
    expect(code).toBe(2);
    expect(err).toMatch(/r\.yaml:\d+:\d+ \/timeline\/0: there is no preset okta\/outrage/);
  }, 60_000);
});
