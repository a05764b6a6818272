import { beforeAll, describe, expect, it } from 'vitest';
import type { WorldFile } from '../../../src/world/file.ts';
import { jira } from '../../../twins/jira/twin.ts';
import { ADA, BEN, CY, openSite, type TestSite } from './site.ts';

/** Stands in every text of what is hidden, and nowhere else. */
const SECRET = /xyzzy/i;

/** A project that only its lead may browse, and one beside it, one issue of which is of a level of its own. */
const WORLD: WorldFile = {
  world: 'leaks',
  people: [
    { email: ADA, name: 'Ada Lovelace' },
    { email: BEN, name: 'Ben Carver' },
    { email: CY, name: 'Cy Young' },
  ],
  jira: {
    site: 'acme',
    projects: [
      { key: 'ENG', name: 'Engineering', issueTypes: ['Epic', 'Task', 'Sub-task'] },
      { key: 'XYZZY', name: 'Xyzzy', issueTypes: ['Epic', 'Task', 'Sub-task'], lead: BEN },
    ],
    issues: [
      { project: 'ENG', type: 'Task', summary: 'Open to all' },
      { project: 'ENG', type: 'Task', summary: 'Of a level: xyzzy', description: 'xyzzy' },
      { project: 'XYZZY', type: 'Epic', summary: 'The epic xyzzy', assignee: BEN },
      { project: 'XYZZY', type: 'Task', summary: 'The task xyzzy', assignee: CY, parent: 'XYZZY-1' },
      { project: 'XYZZY', type: 'Task', summary: 'The other xyzzy' },
    ],
  },
};

describe('a person who may not browse a project or an issue', () => {
  let site: TestSite;
  let outsider: string;
  /** What paths and queries may be filled with: ids of what is hidden. */
  const known: Record<string, string[]> = {};

  beforeAll(async () => {
    site = await openSite(WORLD);
    const ok = async (method: string, path: string, body?: unknown) => {
      const answer = await site.call(method, path.startsWith('/rest') ? path : `/rest/api/3${path}`, body);
      if (answer.status >= 400) throw new Error(`${method} ${path}: ${JSON.stringify(answer.body)}`);
      return answer;
    };
    const id = async (key: string) => String((await ok('GET', `/issue/${key}?fields=summary`)).get('id'));
    const hidden = await Promise.all(['XYZZY-1', 'XYZZY-2', 'XYZZY-3', 'ENG-2'].map(id));
    const [epic = '', task = '', other = '', level = ''] = hidden;
    const open = await id('ENG-1');
    const said = [];
    const logged = [];
    for (const issue of [task, level]) {
      const text = { type: 'text', text: 'xyzzy' };
      const body = { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [text] }] };
      said.push(String((await ok('POST', `/issue/${issue}/comment`, { body })).get('id')));
      const work = { timeSpent: '1h', comment: body };
      logged.push(String((await ok('POST', `/issue/${issue}/worklog`, work)).get('id')));
      await ok('PUT', `/issue/${issue}/properties/xyzzy`, 'xyzzy');
      await ok('POST', '/issueLink', {
        type: { name: 'Relates' },
        inwardIssue: { id: open },
        outwardIssue: { id: issue },
      });
    }
    const component = await ok('POST', '/component', { project: 'XYZZY', name: 'xyzzy' });
    const version = await ok('POST', '/version', { project: 'XYZZY', name: 'xyzzy' });
    await ok('PUT', `/issue/${other}`, {
      fields: { components: [{ name: 'xyzzy' }], fixVersions: [{ name: 'xyzzy' }] },
    });
    const board = String((await ok('GET', '/rest/agile/1.0/board?projectKeyOrId=XYZZY')).get('values.0.id'));
    const sprint = await ok('POST', '/rest/agile/1.0/sprint', {
      name: 'xyzzy',
      originBoardId: Number(board),
    });
    await ok('POST', `/rest/agile/1.0/sprint/${sprint.get('id')}/issue`, { issues: [task, other] });
    const projectId = String((await ok('GET', '/project/XYZZY')).get('id'));
    await hide(site, ok, projectId, level);
    outsider = site.basicFor(CY);
    Object.assign(known, {
      issueIdOrKey: [...hidden, 'XYZZY-1'],
      epicIdOrKey: [epic],
      projectIdOrKey: [projectId, 'XYZZY'],
      projectKeyOrId: [projectId],
      projectId: [projectId],
      boardId: [board],
      sprintId: [String(sprint.get('id'))],
      commentId: said,
      worklogId: logged,
      linkId: ['10000', '10001'],
      id: [
        ...said,
        ...logged,
        String(component.get('id')),
        String(version.get('id')),
        projectId,
        '10000',
        '10001',
      ],
    });
  });

  const filled = (path: string): string[] =>
    [...path.matchAll(/\{(\w+)\}/g)].reduce<string[]>(
      (paths, [whole, name = '']) =>
        paths.flatMap((one) => (known[name] ?? ['10000']).map((value) => one.replace(whole, value))),
      [path],
    );

  /** The reads that answer somebody with what is hidden, or break. */
  const telling = async (as: string): Promise<string[]> => {
    const told: string[] = [];
    for (const { route } of jira.endpoints) {
      const [method = '', path = ''] = route.split(' ', 2);
      if (method !== 'GET' || !path.startsWith('/rest/')) continue;
      for (const one of filled(path))
        for (const query of ['', QUERY]) {
          const { status, body } = await site.callAs(as, 'GET', one + query);
          if (status >= 500) told.push(`${one}${query} answered ${status}`);
          if (status < 300 && SECRET.test(JSON.stringify(body))) told.push(`GET ${one}${query}`);
        }
    }
    return told;
  };

  it('is told nothing of it by anything that reads, of much that tells those who may', async () => {
    expect(await telling(outsider)).toEqual([]);
    expect((await telling(site.basicFor(BEN))).length).toBeGreaterThan(50);
  });

  it.each(ASKED)('is told nothing of it by %s', async (path, body) => {
    const answer = await site.callAs(outsider, 'POST', path, body);
    expect(answer.status).not.toBe(500);
    if (answer.status < 300) expect(JSON.stringify(answer.body)).not.toMatch(SECRET);
  });

  it('does not change it either', async () => {
    const issue = known.issueIdOrKey?.[1];
    for (const [method, path, body] of [
      ['PUT', `/issue/${issue}`, { fields: { summary: 'Mine' } }],
      ['PUT', `/issue/${issue}/assignee`, { accountId: null }],
      ['POST', `/issue/${issue}/comment`, { body: {} }],
      ['POST', `/issue/${issue}/transitions`, { transition: { id: '11' } }],
      ['POST', `/issue/${issue}/watchers`, undefined],
      ['DELETE', `/issue/${issue}`, undefined],
    ] as const)
      expect((await site.callAs(outsider, method, `/rest/api/3${path}`, body)).status, path).toBe(404);
  });
});

