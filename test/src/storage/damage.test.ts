/** What a server says and does when its data directory is not as it should be. */
import {
  closeSync,
  cpSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createClient } from '../../../src/client.ts';
import { type Orrery, type OrreryOptions, startOrrery } from '../../../src/main.ts';
import { Level } from '../../../src/storage/level.ts';
import { packed } from '../../../src/storage/value.ts';

let directory: string;
let folder: string;
const running = new Set<Orrery>();

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'orrery-damage-'));
  folder = join(directory, 'universes');
});

afterEach(async () => {
  for (const server of running) await server.close(0);
  running.clear();
  rmSync(directory, { recursive: true, force: true });
});

async function start(more: OrreryOptions = {}): Promise<Orrery> {
  const server = await startOrrery({ port: 0, data: directory, ...more });
  running.add(server);
  return server;
}

async function stop(server: Orrery): Promise<void> {
  running.delete(server);
  await server.close(0);
}

/** A directory with some universes in it. */
async function filled(ids: readonly string[]): Promise<void> {
  const server = await start();
  for (const id of ids) {
    const universe = await server.registry.create({ id, seed: 1 });
    await server.registry.storage.flush();
    for (let i = 0; i < 20; i++) universe.work('slack', (world) => world.next(`count ${i}`));
  }
  await stop(server);
}

/** Writes to the store behind the server's back. */
async function tamper(work: (level: Level) => Promise<void>): Promise<void> {
  const level = await Level.open(folder);
  await work(level);
  await level.close();
}

const names = (server: Orrery): string[] =>
  server.registry
    .list()
    .map(({ id }) => id)
    .sort();

const files = (ends: RegExp): string[] =>
  readdirSync(folder)
    .filter((name) => ends.test(name))
    .map((name) => join(folder, name));

function flip(path: string, at: number): void {
  const bytes = readFileSync(path);
  const handle = openSync(path, 'r+');
  writeSync(handle, Buffer.from([(bytes[at] as number) ^ 0x10]), 0, 1, at);
  closeSync(handle);
}

