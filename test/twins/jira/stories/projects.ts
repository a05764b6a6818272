/** Projects from their making to their end, and what is set of them. */
import { expect } from 'vitest';
import type { Story } from './teller.ts';

const SCRUM = 'com.pyxis.greenhopper.jira:gh-simplified-scrum-classic';
const AGILITY = 'com.pyxis.greenhopper.jira:gh-simplified-agility-scrum';

export const projectStories: readonly Story[] = [
  {
    says: 'a project is made, changed, put away and brought back',
    async tell(t) {
      const { accountId } = await t.get('/myself');
      const made = await t.send('POST', '/project', {
        key: 'NEW',
        name: 'Newcomers',
        projectTypeKey: 'software',
        projectTemplateKey: SCRUM,
        leadAccountId: accountId,
      });
      expect(made).toMatchObject({ key: 'NEW', id: expect.any(Number) });
      await t.refused(400, 'POST', '/project', { key: 'NEW', name: 'Newcomers', leadAccountId: accountId });
      expect((await t.get('/project/recent'))[0]).toMatchObject({ key: 'NEW' });
      expect(await t.get('/project?expand=insight,lead')).toHaveLength(4);
      await t.send('PUT', '/project/NEW', {
        name: 'Newest',
        url: 'https://acme.example',
        assigneeType: 'PROJECT_LEAD',
      });
      expect(await t.get('/project/NEW?expand=projectKeys,permissions')).toMatchObject({
        name: 'Newest',
        assigneeType: 'PROJECT_LEAD',
      });
      await t.get('/project/NEW/statuses');
      await t.send('POST', '/project/NEW/archive');
      expect((await t.get('/project/search?status=archived')).values).toMatchObject([{ archived: true }]);
      await t.refused(400, 'DELETE', '/project/NEW');
      await t.send('POST', '/project/NEW/restore');
      await t.send('DELETE', '/project/NEW');
      await t.refused(404, 'GET', '/project/NEW');
      expect((await t.get('/project/search?status=deleted')).values).toMatchObject([{ deleted: true }]);
      await t.send('POST', '/project/NEW/restore');
      const task = await t.send('POST', '/project/NEW/delete');
      expect(await t.get(`/task/${task.id}`)).toMatchObject({ status: 'ENQUEUED' });
    },
  },
  {
    says: 'a team-managed project has features, levels of types, a sender and a level of data',
    async tell(t) {
      const { accountId } = await t.get('/myself');
      const { id } = await t.send('POST', '/project', {
        key: 'TEAM',
        name: 'Team',
        projectTemplateKey: AGILITY,
        leadAccountId: accountId,
      });
      expect((await t.get(`/project/${id}/hierarchy`)).hierarchy).toHaveLength(3);
      expect((await t.get('/project/TEAM/features')).features).toHaveLength(9);
      await t.send('PUT', '/project/TEAM/features/jsw.agility.deployments', { state: 'ENABLED' });
      await t.send('PUT', `/project/${id}/email`, { emailAddress: 'team@acme.example' });
      expect(await t.get(`/project/${id}/email`)).toMatchObject({ emailAddress: 'team@acme.example' });
      const { classifications } = await t.get('/classification-levels?status=PUBLISHED&orderBy=-rank');
      const level = '/project/TEAM/classification-level/default';
      await t.send('PUT', level, { id: classifications[0].id });
      expect((await t.get(level)).classification).toEqual(classifications[0]);
      expect(await t.get('/project/TEAM/classification-config')).toMatchObject({ containerOverride: 'ANY' });
      await t.send('DELETE', level);
    },
  },
  {
    says: 'projects are sorted into categories',
    async tell(t) {
      const { id } = await t.send('POST', '/projectCategory', { name: 'Internal', description: 'For us' });
      await t.refused(409, 'POST', '/projectCategory', { name: 'internal' });
      expect(await t.get('/projectCategory')).toHaveLength(1);
      await t.send('PUT', '/project/ENG', { categoryId: Number(id) });
      expect((await t.get(`/project/search?categoryId=${id}`)).values).toMatchObject([
        { projectCategory: { name: 'Internal' } },
      ]);
      await t.send('PUT', `/projectCategory/${id}`, { name: 'Ours' });
      expect(await t.get(`/projectCategory/${id}`)).toMatchObject({ name: 'Ours', description: 'For us' });
      await t.send('DELETE', `/projectCategory/${id}`);
      expect(await t.get('/project/ENG')).not.toHaveProperty('projectCategory');
    },
  },
  {
    says: 'types of project, and keys and names that are free',
    async tell(t) {
      expect(await t.get('/project/type')).toHaveLength(4);
      expect(await t.get('/project/type/accessible')).toHaveLength(4);
      expect(await t.get('/project/type/software')).toMatchObject({ formattedKey: 'Software' });
      expect(await t.get('/project/type/business/accessible')).toMatchObject({ key: 'business' });
      expect(await t.get('/projectvalidate/key?key=ENG')).toMatchObject({
        errors: { projectKey: "Project 'Engineering' uses this project key." },
      });
      expect(await t.get('/projectvalidate/validProjectKey?key=FREE')).toBe('FREE');
      expect(await t.get('/projectvalidate/validProjectName?name=Engineering')).toBe('Engineering 2');
    },
  },
  {
    says: 'components of a project, and where their issues go',
    async tell(t) {
      const { accountId } = await t.get('/myself');
      const made = await t.send('POST', '/component', {
        project: 'ENG',
        name: 'API',
        leadAccountId: accountId,
        assigneeType: 'COMPONENT_LEAD',
      });
      expect(made).toMatchObject({ realAssigneeType: 'COMPONENT_LEAD', isAssigneeTypeValid: true });
      const other = await t.send('POST', '/component', { project: 'ENG', name: 'Web' });
      await t.site.issue({ components: [{ id: made.id }] });
      await t.send('PUT', `/component/${made.id}`, { description: 'What programs call' });
      expect(await t.get(`/component/${made.id}`)).toMatchObject({ description: 'What programs call' });
      expect((await t.get('/component?projectIdsOrKeys=ENG&query=programs')).values).toHaveLength(1);
      const page = await t.get('/project/ENG/component?orderBy=-issueCount');
      expect(page.values).toMatchObject([
        { name: 'API', issueCount: 1 },
        { name: 'Web', issueCount: 0 },
      ]);
      expect(await t.get('/project/ENG/components')).toHaveLength(2);
      await t.send('DELETE', `/component/${made.id}?moveIssuesTo=${other.id}`);
      expect(await t.get(`/component/${other.id}/relatedIssueCounts`)).toMatchObject({ issueCount: 1 });
    },
  },
  {
    says: 'versions of a project, their order, their issues and their end',
    async tell(t) {
      const { id: projectId } = await t.get('/project/ENG');
      const made = [];
      for (const name of ['1.0', '1.1', '2.0'])
        made.push(await t.send('POST', '/version', { projectId: Number(projectId), name }));
      const [first, second, third] = made.map(({ id }) => id);
      await t.site.issue({ fixVersions: [{ id: first }], versions: [{ id: first }] });
      await t.send('PUT', `/version/${first}`, {
        released: true,
        releaseDate: '2026-03-01',
        moveUnfixedIssuesTo: `https://acme.atlassian.net/rest/api/3/version/${second}`,
      });
      expect(await t.get(`/version/${first}?expand=operations,issuesstatus`)).toMatchObject({
        released: true,
      });
      expect(await t.get(`/version/${second}/unresolvedIssueCount`)).toMatchObject({
        issuesUnresolvedCount: 1,
      });
      expect(await t.get(`/version/${first}/relatedIssueCounts`)).toMatchObject({ issuesAffectedCount: 1 });
      await t.send('POST', `/version/${third}/move`, { position: 'First' });
      expect((await t.get('/project/ENG/version?status=unreleased')).values).toMatchObject([
        { name: '2.0' },
        { name: '1.1' },
      ]);
      expect(await t.get('/project/ENG/versions')).toHaveLength(3);
      await t.send('PUT', `/version/${second}/mergeto/${third}`);
      await t.send('POST', `/version/${first}/removeAndSwap`, { moveAffectedIssuesTo: Number(third) });
      expect(await t.get(`/version/${third}/relatedIssueCounts`)).toMatchObject({
        issuesFixedCount: 1,
        issuesAffectedCount: 1,
      });
      await t.send('DELETE', `/version/${third}`);
    },
  },
  {
    says: 'what belongs to a version besides its issues',
    async tell(t) {
      const { id } = await t.send('POST', '/version', { project: 'ENG', name: '1.0' });
      const work = await t.send('POST', `/version/${id}/relatedwork`, {
        category: 'Design',
        title: 'Sketch',
        url: 'https://acme.example/sketch',
      });
      const { relatedWorkId } = work;
      await t.send('PUT', `/version/${id}/relatedwork`, { relatedWorkId, category: 'Chat' });
      expect(await t.get(`/version/${id}/relatedwork`)).toEqual([{ relatedWorkId, category: 'Chat' }]);
      await t.refused(404, 'DELETE', `/version/${id}/relatedwork/nothing`);
      await t.send('DELETE', `/version/${id}/relatedwork/${relatedWorkId}`);
    },
  },
  {
    says: 'a project, a type and a priority choose from Jira’s own pictures',
    async tell(t) {
      expect((await t.get('/avatar/user/system')).system).not.toEqual([]);
      const { system } = await t.get('/project/ENG/avatars');
      await t.send('PUT', '/project/ENG/avatar', { id: system[0].id });
      const { id } = await t.get('/project/ENG');
      expect((await t.get(`/universal_avatar/type/project/owner/${id}`)).system[0]).toMatchObject({
        isSelected: true,
      });
      await t.refused(404, 'PUT', '/project/ENG/avatar', { id: '1' });
      await t.refused(403, 'DELETE', `/project/ENG/avatar/${system[0].id}`);
    },
  },
  {
    says: 'a template is made of a project, and projects of templates',
    async tell(t) {
      const { accountId } = await t.get('/myself');
      const { id } = await t.get('/project/REV');
      const { projectTemplateKey } = await t.send('POST', '/project-template/save-template', {
        templateName: 'Reviews',
        templateFromProjectRequest: { projectId: Number(id), templateType: 'SNAPSHOT' },
      });
      const { key } = projectTemplateKey;
      await t.send('PUT', '/project-template/edit-template', {
        templateKey: key,
        templateDescription: 'As in REV',
      });
      expect(await t.get(`/project-template/live-template?templateKey=${key}`)).toMatchObject({
        name: 'Reviews',
      });
      await t.send('POST', '/project', {
        key: 'MORE',
        name: 'More',
        leadAccountId: accountId,
        projectTemplateKey: key,
      });
      const [{ statuses }] = await t.get('/project/MORE/statuses');
      expect(statuses.map((one: { name: string }) => one.name)).toEqual(['Open', 'In Review', 'Closed']);
      await t.send('DELETE', `/project-template/remove-template?templateKey=${key}`);
      const task = await t.send('POST', '/project-template', {
        details: { key: 'SENT', name: 'Sent', leadAccountId: accountId },
        template: { scope: { type: 'PROJECT' }, issueType: { issueTypes: [{ name: 'Wish' }] } },
      });
      await t.site.universe.advance(t.site.universe.now() + 60_000);
      expect(await t.get(`/task/${task.id}`)).toMatchObject({
        status: 'COMPLETE',
        result: { projectKey: 'SENT' },
      });
      expect((await t.get('/project/SENT')).issueTypes).toMatchObject([{ name: 'Wish' }]);
    },
  },
];