/** What makes readers tell more; not changelogs, in which the service, too, names issues that were linked. */
const QUERY =
  '?expand=all,names,renderedFields,transitions,editmeta,issues,lead,issueTypes,projectKeys,insight,operations&query=xyz&jql=created>-1d&fields=*all';

const EVERY = { jql: 'created > -10d', fields: ['*all'], expand: 'names,renderedFields' };

const ASKED: [string, unknown][] = [
  ['/rest/api/3/search/jql', EVERY],
  [
    '/rest/api/3/issue/bulkfetch',
    { issueIdsOrKeys: ['10000', '10001', '10002', '10003', '10004'], fields: ['*all'] },
  ],
  ['/rest/api/3/comment/list', { ids: [10000, 10001, 10002] }],
  ['/rest/api/3/worklog/list', { ids: [10000, 10001, 10002] }],
  ['/rest/api/3/changelog/bulkfetch', { issueIdsOrKeys: ['10001', '10002', '10003'] }],
  ['/rest/api/3/permissions/project', { permissions: ['BROWSE_PROJECTS'] }],
  ['/rest/api/3/issue/10003/changelog/list', { changelogIds: [10000, 10001, 10002] }],
  [
    '/rest/api/3/expression/evaluate',
    { expression: 'issues.map(i => i.summary)', context: { issues: { jql: { query: 'created > -10d' } } } },
  ],
];

type Ok = (method: string, path: string, body?: unknown) => Promise<{ get(path: string): unknown }>;

/** Lets only the lead browse the project, and only the reporter see the issue. */
async function hide(site: TestSite, ok: Ok, projectId: string, issue: string): Promise<void> {
  const levels = [{ name: 'Reporter', members: [{ type: 'reporter' }] }];
  const schemeId = (await ok('POST', '/issuesecurityschemes', { name: 'Levels', levels })).get('id');
  const level = (await ok('GET', `/issuesecurityschemes/${schemeId}`)).get('levels.0.id');
  const eng = String((await ok('GET', '/project/ENG')).get('id'));
  await ok('PUT', '/issuesecurityschemes/project', { projectId: eng, schemeId });
  await site.universe.advance(site.universe.now() + 1_000);
  await ok('PUT', `/issue/${issue}`, { fields: { security: { id: level } } });
  const permissions = [{ holder: { type: 'projectLead' }, permission: 'BROWSE_PROJECTS' }];
  const { get } = await ok('POST', '/permissionscheme', { name: 'Lead only', permissions });
  await ok('PUT', `/project/${projectId}/permissionscheme`, { id: get('id') });
}
