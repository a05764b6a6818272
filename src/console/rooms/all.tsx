/** The twins' rooms: the state of each twin as its people would see it. */
import type { ConsoleDeps, ConsoleHono } from '../visit.ts';

/** Adds the rooms' pages, `/console/u/:universe/rooms/:twin`. */
export function roomRoutes(_app: ConsoleHono, _deps: ConsoleDeps): void {}
