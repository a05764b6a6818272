/**
 * Typed client of the control API, for programs, tests and the command line. One method per call, named as the
 * call's `operationId`. It needs nothing but `fetch`.
 */

import type {
  AddedFault,
  BuildSummary,
  Clock,
  CredentialDocument,
  DeliveryDocument,
  DeliveryStatus,
  GapDocument,
  IndexDocument,
  JournalEntry,
  JournalPage,
  JournalQuery,
  Json,
  RunSummary,
  SnapshotDocument,
  TenantDocument,
  TrialSummary,
  UniverseExport,
} from './client/documents.ts';
import { followJournal, waitForEntry, waitUntilReady } from './client/events.ts';
import { pagesOf } from './client/pages.ts';
import { type Call, type ClientOptions, caller, OrreryError } from './client/transport.ts';
import type { CoverageTotals, CoveredOperation } from './control/coverage.ts';
import type { DamagedDocument } from './control/damaged.ts';
import type { Diff } from './control/diff.ts';
import type { UniverseDocument, UniverseSummary } from './control/document.ts';
import type { FaultDocument } from './control/faults.ts';
import type { MintCredential } from './control/routes/credentials.ts';
import type { GestureText } from './control/routes/gestures.ts';
import type { ClockText, CreateUniverse, ForkUniverse } from './control/routes/universes.ts';
import type { StateDocument } from './control/state.ts';
import type { FaultText } from './preset.ts';
import type { Quota } from './tenant.ts';

export type * from './client/documents.ts';
export type { ClockDocument, TwinDocument } from './control/document.ts';
export type {
  ClientOptions,
  ClockText,
  CreateUniverse,
  DamagedDocument,
  FaultDocument,
  FaultText,
  ForkUniverse,
  GestureText,
  MintCredential,
  Quota,
  StateDocument,
  UniverseDocument,
  UniverseSummary,
};
export { OrreryError };

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
    ...waits(call, options),
  };
}

/** What `createClient` gives. */
export type OrreryClient = ReturnType<typeof createClient>;

/** Calls that name no universe. */
function serverCalls(call: Call) {
  return {
    getIndex: () => call<IndexDocument>('GET', '/v1'),
    /** The OpenAPI document that all these calls are described in. */
    getOpenApi: () => call<Json>('GET', '/v1/openapi.json'),
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
      call<TenantDocument & { key: string }>('POST', '/v1/tenants', body),
    listTenants: () => call<{ tenants: TenantDocument[] }>('GET', '/v1/tenants'),
    deleteTenant: (id: string) => call<void>('DELETE', `/v1/tenants/${e(id)}`),
    listRuns: () => call<{ runs: RunSummary[] }>('GET', '/v1/runs'),
    getRun: (id: string) => call<Json>('GET', `/v1/runs/${e(id)}`),
    listTrajectories: (query: { run?: string; limit?: number } = {}) =>
      call<{ builds: BuildSummary[]; trajectories: TrialSummary[] }>(
        'GET',
        '/v1/trajectories',
        undefined,
        query,
      ),
  };
}

const e = encodeURIComponent;
const at = (universe: string, more = '') => `/v1/universes/${e(universe)}${more}`;

function universeCalls(call: Call) {
  return {
    createUniverse: (body: CreateUniverse = {}) => call<UniverseDocument>('POST', '/v1/universes', body),
    listUniverses: (query: { limit?: number; after?: string } = {}) =>
      call<{ universes: UniverseSummary[]; next?: string; damaged?: DamagedDocument[] }>(
        'GET',
        '/v1/universes',
        undefined,
        query,
      ),
    getUniverse: (u: string) => call<UniverseDocument>('GET', at(u)),
    deleteUniverse: (u: string) => call<void>('DELETE', at(u)),
    forkUniverse: (u: string, body: ForkUniverse = {}) =>
      call<UniverseDocument>('POST', at(u, '/fork'), body),
    resetUniverse: (u: string, body: { seed?: number; faults?: FaultText[] } = {}) =>
      call<UniverseDocument>('POST', at(u, '/reset'), body),
    /** All of it, credentials among it: keep it as you keep those. */
    exportUniverse: (u: string) => call<UniverseExport>('GET', at(u, '/export')),
    /** Makes the universe of an export; under its own id unless said. */
    importUniverse: (body: UniverseExport, query: { id?: string } = {}) =>
      call<UniverseDocument>('POST', '/v1/universes/import', body, query),
    getEnv: (u: string) => call<Record<string, string>>('GET', at(u, '/env')),
    /** The environment as a `.env` file, or as commands for a shell. */
    getEnvText: (u: string, format: 'dotenv' | 'shell') =>
      call<string>('GET', at(u, '/env'), undefined, { format }),
    exportState: (u: string, query: { twin?: string; table?: string } = {}) =>
      call<StateDocument>('GET', at(u, '/state'), undefined, query),
    importState: (u: string, body: StateDocument, query: { twin?: string; table?: string } = {}) =>
      call<{ rows: Record<string, Record<string, number>> }>('PUT', at(u, '/state'), body, query),
    diffUniverse: (u: string, query: { from?: string; to?: string; limit?: number } = {}) =>
      call<Diff & { from: string; to: string }>('GET', at(u, '/diff'), undefined, query),
    takeSnapshot: (u: string, body: { name?: string } = {}) =>
      call<SnapshotDocument>('POST', at(u, '/snapshots'), body),
    listSnapshots: (u: string) => call<{ snapshots: SnapshotDocument[] }>('GET', at(u, '/snapshots')),
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
      followJournal(options, at(u, '/events'), query, signal),
    listGaps: (u: string, query: { twin?: string } = {}) =>
      call<{ gaps: GapDocument[] }>('GET', at(u, '/gaps'), undefined, query),
  };
}

