/** What a crash can lose under `--sync interval`, on a disk that is slow. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Orrery, startOrrery } from '../../../src/main.ts';
import type { WirePlan } from '../../../src/pipeline.ts';
import { Level } from '../../../src/storage/level.ts';
import { INTERVAL_MS } from '../../../src/storage/storage.ts';
import type { Universe } from '../../../src/universe.ts';
import type { WireRequest } from '../../../src/wire.ts';

const PLAN: WirePlan = { reply: { status: 200, headers: [], body: '' } };
/** How long each write takes, in milliseconds, in turn. */
const WRITES_MS = [1, 120, 5, 60, 200, 30, 0, 90];
const CHANGES = 600;

let directory: string;
let server: Orrery;
let universe: Universe;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'orrery-interval-'));
  server = await startOrrery({ port: 0, data: directory, sync: 'interval' });
  universe = await server.registry.create({ id: 'one', seed: 1 });
  await server.registry.storage.flush();
});

afterEach(async () => {
  vi.restoreAllMocks();
  await server.close(0);
  rmSync(directory, { recursive: true, force: true });
});

/** A request that counts `name` once. */
const change = (name: string): WirePlan | Promise<WirePlan> | undefined =>
  universe.kept?.answer({ method: 'POST' } as WireRequest, () => {
    universe.work('slack', (world) => world.next(name));
    return PLAN;
  });

/** Has writes take what `before` takes besides; tells `down` of the keys that are on the disk. */
function slowDisk(before: () => Promise<unknown>, down: (keys: string[]) => void = () => {}): void {
  const { write } = Level.prototype;
  vi.spyOn(Level.prototype, 'write').mockImplementation(async function (this: Level, writes, sync) {
    await before();
    await write.call(this, writes, sync);
    down(writes.map(({ key }) => key));
  });
}

describe('a disk that is slower than the interval', () => {
  it('holds replies to changes back until older changes are on it, and no others', async () => {
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    slowDisk(() => gate);
    expect(change('first')).toBe(PLAN);
    await sleep(INTERVAL_MS);
    const second = change('second');
    expect(second).toBeInstanceOf(Promise);
    expect(universe.kept?.answer({ method: 'POST' } as WireRequest, () => PLAN)).toBe(PLAN);
    let answered = false;
    void (second as Promise<WirePlan>).then(() => {
      answered = true;
    });
    await sleep(INTERVAL_MS);
    expect(answered).toBe(false);
    open();
    expect(await second).toBe(PLAN);
  });

  it('never has acknowledged changes ahead of it that span more than the interval', async () => {
    /** When changes were acknowledged that are not on the disk, oldest first. */
    const ahead = new Map<string, number>();
    let spanMs = 0;
    let nth = 0;
    let held = 0;
    const acknowledge = (name: string) => {
      const now = performance.now();
      ahead.set(name, now);
      const [oldest = now] = ahead.values();
      spanMs = Math.max(spanMs, now - oldest);
    };
    const isDown = new Set<string>();
    slowDisk(
      () => sleep(WRITES_MS[nth++ % WRITES_MS.length]),
      (keys) => {
        for (const key of keys) {
          const name = key.slice(key.indexOf('\u0000') + 1);
          isDown.add(name);
          ahead.delete(name);
        }
      },
    );
    const replies: Promise<unknown>[] = [];
    for (let i = 0; i < CHANGES; i++) {
      const name = `n${i}`;
      const plan = change(name);
      if (plan instanceof Promise) {
        held++;
        replies.push(plan.then(() => isDown.has(name) || acknowledge(name)));
      } else acknowledge(name);
      await sleep(1);
    }
    await Promise.all(replies);
    expect(held).toBeGreaterThan(0);
    expect(held).toBeLessThan(CHANGES);
    expect(spanMs).toBeLessThanOrEqual(INTERVAL_MS);
  });
});
