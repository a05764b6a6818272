/** Opens a data directory: what a server remembers, and its universes. One server at a time. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Data, openData } from './data.ts';
import { Level } from './level.ts';
import { FORMAT } from './record.ts';
import { type Storage, StorageError, type SyncPolicy } from './storage.ts';
import { LevelStorage } from './store.ts';

/** Older forms of what `FORMAT` says are taken along: by the format that they begin with; each leaves the next. */
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
    const data = keyed ? openData(directory) : undefined;
    return { storage: new LevelStorage(level, { sync, say }), data };
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
  const path = join(directory, 'store.json');
  const written = readFormat(path);
  if (written === undefined) {
    for await (const [key] of level.read('', '\uffff'))
      throw new StorageError(
        `${directory} has universes (${key.slice(0, 40)}) but no store.json that says in what format: ` +
          'put that file back, or give another --data',
      );
    return writeFormat(path, { format: FORMAT, keyed });
  }
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
    writeFormat(path, { format: at + 1, keyed });
  }
}

/** Beside the store and not in it, so that it can be read whatever has become of the store. */
function readFormat(path: string): Format | undefined {
  if (!existsSync(path)) return undefined;
  try {
    const { format, keyed } = JSON.parse(readFileSync(path, 'utf8')) as Partial<Format>;
    if (Number.isInteger(format) && typeof keyed === 'boolean') return { format: format as number, keyed };
  } catch {
    // Said below.
  }
  throw new StorageError(
    `${path} is damaged: write {"format":${FORMAT},"keyed":false} into it (true where the server has an operator ` +
      'key) if this version wrote it, or give another --data',
  );
}

/** In one step, so that no crash leaves half of it. */
function writeFormat(path: string, format: Format): void {
  writeFileSync(`${path}.new`, `${JSON.stringify(format)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
