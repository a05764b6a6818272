import { beforeEach, describe, expect, it } from 'vitest';
import { ADA, BEN, CY, openSite, type TestSite } from './site.ts';

const AGILE = '/rest/agile/1.0';

let site: TestSite;
beforeEach(async () => {
  site = await openSite();
});

const keysIn = async (list: string) => (await site.call('GET', `${AGILE}/${list}`)).get('issues.*.key');

/** A new board's id, of a filter with this query. */
async function board(type: string, jql: string, more: Record<string, unknown> = {}): Promise<number> {
  const filter = await site.call('POST', '/rest/api/3/filter', { name: `Of ${jql}`, jql });
  const filterId = Number(filter.get('id'));
  const made = await site.call('POST', `${AGILE}/board`, { name: `B ${jql}`, type, filterId, ...more });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return Number(made.get('id'));
}

const setUp = (id: number, input: Record<string, unknown>, as = ADA) =>
  site.universe.gesture({
    twin: 'jira',
    gesture: 'setUpBoard',
    as,
    by: 'person',
    with: { board: id, ...input },
  } as never);

describe('a board', () => {
  it('needs a name, a type and a filter that its maker sees', async () => {
    const bare = await site.call('POST', `${AGILE}/board`, {});
    expect(bare.status).toBe(400);
    expect(Object.keys(bare.get('errors') as object).sort()).toEqual(['filterId', 'name', 'type']);
    const filter = await site.call('POST', '/rest/api/3/filter', { name: 'Own', jql: 'project = ENG' });
    const body = { name: 'Of another', type: 'scrum', filterId: Number(filter.get('id')) };
    const ben = await site.callAs(site.basicFor(BEN), 'POST', `${AGILE}/board`, body);
    expect(ben.get('errors.filterId')).toContain('does not exist');
  });

  it('is seen by those who see its filter, and as private by administrators', async () => {
    const ben = site.basicFor(BEN);
    const filter = await site.callAs(ben, 'POST', '/rest/api/3/filter', {
      name: 'Own',
      jql: 'project = ENG',
    });
    const body = { name: 'Ben’s', type: 'kanban', filterId: Number(filter.get('id')) };
    const { body: made } = await site.callAs(ben, 'POST', `${AGILE}/board`, body);
    const id = (made as { id: number }).id;
    const cy = site.basicFor(CY);
    expect((await site.callAs(cy, 'GET', `${AGILE}/board/${id}`)).status).toBe(404);
    expect((await site.callAs(cy, 'GET', `${AGILE}/board?name=ben`)).get('total')).toBe(0);
    const all = await site.call('GET', `${AGILE}/board?name=ben&includePrivate=true`);
    expect(all.get('values.0.id')).toBe(id);
    expect(all.get('values.0.name')).toBeUndefined();
    expect((await site.callAs(cy, 'DELETE', `${AGILE}/board/${id}`)).status).toBe(404);
  });

  it('is found by name, type, project, place and order', async () => {
    const id = await board('kanban', 'project in (ENG, OPS) AND type = Bug');
    const found = async (query: string) =>
      ((await site.call('GET', `${AGILE}/board?${query}`)).get('values.*.id') as number[]).sort();
    expect(await found('type=kanban')).toEqual([id]);
    expect(await found('projectKeyOrId=ENG')).toContain(id);
    expect(await found('projectKeyOrId=REV')).not.toContain(id);
    expect(await found('projectLocation=ENG')).toEqual([1]);
    expect(await found('projectLocation=ENG&negateLocationFiltering=true')).toContain(id);
    expect((await site.call('GET', `${AGILE}/board?type=round`)).status).toBe(400);
    expect((await site.call('GET', `${AGILE}/board?projectKeyOrId=NO`)).status).toBe(404);
  });

  it('has what its filter finds in the statuses of its columns', async () => {
    const id = await board('scrum', 'project = ENG');
    expect(await keysIn(`board/${id}/issue`)).toEqual(['ENG-2', 'ENG-3']);
    setUp(id, { columns: [{ name: 'Now', statuses: ['In Progress'], max: 3 }] });
    expect(await keysIn(`board/${id}/issue`)).toEqual(['ENG-2']);
    const configured = await site.call('GET', `${AGILE}/board/${id}/configuration`);
    expect(configured.get('columnConfig')).toMatchObject({
      columns: [{ name: 'Now', max: 3 }],
      constraintType: 'issueCount',
    });
    expect(() => setUp(id, { columns: [{ name: 'No', statuses: ['Nowhere'] }] })).toThrow('Nowhere');
    expect(() => setUp(id, { subQuery: '' }, BEN)).toThrow();
  });

  it('leaves out what its sub-query leaves out', async () => {
    const id = await board('kanban', 'project = ENG');
    const { body } = await site.call('POST', '/rest/api/3/version', {
      name: '1.0',
      project: 'ENG',
      projectId: 10000,
      released: true,
    });
    const fixVersions = [{ id: (body as { id: string }).id }];
    await site.call('PUT', '/rest/api/3/issue/ENG-2', { fields: { fixVersions } });
    expect(await keysIn(`board/${id}/issue`)).toEqual(['ENG-1', 'ENG-3']);
  });

  it('is narrowed by a query, and ordered by the query where that orders', async () => {
    const jql = (text: string) => keysIn(`board/1/issue?jql=${encodeURIComponent(text)}`);
    expect(await jql('type = Bug')).toEqual(['ENG-2']);
    expect(await jql('order by key DESC')).toEqual(['ENG-3', 'ENG-2']);
    const wrong = `${AGILE}/board/1/issue?jql=${encodeURIComponent('colour = red')}`;
    expect((await site.call('GET', wrong)).status).toBe(400);
    expect((await site.call('GET', `${wrong}&validateQuery=false`)).get('issues')).toEqual([]);
  });

  it('gives its issues by tokens, page by page', async () => {
    const first = await site.call('GET', '/rest/software/1.0/board/1/issue?maxResults=1');
    expect([first.get('isLast'), first.get('issues.*.key')]).toEqual([false, ['ENG-2']]);
    const token = encodeURIComponent(String(first.get('nextPageToken')));
    const second = await site.call(
      'GET',
      `/rest/software/1.0/board/1/issue?maxResults=1&nextPageToken=${token}`,
    );
    expect([second.get('isLast'), second.get('issues.*.key')]).toEqual([true, ['ENG-3']]);
    expect((await site.call('GET', '/rest/software/1.0/board/1/issue?nextPageToken=x')).status).toBe(400);
  });

  it('moves issues between its backlog column and its first one', async () => {
    const id = await board('kanban', 'project = REV');
    const columns = [
      { name: 'Backlog', statuses: ['Open'] },
      { name: 'Review', statuses: ['In Review'] },
      { name: 'Done', statuses: ['Closed'] },
    ];
    setUp(id, { columns });
    const key = await site.issue({ project: { key: 'REV' } });
    expect(await keysIn(`board/${id}/backlog`)).toEqual([key]);
    expect((await site.call('POST', `${AGILE}/board/${id}/issue`, { issues: [key] })).status).toBe(204);
    expect(await keysIn(`board/${id}/backlog`)).toEqual([]);
    expect((await site.call('POST', `${AGILE}/backlog/${id}/issue`, { issues: [key] })).status).toBe(204);
    const some = await site.call('POST', `${AGILE}/backlog/${id}/issue`, { issues: [key, 'ENG-2'] });
    expect(some.status).toBe(207);
    expect(some.get('entries.*.status')).toEqual([200, 400]);
  });

  it('estimates in the field that it is set up with', async () => {
    const id = await board('scrum', 'project = ENG');
    const estimation = `${AGILE}/issue/ENG-2/estimation?boardId=${id}`;
    expect((await site.call('GET', estimation)).body).toEqual({ fieldId: 'customfield_10026' });
    expect((await site.call('PUT', estimation, { value: 'many' })).status).toBe(400);
    setUp(id, { estimation: 'originalEstimate' });
    const set = await site.call('PUT', estimation, { value: '1d' });
    expect(set.body).toEqual({ fieldId: 'timeoriginalestimate', value: '28800' });
    const shown = await site.call('GET', '/rest/api/3/issue/ENG-2?fields=timetracking');
    expect(shown.get('fields.timetracking.originalEstimate')).toBe('1d');
    expect((await site.call('GET', `${AGILE}/issue/ENG-1/estimation?boardId=${id}`)).status).toBe(404);
    expect((await site.call('GET', `${AGILE}/issue/ENG-2/estimation`)).status).toBe(400);
  });

  it('that came with a team-managed project cannot be deleted', async () => {
    site = await openSite({
      world: 'test',
      people: [{ email: ADA, name: 'Ada Lovelace' }],
      jira: { site: 'acme', projects: [{ key: 'KAN', name: 'Kanban' }] },
    });
    expect((await site.call('DELETE', `${AGILE}/board/1`)).status).toBe(403);
  });
});

