/** A task that is one HTTP request, to a twin or to the candidate. */
import { Agent, request } from 'undici';
import type { Expressions } from '../expression.ts';
import type { UniverseDocument } from '../host.ts';
import { fill, holesOf, type TextScope } from '../steps/scope.ts';
import { type Outcome, TIMED_OUT } from './generator.ts';
import type { RequestTask } from './rehearsal.ts';

const KEEP_ALIVE_MS = 10_000;
const ANSWER_BYTES_MAX = 16 * 1024 * 1024;

/** Sends requests over connections of its own, addresses of the candidate with their port; to be closed. */
export class Caller {
  readonly #agent: Agent;
  readonly #document: UniverseDocument;

  constructor(document: UniverseDocument, connectionsMax: number) {
    this.#agent = new Agent({
      connections: connectionsMax,
      pipelining: 1,
      keepAliveTimeout: KEEP_ALIVE_MS,
      maxResponseSize: ANSWER_BYTES_MAX,
    });
    this.#document = document;
  }

  /** Sends it; fails by kind: `429`, `503`, `slack ratelimited`, `ECONNRESET`, `timeout`. Never rejects. */
  async call(task: RequestTask, scope: TextScope, deadline: number): Promise<Outcome> {
    const leftMs = Math.max(1, deadline - performance.now());
    try {
      const { body, headers } = this.#content(task, scope);
      const response = await request(this.#address(task, scope), {
        method: task.method ?? (body === undefined ? 'GET' : 'POST'),
        dispatcher: this.#agent,
        headers,
        body,
        signal: AbortSignal.timeout(Math.ceil(leftMs)),
        headersTimeout: 0,
        bodyTimeout: 0,
      });
      const text = await response.body.text();
      return failure(response.statusCode, task.twin, text);
    } catch (error) {
      return { error: kindOf(error) };
    }
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }

  #address({ twin, path, url, query }: RequestTask, scope: TextScope): string {
    const base = url === undefined ? (this.#document.twins[twin ?? '']?.url ?? '') : '';
    const address = base + filled(url ?? path ?? '', scope);
    if (!query) return address;
    return `${address}${address.includes('?') ? '&' : '?'}${encoded(query, scope)}`;
  }

  #content(task: RequestTask, scope: TextScope): { body?: string; headers: Record<string, string> } {
    const headers: Record<string, string> = {};
    const own = task.authorization === 'none' ? undefined : credential(this.#document, task.twin);
    if (own !== undefined) headers.authorization = own;
    let body: string | undefined;
    if (task.form) {
      headers['content-type'] = 'application/x-www-form-urlencoded';
      body = encoded(task.form, scope);
    } else if (typeof task.body === 'string') body = filled(task.body, scope);
    else if (task.body !== undefined) {
      headers['content-type'] = 'application/json; charset=utf-8';
      body = JSON.stringify(filledAll(task.body, scope));
    }
    for (const [name, value] of Object.entries(task.headers ?? {})) {
      headers[name.toLowerCase()] = filled(String(value), scope);
    }
    return { ...(body === undefined ? {} : { body }), headers };
  }
}

/** Does a text of the request look at the twins' state when it is sent? */
export function readsWorld(task: RequestTask, expressions: Expressions): boolean {
  return textsOf(task).some((text) => holesOf(text).some((hole) => expressions.compile(hole).reads.size > 0));
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

/** The universe's own credential, as each vendor takes it. */
function credential({ twins }: UniverseDocument, twin: string | undefined): string | undefined {
  const has = (twins[twin ?? '']?.credentials ?? {}) as Record<string, string>;
  switch (twin) {
    case 'slack':
      return `Bearer ${has.botToken}`;
    case 'okta':
      return `SSWS ${has.apiToken}`;
    case 'jira':
      return `Basic ${Buffer.from(`${has.email}:${has.apiToken}`).toString('base64')}`;
    case 'google':
      return `Bearer ${has.accessToken}`;
    default:
      return undefined;
  }
}

/** Slack fails with 200 and `ok: false`; all others by status. */
function failure(status: number, twin: string | undefined, text: string): Outcome {
  if (status >= 400) return { error: String(status) };
  if (twin !== 'slack' || !text.startsWith('{"ok":false')) return {};
  const error = /"error":"([^"]+)"/.exec(text)?.[1];
  return { error: `slack ${error ?? 'not ok'}` };
}

function kindOf(error: unknown): string {
  const { name, code, cause } = error as { name?: string; code?: string; cause?: { code?: string } };
  if (name === 'TimeoutError' || name === 'AbortError') return TIMED_OUT;
  return code ?? cause?.code ?? name ?? 'failed';
}

function encoded(fields: Readonly<Record<string, unknown>>, scope: TextScope): string {
  const pairs = new URLSearchParams();
  for (const [key, value] of Object.entries(fields)) pairs.append(key, filled(String(value), scope));
  return pairs.toString();
}

function filled(text: string, scope: TextScope): string {
  return text.includes('${') ? fill(text, scope) : text;
}

function filledAll(value: unknown, scope: TextScope): unknown {
  if (typeof value === 'string') return filled(value, scope);
  if (Array.isArray(value)) return value.map((one) => filledAll(one, scope));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, filledAll(one, scope)]));
}
