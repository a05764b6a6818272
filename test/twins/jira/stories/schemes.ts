/** Types of issue, priorities, resolutions, types of links: the site's lists, and the schemes that give them to projects. */
import { expect } from 'vitest';
import type { Story, Teller } from './teller.ts';

/** Lets the tasks that run come to their end. */
const pass = ({ site: { universe } }: Teller) => universe.advance(universe.now() + 60_000);

export const schemeStories: readonly Story[] = [
  {
    says: 'a type of issue is made, used, given properties and deleted',
    async tell(t) {
      const { id } = await t.send('POST', '/issuetype', {
        name: 'Spike',
        description: 'To learn',
        hierarchyLevel: 0,
      });
      await t.refused(409, 'POST', '/issuetype', { name: 'spike' });
      expect(await t.get(`/issuetype/${id}`)).toMatchObject({ name: 'Spike', hierarchyLevel: 0 });
      await t.send('PUT', `/issuetype/${id}`, { name: 'Probe', avatarId: 10303 });
      expect(await t.get('/issuetype')).toContainEqual(
        expect.objectContaining({ name: 'Probe', avatarId: 10303 }),
      );
      const alternatives = await t.get(`/issuetype/${id}/alternatives`);
      expect(alternatives.map((one: { name: string }) => one.name)).toEqual(['Story', 'Task', 'Bug']);
      await t.send('PUT', `/issuetype/${id}/properties/colour`, 'blue');
      expect((await t.get(`/issuetype/${id}/properties`)).keys).toHaveLength(1);
      expect(await t.get(`/issuetype/${id}/properties/colour`)).toEqual({ key: 'colour', value: 'blue' });
      await t.send('DELETE', `/issuetype/${id}/properties/colour`);
      const { id: projectId } = await t.get('/project/ENG');
      expect(await t.get(`/issuetype/project?projectId=${projectId}&level=1`)).toMatchObject([
        { name: 'Epic' },
      ]);
      await t.send('DELETE', `/issuetype/${id}`);
    },
  },
  {
    says: 'a scheme says which types a project has',
    async tell(t) {
      const types = await t.get('/issuetype');
      const idOf = (name: string) =>
        types.find((one: { name: string; scope?: unknown }) => one.name === name && !one.scope).id;
      const [task, bug, story] = ['Task', 'Bug', 'Story'].map(idOf);
      const { issueTypeSchemeId: id } = await t.send('POST', '/issuetypescheme', {
        name: 'Small',
        issueTypeIds: [task],
      });
      const path = `/issuetypescheme/${id}`;
      await t.refused(409, 'POST', '/issuetypescheme', { name: 'small', issueTypeIds: [task] });
      await t.send('PUT', `${path}/issuetype`, { issueTypeIds: [bug, story] });
      await t.send('PUT', `${path}/issuetype/move`, { issueTypeIds: [story], position: 'First' });
      await t.send('PUT', path, { name: 'Few', defaultIssueTypeId: task });
      await t.send('DELETE', `${path}/issuetype/${bug}`);
      const mapping = await t.get(`/issuetypescheme/mapping?issueTypeSchemeId=${id}`);
      expect(mapping.values.map((one: { issueTypeId: string }) => one.issueTypeId)).toEqual([story, task]);
      const [eng, rev] = [await t.get('/project/ENG'), await t.get('/project/REV')];
      await t.refused(400, 'PUT', '/issuetypescheme/project', { issueTypeSchemeId: id, projectId: eng.id });
      await t.send('PUT', '/issuetypescheme/project', { issueTypeSchemeId: id, projectId: rev.id });
      expect((await t.get('/project/REV')).issueTypes).toMatchObject([{ name: 'Story' }, { name: 'Task' }]);
      expect((await t.get(`/issuetypescheme/project?projectId=${rev.id}`)).values).toMatchObject([
        { issueTypeScheme: { name: 'Few' }, projectIds: [rev.id] },
      ]);
      const shown = await t.get('/issuetypescheme?queryString=few&expand=projects,issueTypes');
      expect(shown.values).toMatchObject([{ projects: { total: 1 }, issueTypes: { total: 2 } }]);
      await t.refused(400, 'DELETE', path);
      await t.send('PUT', '/issuetypescheme/project', { issueTypeSchemeId: '10000', projectId: rev.id });
      await t.send('DELETE', path);
    },
  },
  {
    says: 'priorities are made, ordered, changed and deleted',
    async tell(t) {
      const { id } = await t.send('POST', '/priority', {
        name: 'Panic',
        statusColor: '#f00',
        iconUrl: '/images/icons/priorities/blocker.png',
      });
      await t.refused(400, 'POST', '/priority', { name: 'panic', statusColor: '#f00', avatarId: 10600 });
      await t.send('PUT', '/priority/move', { ids: [id], position: 'First' });
      expect((await t.get('/priority'))[0]).toMatchObject({ name: 'Panic' });
      await t.send('PUT', `/priority/${id}`, { description: 'Now', avatarId: 10601 });
      expect(await t.get(`/priority/${id}`)).toMatchObject({ description: 'Now', avatarId: 10601 });
      await t.send('PUT', '/priority/default', { id: '2' });
      expect((await t.get('/priority/search?onlyDefault=true&expand=schemes')).values).toMatchObject([
        { id: '2' },
      ]);
      await t.refused(400, 'DELETE', '/priority/2');
      const task = await t.send('DELETE', `/priority/${id}`);
      await pass(t);
      expect(await t.get(`/task/${task.id}`)).toMatchObject({ status: 'COMPLETE' });
      await t.refused(404, 'GET', `/priority/${id}`);
    },
  },
  {
    says: 'a scheme says which priorities a project has',
    async tell(t) {
      const { id: projectId } = await t.get('/project/ENG');
      const made = await t.send('POST', '/priorityscheme', {
        name: 'Two',
        defaultPriorityId: 3,
        priorityIds: [3, 4],
      });
      const path = `/priorityscheme/${made.id}`;
      const asked = { schemeId: Number(made.id), projects: { add: [Number(projectId)] } };
      const suggested = await t.ask('POST', '/priorityscheme/mappings', asked);
      expect(suggested.values.map((one: { id: string }) => one.id)).toEqual(['1', '2', '5']);
      await t.refused(400, 'PUT', path, { projects: { add: { ids: [projectId] } } });
      const { task } = await t.send('PUT', path, {
        name: 'Pair',
        projects: { add: { ids: [projectId] } },
        mappings: { in: { 1: 3, 2: 3, 5: 4 } },
      });
      await pass(t);
      expect(await t.get(`/task/${task.id}`)).toMatchObject({ status: 'COMPLETE' });
      expect((await t.get(`${path}/projects`)).values).toMatchObject([{ key: 'ENG' }]);
      expect((await t.get(`${path}/priorities`)).total).toBe(2);
      expect((await t.get(`/priorityscheme/priorities/available?schemeId=${made.id}`)).total).toBe(3);
      expect((await t.get('/priorityscheme?expand=priorities,projects')).values).toHaveLength(2);
      expect((await t.get('/issue/ENG-2?fields=priority')).fields.priority).toMatchObject({ id: '3' });
      await t.refused(400, 'DELETE', path);
      await t.send('PUT', path, { projects: { remove: { ids: [projectId] } } });
      await t.send('DELETE', path);
    },
  },
  {
    says: 'resolutions are made, ordered, changed and deleted',
    async tell(t) {
      const { id } = await t.send('POST', '/resolution', { name: 'Moot', description: 'No matter' });
      await t.send('PUT', `/resolution/${id}`, { name: 'Obsolete' });
      await t.send('PUT', '/resolution/move', { ids: [id], position: 'First' });
      expect((await t.get('/resolution'))[0]).toMatchObject({ name: 'Obsolete' });
      await t.send('PUT', '/resolution/default', { id });
      expect((await t.get('/resolution/search?onlyDefault=true')).values).toMatchObject([{ id }]);
      expect(await t.get(`/resolution/${id}`)).toMatchObject({ description: 'No matter' });
      await t.refused(400, 'DELETE', '/resolution/10000');
      await t.send('DELETE', `/resolution/10000?replaceWith=${id}`);
      await pass(t);
      expect((await t.get('/issue/ENG-3?fields=resolution')).fields.resolution).toMatchObject({ id });
    },
  },
  {
    says: 'types of links are made, changed and deleted with their links',
    async tell(t) {
      const texts = { name: 'Follow', inward: 'is followed by', outward: 'follows' };
      const { id } = await t.send('POST', '/issueLinkType', texts);
      await t.refused(404, 'POST', '/issueLinkType', texts);
      await t.send('PUT', `/issueLinkType/${id}`, { name: 'Follows' });
      expect(await t.get(`/issueLinkType/${id}`)).toMatchObject({ ...texts, name: 'Follows' });
      expect((await t.get('/issueLinkType')).issueLinkTypes).toHaveLength(5);
      await t.site.call('POST', '/rest/api/3/issueLink', {
        type: { name: 'Follows' },
        inwardIssue: { key: 'ENG-1' },
        outwardIssue: { key: 'ENG-2' },
      });
      await t.send('DELETE', `/issueLinkType/${id}`);
      expect((await t.get('/issue/ENG-1?fields=issuelinks')).fields.issuelinks).toEqual([]);
    },
  },
  {
    says: 'a notification scheme says who is sent mails',
    async tell(t) {
      const { accountId } = await t.get('/myself');
      const event = { id: '1' };
      const { id } = await t.send('POST', '/notificationscheme', {
        name: 'Loud',
        notificationSchemeEvents: [{ event, notifications: [{ notificationType: 'ProjectLead' }] }],
      });
      const path = `/notificationscheme/${id}`;
      await t.send('PUT', path, { description: 'For everybody' });
      const user = { notificationType: 'User', parameter: accountId };
      await t.send('PUT', `${path}/notification`, {
        notificationSchemeEvents: [{ event, notifications: [user] }],
      });
      const { notificationSchemeEvents } = await t.get(`${path}?expand=all`);
      expect(notificationSchemeEvents).toMatchObject([
        { event: { id: 1 }, notifications: [{}, { user: { accountId }, recipient: accountId }] },
      ]);
      await t.send('PUT', '/project/ENG', { notificationScheme: Number(id) });
      expect(await t.get('/project/ENG/notificationscheme')).toMatchObject({ name: 'Loud' });
      expect((await t.get(`/notificationscheme/project?notificationSchemeId=${id}`)).values).toHaveLength(1);
      expect((await t.get('/notificationscheme?onlyDefault=true')).values).toMatchObject([{ id: 10000 }]);
      const [first] = notificationSchemeEvents[0].notifications;
      await t.send('DELETE', `${path}/notification/${first.id}`);
      await t.refused(400, 'DELETE', '/notificationscheme/10000');
      await t.send('DELETE', path);
      expect(await t.get('/project/ENG/notificationscheme')).toMatchObject({ id: 10000 });
    },
  },
];
