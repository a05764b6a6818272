import { beforeEach, describe, expect, it } from 'vitest';
import { BEN, openSite, type TestSite } from './site.ts';

const KIND = 'com.atlassian.jira.plugin.system.customfieldtypes:';
const ENG = '10000';

let site: TestSite;
beforeEach(async () => {
  site = await openSite();
});

const send = async (method: string, path: string, body?: unknown) => {
  const answer = await site.call(method, `/rest/api/3${path}`, body);
  if (answer.status >= 400) throw new Error(`${method} ${path} ${JSON.stringify(answer.body)}`);
  return answer;
};

/** A new field on the default screen; its id. */
async function field(kind: string, name = kind, more: object = {}): Promise<string> {
  const id = String((await send('POST', '/field', { name, type: KIND + kind, ...more })).get('id'));
  await send('POST', `/screens/addToDefault/${id}`);
  return id;
}

const contextOf = async (id: string) =>
  String((await send('GET', `/field/${id}/context`)).get('values.0.id'));

/** Choices of a field; their ids. */
async function options(id: string, ...values: string[]): Promise<string[]> {
  const path = `/field/${id}/context/${await contextOf(id)}/option`;
  return (await send('POST', path, { options: values.map((value) => ({ value })) })).get(
    'options.*.id',
  ) as string[];
}

const held = async (key: string, id: string, version = 3) =>
  (await site.call('GET', `/rest/api/${version}/issue/${key}`)).get(`fields.${id}`);

const refusal = async (fields: Record<string, unknown>): Promise<unknown> => {
  const { status, get } = await site.call('POST', '/rest/api/3/issue', {
    fields: { project: { key: 'ENG' }, issuetype: { name: 'Task' }, summary: 'Refused', ...fields },
  });
  expect(status).toBe(400);
  return get('errors');
};

const NOT_ON_SCREEN = (id: string) =>
  `Field '${id}' cannot be set. It is not on the appropriate screen, or unknown.`;

