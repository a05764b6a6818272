/** Jira expressions. */
import { expect } from 'vitest';
import type { Story } from './teller.ts';

export const expressionStories: readonly Story[] = [
  {
    says: 'expressions are evaluated where they are given things to speak of',
    async tell(t) {
      const body = {
        expression: '{ key: issue.key, all: issues.map(i => i.key), mine: config.id == 7 }',
        context: {
          issue: { key: 'ENG-2' },
          issues: { jql: { query: 'project = ENG ORDER BY key', maxResults: 2 } },
          custom: { config: { type: 'json', value: { id: 7 } } },
        },
      };
      const first = await t.ask('POST', '/expression/evaluate?expand=meta.complexity', body);
      expect(first.value).toEqual({ key: 'ENG-2', all: ['ENG-1', 'ENG-2'], mine: true });
      expect(first.meta.complexity.expensiveOperations).toEqual({ value: 0, limit: 10 });
      const { nextPageToken } = first.meta.issues.jql;
      const jql = { query: 'project = ENG ORDER BY key', maxResults: 2, nextPageToken };
      const rest = await t.ask('POST', '/expression/evaluate', {
        expression: 'issues.map(i => i.key)',
        context: { issues: { jql } },
      });
      expect([rest.value, rest.meta.issues.jql.isLast]).toEqual([['ENG-3'], true]);
      await t.refused(404, 'POST', '/expression/evaluate', {
        expression: '1',
        context: { issue: { key: 'ENG-99' } },
      });
      await t.refused(400, 'POST', '/expression/evaluate', { expression: 'issue.' });
    },
  },
  {
    says: 'expressions are evaluated by the older call with counts',
    async tell(t) {
      const told = await t.ask('POST', '/expression/eval', {
        expression: 'issues.length',
        context: { issues: { jql: { query: 'project = ENG', startAt: 1, maxResults: 1 } } },
      });
      expect(told).toMatchObject({
        value: 1,
        meta: { issues: { jql: { startAt: 1, count: 1, totalCount: 3 } } },
      });
    },
  },
  {
    says: 'expressions are analysed without being evaluated',
    async tell(t) {
      const expressions = ["issues.map(i => i.id > '0')", 'issues.map(i => i.comments)', 'issue =>>'];
      const { results } = await t.ask('POST', '/expression/analyse?check=complexity', { expressions });
      expect(results[0].errors[0].message).toBe("Can't compare Number to String.");
      expect(results[1]).toMatchObject({
        type: 'List<List<Comment>>',
        complexity: { expensiveOperations: 'N', variables: { N: 'issues' } },
      });
      expect(results[2].errors[0]).toMatchObject({ line: 1, column: 9, type: 'syntax' });
    },
  },
];
