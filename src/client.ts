/**
 * Typed client of the control API, for programs, tests and the command line. One method per call, named as the
 * call's `operationId`. It needs nothing but `fetch`.
 */
import type { CoverageTotals, CoveredOperation } from './control/coverage.ts';
import type { Diff } from './control/diff.ts';
import type { ClockDocument, UniverseDocument, UniverseSummary } from './control/document.ts';
import type { FaultDocument } from './control/faults.ts';
import type { FieldError } from './control/problem.ts';
import type { MintCredential } from './control/routes/credentials.ts';
import type { GestureText } from './control/routes/gestures.ts';
import type { ClockText, CreateUniverse, ForkUniverse } from './control/routes/universes.ts';
import type { StateDocument } from './control/state.ts';
import type { FaultText } from './preset.ts';
import type { Quota } from './tenant.ts';
import { wallSleep } from './wall.ts';

export type {
  ClockDocument,
  CreateUniverse,
  FaultDocument,
  FaultText,
  ForkUniverse,
  StateDocument,
  UniverseDocument,
  UniverseSummary,
};

/** Where the server is, and who asks. */
export interface ClientOptions {
  /** `http://127.0.0.1:4700` unless said. */
  url?: string;
  /** A tenant's or the operator's key. */
  key?: string;
  fetch?: (input: string, init: RequestInit) => Promise<Response>;
}

type Json = Record<string, unknown>;
type Query = Readonly<Record<string, string | number | boolean | undefined>>;
type Clock = ClockDocument & { nextDueAt?: string };
type Tenant = { id: string; name: string; quota: Quota; createdAt: string };
type Snapshot = { id: string; name: string; now: string; createdAt: string };
type Added = FaultDocument | { preset: string; faults: FaultDocument[] };
type Credential = Json & { id: string; twin: string; kind: string };
/** Which entries of a journal. */
export type JournalQuery = { after?: number; kind?: string; twin?: string; limit?: number };
/** One entry; its other fields depend on its kind. */
export type JournalEntry = Json & { seq: number; at: string; wallAt: string; kind: string; twin?: string };
/** A page of a journal; ask for what is behind `next`. */
export interface JournalPage {
  entries: JournalEntry[];
  next: number;
  dropped: number;
  parent?: { universe: string; seq: number };
}
/** An operation that was asked for and is lacking. */
export interface GapDocument {
  twin: string;
  operation: string;
  method: string;
  path: string;
  count: number;
  lastSeq: number;
}
/** One thing that was or is to be sent to a program. */
export interface DeliveryDocument {
  id: string;
  twin: string;
  event: string;
  to: string;
  app?: string;
  status: 'due' | 'delivered' | 'failed' | 'dropped';
  attempts: number;
  createdAt: string;
  dueAt: string;
  lastStatus?: number;
  lastFailure?: string;
}

/** A refusal by the server, with its problem document; `status` 0 where it could not be reached. */
export class OrreryError extends Error {
  override readonly name = 'OrreryError';
  readonly status: number;
  readonly problem: { type?: string; detail?: string; errors?: FieldError[] };

  constructor(status: number, problem: OrreryError['problem'], message: string) {
    super(message);
    this.status = status;
    this.problem = problem;
  }
}

/** A client of the server at `options.url`. Every method rejects with an OrreryError where it is refused. */
export function createClient(options: ClientOptions = {}) {
  const call = caller(options);
  return {
    ...serverCalls(call),
    ...universeCalls(call),
    ...journalCalls(call, options),
    ...faultCalls(call),
    ...clockAndGestureCalls(call),
    ...credentialAndDeliveryCalls(call),
  };
}

/** What `createClient` gives. */
export type OrreryClient = ReturnType<typeof createClient>;

/** Calls that name no universe. */
function serverCalls(call: Call) {
  return {
    getIndex: () => call<Json>('GET', '/v1'),
    listSchemas: () => call<{ schemas: string[] }>('GET', '/v1/schemas'),
    getSchema: (name: string) => call<Json>('GET', `/v1/schemas/${e(name)}`),
    faultCatalogue: () =>
      call<{
        kinds: { kind: string; says: string; params: Json }[];
        presets: { preset: string; twin: string; faults: Json[] }[];
      }>('GET', '/v1/faults'),
    listGestures: () =>
      call<{ gestures: { twin: string; gesture: string; says: string; with: Json }[] }>(
        'GET',
        '/v1/gestures',
      ),
    readCoverage: (query: { twin?: string; support?: string } = {}) =>
      call<{ twins: Record<string, CoverageTotals>; operations: CoveredOperation[] }>(
        'GET',
        '/v1/coverage',
        undefined,
        query,
      ),
    createTenant: (body: { name: string; quota?: Partial<Quota> }) =>
      call<Tenant & { key: string }>('POST', '/v1/tenants', body),
    listTenants: () => call<{ tenants: Tenant[] }>('GET', '/v1/tenants'),
    deleteTenant: (id: string) => call<void>('DELETE', `/v1/tenants/${e(id)}`),
    listRuns: () => call<{ runs: Json[] }>('GET', '/v1/runs'),
    getRun: (id: string) => call<Json>('GET', `/v1/runs/${e(id)}`),
    listTrajectories: (query: { run?: string; limit?: number } = {}) =>
      call<{ trajectories: Json[] }>('GET', '/v1/trajectories', undefined, query),
  };
}

