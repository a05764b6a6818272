/** The pages of one universe. A new tab is a file beside this one, a line here and a line in `frame.tsx`. */
import { journalRoutes } from '../journal/routes.tsx';
import type { ConsoleDeps, ConsoleHono } from '../visit.ts';
import { clockRoutes } from './clock.tsx';
import { deliveryRoutes } from './deliveries.tsx';
import { doorRoutes } from './doors.tsx';
import { faultRoutes } from './faults.tsx';
import { gapRoutes } from './gaps.tsx';
import { lifecycleRoutes } from './lifecycle.tsx';
import { snapshotRoutes } from './snapshots.tsx';

/** Adds everything under `/console/u/:universe` but the rooms. */
export function universeRoutes(app: ConsoleHono, deps: ConsoleDeps): void {
  journalRoutes(app, deps);
  clockRoutes(app, deps);
  faultRoutes(app, deps);
  deliveryRoutes(app, deps);
  gapRoutes(app, deps);
  doorRoutes(app, deps);
  snapshotRoutes(app, deps);
  lifecycleRoutes(app, deps);
}
