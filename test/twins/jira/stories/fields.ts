/** Custom fields, their contexts and choices. */
import { expect } from 'vitest';
import type { Body, Story, Teller } from './teller.ts';

const KIND = 'com.atlassian.jira.plugin.system.customfieldtypes:';

/** A new field's id. */
export async function newField(t: Teller, kind: string, name: string): Promise<string> {
  const { id } = await t.send('POST', '/field', { name, type: KIND + kind });
  return id;
}

/** The context that a field began with. */
export async function contextOf(t: Teller, field: string): Promise<string> {
  const { values } = await t.get(`/field/${field}/context`);
  return values[0].id;
}

const wait = (t: Teller) => t.site.universe.advance(t.site.universe.now() + 1_000);

/** The id of one of the site's own kinds of issue. */
export async function typeId(t: Teller, name: string): Promise<string> {
  const { body } = await t.site.call('GET', '/rest/api/3/issuetype');
  return (body as Body[]).find((one) => one.name === name && !one.scope).id;
}

/** The company-managed projects of the test site. */
const ENG = '10000';
const REV = '10002';

export const fieldStories: readonly Story[] = [
  {
    says: 'a custom field is made, found, changed, thrown away, brought back and deleted',
    async tell(t) {
      const { id } = await t.send('POST', '/field', {
        name: 'Severity',
        description: 'How bad it is',
        type: `${KIND}select`,
        searcherKey: `${KIND}multiselectsearcher`,
      });
      expect((await t.get('/field')).map((one: Body) => one.id)).toContain(id);
      const found = await t.get(
        '/field/search?query=how%20bad&expand=key,searcherKey,contextsCount,screensCount',
      );
      expect(found.values).toMatchObject([{ id, name: 'Severity', contextsCount: 1, screensCount: 0 }]);
      await t.refused(400, 'PUT', `/field/${id}`, { searcherKey: `${KIND}daterange` });
      await t.refused(404, 'PUT', '/field/customfield_99999', { name: 'X' });
      await t.refused(400, 'PUT', '/field/customfield_10020', { name: 'X' });
      await t.send('PUT', `/field/${id}`, { name: 'Gravity', description: 'How bad' });
      expect((await t.get(`/field/${id}/contexts`)).values).toHaveLength(1);
      await t.send('POST', `/field/${id}/trash`);
      expect((await t.get('/field')).map((one: Body) => one.id)).not.toContain(id);
      expect((await t.get('/field/search/trashed')).values).toMatchObject([{ id, name: 'Gravity' }]);
      await t.refused(400, 'POST', `/field/${id}/trash`);
      await t.send('POST', `/field/${id}/restore`);
      await t.refused(400, 'POST', `/field/${id}/restore`);
      const task = await t.send('DELETE', `/field/${id}`);
      await t.refused(409, 'DELETE', `/field/${id}`);
      await wait(t);
      expect(await t.get(`/task/${task.id}`)).toMatchObject({ status: 'COMPLETE' });
      await t.refused(404, 'POST', `/field/${id}/trash`);
    },
  },
  {
    says: 'a field has contexts for projects and kinds of issue',
    async tell(t) {
      const field = await newField(t, 'textfield', 'Customer');
      const task = await typeId(t, 'Task');
      const bug = await typeId(t, 'Bug');
      const first = await contextOf(t, field);
      await t.refused(400, 'POST', `/field/${field}/context`, { name: 'Another for all' });
      await t.refused(404, 'POST', `/field/${field}/context`, { name: 'X', projectIds: ['99'] });
      const { id } = await t.send('POST', `/field/${field}/context`, {
        name: 'Engineering',
        projectIds: [ENG],
        issueTypeIds: [bug],
      });
      const at = `/field/${field}/context/${id}`;
      await t.send('PUT', at, { name: 'Engineers', description: 'Theirs' });
      await t.refused(400, 'PUT', `${at}/issuetype`, { issueTypeIds: [bug] });
      await t.send('PUT', `${at}/issuetype`, { issueTypeIds: [task] });
      await t.send('POST', `${at}/issuetype/remove`, { issueTypeIds: [bug] });
      await t.send('PUT', `${at}/project`, { projectIds: [REV] });
      await t.refused(400, 'PUT', `${at}/project`, { projectIds: [REV] });
      const mapping = await t.ask('POST', `/field/${field}/context/mapping`, {
        mappings: [{ projectId: ENG, issueTypeId: task }],
      });
      expect(mapping.values[0].contextId).toBe(id);
      expect((await t.get(`/field/${field}/context/issuetypemapping`)).values).toEqual([
        { contextId: first, isAnyIssueType: true },
        { contextId: id, issueTypeId: task },
      ]);
      expect((await t.get(`/field/${field}/context/projectmapping?contextId=${id}`)).values).toHaveLength(2);
      await t.refused(400, 'POST', `${at}/project/remove`, { projectIds: [ENG, REV] });
      await t.send('POST', `${at}/project/remove`, { projectIds: [REV] });
      await t.send('PUT', `/field/${field}/context/defaultValue`, {
        defaultValues: [{ contextId: id, type: 'textfield', text: 'Nobody yet' }],
      });
      expect((await t.get(`/field/${field}/context/defaultValue`)).values).toEqual([
        { contextId: id, type: 'textfield', text: 'Nobody yet' },
      ]);
      const fields = `/projects/fields?projectId=${ENG}&workTypeId=${task}&fieldId=${field}`;
      expect((await t.get(fields)).values).toMatchObject([{ fieldId: field, isRequired: false }]);
      await t.send('DELETE', at);
      await t.refused(404, 'DELETE', at);
    },
  },
  {
    says: 'a context offers choices, in an order, one above others',
    async tell(t) {
      const field = await newField(t, 'cascadingselect', 'Place');
      const at = `/field/${field}/context/${await contextOf(t, field)}/option`;
      const { options } = await t.send('POST', at, {
        options: [{ value: 'New York' }, { value: 'Boston', disabled: true }],
      });
      const [york, boston] = options.map((one: Body) => one.id);
      await t.refused(400, 'POST', at, { options: [{ value: 'boston' }] });
      const under = await t.send('POST', at, { options: [{ value: 'Brooklyn', optionId: york }] });
      const [{ id: brooklyn }] = under.options;
      await t.refused(400, 'POST', at, { options: [{ value: 'X', optionId: brooklyn }] });
      await t.refused(404, 'PUT', at, { options: [{ id: '1', value: 'X' }] });
      const changed = await t.send('PUT', at, {
        options: [
          { id: boston, value: 'Boston', disabled: false },
          { id: york, value: 'New York' },
        ],
      });
      expect(changed.options).toEqual([{ id: boston, value: 'Boston', disabled: false }]);
      await t.send('PUT', `${at}/move`, { customFieldOptionIds: [boston], position: 'First' });
      await t.refused(400, 'PUT', `${at}/move`, { customFieldOptionIds: [brooklyn], after: york });
      const order = (await t.get(at)).values.map((one: Body) => one.value);
      expect(order).toEqual(['Boston', 'New York', 'Brooklyn']);
      expect((await t.get(`${at}?onlyOptions=true`)).values).toHaveLength(2);
      expect(await t.get(`/customFieldOption/${boston}`)).toMatchObject({ value: 'Boston' });
      await t.refused(400, 'DELETE', `${at}/${york}`);
      const task = await t.send('DELETE', `${at}/${york}/issue?replaceWith=${boston}`);
      await wait(t);
      expect(await t.get(`/task/${task.id}`)).toMatchObject({ result: { modifiedIssues: [] } });
      await t.send('DELETE', `${at}/${brooklyn}`);
      await t.send('DELETE', `${at}/${york}`);
    },
  },
];
