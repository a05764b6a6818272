/**
 * The machine's own time and timers. The only file of `src` that may touch them: everything inside a
 * universe asks the universe's clock instead, so that runs can be repeated.
 */

/** Milliseconds since the epoch, by the machine's clock. */
export const wallNow = (): number => Date.now();

/** Milliseconds by a clock that never goes back; for durations only. */
export const elapsedNow = (): number => performance.now();

/** The longest delay that the platform's timers hold, in milliseconds; longer waits are taken in parts. */
export const TIMER_MS_MAX = 2_147_483_647;

/** Runs `fire` after `delayMs` of the machine's time. Returns the way to call it off. Never keeps the process up. */
export function wallTimer(delayMs: number, fire: () => void): () => void {
  const handle = setTimeout(fire, Math.min(Math.max(delayMs, 0), TIMER_MS_MAX));
  handle.unref?.();
  return () => clearTimeout(handle);
}

/** Resolves after `delayMs` of the machine's time, or as soon as `signal` is aborted. */
export const wallSleep = (delayMs: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted) return void resolve();
    const wake = () => {
      clearTimeout(handle);
      signal?.removeEventListener('abort', wake);
      resolve();
    };
    const handle = setTimeout(wake, Math.min(Math.max(delayMs, 0), TIMER_MS_MAX));
    signal?.addEventListener('abort', wake, { once: true });
  });
