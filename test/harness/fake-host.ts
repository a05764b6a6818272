/** A small host for the harness's own tests: tables in memory, two gestures, one HTTP door for a program. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type {
  CastMember,
  FaultInput,
  ForkOptions,
  Host,
  HostUniverse,
  JournalEntry,
  RowChange,
  UniverseDocument,
} from '../../harness/host.ts';

type Tables = Map<string, Map<string, unknown>>;
type Listener = (entry: JournalEntry, changes: readonly RowChange[]) => void;

export const CAST: CastMember[] = [
  { email: 'ann@acme.test', name: 'Ann Ames', title: 'Head', department: 'Sales' },
  { email: 'bob@acme.test', name: 'Bob Bell', title: 'Clerk', department: 'Sales', manager: 'ann@acme.test' },
  { email: 'cyd@acme.test', name: 'Cyd Cole', title: 'Clerk', department: 'IT', manager: 'ann@acme.test' },
];

/** Rows of the world that every universe of this host begins with. */
export function worldRows(): [string, string, unknown][] {
  return [
    ...CAST.flatMap(({ email, name }, i): [string, string, unknown][] => [
      ['okta.users', `o${i}`, { id: `o${i}`, status: 'ACTIVE', profile: { email, login: email } }],
      ['slack.users', `U${i}`, { id: `U${i}`, name: email, profile: { email, real_name: name } }],
      ['slack.channels', `D${i}`, { id: `D${i}`, is_im: true, user: `U${i}` }],
    ]),
    ['okta.groups', 'g0', { id: 'g0', profile: { name: 'figma' } }],
    ['okta.groups', 'g1', { id: 'g1', profile: { name: 'admins' } }],
    ['slack.channels', 'C1', { id: 'C1', name: 'requests', is_im: false }],
  ];
}

export class FakeUniverse implements HostUniverse {
  readonly id: string;
  readonly host: FakeHost;
  readonly bind: Record<string, string>;
  offset = 0;
  flying = 0;
  active: FaultInput[] = [];
  due: { at: number; run(): void }[] = [];
  #seq = 0;
  #entries: JournalEntry[] = [];
  #listeners = new Set<Listener>();
  #tables: Tables = new Map();

  constructor(host: FakeHost, id: string, bind: Record<string, string> = {}) {
    this.host = host;
    this.id = id;
    this.bind = bind;
    this.#plant();
  }

