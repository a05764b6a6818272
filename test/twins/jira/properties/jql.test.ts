/** Random queries on random sites find what a naive reading of them finds, page after page, in their order. */
import { expect, it } from 'vitest';
import { draw } from '../../../../src/prng.ts';
import { ADA, BEN, CY, openSite, type TestSite } from '../site.ts';
import type { Body } from '../stories/teller.ts';
import { holds, inOrder, type Node, PRIORITIES, type Term, written } from './reference.ts';

const SITES = 2;
const ISSUES = 45;
const QUERIES = 120;

/** Numbers that are the same in every run. */
function numbers(seed: number): (below: number) => number {
  const draws = draw(seed, 'jql');
  return (below) => Math.floor(draws.float() * below);
}
type Draw = ReturnType<typeof numbers>;
const pick = <T>(random: Draw, from: readonly T[]): T => from[random(from.length)] as T;
const maybe = <T>(random: Draw, value: T): T | undefined => (random(2) === 0 ? value : undefined);

const WORDS = ['alpha', 'beta', 'gamma', 'delta', 'export', 'login'];
const LABELS = ['red', 'Green', 'blue'];
const DAYS = ['2026-03-05', '2026-03-09', '2026-04-01'];

async function fill(site: TestSite, random: Draw): Promise<void> {
  const people = [ADA, BEN, CY].map(async (email) =>
    String((await site.call('GET', `/rest/api/3/user/search?query=${email}`)).get('0.accountId')),
  );
  const accounts = await Promise.all(people);
  for (let n = 0; n < ISSUES; n++) {
    if (random(3) === 0) await site.universe.advance(site.universe.now() + random(100) * 60_000);
    const project = pick(random, ['ENG', 'ENG', 'OPS', 'REV']);
    const rich = project === 'ENG';
    const assignee = maybe(random, { accountId: pick(random, accounts) });
    const key = await site.issue({
      project: { key: project },
      issuetype: { name: rich ? pick(random, ['Story', 'Bug', 'Task']) : 'Task' },
      summary: Array.from({ length: 1 + random(3) }, () => pick(random, WORDS)).join(' '),
      labels: LABELS.filter(() => random(3) === 0),
      priority: { name: pick(random, PRIORITIES) },
      duedate: maybe(random, pick(random, DAYS)),
      ...(assignee ? { assignee } : {}),
      ...(rich && random(3) === 0 ? { parent: { key: 'ENG-1' } } : {}),
      ...(rich && random(2) === 0 ? { customfield_10016: random(4) } : {}),
    });
    const moves = (await site.call('GET', `/rest/api/3/issue/${key}/transitions`)).get(
      'transitions.*.id',
    ) as string[];
    if (random(2) === 0)
      await site.call('POST', `/rest/api/3/issue/${key}/transitions`, {
        transition: { id: pick(random, moves) },
      });
  }
}

/** Which values and operators a field is asked with. */
const FIELDS: Readonly<Record<string, { values: readonly string[]; empty?: boolean; ordered?: boolean }>> = {
  project: { values: ['ENG', 'OPS', 'REV'] },
  type: { values: ['Story', 'Bug', 'Task', 'Epic'] },
  status: { values: ['To Do', 'In Progress', 'Done', 'Open', 'In Review'] },
  statusCategory: { values: ['To Do', 'In Progress', 'Done'] },
  priority: { values: PRIORITIES, empty: true, ordered: true },
  resolution: { values: ['Done'], empty: true },
  assignee: { values: [ADA, BEN, CY], empty: true },
  reporter: { values: [ADA, BEN] },
  labels: { values: [...LABELS, 'none'], empty: true },
  due: { values: DAYS, empty: true, ordered: true },
  'Story point estimate': { values: ['0', '1', '2', '3'], empty: true, ordered: true },
  parent: { values: ['ENG-1'], empty: true },
  key: { values: ['ENG-1', 'ENG-3', 'ENG-7'] },
};

function clause(random: Draw): Node {
  if (random(6) === 0)
    return {
      kind: 'clause',
      field: 'summary',
      operator: pick(random, ['~', '~', '!~']),
      values: [pick(random, WORDS)],
    };
  const field = pick(random, Object.keys(FIELDS));
  const { values, empty, ordered } = FIELDS[field] as (typeof FIELDS)[string];
  const operators = [
    '=',
    '!=',
    'in',
    'not in',
    ...(ordered ? ['<', '<=', '>', '>='] : []),
    ...(empty ? ['is', 'is not'] : []),
  ];
  const operator = pick(random, operators);
  if (operator.startsWith('is')) return { kind: 'clause', field, operator, values: [null] };
  const several = operator.endsWith('in') ? 1 + random(3) : 1;
  const wanted: (string | null)[] = Array.from({ length: several }, () => pick(random, values));
  if (operator === 'in' && empty && random(4) === 0) wanted.push(null);
  return { kind: 'clause', field, operator, values: wanted };
}

function tree(random: Draw, depth: number): Node {
  if (depth === 0 || random(3) === 0) return clause(random);
  if (random(5) === 0) return { kind: 'not', part: tree(random, depth - 1) };
  const parts = Array.from({ length: 2 + random(2) }, () => tree(random, depth - 1));
  return { kind: random(2) === 0 ? 'and' : 'or', parts };
}

const ORDERS = ['created', 'updated', 'priority', 'due', 'key', 'summary'];
const terms = (random: Draw): Term[] =>
  Array.from({ length: random(3) }, () => ({ field: pick(random, ORDERS), descending: random(2) === 0 }));

/** Everything that a query finds, taken in small pages. */
async function pages(site: TestSite, jql: string, maxResults: number): Promise<Body[]> {
  const found: Body[] = [];
  let nextPageToken: string | undefined;
  do {
    const answer = await site.call('POST', '/rest/api/3/search/jql', {
      ...{ jql, maxResults, fields: ['*all'] },
      ...(nextPageToken ? { nextPageToken } : {}),
    });
    expect(answer.status, `${jql}: ${JSON.stringify(answer.body).slice(0, 300)}`).toBe(200);
    found.push(...(answer.get('issues') as Body[]));
    nextPageToken = answer.get('nextPageToken') as string | undefined;
  } while (nextPageToken);
  return found;
}

it.each(Array.from({ length: SITES }, (_, n) => n + 1))(
  'holds on site %i',
  async (seed) => {
    const random = numbers(seed);
    const site = await openSite();
    await fill(site, random);
    const all = await pages(site, 'project is not EMPTY', 100);
    for (let n = 0; n < QUERIES; n++) {
      const [node, order] = [tree(random, 3), terms(random)];
      const sorted = order.map((term) => `${term.field} ${term.descending ? 'DESC' : 'ASC'}`).join(', ');
      const jql = written(node) + (sorted ? ` ORDER BY ${sorted}` : '');
      const expected = all.filter((issue) => holds(node, issue)).map((issue) => issue.key);
      const found = await pages(site, jql, 3 + random(20));
      expect(found.map((issue) => issue.key).sort(), jql).toEqual(expected.sort());
      expect(inOrder(found, order), `${jql}: ${found.map((issue) => issue.key)}`).toBe(true);
      const { body } = await site.call('POST', '/rest/api/3/search/approximate-count', { jql });
      expect(body, jql).toEqual({ count: expected.length });
    }
  },
  120_000,
);
