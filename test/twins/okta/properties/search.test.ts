/** Search expressions by chance: what the org finds is what a plain reading of each expression finds among all rows. */
import { describe, expect, it } from 'vitest';
import { type Draw, draw } from '../../../../src/prng.ts';
import { links, openOrg, pathOf, type TestOrg } from '../org.ts';

const SEEDS = [1, 2, 3, 4];
const EXPRESSIONS = 60;
const PEOPLE = 40;
const WORDS = ['Ann', 'anna', 'Bo', 'bob', 'Çem', 'Zoe "Z"', 'x y', 'Ünal', 'back\\slash'];
const TEXTS = ['profile.firstName', 'profile.lastName', 'profile.department', 'profile.title', 'status'];
const LISTS = ['profile.tags'];
const PARTLY = new Set(['profile.firstName', 'profile.lastName']);

interface Row {
  id: string;
  status: string;
  created: string;
  profile: Record<string, unknown>;
}

/** An expression as a text, and as a plain test of a row. */
interface Expression {
  text: string;
  holds(row: Row): boolean;
}

const at = (row: Row, path: string): unknown[] => {
  const value = path.startsWith('profile.') ? row.profile[path.slice(8)] : row[path as keyof Row];
  return Array.isArray(value) ? value : value === null || value === undefined ? [] : [value];
};
const low = (value: unknown): string => String(value).toLowerCase();

const PLAIN: Readonly<Record<string, (held: string, wanted: string) => boolean>> = {
  eq: (held, wanted) => held === wanted,
  sw: (held, wanted) => held.startsWith(wanted),
  co: (held, wanted) => held.includes(wanted),
  gt: (held, wanted) => held > wanted,
  ge: (held, wanted) => held >= wanted,
  lt: (held, wanted) => held < wanted,
  le: (held, wanted) => held <= wanted,
};

function comparison(d: Draw): Expression {
  const path = d.pick([...TEXTS, ...LISTS]);
  if (d.float() < 0.15)
    return { text: `${path} pr`, holds: (row) => at(row, path).some((one) => one !== '') };
  const operators = Object.keys(PLAIN).filter((name) => name !== 'co' || PARTLY.has(path));
  const operator = d.pick(operators);
  const wanted = path === 'status' ? d.pick(['ACTIVE', 'suspended', 'STAGED']) : d.pick(WORDS);
  const part = operator === 'sw' || operator === 'co' ? wanted.slice(0, d.int(1, wanted.length)) : wanted;
  const quoted = part.replace(/[\\"]/g, '\\$&');
  const shown = d.float() < 0.3 ? operator.toUpperCase() : operator;
  return {
    text: `${path} ${shown} "${quoted}"`,
    holds: (row) => at(row, path).some((one) => PLAIN[operator]?.(low(one), low(part))),
  };
}

function expression(d: Draw, depth = 3): Expression {
  const kind = depth === 0 ? 0 : d.int(0, 4);
  if (kind <= 1) return comparison(d);
  if (kind === 2) {
    const inner = expression(d, depth - 1);
    return { text: `not (${inner.text})`, holds: (row) => !inner.holds(row) };
  }
  const [left, right] = [expression(d, depth - 1), expression(d, depth - 1)];
  const word = kind === 3 ? 'and' : 'or';
  return {
    text: `(${left.text}) ${word} (${right.text})`,
    holds: (row) => (kind === 3 ? left.holds(row) && right.holds(row) : left.holds(row) || right.holds(row)),
  };
}

async function crowd(seed: number): Promise<TestOrg> {
  const org = await openOrg();
  const properties = { tags: { title: 'Tags', type: 'array', items: { type: 'string' } } };
  await org.call('POST', '/api/v1/meta/schemas/user/default', {
    definitions: { custom: { id: '#custom', type: 'object', properties } },
  });
  const d = draw(seed, 'crowd');
  for (let n = 0; n < PEOPLE; n++) {
    const login = `p${n}@acme.example`;
    const profile = {
      ...{ firstName: d.pick(WORDS), lastName: d.pick(WORDS), login, email: login },
      ...(d.float() < 0.6 ? { department: d.pick(WORDS) } : {}),
      ...(d.float() < 0.3 ? { title: d.pick(WORDS) } : {}),
      ...(d.float() < 0.5 ? { tags: [d.pick(WORDS), d.pick(WORDS)] } : {}),
    };
    const activate = d.float() < 0.7;
    const { body } = await org.call('POST', `/api/v1/users?activate=${activate}`, {
      profile,
      credentials: { password: { value: 'Qu1te-secret' } },
    });
    if (activate && d.float() < 0.3) await org.call('POST', `/api/v1/users/${body.id}/lifecycle/suspend`);
  }
  return org;
}

/** Every row that is found, in order, a few at a time. */
async function found(org: TestOrg, query: Record<string, string>): Promise<Row[]> {
  const rows: Row[] = [];
  let path = `/api/v1/users?${new URLSearchParams(query)}`;
  while (path) {
    const answer = await org.call('GET', path);
    expect([answer.status, query.search]).toEqual([200, query.search]);
    rows.push(...answer.body);
    const { next } = links(answer);
    path = next ? pathOf(next) : '';
  }
  return rows;
}

describe('search expressions by chance', () => {
  it.each(SEEDS)('find what a plain reading finds, on one page or many (seed %i)', async (seed) => {
    const org = await crowd(seed);
    const rows = await found(org, { search: 'id pr' });
    expect(rows).toHaveLength(PEOPLE + 3);
    const d = draw(seed, 'expressions');
    let hits = 0;
    for (let n = 0; n < EXPRESSIONS; n++) {
      const { text, holds } = expression(d);
      const wanted = rows.filter(holds).map((row) => row.id);
      const ids = (await found(org, { search: text, limit: String(d.pick([3, 7, 200])) })).map(
        (row) => row.id,
      );
      expect([text, ids]).toEqual([text, wanted]);
      hits += ids.length;
    }
    expect(hits).toBeGreaterThan(EXPRESSIONS);
  });

  it.each(SEEDS)('come in the order that is asked for, equals by id (seed %i)', async (seed) => {
    const org = await crowd(seed);
    const d = draw(seed, 'order');
    for (const sortOrder of ['asc', 'desc']) {
      const by = d.pick(['profile.firstName', 'profile.lastName']);
      const rows = await found(org, { search: 'id pr', sortBy: by, sortOrder, limit: '9' });
      const keys = rows.map((row) => [low(at(row, by)[0]), row.id] as const);
      const wanted = [...keys].sort(([a, i], [b, j]) => {
        if (a !== b) return (a < b ? -1 : 1) * (sortOrder === 'asc' ? 1 : -1);
        return i < j ? -1 : 1;
      });
      expect(keys).toEqual(wanted);
    }
  });
});