describe('values of custom fields', () => {
  it('take text, numbers, days and moments as their kinds have them', async () => {
    const [text, number, day, moment, url] = [
      await field('textfield'),
      await field('float'),
      await field('datepicker'),
      await field('datetime'),
      await field('url'),
    ];
    const key = await site.issue({
      [text]: 'hello',
      [number]: 4.5,
      [day]: '2026-03-02',
      [moment]: '2026-03-02T09:00:00.000+0000',
      [url]: 'https://a.example/x',
    });
    expect(await held(key, text)).toBe('hello');
    expect(await held(key, number)).toBe(4.5);
    expect(await held(key, day)).toBe('2026-03-02');
    expect(await held(key, moment)).toMatch(/^2026-03-0\dT\d\d:00:00\.000[-+]\d{4}$/);
    expect(
      await refusal({ [text]: 'x'.repeat(256), [number]: '4', [day]: 'soon', [moment]: 'now', [url]: 'no' }),
    ).toEqual({
      [text]: 'The entered text is too long. It exceeds the allowed limit of 255 characters.',
      [number]: 'Operation value must be a number',
      [day]: 'Error parsing date string: soon',
      [moment]: 'Error parsing time: now',
      [url]: 'Not a valid URL',
    });
  });

  it('hold paragraphs as documents for version 3 and as wiki text for version 2', async () => {
    const id = await field('textarea', 'Notes');
    expect(await refusal({ [id]: 'plain' })).toEqual({
      [id]: 'Operation value must be an Atlassian Document (see the Atlassian Document Format)',
    });
    const made = await site.call('POST', '/rest/api/2/issue', {
      fields: { project: { key: 'ENG' }, issuetype: { name: 'Task' }, summary: 'x', [id]: '*strong*' },
    });
    const key = String(made.get('key'));
    expect(await held(key, id, 2)).toBe('*strong*');
    expect(await held(key, id)).toMatchObject({ type: 'doc', content: [{ type: 'paragraph' }] });
    const shown = await site.call('GET', `/rest/api/3/issue/${key}?expand=renderedFields`);
    expect(shown.get(`renderedFields.${id}`)).toContain('<b>strong</b>');
  });

  it('are chosen from what their context offers, by id or by value', async () => {
    const [one, many] = [await field('select', 'Severity'), await field('multicheckboxes', 'Checks')];
    const [low] = await options(one, 'Low', 'High');
    await options(many, 'A', 'B');
    const key = await site.issue({ [one]: { id: low }, [many]: [{ value: 'A' }, { value: 'B' }] });
    expect(await held(key, one)).toMatchObject({ id: low, value: 'Low' });
    expect(((await held(key, many)) as { value: string }[]).map((each) => each.value)).toEqual(['A', 'B']);
    await send('PUT', `/issue/${key}`, { update: { [many]: [{ remove: { value: 'A' } }] } });
    expect(await held(key, many)).toMatchObject([{ value: 'B' }]);
    expect(await refusal({ [one]: { value: 'None' }, [many]: { value: 'A' } })).toEqual({
      [one]: "Option value 'None' is not valid",
      [many]: 'data was not an array',
    });
    expect(await refusal({ [one]: 'Low' })).toEqual({ [one]: "Specify a valid 'id' or 'name' for Severity" });
  });

  it('may be a choice under another', async () => {
    const id = await field('cascadingselect', 'Place');
    const [york = ''] = await options(id, 'New York');
    const path = `/field/${id}/context/${await contextOf(id)}/option`;
    await send('POST', path, { options: [{ value: 'Brooklyn', optionId: york }] });
    const key = await site.issue({ [id]: { value: 'New York', child: { value: 'Brooklyn' } } });
    expect(await held(key, id)).toMatchObject({ value: 'New York', child: { value: 'Brooklyn' } });
    expect(await refusal({ [id]: { value: 'Brooklyn' } })).toEqual({
      [id]: "Could not find valid 'id' or 'value' in the Parent Option object.",
    });
  });

  it('may be people, groups, projects, versions and labels', async () => {
    const [ben] = (await send('GET', `/user/search?query=${BEN}`)).body as { accountId: string }[];
    const [user, users, project, version, labels, groups] = [
      await field('userpicker', 'Approver'),
      await field('multiuserpicker', 'Readers'),
      await field('project', 'Origin'),
      await field('version', 'Since'),
      await field('labels', 'Tags'),
      await field('multigrouppicker', 'Teams'),
    ];
    await send('POST', '/version', { name: '1.0', projectId: 10_000 });
    const [group] = (await send('GET', '/groups/picker')).get('groups.*.name') as string[];
    const key = await site.issue({
      [user]: { accountId: ben?.accountId },
      [users]: [{ accountId: ben?.accountId }],
      [project]: { key: 'OPS' },
      [version]: { name: '1.0' },
      [labels]: ['a', 'b'],
      [groups]: [{ name: group }],
    });
    expect(await held(key, user)).toMatchObject({ displayName: 'Ben Carver' });
    expect(await held(key, users)).toMatchObject([{ accountId: ben?.accountId }]);
    expect(await held(key, project)).toMatchObject({ key: 'OPS', name: 'Operations' });
    expect(await held(key, version)).toMatchObject({ name: '1.0', released: false });
    expect(await held(key, labels)).toEqual(['a', 'b']);
    expect(await held(key, groups)).toMatchObject([{ name: group }]);
    expect(await refusal({ [groups]: [{ name: 'nobody' }], [labels]: ['a b'] })).toEqual({
      [groups]: 'Could not find group names: nobody',
      [labels]: "The label 'a b' contains spaces which is invalid.",
    });
  });

  it('are written into the changelog with what they are called', async () => {
    const [severity, checks, day] = [
      await field('select', 'Severity'),
      await field('multiselect', 'Checks'),
      await field('datepicker', 'Due by'),
    ];
    const [low, high] = await options(severity, 'Low', 'High');
    const [a] = await options(checks, 'A');
    const key = await site.issue({ [severity]: { value: 'Low' } });
    await send('PUT', `/issue/${key}`, {
      fields: { [severity]: { value: 'High' }, [checks]: [{ value: 'A' }], [day]: '2026-03-02' },
    });
    const items = (await send('GET', `/issue/${key}/changelog`)).get('values.0.items') as { field: string }[];
    expect(items.find((one) => one.field === 'Severity')).toMatchObject({
      fieldtype: 'custom',
      fieldId: severity,
      from: low,
      fromString: 'Low',
      to: high,
      toString: 'High',
    });
    expect(items.find((one) => one.field === 'Checks')).toMatchObject({
      from: '',
      to: `[${a}]`,
      toString: 'A',
    });
    expect(items.find((one) => one.field === 'Due by')).toMatchObject({
      to: '2026-03-02',
      toString: '02/Mar/26',
    });
  });

  it('are found by queries where the field has a searcher, by name and by number', async () => {
    const id = await field('select', 'Severity', { searcherKey: `${KIND}multiselectsearcher` });
    const hidden = await field('select', 'Mood');
    await options(id, 'Low', 'High');
    const key = await site.issue({ [id]: { value: 'High' } });
    const found = async (jql: string) =>
      (await site.call('POST', '/rest/api/3/search/jql', { jql, fields: ['summary'] })).get('issues.*.key');
    expect(await found('Severity = High')).toEqual([key]);
    expect(await found(`cf[${id.slice(12)}] in (Low)`)).toEqual([]);
    const { status, body } = await site.call('POST', '/rest/api/3/search/jql', { jql: 'Mood = Good' });
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toContain("Field 'Mood' does not exist");
    expect(hidden).toMatch(/^customfield_/);
  });

  it('are lost by issues when their choice is deleted, and shown under its new name when it is renamed', async () => {
    const id = await field('select', 'Severity');
    const [low, high] = await options(id, 'Low', 'High');
    const at = `/field/${id}/context/${await contextOf(id)}/option`;
    const [one, other] = [await site.issue({ [id]: { id: low } }), await site.issue({ [id]: { id: high } })];
    await send('PUT', at, { options: [{ id: low, value: 'Lowest' }] });
    await send('DELETE', `${at}/${high}`);
    expect(await held(one, id)).toMatchObject({ value: 'Lowest' });
    expect(await held(other, id)).toBeNull();
  });

  it('of a choice are replaced in the issues that a query finds', async () => {
    const id = await field('select', 'Severity');
    const [low, high] = await options(id, 'Low', 'High');
    const [one, other] = [await site.issue({ [id]: { id: low } }), await site.issue({ [id]: { id: low } })];
    const at = `/field/${id}/context/${await contextOf(id)}/option`;
    await send('DELETE', `${at}/${low}/issue?replaceWith=${high}&jql=key=${one}`);
    await site.universe.advance(site.universe.now() + 1_000);
    expect(await held(one, id)).toMatchObject({ value: 'High' });
    expect(await held(other, id)).toMatchObject({ value: 'Low' });
  });
});

