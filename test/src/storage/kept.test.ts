/** What lies in a data directory, and for how long. */
import { cpSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { JOURNAL_BYTES_MAX } from '../../../src/journal.ts';
import { type Orrery, startOrrery } from '../../../src/main.ts';
import { deliveries } from '../../../src/outbox.ts';
import { Level } from '../../../src/storage/level.ts';
import type { Universe } from '../../../src/universe.ts';
import { counters, timers } from '../../../src/world/world.ts';

let directory: string;
let server: Orrery;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'orrery-kept-'));
  server = await start();
});

afterEach(async () => {
  await server.close(0);
  rmSync(directory, { recursive: true, force: true });
});

const start = (): Promise<Orrery> => startOrrery({ port: 0, data: directory });

/** Stops the server, lets `work` at its store, and starts it again. */
async function meanwhile(work: (level: Level) => Promise<void>): Promise<void> {
  await server.close(0);
  const level = await Level.open(join(directory, 'universes'));
  await work(level);
  await level.close();
  server = await start();
}

/** Copies a folder as it is at one moment: while the store tidies up, files go away under one's hands. */
async function copyAtRest(from: string, to: string): Promise<void> {
  const listed = () =>
    readdirSync(from, { recursive: true })
      .map((name) => `${name} ${statSync(join(from, String(name))).size}`)
      .sort()
      .join();
  await expect
    .poll(
      () => {
        rmSync(to, { recursive: true, force: true });
        const before = listed();
        cpSync(from, to, { recursive: true });
        return before === listed();
      },
      { timeout: 10_000 },
    )
    .toBe(true);
}

async function keysOf(level: Level, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const [key] of level.read(`${prefix}/`, `${prefix}0`)) keys.push(key);
  return keys;
}

