/** Rehearsal files as types: a load, a timeline of what goes wrong, and the levels that must hold. */
import type { FaultInput } from '../host.ts';
import type { Draw, Step } from '../scenario.ts';

/** One HTTP request, to a twin (`twin`, `path`) or to the candidate (`url`). Texts may hold `${…}`. */
export interface RequestTask {
  twin?: string;
  path?: string;
  url?: string;
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD';
  query?: Record<string, string | number | boolean>;
  headers?: Record<string, string | number | boolean>;
  /** JSON, or a text as it stands. */
  body?: unknown;
  form?: Record<string, string | number | boolean>;
  /** `own` (default for twins): with the universe's credential of that vendor. */
  authorization?: 'own' | 'none';
}

/** What one arrival does: a request, or the steps of a person until `done` (CEL) holds. */
export interface Task {
  name: string;
  weight?: number;
  request?: RequestTask;
  steps?: Step[];
  done?: string;
}

export interface Load {
  /** `50/s`. */
  rate: string;
  arrivals?: 'poisson' | 'even';
  /** From nothing to the rate, evenly; part of `duration`. */
  ramp?: string;
  duration: string;
  /** After this long from its intended arrival a task has failed. */
  timeout?: string;
  /** Tasks under way at most; what arrives beyond is not sent, and counts as failed. */
  inFlight?: number;
  mix: Task[];
}

/** Something that goes wrong `at` an offset, `for` a while (to the end, where not said). */
export interface TimelineEvent {
  name: string;
  says?: string;
  at: string;
  for?: string;
  preset?: string;
  fault?: FaultInput;
  faults?: FaultInput[];
  /** Someone else's load, counted apart. */
  hammer?: { rate: string; mix: Task[] };
}

export interface Service {
  /** A task is good where it succeeds, and within this. */
  within?: string;
  /** The share of good tasks that was promised; what is left is the error budget. */
  objective?: string;
  /** Healthy where, over `over`, at least this share of tasks was good, and so for `hold`. */
  healthy?: string;
  over?: string;
  hold?: string;
}

export interface Level {
  name: string;
  says?: string;
  measure: string;
  /** Only tasks of this name. */
  of?: string;
  /** `all` (default), `before`, `after`, or the name of an event. */
  during?: string;
  /** A duration, `5%`, `30/s`, a number, or `1.5x` of the control's. */
  below?: string | number;
  above?: string | number;
}

/** A rehearsal as its file has it. */
export interface Rehearsal {
  rehearsal: string;
  says?: string;
  world?: string | Record<string, unknown>;
  seed?: number;
  /** The candidate's file, relative to this one. */
  through?: string;
  rateLimits?: 'off' | 'vendor' | Record<string, number>;
  given?: Record<string, Draw>;
  load: Load;
  timeline: TimelineEvent[];
  service?: Service;
  /** What counts as the candidate having noticed: a line of its output, or an expression. */
  signals?: { says?: string; line?: string; that?: string }[];
  /** A state that is as good as health while a fault acts. */
  safe?: string;
  never?: { id: string; says?: string; that: string }[];
  /** Changes that the rehearsal may make more of than the control. */
  allowed?: { twin: string; table: string; where?: string }[];
  levels: Level[];
  control?: boolean;
}
