/** rclone, unmodified and with no base URL: it works on a Drive folder of the universe of `orrery exec`. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type BuiltCommand, buildCommand, PROGRAMS_MS } from '../recipes/command.ts';
import { has } from '../recipes/machine.ts';
import { asked, Workspace } from '../recipes/run.ts';
import { mineRemote } from './rcloneRemote.ts';

vi.setConfig({ testTimeout: PROGRAMS_MS, hookTimeout: PROGRAMS_MS });

let command: BuiltCommand;
let workspace: Workspace;
beforeAll(async () => {
  command = await buildCommand();
});
afterAll(() => command.remove());
beforeEach(() => {
  workspace = new Workspace(command, {});
});
afterEach(() => workspace.close());

/** A remote of the service account's own Drive, and one of the administrator's by the OAuth client's refresh token. */
const REMOTES = `
export RCLONE_CONFIG_ROBOT_TYPE=drive RCLONE_CONFIG_ROBOT_SERVICE_ACCOUNT_FILE="$GOOGLE_APPLICATION_CREDENTIALS"
${mineRemote(1)}
mkdir -p up/sub
echo hello > up/a.txt
echo world > up/sub/b.txt
: > up/empty
`;

/** Runs shell lines under `orrery exec`, with the remotes and a folder \`up\` at hand. */
function underExec(lines: string): Promise<string> {
  workspace.write('script.sh', `set -e${REMOTES}${lines}\n`);
  return workspace.shell('orrery exec -- sh script.sh');
}
const missing = has('rclone') ? '' : ' (skipped: rclone is not here)';
const read = (name: string) => readFileSync(join(workspace.folder, name), 'utf8');

describe.skipIf(missing)(`rclone under orrery exec${missing}`, () => {
  it('copies a folder up, lists it, checks it, and copies it down', async () => {
    const listed = await underExec(`
rclone copy up robot:Box
rclone lsf -R robot:Box | sort
rclone check up robot:Box
rclone check --download up robot:Box
rclone copy robot:Box down`);
    expect(listed.split('\n').filter(Boolean)).toEqual(['a.txt', 'empty', 'sub/', 'sub/b.txt']);
    expect([read('down/a.txt'), read('down/sub/b.txt'), read('down/empty')]).toEqual([
      'hello\n',
      'world\n',
      '',
    ]);
    expect(asked(workspace).filter((line) => !line.endsWith(' 200'))).toEqual([]);
  });

  it('says what differs', async () => {
    await underExec(
      'rclone copy up robot:Box; echo changed > up/a.txt; rclone check up robot:Box || touch differs',
    );
    expect(existsSync(join(workspace.folder, 'differs'))).toBe(true);
  });

  it('sends a file too large for one request in parts, and gets it back whole', async () => {
    await underExec(`
head -c 9000000 /dev/urandom > up/big
rclone copy up robot:Box
rclone copy robot:Box/big down
cmp up/big down/big`);
    expect(asked(workspace).filter((line) => line.endsWith(' 308'))).toHaveLength(1);
  });

  it('works on a person’s Drive by a refresh token, beside what was there', async () => {
    const listed = await underExec(`
rclone copy up mine:Box
rclone moveto mine:Box/a.txt mine:Box/c.txt
rclone deletefile mine:Box/empty
rclone lsf mine:
rclone lsf mine:Box
rclone cat mine:Box/c.txt
rclone about mine: --json`);
    expect(listed).toMatch(/^Box\/\nCompany\/\nc.txt\nsub\/\nhello\n\{/);
  });
});
