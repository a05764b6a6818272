/** Waiting: a universe's journal as it grows, over server-sent events; the server itself. */
import { wallNow, wallSleep, wallTimer } from '../wall.ts';
import type { JournalEntry, JournalQuery } from './documents.ts';
import { addressOf, type ClientOptions, OrreryError, send } from './transport.ts';

const RETRIES_MAX = 5;
const RETRY_MS = 200;

/** Reads the event stream, and opens it again behind the last entry where it breaks. */
export async function* followJournal(
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
      for await (const event of eventsOf(await send(options, address, init), signal)) {
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
    await wallSleep(failures * RETRY_MS, signal);
  }
  if (!signal?.aborted)
    throw new OrreryError(0, {}, `the events of ${path} broke off ${RETRIES_MAX + 1} times`);
}

interface ServerEvent {
  name?: string;
  data: string;
}

async function* eventsOf(response: Response, signal?: AbortSignal): AsyncGenerator<ServerEvent, void> {
  const text = new TextDecoder();
  let rest = '';
  const reader = response.body?.getReader();
  // Not every `fetch` ends the body with the signal.
  const stop = () => void reader?.cancel().catch(() => {});
  signal?.addEventListener('abort', stop, { once: true });
  try {
    for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
      rest += text.decode(read.value, { stream: true });
      const blocks = rest.split('\n\n');
      rest = blocks.pop() ?? '';
      yield* blocks.flatMap(eventIn);
    }
  } finally {
    signal?.removeEventListener('abort', stop);
    stop();
  }
}

/** None for a comment, which only keeps the connection. */
function eventIn(block: string): ServerEvent[] {
  const fields = new Map(block.split('\n').map((line) => line.split(/: (.*)/s, 2) as [string, string]));
  const name = fields.get('event');
  const data = fields.get('data');
  return data === undefined ? [] : [{ ...(name === undefined ? {} : { name }), data }];
}

/** How long is waited unless said, and between looks at a server that is starting, in milliseconds. */
const WAIT_MS = 30_000;
const LOOK_MS = 50;

/** The first entry that `fits`; rejects with an OrreryError where none comes in time. */
export async function waitForEntry(
  options: ClientOptions,
  path: string,
  fits: (entry: JournalEntry) => boolean,
  { timeoutMs = WAIT_MS, ...query }: JournalQuery & { timeoutMs?: number },
): Promise<JournalEntry> {
  const stop = new AbortController();
  const forget = wallTimer(timeoutMs, () => stop.abort());
  let seen = 0;
  try {
    for await (const entry of followJournal(options, path, query, stop.signal)) {
      if (fits(entry)) return entry;
      seen++;
    }
  } finally {
    forget();
    stop.abort();
  }
  const when = seen === 0 ? 'there was none' : `${seen} others were seen`;
  throw new OrreryError(0, {}, `no entry of the journal fitted within ${timeoutMs} ms; ${when}`);
}

/** Asks until the server is ready. */
export async function waitUntilReady(options: ClientOptions, timeoutMs = WAIT_MS): Promise<void> {
  const until = wallNow() + timeoutMs;
  for (;;) {
    try {
      await send(options, addressOf(options, '/readyz', {}), { headers: {} });
      return;
    } catch (error) {
      if (!(error instanceof OrreryError) || wallNow() >= until) throw error;
    }
    await wallSleep(LOOK_MS);
  }
}
