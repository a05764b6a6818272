/**
 * What lists of files cost in a large domain beside a small one. By name, at full size:
 * `node --expose-gc dist/test/bench/google.js [FILES]`.
 */
import type { WorldFile } from '../../src/world/file.ts';
import { FLAT, type Flatness, measured, table } from './flat.ts';
import { type GoogleCall, googleCalls } from './googleCalls.ts';
import { heapUsed } from './measure.ts';

export const LARGE_FILES = 100_000;
export const SMALL_FILES = 1_000;
/** In both domains: what one person has grows with the domain. */
const PEOPLE = 2;

/** A domain that is asked without a socket, by its administrator's token. */
export interface DomainUnderTest {
  call: GoogleCall;
  /** A folder that the administrator owns. */
  folder: string;
}

/** Plants a domain with that many files. */
export async function domain(count: number): Promise<DomainUnderTest> {
  const world: WorldFile = {
    world: 'bench',
    people: { count: PEOPLE },
    google: { domain: 'acme.example', files: { count } },
  };
  const call = await googleCalls(world);
  const { files } = await call(
    'GET',
    list("mimeType = 'application/vnd.google-apps.folder' and 'me' in owners"),
  );
  return { call, folder: String((files as { id: string }[])[0]?.id) };
}

const list = (q: string): string =>
  `/drive/v3/files?pageSize=20&fields=nextPageToken,files(id,name)&q=${encodeURIComponent(q)}`;

/** What programs ask most, on indexed terms; `FOLDER` is one of the domain's. */
export const QUERIES: Readonly<Record<string, string>> = {
  'in a folder': "'FOLDER' in parents and trashed = false",
  'by name': "name = 'Sales plan 120.txt' or name = 'Finance report 7'",
  'of a type': "mimeType = 'application/pdf' and trashed = false",
  'of an owner': "'me' in owners",
  'changed lately': "modifiedTime > '2025-12-20T00:00:00'",
  'in the trash': 'trashed = true',
  'with a property': "properties has { key='project' and value='p3' }",
  'a word in texts': "fullText contains 'invoice'",
  'a word that begins a name': "name contains 'road' and mimeType != 'application/pdf'",
  'all, newest first': 'trashed = false',
};

/** Measures each query `rounds` times in each domain. */
export async function flatness(
  small: DomainUnderTest,
  large: DomainUnderTest,
  rounds: number,
): Promise<Flatness[]> {
  const pairs = Object.entries(QUERIES).map(([what, q]) => ({
    what,
    small: () => small.call('GET', list(q.replace('FOLDER', small.folder))),
    large: () => large.call('GET', list(q.replace('FOLDER', large.folder))),
  }));
  const create = (on: DomainUnderTest) => () => on.call('POST', '/drive/v3/files', { name: 'Note.txt' });
  return measured([...pairs, { what: 'a new file', small: create(small), large: create(large) }], rounds);
}

const ROUNDS = 100;

if (process.argv[1]?.endsWith('bench/google.js')) {
  const count = Number(process.argv[2] ?? LARGE_FILES);
  const before = heapUsed();
  const started = performance.now();
  const large = await domain(count);
  const seconds = (performance.now() - started) / 1_000;
  const mib = (heapUsed() - before) / 2 ** 20;
  process.stdout.write(`${count} files: ${seconds.toFixed(1)} s, ${mib.toFixed(0)} MiB\n`);
  const rows = await flatness(await domain(SMALL_FILES), large, ROUNDS);
  process.stdout.write(table(rows));
  process.exitCode = rows.some((row) => row.ratio > FLAT) ? 1 : 0;
}
