import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BEN, openSite, type TestSite } from './site.ts';

describe('searching with the query language', () => {
  let site: TestSite;
  beforeAll(async () => {
    site = await openSite();
    await site.issue({
      project: { key: 'OPS' },
      summary: 'Rotate the laptop fleet',
      labels: ['Hardware', 'q1'],
      duedate: '2026-03-10',
    });
    await site.issue({
      summary: 'Write the runbook',
      parent: { key: 'ENG-1' },
      customfield_10016: 5,
      priority: { name: 'Low' },
    });
    await site.call('POST', '/rest/api/2/issue/ENG-2/comment', { body: 'It is the scheduler that misfires' });
  });
  const search = async (jql: string, more = '') =>
    await site.call('GET', `/rest/api/3/search/jql?fields=summary&jql=${encodeURIComponent(jql)}${more}`);
  const keys = async (jql: string) => {
    const found = await search(`${jql}${/order by/i.test(jql) ? '' : ' ORDER BY key'}`);
    expect(found.body).toHaveProperty('issues');
    return found.get('issues.*.key');
  };
  const refusal = async (jql: string) => {
    const found = await search(jql);
    expect(found.status).toBe(400);
    return found.get('errorMessages');
  };

  it.each([
    ['project = ENG', ['ENG-1', 'ENG-2', 'ENG-3', 'ENG-4']],
    ['project in (OPS, "Engineering") AND type = Task', ['ENG-3', 'ENG-4', 'OPS-1']],
    ['project != ENG', ['OPS-1']],
    ['key = eng-2', ['ENG-2']],
    ['key in (ENG-2, OPS-1, ENG-2)', ['ENG-2', 'OPS-1']],
    ['status = Done OR status = "In Progress"', ['ENG-2', 'ENG-3']],
    ['statusCategory != Done AND project = ENG', ['ENG-1', 'ENG-2', 'ENG-4']],
    ['NOT (project = OPS) AND NOT status = "To Do"', ['ENG-2', 'ENG-3']],
    ['assignee is EMPTY', ['ENG-1', 'ENG-4', 'OPS-1']],
    ['assignee is not empty', ['ENG-2', 'ENG-3']],
    ['assignee = "ben@acme.example"', ['ENG-2']],
    ['assignee != "ben@acme.example"', ['ENG-3']],
    ['reporter = currentUser() AND labels = hardware', ['OPS-1']],
    ['labels not in (tests) AND labels is not EMPTY', ['ENG-1', 'OPS-1']],
    ['priority > Medium', ['ENG-2']],
    ['priority in (Low, High)', ['ENG-2', 'ENG-4']],
    ['resolution = Unresolved AND project = ENG', ['ENG-1', 'ENG-2', 'ENG-4']],
    ['resolution is not EMPTY', ['ENG-3']],
    ['summary ~ "runbook write"', ['ENG-4']],
    ['summary ~ "\\"the runbook\\""', ['ENG-4']],
    ['summary ~ "run*"', ['ENG-2', 'ENG-4']],
    ['summary ~ "runbook OR laptop"', ['ENG-4', 'OPS-1']],
    ['summary ~ "test NOT coverage" or summary ~ "the -runbook"', ['OPS-1']],
    ['due < "9999999999999M" AND level is EMPTY', ['OPS-1']],
    ['labels in (EMPTY, q1)', ['ENG-2', 'ENG-4', 'OPS-1']],
    ['summary !~ runbook AND project = ENG', ['ENG-1', 'ENG-2', 'ENG-3']],
    ['text ~ scheduler', ['ENG-2']],
    ['comment ~ misfires', ['ENG-2']],
    ['parent = ENG-1', ['ENG-4']],
    ['"Epic Link" = ENG-1', ['ENG-4']],
    ['issuekey in childIssuesOf(ENG-1)', ['ENG-4']],
    ['due < 2026-03-11 AND due >= startOfWeek(1)', ['OPS-1']],
    ['due = 2026-03-10', ['OPS-1']],
    ['due <= 8d', ['OPS-1']],
    ['created >= -1h AND project = OPS', ['OPS-1']],
    ['created > now()', []],
    ['created >= startOfDay() and created <= endOfDay() and project = OPS', ['OPS-1']],
    ['"Story point estimate" >= 5', ['ENG-4']],
    ['cf[10016] = 5', ['ENG-4']],
    ['key > ENG-2 and key <= ENG-4', ['ENG-3', 'ENG-4']],
    ['watcher = currentUser() and key = OPS-1', ['OPS-1']],
    ['project = ENG order by priority desc, created', ['ENG-2', 'ENG-1', 'ENG-3', 'ENG-4']],
    ['project = ENG ORDER BY summary ASC', ['ENG-1', 'ENG-2', 'ENG-3', 'ENG-4']],
  ])('finds by %s', async (jql, expected) => {
    expect(await keys(jql)).toEqual(expected);
  });

  it.each([
    ['project = NOPE', ["The value 'NOPE' does not exist for the field 'project'."]],
    ['colour = red', ["Field 'colour' does not exist or you do not have permission to view it."]],
    ['project ~ ENG', ["The operator '~' is not supported by the 'project' field."]],
    ['summary = x', ["The operator '=' is not supported by the 'summary' field."]],
    [
      'project ENG',
      [
        "Error in the JQL Query: Expecting operator but got 'ENG'. The valid operators are '=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'NOT IN', 'IS' and 'IS NOT'. (line 1, character 9)",
      ],
    ],
    [
      'project =',
      ['Error in JQL Query: Expecting either a value, list or function before the end of the query.'],
    ],
    [
      'project = ENG status = Done',
      ["Error in the JQL Query: Expecting either 'OR' or 'AND' but got 'status'. (line 1, character 15)"],
    ],
    ['(project = ENG', ["Error in the JQL Query: Expecting ')' before the end of the query."]],
    [
      'summary ~ "open',
      ["Error in the JQL Query: The quoted string 'open' has not been completed. (line 1, character 11)"],
    ],
    [
      'assignee = a@b',
      [
        "Error in the JQL Query: The character '@' is a reserved JQL character. You must enclose it in a string or use the escape '\\u0040' instead. (line 1, character 13)",
      ],
    ],
    ['assignee = nobodyHere()', ["Unable to find JQL function 'nobodyHere()'."]],
    [
      'created > soon',
      [
        "Date value 'soon' for field 'created' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.",
      ],
    ],
    [
      'order by created',
      ['Unbounded JQL queries are not allowed here. Please add a search restriction to your query.'],
    ],
    ['', ['Unbounded JQL queries are not allowed here. Please add a search restriction to your query.']],
  ])('refuses %s in the vendor’s words', async (jql, messages) => {
    expect(await refusal(jql)).toEqual(messages);
  });

  it('answers ids alone where no field is asked for', async () => {
    const found = await site.call('POST', '/rest/api/3/search/jql', { jql: 'project = OPS' });
    expect(found.body).toEqual({ issues: [{ id: '10003' }], isLast: true });
  });

  it('gives the requested fields and no totals, and goes on by token', async () => {
    const input = { jql: 'project = ENG order by key', fields: ['status'], maxResults: 3 };
    const first = await site.call('POST', '/rest/api/3/search/jql', input);
    expect(Object.keys(first.body as object)).toEqual(['issues', 'nextPageToken', 'isLast']);
    expect(first.get('issues.*.key')).toEqual(['ENG-1', 'ENG-2', 'ENG-3']);
    expect(Object.keys(first.get('issues.0.fields') as object)).toEqual(['status']);
    const second = await site.call('POST', '/rest/api/3/search/jql', {
      ...input,
      nextPageToken: first.get('nextPageToken'),
    });
    expect([second.get('issues.*.key'), second.get('isLast')]).toEqual([['ENG-4'], true]);
    const other = await site.call('POST', '/rest/api/3/search/jql', {
      jql: 'project = OPS',
      nextPageToken: first.get('nextPageToken'),
    });
    expect(other.status).toBe(400);
  });

  it('counts, matches and parses queries', async () => {
    expect(
      (await site.call('POST', '/rest/api/3/search/approximate-count', { jql: 'project = ENG' })).body,
    ).toEqual({ count: 4 });
    const matched = await site.call('POST', '/rest/api/3/jql/match', {
      jqls: ['status = Done', 'status = No'],
      issueIds: [10002, 10001],
    });
    expect(matched.get('matches.0.matchedIssues')).toEqual([10002]);
    expect(matched.get('matches.1.errors.0')).toContain("'No'");
    const parsed = await site.call('POST', '/rest/api/3/jql/parse', {
      queries: ['project = ENG order by key'],
    });
    expect(parsed.get('queries.0.structure.where.field.name')).toBe('project');
  });

  it('says that the old search is gone', async () => {
    expect((await site.call('GET', '/rest/api/3/search?jql=project=ENG')).status).toBe(410);
  });
});

