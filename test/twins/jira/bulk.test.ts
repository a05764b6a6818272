import { beforeEach, describe, expect, it } from 'vitest';
import { BEN, CY, openSite, type TestSite } from './site.ts';

let site: TestSite;
beforeEach(async () => {
  site = await openSite();
});

const BULK = '/rest/api/3/bulk';
const pass = () => site.universe.advance(site.universe.now() + 1_000);

/** Submits, lets it end, and gives what it did. */
async function done(path: string, body: unknown, as = site.basic) {
  const { status, body: answer } = await site.callAs(as, 'POST', `${BULK}/issues/${path}`, body);
  expect([status, answer]).toEqual([201, { taskId: expect.any(String) }]);
  await pass();
  return site.call('GET', `${BULK}/queue/${(answer as { taskId: string }).taskId}`);
}

const types = async (project: string) =>
  (await site.call('GET', `/rest/api/3/project/${project}`)).get('issueTypes') as {
    id: string;
    name: string;
    subtask: boolean;
  }[];
const typeId = async (project: string, name: string) =>
  (await types(project)).find((one) => one.name === name)?.id ?? '';

describe('a bulk operation', () => {
  it('changes nothing before its task ends, and tells then what it did', async () => {
    const key = await site.issue({});
    const { body } = await site.call('POST', `${BULK}/issues/delete`, { selectedIssueIdsOrKeys: [key] });
    const { taskId } = body as { taskId: string };
    expect((await site.call('GET', `/rest/api/3/issue/${key}`)).status).toBe(200);
    await site.universe.advance(site.universe.now() + 250);
    const half = await site.call('GET', `${BULK}/queue/${taskId}`);
    expect(half.body).toMatchObject({ status: 'RUNNING', progressPercent: 50 });
    await pass();
    expect((await site.call('GET', `/rest/api/3/issue/${key}`)).status).toBe(404);
  });

  it('says of each issue why it failed, and leaves it as it was', async () => {
    const [mine, other] = [await site.issue({}), await site.issue({})];
    const ids = await Promise.all(
      [mine, other].map(async (key) => (await site.call('GET', `/rest/api/3/issue/${key}`)).get('id')),
    );
    const answer = await done(
      'fields',
      {
        selectedActions: ['labels', 'assignee'],
        selectedIssueIdsOrKeys: [mine, other],
        editedFieldsInput: {
          labelsFields: [
            { fieldId: 'labels', labels: [{ name: 'two words' }], bulkEditMultiSelectFieldOption: 'ADD' },
          ],
          singleSelectClearableUserPickerFields: [{ fieldId: 'assignee', user: null }],
        },
      },
      site.basicFor(BEN),
    );
    expect(answer.get('processedAccessibleIssues')).toEqual([]);
    expect(answer.get('failedAccessibleIssues')).toEqual(
      Object.fromEntries(ids.map((id) => [id, ["The label 'two words' contains spaces which is invalid."]])),
    );
  });

  it('does not delete what its submitter may not delete', async () => {
    const key = await site.issue({});
    const answer = await done('delete', { selectedIssueIdsOrKeys: [key] }, site.basicFor(CY));
    expect(Object.values(answer.get('failedAccessibleIssues') as object)).toHaveLength(1);
    expect((await site.call('GET', `/rest/api/3/issue/${key}`)).status).toBe(200);
  });

  it('is refused in the envelope of bulk operations', async () => {
    const cases: [string, unknown, string][] = [
      ['delete', { selectedIssueIdsOrKeys: [] }, 'No issues were selected.'],
      [
        'watch',
        { selectedIssueIdsOrKeys: ['NO-1'] },
        'Some of the issues in the issueIdsOrKeys are not valid',
      ],
      [
        'fields',
        {
          selectedActions: ['labels'],
          selectedIssueIdsOrKeys: ['ENG-1'],
          editedFieldsInput: { issueType: { issueTypeId: '1' }, labelsFields: [] },
        },
        'The following editedFieldInput values are not listed as selectedActions : issuetype',
      ],
    ];
    for (const [path, body, message] of cases) {
      const answer = await site.call('POST', `${BULK}/issues/${path}`, body);
      expect([answer.status, answer.body]).toEqual([400, { errors: [{ message }] }]);
    }
  });

  it('offers only the transitions that all issues of a workflow can take', async () => {
    const answer = await site.call('GET', `${BULK}/issues/transition?issueIdsOrKeys=ENG-1,ENG-2`);
    expect(answer.get('availableTransitions.0')).toMatchObject({ issues: ['ENG-1', 'ENG-2'] });
    expect((answer.get('availableTransitions.*.transitions') as unknown[][])[0]?.length).toBeGreaterThan(1);
  });
});