describe('contexts', () => {
  it('keep a field to their projects and kinds of issue', async () => {
    const id = await field('textfield', 'Customer');
    const types = (await send('GET', '/issuetype')).body as { id: string; name: string; scope?: object }[];
    const bug = types.find((one) => one.name === 'Bug' && !one.scope)?.id;
    await send('POST', `/field/${id}/context`, { name: 'Bugs', projectIds: [ENG], issueTypeIds: [bug] });
    expect(await refusal({ [id]: 'x' })).toEqual({ [id]: NOT_ON_SCREEN(id) });
    const key = await site.issue({ issuetype: { name: 'Bug' }, [id]: 'x' });
    expect(await held(key, id)).toBe('x');
    expect(await held(await site.issue({}), id)).toBeUndefined();
  });

  it('give new issues their defaults', async () => {
    const [severity, text, users] = [
      await field('select', 'Severity'),
      await field('textarea', 'Steps'),
      await field('multiuserpicker', 'Readers'),
    ];
    const [low] = await options(severity, 'Low', 'High');
    const [ben] = (await send('GET', `/user/search?query=${BEN}`)).body as { accountId: string }[];
    const give = async (id: string, value: object) =>
      send('PUT', `/field/${id}/context/defaultValue`, {
        defaultValues: [{ contextId: await contextOf(id), ...value }],
      });
    await give(severity, { type: 'option.single', optionId: low });
    await give(text, { type: 'textarea', text: 'First …' });
    await give(users, { type: 'multi.user.select', accountIds: [ben?.accountId] });
    const key = await site.issue({});
    expect(await held(key, severity)).toMatchObject({ value: 'Low' });
    expect(await held(key, text, 2)).toBe('First …');
    expect(await held(key, users)).toMatchObject([{ displayName: 'Ben Carver' }]);
    expect(await held(await site.issue({ [severity]: null }), severity)).toBeNull();
    const meta = await send('GET', '/issue/createmeta?projectKeys=ENG&expand=projects.issuetypes.fields');
    const shown = meta.get(`projects.0.issuetypes.0.fields.${severity}`);
    expect(shown).toMatchObject({ hasDefaultValue: true, defaultValue: { id: low } });
  });

  it('refuse defaults of another kind than the field’s', async () => {
    const id = await field('float');
    const { status, get } = await site.call('PUT', `/rest/api/3/field/${id}/context/defaultValue`, {
      defaultValues: [{ contextId: await contextOf(id), type: 'textfield', text: 'x' }],
    });
    expect([status, get('errorMessages.0')]).toEqual([
      400,
      "The default value type 'textfield' is not valid for the field.",
    ]);
  });
});

