import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TestSite } from '../site.ts';
import { openDesk } from './desk.ts';

interface Row {
  jql: string;
  /** Keys, where the query is answered. */
  keys: string | undefined;
  refusals: string[];
}

/** Reads the table: `# section | source`, a query, `= keys` or `! refusal` lines below it. */
function sections(text: string): { title: string; rows: Row[] }[] {
  const found: { title: string; rows: Row[] }[] = [];
  for (const line of text.split('\n')) {
    const rows = found.at(-1)?.rows;
    if (line.startsWith('# ')) found.push({ title: line.slice(2), rows: [] });
    else if (!rows || line === '') continue;
    else if (line.startsWith('  =')) Object.assign(rows.at(-1) as Row, { keys: line.slice(4) });
    else if (line.startsWith('  ! ')) rows.at(-1)?.refusals.push(line.slice(4));
    else rows.push({ jql: line, keys: undefined, refusals: [] });
  }
  return found;
}

const TABLE = sections(readFileSync(new URL('queries.txt', import.meta.url), 'utf8'));

describe('queries that were checked by hand', () => {
  let site: TestSite;
  beforeAll(async () => {
    site = await openDesk();
  });

  it('are at least three hundred', () => {
    expect(TABLE.flatMap(({ rows }) => rows).length).toBeGreaterThanOrEqual(300);
  });

  for (const { title, rows } of TABLE)
    it(`find what they say, or are refused in the vendor’s words: ${title}`, async () => {
      const differing: string[] = [];
      for (const { jql, keys, refusals } of rows) {
        const answer = await site.call('POST', '/rest/api/3/search/jql', { jql, fields: ['key'] });
        const said =
          answer.status === 200
            ? (answer.get('issues.*.key') as string[]).join(' ')
            : (answer.get('errorMessages') as string[]).join('\n');
        if (said !== (keys ?? refusals.join('\n'))) differing.push(`${jql}: ${said}`);
      }
      expect(differing).toEqual([]);
    });

  it('are told apart by /jql/parse: what cannot be is an error, what is not there a warning', async () => {
    const queries = [
      'summary = test',
      'summary in test',
      'project = INVALID',
      'universe = 42',
      'assignee = nobody',
    ];
    const { body } = await site.call('POST', '/rest/api/3/jql/parse', { queries });
    expect(
      (body as { queries: object[] }).queries.map(({ query: _, ...rest }: { query?: string }) => rest),
    ).toEqual([
      { errors: ["The operator '=' is not supported by the 'summary' field."] },
      { errors: ["Operator 'in' does not support the non-list value '\"test\"' for field 'summary'."] },
      { warnings: ["The value 'INVALID' does not exist for the field 'project'."] },
      { errors: ["Field 'universe' does not exist or you do not have permission to view it."] },
      { warnings: ["The value 'nobody' does not exist for the field 'assignee'."] },
    ]);
    const lax = await site.call('POST', '/rest/api/3/jql/parse?validation=none', { queries });
    expect(lax.get('queries.3.structure.where.field.name')).toBe('universe');
  });
});
