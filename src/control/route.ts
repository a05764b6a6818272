/**
 * One definition per call of the control API. The same definition validates, routes, describes itself in
 * `/v1/openapi.json`, and is what `src/client.ts` is checked against.
 */
import type { Registry } from '../registry.ts';
import type { Caller } from '../tenant.ts';
import type { Universe } from '../universe.ts';

/** A JSON Schema (2020-12, as OpenAPI 3.1 takes it). */
export type Schema = Readonly<Record<string, unknown>>;

/** What the composition root tells the control API. */
export interface ControlOptions {
  /** `http://127.0.0.1:4700`, no slash at its end. */
  publicUrl(): string;
  version: string;
  /** Machine milliseconds. */
  startedAt: number;
  /** More Prometheus text, to be put behind the control API's own. */
  serverMetrics?: () => Promise<string>;
  /** Host names that `/` and `/v1` answer to besides loopback and the public URL's. */
  allowedHosts?: readonly string[];
  /** Believe `x-forwarded-host`. */
  trustProxy?: boolean;
  /** Aborted when the server begins to stop: ends event streams, turns `/readyz` to 503. */
  closing?: AbortSignal;
  /** Gives the twins of a universe ports of their own; throws the kernel's ApiError where there are too many. */
  openOrigins?: (universe: Universe) => Promise<void>;
  /** Where the harness keeps its runs. */
  runs?: string;
  /** More schemas to publish under `/v1/schemas/`, by name; loaded when they are asked for. */
  schemas?: () => Promise<Readonly<Record<string, Schema>>>;
}

/** One request as a route's handler sees it: validated. */
export interface Asked<B = unknown, Q = Readonly<Record<string, never>>> {
  readonly registry: Registry;
  readonly options: ControlOptions;
  readonly caller: Caller;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Q;
  readonly body: B;
  readonly headers: Headers;
  readonly signal: AbortSignal;
  /** The universe of a path with `{universe}`; the caller may see it. */
  readonly universe: Universe;
}

/** One way in which a call answers. */
export interface Answer {
  description: string;
  /** Schema of a JSON answer. */
  schema?: Schema;
  /** Media type of an answer that is not JSON (or may be another). */
  media?: string;
}

/** A call. Its first 2xx response is what a handler's plain value is sent as; `undefined` is sent as 204. */
export interface RouteSpec {
  /** `operationId`, and the name of the client's method. */
  id: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `/v1/…/{name}`. */
  path: string;
  summary: string;
  group: string;
  /** Query parameters by name: string, integer, number or boolean. Others are refused. */
  query?: Readonly<Record<string, Schema>>;
  body?: Schema;
  /** The body may be left out; then it is `{}`. */
  bodyOptional?: boolean;
  /** 4 MiB unless said. */
  bodyBytesMax?: number;
  /** The body is rows with keys of the vendors': only `__proto__` is refused. */
  anyKeys?: boolean;
  /** Only with the operator's key. */
  operator?: boolean;
  responses: Readonly<Record<number, Answer>>;
}

/** A call with its handler. */
export interface Route extends RouteSpec {
  handle(asked: Asked): unknown;
}

/** Ties a description to its handler. */
export const route = <B = unknown, Q = Readonly<Record<string, never>>>(
  spec: RouteSpec,
  handle: (asked: Asked<B, Q>) => unknown,
): Route => ({ ...spec, handle: handle as unknown as Route['handle'] });

/** `object({…}, ['required'])`: an object schema that takes no other keys. */
export const object = (
  properties: Readonly<Record<string, unknown>>,
  required: readonly string[] = [],
): Schema => ({ type: 'object', additionalProperties: false, properties, required });

/** The status of a plain answer. */
export const successOf = (spec: RouteSpec): number =>
  Number(Object.keys(spec.responses).find((status) => status.startsWith('2')) ?? 200);
