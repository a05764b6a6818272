import { beforeEach, describe, expect, it } from 'vitest';
import { BEN, CY, openSite, type TestSite } from './site.ts';

const SCRUM = 'com.pyxis.greenhopper.jira:gh-simplified-scrum-classic';
const KANBAN = 'com.pyxis.greenhopper.jira:gh-simplified-kanban-classic';
const AGILITY = 'com.pyxis.greenhopper.jira:gh-simplified-agility-scrum';
const DAY_MS = 86_400_000;

describe('the life of a project', () => {
  let site: TestSite;
  let me: string;
  beforeEach(async () => {
    site = await openSite();
    me = String((await site.call('GET', '/rest/api/3/myself')).get('accountId'));
  });

  const create = (body: object) =>
    site.call('POST', '/rest/api/3/project', { key: 'NEW', name: 'New', leadAccountId: me, ...body });
  const found = async (jql: string) =>
    (await site.call('GET', `/rest/api/3/search/jql?fields=summary&jql=${encodeURIComponent(jql)}`)).get(
      'issues.*.key',
    );

  it('begins with what its template brings', async () => {
    await create({ projectTemplateKey: KANBAN });
    const statuses = await site.call('GET', '/rest/api/3/project/NEW/statuses');
    expect(statuses.get('0.statuses.*.name')).toEqual([
      'Backlog',
      'Selected for Development',
      'In Progress',
      'Done',
    ]);
    const boards = await site.call('GET', '/rest/agile/1.0/board?projectKeyOrId=NEW');
    expect(boards.get('values.*.type')).toEqual(['kanban']);
    const types = await site.call('GET', '/rest/api/3/project/NEW');
    expect(types.get('issueTypes.*.name')).toEqual(['Epic', 'Story', 'Task', 'Bug', 'Sub-task']);
  });

  it('is its team’s own where the template is team-managed: no other project’s types change with it', async () => {
    await create({ projectTemplateKey: AGILITY });
    const project = await site.call('GET', '/rest/api/3/project/NEW');
    expect([project.get('simplified'), project.get('style')]).toEqual([true, 'next-gen']);
    const all = (await site.call('GET', '/rest/api/3/issuetype')).body as {
      scope?: { project: { id: string } };
    }[];
    expect(all.filter(({ scope }) => scope?.project.id === project.get('id'))).toHaveLength(5);
    expect(await site.issue({ project: { key: 'NEW' }, issuetype: { name: 'Story' } })).toBe('NEW-1');
  });

  it.each([
    [{ key: 'ENG' }, { projectKey: "Project 'Engineering' uses this project key." }],
    [{ name: 'engineering' }, { projectName: 'A project with that name already exists.' }],
    [
      { key: 'new' },
      {
        projectKey:
          'Project keys must start with an uppercase letter, followed by one or more uppercase alphanumeric characters.',
      },
    ],
    [{ name: '' }, { projectName: 'You must specify a valid project name.' }],
    [{ leadAccountId: null }, { projectLead: 'You must specify a valid project lead.' }],
    [{ leadAccountId: 'nobody' }, { projectLead: 'The user you specified as project lead does not exist.' }],
  ])('is refused in the vendor’s words: %j', async (wrong, errors) => {
    const refused = await create({ projectTemplateKey: SCRUM, ...wrong });
    expect([refused.status, refused.get('errors')]).toEqual([400, errors]);
  });

  it('is begun and ended by administrators only', async () => {
    const cy = site.basicFor(CY);
    const body = { key: 'NEW', name: 'New', leadAccountId: me, projectTemplateKey: SCRUM };
    expect((await site.callAs(cy, 'POST', '/rest/api/3/project', body)).status).toBe(403);
    expect((await site.callAs(cy, 'DELETE', '/rest/api/3/project/ENG')).status).toBe(404);
    const lead = await site.callAs(site.basicFor(BEN), 'PUT', '/rest/api/3/project/ENG', {
      description: 'Ours',
    });
    expect(lead.status).toBe(200);
    expect(
      (await site.callAs(site.basicFor(BEN), 'PUT', '/rest/api/3/project/ENG', { key: 'ENX' })).status,
    ).toBe(403);
  });

  it('leads from its former keys to its new one, issues and all', async () => {
    await site.call('PUT', '/rest/api/3/project/ENG', { key: 'CORE' });
    expect((await site.call('GET', '/rest/api/3/project/ENG')).get('key')).toBe('CORE');
    expect((await site.call('GET', '/rest/api/3/issue/ENG-2')).get('key')).toBe('CORE-2');
    expect(await site.issue({ project: { key: 'CORE' } })).toBe('CORE-4');
  });

  it('takes its issues, versions, components and boards along when it goes for good, and frees its key', async () => {
    const version = await site.call('POST', '/rest/api/3/version', { project: 'ENG', name: '1.0' });
    await site.call('DELETE', '/rest/api/3/project/ENG?enableUndo=false');
    expect((await site.call('GET', '/rest/api/3/issue/ENG-1')).status).toBe(404);
    expect((await site.call('GET', `/rest/api/3/version/${version.get('id')}`)).status).toBe(404);
    expect((await create({ key: 'ENG', name: 'Engineering', projectTemplateKey: SCRUM })).status).toBe(201);
    expect(await site.issue({})).toBe('ENG-1');
  });

  it('is there for nobody in the bin, comes back from it, and is gone after sixty days', async () => {
    await site.call('DELETE', '/rest/api/3/project/ENG');
    expect((await site.call('GET', '/rest/api/3/issue/ENG-1')).status).toBe(404);
    expect(await found('summary ~ Exports')).toEqual([]);
    await site.call('POST', '/rest/api/3/project/ENG/restore');
    expect(await found('summary ~ Exports')).toEqual(['ENG-2']);
    await site.call('DELETE', '/rest/api/3/project/ENG');
    await site.universe.advance(site.universe.now() + 61 * DAY_MS);
    expect((await site.call('POST', '/rest/api/3/project/ENG/restore')).status).toBe(404);
  });

  it('can be looked at in the archive, and not worked in', async () => {
    await site.call('POST', '/rest/api/3/project/ENG/archive');
    expect((await site.call('GET', '/rest/api/3/issue/ENG-2')).status).toBe(200);
    expect(await found('summary ~ Exports')).toEqual([]);
    const edit = await site.call('PUT', '/rest/api/3/issue/ENG-2', { fields: { summary: 'x' } });
    expect(edit.status).toBeGreaterThanOrEqual(400);
    await expect(site.issue({})).rejects.toThrow();
    expect((await site.call('GET', '/rest/api/3/project/search')).get('values.*.key')).not.toContain('ENG');
    await site.call('POST', '/rest/api/3/project/ENG/restore');
    expect(await site.issue({})).toBe('ENG-4');
  });

  it('is found by its properties', async () => {
    await site.call('PUT', '/rest/api/3/project/OPS/properties/desk', { room: { floor: 3 } });
    const query = encodeURIComponent('[desk].room.floor=3');
    const page = await site.call('GET', `/rest/api/3/project/search?propertyQuery=${query}&properties=desk`);
    expect(page.get('values.*.key')).toEqual(['OPS']);
    expect(page.get('values.0.properties')).toEqual({ desk: { room: { floor: 3 } } });
  });

  it('turns what needs a feature off along with it', async () => {
    await create({ projectTemplateKey: AGILITY });
    const off = { state: 'DISABLED' };
    const features = await site.call('PUT', '/rest/api/3/project/NEW/features/jsw.agility.backlog', off);
    const states = Object.fromEntries(
      (features.get('features') as { feature: string; state: string }[]).map((one) => [
        one.feature,
        one.state,
      ]),
    );
    expect(states).toMatchObject({ 'jsw.agility.backlog': 'DISABLED', 'jsw.agility.sprints': 'DISABLED' });
    const on = await site.call('PUT', '/rest/api/3/project/NEW/features/jsw.agility.sprints', {
      state: 'ENABLED',
    });
    expect(on.status).toBe(400);
    const classic = await site.call('PUT', '/rest/api/3/project/ENG/features/jsw.classic.backlog', off);
    expect(classic.status).toBe(400);
  });
});

