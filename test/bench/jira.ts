/**
 * What searches cost on a large site beside a small one, and what a new issue costs. By name, at full size:
 * `node --expose-gc dist/test/bench/jira.js [ISSUES]`.
 */
import type { WorldFile } from '../../src/world/file.ts';
import { jira } from '../../twins/jira/twin.ts';
import { openUniverse } from '../universe.ts';
import { FLAT, type Flatness, measured, type Pair, table } from './flat.ts';
import { heapUsed, median } from './measure.ts';

export interface Size {
  people: number;
  projects: number;
  issues: number;
}

/** As large as a company's site gets, and as small as one that still fills every page. */
export const LARGE: Size = { people: 1_000, projects: 40, issues: 200_000 };
export const SMALL: Size = { people: 100, projects: 4, issues: 4_000 };

/** A site that is asked without a socket, by its administrator's token. */
export interface SiteUnderTest {
  call(method: string, path: string, body?: object): Promise<Record<string, unknown>>;
}

/** Plants a site of that size. */
export async function site({ people, projects, issues }: Size): Promise<SiteUnderTest> {
  const issueTypes = ['Epic', 'Story', 'Task', 'Bug'];
  const world: WorldFile = {
    world: 'bench',
    people: { count: people },
    jira: {
      site: 'bench',
      projects: Array.from({ length: projects }, (_, n) => ({
        key: `P${n}`,
        name: `Project ${n}`,
        issueTypes,
      })),
      issues: { count: issues },
    },
  };
  const { universe } = await openUniverse([jira], world);
  const base = universe.publicBase('jira');
  const { credentials } = jira.credentials.document(universe.view('jira'), base);
  const authorization = `Basic ${Buffer.from(`${credentials.email}:${credentials.apiToken}`).toString('base64')}`;
  const headers = { authorization, 'content-type': 'application/json' };
  return {
    async call(method, target, input) {
      const [path = '', query = ''] = target.split('?');
      const body = Buffer.from(input ? JSON.stringify(input) : '');
      const request = { method, path, query, headers, body, base, via: 'process' } as const;
      const plan = await universe.handle('jira', request);
      if (!('reply' in plan)) throw new Error(`${target}: no answer`);
      const { status, body: said } = plan.reply;
      if (status >= 300) throw new Error(`${target}: ${String(said).slice(0, 300)}`);
      return JSON.parse(String(said || '{}')) as Record<string, unknown>;
    },
  };
}

/** What programs and people ask most, on indexed clauses. */
export const QUERIES: Readonly<Record<string, string>> = {
  'a project, newest first': 'project = P1 ORDER BY created DESC',
  'a project and status, by update': 'project = P1 AND status = "In Progress" ORDER BY updated DESC',
  'my open issues, by priority':
    'assignee = currentUser() AND resolution = Unresolved ORDER BY priority DESC, updated DESC',
  'open issues of a project, by priority':
    'project = P1 AND resolution = Unresolved ORDER BY priority DESC, updated DESC',
  'open bugs of the site, by rank': 'type = Bug AND statusCategory != Done ORDER BY rank',
  'words in texts': 'text ~ "export reports" ORDER BY created DESC',
  'labels, by update': 'labels in (security, flaky) AND project in (P1, P2) ORDER BY updated DESC',
  'updated lately': 'updated >= -1d ORDER BY updated DESC',
  'one of a few keys': 'key in (P1-1, P1-2, P2-3)',
  'no order': 'project = P1 AND reporter = currentUser()',
};

/** The body of a search for a page of 50. */
const page = (jql: string, more: object = {}) => ({ jql, fields: ['id', 'key'], maxResults: 50, ...more });

/** Measures each query `rounds` times on each site. */
export async function flatness(
  small: SiteUnderTest,
  large: SiteUnderTest,
  rounds: number,
): Promise<Flatness[]> {
  const pairs: Pair[] = Object.entries(QUERIES).map(([what, jql]) => ({
    what,
    small: () => small.call('POST', '/rest/api/3/search/jql', page(jql)),
    large: () => large.call('POST', '/rest/api/3/search/jql', page(jql)),
  }));
  return measured([...pairs, creation(small, large)], rounds);
}

const creation = (small: SiteUnderTest, large: SiteUnderTest): Pair => ({
  what: 'a new issue',
  small: () => create(small),
  large: () => create(large),
});

const create = (on: SiteUnderTest) =>
  on.call('POST', '/rest/api/3/issue', {
    fields: { project: { key: 'P1' }, issuetype: { name: 'Task' }, summary: 'Check the export of reports' },
  });

/** Milliseconds that each query takes in the middle, on one site. */
export async function medians(on: SiteUnderTest, rounds: number): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const [what, jql] of Object.entries(QUERIES)) {
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const started = performance.now();
      await on.call('POST', '/rest/api/3/search/jql', page(jql));
      times.push(performance.now() - started);
    }
    found[what] = median(times);
  }
  return found;
}

const ROUNDS = 100;
/** Milliseconds that a page may take in the middle. */
const PAGE_MS_MAX = 5;

if (process.argv[1]?.endsWith('bench/jira.js')) {
  const issues = Number(process.argv[2] ?? LARGE.issues);
  const before = heapUsed();
  const started = performance.now();
  const large = await site({ ...LARGE, issues });
  const seconds = (performance.now() - started) / 1_000;
  const mib = (heapUsed() - before) / 2 ** 20;
  process.stdout.write(`${issues} issues: ${seconds.toFixed(1)} s, ${mib.toFixed(0)} MiB\n`);
  const times = await medians(large, ROUNDS);
  for (const [what, ms] of Object.entries(times))
    process.stdout.write(`${what.padEnd(40)} p50 ${ms.toFixed(2)} ms\n`);
  const counted = performance.now();
  const { count } = await large.call('POST', '/rest/api/3/search/approximate-count', {
    jql: 'resolution = Unresolved AND type = Bug',
  });
  process.stdout.write(`counted ${count} in ${(performance.now() - counted).toFixed(1)} ms\n`);
  const rows = await flatness(await site(SMALL), large, ROUNDS);
  process.stdout.write(table(rows));
  const slow = Object.values(times).some((ms) => ms > PAGE_MS_MAX);
  const created = rows.find((row) => row.what === 'a new issue');
  process.exitCode = slow || (created?.ratio ?? 0) > FLAT ? 1 : 0;
}
