/** Waits after a load until the program has nothing left to do, so that late work is counted in every run alike. */
import type { Stand } from './conduct.ts';

const QUIET_MS = 500;
const LOOK_MS = 50;
const ASK_MS_MAX = 500;

/** Until the universe was silent for a while and the program, where it can be asked, says that it is idle. */
export async function untilQuiet(
  { universe, process, idle }: Stand,
  atMostMs: number,
  aborted: () => boolean,
): Promise<void> {
  if (!process) return;
  const endAt = performance.now() + atMostMs;
  let silentSince = performance.now();
  const unwatch = universe.watch(() => {
    silentSince = performance.now();
  });
  try {
    while (performance.now() < endAt && !aborted()) {
      const silent = performance.now() - silentSince >= QUIET_MS && universe.inFlight() === 0;
      if (silent && (idle === undefined || (await isIdle(process.url(idle))))) return;
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  } finally {
    unwatch();
  }
}

async function isIdle(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(ASK_MS_MAX) });
    const body = await response.text();
    return response.ok && !/"idle"\s*:\s*false/.test(body);
  } catch {
    return false;
  }
}
