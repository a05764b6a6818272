import { beforeAll, describe, expect, it } from 'vitest';
import { BEN, type TestSite } from '../site.ts';
import { openDesk } from './desk.ts';

describe('queries of people who may not see everything', () => {
  let site: TestSite;
  let ben: string;
  beforeAll(async () => {
    site = await openDesk();
    ben = site.basicFor(BEN);
    const { body } = await site.call('POST', '/rest/api/3/permissionscheme', {
      name: 'Reporters only',
      permissions: [
        { holder: { type: 'reporter' }, permission: 'BROWSE_PROJECTS' },
        { holder: { type: 'assignee' }, permission: 'BROWSE_PROJECTS' },
      ],
    });
    const { id } = body as { id: number };
    const { accountId } = (await site.callAs(ben, 'GET', '/rest/api/3/myself')).body as { accountId: string };
    await site.issue({ project: { key: 'REV' }, summary: 'Sign the contract', assignee: { accountId } });
    await site.call('PUT', '/rest/api/3/project/REV/permissionscheme', { id });
    await site.call('POST', '/rest/api/2/issue/ENG-7/comment', {
      body: 'A secret of the administrators',
      visibility: { type: 'group', value: 'site-admins' },
    });
    const filter = { name: 'Mine', jql: 'project = ENG', sharePermissions: [] };
    await site.call('POST', '/rest/api/3/filter', filter);
  });
  const found = async (as: string, jql: string) =>
    (
      await site.callAs(as, 'POST', '/rest/api/3/search/jql', { jql: `${jql} ORDER BY key`, fields: ['key'] })
    ).get('issues.*.key');

  it('find none of a project that one may not browse, and count none', async () => {
    expect(await found(site.basic, 'project = REV')).toEqual(['REV-1', 'REV-2']);
    expect(await found(ben, 'project in (OPS, REV)')).toEqual(['OPS-1', 'OPS-2', 'REV-2']);
    const count = { jql: 'project in (OPS, REV)' };
    expect((await site.callAs(ben, 'POST', '/rest/api/3/search/approximate-count', count)).body).toEqual({
      count: 3,
    });
    const match = { jqls: ['type = Task'], issueIds: [10_007, 10_009] };
    const matched = await site.callAs(ben, 'POST', '/rest/api/3/jql/match', match);
    expect(matched.get('matches.0.matchedIssues')).toEqual([10_007]);
  });

  it('find what is one’s own in a project that is closed otherwise', async () => {
    expect(await found(ben, 'project = REV')).toEqual(['REV-2']);
    expect(await found(ben, 'type = Task AND project != ENG')).toEqual(['OPS-1', 'OPS-2', 'REV-2']);
  });

  it('find nothing by the words of a comment that is for others', async () => {
    expect(await found(site.basic, 'comment ~ secret')).toEqual(['ENG-7']);
    expect(await found(site.basic, 'text ~ secret')).toEqual(['ENG-7']);
    expect(await found(ben, 'comment ~ secret')).toEqual([]);
    expect(await found(ben, 'text ~ secret')).toEqual([]);
  });

  it('know nothing of filters that are not shared', async () => {
    const answer = await site.callAs(ben, 'POST', '/rest/api/3/search/jql', { jql: 'filter = Mine' });
    expect(answer.get('errorMessages')).toEqual(["The value 'Mine' does not exist for the field 'filter'."]);
  });

  it('find nothing for nobody', async () => {
    const answer = await site.callAs(undefined, 'POST', '/rest/api/3/search/jql', { jql: 'project = ENG' });
    expect(answer.body).toEqual({ issues: [], isLast: true });
  });
});
