/** What people leave on issues: comments, work, links, votes, properties. */
import { expect } from 'vitest';
import type { Story, Teller } from './teller.ts';

/** Long enough for what was done to be told of. */
const settle = (t: Teller) => t.site.universe.advance(t.site.universe.now() + 120_000);

const says = (text: string) => ({
  type: 'doc',
  version: 1,
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});

export const talkStories: readonly Story[] = [
  {
    says: 'work is logged, changed, moved and deleted, and told of afterwards',
    async tell(t) {
      const [from, to] = [await t.site.issue({}), await t.site.issue({})];
      const logged = await t.send('POST', `/issue/${from}/worklog?expand=properties`, {
        timeSpentSeconds: 7_200,
        started: '2026-03-02T09:00:00.000+0000',
      });
      expect(logged).toMatchObject({ timeSpent: '2h', properties: [] });
      const path = `/issue/${from}/worklog/${logged.id}`;
      await t.send('PUT', path, { timeSpent: '3h', comment: says('More') });
      expect(await t.get(path)).toMatchObject({ timeSpentSeconds: 10_800 });
      expect((await t.get(`/issue/${from}/worklog?startedAfter=0`)).total).toBe(1);
      await t.send('PUT', `${path}/properties/source`, { tool: 'timer' });
      expect((await t.get(`${path}/properties`)).keys).toMatchObject([{ key: 'source' }]);
      expect((await t.get(`${path}/properties/source`)).value).toEqual({ tool: 'timer' });
      await t.send('DELETE', `${path}/properties/source`);
      const ids = [Number(logged.id)];
      expect(await t.ask('POST', '/worklog/list', { ids })).toMatchObject([{ id: logged.id }]);
      await settle(t);
      expect((await t.get('/worklog/updated?since=0')).values).toMatchObject([{ worklogId: ids[0] }]);
      await t.send('POST', `/issue/${from}/worklog/move`, { ids, issueIdOrKey: to });
      await t.refused(404, 'GET', path);
      await t.send('DELETE', `/issue/${to}/worklog?adjustEstimate=leave`, { ids });
      const again = await t.send('POST', `/issue/${to}/worklog`, { timeSpent: '1h' });
      await t.send('DELETE', `/issue/${to}/worklog/${again.id}`);
      await settle(t);
      const { values, lastPage } = await t.get('/worklog/deleted?since=0');
      expect([values.length, lastPage]).toEqual([2, true]);
    },
  },
  {
    says: 'the site counts working time as it is told to',
    async tell(t) {
      const options = {
        workingHoursPerDay: 6,
        workingDaysPerWeek: 4,
        timeFormat: 'hours',
        defaultUnit: 'hour',
      };
      expect(await t.get('/configuration/timetracking/list')).toMatchObject([{ key: 'JIRA' }]);
      await t.send('PUT', '/configuration/timetracking', { key: 'JIRA' });
      expect(await t.get('/configuration/timetracking')).toMatchObject({ key: 'JIRA' });
      await t.send('PUT', '/configuration/timetracking/options', options);
      expect(await t.get('/configuration/timetracking/options')).toEqual(options);
      expect(await t.get('/configuration')).toMatchObject({ timeTrackingConfiguration: options });
      const key = await t.site.issue({ timetracking: { originalEstimate: '1w' } });
      const { fields } = await t.get(`/issue/${key}?fields=timetracking`);
      expect(fields.timetracking).toMatchObject({
        originalEstimate: '24h',
        originalEstimateSeconds: 86_400,
      });
    },
  },
  {
    says: 'a comment is left, changed, found with others, given properties and taken back',
    async tell(t) {
      const key = await t.site.issue({});
      const left = await t.send('POST', `/issue/${key}/comment?expand=renderedBody`, { body: says('First') });
      expect(left.renderedBody).toBe('<p>First</p>');
      const path = `/issue/${key}/comment/${left.id}`;
      await t.send('PUT', path, { body: says('Changed'), properties: [{ key: 'tone', value: 'calm' }] });
      expect((await t.get(path)).body).toEqual(says('Changed'));
      await t.send('PUT', `/comment/${left.id}/properties/seen`, { by: 2 });
      expect(
        (await t.get(`/comment/${left.id}/properties`)).keys.map((one: { key: string }) => one.key),
      ).toEqual(['seen', 'tone']);
      expect(await t.get(`/comment/${left.id}/properties/seen`)).toMatchObject({ value: { by: 2 } });
      await t.send('DELETE', `/comment/${left.id}/properties/seen`);
      const second = await t.send('POST', `/issue/${key}/comment`, { body: says('Second') });
      const ids = async (order: string) =>
        (await t.get(`/issue/${key}/comment?orderBy=${order}`)).comments.map((one: { id: string }) => one.id);
      expect([await ids('created'), await ids('-created')]).toEqual([
        [left.id, second.id],
        [second.id, left.id],
      ]);
      expect((await t.ask('POST', '/comment/list', { ids: [Number(left.id), 1] })).total).toBe(1);
      await t.send('DELETE', path);
      await t.refused(404, 'GET', path);
    },
  },
  {
    says: 'people watch an issue and vote for it',
    async tell(t) {
      const [, ben] = await t.get('/user/assignable/search?project=ENG');
      const watchers = '/issue/ENG-2/watchers';
      const names = async () =>
        (await t.get(watchers)).watchers.map((one: { accountId: string }) => one.accountId);
      await t.send('POST', watchers, ben.accountId);
      expect(await names()).toContain(ben.accountId);
      await t.send('DELETE', `${watchers}?accountId=${ben.accountId}`);
      expect(await names()).not.toContain(ben.accountId);
      await t.refused(404, 'POST', '/issue/ENG-2/votes');
      const mine = await t.site.issue({ reporter: { id: ben.accountId } });
      await t.send('POST', `/issue/${mine}/votes`);
      expect(await t.get(`/issue/${mine}/votes`)).toMatchObject({ votes: 1, hasVoted: true });
      await t.send('DELETE', `/issue/${mine}/votes`);
    },
  },
  {
    says: 'issues are linked with one another and with the world outside',
    async tell(t) {
      await t.send('POST', '/issueLink', {
        type: { name: 'Blocks' },
        inwardIssue: { key: 'ENG-1' },
        outwardIssue: { key: 'ENG-2' },
        comment: { body: says('Why') },
      });
      const { fields } = await t.get('/issue/ENG-2?fields=issuelinks');
      const [{ id }] = fields.issuelinks;
      expect(await t.get(`/issueLink/${id}`)).toMatchObject({
        type: { name: 'Blocks' },
        inwardIssue: { key: 'ENG-1' },
      });
      await t.send('DELETE', `/issueLink/${id}`);
      const remote = '/issue/ENG-2/remotelink';
      const object = { url: 'https://a.example/1', title: 'One', status: { resolved: true } };
      const made = await t.send('POST', remote, { globalId: 'a=1', relationship: 'seen in', object });
      await t.send('PUT', `${remote}/${made.id}`, { globalId: 'a=1', object: { ...object, title: 'Two' } });
      expect(await t.get(`${remote}/${made.id}`)).toMatchObject({ object: { title: 'Two' } });
      expect(await t.get(remote)).toHaveLength(1);
      await t.send('DELETE', `${remote}?globalId=a%3D1`);
      const again = await t.send('POST', remote, { object });
      await t.send('DELETE', `${remote}/${again.id}`);
    },
  },
];
