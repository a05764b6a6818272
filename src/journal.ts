/**
 * The append-only record of a universe. Entries are kept raw and shown (masked, cut) when somebody reads them, so
 * that writing one costs next to nothing. Bounded per universe and per process; a running hash covers all.
 */
import { createHash, type Hash } from 'node:crypto';
import { maskHeaders, maskRow, maskText } from './mask.ts';
import type { Change } from './state.ts';
import type { HeaderMap, Via, WireReply } from './wire.ts';

export type EntryKind = 'exchange' | 'delivery' | 'fault' | 'gesture' | 'clock' | 'state' | 'note';

/** What an exchange was; bodies as text, or their size where they are bytes. */
export interface ExchangeRecord {
  nth: number;
  operation: string;
  method: string;
  path: string;
  actor: string;
  /** From `packHeaders`. */
  requestHeaders: string;
  requestBody: string | undefined;
  reply: WireReply | undefined;
  outcome: 'ok' | 'fail' | 'info';
  ms: number;
  via: Via;
  fault?: readonly string[] | undefined;
  gap?: string | undefined;
}

interface Entry {
  seq: number;
  at: number;
  wallAt: number;
  kind: EntryKind;
  twin: string | undefined;
  exchange?: ExchangeRecord | undefined;
  changes?: readonly Change[] | undefined;
  detail?: Record<string, unknown> | undefined;
  bytes: number;
}

/** An operation that programs asked for and the twin lacks. */
export interface Gap {
  twin: string;
  operation: string;
  method: string;
  /** Of the last such request. */
  path: string;
  count: number;
  lastSeq: number;
}

/** An entry as contract §9 shows it. */
export type ShownEntry = Record<string, unknown> & { seq: number; kind: EntryKind };

export const JOURNAL_BYTES_MAX = 4 * 1024 * 1024;
export const JOURNAL_BODY_CHARS_MAX = 64 * 1024;
/** Operations that the list of gaps holds; no vendor has more that a program would try. */
const GAPS_MAX = 1_000;
/** Headers of a reply that say something of their own; the rest follows from what is hashed anyway. */
const TELLING_HEADERS = new Set(['link', 'location', 'etag', 'retry-after', 'set-cookie', 'x-orrery-gap']);
/** Parts fields of the text that is hashed. */
const FIELD = '\u001f';
/** Parts what was asked from what carried it. */
const CONNECTION_PART = '\u001e';
/** Hashing in batches costs less than entry by entry. */
const HASH_CHARS_BATCH = 32 * 1024;
const CONNECTION_HEADERS = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'date',
  'host',
  'keep-alive',
  'transfer-encoding',
  'user-agent',
  'x-slack-request-timestamp',
  'x-slack-signature',
  'sec-fetch-mode',
  'accept-language',
  'traceparent',
]);

/** Bytes that all journals of a process may hold together. */
export class JournalBudget {
  used = 0;
  constructor(readonly bytesMax: number = 2 * 1024 * 1024 * 1024) {}
}

export class Journal {
  readonly #budget: JournalBudget;
  readonly #bytesMax: number;
  readonly #listeners = new Set<(entry: ShownEntry, changes: readonly Change[]) => void>();
  #entries: Entry[] = [];
  #head = 0;
  #bytes = 0;
  #seq = 0;
  #hash: Hash | undefined;
  #hashedTo = 0;
  #unhashed = '';
  /** Outlives the entries that are dropped. */
  readonly #gaps = new Map<string, Gap>();
  /** Where this journal goes on from: a fork's begins empty behind its parent's end. */
  parent: { universe: string; seq: number } | undefined;

  constructor(budget: JournalBudget, bytesMax: number = JOURNAL_BYTES_MAX) {
    this.#budget = budget;
    this.#bytesMax = bytesMax;
  }

  /** The number of the last entry. */
  get end(): number {
    return this.#seq;
  }

  /** Entries that were dropped to stay within the limits. */
  get dropped(): number {
    return this.#seq - (this.#entries.length - this.#head);
  }

