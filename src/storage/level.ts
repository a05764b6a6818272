/** The embedded store itself, LevelDB: opened, repaired where it must be, written in batches; its errors in a line. */
import { accessSync, constants, mkdirSync } from 'node:fs';
import type { ClassicLevel } from 'classic-level';
import { StorageError } from './storage.ts';
import { Sums } from './sums.ts';

/** What is written at once: all of it or nothing. */
export type Write =
  | { type: 'put'; key: string; value: string }
  | { type: 'put'; key: string; value: Buffer; valueEncoding: 'buffer' }
  | { type: 'del'; key: string };

/** Read at one time, in entries. */
const READ_MAX = 2_000;
/** Written to the log before LevelDB sorts it into tables, in bytes. */
const WRITE_BUFFER_BYTES = 4 * 1024 * 1024;

export class Level {
  readonly #folder: string;
  readonly #sums: Sums;
  #db: ClassicLevel;
  /** What was wrong, where it had to be repaired. */
  repaired: string | undefined;

  private constructor(folder: string, sums: Sums, db: ClassicLevel, repaired?: string) {
    this.#folder = folder;
    this.#sums = sums;
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
    const sums = new Sums(`${folder}.sums.json`, folder);
    try {
      const { db, wrong } = await openedWhole(folder, sums);
      return new Level(folder, sums, db, wrong);
    } catch (error) {
      throw said(folder, error);
    }
  }

  /** Puts aside what cannot be read (in `lost/`) and goes on with the rest. */
  async repair(wrong: string): Promise<void> {
    try {
      await this.#db.close();
      await repair(this.#folder);
      this.#db = await opened(this.#folder);
    } catch (error) {
      throw said(this.#folder, error);
    }
    this.repaired = wrong;
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

  /** A value, at once: for what a request waits for. */
  get(key: string): string | undefined {
    return this.#db.getSync(key);
  }

  /** A value of bytes, at once; undefined where there is none, or a damaged file has it. */
  bytes(key: string): Buffer | undefined {
    try {
      return this.#db.getSync<string, Buffer>(key, { valueEncoding: 'buffer' });
    } catch {
      return undefined;
    }
  }

  /** Writes all or nothing; `sync`: it is on the disk when this resolves. */
  async write(writes: Write[], sync: boolean): Promise<void> {
    try {
      await this.#db.batch<string, string | Buffer>(writes, { sync });
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

  /** Sums up what was written, so that damage is seen at the next start. */
  async noteSums(): Promise<void> {
    // Checksums that cannot be written are no reason to fail: the store itself says when it cannot.
    await this.#sums.note().catch(() => {});
  }

  async close(): Promise<void> {
    await this.#db.close();
    await this.noteSums();
  }
}

/** Opens `folder`, repaired where it must be; says what was wrong. */
async function openedWhole(folder: string, sums: Sums): Promise<{ db: ClassicLevel; wrong?: string }> {
  const bad = await sums.damaged();
  let wrong: string | undefined;
  if (bad.length > 0) {
    sums.putAside(bad);
    wrong = bad.map((name) => `${name}: not what was written`).join(', ');
  } else
    try {
      return { db: await opened(folder) };
    } catch (error) {
      if (!isDamage(error)) throw error;
      wrong = firstLine(error);
    }
  await repair(folder);
  return { db: await opened(folder), wrong };
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

/** Whether one of LevelDB's own files is damaged, too short (an invalid argument, as it is read) or not there. */
export const isDamage = (error: unknown): boolean =>
  codeOf(error) === 'LEVEL_CORRUPTION' ||
  (codeOf(error) === 'LEVEL_IO_ERROR' &&
    /(\.(ldb|sst|log)|MANIFEST-\d+|CURRENT): (No such file|Invalid argument)/.test(firstLine(error)));

/** What LevelDB says, with the file's name. */
export const firstLine = (error: unknown): string => (causeOf(error).message ?? '').split('\n')[0] ?? '';

async function repair(folder: string): Promise<void> {
  const { ClassicLevel: Store } = await import('classic-level');
  await Store.repair(folder);
}

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
