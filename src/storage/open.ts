/** Opens a data directory: what a server remembers, and its universes. One server at a time. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Data, openData } from './data.ts';
import { Level } from './level.ts';
import { type Storage, StorageError, type SyncPolicy } from './storage.ts';
import { LevelStorage } from './store.ts';
import { behind, KEYS, packed, unpacked } from './value.ts';

/** How universes lie in the store; older forms are taken along by `MIGRATIONS`. */
export const FORMAT = 1;

/** By the format that they begin with; each leaves the next. */
const MIGRATIONS: ReadonlyMap<number, (level: Level) => Promise<void>> = new Map();

/** An open data directory. */
export interface Kept {
  storage: Storage;
  /** Tenants, salt and keys; only where keys are asked for. */
  data: Data | undefined;
}

/** Opens `directory`, made where it is not there. Rejects with a StorageError of one line that says what to do. */
export async function openKept(
  directory: string,
  how: { sync: SyncPolicy; keyed: boolean; say?: (line: string) => void },
): Promise<Kept> {
  const { keyed, sync, say = (line) => void process.stderr.write(`orrery: ${line}\n`) } = how;
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  } catch (error) {
    const { code } = error as { code?: string };
    throw new StorageError(`${directory} cannot be made (${code}): give another --data`, { cause: error });
  }
  const level = await Level.open(join(directory, 'universes'));
  try {
    await checkFormat(level, directory, keyed);
    return { storage: new LevelStorage(level, { sync, say }), data: keyed ? openData(directory) : undefined };
  } catch (error) {
    await level.close();
    if (error instanceof StorageError) throw error;
    throw new StorageError(`${join(directory, 'server.json')}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

interface Format {
  format: number;
  /** Whether the server asks for keys: credentials and owners differ. */
  keyed: boolean;
}

async function checkFormat(level: Level, directory: string, keyed: boolean): Promise<void> {
  const written = await readFormat(level, directory);
  if (written === undefined) return writeFormat(level, { format: FORMAT, keyed });
  if (written.format > FORMAT)
    throw new StorageError(
      `${directory} was written by a newer Orrery (format ${written.format}; this one knows ${FORMAT}): ` +
        'use that version, or give another --data',
    );
  if (written.keyed !== keyed)
    throw new StorageError(
      written.keyed
        ? `${directory} belongs to a server that asks for keys: give --operator-key, or another --data`
        : `${directory} belongs to a server without keys: leave out --operator-key, or give another --data`,
    );
  for (let at = written.format; at < FORMAT; at++) {
    const migrate = MIGRATIONS.get(at);
    if (!migrate)
      throw new StorageError(
        `${directory} has format ${at}, which this version cannot read: export its universes with the version ` +
          'that wrote them, or give another --data',
      );
    await migrate(level);
    await writeFormat(level, { format: at + 1, keyed });
  }
}

async function readFormat(level: Level, directory: string): Promise<Format | undefined> {
  for await (const [key, value] of level.read(KEYS.format, behind(`${KEYS.format}/`))) {
    const text = key === KEYS.format ? unpacked(key, value) : undefined;
    if (text !== undefined) return JSON.parse(text) as Format;
  }
  for await (const [key] of level.read('', '\uffff'))
    throw new StorageError(
      `${directory} holds ${JSON.stringify(key)} but does not say in what format: it is no store of this version; ` +
        'give another --data',
    );
  return undefined;
}

const writeFormat = (level: Level, format: Format): Promise<void> =>
  level.write([{ type: 'put', key: KEYS.format, value: packed(KEYS.format, JSON.stringify(format)) }], true);
