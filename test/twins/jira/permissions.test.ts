import { beforeEach, describe, expect, it } from 'vitest';
import { type Answer, BEN, CY, openSite, type TestSite } from './site.ts';

let site: TestSite;
let cy: string;

const api = (method: string, path: string, body?: unknown) => site.call(method, `/rest/api/3${path}`, body);
const asCy = (method: string, path: string, body?: unknown) =>
  site.callAs(cy, method, `/rest/api/3${path}`, body);
const account = async (email: string) =>
  String((await api('GET', `/user/search?query=${email}`)).get('0.accountId'));
const words = (answer: Answer) => [answer.status, answer.get('errorMessages'), answer.get('errors')];

/** Gives ENG a scheme in which everybody who is signed in has every project permission but some. */
async function without(...keys: string[]): Promise<void> {
  const { permissions } = (await api('GET', '/permissions')).body as {
    permissions: Record<string, { type: string }>;
  };
  const granted = Object.entries(permissions).filter(
    ([key, { type }]) => type === 'PROJECT' && !keys.includes(key),
  );
  const scheme = await api('POST', '/permissionscheme', {
    name: `Without ${keys.join()}`,
    permissions: granted.map(([permission]) => ({ permission, holder: { type: 'applicationRole' } })),
  });
  await api('PUT', '/project/ENG/permissionscheme', { id: scheme.get('id') });
}

const doc = (text: string) => ({
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});

beforeEach(async () => {
  site = await openSite();
  cy = site.basicFor(CY);
});

describe('without a permission', () => {
  it.each<[string, string, string, unknown, number, unknown]>([
    ['EDIT_ISSUES', 'PUT', '/issue/ENG-1', { fields: { summary: 'x' } }, 403, /permission to edit issues/],
    [
      'ASSIGN_ISSUES',
      'PUT',
      '/issue/ENG-1/assignee',
      { accountId: null },
      403,
      /permission to assign issues/,
    ],
    ['DELETE_ISSUES', 'DELETE', '/issue/ENG-1', undefined, 403, /permission to delete issues/],
    ['ADD_COMMENTS', 'POST', '/issue/ENG-1/comment', { body: doc('x') }, 403, /permission to comment/],
    ['WORK_ON_ISSUES', 'POST', '/issue/ENG-1/worklog', { timeSpent: '1h' }, 400, /associate a worklog/],
    [
      'LINK_ISSUES',
      'POST',
      '/issueLink',
      { type: { name: 'Blocks' }, inwardIssue: { key: 'ENG-1' }, outwardIssue: { key: 'ENG-2' } },
      401,
      /No Link Issue Permission for issue 'ENG-1'/,
    ],
    ['TRANSITION_ISSUES', 'POST', '/issue/ENG-1/transitions', { transition: { id: '11' } }, 400, /not valid/],
    ['ADMINISTER_PROJECTS', 'POST', '/version', { project: 'ENG', name: '9' }, 403, /administrator rights/],
    [
      'CREATE_ISSUES',
      'POST',
      '/issue',
      { fields: { project: { key: 'ENG' }, issuetype: { name: 'Task' }, summary: 'x' } },
      403,
      /permission to create issues/,
    ],
  ])('%s: %s %s is refused in the words of the service', async (key, method, path, body, status, says) => {
    await without(key);
    const answer = await asCy(method, path, body);
    expect(answer.status).toBe(status);
    expect(String(answer.get('errorMessages'))).toMatch(says as RegExp);
    await without();
    expect((await asCy(method, path, body)).status).not.toBe(status);
  });

  it.each([
    ['MODIFY_REPORTER', 'reporter', { accountId: '-1' }],
    ['SCHEDULE_ISSUES', 'duedate', '2026-05-01'],
    ['ASSIGN_ISSUES', 'assignee', null],
    ['RESOLVE_ISSUES', 'fixVersions', []],
  ])('%s: the field %s (%s) is not on the screen', async (key, field, value) => {
    await without(key);
    expect(words(await asCy('PUT', '/issue/ENG-1', { fields: { [field]: value } }))).toEqual([
      400,
      [],
      { [field]: `Field '${field}' cannot be set. It is not on the appropriate screen, or unknown.` },
    ]);
  });

  it('to be assigned issues, a person is no assignee and is not offered as one', async () => {
    await without('ASSIGNABLE_USER');
    const accountId = await account(BEN);
    const refused = await asCy('PUT', '/issue/ENG-1/assignee', { accountId });
    expect(words(refused)).toEqual([400, [], { assignee: `User '${accountId}' cannot be assigned issues.` }]);
    expect((await asCy('GET', '/user/assignable/search?issueKey=ENG-1')).body).toEqual([]);
    expect((await asCy('GET', '/user/assignable/search?project=OPS')).get('length')).toBe(3);
  });

  it('to view watchers, their number is told and not who they are', async () => {
    await without('VIEW_VOTERS_AND_WATCHERS');
    const answer = await asCy('GET', '/issue/ENG-1/watchers');
    expect([answer.get('watchCount'), answer.get('watchers')]).toEqual([1, []]);
  });

  it('to edit or delete one’s own, one’s comment stays as it is', async () => {
    const own = (await asCy('POST', '/issue/ENG-1/comment', { body: doc('mine') })).get('id');
    await without('EDIT_OWN_COMMENTS', 'DELETE_OWN_COMMENTS');
    expect((await asCy('PUT', `/issue/ENG-1/comment/${own}`, { body: doc('new') })).status).toBe(403);
    expect((await asCy('DELETE', `/issue/ENG-1/comment/${own}`)).status).toBe(403);
  });
});

