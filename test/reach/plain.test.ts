/** The plainest programs, with Slack's own address written in: they land in the universe of `orrery exec`. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type BuiltCommand, buildCommand, PROGRAMS_MS } from '../recipes/command.ts';
import { has } from '../recipes/machine.ts';
import { asked, Workspace } from '../recipes/run.ts';

vi.setConfig({ testTimeout: PROGRAMS_MS, hookTimeout: PROGRAMS_MS });

let command: BuiltCommand;
beforeAll(async () => {
  command = await buildCommand();
});
afterAll(() => command.remove());

const TEST = 'https://slack.com/api/api.test';

describe('orrery exec', () => {
  it('brings Node’s own fetch to the twin', async () => {
    await inWorkspace(async (workspace) => {
      workspace.write('program.mjs', `console.log(await (await fetch('${TEST}?a=1')).text());`);
      expect(await workspace.shell('orrery exec -- node program.mjs')).toBe('{"ok":true,"args":{"a":"1"}}\n');
      expect(asked(workspace)).toEqual(['api.test 200']);
    });
  });

  it.skipIf(!has('curl'))('brings curl to the twin', async () => {
    await inWorkspace(async (workspace) => {
      expect(await workspace.shell(`orrery exec -- curl -s ${TEST}?a=1`)).toBe(
        '{"ok":true,"args":{"a":"1"}}',
      );
      expect(asked(workspace)).toEqual(['api.test 200']);
    });
  });
});

async function inWorkspace(work: (workspace: Workspace) => Promise<void>): Promise<void> {
  const workspace = new Workspace(command, {});
  try {
    await work(workspace);
  } finally {
    await workspace.close();
  }
}
