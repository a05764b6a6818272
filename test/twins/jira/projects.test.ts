import { beforeEach, describe, expect, it } from 'vitest';
import { ADA, BEN, CY, openSite, type TestSite, WORLD } from './site.ts';

describe('projects and people', () => {
  let site: TestSite;
  beforeEach(async () => {
    site = await openSite();
  });

  it('lists projects page by page, with the address of each page', async () => {
    const page = await site.call('GET', '/rest/api/3/project/search?maxResults=2');
    expect(Object.keys(page.body as object)).toEqual([
      'self',
      'nextPage',
      'maxResults',
      'startAt',
      'total',
      'isLast',
      'values',
    ]);
    expect(page.get('self')).toBe(`${site.base('jira')}/rest/api/3/project/search?maxResults=2&startAt=0`);
    const next = await site.fetch(String(page.get('nextPage')), { headers: { authorization: site.basic } });
    expect(((await next.json()) as { values: { key: string }[] }).values.map((one) => one.key)).toEqual([
      'REV',
    ]);
    expect((await site.call('GET', '/rest/api/3/project/search?query=oper')).get('values.*.key')).toEqual([
      'OPS',
    ]);
    expect((await site.call('GET', '/rest/api/3/project')).get('*.key')).toEqual(['ENG', 'OPS', 'REV']);
  });

  it('shows a project with its lead, kinds of issue and roles', async () => {
    const project = await site.call('GET', '/rest/api/3/project/eng');
    expect(project.get('lead.displayName')).toBe('Ben Carver');
    expect(project.get('issueTypes.*.name')).toEqual(['Epic', 'Story', 'Task', 'Bug', 'Sub-task']);
    expect(project.get('issueTypes.*.hierarchyLevel')).toEqual([1, 0, 0, 0, -1]);
    expect(project.get('style')).toBe('classic');
    const missing = await site.call('GET', '/rest/api/3/project/NOPE');
    expect([missing.status, missing.get('errorMessages')]).toEqual([
      404,
      ["No project could be found with key 'NOPE'."],
    ]);
  });

  it('keeps versions and components, and puts them on issues', async () => {
    const version = await site.call('POST', '/rest/api/3/version', {
      project: 'ENG',
      name: '1.0',
      releaseDate: '2026-01-01',
    });
    expect([version.status, version.get('overdue')]).toEqual([201, true]);
    await site.call('POST', '/rest/api/3/component', { project: 'ENG', name: 'Ledger' });
    const key = await site.issue({ fixVersions: [{ name: '1.0' }], components: [{ name: 'Ledger' }] });
    const read = await site.call('GET', `/rest/api/3/issue/${key}`);
    expect([read.get('fields.fixVersions.*.name'), read.get('fields.components.*.name')]).toEqual([
      ['1.0'],
      ['Ledger'],
    ]);
    const jql = encodeURIComponent('component = Ledger AND fixVersion in unreleasedVersions(ENG)');
    expect(
      (await site.call('GET', `/rest/api/3/search/jql?fields=summary&jql=${jql}`)).get('issues.*.key'),
    ).toEqual([key]);
    const id = String(version.get('id'));
    expect((await site.call('PUT', `/rest/api/3/version/${id}`, { released: true })).get('released')).toBe(
      true,
    );
    expect((await site.call('GET', '/rest/api/3/project/ENG/version')).get('values.*.released')).toEqual([
      true,
    ]);
    expect(
      (await site.callAs(site.basicFor(CY), 'POST', '/rest/api/3/version', { project: 'ENG', name: '2' }))
        .status,
    ).toBe(403);
    expect((await site.call('DELETE', `/rest/api/3/version/${id}`)).status).toBe(204);
    expect((await site.call('GET', `/rest/api/3/issue/${key}`)).get('fields.fixVersions')).toEqual([]);
  });

  it('finds people by the beginnings of their names and by e-mail, and nobody as an empty list', async () => {
    const find = async (query: string) =>
      (await site.call('GET', `/rest/api/3/user/search?query=${encodeURIComponent(query)}`)).get(
        '*.emailAddress',
      );
    expect(await find('ben')).toEqual([BEN]);
    expect(await find('love ad')).toEqual([ADA]);
    expect(await find(CY.toUpperCase())).toEqual([CY]);
    expect(await find('zebra')).toEqual([]);
    expect((await site.call('GET', '/rest/api/3/user/search')).status).toBe(400);
    expect((await site.call('GET', '/rest/api/3/users/search?maxResults=2&startAt=2')).body).toHaveLength(1);
  });

  it('lists statuses as the status search does', async () => {
    const found = await site.call('GET', '/rest/api/3/statuses/search?searchString=progress');
    expect(Object.keys(found.body as object)).toEqual(['startAt', 'total', 'isLast', 'maxResults', 'values']);
    expect(found.get('maxResults')).toBe(200);
    expect(found.get('values.*.statusCategory')).toEqual(['IN_PROGRESS', 'IN_PROGRESS']);
  });

  it('says what one may do', async () => {
    const path = '/rest/api/3/mypermissions?permissions=BROWSE_PROJECTS,DELETE_ISSUES&projectKey=ENG';
    expect((await site.call('GET', path)).get('permissions.DELETE_ISSUES.havePermission')).toBe(true);
    const cy = await site.callAs(site.basicFor(CY), 'GET', path);
    expect(cy.get('permissions.DELETE_ISSUES.havePermission')).toBe(false);
    expect(cy.get('permissions.BROWSE_PROJECTS.havePermission')).toBe(true);
  });
});

describe('a world file', () => {
  const issue = { project: 'ENG', type: 'Task', summary: 'Odd' };

  it.each([
    [{ ...issue, status: 'Lost' }, 'jira.issues[0] (Odd): ENG has no status called Lost'],
    [{ ...issue, type: 'Wish' }, 'jira.issues[0] (Odd): issuetype: issue type is required'],
    [
      { ...issue, assignee: 'who@acme.example' },
      'jira.issues[0] (Odd): nobody in this world has the e-mail who@acme.example',
    ],
  ])('that does not fit together is refused with the place', async (wrong, message) => {
    await expect(openSite({ ...WORLD, jira: { ...WORLD.jira, issues: [wrong] } })).rejects.toThrow(message);
  });

  it('with nothing in it has an administrator and no project', async () => {
    const site = await openSite({ world: 'empty' });
    expect((await site.call('GET', '/rest/api/3/project')).body).toEqual([]);
    expect(
      (await site.call('GET', '/rest/api/3/mypermissions?permissions=ADMINISTER')).get(
        'permissions.ADMINISTER.havePermission',
      ),
    ).toBe(true);
  });
});
