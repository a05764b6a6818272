/**
 * An entry of the journal: as text while it is kept, and as contract §9 shows it. Text, since thousands of entries
 * kept as objects cost the garbage collector more than making them does. Told is what two equal runs have in common
 * and what the running hash covers; carried is the rest: wall time, way of travel, headers of the connection.
 */
import { createHash } from 'node:crypto';
import { maskHeaders, maskRow, maskText } from './mask.ts';
import type { Change } from './state.ts';
import type { HeaderMap, Via, WireReply } from './wire.ts';

export type EntryKind = 'exchange' | 'delivery' | 'fault' | 'gesture' | 'clock' | 'state' | 'note';

/** What an exchange was; bodies as text, or their size where they are bytes. */
export interface ExchangeRecord {
  operation: string;
  method: string;
  path: string;
  actor: string;
  /** From `packHeaders`. */
  requestHeaders: PackedHeaders;
  requestBody: string | undefined;
  reply: WireReply | undefined;
  outcome: 'ok' | 'fail' | 'info';
  ms: number;
  via: Via;
  fault?: readonly string[] | undefined;
  gap?: string | undefined;
}

/** What is to be written down; times in milliseconds. */
export interface Entry {
  at: number;
  wallAt: number;
  kind: EntryKind;
  twin: string | undefined;
  exchange?: ExchangeRecord | undefined;
  changes?: readonly Change[] | undefined;
  detail?: Record<string, unknown> | undefined;
}

/** An entry as contract §9 shows it. */
export type ShownEntry = Record<string, unknown> & { seq: number; kind: EntryKind };

/** A request's headers as lines: those that say what is asked, and those of the connection. */
export interface PackedHeaders {
  content: string;
  connection: string;
}

export const JOURNAL_BODY_CHARS_MAX = 64 * 1024;
/** Kept past the cut, so that a credential across it is masked before it is cut. */
const CUT_MARGIN = 4 * 1024;
/** Part fields, and lines within a field. Neither can be in JSON, a form or a header; elsewhere they are replaced. */
const FIELD = '\u001f';
const LINE = '\u001e';
/** Marks a body that is there, so that an empty one differs from none. */
const PRESENT = '=';
/** Headers of a reply that say something of their own; the rest follows from what is told anyway. */
const TELLING_HEADERS = new Set(['link', 'location', 'etag', 'retry-after', 'set-cookie', 'x-orrery-gap']);
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
  'proxy-authorization',
  'proxy-connection',
  'x-orrery-key',
  'x-orrery-universe',
]);

/** Packs a request's headers. */
export function packHeaders(headers: HeaderMap): PackedHeaders {
  let content = '';
  let connection = '';
  for (const name in headers) {
    const line = `${name}:${headers[name]}${LINE}`;
    if (CONNECTION_HEADERS.has(name)) connection += line;
    else content += line;
  }
  return { content, connection };
}

/** What equal runs have in common, as a line. Unmasked: who reads entries goes through `shown`, and nobody can read a hash. */
export function toldText(seq: number, entry: Entry): string {
  const { at, kind, twin, exchange, changes, detail } = entry;
  const text = `${seq}${FIELD}${at}${FIELD}${kind}${FIELD}${twin ?? ''}`;
  if (exchange) return `${text}${FIELD}${toldExchange(exchange)}\n`;
  if (changes) {
    let rows = '';
    for (const { table, key, after } of changes)
      rows += `${FIELD}${table.name}${LINE}${key}${LINE}${table.secret ? 1 : 0}${LINE}${rowText(after)}`;
    return `${text}${rows}\n`;
  }
  return `${text}${FIELD}${clean(JSON.stringify(detail))}\n`;
}

/** What differs between equal runs, and what only a reader wants. */
export function carriedText({ wallAt, exchange, changes }: Entry): string {
  if (exchange) {
    let headers = '';
    for (const [name, value] of exchange.reply?.headers ?? []) headers += `${name}:${value}${LINE}`;
    return `${wallAt}${FIELD}${exchange.ms}${FIELD}${exchange.via}${FIELD}${exchange.requestHeaders.connection}${FIELD}${headers}`;
  }
  if (!changes) return `${wallAt}`;
  let rows = `${wallAt}`;
  for (const { before } of changes) rows += FIELD + rowText(before);
  return rows;
}

/** The kind and the twin of an entry, for who looks for some only. */
export function sortOf(told: string): { kind: string; twin: string } {
  const [, , kind = '', twin = ''] = told.split(FIELD, 4);
  return { kind, twin };
}

