/** What the trial tests share: one scenario, candidates by their bugs, and a run of one trial. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type LoadedCandidate, loadCandidate } from '../../harness/candidate.ts';
import type { Host } from '../../harness/host.ts';
import { type PreparedScenario, prepareScenario } from '../../harness/prepare.ts';
import type { TrialResult } from '../../harness/record.ts';
import { planTrial, tryTrial } from '../../harness/run.ts';
import type { Scenario } from '../../harness/scenario.ts';
import { parseSource } from '../../harness/schema/document.ts';
import { Slots } from '../../harness/slots.ts';

/** `${name}` as files write it. */
export const hole = (name: string) => `$\{${name}}`;

export const STORY: Scenario = {
  scenario: 'pack/approved',
  story: 'Someone asks, the manager approves, they are in.',
  given: {
    requester: { person: { where: "manager != null && department == 'Sales'" } },
    manager: { person: { is: 'requester.manager' } },
    other: { person: { where: 'email != requester.email && email != manager.email' } },
    delay: { duration: { uniform: ['1m', '2m'] } },
  },
  steps: [
    { id: 'ask', as: 'requester', 'slack.post': { channel: 'requests', text: 'figma please' } },
    {
      id: 'prompt',
      wait: { 'slack.message': { to: 'manager', has: 'button', about: 'requester' } },
      within: '5m',
      bind: 'prompt',
    },
    { id: 'wrong', as: 'other', 'slack.click': { message: 'prompt', button: { action: 'approve' } } },
    { id: 'think', sleep: hole('delay') },
    { id: 'approve', as: 'manager', 'slack.click': { message: 'prompt', button: { action: 'approve' } } },
  ],
  end: { quiet: '10s', atMost: '20m' },
  expect: {
    must: [
      {
        id: 'granted',
        that: "inGroup(requester.email, 'figma')",
        after: 'approve',
        within: '2m',
        for: 'end',
      },
      {
        id: 'told',
        that: "replies(steps.ask.message).exists(m, m.byCandidate && m.text.contains('figma'))",
        after: 'approve',
        within: '1m',
      },
    ],
    never: [{ id: 'early', that: "inGroup(requester.email, 'figma')", until: 'approve' }],
    calls: [
      { id: 'polite', to: { twin: 'slack' }, rule: 'respects-retry-after', slack: '50ms' },
      { id: 'once', to: { operation: 'assignUserToGroup' }, count: { max: 1 } },
    ],
    untouched: [
      {
        id: 'collateral',
        except: [
          {
            twin: 'okta',
            table: 'groupMembers',
            where: "row.user == requester.email && row.group == 'figma'",
          },
          { twin: 'slack', table: 'messages' },
        ],
      },
    ],
  },
};

/** A scenario as if it had been read from a file. */
export function prepareStory(change: Partial<Scenario> = {}): PreparedScenario {
  const scenario = { ...STORY, ...change };
  const source = parseSource('story.yaml', JSON.stringify(scenario));
  return prepareScenario({ ...scenario, file: 'story.yaml', source });
}

/** The test program with bugs, as a candidate. */
export function program(bugs: string[], more: Record<string, unknown> = {}): LoadedCandidate {
  const directory = mkdtempSync(join(tmpdir(), 'orrery-harness-'));
  const file = join(directory, 'program.candidate.json');
  const candidate = {
    candidate: 'program',
    version: bugs.join('+') || 'sound',
    command: [process.execPath, resolve(import.meta.dirname, 'program.mjs')],
    env: { PORT: hole('port'), BUGS: bugs.join(',') },
    ready: { socket: `127.0.0.1:${hole('port')}`, within: '10s' },
    delivers: { slack: `http://127.0.0.1:${hole('port')}/events` },
    idle: { url: `http://127.0.0.1:${hole('port')}/idle` },
    ...more,
  };
  writeFileSync(file, JSON.stringify(candidate));
  return loadCandidate(file);
}

/** One trial of the story. */
export async function tryStory(
  host: Host,
  bugs: string[],
  change: Partial<Scenario> = {},
  more: Record<string, unknown> = {},
): Promise<TrialResult> {
  const candidate = program(bugs, more);
  const slots = new Slots(host, candidate, 7, new Map());
  try {
    const plan = planTrial({ seed: 7, aborted: () => false }, candidate, prepareStory(change), 0);
    return await tryTrial(slots, plan, false);
  } finally {
    await slots.close();
  }
}