const e = encodeURIComponent;
const at = (universe: string, more = '') => `/v1/universes/${e(universe)}${more}`;

function universeCalls(call: Call) {
  return {
    createUniverse: (body: CreateUniverse = {}) => call<UniverseDocument>('POST', '/v1/universes', body),
    listUniverses: (query: { limit?: number; after?: string } = {}) =>
      call<{ universes: UniverseSummary[]; next?: string }>('GET', '/v1/universes', undefined, query),
    getUniverse: (u: string) => call<UniverseDocument>('GET', at(u)),
    deleteUniverse: (u: string) => call<void>('DELETE', at(u)),
    forkUniverse: (u: string, body: ForkUniverse = {}) =>
      call<UniverseDocument>('POST', at(u, '/fork'), body),
    resetUniverse: (u: string, body: { seed?: number; faults?: FaultText[] } = {}) =>
      call<UniverseDocument>('POST', at(u, '/reset'), body),
    getEnv: (u: string) => call<Record<string, string>>('GET', at(u, '/env')),
    exportState: (u: string, query: { twin?: string; table?: string } = {}) =>
      call<StateDocument>('GET', at(u, '/state'), undefined, query),
    importState: (u: string, body: StateDocument, query: { twin?: string; table?: string } = {}) =>
      call<{ rows: Record<string, Record<string, number>> }>('PUT', at(u, '/state'), body, query),
    diffUniverse: (u: string, query: { from?: string; to?: string; limit?: number } = {}) =>
      call<Diff & { from: string; to: string }>('GET', at(u, '/diff'), undefined, query),
    takeSnapshot: (u: string, body: { name?: string } = {}) =>
      call<Snapshot>('POST', at(u, '/snapshots'), body),
    listSnapshots: (u: string) => call<{ snapshots: Snapshot[] }>('GET', at(u, '/snapshots')),
    restoreSnapshot: (u: string, id: string) =>
      call<UniverseDocument>('POST', at(u, `/snapshots/${e(id)}/restore`)),
    deleteSnapshot: (u: string, id: string) => call<void>('DELETE', at(u, `/snapshots/${e(id)}`)),
  };
}

function journalCalls(call: Call, options: ClientOptions) {
  return {
    readJournal: (u: string, query: JournalQuery = {}) =>
      call<JournalPage>('GET', at(u, '/journal'), undefined, query),
    /** The hash of all entries in canonical form, and how many there are. */
    journalHash: (u: string) =>
      call<{ hash: string; entries: number }>('GET', at(u, '/journal'), undefined, { hash: true }),
    /** Entries from `after` on, then as they come; goes on where it was when the connection breaks. Ends with the universe. */
    streamEvents: (u: string, query: JournalQuery = {}, signal?: AbortSignal) =>
      follow(options, at(u, '/events'), query, signal),
    listGaps: (u: string, query: { twin?: string } = {}) =>
      call<{ gaps: GapDocument[] }>('GET', at(u, '/gaps'), undefined, query),
  };
}

function faultCalls(call: Call) {
  return {
    listFaults: (u: string) => call<{ faults: FaultDocument[] }>('GET', at(u, '/faults')),
    getFault: (u: string, id: string) => call<FaultDocument>('GET', at(u, `/faults/${e(id)}`)),
    addFault: (u: string, body: FaultText) => call<Added>('POST', at(u, '/faults'), body),
    replaceFaults: (u: string, faults: FaultText[]) =>
      call<{ faults: FaultDocument[] }>('PUT', at(u, '/faults'), { faults }),
    putFault: (u: string, id: string, body: FaultText) => call<Added>('PUT', at(u, `/faults/${e(id)}`), body),
    removeFault: (u: string, id: string) => call<void>('DELETE', at(u, `/faults/${e(id)}`)),
    clearFaults: (u: string) => call<void>('DELETE', at(u, '/faults')),
  };
}

function clockAndGestureCalls(call: Call) {
  return {
    getClock: (u: string) => call<Clock>('GET', at(u, '/clock')),
    setClock: (u: string, body: ClockText) => call<Clock>('PATCH', at(u, '/clock'), body),
    advanceClock: (u: string, body: { by: string | number } | { to: string }) =>
      call<Clock>('POST', at(u, '/clock/advance'), body),
    makeGesture: (u: string, body: GestureText) =>
      call<GestureText & { result: unknown }>('POST', at(u, '/gestures'), body),
  };
}

