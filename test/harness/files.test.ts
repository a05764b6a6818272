import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCandidate } from '../../harness/candidate.ts';
import { durationMs, sayDuration } from '../../harness/duration.ts';
import { loadScenarios } from '../../harness/scenario.ts';
import { parseSource } from '../../harness/schema/document.ts';
import { sayProblem } from '../../harness/schema/problem.ts';
import { scenarioSchema } from '../../harness/schema/scenario.ts';
import { validate } from '../../harness/schema/validate.ts';

const GOOD = `scenario: pack/one
story: A story.
steps:
  - {id: ask, as: a, slack.post: {channel: c, text: hello}}
expect:
  must: [{id: m, that: "true"}]
`;

function problems(text: string): string[] {
  return validate(parseSource('x.yaml', text), scenarioSchema).map(sayProblem);
}

describe('files', () => {
  it('reads both forms of durations and says them back in short words', () => {
    expect(['250ms', '1.5s', '5m', '2h', '7d', 'PT30M', 'P1DT2H'].map(durationMs)).toEqual([
      250, 1500, 300_000, 7_200_000, 604_800_000, 1_800_000, 93_600_000,
    ]);
    expect(['', '5', 'P', 'PT', '5 m'].map(durationMs)).toEqual(Array(5).fill(undefined));
    expect([240, 3200, 270_000, 7_500_000].map(sayDuration)).toEqual(['240ms', '3.2s', '4m 30s', '2h 5m']);
  });

  it('accepts a scenario in the standard form', () => {
    expect(problems(GOOD)).toEqual([]);
  });

  it('names line and nearest key for a misspelt key', () => {
    expect(problems(GOOD.replace('story:', 'storry:'))).toEqual(
      [
        'x.yaml:2:1 /storry: unknown key "storry"; did you mean "story"?',
        'x.yaml:1:1: "story" is missing; add it',
      ].sort((a, b) => (a.includes('missing') ? -1 : b.includes('missing') ? 1 : 0)),
    );
  });

  it('reports every error at once, each with its line', () => {
    const found = problems(GOOD.replace('steps:', 'weight: 0\nend: {quiet: soon}\nsteps:'));
    expect(found).toHaveLength(2);
    expect(found[0]).toContain('x.yaml:3:9 /weight');
    expect(found[1]).toMatch(/x\.yaml:4:\d+ \/end\/quiet: "soon" is not in the right form; write 250ms/);
  });

  it('refuses two scenarios of one name and files of neither kind', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'orrery-files-'));
    writeFileSync(join(directory, 'a.scenario.yaml'), GOOD);
    writeFileSync(join(directory, 'b.yaml'), GOOD);
    writeFileSync(join(directory, 'world.yaml'), 'world: w\n');
    await expect(loadScenarios(directory)).rejects.toThrow(/also the name in/);
  });

  it('says plainly which kinds of candidate are not supported yet', () => {
    const directory = mkdtempSync(join(tmpdir(), 'orrery-files-'));
    const file = join(directory, 'c.candidate.yaml');
    writeFileSync(file, 'candidate: c\nversion: 1\nmodule: ./x.js\n');
    expect(() => loadCandidate(file)).toThrow(/not supported yet: module candidates/);
  });
});