describe('a server whose data directory', () => {
  it('is in use by another says so', async () => {
    await start();
    await expect(start()).rejects.toThrow(/in use by another server/);
  });

  it('is a file says so', async () => {
    rmSync(directory, { recursive: true });
    writeFileSync(directory, 'x');
    await expect(start()).rejects.toThrow(/cannot be made/);
  });

  it('was written by a newer version refuses it, and leaves it as it is', async () => {
    await filled(['one']);
    writeFileSync(join(directory, 'store.json'), '{"format":99,"keyed":false}');
    await expect(start()).rejects.toThrow(/newer Orrery \(format 99.*use that version/);
  });

  it('does not say its format is refused', async () => {
    await filled(['one']);
    rmSync(join(directory, 'store.json'));
    await expect(start()).rejects.toThrow(/no store.json that says in what format/);
    writeFileSync(join(directory, 'store.json'), '{"for');
    await expect(start()).rejects.toThrow(/store.json is damaged: write/);
  });

  it('belongs to a server with keys asks for one', async () => {
    await stop(await start({ operatorKey: 'a-long-operator-key' }));
    await expect(start()).rejects.toThrow(/give --operator-key/);
  });

  it('has a damaged row leaves that universe out, names it, and serves the rest', async () => {
    await filled(['one', 'two']);
    await tamper(async (level) => {
      let hit: string | undefined;
      for await (const [key] of level.read('r/', 'r0')) hit ??= key;
      await level.write([{ type: 'put', key: hit as string, value: '00000000{"x":1}' }], true);
    });
    const server = await start();
    expect(names(server)).toEqual(['two']);
    expect(server.damage.join()).toMatch(/universe one is damaged and was left out: a row of/);
  });

  it('has a damaged universe says so to people: which, why, and how to proceed', async () => {
    await filled(['one', 'two', 'three']);
    await tamper(async (level) => {
      for await (const [key] of level.read('r/', 'r0')) {
        await level.write([{ type: 'put', key, value: '00000000{}' }], true);
        break;
      }
      await level.write([{ type: 'put', key: 'u/three', value: '00000000{}' }], true);
    });
    const { url } = await start();
    const orrery = createClient({ url });
    const { universes, damaged } = await orrery.listUniverses();
    expect(universes.map(({ id }) => id)).toEqual(['two']);
    expect(damaged).toEqual([
      {
        id: 'three',
        why: 'its record does not fit its checksum',
        proceed: expect.stringContaining('import FILE'),
      },
      {
        id: 'one',
        why: expect.stringMatching(/^a row of/),
        proceed: expect.stringContaining('create --id one'),
      },
    ]);
    const page = await (await fetch(`${url}/`)).text();
    expect(page).toMatch(/Universe <b>one<\/b> is damaged and was left out: a row of/);
    await orrery.createUniverse({ id: 'one' });
    expect((await orrery.listUniverses()).damaged?.[1]?.proceed).toContain(
      'another universe has its id by now',
    );
  });

  it('has a damaged universe lets another take its id, and keeps what is left of it', async () => {
    await filled(['one']);
    await tamper(async (level) => {
      for await (const [key] of level.read('r/', 'r0'))
        return level.write([{ type: 'put', key, value: '00000000{}' }], true);
    });
    const server = await start();
    await server.registry.create({ id: 'one', seed: 2 });
    await stop(server);
    const again = await start();
    expect(again.registry.get('one')?.seed).toBe(2);
    expect(again.damage).toEqual([]);
    await stop(again);
    const aside: string[] = [];
    await tamper(async (level) => {
      for await (const [key] of level.read('x/', 'x0')) aside.push(key);
    });
    expect(aside).toHaveLength(1);
  });

  it('has rows of a table that nobody knows leaves that universe out and says of which', async () => {
    await filled(['one']);
    await tamper(async (level) => {
      for await (const [key] of level.read('r/', 'r0')) {
        const other = `${key.slice(0, key.lastIndexOf('/') + 1)}gone.table\u0000k`;
        return level.write([{ type: 'put', key: other, value: packed(other, '{}') }], true);
      }
    });
    const server = await start();
    expect(server.damage.join()).toMatch(/rows of gone\.table, which this version does not know/);
  });

  it('lost its newest file names that, and opens with what is there', async () => {
    await filled(['one', 'two']);
    // What is in the log goes into a table at the next start.
    await stop(await start());
    const [table] = files(/\.ldb$/);
    truncateSync(table as string, Math.floor(statSync(table as string).size / 2));
    const server = await start();
    expect(server.damage.join('\n')).toMatch(/damaged/);
    await server.registry.create({ id: 'three', seed: 1 });
    expect(names(server)).toContain('three');
  });

  it('lost its manifest is repaired, and says so', async () => {
    await filled(['one', 'two']);
    for (const path of files(/^CURRENT$/)) writeFileSync(path, 'MANIFEST-999999\n');
    const server = await start();
    expect(server.damage.join()).toMatch(/has been repaired/);
    expect(names(server)).toEqual(['one', 'two']);
  });

  it('has any one bit flipped opens, and never serves rows that are not what was written', async () => {
    await filled(['one', 'two']);
    const before = await start();
    const rows = (server: Orrery, id: string) =>
      server.registry
        .get(id)
        ?.state.tables()
        .map((table) => [table.name, JSON.stringify(server.registry.get(id)?.state.list(table).toArray())])
        .sort();
    const good = new Map(names(before).map((id) => [id, JSON.stringify(rows(before, id))]));
    await stop(before);
    const sound = `${directory}-sound`;
    cpSync(folder, sound, { recursive: true });
    try {
      for (let round = 0; round < 12; round++) {
        rmSync(folder, { recursive: true });
        cpSync(sound, folder, { recursive: true });
        const paths = files(/\.(ldb|log)$/).filter((path) => statSync(path).size > 0);
        const path = paths[round % paths.length] as string;
        flip(path, Math.floor((statSync(path).size * (round + 0.5)) / 12));
        const server = await start();
        for (const id of names(server)) expect(JSON.stringify(rows(server, id)), path).toBe(good.get(id));
        if (names(server).length < 2) expect(server.damage.join(), `${path} ${round}`).toMatch(/damaged/);
        await stop(server);
      }
    } finally {
      rmSync(sound, { recursive: true, force: true });
    }
  });
});
