/** The embedded store itself, LevelDB: opened, repaired where it must be, written in batches; its errors in a line. */
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import type { ClassicLevel } from 'classic-level';
import { StorageError } from './storage.ts';

/** What is written at once: all of it or nothing. */
export type Write = { type: 'put'; key: string; value: string } | { type: 'del'; key: string };

/** Read at one time, in entries. */
const READ_MAX = 2_000;
/** Written to the log before LevelDB sorts it into tables, in bytes. */
const WRITE_BUFFER_BYTES = 16 * 1024 * 1024;

export class Level {
  readonly #folder: string;
  #db: ClassicLevel;
  /** Whether it had to be repaired to be opened. */
  readonly repaired: boolean;

  private constructor(folder: string, db: ClassicLevel, repaired: boolean) {
    this.#folder = folder;
    this.#db = db;
    this.repaired = repaired;
  }

  /** Opens (or makes) the store in `folder`. Rejects with a StorageError. */
  static async open(folder: string): Promise<Level> {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      accessSync(folder, constants.W_OK);
    } catch (error) {
      throw said(folder, error);
    }
    try {
      return new Level(folder, await opened(folder), false);
    } catch (error) {
      if (codeOf(error) !== 'LEVEL_CORRUPTION' && !missesFiles(folder, error)) throw said(folder, error);
    }
    try {
      const { ClassicLevel: Store } = await import('classic-level');
      await Store.repair(folder);
      return new Level(folder, await opened(folder), true);
    } catch (error) {
      throw said(folder, error);
    }
  }

  /** Entries from `from` (included) to `to` (excluded) in order. Rejects where a file is damaged. */
  async *read(from: string, to: string): AsyncGenerator<[string, string]> {
    const iterator = this.#db.iterator({ gte: from, lt: to, fillCache: false });
    try {
      for (;;) {
        const entries = await iterator.nextv(READ_MAX);
        if (entries.length === 0) return;
        yield* entries;
      }
    } finally {
      await iterator.close();
    }
  }

  /** Writes all or nothing; `sync`: it is on the disk when this resolves. */
  async write(writes: Write[], sync: boolean): Promise<void> {
    try {
      await this.#db.batch(writes, { sync });
    } catch (error) {
      throw said(this.#folder, error);
    }
  }

  /** Takes away what is from `from` to `to`. */
  async clear(from: string, to: string): Promise<void> {
    await this.#db.clear({ gte: from, lt: to });
  }

  /** Closes and opens it: after a write that failed, LevelDB's log is to be trusted only once it was read again. */
  async reopen(): Promise<void> {
    try {
      await this.#db.close();
      this.#db = await opened(this.#folder);
    } catch (error) {
      throw said(this.#folder, error);
    }
  }

  async close(): Promise<void> {
    await this.#db.close();
  }
}

/** Loaded here, so that a start that keeps nothing does not pay for it. */
async function opened(folder: string): Promise<ClassicLevel> {
  const { ClassicLevel: Store } = await import('classic-level');
  const db = new Store(folder, { writeBufferSize: WRITE_BUFFER_BYTES });
  await db.open();
  return db;
}

const causeOf = (error: unknown): { code?: string; message?: string } =>
  ((error as Error).cause ?? error) as { code?: string; message?: string };
const codeOf = (error: unknown): string | undefined => causeOf(error).code;

/** LevelDB calls it an input/output error where one of its own files is not there or is too short. */
const missesFiles = (folder: string, error: unknown): boolean =>
  codeOf(error) === 'LEVEL_IO_ERROR' &&
  existsSync(folder) &&
  /\.(ldb|sst|log)|MANIFEST|CURRENT/.test(causeOf(error).message ?? '') &&
  /No such file|truncated|too short/i.test(causeOf(error).message ?? '');

/** An error in one line that says what to do. */
function said(folder: string, error: unknown): StorageError {
  const { code, message = String(error) } = causeOf(error);
  const options = { cause: error };
  if (code === 'LEVEL_LOCKED')
    return new StorageError(
      `${folder} is in use by another server: stop that one, or give this one a directory of its own`,
      options,
    );
  if (code === 'EACCES' || code === 'EROFS' || /permission denied|read-only/i.test(message))
    return new StorageError(
      `${folder} cannot be written to: make it writable, or give another --data`,
      options,
    );
  if (/no space left|file too large|quota/i.test(message))
    return new StorageError(
      `the disk of ${folder} is full: nothing can be kept until there is room`,
      options,
    );
  return new StorageError(`${folder}: ${message.split('\n')[0]}`, options);
}