describe('what only some may see', () => {
  it('is a comment for a group: others do not read, find, count or get it by id', async () => {
    const { groupId } = (await api('POST', '/group', { name: 'inner' })).body as { groupId: string };
    const outside = await api('POST', '/issue/ENG-1/comment', {
      body: doc('secret'),
      visibility: { type: 'group', value: 'inner' },
    });
    expect(words(outside)).toEqual([
      400,
      [],
      { commentLevel: 'You are currently not a member of the group: inner.' },
    ]);
    const accountId = String((await api('GET', '/myself')).get('accountId'));
    await api('POST', `/group/user?groupId=${groupId}`, { accountId });
    const made = await api('POST', '/issue/ENG-1/comment', {
      body: doc('secret'),
      visibility: { type: 'group', identifier: groupId },
    });
    expect(made.get('visibility')).toEqual({ type: 'group', value: 'inner', identifier: groupId });
    const id = made.get('id');
    expect((await asCy('GET', '/issue/ENG-1/comment')).get('total')).toBe(0);
    expect((await asCy('GET', `/issue/ENG-1/comment/${id}`)).status).toBe(404);
    expect((await asCy('GET', '/issue/ENG-1')).get('fields.comment.total')).toBe(0);
    expect((await asCy('POST', '/comment/list', { ids: [Number(id)] })).get('total')).toBe(0);
    for (const jql of ['comment ~ secret', 'text ~ "secret"', 'comment ~ "sec*"'])
      expect((await asCy('POST', '/search/jql', { jql })).get('issues'), jql).toEqual([]);
    expect((await api('POST', '/search/jql', { jql: 'comment ~ secret' })).get('issues')).toHaveLength(1);
    expect((await api('GET', '/issue/ENG-1/comment')).get('total')).toBe(1);
    expect((await api('DELETE', `/group?groupId=${groupId}`)).status).toBe(400);
    expect((await api('DELETE', `/group?groupId=${groupId}&swapGroup=jira-users-acme`)).status).toBe(200);
    expect((await asCy('GET', `/issue/ENG-1/comment/${id}`)).status).toBe(200);
  });

  it('is work for a role of the project', async () => {
    const visibility = { type: 'role', value: 'Administrators' };
    const refused = await asCy('POST', '/issue/ENG-1/worklog', { timeSpent: '1h', visibility });
    expect(refused.get('errors.commentLevel')).toMatch(/not a member of the project role: Administrators/);
    const ben = site.basicFor(BEN);
    const logged = await site.callAs(ben, 'POST', '/rest/api/3/issue/ENG-1/worklog', {
      timeSpent: '1h',
      visibility,
    });
    expect(logged.get('visibility.identifier')).toBe('Administrators');
    expect((await asCy('GET', '/issue/ENG-1/worklog')).get('total')).toBe(0);
    expect((await asCy('POST', '/worklog/list', { ids: [Number(logged.get('id'))] })).body).toEqual([]);
    expect((await site.callAs(ben, 'GET', '/rest/api/3/issue/ENG-1/worklog')).get('total')).toBe(1);
  });

  it('is a project: to others it is not there, nor are its issues', async () => {
    await without('BROWSE_PROJECTS', 'ADMINISTER_PROJECTS');
    expect((await asCy('GET', '/project')).get('*.key')).toEqual(['OPS', 'REV']);
    expect((await asCy('GET', '/project/search')).get('total')).toBe(2);
    expect(words(await asCy('GET', '/project/ENG'))).toEqual([
      404,
      ["No project could be found with key 'ENG'."],
      {},
    ]);
    expect(words(await asCy('GET', '/issue/ENG-1'))).toEqual([
      404,
      ['Issue does not exist or you do not have permission to see it.'],
      {},
    ]);
    const made = await asCy('POST', '/issue', {
      fields: { project: { key: 'ENG' }, issuetype: { name: 'Task' }, summary: 'x' },
    });
    expect(made.get('errors')).toEqual({ project: 'valid project is required' });
    // An administrator of Jira sees the project, and still not its issues.
    expect((await api('GET', '/project/ENG')).status).toBe(200);
    expect((await api('GET', '/issue/ENG-1')).status).toBe(404);
  });

  it('is what is in the bin: its issues come back with the project', async () => {
    await api('DELETE', '/project/ENG?enableUndo=true');
    expect((await api('GET', '/issue/ENG-1')).status).toBe(404);
    expect((await api('POST', '/search/jql', { jql: 'created > -1d' })).get('issues')).toEqual([]);
    await api('POST', '/project/10000/restore');
    expect((await api('GET', '/issue/ENG-1')).status).toBe(200);
  });

  it('is an archive: its issues are read and stay as they are', async () => {
    await api('POST', '/project/ENG/archive');
    expect((await api('GET', '/issue/ENG-1')).status).toBe(200);
    expect((await api('PUT', '/issue/ENG-1', { fields: { summary: 'x' } })).status).toBe(403);
    expect((await api('POST', '/issue/ENG-1/comment', { body: doc('x') })).status).toBe(403);
  });

  it('is for nobody in particular what anyone may browse', async () => {
    const anonymously = (method: string, path: string, body?: unknown) =>
      site.callAs(undefined, method, `/rest/api/3${path}`, body);
    expect((await anonymously('GET', '/issue/ENG-1')).status).toBe(404);
    expect((await anonymously('GET', '/project')).body).toEqual([]);
    await api('POST', '/permissionscheme/10000/permission', {
      holder: { type: 'anyone' },
      permission: 'BROWSE_PROJECTS',
    });
    expect((await anonymously('GET', '/issue/ENG-1')).get('fields.summary')).toBe('Billing without downtime');
    expect((await anonymously('GET', '/project')).get('*.key')).toEqual(['ENG', 'REV']);
    const found = await anonymously('GET', '/search/jql?jql=project=ENG&fields=summary');
    expect(found.get('issues.*.key')).toHaveLength(3);
    expect(
      (await anonymously('GET', '/mypermissions?permissions=BROWSE_PROJECTS,ADMINISTER&projectKey=ENG')).get(
        'permissions',
      ),
    ).toMatchObject({
      BROWSE_PROJECTS: { havePermission: true },
      ADMINISTER: { havePermission: false },
    });
    expect((await anonymously('PUT', '/issue/ENG-1', { fields: { summary: 'x' } })).status).not.toBe(204);
    expect((await anonymously('GET', '/user/search?query=ada')).body).toEqual([]);
    const { assignee } = (await anonymously('GET', '/issue/ENG-2')).get('fields') as { assignee: object };
    expect(assignee).toMatchObject({ displayName: 'Ben Carver' });
    expect(assignee).not.toHaveProperty('emailAddress');
    expect((await anonymously('GET', '/myself')).status).toBe(401);
  });
});

