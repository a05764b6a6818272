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
];
