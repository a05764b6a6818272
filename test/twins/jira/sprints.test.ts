import { beforeEach, describe, expect, it } from 'vitest';
import { ADA, BEN, CY, openSite, type TestSite } from './site.ts';

const AGILE = '/rest/agile/1.0';
const DATES = { startDate: '2026-03-02T09:00:00.000Z', endDate: '2026-03-16T09:00:00.000Z' };

let site: TestSite;
beforeEach(async () => {
  site = await openSite();
});

/** A new sprint's id. */
async function sprint(input: Record<string, unknown> = {}): Promise<number> {
  const made = await site.call('POST', `${AGILE}/sprint`, { name: 'One', originBoardId: 1, ...input });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return Number(made.get('id'));
}

const path = (id: number): string => `${AGILE}/sprint/${id}`;
const keysIn = async (list: string) => (await site.call('GET', `${AGILE}/${list}`)).get('issues.*.key');
const put = (id: number, ...issues: string[]) => site.call('POST', `${path(id)}/issue`, { issues });
const act = (gesture: string, input: Record<string, unknown>, as = ADA) =>
  site.universe.gesture({ twin: 'jira', gesture, as, by: 'person', with: input } as never);

describe('a sprint', () => {
  it('has a name shorter than 30 characters, trimmed', async () => {
    const long = await site.call('POST', `${AGILE}/sprint`, { name: 'x'.repeat(30), originBoardId: 1 });
    expect([long.status, long.get('errors')]).toEqual([
      400,
      { name: 'Sprint name must be shorter than 30 characters.' },
    ]);
    const id = await sprint({ name: ` ${'x'.repeat(29)} ` });
    expect((await site.call('GET', path(id))).get('name')).toBe('x'.repeat(29));
  });

  it('is made on a board that has sprints', async () => {
    const filter = await site.call('POST', '/rest/api/3/filter', { name: 'All', jql: 'project = ENG' });
    const kanban = await site.call('POST', `${AGILE}/board`, {
      name: 'Flow',
      type: 'kanban',
      filterId: Number(filter.get('id')),
    });
    const refused = await site.call('POST', `${AGILE}/sprint`, {
      name: 'One',
      originBoardId: kanban.get('id'),
    });
    expect([refused.status, refused.get('errorMessages')]).toEqual([
      400,
      ['The board does not support sprints'],
    ]);
  });

  it('is started once it has its dates, and while no other runs on its board unless several may', async () => {
    const [first, second] = [await sprint(DATES), await sprint({ name: 'Two' })];
    expect((await site.call('POST', path(first), { state: 'active' })).get('state')).toBe('active');
    const early = await site.call('POST', path(second), { state: 'active' });
    expect(early.get('errors.startDate')).toBe('You must specify a start date for the sprint');
    const both = await site.call('POST', path(second), { state: 'active', ...DATES });
    expect(both.get('errorMessages')).toEqual(['There can only be one active sprint on each board.']);
    act('parallelSprints', { on: true });
    expect((await site.call('POST', path(second), { state: 'active', ...DATES })).status).toBe(200);
  });

  it('goes from future to active to closed and no other way', async () => {
    const id = await sprint(DATES);
    expect((await site.call('POST', path(id), { state: 'closed' })).status).toBe(400);
    await site.call('POST', path(id), { state: 'active' });
    expect((await site.call('POST', path(id), { state: 'future' })).status).toBe(400);
    await site.universe.advance(site.universe.now() + 1_000);
    const closed = await site.call('POST', path(id), { state: 'closed' });
    expect(closed.get('completeDate')).toBe(new Date(site.universe.now()).toISOString());
    await site.call('POST', path(id), { state: 'active', startDate: DATES.endDate, name: 'Done', goal: 'G' });
    expect((await site.call('GET', path(id))).body).toMatchObject({
      state: 'closed',
      startDate: DATES.startDate,
      name: 'Done',
      goal: 'G',
    });
  });

  it('loses by a full update what the update leaves out', async () => {
    const id = await sprint({ ...DATES, goal: 'Ship' });
    const updated = await site.call('PUT', path(id), { name: 'Two', state: 'future' });
    expect(updated.body).toMatchObject({ name: 'Two', goal: '' });
    expect(updated.get('startDate')).toBeUndefined();
    expect((await site.call('PUT', path(id), { state: 'future' })).status).toBe(400);
  });

  it('keeps its issues when it is closed; those that are open wait in the backlog too', async () => {
    const id = await sprint(DATES);
    await put(id, 'ENG-2');
    expect(await keysIn('board/1/backlog')).toEqual([]);
    await site.call('POST', path(id), { state: 'active' });
    await site.call('POST', path(id), { state: 'closed' });
    expect(await keysIn(`sprint/${id}/issue`)).toEqual(['ENG-2']);
    expect(await keysIn('board/1/backlog')).toEqual(['ENG-2']);
    const next = await sprint({ name: 'Two' });
    await put(next, 'ENG-2');
    const { fields } = (await site.call('GET', `${AGILE}/issue/ENG-2`)).body as { fields: never };
    expect(fields).toMatchObject({ sprint: { id: next }, closedSprints: [{ id }] });
  });

  it('takes no issues once it is closed, no sub-tasks, and no more than 50 at once', async () => {
    const id = await sprint(DATES);
    const subtask = await site.issue({ issuetype: { name: 'Sub-task' }, parent: { key: 'ENG-2' } });
    expect((await put(id, subtask)).status).toBe(400);
    expect((await put(id, ...Array.from({ length: 51 }, (_, i) => `ENG-${i}`))).status).toBe(400);
    await site.call('POST', path(id), { state: 'active' });
    await site.call('POST', path(id), { state: 'closed' });
    expect((await put(id, 'ENG-2')).get('errorMessages')).toEqual([
      'Issue can be assigned only active or future sprints.',
    ]);
  });

  it('has the sub-tasks of its issues, also those that are made later', async () => {
    const id = await sprint();
    const first = await site.issue({ issuetype: { name: 'Sub-task' }, parent: { key: 'ENG-2' } });
    await put(id, 'ENG-2');
    const second = await site.issue({ issuetype: { name: 'Sub-task' }, parent: { key: 'ENG-2' } });
    expect(await keysIn(`sprint/${id}/issue`)).toEqual(['ENG-2', first, second]);
    await site.call('POST', `${AGILE}/backlog/issue`, { issues: ['ENG-2'] });
    expect(await keysIn(`sprint/${id}/issue`)).toEqual([]);
  });

  it('is written into the changelog of its issues', async () => {
    const id = await sprint();
    await put(id, 'ENG-2');
    await site.call('PUT', '/rest/api/3/issue/ENG-2', { fields: { customfield_10020: null } });
    const { values } = (await site.call('GET', '/rest/api/3/issue/ENG-2/changelog')).body as {
      values: { items: Record<string, unknown>[] }[];
    };
    const rows = values.flatMap(({ items }) => items).filter(({ field }) => field === 'Sprint');
    expect(rows.map((row) => [row.from, row.fromString, row.to, row.toString])).toEqual([
      ['', '', String(id), 'One'],
      [String(id), 'One', '', ''],
    ]);
  });

  it('can be set by a field of the issue, if it is there and open', async () => {
    const id = await sprint();
    const edit = (value: unknown) =>
      site.call('PUT', '/rest/api/3/issue/ENG-2', { fields: { customfield_10020: value } });
    expect((await edit(id)).status).toBe(204);
    expect(await keysIn(`sprint/${id}/issue`)).toEqual(['ENG-2']);
    expect((await edit(999)).get('errors.customfield_10020')).toContain('999');
  });

  it('leaves its issues to the backlog when it is deleted', async () => {
    const id = await sprint();
    await put(id, 'ENG-2');
    expect((await site.call('DELETE', path(id))).status).toBe(204);
    expect((await site.call('GET', path(id))).get('errorMessages')).toEqual(['Sprint does not exist']);
    expect(await keysIn('board/1/backlog')).toEqual(['ENG-2']);
  });
});

