/** rclone, unmodified: what it does on a Drive beyond copying, and uploads over a line that breaks. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { mineRemote } from '../../../reach/rcloneRemote.ts';
import { type BuiltCommand, buildCommand, PROGRAMS_MS } from '../../../recipes/command.ts';
import { has } from '../../../recipes/machine.ts';
import { asked, Workspace } from '../../../recipes/run.ts';

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

const REMOTE = `
${mineRemote(5)}
mkdir -p up/sub
echo hello > up/a.txt
echo world > up/sub/b.txt
`;

/**
 * Stands between a program and its proxy, and cuts one connection after so many bytes of what the program sends, and one
 * after so many answers' bytes.
 */
const CUTTER = `
import { connect, createServer } from 'node:net';
const { port, hostname } = new URL(process.env.HTTPS_PROXY);
let sentCuts = 1;
let saidCuts = 1;
const server = createServer((client) => {
  const line = connect(Number(port), hostname);
  let sent = 0;
  let said = 0;
  const cut = () => { client.destroy(); line.destroy(); };
  client.on('data', (bytes) => {
    sent += bytes.length;
    if (sent > 5_000_000 && sentCuts-- > 0) return cut();
    line.write(bytes);
  });
  line.on('data', (bytes) => {
    said += bytes.length;
    if (sent > 9_000_000 && saidCuts-- > 0) return cut();
    client.write(bytes);
  });
  for (const end of [client, line]) end.on('error', cut).on('close', cut);
});
server.listen(0, '127.0.0.1', () => console.log('http://127.0.0.1:' + server.address().port));
`;

/** Runs shell lines under \`orrery exec\`, with the remote and a folder \`up\` at hand. */
function underExec(lines: string): Promise<string> {
  workspace.write('script.sh', `set -e${REMOTE}${lines}\n`);
  workspace.write('cutter.mjs', CUTTER);
  return workspace.shell('orrery exec -- sh script.sh');
}
const missing = has('rclone') ? '' : ' (skipped: rclone is not here)';
const read = (name: string) => readFileSync(join(workspace.folder, name), 'utf8');

describe.skipIf(missing)(`rclone${missing}`, () => {
  it('syncs a folder: what is new comes, what is gone goes, what moved is moved, times stay', async () => {
    const said = await underExec(`
touch -d '2021-02-03T04:05:06Z' up/a.txt
rclone sync up mine:Box
rm up/sub/b.txt; echo new > up/c.txt
rclone sync up mine:Box
rclone lsf -R mine:Box | sort
rclone moveto mine:Box/c.txt mine:Box/deep/d.txt
rclone cat mine:Box/deep/d.txt
rclone lsjson --files-only mine:Box > listed.json
rclone copy mine:Box/a.txt server
rclone check up/a.txt mine:Box || true
rclone size mine:Box --json`);
    expect(said.split('\n').filter(Boolean).slice(0, 4)).toEqual(['a.txt', 'c.txt', 'sub/', 'new']);
    const [listed] = JSON.parse(read('listed.json')) as Record<string, unknown>[];
    expect(listed).toMatchObject({
      Path: 'a.txt',
      Size: 6,
      MimeType: 'text/plain',
      ModTime: '2021-02-03T04:05:06.000Z',
    });
    expect(said).toContain('"count":2');
  });

  it('copies within the Drive without its bytes, finds doubles, empties the trash', async () => {
    const said = await underExec(`
rclone copy up mine:Box
rclone copy mine:Box mine:Twice
rclone lsf -R mine:Twice | sort
rclone mkdir mine:Doubles
rclone copy up/a.txt mine:Doubles
cp up/a.txt up/e.txt
rclone copyto --ignore-existing up/e.txt mine:Doubles/e.txt
rclone moveto mine:Doubles/e.txt mine:Doubles/f.txt
rclone dedupe --dedupe-mode newest mine:Doubles
rclone lsf mine:Doubles | sort
rclone delete mine:Doubles
rclone lsf --drive-trashed-only -R mine: | sort
rclone cleanup mine:
rclone lsf --drive-trashed-only -R mine: | wc -l
rclone backend drives mine:
rclone backend get mine: chunk_size || true
rclone about mine: --json | head -1`);
    expect(said.split('\n').slice(0, 3)).toEqual(['a.txt', 'sub/', 'sub/b.txt']);
    expect(said).toContain('Doubles/f.txt');
    expect(asked(workspace)).toContain('drive.files.copy 200');
  });

  it('sends a large file over a line that breaks in a part, and once before the answer came', async () => {
    await underExec(`
node cutter.mjs > cutter.txt &
cutter=$!
trap "kill $cutter" EXIT
while ! test -s cutter.txt; do sleep 0.1; done
head -c 20000000 /dev/urandom > up/big
HTTPS_PROXY=$(cat cutter.txt) https_proxy=$(cat cutter.txt) rclone copy --drive-chunk-size 4M up/big mine:Box
rclone copy mine:Box/big down
cmp up/big down/big`);
    expect(asked(workspace).filter((line) => line.endsWith(' 308')).length).toBeGreaterThan(3);
  });
});
