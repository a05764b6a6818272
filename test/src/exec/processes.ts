/** What runs on this machine, and waiting for it to change. */
import { readdirSync, readFileSync } from 'node:fs';
import { wallNow, wallSleep } from '../../../src/wall.ts';

/** Waits until `holds`, for at most ten seconds. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = wallNow() + 10_000;
  while (!(await holds())) {
    if (wallNow() > end) throw new Error('it did not come true in ten seconds');
    await wallSleep(20);
  }
}

/** Command lines of this machine's processes. */
export const running = (): string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')];
      } catch {
        return [];
      }
    });