describe('permissions', () => {
  const ben = () => site.basicFor(BEN);
  const withdraw = async (permission: string) => {
    const scheme = await site.call('GET', '/rest/api/3/project/ENG/permissionscheme');
    const path = `/rest/api/3/permissionscheme/${String(scheme.get('id'))}/permission`;
    const held = await site.call('GET', path);
    for (const grant of held.get('permissions') as { id: number; permission: string }[])
      if (grant.permission === permission) await site.call('DELETE', `${path}/${grant.id}`);
  };

  it('say who manages sprints', async () => {
    const id = await sprint(DATES);
    await withdraw('MANAGE_SPRINTS_PERMISSION');
    for (const [method, at, input] of [
      ['POST', `${AGILE}/sprint`, { name: 'One', originBoardId: 1 }],
      ['POST', path(id), { state: 'active' }],
      ['DELETE', path(id), undefined],
    ] as const)
      expect((await site.callAs(ben(), method, at, input)).status).toBe(403);
  });

  it('say who schedules issues', async () => {
    const id = await sprint();
    await withdraw('SCHEDULE_ISSUES');
    const issues = ['ENG-2'];
    const rank = { issues, rankBeforeIssue: 'ENG-3' };
    expect((await site.callAs(ben(), 'POST', `${path(id)}/issue`, { issues })).status).toBe(403);
    expect((await site.callAs(ben(), 'PUT', `${AGILE}/issue/rank`, rank)).status).toBe(403);
  });

  it('hide boards, sprints and issues from those who may not browse', async () => {
    const id = await sprint();
    const cy = site.basicFor(CY);
    await withdraw('BROWSE_PROJECTS');
    for (const at of [`${AGILE}/board/1`, path(id), `${AGILE}/issue/ENG-2`, `${AGILE}/epic/ENG-1`])
      expect((await site.callAs(cy, 'GET', at)).status, at).toBe(404);
    const list = await site.callAs(cy, 'GET', `${AGILE}/board`);
    expect(list.get('total')).toBe(0);
  });
});

