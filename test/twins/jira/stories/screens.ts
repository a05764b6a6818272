/** Screens, and the schemes that lead to them. */
import { expect } from 'vitest';
import { typeId } from './fields.ts';
import type { Body, Story } from './teller.ts';

const ENG = '10000';
const OPS = '10001';

export const screenStories: readonly Story[] = [
  {
    says: 'a screen has tabs with fields, each once',
    async tell(t) {
      const { id } = await t.send('POST', '/screens', { name: 'Bug screen', description: 'For bugs' });
      const at = `/screens/${id}`;
      await t.refused(400, 'POST', '/screens', { name: 'bug SCREEN' });
      await t.send('PUT', at, { name: 'Screen of bugs' });
      const found = await t.get('/screens?queryString=bugs&orderBy=-name&scope=GLOBAL');
      expect(found.values).toEqual([{ id, name: 'Screen of bugs', description: 'For bugs' }]);
      const [first] = await t.get(`${at}/tabs`);
      const tab = await t.send('POST', `${at}/tabs`, { name: 'More' });
      await t.send('PUT', `${at}/tabs/${tab.id}`, { name: 'Even more' });
      await t.send('POST', `${at}/tabs/${tab.id}/move/0`);
      await t.refused(404, 'POST', `${at}/tabs/${tab.id}/move/2`);
      expect((await t.get(`/screens/tabs?screenId=${id}`)).values[0]).toMatchObject({ tabName: 'Even more' });
      const fields = `${at}/tabs/${tab.id}/fields`;
      await t.send('POST', fields, { fieldId: 'summary' });
      await t.send('POST', fields, { fieldId: 'labels' });
      await t.refused(400, 'POST', `${at}/tabs/${first.id}/fields`, { fieldId: 'labels' });
      await t.refused(404, 'POST', fields, { fieldId: 'unheard-of' });
      await t.send('POST', `${fields}/labels/move`, { position: 'First' });
      await t.send('POST', `${fields}/labels/move`, { after: 'summary' });
      await t.refused(404, 'POST', `${fields}/labels/move`, { position: 'Later' });
      expect((await t.get(fields)).map((one: Body) => one.id)).toEqual(['summary', 'labels']);
      const rest = (await t.get(`${at}/availableFields`)).map((one: Body) => one.id);
      expect(rest).toContain('duedate');
      expect(rest).not.toContain('labels');
      const [, own] = (await t.get('/field/labels/screens?expand=tab')).values;
      expect(own).toMatchObject({ id, tab: { id: tab.id } });
      await t.send('DELETE', `${fields}/labels`);
      await t.send('DELETE', `${at}/tabs/${tab.id}`);
      await t.refused(400, 'DELETE', `${at}/tabs/${first.id}`);
      await t.send('DELETE', at);
      await t.refused(404, 'DELETE', at);
      await t.send('POST', '/screens/addToDefault/customfield_10004');
      await t.refused(404, 'POST', '/screens/addToDefault/customfield_10004');
    },
  },
  {
    says: 'a screen scheme says which screen is for which operation',
    async tell(t) {
      const input = { name: 'Staff', description: 'Of people', screens: { default: 1, edit: 2 } };
      const { id } = await t.send('POST', '/screenscheme', input);
      await t.refused(400, 'POST', '/screenscheme', input);
      await t.refused(404, 'POST', '/screenscheme', { name: 'X', screens: { default: 99 } });
      await t.refused(400, 'DELETE', '/screens/2');
      await t.send('PUT', `/screenscheme/${id}`, { name: 'People', screens: { view: '3' } });
      const { values } = await t.get(`/screenscheme?id=${id}&expand=issueTypeScreenSchemes`);
      expect(values).toMatchObject([{ name: 'People', screens: { default: 1, edit: 2, view: 3 } }]);
      await t.refused(400, 'DELETE', '/screenscheme/1');
      await t.send('DELETE', `/screenscheme/${id}`);
      await t.refused(404, 'DELETE', `/screenscheme/${id}`);
    },
  },
  {
    says: 'an issue type screen scheme gives kinds of issue their screens in projects',
    async tell(t) {
      const [bug, task] = [await typeId(t, 'Bug'), await typeId(t, 'Task')];
      const { id: scheme } = await t.send('POST', '/screenscheme', { name: 'S', screens: { default: 2 } });
      const screenSchemeId = String(scheme);
      const { id } = await t.send('POST', '/issuetypescreenscheme', {
        name: 'Scrum',
        issueTypeMappings: [
          { issueTypeId: 'default', screenSchemeId: '1' },
          { issueTypeId: bug, screenSchemeId },
        ],
      });
      const at = `/issuetypescreenscheme/${id}`;
      await t.send('PUT', at, { name: 'Scrum screens', description: 'Ours' });
      await t.refused(400, 'PUT', `${at}/mapping`, {
        issueTypeMappings: [{ issueTypeId: 'default', screenSchemeId }],
      });
      await t.send('PUT', `${at}/mapping`, { issueTypeMappings: [{ issueTypeId: task, screenSchemeId }] });
      await t.send('PUT', `${at}/mapping/default`, { screenSchemeId });
      await t.send('POST', `${at}/mapping/remove`, { issueTypeIds: [task] });
      await t.refused(404, 'POST', `${at}/mapping/remove`, { issueTypeIds: [task] });
      const mapping = await t.get(`/issuetypescreenscheme/mapping?issueTypeScreenSchemeId=${id}`);
      expect(mapping.values.map((one: Body) => one.screenSchemeId)).toEqual([screenSchemeId, screenSchemeId]);
      await t.refused(400, 'PUT', '/issuetypescreenscheme/project', {
        issueTypeScreenSchemeId: id,
        projectId: OPS,
      });
      await t.send('PUT', '/issuetypescreenscheme/project', { issueTypeScreenSchemeId: id, projectId: ENG });
      const of = await t.get(`/issuetypescreenscheme/project?projectId=${ENG}&projectId=${OPS}`);
      expect(of.values).toMatchObject([{ issueTypeScreenScheme: { id }, projectIds: [ENG] }]);
      expect((await t.get(`${at}/project`)).values).toMatchObject([{ key: 'ENG' }]);
      expect((await t.get(`/issuetypescreenscheme?id=${id}&expand=projects`)).values[0].projects.total).toBe(
        1,
      );
      await t.refused(400, 'DELETE', at);
      await t.send('PUT', '/issuetypescreenscheme/project', { issueTypeScreenSchemeId: '1', projectId: ENG });
      await t.send('DELETE', at);
    },
  },
];
