/** Every call of the control API. A new group is a file beside this one and a line here. */
import type { Route } from '../route.ts';
import { clockRoutes } from './clock.ts';
import { envRoutes } from './env.ts';
import { faultRoutes } from './faults.ts';
import { gestureRoutes } from './gestures.ts';
import { journalRoutes } from './journal.ts';
import { universeRoutes } from './universes.ts';

export const ROUTES: readonly Route[] = [
  ...universeRoutes,
  ...envRoutes,
  ...journalRoutes,
  ...faultRoutes,
  ...clockRoutes,
  ...gestureRoutes,
];