function credentialAndDeliveryCalls(call: Call) {
  return {
    mintCredential: (u: string, body: MintCredential) =>
      call<Credential & { secret: Json }>('POST', at(u, '/credentials'), body),
    listCredentials: (u: string, query: { twin?: string } = {}) =>
      call<{ credentials: Credential[] }>('GET', at(u, '/credentials'), undefined, query),
    revokeCredential: (u: string, id: string, query: { twin?: string } = {}) =>
      call<void>('DELETE', at(u, `/credentials/${e(id)}`), undefined, query),
    listDeliveries: (
      u: string,
      query: { twin?: string; status?: string; after?: string; limit?: number } = {},
    ) =>
      call<{ deliveries: DeliveryDocument[]; next?: string }>('GET', at(u, '/deliveries'), undefined, query),
    getDelivery: (u: string, id: string) =>
      call<DeliveryDocument & { payload: Json }>('GET', at(u, `/deliveries/${e(id)}`)),
    redeliver: (u: string, id: string) =>
      call<DeliveryDocument>('POST', at(u, `/deliveries/${e(id)}/redeliver`)),
  };
}

type Call = <T>(method: string, path: string, body?: unknown, query?: Query) => Promise<T>;

function caller(options: ClientOptions): Call {
  return async <T>(method: string, path: string, body?: unknown, query: Query = {}): Promise<T> => {
    const response = await send(options, addressOf(options, path, query), {
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return (text === '' ? undefined : JSON.parse(text)) as T;
  };
}

function addressOf({ url = 'http://127.0.0.1:4700' }: ClientOptions, path: string, query: Query): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(
    given.map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
  return `${url.replace(/\/+$/, '')}${path}${search ? `?${search}` : ''}`;
}

/** A good answer; throws an OrreryError for any other. */
async function send(
  options: ClientOptions,
  address: string,
  init: RequestInit & { headers: Record<string, string> },
): Promise<Response> {
  const headers = { ...init.headers, ...(options.key ? { authorization: `Bearer ${options.key}` } : {}) };
  const get = options.fetch ?? fetch;
  let response: Response;
  try {
    response = await get(address, { ...init, headers });
  } catch (error) {
    // `fetch` rejects so where no connection can be made; anything else is the caller's affair.
    if (init.signal?.aborted || !(error instanceof TypeError)) throw error;
    const { origin } = new URL(address);
    throw new OrreryError(0, {}, `no server answers at ${origin}: start one with \`orrery serve\``);
  }
  if (response.ok) return response;
  const text = await response.text();
  const problem = (/json/.test(response.headers.get('content-type') ?? '') ? JSON.parse(text) : {}) as Json;
  const detail = typeof problem.detail === 'string' ? problem.detail : text.slice(0, 200);
  throw new OrreryError(response.status, problem, detail || `${response.status}`);
}

const RETRIES_MAX = 5;
const RETRY_MS = 200;

/** Reads the event stream, and opens it again behind the last entry where it breaks. */
async function* follow(
  options: ClientOptions,
  path: string,
  { limit: _limit, ...query }: JournalQuery,
  signal?: AbortSignal,
): AsyncGenerator<JournalEntry, void> {
  let after = query.after ?? 0;
  for (let failures = 0; failures <= RETRIES_MAX && !signal?.aborted; ) {
    try {
      const address = addressOf(options, path, { ...query, after });
      const init = { headers: { accept: 'text/event-stream' }, ...(signal ? { signal } : {}) };
      for await (const event of eventsOf(await send(options, address, init))) {
        if (event.name === 'end') return;
        if (event.name === 'reset') after = 0;
        if (event.name !== undefined) continue;
        failures = 0;
        const entry = JSON.parse(event.data) as JournalEntry;
        after = entry.seq;
        yield entry;
      }
    } catch (error) {
      if (signal?.aborted) return;
      if (error instanceof OrreryError && (error.status >= 400 || failures === RETRIES_MAX)) throw error;
    }
    failures++;
    await wallSleep(failures * RETRY_MS);
  }
}

async function* eventsOf(response: Response): AsyncGenerator<{ name?: string; data: string }, void> {
  const text = new TextDecoder();
  let rest = '';
  for await (const chunk of response.body ?? []) {
    rest += text.decode(chunk, { stream: true });
    const blocks = rest.split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = new Map(block.split('\n').map((line) => line.split(/: (.*)/s, 2) as [string, string]));
      const name = fields.get('event');
      const data = fields.get('data');
      if (data !== undefined) yield { ...(name === undefined ? {} : { name }), data };
    }
  }
}
