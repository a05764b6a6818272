/** Fields that apps bring along: their choices, and the values that apps write. */
import { expect } from 'vitest';
import type { Body, Story, Teller } from './teller.ts';

const APP = 'com.example.planner';
const MODULES = '/rest/atlassian-connect/1/app/module/dynamic';

/** An app that acts from now on, with a field of its own that offers choices and stands on the default screen. */
async function appWithField(t: Teller): Promise<{ key: string; id: string }> {
  const key = `${APP}__team`;
  t.site.actAs(t.site.connect(APP));
  await t.site.call('POST', MODULES, {
    jiraIssueFields: [
      { key: 'team', type: 'single_select', name: { value: 'Squad' }, description: { value: 'Who does it' } },
    ],
  });
  const { id } = (await t.get('/field')).find((one: Body) => one.key === key);
  t.site.actAs(t.site.basic);
  await t.send('POST', `/screens/addToDefault/${id}`);
  return { key, id };
}

export const appFieldStories: readonly Story[] = [
  {
    says: 'an app keeps the choices of its field, and people choose from them',
    async tell(t) {
      const { key, id } = await appWithField(t);
      t.site.actAs(t.site.connect(APP));
      const at = `/field/${key}/option`;
      const blue = await t.send('POST', at, { value: 'Blue', properties: { size: 4 } });
      const red = await t.send('POST', at, {
        value: 'Red',
        config: { scope: { projects2: [{ id: 10_000, attributes: ['notSelectable'] }] } },
      });
      expect([blue.id, red.id]).toEqual([1, 2]);
      expect(await t.get(`${at}/1`)).toEqual({ id: 1, value: 'Blue', properties: { size: 4 } });
      expect((await t.get(at)).total).toBe(2);
      expect((await t.get(`${at}/suggestions/search?projectId=10001`)).total).toBe(1);
      expect((await t.get(`${at}/suggestions/edit?projectId=10000`)).total).toBe(1);
      await t.refused(400, 'PUT', `${at}/1`, { id: 2, value: 'Blue' });
      await t.send('PUT', `${at}/3`, { id: 3, value: 'Green' });
      t.site.actAs(t.site.basic);
      const issue = await t.site.issue({ [id]: { id: '1' } });
      expect((await t.get(`/issue/${issue}`)).fields[id]).toEqual({ id: '1', value: 'Blue' });
      await t.refused(409, 'DELETE', `${at}/1`);
      await t.send('DELETE', `${at}/1/issue?replaceWith=3`);
      await t.site.universe.advance(t.site.universe.now() + 1_000);
      expect((await t.get(`/issue/${issue}`)).fields[id].value).toBe('Green');
      await t.send('DELETE', `${at}/1`);
      await t.refused(404, 'GET', '/field/customfield_10004/option');
      const kept = `/app/field/${key}/context/configuration`;
      const [{ id: context }] = (await t.get(kept)).values;
      await t.send('PUT', kept, { configurations: [{ id: context, configuration: { least: 0 } }] });
      const shown = await t.ask('POST', '/app/field/context/configuration/list', { fieldIdsOrKeys: [id] });
      expect(shown.values).toMatchObject([{ customFieldId: id, configuration: { least: 0 } }]);
    },
  },
  {
    says: 'an app writes values into its field, and nobody else does',
    async tell(t) {
      const { key, id } = await appWithField(t);
      await t.send('POST', `/field/${key}/option`, { value: 'Blue' });
      const issue = await t.site.issue({});
      const { id: number } = await t.get(`/issue/${issue}`);
      const value = { issueIds: [Number(number)], value: { id: '1' } };
      await t.refused(403, 'PUT', `/app/field/${id}/value`, { updates: [value] });
      t.site.actAs(t.site.connect(APP));
      await t.send('PUT', `/app/field/${key}/value`, { updates: [value] });
      await t.refused(400, 'PUT', `/app/field/${key}/value`, { updates: [{ ...value, value: { id: '9' } }] });
      expect((await t.get(`/issue/${issue}`)).fields[id]).toEqual({ id: '1', value: 'Blue' });
      await t.send('POST', '/app/field/value?generateChangelog=false', {
        updates: [{ customField: id, ...value, value: null }],
      });
      expect((await t.get(`/issue/${issue}`)).fields[id]).toBeNull();
    },
  },
];
