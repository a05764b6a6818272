/** The pack against its newest build, by the command as people run it: what `npm run demo` ends with. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BuiltCommand, buildCommand } from '../recipes/command.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const RUN_MS = 180_000;

let command: BuiltCommand;
let folder: string;
beforeAll(async () => {
  command = await buildCommand();
  folder = mkdtempSync(join(tmpdir(), 'orrery-pack-'));
});
afterAll(() => {
  command.remove();
  rmSync(folder, { recursive: true });
});

describe('the newest build of the access desk', () => {
  it(
    'satisfies every scenario of its pack',
    async () => {
      const pack = ['--scenarios', 'scenarios/access-desk'];
      const build = ['--candidate', 'fixtures/candidates/access-desk/v3/candidate.yaml'];
      const how = ['--trials', '1', '--seed', '1', '--out', join(folder, 'run'), '--json'];
      const { stdout } = await promisify(execFile)(
        join(command.bin, 'orrery'),
        ['run', ...pack, ...build, ...how],
        { cwd: ROOT, maxBuffer: 32 * 1024 * 1024 },
      );
      const { builds } = JSON.parse(stdout) as { builds: { satisfaction: { estimate: number } }[] };
      expect(builds[0]?.satisfaction.estimate).toBeCloseTo(1);
    },
    RUN_MS,
  );
});
