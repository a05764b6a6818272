/** Every call of the control API. A new group is a file beside this one and a line here. */
import type { Route } from '../route.ts';
import { clockRoutes } from './clock.ts';
import { coverageRoutes } from './coverage.ts';
import { credentialRoutes } from './credentials.ts';
import { deliveryRoutes } from './deliveries.ts';
import { envRoutes } from './env.ts';
import { faultRoutes } from './faults.ts';
import { gestureRoutes } from './gestures.ts';
import { journalRoutes } from './journal.ts';
import { parcelRoutes } from './parcels.ts';
import { serverRoutes } from './server.ts';
import { stateRoutes } from './state.ts';
import { tenantRoutes } from './tenants.ts';
import { universeRoutes } from './universes.ts';

export const ROUTES: readonly Route[] = [
  ...serverRoutes,
  ...tenantRoutes,
  ...universeRoutes,
  ...parcelRoutes,
  ...envRoutes,
  ...stateRoutes,
  ...journalRoutes,
  ...faultRoutes,
  ...clockRoutes,
  ...gestureRoutes,
  ...credentialRoutes,
  ...deliveryRoutes,
  ...coverageRoutes,
];
