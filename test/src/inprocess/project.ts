/** A small project of somebody else's, in a folder of its own, whose tests run in a vitest of their own. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../../src/assets.ts';

const ROOT = PACKAGE_ROOT.pathname;
/** The most that a run may take, in milliseconds. */
export const RUN_MS_MAX = 60_000;

/** What came of a run: titles of tests, and all that was printed. */
export interface Run {
  passed: string[];
  failed: string[];
  output: string;
}

interface Report {
  testResults: { assertionResults: { title: string; status: string }[] }[];
}

/** Runs test files (by name) where this package, vitest, msw and the SDKs are installed. */
export async function runProject(files: Readonly<Record<string, string>>): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), 'orrery-project-'));
  try {
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    writeFileSync(join(folder, 'vitest.config.mjs'), CONFIG);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const output = await vitest(folder);
    const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Report;
    const results = report.testResults.flatMap((one) => one.assertionResults);
    const titles = (status: string) => results.filter((one) => one.status === status).map((one) => one.title);
    return { passed: titles('passed'), failed: titles('failed'), output };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The package's exports, from their sources. */
const EXPORTS = [
  ['orrery/msw', 'src/inprocess/msw.ts'],
  ['orrery/undici', 'src/inprocess/undici.ts'],
  ['orrery/vitest', 'src/inprocess/vitest.ts'],
  ['orrery/client', 'src/client.ts'],
  ['orrery', 'src/main.ts'],
].map(([find = '', file = '']) => ({ find, replacement: join(ROOT, file) }));
const CONFIG = `export default {
  resolve: { alias: ${JSON.stringify(EXPORTS)} },
  test: { pool: 'threads', maxWorkers: 1 },
};`;

function vitest(folder: string): Promise<string> {
  const args = [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--root', folder];
  const more = ['--reporter=default', '--reporter=json', `--outputFile.json=${join(folder, 'report.json')}`];
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' };
  return new Promise((resolve) => {
    execFile(process.execPath, [...args, ...more], { env, timeout: RUN_MS_MAX }, (_error, out, err) =>
      resolve(out + err),
    );
  });
}
