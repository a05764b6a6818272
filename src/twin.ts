/**
 * What a twin is made of: a static definition of one vendor. It holds no state; handlers are synchronous and
 * return plain data, and everything that every request shares is done by the pipeline.
 */
import type { ErrorObject } from 'ajv';
import type { DecodedBody } from './body.ts';
import type { ApiError } from './error.ts';
import type { FaultInput } from './fault.ts';
import type { Page, Range } from './range.ts';
import type { Room } from './room.ts';
import { Accept, type SocketKind, type SocketMessage, type SocketTerms } from './socket/kind.ts';
import type { Table } from './table.ts';
import type { HeaderMap, WireReply, WireRequest } from './wire.ts';
import type { PersonNews } from './wiring.ts';
import type { WorldFile } from './world/file.ts';
import type { World } from './world/world.ts';

/** Who is calling, as the credential says. Vendors add what they need. */
export interface Actor {
  /** For the journal and for fault matching: an e-mail, an app's name or id. */
  label: string;
  /** The app that the credential belongs to, where there is one. */
  app?: string;
  scopes?: readonly string[];
}

/** One request as a handler sees it. */
export interface Call<A extends Actor = Actor> {
  readonly world: World;
  /** On an endpoint with `auth: 'none'` it may be missing whatever the type says: ask `caller` there. */
  readonly actor: A;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The decoded body. */
  readonly body: DecodedBody;
  /** What the wire makes of query and body for this endpoint (validated against `endpoint.input`). */
  readonly input: unknown;
  readonly request: WireRequest;
  readonly endpoint: EndpointSpec;
}

/** A JSON-able description of one operation of the vendor. */
export interface EndpointSpec {
  /** The vendor's own operation name. */
  id: string;
  /** `METHOD[|METHOD] /vendor/path/{param}`, in the vendor's own path syntax (`{name}:verb`, `{name=**}` too). */
  route: string;
  /** Scopes that allow it; how they are read is the wire's affair. */
  scopes?: readonly string[];
  /** The rate tier or bucket. */
  tier?: string;
  /** Status of a plain success; 200 where absent, 204 sends no body. */
  status?: number;
  /** `none`: no credential is asked for. */
  auth?: 'none';
  /** JSON Schema of `call.input`. */
  input?: Record<string, unknown>;
  page?: PageSpec;
  /** Its answer says where a WebSocket is: who calls without a port of ours is given one first. */
  handsOut?: 'socket';
  /** `stored`: kept and returned, with no rule behind it. */
  support?: 'stored';
  /** Vendor-specific facts that the wire reads (token kinds, content types, flags). */
  traits?: Readonly<Record<string, unknown>>;
  /** The page that describes it. */
  doc: string;
}

export interface PageSpec {
  /** A name in `wire.pages`. */
  style: string;
  /** Under which key the items are. */
  key?: string;
  default: number;
  max: number;
}

export interface Endpoint extends EndpointSpec {
  handle(call: Call): unknown;
}

/** Names the parameters in a vendor path, for the type of `params`. */
type ParamName<P extends string> = P extends `${string}{${infer N}}${infer Rest}`
  ? (N extends `${infer Head}=${string}` ? Head : N) | ParamName<Rest>
  : never;

/** Ties a description to its handler; `params` is typed from the route. */
export function endpoint<A extends Actor, const R extends string>(
  spec: EndpointSpec & { route: R },
  handle: (call: Call<A> & { readonly params: Readonly<Record<ParamName<R>, string>> }) => unknown,
): Endpoint {
  return { ...spec, handle: handle as unknown as Endpoint['handle'] };
}

/** A handler's answer when it is a list: the pipeline takes one page of it. */
export class Listing<E extends object = object> {
  constructor(
    readonly range: Range<E>,
    readonly view: (row: E) => unknown,
    /** More keys of the envelope. */
    readonly extra: Record<string, unknown> = {},
  ) {}
}

/** `list(range, view)`: answer with a page of `range`, each row shown by `view`. */
export const list = <E extends object>(
  range: Range<E>,
  view: (row: E) => unknown,
  extra?: Record<string, unknown>,
): Listing => new Listing(range, view, extra) as unknown as Listing;

/** A handler's answer that says more than a value: redirects, HTML, bytes, extra headers. */
export class Reply {
  constructor(
    readonly status: number,
    readonly body: unknown,
    readonly headers: readonly (readonly [string, string])[] = [],
    /** `raw`: `body` (text, bytes or nothing) goes out as it is, not through the wire's encoder. */
    readonly raw: boolean = false,
  ) {}
}

/** `reply({status, headers, body})`; `raw` bodies are text or bytes that go out as they are. */
export const reply = (init: {
  status?: number;
  body?: unknown;
  headers?: readonly (readonly [string, string])[];
  raw?: boolean;
}): Reply => new Reply(init.status ?? 200, init.body, init.headers ?? [], init.raw ?? false);

/** A handler's answer that depends on a program's reply; `resume` runs in a second transaction. */
export class CallOut {
  constructor(
    readonly request: EventInput,
    readonly resume: (world: World, outcome: DeliveryOutcome) => unknown,
  ) {}
}

