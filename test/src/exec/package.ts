/** The package as it is installed, built from these sources into a folder of its own, and run as users run it. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const RUN_MS_MAX = 15_000;

export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

export interface Package {
  /** Where its commands may leave files. */
  folder: string;
  /** `orrery exec …`, to its end. */
  exec(args: readonly string[], more?: { input?: string; env?: Record<string, string> }): Promise<Ended>;
  /** The same, still running. */
  start(args: readonly string[], env?: Record<string, string>): ChildProcess;
  remove(): void;
}

/** Builds it: takes a second. */
export async function buildPackage(): Promise<Package> {
  const folder = mkdtempSync(join(tmpdir(), 'orrery-package-'));
  copyFileSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
  for (const name of ['node_modules', 'twins']) symlinkSync(join(ROOT, name), join(folder, name));
  await promisify(execFile)(process.execPath, ['scripts/build.mjs', join(folder, 'dist')], { cwd: ROOT });
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  const bin = join(folder, 'dist/src/bin.js');
  const start = (args: readonly string[], env: Record<string, string> = {}): ChildProcess =>
    spawn(process.execPath, [bin, 'exec', ...args], {
      env: { ...process.env, ORRERY_HOME: join(folder, 'home'), TMPDIR: temporary, ...env },
      timeout: RUN_MS_MAX,
      killSignal: 'SIGKILL',
    });
  return {
    folder,
    start,
    exec: (args, { input, env } = {}) => ended(start(args, env), input),
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** Waits for a started command. */
export function ended(child: ChildProcess, input?: string): Promise<Ended> {
  let out = '';
  let err = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  child.stdin?.end(input ?? '');
  return new Promise((resolve) => {
    child.once('close', (code) => resolve({ code, out, err }));
  });
}

/** Whether this machine has a program; tests that need one skip without it. */
export async function has(program: string, args: readonly string[] = ['--version']): Promise<boolean> {
  try {
    await promisify(execFile)(program, [...args]);
    return true;
  } catch {
    return false;
  }
}
