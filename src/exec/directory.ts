/**
 * A directory that one command's files live in: nobody else may read it, and it ends with the command. One that was
 * left behind by a process that was killed outright is swept by the next.
 */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A private directory. */
export interface PrivateDirectory {
  path: string;
  /** Writes a file that its owner alone may read; returns its path. */
  write(name: string, content: string | Uint8Array): string;
  remove(): void;
}

const PREFIX = 'orrery-exec-';
const NAME = /^orrery-exec-(\d+)-/;

/** Makes one, mode 0700; removed with `remove`, and at the latest when this process exits. */
export function privateDirectory(parent: string = tmpdir()): PrivateDirectory {
  sweep(parent);
  const path = mkdtempSync(join(parent, `${PREFIX}${process.pid}-`));
  const gone = () => rmSync(path, { recursive: true, force: true, maxRetries: 2 });
  process.once('exit', gone);
  return {
    path,
    write(name, content) {
      const file = join(path, name);
      writeFileSync(file, content, { mode: 0o600 });
      return file;
    },
    remove() {
      process.removeListener('exit', gone);
      gone();
    },
  };
}

function sweep(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = Number(NAME.exec(name)?.[1]);
    if (!pid || alive(pid)) continue;
    try {
      rmSync(join(parent, name), { recursive: true, force: true });
    } catch {
      // Another user's: theirs to sweep.
    }
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