/** Ends the first transaction, calls `request`, and goes on with `resume`, which must read the state again. */
export const callOut = (
  request: EventInput,
  resume: (world: World, outcome: DeliveryOutcome) => unknown,
): CallOut => new CallOut(request, resume);

/** Lets an upgrade request in: the connection becomes one of `twin.sockets[terms.kind]`. */
export const accept = (terms: SocketTerms): Accept => new Accept(terms);

/** Something to be sent to a program. */
export interface EventInput {
  /** A name in `wire.channels`: decides signing, timeout and retries. */
  channel: string;
  /** What it is, for journals and fault matching: `app_mention`, `block_actions`, `user.lifecycle.create`. */
  event: string;
  /** May hold `${name}` that the universe's bindings fill; with an unfilled name nothing is sent. */
  to: string;
  app?: string;
  /** What the channel builds its request from. Plain data. */
  payload: Record<string, unknown>;
  /** Milliseconds of universe time until the first attempt. */
  delayMs?: number;
}

/** How a program answered a delivery. `failure` is set where there was no answer. */
export interface DeliveryOutcome {
  status: number;
  headers: Record<string, string>;
  body: string;
  failure?: 'timeout' | 'connection' | 'refused' | 'unbound' | 'dropped';
}

/** One try to send. */
export interface Attempt extends EventInput {
  id: string;
  /** 1 for the first. */
  attempt: number;
  /** Why the one before failed. */
  lastFailure?: string;
}

export interface DeliveryChannel {
  timeoutMs: number;
  /** Waits before the 2nd, 3rd … attempt, in universe milliseconds. */
  retriesMs: readonly number[];
  /** The request as the vendor signs and sends it, at the moment of sending. */
  request(world: World, attempt: Attempt): { method: string; headers: Record<string, string>; body: string };
  /** The same over a WebSocket, where the delivery is for one (`to` is a `socketAddress`). */
  message?(world: World, attempt: Attempt): SocketMessage;
  /** Whether an attempt that failed so may be followed by the next; where absent, every one may. */
  mayRetry?(outcome: DeliveryOutcome): boolean;
  /** Whether the vendor takes this answer for a delivery. */
  accepted(outcome: DeliveryOutcome): boolean;
  /** Deals with the reply, in a transaction. */
  replied?(world: World, attempt: Attempt, outcome: DeliveryOutcome): void;
}

/** One page style of a vendor: reads the request's paging parameters and writes the envelope. */
export type PageStyle = (
  call: Call,
  listing: Listing,
  spec: PageSpec,
) => { value: unknown; headers?: readonly (readonly [string, string])[] };

export interface RateTier {
  limit: number;
  windowSeconds: number;
}

/** One window that a request counts in. `preview`: it never refuses. */
export interface RateCount {
  key: string;
  tier: RateTier;
  preview?: boolean;
  /** How much of it the request takes; 1 unless said. */
  cost?: number;
  /** One window for requests of every tier. */
  shared?: boolean;
}

/** A caller's window of one tier, after this request was counted. Times in universe milliseconds. */
export interface RateWindow extends RateTier {
  used: number;
  resetsAt: number;
  limited: boolean;
}