describe('what a project gives its issues', () => {
  let site: TestSite;
  beforeEach(async () => {
    site = await openSite();
  });

  const accountOf = async (email: string) =>
    String((await site.call('GET', `/rest/api/3/user/search?query=${email}`)).get('0.accountId'));
  const assigneeOf = async (key: string) =>
    (await site.call('GET', `/rest/api/3/issue/${key}`)).get('fields.assignee.emailAddress');

  it('is the assignee that its components, by name, or its lead say', async () => {
    const lead = await accountOf(CY);
    const made = { project: 'ENG', leadAccountId: lead, assigneeType: 'COMPONENT_LEAD' };
    await site.call('POST', '/rest/api/3/component', { ...made, name: 'Api' });
    await site.call('POST', '/rest/api/3/component', {
      project: 'ENG',
      name: 'Web',
      assigneeType: 'UNASSIGNED',
    });
    await site.call('PUT', '/rest/api/3/project/ENG', { assigneeType: 'PROJECT_LEAD' });
    expect(await assigneeOf(await site.issue({}))).toBe(BEN);
    expect(await assigneeOf(await site.issue({ components: [{ name: 'Web' }, { name: 'Api' }] }))).toBe(CY);
    expect(await assigneeOf(await site.issue({ components: [{ name: 'Web' }] }))).toBeUndefined();
  });

  it('is the priorities of its scheme, and the scheme’s default', async () => {
    const { id } = (await site.call('GET', '/rest/api/3/project/ENG')).body as { id: string };
    const body = { name: 'Calm', defaultPriorityId: 4, priorityIds: [4, 5], projectIds: [id] };
    const mappings = { in: { 1: 4, 2: 4, 3: 4 } };
    const made = await site.call('POST', '/rest/api/3/priorityscheme', { ...body, mappings });
    expect(made.status).toBe(202);
    await site.universe.advance(site.universe.now() + 60_000);
    const priorityOf = async (key: string) =>
      (await site.call('GET', `/rest/api/3/issue/${key}`)).get('fields.priority.name');
    expect([await priorityOf('ENG-2'), await priorityOf(await site.issue({}))]).toEqual(['Low', 'Low']);
    await expect(site.issue({ priority: { name: 'High' } })).rejects.toThrow('priority');
  });

  it('is told in the changelog when versions merge', async () => {
    const one = await site.call('POST', '/rest/api/3/version', { project: 'ENG', name: '1' });
    const two = await site.call('POST', '/rest/api/3/version', { project: 'ENG', name: '2' });
    const key = await site.issue({ fixVersions: [{ id: one.get('id') }] });
    await site.call('PUT', `/rest/api/3/version/${one.get('id')}/mergeto/${two.get('id')}`);
    const log = await site.call('GET', `/rest/api/3/issue/${key}/changelog`);
    expect(log.get('values.0.items.*.field')).toEqual(['Fix Version', 'Fix Version']);
  });
});
