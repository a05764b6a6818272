/** Plans and the teams that they plan for. */
import { expect } from 'vitest';
import { BEN } from '../site.ts';
import type { Story } from './teller.ts';

const PLAN = {
  name: 'Launch',
  issueSources: [{ type: 'Project', value: 10_000 }],
  scheduling: { estimation: 'Days' },
  permissions: [{ type: 'Edit', holder: { type: 'Group', value: 'jira-administrators' } }],
};

export const planStories: readonly Story[] = [
  {
    says: 'a plan is made, patched, copied, archived and thrown away',
    async tell(t) {
      const id = await t.send('POST', '/plans/plan', PLAN);
      await t.send('PUT', `/plans/plan/${id}`, [
        { op: 'replace', path: '/name', value: 'Big launch' },
        { op: 'add', path: '/exclusionRules/issueIds/-', value: 10_001 },
      ]);
      expect(await t.get(`/plans/plan/${id}`)).toMatchObject({
        ...PLAN,
        name: 'Big launch',
        exclusionRules: { issueIds: [10_001] },
        status: 'Active',
      });
      await t.refused(400, 'PUT', `/plans/plan/${id}`, [{ op: 'remove', path: '/scheduling' }]);
      const copy = await t.send('POST', `/plans/plan/${id}/duplicate`, { name: 'Small launch' });
      await t.send('PUT', `/plans/plan/${id}/archive`);
      await t.refused(409, 'PUT', `/plans/plan/${id}/trash`);
      await t.send('PUT', `/plans/plan/${copy}/trash`);
      expect(await t.get('/plans/plan')).toMatchObject({ total: 0, last: true });
      expect(await t.get('/plans/plan?includeTrashed=true&includeArchived=true&maxResults=1')).toMatchObject({
        ...{
          total: 2,
          last: false,
          nextPageCursor: '1',
          values: [{ name: 'Big launch', status: 'Archived' }],
        },
      });
      await t.refused(400, 'POST', '/plans/plan', { ...PLAN, issueSources: [{ type: 'Board', value: 99 }] });
    },
  },
  {
    says: 'teams of a plan come, change and go',
    async tell(t) {
      const [ben] = await t.get(`/user/search?query=${BEN}`);
      const id = await t.send('POST', '/plans/plan', PLAN);
      const at = `/plans/plan/${id}/team`;
      const team = await t.send('POST', `${at}/planonly`, {
        ...{ name: 'Core', planningStyle: 'Scrum', sprintLength: 2, memberAccountIds: [ben.accountId] },
      });
      await t.send('PUT', `${at}/planonly/${team}`, [
        { op: 'replace', path: '/planningStyle', value: 'Kanban' },
      ]);
      expect(await t.get(`${at}/planonly/${team}`)).toMatchObject({ name: 'Core', planningStyle: 'Kanban' });
      expect((await t.get(at)).values).toEqual([{ id: String(team), name: 'Core', type: 'PlanOnly' }]);
      await t.send('DELETE', `${at}/planonly/${team}`);
      await t.refused(404, 'GET', `${at}/planonly/${team}`);
    },
  },
];