/** All that is per vendor about the wire; the endpoints know none of it. */
export interface Wire<A extends Actor = Actor> {
  bodyBytesMax: number;
  /** The request that a program means by another one (a method said in a header); absent where there is no such thing. */
  meant?(request: WireRequest): WireRequest;
  /** Cleans a path before it is routed (double slashes and the like). */
  path?(path: string): string;
  /** Looks the credential up; undefined where there is none or it is not good. Changes nothing. */
  identify(world: World, request: WireRequest, body: DecodedBody): A | undefined;
  /**
   * Whether a request without a credential that `identify` knows carries something that only this world gave out
   * (an upload's secret address, a refresh token, a signed assertion). Changes nothing.
   */
  recognizes?(world: World, request: WireRequest, body: DecodedBody): boolean;
  /** Throws the vendor's refusal for a missing, wrong, expired or revoked credential. */
  authenticate(call: Call<A>): void;
  /** Throws the vendor's refusal where scopes or the kind of credential do not allow the endpoint. */
  authorize(call: Call<A>): void;
  /** What an endpoint takes as its input: JSON body, merged arguments, … */
  input(call: Call<A>): unknown;
  /** Bad input in the vendor's words. */
  invalid(call: Call<A>, errors: readonly ErrorObject[]): ApiError;
  /** A body that cannot be decoded. */
  malformed(call: Call<A>, why: string): ApiError;
  tooLarge(call: Call<A>): ApiError;
  notFound(call: Call<A>): ApiError;
  /** The answer to a browser's question before a page of another origin asks; absent where the vendor has none. */
  preflight?(call: Call<A>): WireReply | undefined;
  /** An operation of the vendor's that the twin lacks; the pipeline adds the `x-orrery-gap` header. */
  gap(call: Call<A>, operation: Operation): ApiError;
  /** Our mistake, in the vendor's form of a 500. */
  unexpected(call: Call<A>): ApiError;
  /** A plain success. */
  success(call: Call<A>, value: unknown, status: number): WireReply;
  /** Any refusal, in the vendor's envelope. `call` may lack an actor and an endpoint. */
  failure(call: Call<A>, error: ApiError): WireReply;
  /** `ok`, `fail` as the vendor's clients would see it; by status where absent. */
  outcome?(reply: WireReply): 'ok' | 'fail';
  pages: Readonly<Record<string, PageStyle>>;
  tiers: Readonly<Record<string, RateTier>>;
  /** The tier that counts for a request, where that is not always the endpoint's. */
  tierOf?(call: Call<A>): string | undefined;
  /** Who shares a window besides the tier: token, app, workspace. */
  rateKey(call: Call<A>): string;
  /** The windows that a request counts in; where absent, the one of its tier by `rateKey`. */
  rateCounts?(call: Call<A>, tier: RateTier): readonly RateCount[];
  /** What an answer takes of windows besides, once it is known; asked where limits are on. */
  rateCharges?(call: Call<A>): readonly RateCount[];
  /** Work for a transaction of its own that a count is worth: a line in the vendor's log. */
  rateNoted?(call: Call<A>, counted: RateCount, window: RateWindow): ((world: World) => void) | undefined;
  /** How many requests are answered at once, where limits are the vendor's own; where absent, any number. */
  concurrentMax?: number;
  rateLimited(call: Call<A>, window: RateWindow): ApiError;
  /** Headers that tell of a window on every answer. `window` is undefined where limits are off. */
  rateHeaders?(call: Call<A>, window: RateWindow | undefined): readonly (readonly [string, string])[];
  /** The vendor's own error by name, for the fault kind `error`; undefined where there is no such name. */
  errorNamed(name: string, params: Readonly<Record<string, unknown>>): ApiError | undefined;
  /** What the vendor answers when it is down. */
  outage(call: Call<A>): ApiError;
  channels: Readonly<Record<string, DeliveryChannel>>;
}

/** Something a person does in the vendor's own screens. Runs in a transaction; may throw `ApiError`. */
export interface Gesture {
  /** JSON Schema of `with`. */
  input: Record<string, unknown>;
  says: string;
  /** `as` is the person's e-mail. */
  perform(world: World, as: string, input: never): unknown;
}

/** A row of `operations.json`: what the vendor has, known by name. */
export interface Operation {
  id: string;
  method: string;
  path: string;
  scopes?: readonly string[];
  tier?: string;
  /** The vendor's own name of the family. */
  tag?: string;
}

/** A credential as `GET …/credentials` lists it. */
export interface CredentialInfo {
  id: string;
  twin: string;
  kind: string;
  as?: string;
  app?: string;
  scopes?: readonly string[];
  expiresAt?: string;
}

export interface CredentialRequest {
  kind: string;
  as?: string;
  app?: string;
  scopes?: readonly string[];
  /** Milliseconds. */
  expiresInMs?: number;
}

export interface Credentials {
  kinds: readonly string[];
  /** The part of the universe document that is this twin's: `{credentials, …}`. */
  document(world: World, base: string): { credentials: Record<string, unknown>; [more: string]: unknown };
  /** Environment variables for a program. */
  env(world: World, base: string): Record<string, string>;
  /** Files that programs sign in by, by the variable that names them. Without a base: with the vendor's own addresses. */
  files?(world: World, base?: string): Record<string, { name: string; content: string }>;
  /** Makes one; throws `ApiError` for an unknown person, app or kind. Returns it with its secret. */
  mint(world: World, request: CredentialRequest): CredentialInfo & { secret: Record<string, unknown> };
  list(world: World): CredentialInfo[];
  /** Says whether there was such a credential. */
  revoke(world: World, id: string): boolean;
  /** Gives every credential a new secret (a fork with `credentials: fresh`). */
  renew(world: World): void;
}

export interface Twin {
  name: string;
  title: string;
  /** Host names of the vendor, `*.` for any subdomain. */
  hosts: readonly string[];
  wire: Wire;
  endpoints: readonly Endpoint[];
  operations: readonly Operation[];
  /** The conversations over WebSockets that it has, by name. */
  sockets?: Readonly<Record<string, SocketKind>>;
  tables: readonly Table<never>[];
  /** Fills the tables from the world file's part and the cast. */
  plant(world: World, file: WorldFile): void;
  gestures: Readonly<Record<string, Gesture>>;
  /** What scheduled work does, by name; each run in a transaction. */
  timers: Readonly<Record<string, (world: World, payload: never) => void>>;
  /** Takes news of a person from a twin that this one is wired to. Runs in a transaction. */
  hears?(world: World, news: PersonNews): void;
  credentials: Credentials;
  presets: Readonly<Record<string, readonly FaultInput[]>>;
  /** Its screens, for the console. */
  room?: Room;
}

export type { HeaderMap, Page, WireReply, WireRequest };
