import type { Version3Client } from 'jira.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServedSite, serveSite } from './served.ts';

describe('jira.js as a client of searches', () => {
  let served: ServedSite;
  let v3: Version3Client;
  beforeAll(async () => {
    served = await serveSite();
    v3 = served.v3;
  });
  afterAll(() => served.close());

  it('searches page by page, by either method, and counts', async () => {
    const jql = 'project = ENG ORDER BY key';
    const first = await v3.issueSearch.searchForIssuesUsingJqlEnhancedSearch({
      jql,
      maxResults: 2,
      fields: ['summary'],
    });
    expect(first.issues?.map((issue) => issue.key)).toEqual(['ENG-1', 'ENG-2']);
    const { nextPageToken = '' } = first;
    const rest = await v3.issueSearch.searchForIssuesUsingJqlEnhancedSearchPost({
      jql,
      maxResults: 2,
      fields: ['summary'],
      nextPageToken,
    });
    expect(rest.issues?.map((issue) => issue.key)).toEqual(['ENG-3']);
    expect(await v3.issueSearch.countIssues({ jql })).toEqual({ count: 3 });
  });

  it('matches, reads, cleans and suggests', async () => {
    const { matches } = await v3.issueSearch.matchIssues({
      jqls: ['type = Bug'],
      issueIds: [10_000, 10_001],
    });
    expect(matches[0]?.matchedIssues).toEqual([10_001]);
    const { queries } = await v3.jql.parseJqlQueries({
      queries: ['type = Bug ORDER BY key'],
      validation: 'strict',
    });
    expect(queries[0]?.structure?.orderBy?.fields[0]?.field.name).toBe('key');
    const { queryStrings = [] } = await v3.jql.migrateQueries({ queryStrings: ['assignee = "Ben Carver"'] });
    expect(queryStrings[0]).toMatch(/^assignee = 712020:/);
    const found = await v3.jql.getFieldAutoCompleteForQueryString({
      fieldName: 'priority',
      fieldValue: 'high',
    });
    expect(found.results?.map((one) => one.value)).toEqual(['Highest', 'High']);
    const { visibleFunctionNames = [] } = await v3.jql.getAutoComplete();
    expect(visibleFunctionNames.map((one) => one.value)).toContain('currentUser()');
    const picked = await v3.issueSearch.getIssuePickerResource({
      query: 'export',
      currentJQL: 'project = ENG',
    });
    expect(picked.sections?.[1]?.issues?.map((one) => one.key)).toEqual(['ENG-2']);
  });

  it('evaluates and analyses expressions', async () => {
    const told = await v3.jiraExpressions.evaluateJiraExpression({
      expression: 'issue.summary.toLowerCase()',
      context: { issue: { key: 'ENG-2' } },
    });
    expect(told.value).toBe('exports run twice');
    const { results } = await v3.jiraExpressions.analyseExpression({
      check: 'type',
      expressions: ['issue.labels'],
    });
    expect(results[0]?.type).toBe('List<String>');
  });
});