describe('administrators', () => {
  it('are the members of the groups that administer', async () => {
    const accountId = await account(CY);
    expect(words(await asCy('POST', '/group', { name: 'mine' }))[0]).toBe(403);
    expect((await asCy('POST', '/role', { name: 'Mine' })).status).toBe(403);
    await api('POST', '/group/user?groupname=jira-administrators', { accountId });
    expect((await asCy('POST', '/role', { name: 'Mine' })).status).toBe(200);
    expect((await asCy('POST', '/group', { name: 'mine' })).status).toBe(403);
    await api('POST', '/group/user?groupname=site-admins', { accountId });
    expect((await asCy('POST', '/group', { name: 'mine' })).status).toBe(201);
  });

  it('cannot all leave', async () => {
    const accountId = String((await api('GET', '/myself')).get('accountId'));
    const first = await api('DELETE', `/group/user?groupname=site-admins&accountId=${accountId}`);
    const last = await api('DELETE', `/group/user?groupname=administrators&accountId=${accountId}`);
    expect([first.status, last.status]).toEqual([200, 400]);
    expect((await api('DELETE', `/user?accountId=${accountId}`)).status).toBe(400);
  });

  it('see their projects’ roles; others are told that there is no such project', async () => {
    expect((await asCy('GET', '/project/ENG/role')).status).toBe(404);
    const actors = await site.callAs(site.basicFor(BEN), 'GET', '/rest/api/3/project/ENG/role/10002');
    expect(actors.get('actors.*.displayName')).toEqual(['Ben Carver', 'jira-administrators']);
  });
});

