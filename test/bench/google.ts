/**
 * What lists of files cost in a large domain beside a small one. By name, at full size:
 * `node --expose-gc dist/test/bench/google.js [FILES]`.
 */
import type { WorldFile } from '../../src/world/file.ts';
import { google } from '../../twins/google/twin.ts';
import { openUniverse } from '../universe.ts';
import { FLAT, type Flatness, measured, table } from './flat.ts';
import { heapUsed } from './measure.ts';

export const LARGE_FILES = 100_000;
export const SMALL_FILES = 1_000;
/** In both domains: what one person has grows with the domain. */
const PEOPLE = 2;

/** A domain that is asked without a socket, by its administrator's token. */
export interface DomainUnderTest {
  call(method: string, path: string, body?: object): Promise<Record<string, unknown>>;
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
  const { universe } = await openUniverse([google], world);
  const base = universe.publicBase('google');
  const { credentials } = google.credentials.document(universe.view('google'), base);
  const headers = { authorization: `Bearer ${credentials.accessToken}`, 'content-type': 'application/json' };
  const call: DomainUnderTest['call'] = async (method, target, input) => {
    const [path = '', query = ''] = target.split('?');
    const body = Buffer.from(input ? JSON.stringify(input) : '');
    const plan = await universe.handle('google', {
      method,
      path,
      query,
      headers,
      body,
      base,
      via: 'process',
    });
    if (!('reply' in plan)) throw new Error(`${target}: no answer`);
    const { status, body: said } = plan.reply;
    if (status >= 300) throw new Error(`${target}: ${String(said).slice(0, 300)}`);
    return JSON.parse(String(said || '{}')) as Record<string, unknown>;
  };
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
