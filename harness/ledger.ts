/** A hash-chained list of runs: a record that was changed or removed shows. */
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** One run in the ledger. `hash` is over all other fields. */
export interface LedgerEntry {
  at: string;
  run: string;
  directory: string;
  /** SHA-256 of the run's `run.json`. */
  record: string;
  previous: string;
  hash: string;
}

const FIRST = '0'.repeat(64);

/** Where the ledger lies: in `$ORRERY_DATA`, else `.orrery` under the working directory. */
export function ledgerPath(): string {
  return join(resolve(process.env.ORRERY_DATA ?? '.orrery'), 'ledger.jsonl');
}

/** Adds a finished run. */
export function enterRun(ledger: string, run: string, directory: string): LedgerEntry {
  const entries = readLedger(ledger);
  const body = {
    at: new Date().toISOString(),
    run,
    directory: resolve(directory),
    record: hashOfFile(join(directory, 'run.json')) ?? '',
    previous: entries.at(-1)?.hash ?? FIRST,
  };
  const entry = { ...body, hash: hashOf(body) };
  mkdirSync(dirname(ledger), { recursive: true });
  appendFileSync(ledger, `${JSON.stringify(entry)}\n`);
  return entry;
}

/** All entries, oldest first; none where there is no ledger. */
export function readLedger(ledger: string): LedgerEntry[] {
  if (!existsSync(ledger)) return [];
  const lines = readFileSync(ledger, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line) as LedgerEntry);
}

/** What is wrong with the chain or with the records that it names; empty where all is well. */
export function verifyLedger(ledger: string): string[] {
  const wrong: string[] = [];
  let previous = FIRST;
  const entries = readLedger(ledger);
  // A run that was resumed stands in it more than once; its last entry is the one that its record must fit.
  const newest = new Map(entries.map((entry) => [entry.directory, entry]));
  for (const [index, entry] of entries.entries()) {
    const { hash, ...body } = entry;
    if (body.previous !== previous)
      wrong.push(`entry ${index + 1} (${body.run}): an entry before it is missing`);
    if (hashOf(body) !== hash) wrong.push(`entry ${index + 1} (${body.run}): it was changed`);
    previous = hash;
    if (newest.get(body.directory) !== entry) continue;
    const record = hashOfFile(join(body.directory, 'run.json'));
    if (record === undefined) wrong.push(`${body.run}: ${join(body.directory, 'run.json')} is gone`);
    else if (record !== body.record)
      wrong.push(`${body.run}: ${join(body.directory, 'run.json')} was changed`);
  }
  return wrong;
}

function hashOf(body: Omit<LedgerEntry, 'hash'>): string {
  const { at, run, directory, record, previous } = body;
  return createHash('sha256')
    .update(JSON.stringify([at, run, directory, record, previous]))
    .digest('hex');
}

function hashOfFile(path: string): string | undefined {
  return existsSync(path) ? createHash('sha256').update(readFileSync(path)).digest('hex') : undefined;
}