function faultCalls(call: Call) {
  return {
    listFaults: (u: string) => call<{ faults: FaultDocument[] }>('GET', at(u, '/faults')),
    getFault: (u: string, id: string) => call<FaultDocument>('GET', at(u, `/faults/${e(id)}`)),
    addFault: (u: string, body: FaultText) => call<AddedFault>('POST', at(u, '/faults'), body),
    replaceFaults: (u: string, faults: FaultText[]) =>
      call<{ faults: FaultDocument[] }>('PUT', at(u, '/faults'), { faults }),
    putFault: (u: string, id: string, body: FaultText) =>
      call<AddedFault>('PUT', at(u, `/faults/${e(id)}`), body),
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
      call<CredentialDocument & { secret: Json }>('POST', at(u, '/credentials'), body),
    listCredentials: (u: string, query: { twin?: string } = {}) =>
      call<{ credentials: CredentialDocument[] }>('GET', at(u, '/credentials'), undefined, query),
    revokeCredential: (u: string, id: string, query: { twin?: string } = {}) =>
      call<void>('DELETE', at(u, `/credentials/${e(id)}`), undefined, query),
    listDeliveries: (
      u: string,
      query: { twin?: string; status?: DeliveryStatus; after?: string; limit?: number } = {},
    ) =>
      call<{ deliveries: DeliveryDocument[]; next?: string }>('GET', at(u, '/deliveries'), undefined, query),
    getDelivery: (u: string, id: string) =>
      call<DeliveryDocument & { payload: Json }>('GET', at(u, `/deliveries/${e(id)}`)),
    redeliver: (u: string, id: string) =>
      call<DeliveryDocument>('POST', at(u, `/deliveries/${e(id)}/redeliver`)),
  };
}

/** What takes more than one call. */
function waits(call: Call, options: ClientOptions) {
  const { listUniverses } = universeCalls(call);
  const { readJournal } = journalCalls(call, options);
  const { listDeliveries } = credentialAndDeliveryCalls(call);
  return {
    /** Every universe, page by page. */
    allUniverses: () =>
      pagesOf<'universes', UniverseSummary>((after) => listUniverses({ after }), 'universes'),
    /** Every delivery that fits, oldest first. */
    allDeliveries: (u: string, query: { twin?: string; status?: DeliveryStatus } = {}) =>
      pagesOf((after?: string) => listDeliveries(u, { ...query, after }), 'deliveries'),
    /** Every journal entry that there is and that fits, oldest first. */
    async *allEntries(u: string, query: JournalQuery = {}): AsyncGenerator<JournalEntry, void> {
      for (let after = query.after ?? 0; ; ) {
        const page = await readJournal(u, { ...query, after });
        yield* page.entries;
        if (page.next <= after) return;
        after = page.next;
      }
    },
    /**
     * The first entry, past or to come, that fits; rejects with an OrreryError (status 0) where none does within
     * `timeoutMs` (30 s unless said), or the universe ends before.
     */
    waitForEntry: (
      u: string,
      fits: (entry: JournalEntry) => boolean,
      query: JournalQuery & { timeoutMs?: number } = {},
    ) => waitForEntry(options, at(u, '/events'), fits, query),
    /** Resolves once the server takes calls; rejects with an OrreryError (status 0) after `timeoutMs` (30 s unless said). */
    waitUntilReady: (timeoutMs?: number) => waitUntilReady(options, timeoutMs),
  };
}
