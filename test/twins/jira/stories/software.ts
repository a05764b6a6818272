/** Boards, sprints, epics, ranks and estimates. */
import { expect } from 'vitest';
import type { Story, Teller } from './teller.ts';

const AGILE = '/rest/agile/1.0';
const NEXT = '/rest/software/1.0';

/** The id of a new board of one kind, of a filter that finds a project's issues. */
async function board(t: Teller, type: 'scrum' | 'kanban'): Promise<number> {
  const filter = await t.site.call('POST', '/rest/api/3/filter', {
    name: `Filter for ${type}`,
    jql: 'project = ENG',
  });
  const made = await t.site.call('POST', `${AGILE}/board`, {
    name: `Team ${type}`,
    type,
    filterId: Number(filter.get('id')),
  });
  return Number(made.get('id'));
}

const keys = (page: { issues: { key: string }[] }): string[] => page.issues.map(({ key }) => key);

export const softwareStories: readonly Story[] = [
  {
    says: 'a board is made of a filter, found by it, looked at and deleted',
    async tell(t) {
      const { body: filter } = await t.site.call('POST', '/rest/api/3/filter', {
        name: 'Bugs and tasks',
        jql: 'project = ENG AND type in (Bug, Task)',
      });
      const filterId = Number((filter as { id: string }).id);
      const location = { type: 'project', projectKeyOrId: 'ENG' };
      const made = await t.send('POST', `${AGILE}/board`, {
        name: 'Bugs',
        type: 'kanban',
        filterId,
        location,
      });
      expect(made).toMatchObject({ name: 'Bugs', type: 'kanban', location: { projectKey: 'ENG' } });
      const path = `${AGILE}/board/${made.id}`;
      expect(await t.get(path)).toEqual(made);
      expect((await t.get(`${AGILE}/board/filter/${filterId}`)).values).toEqual([
        { id: made.id, self: made.self, name: 'Bugs' },
      ]);
      const all = await t.get(`${AGILE}/board?type=kanban&orderBy=-name&expand=admins,permissions`);
      expect(all.values).toMatchObject([{ id: made.id, canEdit: true, admins: { groups: [] } }]);
      expect(await t.get(`${path}/configuration`)).toMatchObject({
        filter: { id: String(filterId) },
        subQuery: { query: 'fixVersion in unreleasedVersions() OR fixVersion is EMPTY' },
        columnConfig: { columns: [{ name: 'Backlog' }, { name: 'To Do' }, {}, {}], constraintType: 'none' },
        ranking: { rankCustomFieldId: 10019 },
      });
      const { values } = await t.get(`${path}/quickfilter`);
      expect(await t.get(`${path}/quickfilter/${values[0].id}`)).toMatchObject({
        boardId: made.id,
        name: 'Only My Issues',
        jql: 'assignee = currentUser()',
      });
      expect((await t.get(`${path}/project`)).values).toMatchObject([{ key: 'ENG' }]);
      expect((await t.get(`${path}/project/full`)).values).toMatchObject([{ key: 'ENG' }]);
      await t.get(`${path}/reports`);
      expect(keys(await t.get(`${path}/issue?fields=summary`))).toEqual(['ENG-2', 'ENG-3']);
      expect(await t.get(`${NEXT}/board/${made.id}/issue/approximate-count`)).toEqual({ count: 2 });
      await t.send('DELETE', path);
      await t.refused(404, 'GET', path);
    },
  },
  {
    says: 'the features of a team-managed board are switched',
    world: {
      world: 'test',
      people: [{ email: 'ada@acme.example', name: 'Ada Lovelace' }],
      jira: { site: 'acme', projects: [{ key: 'KAN', name: 'Kanban' }] },
    },
    async tell(t) {
      const features = `${AGILE}/board/1/features`;
      expect((await t.get(features)).features).toContainEqual(
        expect.objectContaining({ boardFeature: 'SPRINTS', state: 'ENABLED', toggleLocked: false }),
      );
      const off = await t.send('PUT', features, { boardId: 1, feature: 'SPRINTS', enabling: false });
      expect(off.features).toContainEqual(
        expect.objectContaining({ boardFeature: 'SPRINTS', state: 'DISABLED' }),
      );
      await t.refused(400, 'GET', `${AGILE}/board/1/sprint`);
      const key = await t.site.issue({ project: { key: 'KAN' } });
      expect(keys(await t.get(`${AGILE}/board/1/backlog`))).toEqual([key]);
      await t.send('POST', `${AGILE}/board/1/issue`, { issues: [key] });
      expect(keys(await t.get(`${AGILE}/board/1/backlog`))).toEqual([]);
      await t.send('POST', `${AGILE}/backlog/1/issue`, { issues: [key] });
      expect(await t.get(`${NEXT}/board/1/backlog/approximate-count`)).toEqual({ count: 1 });
    },
  },
  {
    says: 'a sprint is planned, run and closed',
    async tell(t) {
      const sprint = await t.send('POST', `${AGILE}/sprint`, {
        name: ' March ',
        originBoardId: 1,
        goal: 'Ship',
      });
      expect(sprint).toMatchObject({ state: 'future', name: 'March', goal: 'Ship', originBoardId: 1 });
      const path = `${AGILE}/sprint/${sprint.id}`;
      const second = await t.send('POST', `${AGILE}/sprint`, { name: 'April', originBoardId: 1 });
      const [swap, id] = [`${AGILE}/sprint/${second.id}/swap`, sprint.id];
      await t.send('POST', swap, { sprintToSwapWith: id });
      const { values } = await t.get(`${AGILE}/board/1/sprint?state=future`);
      expect(values.map((one: { name: string }) => one.name)).toEqual(['April', 'March']);
      await t.send('POST', `${path}/issue`, { issues: ['ENG-2'], rankAfterIssue: 'ENG-3' });
      const dates = { startDate: '2026-03-02T09:00:00.000Z', endDate: '2026-03-16T09:00:00.000Z' };
      expect((await t.refused(400, 'POST', path, { state: 'active' })).errors).toEqual({
        startDate: 'You must specify a start date for the sprint',
        endDate: 'You must specify an end date for the sprint',
      });
      expect((await t.send('POST', path, { state: 'active', ...dates })).state).toBe('active');
      expect(keys(await t.get(`${path}/issue`))).toEqual(['ENG-2']);
      expect(keys(await t.get(`${NEXT}/sprint/${id}/issue`))).toEqual(['ENG-2']);
      expect(keys(await t.get(`${AGILE}/board/1/sprint/${id}/issue`))).toEqual(['ENG-2']);
      expect(keys(await t.get(`${NEXT}/board/1/sprint/${id}/issue?maxResults=1`))).toEqual(['ENG-2']);
      await t.send('PUT', `${path}/properties/team`, { size: 3 });
      expect((await t.get(`${path}/properties`)).keys).toMatchObject([{ key: 'team' }]);
      expect(await t.get(`${path}/properties/team`)).toEqual({ key: 'team', value: { size: 3 } });
      await t.send('DELETE', `${path}/properties/team`);
      await t.send('PUT', path, { name: 'March', state: 'closed', ...dates });
      expect(await t.get(path)).toMatchObject({ state: 'closed', goal: '' });
      expect(keys(await t.get(`${AGILE}/board/1/backlog`))).toEqual(['ENG-2']);
      expect(keys(await t.get(`${NEXT}/board/1/backlog`))).toEqual(['ENG-2']);
      await t.send('DELETE', `${AGILE}/sprint/${second.id}`);
    },
  },
  {
    says: 'an issue is put under an epic, and the epic changed and ranked',
    async tell(t) {
      const epic = `${AGILE}/epic/ENG-1`;
      await t.send('POST', `${epic}/issue`, { issues: ['ENG-2'] });
      for (const list of ['epic/ENG-1/issue', 'board/1/epic/10000/issue'])
        for (const root of [AGILE, NEXT]) expect(keys(await t.get(`${root}/${list}`))).toEqual(['ENG-2']);
      for (const list of ['epic/none/issue', 'board/1/epic/none/issue'])
        for (const root of [AGILE, NEXT]) expect(keys(await t.get(`${root}/${list}`))).toEqual(['ENG-3']);
      const changed = { name: 'Billing', summary: 'Bills', color: { key: 'color_4' }, done: true };
      expect(await t.send('POST', epic, changed)).toMatchObject(changed);
      expect(await t.get(epic)).toMatchObject({ ...changed, issueColor: { key: 'teal' } });
      expect((await t.get(`${AGILE}/board/1/epic?done=true`)).values).toMatchObject([{ key: 'ENG-1' }]);
      const other = await t.site.issue({ issuetype: { name: 'Epic' } });
      await t.send('PUT', `${AGILE}/epic/${other}/rank`, { rankBeforeEpic: 'ENG-1' });
      const { values } = await t.get(`${AGILE}/board/1/epic`);
      expect(values.map(({ key }: { key: string }) => key)).toEqual([other, 'ENG-1']);
      await t.send('POST', `${AGILE}/epic/none/issue`, { issues: ['ENG-2'] });
      expect(keys(await t.get(`${epic}/issue`))).toEqual([]);
    },
  },
  {
    says: 'issues are ranked, estimated and moved off the board',
    async tell(t) {
      const id = await board(t, 'scrum');
      expect(keys(await t.get(`${AGILE}/board/${id}/issue`))).toEqual(['ENG-2', 'ENG-3']);
      await t.send('PUT', `${AGILE}/issue/rank`, { issues: ['ENG-3'], rankBeforeIssue: 'ENG-2' });
      expect(keys(await t.get(`${NEXT}/board/${id}/issue`))).toEqual(['ENG-3', 'ENG-2']);
      const estimation = `${AGILE}/issue/ENG-2/estimation?boardId=${id}`;
      const points = { fieldId: 'customfield_10026', value: '5.0' };
      expect(await t.send('PUT', estimation, { value: '5' })).toEqual(points);
      expect(await t.get(estimation)).toEqual(points);
      expect((await t.get(`${AGILE}/issue/ENG-2?fields=customfield_10026`)).fields).toEqual({
        customfield_10026: 5,
      });
      const sprint = await t.send('POST', `${AGILE}/sprint`, { name: 'One', originBoardId: id });
      await t.send('POST', `${AGILE}/sprint/${sprint.id}/issue`, { issues: ['ENG-2', 'ENG-3'] });
      await t.send('POST', `${AGILE}/backlog/issue`, { issues: ['ENG-3'] });
      await t.send('POST', `${AGILE}/backlog/${id}/issue`, { issues: ['ENG-2'] });
      expect(keys(await t.get(`${AGILE}/sprint/${sprint.id}/issue`))).toEqual([]);
      await t.get(`${AGILE}/board/${id}/version`);
      await t.send('PUT', `${AGILE}/board/${id}/properties/note`, 'ours');
      expect((await t.get(`${AGILE}/board/${id}/properties`)).keys).toMatchObject([{ key: 'note' }]);
      expect(await t.get(`${AGILE}/board/${id}/properties/note`)).toEqual({ key: 'note', value: 'ours' });
      await t.send('DELETE', `${AGILE}/board/${id}/properties/note`);
    },
  },
];
