/** How a server of Node's stops taking requests and lets those in flight end. */
import type { Server } from 'node:http';
import { endUpgrades } from './upgrade.ts';
import { wallTimer } from './wall.ts';

const GRACE_MS = 10_000;
const IDLE_SWEEP_MS = 25;

/** Takes no more connections, finishes what is in flight (at most `graceMs`), then resolves. */
export function stopGently(server: Server, graceMs: number = GRACE_MS): Promise<void> {
  return new Promise((resolve) => {
    const force = wallTimer(graceMs, () => server.closeAllConnections());
    let sweep = () => {};
    endUpgrades(server);
    // A connection that was in use when the stop began is idle only later, and clients keep idle ones open.
    const closeIdle = () => {
      server.closeIdleConnections();
      sweep = wallTimer(IDLE_SWEEP_MS, closeIdle);
    };
    server.close(() => {
      force();
      sweep();
      resolve();
    });
    closeIdle();
  });
}
