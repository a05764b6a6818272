/** What the control API's documents look like to the client: the types of its answers, by the kernel's own where it has them. */
import type { ClockDocument } from '../control/document.ts';
import type { FaultDocument } from '../control/faults.ts';
import type { Quota } from '../tenant.ts';
import type { CredentialInfo } from '../twin.ts';

/** JSON of which no more is said. */
export type Json = Record<string, unknown>;
/** A clock; `nextDueAt` is when the next scheduled work falls due. */
export type Clock = ClockDocument & { nextDueAt?: string };
/** Who owns universes. */
export type TenantDocument = { id: string; name: string; quota: Quota; createdAt: string };
/** A named point to return to. */
export type SnapshotDocument = { id: string; name: string; now: string; createdAt: string };
/** A whole universe, to be taken to another server; it holds credentials. */
export type UniverseExport = Json & { orrery: 'universe'; format: number; version: string };
/** What was put in: one fault, or all of a preset. */
export type AddedFault = FaultDocument | { preset: string; faults: FaultDocument[] };
/** A credential without its secret. */
export type CredentialDocument = CredentialInfo;

/** What is at a server. */
export interface IndexDocument {
  name: 'orrery';
  version: string;
  /** Whose universes are seen with this key. */
  tenant: string;
  twins: string[];
  worlds: string[];
  links: Record<string, string>;
}

/** One run of the harness. */
export interface RunSummary {
  id: string;
  status?: string;
  startedAt?: string;
  finishedAt?: string;
  seed?: number;
  trials?: number;
  candidates?: unknown[];
}

/** One build of a run: how much of it satisfied, against the build before it, and what the gate said. */
export interface BuildSummary {
  run: string;
  startedAt?: string;
  candidate?: string;
  build?: string;
  /** Who made it: commit, agent, model, … */
  provenance?: Record<string, unknown>;
  /** Shares, 0 to 1; `estimate` is null where nothing was decided. */
  satisfaction?: {
    estimate: number | null;
    interval: { lower: number; upper: number };
    best: number;
    worstCase: number;
    trials: number;
    unknownShare: number;
  };
  change?: {
    from: string;
    delta: number;
    interval: { lower: number; upper: number };
    p: number;
    pairs: number;
    moved: 'improved' | 'regressed' | 'same';
    improved: string[];
    regressed: string[];
  };
  gate?: { policy: string; verdict: string; reason: string };
}

/** One trial of a run. */
export interface TrialSummary {
  run: string;
  trial: string;
  candidate?: string;
  build?: string;
  scenario?: string;
  index?: number;
  seed?: number;
  verdict?: string;
  score?: number;
  /** Where the recorded trajectory lies, where it was kept. */
  trajectory?: string;
}

/** Kinds of journal entries. */
export type EntryKind = 'exchange' | 'delivery' | 'fault' | 'gesture' | 'clock' | 'state' | 'note';

/** Which entries of a journal. */
export type JournalQuery = { after?: number; kind?: EntryKind; twin?: string; limit?: number };
/** One entry; its other fields depend on its kind. */
export type JournalEntry = Json & { seq: number; at: string; wallAt: string; kind: EntryKind; twin?: string };
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
/** Where a delivery stands. */
export type DeliveryStatus = 'due' | 'delivered' | 'failed' | 'dropped';

/** One thing that was or is to be sent to a program. */
export interface DeliveryDocument {
  id: string;
  twin: string;
  event: string;
  to: string;
  app?: string;
  status: DeliveryStatus;
  attempts: number;
  createdAt: string;
  dueAt: string;
  lastStatus?: number;
  lastFailure?: string;
  /** The faults that acted on it. */
  fault?: string[];
}
