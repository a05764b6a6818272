/**
 * Checksums of the store's files. LevelDB does not verify what it reads as it is bound here, and a flipped bit in one
 * of its tables may end the process when tables are merged: so tables are verified before it sees them. Tables never
 * change once they are written; the log has checksums of its own, which are verified.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

export class Sums {
  readonly #path: string;
  readonly #folder: string;
  #known: Map<string, number>;

  /** Of the tables in `folder`; kept in the file `path`. */
  constructor(path: string, folder: string) {
    this.#path = path;
    this.#folder = folder;
    this.#known = new Map(Object.entries(read(path)));
  }

  /** Names of tables that are not as they were. */
  async damaged(): Promise<string[]> {
    const bad: string[] = [];
    for (const name of await this.#tables()) {
      const sum = this.#known.get(name);
      if (sum !== undefined && sum !== (await this.#sum(name))) bad.push(name);
    }
    return bad;
  }

  /** Takes tables out of the store, into `lost/`. */
  putAside(names: readonly string[]): void {
    const lost = join(this.#folder, 'lost');
    mkdirSync(lost, { recursive: true });
    for (const name of names) renameSync(join(this.#folder, name), join(lost, name));
  }

  /** Sums up tables that are new, forgets those that are gone. */
  async note(): Promise<void> {
    const now = new Map<string, number>();
    for (const name of await this.#tables()) {
      const sum = this.#known.get(name) ?? (await this.#sum(name));
      if (sum !== undefined) now.set(name, sum);
    }
    const same = now.size === this.#known.size && [...now.keys()].every((name) => this.#known.has(name));
    this.#known = now;
    if (same) return;
    writeFileSync(`${this.#path}.new`, JSON.stringify(Object.fromEntries(now)), { mode: 0o600 });
    renameSync(`${this.#path}.new`, this.#path);
  }

  async #tables(): Promise<string[]> {
    if (!existsSync(this.#folder)) return [];
    return (await readdir(this.#folder)).filter((name) => /\.(ldb|sst)$/.test(name));
  }

  /** Undefined where it is gone meanwhile: LevelDB merges tables and takes the old ones away. */
  async #sum(name: string): Promise<number | undefined> {
    try {
      return crc32(await readFile(join(this.#folder, name)));
    } catch {
      return undefined;
    }
  }
}

/** No checksums are as good as damaged ones: tables are then taken as they are. */
function read(path: string): Record<string, number> {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, number>;
  } catch {
    return {};
  }
}
