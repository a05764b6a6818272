import { beforeEach, describe, expect, it } from 'vitest';
import { DOING, DONE, type Drawn, draw, TODO } from './drawing.ts';
import { ADA, BEN, CY, openSite, type TestSite } from './site.ts';

const API = '/rest/api/3';
const rule = (ruleKey: string, parameters: Record<string, string> = {}) => ({ ruleKey, parameters });
const when = (...conditions: object[]): Pick<Drawn, 'conditions'> => ({
  conditions: { operation: 'ALL', conditions },
});
const restricted = (parameters: Record<string, string>) =>
  when(rule('system:restrict-issue-transition', parameters));
const to = (name: string, status: string, more: object = {}): Drawn => ({ name, to: status, ...more });

let site: TestSite;
beforeEach(async () => {
  site = await openSite();
});

const accountId = async (email: string) =>
  String((await site.call('GET', `${API}/user/search?query=${email}`)).get('0.accountId'));

describe('conditions of a transition', () => {
  it('offer it to the assignee alone, and tell others on demand that it is there', async () => {
    const drawing = await draw(site, [
      to('Take', DOING, restricted({ accountIds: 'allow-assignee' })),
      to('Stop', DONE),
    ]);
    const key = await drawing.issue({ assignee: { accountId: await accountId(BEN) } });
    expect(await drawing.offered(key)).toEqual(['Stop']);
    const all = await site.call('GET', `${API}/issue/${key}/transitions?includeUnavailableTransitions=true`);
    expect(all.get('transitions.0')).toMatchObject({ name: 'Take', isAvailable: false, isConditional: true });
    const refused = await drawing.move(key, 'Take');
    expect([refused.status, refused.get('errorMessages')]).toEqual([
      400,
      ["Transition id '11' is not valid for this issue."],
    ]);
    site.actAs(site.basicFor(BEN));
    expect(await drawing.offered(key)).toEqual(['Take', 'Stop']);
    expect((await drawing.move(key, 'Take')).status).toBe(204);
  });

  it('let somebody through by any one of group, role, permission and reporter', async () => {
    await site.call('POST', `${API}/group`, { name: 'movers' });
    const group = await site.call('GET', `${API}/group?groupname=movers`);
    const groupId = String(group.get('groupId'));
    await site.call('POST', `${API}/group/user?groupId=${groupId}`, { accountId: await accountId(CY) });
    const drawing = await draw(site, [
      to('By group', DOING, restricted({ groupIds: groupId })),
      to('By permission', DOING, restricted({ permissionKeys: 'ADMINISTER_PROJECTS' })),
      to('By reporter', DOING, restricted({ accountIds: 'allow-reporter', groupIds: groupId })),
      to('By role', DOING, restricted({ roleIds: '10002' })),
    ]);
    const key = await drawing.issue();
    expect(await drawing.offered(key)).toEqual(['By permission', 'By reporter', 'By role']);
    site.actAs(site.basicFor(CY));
    expect(await drawing.offered(key)).toEqual(['By group', 'By reporter']);
  });

  it('may be nested, all or any of them', async () => {
    const never = rule('system:restrict-from-all-users', { restrictMode: 'usersAndAPI' });
    const always = rule('system:block-in-progress-approval');
    const drawing = await draw(site, [
      to('Any', DOING, { conditions: { operation: 'ANY', conditions: [never, always] } }),
      to('All', DOING, { conditions: { operation: 'ALL', conditions: [never, always] } }),
      to('Within', DOING, {
        conditions: {
          operation: 'ALL',
          conditions: [always],
          conditionGroups: [{ operation: 'ANY', conditions: [never, always] }],
        },
      }),
    ]);
    expect(await drawing.offered(await drawing.issue())).toEqual(['Any', 'Within']);
  });

  it('hold an issue until its sub-tasks are done', async () => {
    const drawing = await draw(site, [to('Start', DOING), to('Finish', DONE)]);
    const change = await site.call('POST', `${API}/workflows/update`, {
      statuses: [],
      workflows: [
        {
          ...drawing.workflow,
          statuses: drawing.workflow.statuses,
          transitions: drawing.workflow.transitions.map((one) =>
            one.id === '21'
              ? {
                  ...one,
                  ...when(
                    rule('system:parent-or-child-blocking-condition', {
                      blocker: 'CHILD',
                      statusIds: drawing.ids[DONE] ?? '',
                    }),
                  ),
                }
              : one,
          ),
        },
      ],
    });
    expect(change.status).toBe(200);
    const key = await drawing.issue();
    const child = await drawing.issue({ issuetype: { name: 'Sub-task' }, parent: { key } });
    expect(await drawing.offered(key)).toEqual(['Start']);
    await drawing.move(child, 'Finish');
    expect(await drawing.offered(key)).toEqual(['Start', 'Finish']);
  });

  it('look at the value of a field', async () => {
    const is = (comparator: string, fieldValue: string, comparisonType: string, fieldId = 'priority') =>
      when(rule('system:check-field-value', { fieldId, fieldValue, comparator, comparisonType }));
    const drawing = await draw(site, [
      to('High', DOING, is('=', '["High"]', 'STRING')),
      to('Not high', DOING, is('!=', '["High"]', 'STRING')),
      to('By id', DOING, is('=', '["2","1"]', 'OPTIONID')),
      to('Due', DOING, is('<', '2026-03-01', 'DATE_WITHOUT_TIME', 'duedate')),
      to('Web', DOING, is('=', '["Web"]', 'STRING', 'components')),
    ]);
    await site.call('POST', `${API}/component`, { project: 'ENG', name: 'Web' });
    const high = await drawing.issue({
      priority: { name: 'High' },
      duedate: '2026-02-01',
      components: [{ name: 'Web' }],
    });
    expect(await drawing.offered(high)).toEqual(['High', 'By id', 'Due', 'Web']);
    expect(await drawing.offered(await drawing.issue({ duedate: '2026-03-01' }))).toEqual(['Not high']);
  });

  it('hide it from people and leave it to programs', async () => {
    const hidden = (restrictMode: string) => when(rule('system:restrict-from-all-users', { restrictMode }));
    const drawing = await draw(site, [
      to('Remote', DOING, hidden('users')),
      to('Never', DONE, hidden('usersAndAPI')),
    ]);
    const key = await drawing.issue();
    expect(await drawing.offered(key)).toEqual([]);
    expect((await drawing.move(key, 'Never')).status).toBe(400);
    expect((await drawing.move(key, 'Remote')).status).toBe(204);
  });

  it('ask where an issue has been, and who moved it', async () => {
    const drawing = await draw(site, [
      to('Start', DOING),
      to('Back', TODO),
      to('Apart', DONE, when(rule('system:separation-of-duties'))),
    ]);
    const key = await drawing.issue();
    await drawing.move(key, 'Start');
    expect(await drawing.offered(key)).toEqual(['Start', 'Back']);
    site.actAs(site.basicFor(BEN));
    expect(await drawing.offered(key)).toEqual(['Start', 'Back', 'Apart']);
  });
});