describe('what people do in the backlog', () => {
  it('starts a sprint for two weeks, and completes it into the next one', async () => {
    const [first, second] = [await sprint(), await sprint({ name: 'Two' })];
    await put(first, 'ENG-2', 'ENG-3');
    act('startSprint', { sprint: first });
    const { startDate, endDate } = (await site.call('GET', path(first))).body as Record<string, string>;
    expect(Date.parse(endDate as string) - Date.parse(startDate as string)).toBe(14 * 86_400_000);
    act('endSprint', { sprint: first, moveTo: second });
    expect(await keysIn(`sprint/${second}/issue`)).toEqual(['ENG-2']);
    expect(await keysIn(`sprint/${first}/issue`)).toEqual(['ENG-2', 'ENG-3']);
  });

  it('drags a card to a column and a place', async () => {
    const last = await site.issue({});
    act('drag', { issue: last, board: 1, to: 'In Progress', before: 'ENG-2' });
    expect((await site.call('GET', `/rest/api/3/issue/${last}`)).get('fields.status.name')).toBe(
      'In Progress',
    );
    expect(await keysIn('board/1/issue')).toEqual([last, 'ENG-2', 'ENG-3']);
    expect(() => act('drag', { issue: last, board: 1, to: 'Nowhere' })).toThrow('no column');
  });

  it('logs work, and mentions people in a comment', async () => {
    act('logWork', { issue: 'ENG-2', time: '2h' }, BEN);
    const issue = await site.call('GET', '/rest/api/3/issue/ENG-2?fields=timespent');
    expect(issue.get('fields.timespent')).toBe(7_200);
    act('comment', { issue: 'ENG-2', text: `Look, @${BEN}` });
    const said = await site.call('GET', '/rest/api/3/issue/ENG-2/comment');
    expect(JSON.stringify(said.body)).toContain('"type":"mention"');
  });
});
