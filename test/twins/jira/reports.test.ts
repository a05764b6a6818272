import { beforeAll, describe, expect, it } from 'vitest';
import { openSite, type TestSite } from './site.ts';

const DAY_MS = 86_400_000;
const ROOT = '/rest/greenhopper/1.0';

describe('the reports of a scrum board', () => {
  let site: TestSite;
  let [done, open, punted, late] = ['', '', '', ''];
  const pass = async (days: number) => {
    const { universe } = site;
    await universe.advance(universe.clock.now() + days * DAY_MS);
  };
  const agile = async (method: string, path: string, body?: unknown) => {
    const answer = await site.call(method, `/rest/agile/1.0${path}`, body);
    if (answer.status >= 300) throw new Error(JSON.stringify(answer.body));
    return answer;
  };
  const estimate = (key: string, value: string) =>
    agile('PUT', `/issue/${key}/estimation?boardId=1`, { value });
  const finish = async (key: string) => {
    const { body } = await site.call('GET', `/rest/api/3/issue/${key}/transitions`);
    const { transitions } = body as { transitions: { id: string; name: string }[] };
    const transition = transitions.find(({ name }) => name === 'Done');
    await site.call('POST', `/rest/api/3/issue/${key}/transitions`, { transition });
  };

  /** A sprint of a fortnight: three planned, one comes late, one is taken out, one is done. */
  beforeAll(async () => {
    site = await openSite();
    [done, open, punted, late] = [
      await site.issue({ summary: 'Done' }),
      await site.issue({ summary: 'Open' }),
      await site.issue({ summary: 'Punted' }),
      await site.issue({ summary: 'Late' }),
    ];
    for (const [key, value] of [
      [done, '3'],
      [open, '5'],
      [punted, '8'],
      [late, '1'],
    ] as const)
      await estimate(key, value);
    await agile('POST', '/sprint', { name: 'One', originBoardId: 1 });
    await agile('POST', '/sprint/1/issue', { issues: [done, open, punted] });
    const now = site.universe.clock.now();
    await agile('POST', '/sprint/1', {
      ...{ state: 'active', startDate: new Date(now).toISOString() },
      endDate: new Date(now + 14 * DAY_MS).toISOString(),
    });
    await pass(2);
    await agile('POST', '/sprint/1/issue', { issues: [late] });
    await pass(1);
    await agile('POST', '/backlog/issue', { issues: [punted] });
    await pass(1);
    await finish(done);
    await estimate(open, '13');
    await pass(10);
    await agile('POST', '/sprint/1', { state: 'closed' });
    await pass(1);
    await finish(open);
  });

  it('tells what a sprint achieved, whatever happened after it', async () => {
    const { body } = await site.call('GET', `${ROOT}/rapid/charts/sprintreport?rapidViewId=1&sprintId=1`);
    const { contents, sprint } = body as { contents: Record<string, { key: string }[]>; sprint: object };
    const keys = (of: string) => contents[of]?.map(({ key }) => key);
    expect(keys('completedIssues')).toEqual([done]);
    expect(keys('issuesNotCompletedInCurrentSprint')).toEqual([open, late]);
    expect(keys('puntedIssues')).toEqual([punted]);
    expect(contents.issueKeysAddedDuringSprint).toEqual({ [late]: true });
    expect(contents.issuesNotCompletedInitialEstimateSum).toEqual({ value: 6, text: '6.0' });
    expect(contents.issuesNotCompletedEstimateSum).toEqual({ value: 14, text: '14.0' });
    expect(sprint).toMatchObject({ id: 1, name: 'One', state: 'CLOSED', daysRemaining: 0 });
  });

  it('tells how much was planned and how much was done', async () => {
    const { body } = await site.call('GET', `${ROOT}/rapid/charts/velocity.json?rapidViewId=1`);
    expect(body).toMatchObject({
      sprints: [{ id: 1, state: 'CLOSED' }],
      velocityStatEntries: { 1: { estimated: { value: 16 }, completed: { value: 3 } } },
    });
  });

  it('tells each step by which a sprint burns down', async () => {
    const { body } = await site.call(
      'GET',
      `${ROOT}/rapid/charts/scopechangeburndownchart.json?rapidViewId=1&sprintId=1`,
    );
    const { changes } = body as { changes: Record<string, object[]> };
    const steps = Object.values(changes);
    const begun = (key: string, newValue: number) => [
      { key, statC: { newValue } },
      { key, column: { notDone: true, newStatus: expect.any(String) } },
    ];
    const planned = [
      [done, 3],
      [open, 5],
      [punted, 8],
    ] as const;
    expect(steps[0]).toEqual([
      ...planned.flatMap(([key, value]) => [{ key, added: true }, ...begun(key, value)]),
      ...begun(late, 1),
    ]);
    expect(steps.slice(1).flat()).toEqual([
      { key: late, added: true },
      { key: punted, added: false },
      { key: done, column: { done: true } },
      { key: open, statC: { newValue: 13, oldValue: 5 } },
    ]);
  });

  it('lists the boards and their sprints as older clients ask for them', async () => {
    expect((await site.call('GET', `${ROOT}/rapidviews/list`)).get('views.0')).toMatchObject({
      ...{ id: 1, name: 'ENG board', canEdit: true, sprintSupportEnabled: true },
    });
    expect((await site.call('GET', `${ROOT}/sprintquery/1`)).body).toMatchObject({
      sprints: [{ id: 1, name: 'One', state: 'CLOSED' }],
      rapidViewId: 1,
    });
  });
});