describe('validators of a transition', () => {
  const required = (parameters: Record<string, string>) =>
    rule('system:validate-field-value', { ruleType: 'fieldRequired', ignoreContext: 'true', ...parameters });

  it('refuse an issue without a field, in words of their own where they have some', async () => {
    const drawing = await draw(site, [
      to('Plain', DOING, { validators: [required({ fieldsRequired: 'duedate' })] }),
      to('Spoken', DOING, {
        validators: [required({ fieldsRequired: 'labels', errorMessage: 'Say what it is about' })],
      }),
    ]);
    const key = await drawing.issue();
    expect((await drawing.move(key, 'Plain')).get('errorMessages')).toEqual(['Due date is required.']);
    expect((await drawing.move(key, 'Spoken')).get('errorMessages')).toEqual(['Say what it is about']);
    expect(await drawing.field(key, 'status.name')).toBe('Wanted');
    const full = await drawing.issue({ duedate: '2026-03-01' });
    expect((await drawing.move(full, 'Plain')).status).toBe(204);
  });

  it('put the message under the field where the screen shows it, and take the value along', async () => {
    const drawing = await draw(site, [
      to('Resolve', DONE, {
        transitionScreen: rule('system:transition-screen', { screenId: '3' }),
        validators: [required({ fieldsRequired: 'resolution' })],
      }),
    ]);
    const key = await drawing.issue();
    const shown = await site.call('GET', `${API}/issue/${key}/transitions?expand=transitions.fields`);
    expect(shown.get('transitions.0.hasScreen')).toBe(true);
    expect(Object.keys(shown.get('transitions.0.fields') as object)).toContain('resolution');
    expect((await drawing.move(key, 'Resolve')).get('errors')).toEqual({
      resolution: 'Resolution is required.',
    });
    const done = await drawing.move(key, 'Resolve', { fields: { resolution: { name: 'Duplicate' } } });
    expect(done.status).toBe(204);
    expect(await drawing.field(key, 'resolution.name')).toBe('Duplicate');
    expect(await drawing.field(key, 'resolutiondate')).not.toBeNull();
  });

  it('compare, match and count', async () => {
    const value = (parameters: Record<string, string>) => ({
      validators: [rule('system:validate-field-value', parameters)],
    });
    const drawing = await draw(site, [
      to(
        'Match',
        DOING,
        value({ ruleType: 'fieldMatchesRegularExpression', regexp: '^v\\d', fieldKey: 'summary' }),
      ),
      to(
        'Single',
        DOING,
        value({ ruleType: 'fieldHasSingleValue', fieldKey: 'labels', excludeSubtasks: 'true' }),
      ),
      to(
        'Dates',
        DOING,
        value({
          ruleType: 'dateFieldComparison',
          date1FieldKey: 'duedate',
          date2FieldKey: 'created',
          conditionSelected: '>=',
        }),
      ),
      to('Changed', DOING, value({ ruleType: 'fieldChanged', fieldKey: 'summary' })),
    ]);
    const key = await drawing.issue({ summary: 'x', labels: ['a', 'b'], duedate: '2026-01-01' });
    const says = async (name: string) => (await drawing.move(key, name)).get('errorMessages');
    expect(await says('Match')).toEqual(["The value of field Summary does not match the pattern '^v\\d'."]);
    expect(await says('Single')).toEqual(['Field Labels must have only one value.']);
    expect(await says('Dates')).toEqual(['Due date is not greater than or equal to Created.']);
    expect(await says('Changed')).toEqual(['Field Summary must be changed.']);
    await site.call('PUT', `${API}/issue/${key}`, {
      fields: { summary: 'v2', labels: ['a'], duedate: '2026-12-01' },
    });
    for (const name of ['Match', 'Single', 'Dates']) expect((await drawing.move(key, name)).status).toBe(204);
  });

  it('ask for a permission', async () => {
    const drawing = await draw(site, [
      to('Permitted', DOING, {
        validators: [rule('system:check-permission-validator', { permissionKey: 'DELETE_ISSUES' })],
      }),
    ]);
    const key = await drawing.issue();
    site.actAs(site.basicFor(CY));
    expect((await drawing.move(key, 'Permitted')).get('errorMessages')).toEqual([
      "User 'Cy Young' doesn't have the 'Delete Issues' permission",
    ]);
  });
});

