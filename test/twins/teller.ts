/** Tells what resources go through: every call must do what it says, every change must leave a trace in rows. */
import { expect } from 'vitest';
import type { Universe } from '../../src/universe.ts';
import { mutations } from './mutations.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into, not typed
export type Body = any;

export interface Calls {
  /** Reads with 200. */
  get(path: string): Promise<Body>;
  /** Changes with 2xx (or 303 to a task), and sees that rows changed. */
  send(method: string, path: string, body?: unknown): Promise<Body>;
  /** Succeeds and changes nothing: what is asked with a body. */
  ask(method: string, path: string, body?: unknown): Promise<Body>;
  /** Is refused with this status, and sees that nothing changed; gives the body of the refusal. */
  refused(status: number, method: string, path: string, body?: unknown): Promise<Body>;
}

/** Sends a request; `path` is what the story says. */
export type Send = (method: string, path: string, body?: unknown) => Promise<{ status: number; body: Body }>;

/** What is done with every answer that succeeded. */
export type Succeeded = (method: string, path: string, status: number, answer: Body, sent: unknown) => void;

/** Names of the tables that changed since the last `clear`. */
export function changedTables(universe: Universe): Set<string> {
  const changed = new Set<string>();
  universe.journal.watch((_entry, changes) => {
    for (const { table } of changes) changed.add(table.name);
  });
  return changed;
}

/** Calls that look at what they leave behind in `universe`. */
export function calls(universe: Universe, send: Send, succeeded: Succeeded): Calls {
  const changed = changedTables(universe);
  const call = async (method: string, path: string, sent?: unknown) => {
    changed.clear();
    const { status, body } = await send(method, path, sent);
    return { status, body, says: [method, path, status, JSON.stringify(body).slice(0, 300)].join(' ') };
  };
  const successful = async (method: string, path: string, sent?: unknown) => {
    const { status, body, says } = await call(method, path, sent);
    expect(status < 300 || status === 303, says).toBe(true);
    succeeded(method, path, status, body, sent);
    return { body, says };
  };
  return {
    async get(path) {
      const { status, body, says } = await call('GET', path);
      expect(status, says).toBe(200);
      expect([...changed], says).toEqual([]);
      succeeded('GET', path, status, body, undefined);
      return body;
    },
    async send(method, path, sent) {
      const { body, says } = await successful(method, path, sent);
      expect([...changed], `${says} changed`).not.toEqual([]);
      return body;
    },
    async ask(method, path, sent) {
      const { body, says } = await successful(method, path, sent);
      expect([...changed], says).toEqual([]);
      return body;
    },
    async refused(status, method, path, sent) {
      const answer = await call(method, path, sent);
      expect(answer.status, answer.says).toBe(status);
      expect([...changed], answer.says).toEqual([]);
      return answer.body;
    },
  };
}

/**
 * Before each call that has a body, sends that body wrong in every way and looks at what that left: `wrongs` gets a line
 * for a failure of the twin's own, for a refusal that changed rows, and for a read that fails afterwards.
 */
export function mutated(
  told: Calls,
  { universe, send, answers }: { universe: Universe; send: Send; answers(path: string): boolean },
  wrongs: string[],
): Pick<Calls, 'send' | 'ask'> {
  const changed = changedTables(universe);
  const sendWrong = async (method: string, path: string, body: unknown) => {
    const before = universe.snapshot('before', 'before');
    for (const mutation of body === undefined || body instanceof FormData ? [] : mutations(body)) {
      changed.clear();
      const { status } = await send(method, path, mutation.body);
      const says = `${method} ${path}: ${mutation.says}`;
      if (status >= 500 && status !== 501) wrongs.push(`${says} answered ${status}`);
      if (status >= 400 && changed.size > 0) wrongs.push(`${says} changed ${[...changed]}`);
      if (changed.size === 0 || status >= 400) continue;
      for (const read of [path, path.replace(/[/:][^/:]*$/, '')])
        if (answers(read) && (await send('GET', read)).status >= 500)
          wrongs.push(`${says} made GET ${read} fail`);
      universe.restore(before);
    }
  };
  return {
    async send(method, path, body) {
      await sendWrong(method, path, body);
      return told.send(method, path, body);
    },
    async ask(method, path, body) {
      await sendWrong(method, path, body);
      return told.ask(method, path, body);
    },
  };
}
