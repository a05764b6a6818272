/** Searching: queries, what they find, what they are made of. */
import { expect } from 'vitest';
import type { Story } from './teller.ts';

export const jqlStories: readonly Story[] = [
  {
    says: 'issues are searched, page by page, and counted',
    async tell(t) {
      const input = { jql: 'project = ENG ORDER BY key', maxResults: 2, fields: ['summary'] };
      const first = await t.ask('POST', '/search/jql', input);
      expect(first.issues.map((issue: { key: string }) => issue.key)).toEqual(['ENG-1', 'ENG-2']);
      const query = `jql=${encodeURIComponent(input.jql)}&nextPageToken=${first.nextPageToken}&fields=summary`;
      expect(await t.get(`/search/jql?${query}`)).toMatchObject({ issues: [{ key: 'ENG-3' }], isLast: true });
      expect(await t.ask('POST', '/search/approximate-count', { jql: 'project = ENG' })).toEqual({
        count: 3,
      });
      await t.refused(400, 'POST', '/search/approximate-count', { jql: 'ORDER BY key' });
      await t.refused(400, 'GET', '/search/jql?jql=project%20%3D%20NOPE');
    },
  },
  {
    says: 'queries are read, matched, cleaned and sanitized',
    async tell(t) {
      const read = await t.ask('POST', '/jql/parse', { queries: ['summary ~ test', 'invalid query'] });
      expect(read.queries[0].structure.where.operator).toBe('~');
      expect(read.queries[1].errors[0]).toContain("Expecting operator but got 'query'");
      await t.refused(400, 'POST', '/jql/parse?validation=lax', { queries: ['summary ~ test'] });
      const body = { jqls: ['type = Bug', 'type ='], issueIds: [10_000, 10_001] };
      const { matches } = await t.ask('POST', '/jql/match', body);
      expect(matches[0]).toEqual({ matchedIssues: [10_001], errors: [] });
      expect(matches[1].errors).toHaveLength(1);
      const me = await t.get('/myself');
      const cleaned = await t.ask('POST', '/jql/pdcleaner', {
        queryStrings: ['assignee = "Ada Lovelace" AND type = Bug', 'reporter in (nobody)'],
      });
      expect(cleaned).toEqual({
        queryStrings: [`assignee = ${me.accountId} AND type = Bug`],
        queriesWithUnknownUsers: [
          { originalQuery: 'reporter in (nobody)', convertedQuery: 'reporter in (unknown)' },
        ],
      });
      const sanitized = await t.ask('POST', '/jql/sanitize', {
        queries: [
          { query: 'project = Engineering', accountId: me.accountId },
          { query: 'project = Engineering' },
        ],
      });
      expect(sanitized.queries[0].sanitizedQuery).toBe('project = Engineering');
      expect(sanitized.queries[1].sanitizedQuery).toMatch(/^project = \d+$/);
    },
  },
  {
    says: 'who writes queries is told what they may be made of',
    async tell(t) {
      const told = await t.get('/jql/autocompletedata');
      const names = told.visibleFieldNames.map((field: { value: string }) => field.value);
      expect(names).toEqual(expect.arrayContaining(['summary', 'Sprint', 'issueLinkType']));
      expect(told.jqlReservedWords).toContain('empty');
      const body = { projectIds: [10_000], includeCollapsedFields: true };
      expect(await t.ask('POST', '/jql/autocompletedata', body)).toHaveProperty('visibleFunctionNames');
      const found = await t.get('/jql/autocompletedata/suggestions?fieldName=status&fieldValue=pro');
      expect(found.results).toEqual([{ value: '"In Progress"', displayName: 'In <b>Pro</b>gress' }]);
      await t.refused(400, 'GET', '/jql/autocompletedata/suggestions?fieldName=nothing');
    },
  },
  {
    says: 'issues are suggested while one types',
    async tell(t) {
      const made = await t.send('POST', '/issue', {
        fields: { project: { key: 'ENG' }, issuetype: { name: 'Task' }, summary: 'Export <less>' },
      });
      const { sections } = await t.get('/issue/picker?query=export&currentJQL=type%20%3D%20Bug');
      expect(sections[0].issues[0]).toMatchObject({ key: made.key, summaryText: 'Export <less>' });
      expect(sections[0].issues[0].summary).toBe('<b>Export</b> &#60;less&#62;');
      expect(sections[1].issues.map((issue: { key: string }) => issue.key)).toEqual(['ENG-2']);
      const besides = await t.get(`/issue/picker?query=export&currentIssueKey=${made.key}`);
      expect(besides.sections[0].issues.map((issue: { key: string }) => issue.key)).not.toContain(made.key);
      await t.refused(400, 'GET', '/issue/picker?currentJQL=type%20%3D');
    },
  },
];