describe('validators that look at statuses', () => {
  it('ask where the issue has been, and where its parent is', async () => {
    const { values } = (await site.call('GET', `${API}/statuses/search`)).body as {
      values: { id: string; name: string; scope: { type: string } }[];
    };
    const open = values.find((one) => one.name === 'In Progress' && one.scope.type === 'GLOBAL')?.id ?? '';
    const drawing = await draw(site, [
      to('Seen', DOING, {
        validators: [rule('system:previous-status-validator', { previousStatusIds: open })],
      }),
      to('With parent', DONE, {
        validators: [
          rule('system:parent-or-child-blocking-validator', { blocker: 'PARENT', statusIds: open }),
        ],
      }),
    ]);
    const key = await drawing.issue();
    expect((await drawing.move(key, 'Seen')).get('errorMessages')).toEqual([
      'Issue must have been in status In Progress before.',
    ]);
    const child = await drawing.issue({ issuetype: { name: 'Sub-task' }, parent: { key } });
    expect((await drawing.move(child, 'With parent')).get('errorMessages')).toEqual([
      'The parent issue must be in one of the following statuses: In Progress.',
    ]);
    expect((await drawing.move(key, 'With parent')).status).toBe(204);
  });
});

describe('post functions of a transition', () => {
  const does = (...actions: object[]) => ({ actions });

  it('give the issue to whom they say', async () => {
    const assign = (type: string, more = {}) => does(rule('system:change-assignee', { type, ...more }));
    const cy = await accountId(CY);
    const drawing = await draw(site, [
      to('Mine', DOING, assign('to-current-user')),
      to('Lead', DOING, assign('to-lead')),
      to('Cy', DOING, assign('to-selected-user', { accountId: cy })),
      to('Nobody', DOING, assign('to-unassigned')),
    ]);
    const key = await drawing.issue();
    const assigneeAfter = async (name: string) => {
      await drawing.move(key, name);
      const assignee = (await drawing.field(key, 'assignee')) as { emailAddress: string } | null;
      return assignee?.emailAddress;
    };
    expect([
      await assigneeAfter('Mine'),
      await assigneeAfter('Lead'),
      await assigneeAfter('Cy'),
      await assigneeAfter('Nobody'),
    ]).toEqual([ADA, BEN, CY, undefined]);
  });

  it('set, append to, copy and clear fields, and write it all into the changelog', async () => {
    const update = (field: string, value: string, mode = 'replace') =>
      rule('system:update-field', { field, value, mode });
    const drawing = await draw(site, [
      to(
        'Finish',
        DONE,
        does(
          update('resolution', '10001'),
          update('labels', 'shipped', 'append'),
          update('summary', ' (done)', 'append'),
          rule('system:copy-value-from-other-field', {
            sourceFieldKey: 'summary',
            targetFieldKey: 'environment',
            issueSource: 'SAME',
          }),
        ),
      ),
      to('Reopen', TODO, does(update('resolution', ''))),
    ]);
    const key = await drawing.issue({ summary: 'Ship', labels: ['web'] });
    await drawing.move(key, 'Finish');
    const read = await site.call('GET', `/rest/api/2/issue/${key}`);
    expect(read.get('fields')).toMatchObject({
      summary: 'Ship (done)',
      environment: 'Ship (done)',
      labels: ['web', 'shipped'],
      resolution: { name: "Won't Do" },
    });
    const log = await site.call('GET', `${API}/issue/${key}/changelog`);
    expect((log.get('values.0.items.*.field') as string[]).sort()).toEqual([
      'environment',
      'labels',
      'resolution',
      'status',
      'summary',
    ]);
    await drawing.move(key, 'Reopen');
    expect(await drawing.field(key, 'resolution')).toBeNull();
    expect(await drawing.field(key, 'resolutiondate')).toBeNull();
  });

  it('leave the resolution alone where they say nothing of it', async () => {
    const drawing = await draw(site, [to('Finish', DONE)]);
    const key = await drawing.issue();
    await drawing.move(key, 'Finish');
    expect(await drawing.field(key, 'resolution')).toBeNull();
  });
});

describe('properties of a status', () => {
  it('keep its issues from being edited, and a permission to those they name', async () => {
    const drawing = await draw(site, [to('Freeze', DONE)], {
      [DONE]: { 'jira.issue.editable': 'false', 'jira.permission.comment.denied': '' },
    });
    const key = await drawing.issue();
    const comment = { body: { type: 'doc', version: 1, content: [] } };
    await drawing.move(key, 'Freeze');
    const refused = await site.call('PUT', `${API}/issue/${key}`, { fields: { summary: 'Other' } });
    expect([refused.status, refused.get('errorMessages')]).toEqual([
      400,
      ['You are not allowed to edit this issue due to its current status in the workflow.'],
    ]);
    expect((await site.call('POST', `${API}/issue/${key}/comment`, comment)).status).toBe(403);
  });
});