  #plant(): void {
    this.#tables = new Map();
    for (const [table, key, row] of worldRows()) this.#table(table).set(key, row);
  }

  #table(name: string): Map<string, unknown> {
    const table = this.#tables.get(name) ?? new Map<string, unknown>();
    this.#tables.set(name, table);
    return table;
  }

  document(): UniverseDocument {
    const url = `${this.host.baseUrl}/u/${this.id}`;
    return {
      id: this.id,
      name: this.id,
      seed: 1,
      clock: { mode: 'realtime', now: new Date(this.now()).toISOString() },
      twins: {},
      env: { ORRERY_UNIVERSE: this.id, TWIN_URL: url, ORRERY_URL: 'http://control' },
    };
  }

  cast = () => CAST;
  now = () => Date.now() + this.offset;
  inFlight = () => this.flying;
  nextDueAt = () => this.due.map(({ at }) => at).sort((a, b) => a - b)[0];

  state() {
    return {
      get: (twin: string, table: string, key: string) => this.#table(`${twin}.${table}`).get(key),
      rows: (twin: string, table: string, prefix = '') => {
        const rows = [...this.#table(`${twin}.${table}`)].filter(([key]) => key.startsWith(prefix));
        return rows.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
      },
    };
  }

  async fork({ id, bind }: ForkOptions): Promise<FakeUniverse> {
    return this.host.add(new FakeUniverse(this.host, id ?? `f${this.host.universes.size}`, bind));
  }

  async restore({ faults = [] }: { faults?: FaultInput[] }): Promise<void> {
    this.#plant();
    this.#entries = [];
    this.#seq = 0;
    this.offset = 0;
    this.due = [];
    this.active = [...faults];
  }

  async journal(after = 0) {
    const entries = this.#entries.filter(({ seq }) => seq > after);
    return { entries, next: this.#seq, dropped: 0 };
  }

  watch(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async faults(faults: FaultInput[]): Promise<void> {
    this.active = faults;
  }

  async gesture(g: { twin: string; gesture: string; as: string; with: Record<string, unknown> }) {
    const person = CAST.findIndex(({ email }) => email === g.as);
    if (person < 0) throw new Error(`nobody is ${g.as}`);
    const { message, button } = g.with as { message?: { ts: string }; button?: { action: string } };
    const ts = `${Math.floor(this.now() / 1000)}.${String(this.#seq).padStart(6, '0')}`;
    if (g.gesture === 'post') {
      const row = { channel: 'C1', ts, user: `U${person}`, text: g.with.text };
      this.commit('slack', 'messages', `C1/${ts}`, row);
    }
    this.enter('gesture', { twin: g.twin, gesture: g.gesture, as: g.as });
    this.#deliver({
      type: g.gesture,
      user: g.as,
      text: g.with.text,
      ts: message?.ts ?? ts,
      action: button?.action,
    });
    return { channel: 'C1', ts };
  }

  #deliver(event: Record<string, unknown>): void {
    const url = this.bind.slack;
    if (url === undefined) return;
    this.flying++;
    fetch(url, {
      method: 'POST',
      body: JSON.stringify(event),
      headers: { 'content-type': 'application/json' },
    })
      .then((response) => this.enter('delivery', { twin: 'slack', status: response.status }))
      .catch((error: Error) => this.enter('delivery', { twin: 'slack', status: 0, failure: error.message }))
      .finally(() => this.flying--);
  }

  async advance(byMs: number): Promise<void> {
    const target = this.now() + byMs;
    for (const item of [...this.due].sort((a, b) => a.at - b.at)) {
      if (item.at > target) continue;
      this.due.splice(this.due.indexOf(item), 1);
      item.run();
    }
    this.offset += Math.max(0, target - this.now());
    this.enter('clock', { advanced: byMs });
  }

  async diff(): Promise<RowChange[]> {
    const before = new Map(worldRows().map(([table, key, row]) => [`${table} ${key}`, row]));
    const changes: RowChange[] = [];
    for (const [name, table] of this.#tables) {
      const [twin = '', short = ''] = name.split('.');
      for (const [key, row] of table) {
        const old = before.get(`${name} ${key}`);
        if (JSON.stringify(old) !== JSON.stringify(row)) {
          changes.push({ twin, table: short, key, before: old, after: row });
        }
      }
    }
    return changes;
  }

  async drop(): Promise<void> {
    this.host.universes.delete(this.id);
  }

  /** Writes (or, without `after`, removes) a row and journals it as the kernel does. */
  commit(twin: string, table: string, key: string, after?: unknown): void {
    const rows = this.#table(`${twin}.${table}`);
    const change: RowChange = { twin, table, key, before: rows.get(key), after };
    if (after === undefined) rows.delete(key);
    else rows.set(key, after);
    this.enter('state', { twin }, [change]);
  }

  enter(kind: JournalEntry['kind'], fields: Record<string, unknown>, changes: RowChange[] = []): void {
    const at = new Date(this.now()).toISOString();
    const entry = { seq: ++this.#seq, at, wallAt: new Date().toISOString(), kind, ...fields } as JournalEntry;
    this.#entries.push(entry);
    for (const listener of this.#listeners) listener(entry, changes);
  }

  /** `POST /u/{id}/{twin}/{operation}` with `{table, key, row}`: a write; faults of kind `error` answer 429. */
  call(twin: string, operation: string, body: { table?: string; key?: string; row?: unknown }) {
    const fault = this.active.find((one) => one.match?.operation === operation && (one.count ?? 1) > 0);
    const base = { twin, operation, method: 'POST', actor: 'program', request: { body }, ms: 1 };
    if (fault) {
      fault.count = (fault.count ?? 1) - 1;
      const response = { status: 429, headers: { 'retry-after': String(fault.params?.retryAfter ?? 0.2) } };
      this.enter('exchange', { ...base, response, outcome: 'fail', fault: fault.id });
      return response;
    }
    if (operation === 'lacking') {
      const response = { status: 501, headers: {} };
      this.enter('exchange', { ...base, response, outcome: 'fail', gap: true });
      return response;
    }
    if (body.table && body.key) this.commit(twin, body.table, body.key, body.row);
    const response = { status: 200, headers: {} };
    this.enter('exchange', { ...base, response, outcome: 'ok' });
    return response;
  }
}

export class FakeHost implements Host {
  readonly universes = new Map<string, FakeUniverse>();
  #server: Server;

  static async open(): Promise<FakeHost> {
    const host = new FakeHost();
    await new Promise<void>((resolve) => host.#server.listen(0, '127.0.0.1', resolve));
    return host;
  }

  constructor() {
    this.#server = createServer(async (request, response) => {
      const [, , id = '', twin = '', operation = ''] = (request.url ?? '').split('/');
      const universe = this.universes.get(id);
      const { status, headers } = universe?.call(twin, operation, await bodyOf(request)) ?? {
        status: 404,
        headers: {},
      };
      response.writeHead(status, headers).end('{}');
    });
  }

  get baseUrl(): string {
    const { port } = this.#server.address() as { port: number };
    return `http://127.0.0.1:${port}`;
  }

  add(universe: FakeUniverse): FakeUniverse {
    this.universes.set(universe.id, universe);
    return universe;
  }

  async create({ id }: { id?: string }): Promise<FakeUniverse> {
    return this.add(new FakeUniverse(this, id ?? `b${this.universes.size}`));
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

async function bodyOf(request: IncomingMessage): Promise<{ table?: string; key?: string; row?: unknown }> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text === '' ? {} : (JSON.parse(text) as { table?: string });
}