describe('the board of a team-managed Kanban project', () => {
  it('runs sprints once its project has them turned on', async () => {
    const me = (await site.call('GET', '/rest/api/3/myself')).get('accountId');
    const project = await site.call('POST', '/rest/api/3/project', {
      key: 'FLOW',
      name: 'Flow',
      projectTypeKey: 'software',
      projectTemplateKey: 'com.pyxis.greenhopper.jira:gh-simplified-agility-kanban',
      leadAccountId: me,
    });
    expect(project.status, JSON.stringify(project.body)).toBe(201);
    const id = (await site.call('GET', `${AGILE}/board?projectKeyOrId=FLOW`)).get('values.0.id');
    const sprints = () => site.call('GET', `${AGILE}/board/${String(id)}/sprint`);
    expect((await sprints()).get('errorMessages')).toEqual(['The board does not support sprints']);
    for (const feature of ['backlog', 'sprints'])
      await site.call('PUT', `/rest/api/3/project/FLOW/features/jsw.agility.${feature}`, {
        state: 'ENABLED',
      });
    expect((await sprints()).status).toBe(200);
    const features = await site.call('GET', `${AGILE}/board/${String(id)}/features`);
    expect(features.get('features')).toContainEqual(
      expect.objectContaining({ boardFeature: 'SPRINTS', state: 'ENABLED' }),
    );
  });
});

