/** Every kind of fault, by name. A new kind is a file beside this one and a line here. */
import type { FaultKind } from '../fault.ts';
import { commitThenFail } from './commitThenFail.ts';
import { doubleEvents } from './doubleEvents.ts';
import { dropEvents } from './dropEvents.ts';
import { error } from './error.ts';
import { lateEvents } from './lateEvents.ts';
import { latency } from './latency.ts';
import { outage } from './outage.ts';
import { rateLimited } from './rateLimited.ts';
import { reset } from './reset.ts';
import { staleReads } from './staleReads.ts';
import { timeout } from './timeout.ts';

const ALL: readonly FaultKind[] = [
  commitThenFail,
  doubleEvents,
  dropEvents,
  error,
  lateEvents,
  latency,
  outage,
  rateLimited,
  reset,
  staleReads,
  timeout,
];

export const FAULT_KINDS: ReadonlyMap<string, FaultKind> = new Map(ALL.map((kind) => [kind.kind, kind]));