describe('a data directory', () => {
  it('holds no rows of universes that were dropped', async () => {
    const { registry } = server;
    const one = await registry.create({ id: 'one', seed: 1 });
    await registry.storage.flush();
    const two = registry.fork(one, { id: 'two' });
    for (const universe of [one, two]) universe.work('slack', (world) => world.next('more'));
    await registry.storage.flush();
    registry.drop('one');
    registry.drop('two');
    await meanwhile(async (level) => {
      for (const prefix of ['u', 'l', 'p', 'r', 'j']) expect(await keysOf(level, prefix)).toEqual([]);
    });
  });

  it('gives back a universe that was forked two hundred times between its changes', async () => {
    const { registry } = server;
    const one = await registry.create({ id: 'one', seed: 1 });
    for (let nth = 0; nth < 200; nth++) {
      one.work('slack', (world) => world.next('turn'));
      const fork = registry.fork(one, { id: `f${nth}` });
      if (nth % 50 !== 0) registry.drop(fork.id);
      if (nth % 20 === 0) await registry.storage.flush();
    }
    await meanwhile(async () => {});
    const turns = (id: string) => server.registry.get(id)?.state.get(counters, 'turn')?.count;
    expect(['one', 'f0', 'f50', 'f150'].map(turns)).toEqual([200, 1, 51, 151]);
    expect(server.damage).toEqual([]);
  });

  it('with a thousand universes opens in less than three seconds', async () => {
    const { registry } = server;
    const one = await registry.create({ id: 'one', seed: 1 });
    for (let nth = 1; nth < 1_000; nth++)
      registry.fork(one, { id: `f${nth}` }).work('slack', (world) => world.next('turn'));
    await server.close(0);
    const began = performance.now();
    server = await start();
    expect(performance.now() - began).toBeLessThan(3_000);
    expect(server.registry.size).toBe(1_000);
    expect(server.registry.get('f999')?.state.get(counters, 'turn')?.count).toBe(1);
  });

  it('says in the journal which entries were not written when the server was killed', async () => {
    const { registry } = server;
    const one = await registry.create({ id: 'one', seed: 1 });
    const text = 'x'.repeat(50_000);
    // So much at once that what comes next waits for seconds.
    const others = await Promise.all(['two', 'three', 'four'].map((id) => registry.create({ id, seed: 1 })));
    for (let nth = 0; nth < 60; nth++)
      for (const universe of [one, ...others]) universe.note('note', undefined, { nth, text });
    await registry.storage.flush();
    const written = one.journal.end;
    one.note('note', undefined, { nth: 'late' });
    one.work('slack', (world) => world.next('late'));
    await registry.storage.flush();
    const { end } = one.journal;
    // What is on the disk now is what a kill would leave.
    const left = `${directory}-left`;
    await copyAtRest(directory, left);
    const again = await startOrrery({ port: 0, data: left });
    try {
      const after = again.registry.get('one') as Universe;
      after.note('note', undefined, { nth: 'after' });
      const [last, lost, next] = after.journal.page({ after: written - 1, limit: 9 }).entries;
      expect(last).toMatchObject({ seq: written, nth: 59 });
      expect(lost).toMatchObject({ seq: end, kind: 'note', lost: { from: written + 1, to: end } });
      expect(next).toMatchObject({ seq: end + 1, nth: 'after' });
    } finally {
      await again.close(0);
      rmSync(left, { recursive: true, force: true });
    }
  });

  it('holds no more of a journal than twice what the journal does, and gives all of that back', async () => {
    const one = await server.registry.create({ id: 'one', seed: 1 });
    const text = 'x'.repeat(20_000);
    for (let nth = 0; nth < 600; nth++) {
      one.note('note', undefined, { nth, text });
      if (nth % 20 === 0) await server.registry.storage.flush();
    }
    const { dropped, end } = one.journal;
    expect(dropped).toBeGreaterThan(0);
    let bytes = 0;
    await meanwhile(async (level) => {
      for (const key of await keysOf(level, 'j')) bytes += level.bytes(key)?.length ?? 0;
    });
    expect(bytes).toBeLessThan(2 * JOURNAL_BYTES_MAX);
    const { entries } = (server.registry.get('one') as Universe).journal.page({ limit: 1_000 });
    expect(entries.at(-1)?.seq).toBe(end);
    expect(entries.length).toBeGreaterThanOrEqual(end - dropped - 5);
  });

  it('sends again what was on its way to a program when the server ended', async () => {
    const one = await server.registry.create({ id: 'one', seed: 1, clock: { mode: 'frozen' } });
    const delivery = {
      id: 'd000000001',
      twin: 'slack',
      channel: 'events',
      event: 'message',
      to: 'http://127.0.0.1:9/',
      payload: {},
      status: 'due',
      attempts: 0,
      createdAt: one.now(),
      dueAt: one.now(),
    };
    one.work('slack', (world) => world.insert(deliveries, delivery as never));
    await meanwhile(async () => {});
    const again = server.registry.get('one')?.state.list(timers).toArray();
    expect(again?.map(({ payload }) => payload)).toContainEqual({ delivery: 'd000000001' });
  });

  it('with a hole in its log says how much is lost', async () => {
    const one = await server.registry.create({ id: 'one', seed: 1 });
    for (let nth = 0; nth < 5; nth++) {
      one.work('slack', (world) => world.next('turn'));
      await server.registry.storage.flush();
    }
    await meanwhile(async (level) => {
      const [, second] = await keysOf(level, 'b');
      await level.write([{ type: 'del', key: second as string }], true);
    });
    expect(server.damage.join()).toMatch(
      /a log file .* is damaged: 1 of the last \d+ groups of changes are lost/,
    );
    expect(server.registry.get('one')).toBeDefined();
  });

  it('that misses a row says which universe does, once anything is in doubt', async () => {
    const one = await server.registry.create({ id: 'one', seed: 1 });
    await server.registry.create({ id: 'two', seed: 1 });
    for (let nth = 0; nth < 5; nth++) {
      one.work('slack', (world) => world.next(`turn ${nth}`));
      await server.registry.storage.flush();
    }
    await meanwhile(async (level) => {
      const [, batch] = await keysOf(level, 'b');
      const row = (await keysOf(level, 'r')).find((key) => key.endsWith('turn 1'));
      for (const key of [batch, row]) await level.write([{ type: 'del', key: key as string }], true);
    });
    expect(server.damage.join()).toMatch(
      /universe one is damaged and was left out: it had \d+ rows, and \d+ are left/,
    );
    expect(server.registry.list().map(({ id }) => id)).toEqual(['two']);
  });
});