describe('screens', () => {
  it('say which fields an issue takes when it is made and when it is edited', async () => {
    const id = String((await send('POST', '/field', { name: 'Mood', type: `${KIND}textfield` })).get('id'));
    expect(await refusal({ [id]: 'good' })).toEqual({ [id]: NOT_ON_SCREEN(id) });
    const screen = (await send('POST', '/screens', { name: 'Edit' })).get('id');
    const [tab] = (await send('GET', `/screens/${screen}/tabs`)).body as { id: number }[];
    await send('POST', `/screens/${screen}/tabs/${tab?.id}/fields`, { fieldId: id });
    const scheme = (
      await send('POST', '/screenscheme', { name: 'S', screens: { default: 1, edit: screen } })
    ).get('id');
    const types = (
      await send('POST', '/issuetypescreenscheme', {
        name: 'T',
        issueTypeMappings: [{ issueTypeId: 'default', screenSchemeId: String(scheme) }],
      })
    ).get('id');
    await send('PUT', '/issuetypescreenscheme/project', { issueTypeScreenSchemeId: types, projectId: ENG });
    expect(await refusal({ [id]: 'good' })).toEqual({ [id]: NOT_ON_SCREEN(id) });
    const key = await site.issue({});
    await send('PUT', `/issue/${key}`, { fields: { [id]: 'good' } });
    const summary = await site.call('PUT', `/rest/api/3/issue/${key}`, { fields: { summary: 'Other' } });
    expect(summary.get('errors')).toEqual({ summary: NOT_ON_SCREEN('summary') });
    const meta = (await send('GET', `/issue/${key}/editmeta`)).get('fields') as object;
    expect(Object.keys(meta)).toEqual([id, 'issuetype', 'parent']);
  });

  it('do not concern team-managed projects', async () => {
    const id = await field('textfield', 'Mood');
    const { get } = await site.call('POST', '/rest/api/3/issue', {
      fields: { project: { key: 'OPS' }, issuetype: { name: 'Task' }, summary: 'x', [id]: 'good' },
    });
    expect(get('errors')).toEqual({ [id]: NOT_ON_SCREEN(id) });
  });
});

describe('field configurations', () => {
  const treat = (...fieldConfigurationItems: object[]) =>
    send('PUT', '/fieldconfiguration/10000/fields', { fieldConfigurationItems });

  it('make fields required: an issue without them is refused, and they cannot be cleared', async () => {
    const id = await field('textfield', 'Customer');
    await treat({ id, isRequired: true }, { id: 'duedate', isRequired: true });
    expect(await refusal({})).toEqual({ [id]: 'Customer is required.', duedate: 'Due date is required.' });
    const key = await site.issue({ [id]: 'Acme', duedate: '2026-03-02' });
    const cleared = await site.call('PUT', `/rest/api/3/issue/${key}`, { fields: { [id]: null } });
    expect(cleared.get('errors')).toEqual({ [id]: 'Customer is required.' });
    const meta = await send('GET', `/issue/${key}/editmeta`);
    expect(meta.get(`fields.${id}.required`)).toBe(true);
  });

  it('hide fields: they cannot be set', async () => {
    await treat({ id: 'environment', isHidden: true });
    const doc = { type: 'doc', version: 1, content: [] };
    expect(await refusal({ environment: doc })).toEqual({ environment: NOT_ON_SCREEN('environment') });
    expect(await held(await site.issue({}), 'environment')).toBeUndefined();
  });
});