  append(entry: Omit<Entry, 'seq' | 'bytes'>): number {
    const seq = ++this.#seq;
    const { at, wallAt, kind, twin, exchange, changes, detail } = entry;
    const full: Entry = { seq, at, wallAt, kind, twin, exchange, changes, detail, bytes: size(entry) };
    this.#entries.push(full);
    this.#bytes += full.bytes;
    this.#budget.used += full.bytes;
    if (entry.exchange?.gap !== undefined) this.#countGap(full, entry.exchange);
    while (
      (this.#bytes > this.#bytesMax || this.#budget.used > this.#budget.bytesMax) &&
      this.#head < this.#entries.length - 1
    )
      this.#dropOldest();
    if (this.#listeners.size > 0)
      for (const listener of this.#listeners) listener(show(full), full.changes ?? []);
    return seq;
  }

  /** Entries behind `after`, oldest first. */
  page(query: { after?: number; kind?: string; twin?: string; limit: number }): {
    entries: ShownEntry[];
    next: number;
    dropped: number;
  } {
    const entries: ShownEntry[] = [];
    let next = query.after ?? 0;
    const first = this.#seq - (this.#entries.length - this.#head) + 1;
    for (let i = this.#head + Math.max(0, next + 1 - first); i < this.#entries.length; i++) {
      const entry = this.#entries[i] as Entry;
      if (entries.length === query.limit) break;
      next = entry.seq;
      if ((query.kind && entry.kind !== query.kind) || (query.twin && entry.twin !== query.twin)) continue;
      entries.push(show(entry));
    }
    return { entries, next, dropped: this.dropped };
  }

  /** A hash of all entries so far in canonical form (without wall times, way of travel and connection headers). */
  hash(): string {
    for (let i = this.#head; i < this.#entries.length; i++) this.#hashEntry(this.#entries[i] as Entry);
    return this.#updateHash().copy().digest('hex');
  }

  /** Operations that were asked for and are lacking, most asked first. */
  gaps(): Gap[] {
    return [...this.#gaps.values()].sort((a, b) => b.count - a.count || a.lastSeq - b.lastSeq);
  }

  /** Bytes that the entries are counted as. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Calls `listener` after every entry from now on; returns the way to stop. */
  watch(listener: (entry: ShownEntry, changes: readonly Change[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get watchers(): number {
    return this.#listeners.size;
  }

  /** Forgets everything; used by reset. */
  clear(): void {
    this.#budget.used -= this.#bytes;
    this.#entries = [];
    this.#head = 0;
    this.#bytes = 0;
    this.#seq = 0;
    this.#hash = undefined;
    this.#hashedTo = 0;
    this.#unhashed = '';
    this.#gaps.clear();
  }

  #countGap(entry: Entry, { gap, method, path }: ExchangeRecord): void {
    const operation = gap as string;
    const twin = entry.twin ?? '';
    const key = `${twin} ${operation}`;
    const count = (this.#gaps.get(key)?.count ?? 0) + 1;
    if (count > 1 || this.#gaps.size < GAPS_MAX)
      this.#gaps.set(key, { twin, operation, method, path: maskText(path), count, lastSeq: entry.seq });
  }

  #dropOldest(): void {
    const entry = this.#entries[this.#head] as Entry;
    this.#hashEntry(entry);
    this.#entries[this.#head] = undefined as unknown as Entry;
    this.#head++;
    this.#bytes -= entry.bytes;
    this.#budget.used -= entry.bytes;
    if (this.#head > 1024 && this.#head * 2 > this.#entries.length) {
      this.#entries = this.#entries.slice(this.#head);
      this.#head = 0;
    }
  }

  #hashEntry(entry: Entry): void {
    if (entry.seq <= this.#hashedTo) return;
    this.#unhashed += canonicalText(entry);
    this.#hashedTo = entry.seq;
    if (this.#unhashed.length > HASH_CHARS_BATCH) this.#updateHash();
  }

  #updateHash(): Hash {
    this.#hash ??= createHash('sha256');
    this.#hash.update(this.#unhashed);
    this.#unhashed = '';
    return this.#hash;
  }
}

/**
 * A request's headers as one text: thousands of entries that each hold a header object of Node's keep the garbage
 * collector busy. Those of the connection come last, since they say nothing about what was asked.
 */
export function packHeaders(headers: HeaderMap): string {
  let content = '';
  let connection = '';
  for (const name in headers) {
    const line = `${name}:${headers[name]}${FIELD}`;
    if (CONNECTION_HEADERS.has(name)) connection += line;
    else content += line;
  }
  return content + CONNECTION_PART + connection;
}

function unpackHeaders(packed: string): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const line of packed.replace(CONNECTION_PART, '').split(FIELD)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers[line.slice(0, colon)] = line.slice(colon + 1);
  }
  return headers;
}

/**
 * What two equal runs have in common, as text to be hashed: everything but the wall time, the milliseconds, the way of
 * travel and connection headers. Unmasked: nobody can read a hash.
 */
function canonicalText(entry: Entry): string {
  const { exchange, changes } = entry;
  let text = `${entry.seq}${FIELD}${entry.at}${FIELD}${entry.kind}${FIELD}${entry.twin ?? ''}`;
  if (exchange) {
    const { operation, method, path, actor, requestBody, reply, outcome, fault, gap } = exchange;
    text += `${FIELD}${operation}${FIELD}${method}${FIELD}${path}${FIELD}${actor}${FIELD}${outcome}${FIELD}${requestBody}`;
    text += `${FIELD}${fault?.join() ?? ''}${FIELD}${gap ?? ''}${FIELD}${reply?.status}${FIELD}${bodyText(reply?.body)}`;
    const { requestHeaders } = exchange;
    text += FIELD + requestHeaders.slice(0, requestHeaders.indexOf(CONNECTION_PART));
    for (const [name, value] of reply?.headers ?? [])
      if (TELLING_HEADERS.has(name)) text += `${FIELD}${name}:${value}`;
  } else if (changes) {
    for (const { table, key, after } of changes)
      text += `${FIELD}${table.name}/${key}${FIELD}${after ? JSON.stringify(after) : ''}`;
  } else text += FIELD + JSON.stringify(entry.detail);
  return `${text}\n`;
}

function show(entry: Entry): ShownEntry {
  const { seq, kind, twin } = entry;
  const base = {
    seq,
    at: new Date(entry.at).toISOString(),
    wallAt: new Date(entry.wallAt).toISOString(),
    kind,
    ...(twin === undefined ? {} : { twin }),
  };
  if (entry.exchange) return { ...base, ...showExchange(entry.exchange) };
  if (entry.changes) return { ...base, ...entry.detail, changes: entry.changes.map(showChange) };
  return { ...base, ...entry.detail };
}

function showExchange(record: ExchangeRecord): Record<string, unknown> {
  const { reply } = record;
  return {
    operation: record.operation,
    method: record.method,
    path: maskText(record.path),
    actor: record.actor,
    request: { headers: maskHeaders(unpackHeaders(record.requestHeaders)), body: cut(record.requestBody) },
    response: reply
      ? {
          status: reply.status,
          headers: maskHeaders(Object.fromEntries(reply.headers.map(([k, v]) => [k.toLowerCase(), v]))),
          body: cut(bodyText(reply.body)),
        }
      : null,
    outcome: record.outcome,
    ms: record.ms,
    ...(record.fault ? { fault: record.fault } : {}),
    ...(record.gap ? { gap: record.gap } : {}),
    via: record.via,
  };
}

/** A changed row as journals and diffs show it. */
export function showChange(change: Change): Record<string, unknown> {
  const { table, key, before, after } = change;
  const shown = table.secret ? maskRow : (row: object) => row;
  return {
    twin: table.twin,
    table: table.label,
    key: table.secret ? maskText(key) : key,
    ...(before ? { before: shown(before) } : {}),
    ...(after ? { after: shown(after) } : {}),
  };
}

const bodyText = (body: WireReply['body']): string | undefined =>
  typeof body === 'string' || body === undefined ? body : `<${body.length} bytes>`;

function cut(text: string | undefined): string | null {
  if (text === undefined) return null;
  const masked = maskText(text);
  if (masked.length <= JOURNAL_BODY_CHARS_MAX) return masked;
  return `${masked.slice(0, JOURNAL_BODY_CHARS_MAX)}…<cut, ${masked.length} characters>`;
}

/** A rough size, for limits only: characters of the bodies plus a share for the rest. */
function size(entry: Omit<Entry, 'seq' | 'bytes'>): number {
  const { exchange, changes } = entry;
  if (exchange) {
    const body = exchange.reply?.body;
    return 700 + (exchange.requestBody?.length ?? 0) + (typeof body === 'string' ? body.length : 0);
  }
  return changes ? 200 + changes.length * 400 : 300;
}
