/** Rehearsal files: what is wrong with one is said at its line, before anything runs. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadRehearsal } from '../../../harness/rehearsal/prepare.ts';
import { InvalidFile } from '../../../harness/schema/problem.ts';

const GOOD = `rehearsal: small
load:
  rate: 10/s
  duration: 10s
  mix:
    - { name: me, request: { twin: jira, path: /rest/api/3/myself } }
timeline:
  - { name: down, at: 2s, for: 2s, preset: jira/outage }
levels:
  - { name: errors, measure: errors, during: down, above: 5% }
`;

function problems(text: string): string[] {
  const file = join(mkdtempSync(join(tmpdir(), 'orrery-rehearsal-')), 'r.yaml');
  writeFileSync(file, text);
  try {
    loadRehearsal(file);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidFile)) throw error;
    return error.message.split('\n').map((line) => line.slice(line.lastIndexOf('r.yaml')));
  }
}

describe('a rehearsal file', () => {
  it('that is right is read', () => {
    expect(problems(GOOD)).toEqual([]);
  });

  it.each([
    ['a key that nobody knows', 'rate: 10/s', 'rat: 10/s', 'r.yaml:3:3 /load/rat: unknown key "rat"'],
    ['a rate that is none', 'rate: 10/s', 'rate: 10', 'r.yaml:3:9 /load/rate: must be string'],
    [
      'a phase that is not there',
      'during: down',
      'during: donw',
      'there is no phase "donw"; did you mean "down"?',
    ],
    ['a bound of another kind', 'above: 5%', 'above: 5s', '"5s" is no bound of errors; write a share, as 1%'],
    [
      'a level that no control has',
      'errors, during: down, above: 5%',
      'lost, below: 2x',
      'a control has no lost',
    ],
    [
      'a signal that is not declared',
      'errors, during: down, above: 5%',
      'detect, below: 2s',
      'detect needs signals',
    ],
    ['an event after the end', 'at: 2s', 'at: 12s', "this is after the load's end at 10s"],
    [
      'a name in a text that is not there',
      'path: /rest/api/3/myself',
      `path: "/rest/$\{tokn}"`,
      'did you mean "token"?',
    ],
    [
      'an address elsewhere',
      'twin: jira, path: /rest/api/3/myself',
      'url: "http://example.com/"',
      'an address of the candidate',
    ],
  ])('with %s says so, and where', (_what, from, to, said) => {
    expect(problems(GOOD.replace(from, to)).join('\n')).toContain(said);
  });
});