/** An entry read back and masked. */
export function shown(told: string, carried: string): ShownEntry {
  const [seq, at, kind, twin, ...fields] = told.slice(0, -1).split(FIELD);
  const rest = carried.split(FIELD);
  const base = {
    seq: Number(seq),
    at: new Date(Number(at)).toISOString(),
    wallAt: new Date(Number(rest[0])).toISOString(),
    kind: kind as EntryKind,
    ...(twin ? { twin } : {}),
  };
  if (kind === 'exchange') return { ...base, ...shownExchange(fields, rest) };
  if (kind === 'state') {
    const changes = fields.map((field, i) => shownRow(field, rest[i + 1] ?? ''));
    return { ...base, changes };
  }
  return { ...base, ...(JSON.parse(fields[0] ?? '{}') as object) };
}

/** A changed row as journals and diffs show it. */
export function showChange({ table, key, before, after }: Change): Record<string, unknown> {
  return maskedChange(table.name, key, table.secret, before, after);
}

function toldExchange(exchange: ExchangeRecord): string {
  const { operation, method, path, actor, outcome, fault, gap, requestBody, requestHeaders, reply } =
    exchange;
  let text = `${operation}${FIELD}${method}${FIELD}${path}${FIELD}${actor}${FIELD}${outcome}${FIELD}`;
  text += `${fault?.join() ?? ''}${FIELD}${gap ?? ''}${FIELD}${reply?.status ?? ''}${FIELD}`;
  text += `${bodyField(requestBody)}${FIELD}${bodyField(reply?.body)}${FIELD}${requestHeaders.content}`;
  for (const [name, value] of reply?.headers ?? [])
    if (TELLING_HEADERS.has(name)) text += `${FIELD}${name}:${value}`;
  return text;
}

function shownExchange(fields: readonly string[], carried: readonly string[]): Record<string, unknown> {
  const [operation, method, path = '', actor, outcome, fault, gap, status, asked, answered, content] = fields;
  const [, ms, via, connection = '', replied = ''] = carried;
  return {
    operation,
    method,
    path: maskText(path),
    actor,
    request: { headers: maskHeaders(unpacked(content + connection)), body: shownBody(asked) },
    response: status
      ? {
          status: Number(status),
          headers: maskHeaders(unpacked(replied)),
          body: shownBody(answered),
        }
      : null,
    outcome,
    ms: Number(ms),
    ...(fault ? { fault: fault.split(',') } : {}),
    ...(gap ? { gap } : {}),
    via,
  };
}

function unpacked(lines: string): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const line of lines.split(LINE)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1);
  }
  return headers;
}

function bodyField(body: WireReply['body']): string {
  if (body === undefined) return '';
  if (typeof body !== 'string') return `${PRESENT}<${body.length} bytes>`;
  const text = clean(body);
  return PRESENT + (text.length > JOURNAL_BODY_CHARS_MAX + CUT_MARGIN ? cut(text) : text);
}

/** The beginning of a long text, with its length and a hash that stands for the rest. */
function cut(text: string): string {
  const digest = createHash('sha256').update(text).digest('hex');
  return `${text.slice(0, JOURNAL_BODY_CHARS_MAX + CUT_MARGIN)}${LINE}${text.length}${LINE}${digest}`;
}

function shownBody(field: string | undefined): string | null {
  if (!field) return null;
  const [text = '', length] = field.slice(PRESENT.length).split(LINE, 2);
  const masked = maskText(text);
  if (length === undefined && masked.length <= JOURNAL_BODY_CHARS_MAX) return masked;
  return `${masked.slice(0, JOURNAL_BODY_CHARS_MAX)}…<cut, ${length ?? masked.length} characters>`;
}

const clean = (text: string): string =>
  text.includes(FIELD) || text.includes(LINE)
    ? text.replaceAll(FIELD, '\u241f').replaceAll(LINE, '\u241e')
    : text;

function rowText(row: object | undefined): string {
  if (row === undefined) return '';
  const text = JSON.stringify(row);
  return text.length > JOURNAL_BODY_CHARS_MAX ? rowTooLong(text) : text;
}

function rowTooLong(text: string): string {
  const digest = createHash('sha256').update(text).digest('hex');
  return JSON.stringify({ cut: `${text.length} characters`, sha256: digest });
}

function shownRow(field: string, before: string): Record<string, unknown> {
  const [name = '', key = '', secret, after = ''] = field.split(LINE);
  return maskedChange(name, key, secret === '1', parsed(before), parsed(after));
}

const parsed = (text: string): object | undefined => (text ? (JSON.parse(text) as object) : undefined);

function maskedChange(
  name: string,
  key: string,
  secret: boolean,
  before: object | undefined,
  after: object | undefined,
): Record<string, unknown> {
  const show = secret ? maskRow : (row: object) => row;
  const dot = name.indexOf('.');
  return {
    twin: name.slice(0, Math.max(dot, 0)),
    table: name.slice(dot + 1),
    key: secret ? maskText(key) : key,
    ...(before ? { before: show(before) } : {}),
    ...(after ? { after: show(after) } : {}),
  };
}
