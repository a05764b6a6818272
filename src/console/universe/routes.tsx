/** The pages of one universe. */
import type { ConsoleDeps, ConsoleHono } from '../visit.ts';
import { universePage } from './frame.tsx';

/** Adds everything under `/console/u/:universe` but the rooms. */
export function universeRoutes(app: ConsoleHono, deps: ConsoleDeps): void {
  app.get('/console/u/:universe', (c) =>
    c.html(universePage({ universe: deps.universe(c), visit: c.get('visit'), tab: 'journal' })),
  );
}
