/** What every page of the console knows of who looks at it, and what routes of the console are given. */
import type { Context, Hono } from 'hono';
import type { ControlOptions } from '../control/route.ts';
import type { Registry } from '../registry.ts';
import type { Caller } from '../tenant.ts';
import type { Universe } from '../universe.ts';

/** What the form before said: shown once, at the top of the next page. */
export interface Notice {
  kind: 'done' | 'wrong';
  text: string;
}

/** One visit of a page. */
export interface Visit {
  caller: Caller;
  /** Whether the server asks for keys: then the page has a way to sign out. */
  keyed: boolean;
  version: string;
  notice?: Notice;
}

/** Hono's environment of every console route. */
export interface ConsoleEnv {
  Variables: { visit: Visit };
}

/** A request to a console page, its visitor known (`c.get('visit')`). */
export type ConsoleContext = Context<ConsoleEnv>;
/** The app that rooms and runs add their pages to. */
export type ConsoleHono = Hono<ConsoleEnv>;

/** What pages are made from. */
export interface ConsoleDeps {
  registry: Registry;
  options: ControlOptions;
  /** The universe of a path with `:universe`, where the visitor may see it; throws a 404 Problem. */
  universe(c: ConsoleContext): Universe;
  /**
   * Does what `/v1` does: the control route of this operationId, validated as a request to it is. Resolves to its
   * JSON value (undefined for 204); throws a Problem or the kernel's ApiError where it is refused.
   */
  call(c: ConsoleContext, operation: string, given?: Given): Promise<unknown>;
  /**
   * For a form: runs `work`, then sends the browser to `to` (303), where what `work` returned is said as done, or what
   * it threw is said as wrong.
   */
  act(c: ConsoleContext, to: string | (() => string), work: () => Promise<string>): Promise<Response>;
}

/** Parameters of a control route, by name. */
export interface Given {
  params?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, unknown>>;
  body?: unknown;
}
