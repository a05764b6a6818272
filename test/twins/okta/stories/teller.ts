/** Tells stories of resources: every call must do what it says, every change must leave a trace in the org's rows. */
import { expect } from 'vitest';
import { compileTwin } from '../../../../src/pipeline.ts';
import { okta } from '../../../../twins/okta/twin.ts';
import { openOrg, type TestOrg } from '../org.ts';
import { holdAgainstSpec } from './holdAgainstSpec.ts';

/** What a family of resources goes through, told from the client's side. */
export interface Story {
  says: string;
  tell(teller: Teller): Promise<void>;
}

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into, not typed
export type Body = any;

export interface Teller {
  org: TestOrg;
  /** Reads with 200. */
  get(path: string): Promise<Body>;
  /** Changes with 2xx, and sees that rows besides the System Log changed. */
  send(method: string, path: string, body?: unknown): Promise<Body>;
  /** Succeeds, and changes nothing but the System Log: what it does is done elsewhere. */
  ask(method: string, path: string, body?: unknown): Promise<Body>;
  /** Is refused with the vendor's code, and sees that nothing changed. */
  refused(code: string, method: string, path: string, body?: unknown): Promise<void>;
  /** Types of the System Log's events about a thing, in order. */
  eventsOf(id: string): Promise<string[]>;
}

/** Ids of the endpoints that answered a story with success. */
export const told = new Set<string>();

/** Types of the events that stories left in their System Logs. */
export const logged = new Set<string>();

const { router } = compileTwin(okta);

/** Where a story's path leads: `/users` into the Management API, what has a root of its own to that. */
export const atRoot = (path: string): string =>
  /^\/(oauth2|idp|integrations|privileged-access)\//.test(path) ? path : `/api/v1${path}`;

/** A teller in an org of its own. */
export async function openTeller(): Promise<Teller> {
  const org = await openOrg();
  const changed = new Set<string>();
  org.universe.journal.watch((_entry, changes) => {
    for (const { table, after } of changes) {
      changed.add(table.name);
      if (table.name === 'okta.logs' && after)
        logged.add((after as unknown as { eventType: string }).eventType);
    }
  });
  const ask = async (method: string, path: string, body?: unknown) => {
    changed.clear();
    const answer = await org.call(method, atRoot(path), body);
    // That a token was used is noted once a day, whatever it is used for.
    if (!path.startsWith('/api-tokens')) changed.delete('okta.apiTokens');
    return { ...answer, says: [method, path, answer.status, answer.body.errorSummary] };
  };
  const succeed = (method: string, path: string, status: number, body: Body) => {
    const match = router.match(method, atRoot(path.split('?', 1)[0] ?? ''));
    if (!('target' in match && match.target.endpoint)) return;
    told.add(match.target.endpoint.id);
    holdAgainstSpec(match.target.endpoint.route, status, body);
  };
  return {
    org,
    async get(path) {
      const { status, body, says } = await ask('GET', path);
      expect(status, says.join(' ')).toBe(200);
      expect([...changed], says.join(' ')).toEqual([]);
      succeed('GET', path, status, body);
      return body;
    },
    async send(method, path, sent) {
      const { status, body, says } = await ask(method, path, sent);
      expect(Math.floor(status / 100), says.join(' ')).toBe(2);
      changed.delete('okta.logs');
      expect([...changed], `${says.join(' ')} changed`).not.toEqual([]);
      succeed(method, path, status, body);
      return body;
    },
    async ask(method, path, sent) {
      const { status, body, says } = await ask(method, path, sent);
      expect(Math.floor(status / 100), says.join(' ')).toBe(2);
      changed.delete('okta.logs');
      expect([...changed], says.join(' ')).toEqual([]);
      succeed(method, path, status, body);
      return body;
    },
    async refused(code, method, path, sent) {
      const { body, says } = await ask(method, path, sent);
      expect(body.errorCode, says.join(' ')).toBe(code);
      expect([...changed], says.join(' ')).toEqual([]);
    },
    async eventsOf(id) {
      const events: Body[] = (await org.call('GET', '/api/v1/logs?limit=1000')).body;
      return events.filter((one) => one.target.some((it: Body) => it.id === id)).map((one) => one.eventType);
    },
  };
}

/** The life of a thing that is made in a collection. */
export interface Life {
  /** The collection's path after `/api/v1`. */
  at: string;
  made: object;
  /** What of it is shown, where that is not all. */
  shown?: object;
  changed?: object;
  by?: 'PUT' | 'POST';
  /** What the vendor calls its class when it is gone. */
  gone: string;
  /** It can be turned off and on; `first`: it must be off before it goes. */
  turns?: 'freely' | 'first';
  /** What it is addressed by; its `id` unless said. */
  key?: (made: Body) => string;
  /** The things in the collection's answer, where that is no plain array. */
  rows?: (listed: Body) => Body[];
  /** Types of events by the end; none where the vendor has none. */
  events: readonly string[];
}

/** Makes, reads, lists, changes, turns, removes, and sees each step in what is read afterwards. */
export async function live(t: Teller, life: Life): Promise<void> {
  const { at, key = (row: Body) => row.id, rows = (listed: Body) => listed } = life;
  const made = await t.send('POST', at, life.made);
  const one = `${at}/${key(made)}`;
  const listed = async () => rows(await t.get(at)).map(key);
  const status = async () => (await t.get(one)).status;
  expect(await t.get(one)).toMatchObject(life.shown ?? life.made);
  expect(await listed()).toContain(key(made));
  if (life.changed) {
    await t.send(life.by ?? 'PUT', one, life.changed);
    expect(await t.get(one)).toMatchObject(life.changed);
  }
  if (life.turns) {
    await t.send('POST', `${one}/lifecycle/deactivate`);
    expect(await status()).toBe('INACTIVE');
    await t.send('POST', `${one}/lifecycle/activate`);
    expect(await status()).toBe('ACTIVE');
  }
  if (life.turns === 'first') {
    await t.refused('E0000001', 'DELETE', one);
    await t.send('POST', `${one}/lifecycle/deactivate`);
  }
  await t.send('DELETE', one);
  await t.refused('E0000007', 'GET', one);
  const { body } = await t.org.call('GET', `/api/v1${one}`);
  expect(body.errorSummary).toBe(`Not found: Resource not found: ${key(made)} (${life.gone})`);
  expect(await listed()).not.toContain(key(made));
  expect(await t.eventsOf(key(made))).toEqual(life.events);
}