describe('an app', () => {
  it('reads addresses, which people may not', async () => {
    const accountId = await account(BEN);
    expect((await api('GET', `/user/email?accountId=${accountId}`)).status).toBe(401);
    const sign = site.connect('mailer');
    const ask = (query: string) => {
      const path = `/rest/api/3/user/email${query}`;
      return site.callAs(sign('GET', path), 'GET', path);
    };
    expect((await ask(`?accountId=${accountId}`)).body).toEqual({ accountId, email: BEN });
    expect((await ask(`/bulk?accountId=${accountId}`)).body).toEqual([{ accountId, email: BEN }]);
  });
});

describe('a security level', () => {
  it('is given on creation, passed on to sub-tasks, and hides from everyone else', async () => {
    const made = await api('POST', '/issuesecurityschemes', {
      name: 'Levels',
      levels: [
        { name: 'Reporter', isDefault: true, members: [{ type: 'reporter' }] },
        { name: 'All', members: [{ type: 'applicationRole' }] },
      ],
    });
    await api('PUT', '/issuesecurityschemes/project', { projectId: '10000', schemeId: made.get('id') });
    await site.universe.advance(site.universe.now() + 1_000);
    const level = String((await api('GET', `/issuesecurityschemes/${made.get('id')}`)).get('levels.1.id'));
    const key = await site.issue({});
    const below = await site.issue({ issuetype: { name: 'Sub-task' }, parent: { key } });
    expect((await api('GET', `/issue/${below}`)).get('fields.security.name')).toBe('Reporter');
    expect((await asCy('GET', `/issue/${below}`)).status).toBe(404);
    const watching = await api('POST', `/issue/${key}/watchers`, await account(CY));
    expect(watching.status).toBe(400);
    expect((await api('PUT', `/issue/${key}`, { fields: { security: { id: level } } })).status).toBe(204);
    expect((await asCy('GET', `/issue/${below}`)).get('fields.security.name')).toBe('All');
    const [change] = (await api('GET', `/issue/${key}/changelog`)).get('values.*.items.0') as unknown[];
    expect(change).toMatchObject({ field: 'security', fromString: 'Reporter', toString: 'All' });
    expect(
      (await asCy('PUT', `/issue/${key}`, { fields: { security: null } })).get('errors.security'),
    ).toMatch(/cannot be set/);
  });
});

describe('what is gone', () => {
  it('leaves what named it whole: shares, notifications, rules', async () => {
    const { groupId } = (await api('POST', '/group', { name: 'passing' })).body as { groupId: string };
    const { id: roleId } = (await api('POST', '/role', { name: 'Passing' })).body as { id: number };
    const made = await api('POST', '/user', { emailAddress: 'p@acme.example', products: ['jira-software'] });
    const accountId = String(made.get('accountId'));
    const me = String((await api('GET', '/myself')).get('accountId'));
    await api('POST', `/group/user?groupId=${groupId}`, { accountId: me });
    const sharePermissions = [
      { type: 'group', group: { groupId } },
      { type: 'user', user: { accountId } },
      { type: 'project', project: { id: '10000' }, role: { id: roleId } },
    ];
    const filter = await api('POST', '/filter', { name: 'Shared', jql: 'order by id', sharePermissions });
    expect(filter.status).toBe(200);
    const notifications = await api('POST', '/notificationscheme', {
      name: 'Passing',
      notificationSchemeEvents: [
        {
          event: { id: '1' },
          notifications: [
            { notificationType: 'Group', parameter: groupId },
            { notificationType: 'ProjectRole', parameter: String(roleId) },
            { notificationType: 'User', parameter: accountId },
          ],
        },
      ],
    });
    expect(notifications.status).toBe(201);
    await api('PUT', '/issue/ENG-1/assignee', { accountId });
    await api('POST', '/component', { project: 'ENG', name: 'Passing', leadAccountId: accountId });
    for (const gone of [
      `/group?groupId=${groupId}`,
      `/role/${roleId}?swap=10004`,
      `/user?accountId=${accountId}`,
    ])
      expect((await api('DELETE', gone)).status).toBeLessThan(300);
    for (const left of [
      `/filter/${filter.get('id')}`,
      `/filter/${filter.get('id')}/permission`,
      `/notificationscheme/${notifications.get('id')}?expand=all`,
      '/issue/ENG-1?expand=changelog',
      '/project/ENG/components',
      '/project/ENG?expand=lead',
      '/search/jql?jql=assignee+is+not+empty+order+by+assignee&fields=*all',
    ])
      expect((await api('GET', left)).status, left).toBe(200);
  });
});