describe('searching the past', () => {
  let site: TestSite;
  beforeEach(async () => {
    site = await openSite();
  });

  it('finds what was and what changed, by whom and when', async () => {
    const key = await site.issue({});
    await site.universe.advance(site.universe.now() + 3_600_000);
    await site.callAs(site.basicFor(BEN), 'POST', `/rest/api/3/issue/${key}/transitions`, {
      transition: { id: '31' },
    });
    const keys = async (jql: string) =>
      (await site.call('GET', `/rest/api/3/search/jql?fields=key&jql=${encodeURIComponent(jql)}`)).get(
        'issues.*.key',
      );
    expect(
      await keys('status was "To Do" AND status = Done AND created >= -1d AND assignee is empty'),
    ).toEqual([key]);
    expect(await keys('status changed FROM "To Do" TO Done BY "ben@acme.example"')).toEqual([key]);
    expect(await keys('status changed BY currentUser()')).toEqual([]);
    expect(await keys('status changed BEFORE -1d')).toEqual([]);
    expect(await keys('status was not "To Do" AND project = ENG ORDER BY key')).toEqual(['ENG-2', 'ENG-3']);
  });

  it('stays right when issues come between two pages', async () => {
    const input = {
      jql: 'project = ENG order by created desc, key desc',
      fields: ['summary'],
      maxResults: 2,
    };
    const first = await site.call('POST', '/rest/api/3/search/jql', input);
    await site.issue({ summary: 'Newcomer' });
    const second = await site.call('POST', '/rest/api/3/search/jql', {
      ...input,
      nextPageToken: first.get('nextPageToken'),
    });
    const seen = [...(first.get('issues.*.key') as string[]), ...(second.get('issues.*.key') as string[])];
    expect(seen).toEqual(['ENG-3', 'ENG-2', 'ENG-1']);
  });
});