describe('field schemes', () => {
  it('take fields from projects, or from some kinds of issue in them', async () => {
    const id = await field('textfield', 'Customer');
    const { get } = await send('POST', '/config/fieldschemes', { name: 'Lean' });
    const scheme = Number(get('id'));
    await send('PUT', '/config/fieldschemes/projects', { [scheme]: { projectIds: [Number(ENG)] } });
    expect(await refusal({ [id]: 'x' })).toEqual({ [id]: NOT_ON_SCREEN(id) });
    await send('PUT', '/config/fieldschemes/fields', { [id]: [{ schemeIds: [scheme] }] });
    await send('PUT', '/config/fieldschemes/fields/parameters', {
      [id]: [{ schemeIds: [scheme], parameters: { isRequired: true } }],
    });
    expect(await refusal({})).toEqual({ [id]: 'Customer is required.' });
    const key = await site.issue({ [id]: 'x' });
    expect(await held(key, id)).toBe('x');
    expect(await held(key, 'status.name')).toBe('To Do');
  });
});

describe('associations', () => {
  it('come with a field that is put on a screen, unless they are not wanted', async () => {
    const [shown, hidden] = [await field('textfield', 'Shown'), await field('textfield', 'Hidden')];
    const all = [shown, hidden].map((id) => ({ id, isHidden: true }));
    await send('PUT', '/fieldconfiguration/10000/fields', { fieldConfigurationItems: all });
    const [tab] = (await send('GET', '/screens/1/tabs')).body as { id: number }[];
    const fields = `/screens/1/tabs/${tab?.id}/fields`;
    for (const id of [shown, hidden]) await send('DELETE', `${fields}/${id}`);
    await send('POST', fields, { fieldId: shown });
    await send('POST', `${fields}?skipFieldAssociation=true`, { fieldId: hidden });
    expect(await held(await site.issue({ [shown]: 'x' }), shown)).toBe('x');
    expect(await refusal({ [hidden]: 'x' })).toEqual({ [hidden]: NOT_ON_SCREEN(hidden) });
  });

  it('give team-managed projects fields of the site, and take them away', async () => {
    const id = await field('textfield', 'Customer');
    const body = {
      associationContexts: [{ type: 'PROJECT_ID', identifier: 10_001 }],
      fields: [{ type: 'FIELD_ID', identifier: id }],
    };
    await send('PUT', '/field/association', body);
    const ops = { project: { key: 'OPS' }, issuetype: { name: 'Task' } };
    expect(await held(await site.issue({ ...ops, [id]: 'x' }), id)).toBe('x');
    expect((await send('GET', `/field/${id}/association/project`)).get('values.*.projectId')).toContain(
      '10001',
    );
    await send('DELETE', '/field/association', body);
    expect(await refusal({ ...ops, [id]: 'x' })).toEqual({ [id]: NOT_ON_SCREEN(id) });
  });

  it('hide a field in the configurations of a company-managed project', async () => {
    const id = await field('textfield', 'Customer');
    await send('DELETE', '/field/association', {
      associationContexts: [{ type: 'PROJECT_ID', identifier: Number(ENG) }],
      fields: [{ type: 'FIELD_ID', identifier: id }],
    });
    expect(await refusal({ [id]: 'x' })).toEqual({ [id]: NOT_ON_SCREEN(id) });
  });
});

describe('administration of fields', () => {
  it('is for administrators only', async () => {
    const ben = site.basicFor(BEN);
    const post = await site.callAs(ben, 'POST', '/rest/api/3/field', { name: 'X', type: `${KIND}float` });
    const screens = await site.callAs(ben, 'GET', '/rest/api/3/screens');
    expect([post.status, screens.status]).toEqual([403, 403]);
    expect(screens.get('errorMessages.0')).toBe('Only Jira administrators can manage screens.');
  });

  it('is written into the audit log', async () => {
    await field('float', 'Weight');
    const { get } = await send('GET', '/auditing/record?filter=Weight');
    expect(get('records.0')).toMatchObject({ summary: 'Custom field created', category: 'fields' });
  });

  it('throws a field away with its values, and brings both back', async () => {
    const id = await field('textfield', 'Customer');
    const key = await site.issue({ [id]: 'Acme' });
    await send('POST', `/field/${id}/trash`);
    expect(await held(key, id)).toBeUndefined();
    await send('POST', `/field/${id}/restore`);
    expect(await held(key, id)).toBe('Acme');
  });

  it('deletes a field for good when it has been in the trash for 60 days', async () => {
    const id = await field('textfield', 'Customer');
    await send('POST', `/field/${id}/trash`);
    await site.universe.advance(site.universe.now() + 60 * 86_400_000);
    expect((await send('GET', '/field/search/trashed')).get('values')).toEqual([]);
    const { status } = await site.call('POST', `/rest/api/3/field/${id}/restore`);
    expect(status).toBe(404);
  });
});