describe('ranks', () => {
  it('are written into the changelog as higher and lower', async () => {
    await site.call('PUT', `${AGILE}/issue/rank`, { issues: ['ENG-3'], rankBeforeIssue: 'ENG-2' });
    await site.call('PUT', `${AGILE}/issue/rank`, { issues: ['ENG-3'], rankAfterIssue: 'ENG-2' });
    const { values } = (await site.call('GET', '/rest/api/3/issue/ENG-3/changelog')).body as {
      values: { items: Record<string, unknown>[] }[];
    };
    expect(values.slice(-2).map(({ items: [one] }) => [one?.field, one?.to, one?.toString])).toEqual([
      ['Rank', '', 'Ranked higher'],
      ['Rank', '', 'Ranked lower'],
    ]);
  });

  it('need one place, and issues that are there', async () => {
    const rank = (input: Record<string, unknown>) => site.call('PUT', `${AGILE}/issue/rank`, input);
    expect((await rank({ issues: ['ENG-3'] })).status).toBe(400);
    expect(
      (await rank({ issues: ['ENG-3'], rankBeforeIssue: 'ENG-1', rankAfterIssue: 'ENG-2' })).status,
    ).toBe(400);
    expect((await rank({ issues: ['ENG-9'], rankBeforeIssue: 'ENG-1' })).status).toBe(404);
    expect((await rank({ issues: [], rankBeforeIssue: 'ENG-1' })).status).toBe(400);
    const wrong = { issues: ['ENG-3'], rankBeforeIssue: 'ENG-1', rankCustomFieldId: 10_020 };
    expect((await rank(wrong)).status).toBe(400);
  });

  it('stay in order however often issues are put into the same gap', async () => {
    const all = [...(await Promise.all(Array.from({ length: 4 }, () => site.issue({}))))].sort();
    for (let i = 0; i < 700; i++)
      await site.call('PUT', `${AGILE}/issue/rank`, {
        issues: [all[(i % 3) + 1]],
        rankAfterIssue: 'ENG-2',
      });
    const order = (await keysIn('board/1/issue')) as string[];
    expect(order.slice(0, 4)).toEqual(['ENG-2', all[1], all[3], all[2]]);
    const ranks = await site.call('GET', `${AGILE}/board/1/issue?fields=customfield_10019`);
    const texts = ranks.get('issues.*.fields.customfield_10019') as string[];
    expect(Math.max(...texts.map((text) => text.length))).toBeLessThan(140);
  });
});

describe('epics', () => {
  it('puts issues under an epic, seen in both APIs', async () => {
    const key = await site.issue({});
    const moved = await site.call('POST', '/rest/agile/1.0/epic/ENG-1/issue', { issues: [key] });
    expect([moved.status, moved.headers.get('content-type')]).toEqual([204, 'text/html;charset=UTF-8']);
    const read = await site.call('GET', `/rest/api/2/issue/${key}`);
    expect([read.get('fields.parent.key'), read.get('fields.customfield_10014')]).toEqual(['ENG-1', 'ENG-1']);
    const list = await site.call('GET', '/rest/agile/1.0/epic/ENG-1/issue');
    expect(list.body).toMatchObject({ expand: 'schema,names', startAt: 0, maxResults: 50, total: 1 });
    expect(list.get('issues.0.self')).toBe(`${site.base('jira')}/rest/agile/1.0/issue/10003`);
    expect(list.get('issues.0.fields.epic.key')).toBe('ENG-1');
  });

  it('are changed in name, summary, colour and state, and refuse what is none of these', async () => {
    const epic = `${AGILE}/epic/ENG-1`;
    await site.call('POST', epic, { name: 'Bills', color: { key: 'color_9' } });
    const read = await site.call('GET', '/rest/api/3/issue/ENG-1');
    expect(read.get('fields.customfield_10011')).toBe('Bills');
    expect(read.get('fields.customfield_10013')).toBe('ghx-label-9');
    const wrong = await site.call('POST', epic, { name: '', color: { key: 'pink' }, done: 'yes' });
    expect(Object.keys(wrong.get('errors') as object)).toEqual(['name', 'color', 'done']);
    expect((await site.call('GET', `${AGILE}/epic/ENG-2`)).status).toBe(400);
    expect((await site.call('GET', `${AGILE}/epic/ENG-99`)).status).toBe(404);
  });

  it('take tasks and no sub-tasks', async () => {
    const subtask = await site.issue({ issuetype: { name: 'Sub-task' }, parent: { key: 'ENG-2' } });
    const moved = await site.call('POST', `${AGILE}/epic/ENG-1/issue`, { issues: ['ENG-2', subtask] });
    expect(moved.status).toBe(400);
    expect(await keysIn('epic/ENG-1/issue')).toEqual([]);
  });
});