describe('a move', () => {
  it('takes sub-tasks along, keeps components of the same name, and writes both keys down', async () => {
    for (const project of ['ENG', 'REV'])
      await site.call('POST', '/rest/api/3/component', { project, name: 'Export' });
    await site.call('POST', '/rest/api/3/component', { project: 'ENG', name: 'Only here' });
    const key = await site.issue({ components: [{ name: 'Export' }, { name: 'Only here' }] });
    const answer = await done('move', {
      targetToSourcesMapping: {
        [`REV,${await typeId('REV', 'Task')}`]: {
          issueIdsOrKeys: [key],
          inferStatusDefaults: true,
          inferFieldDefaults: true,
          inferSubtaskTypeDefault: true,
        },
      },
    });
    expect(answer.get('failedAccessibleIssues')).toEqual({});
    const moved = await site.call('GET', `/rest/api/3/issue/${key}?expand=changelog`);
    expect(moved.get('fields.components.*.name')).toEqual(['Export']);
    expect(moved.get('fields.status.name')).toBe('Open');
    const items = (
      moved.get('changelog.histories.*.items') as { field: string; fromString: string }[][]
    ).flat();
    expect(items.map((one) => one.field)).toEqual(
      expect.arrayContaining(['Key', 'project', 'status', 'Component']),
    );
  });

  it('is refused for an issue with sub-tasks where the target project has no kind for them', async () => {
    const key = await site.issue({});
    await site.issue({ issuetype: { name: 'Sub-task' }, parent: { key } });
    const answer = await done('move', {
      targetToSourcesMapping: {
        [`REV,${await typeId('REV', 'Task')}`]: { issueIdsOrKeys: [key], inferSubtaskTypeDefault: true },
      },
    });
    expect(Object.values(answer.get('failedAccessibleIssues') as object)).toEqual([
      ['The destination project has no subtask issue type.'],
    ]);
    expect((await site.call('GET', `/rest/api/3/issue/${key}`)).get('key')).toBe(key);
  });

  it('turns an issue into a sub-task of another', async () => {
    const [key, parent] = [await site.issue({}), await site.issue({})];
    const target = `ENG,${await typeId('ENG', 'Sub-task')},${parent}`;
    await done('move', { targetToSourcesMapping: { [target]: { issueIdsOrKeys: [key] } } });
    const moved = await site.call('GET', `/rest/api/3/issue/${key}`);
    expect([moved.get('fields.issuetype.name'), moved.get('fields.parent.key')]).toEqual([
      'Sub-task',
      parent,
    ]);
  });

  it('must name a status for each one that the target does not have, unless it is to be the first', async () => {
    const key = await site.issue({});
    const { body } = await site.call('GET', '/rest/api/3/project/REV/statuses');
    const [{ statuses = [] } = {}] = body as { statuses?: { id: string; name: string }[] }[];
    const from = (await site.call('GET', `/rest/api/3/issue/${key}`)).get('fields.status.id') as string;
    const review = statuses.find((one) => one.name === 'In Review')?.id ?? '';
    const move = async (targetStatus: unknown[]) =>
      done('move', {
        targetToSourcesMapping: {
          [`REV,${await typeId('REV', 'Task')}`]: {
            issueIdsOrKeys: [key],
            inferStatusDefaults: false,
            targetStatus,
          },
        },
      });
    expect(Object.keys((await move([])).get('failedAccessibleIssues') as object)).toHaveLength(1);
    expect((await move([{ statuses: { [review]: [from] } }])).get('processedAccessibleIssues')).toHaveLength(
      1,
    );
    expect((await site.call('GET', `/rest/api/3/issue/${key}`)).get('fields.status.name')).toBe('In Review');
  });

  it('gives a priority that the target project does not have its default one', async () => {
    const { id } = (await site.call('GET', '/rest/api/3/project/REV')).body as { id: string };
    const made = await site.call('POST', '/rest/api/3/priorityscheme', {
      name: 'Few',
      defaultPriorityId: 3,
      priorityIds: [3, 4],
      projectIds: [Number(id)],
      mappings: { in: { 1: 3, 2: 3, 5: 4 } },
    });
    expect(made.status).toBeLessThan(300);
    await pass();
    const key = await site.issue({ priority: { name: 'Highest' } });
    await done('move', {
      targetToSourcesMapping: {
        [`REV,${await typeId('REV', 'Task')}`]: { issueIdsOrKeys: [key], inferStatusDefaults: true },
      },
    });
    expect((await site.call('GET', `/rest/api/3/issue/${key}`)).get('fields.priority.name')).toBe('Medium');
  });

  it('waits where five bulk operations are under way', async () => {
    const key = await site.issue({});
    const watch = () => site.call('POST', `${BULK}/issues/watch`, { selectedIssueIdsOrKeys: [key] });
    for (let i = 0; i < 5; i++) expect((await watch()).status).toBe(201);
    expect((await watch()).status).toBe(429);
    await pass();
    expect((await watch()).status).toBe(201);
  });
});
