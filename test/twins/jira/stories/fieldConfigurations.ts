/** Field configurations and their schemes. */
import { expect } from 'vitest';
import { typeId } from './fields.ts';
import type { Body, Story } from './teller.ts';

const ENG = '10000';
const OPS = '10001';

export const fieldConfigurationStories: readonly Story[] = [
  {
    says: 'a field configuration says how fields are treated',
    async tell(t) {
      const { id } = await t.send('POST', '/fieldconfiguration', { name: 'Strict', description: 'Ours' });
      const at = `/fieldconfiguration/${id}`;
      await t.refused(400, 'POST', '/fieldconfiguration', { name: 'strict' });
      await t.send('PUT', at, { name: 'Very strict' });
      await t.refused(400, 'PUT', '/fieldconfiguration/10000', { name: 'Mine' });
      const [found] = (await t.get('/fieldconfiguration?query=very')).values;
      expect(found).toEqual({ id, name: 'Very strict', description: 'Ours' });
      expect((await t.get('/fieldconfiguration?isDefault=true')).values).toHaveLength(1);
      await t.send('PUT', `${at}/fields`, {
        fieldConfigurationItems: [
          { id: 'environment', isHidden: true },
          { id: 'description', isRequired: true, description: 'Say all', renderer: 'text-renderer' },
        ],
      });
      await t.refused(400, 'PUT', `${at}/fields`, { fieldConfigurationItems: [{ id: 'nothing' }] });
      await t.refused(400, 'PUT', `${at}/fields`, {
        fieldConfigurationItems: [{ id: 'summary', isHidden: true }],
      });
      const items: Body[] = (await t.get(`${at}/fields?maxResults=100`)).values;
      expect(items.find((one) => one.id === 'environment')).toMatchObject({ isHidden: true });
      expect(items.find((one) => one.id === 'description')).toEqual({
        id: 'description',
        description: 'Say all',
        isHidden: false,
        isRequired: true,
        renderer: 'text-renderer',
      });
      await t.send('DELETE', at);
      await t.refused(404, 'DELETE', at);
    },
  },
  {
    says: 'a field configuration scheme gives kinds of issue their configurations in projects',
    async tell(t) {
      const bug = await typeId(t, 'Bug');
      const made = await t.send('POST', '/fieldconfiguration', { name: 'For bugs' });
      const fieldConfigurationId = String(made.id);
      const { id } = await t.send('POST', '/fieldconfigurationscheme', { name: 'Engineering' });
      const at = `/fieldconfigurationscheme/${id}`;
      await t.refused(400, 'POST', '/fieldconfigurationscheme', { name: 'Engineering' });
      await t.send('PUT', at, { name: 'Engineers', description: 'Theirs' });
      await t.send('PUT', `${at}/mapping`, { mappings: [{ issueTypeId: bug, fieldConfigurationId }] });
      await t.refused(400, 'DELETE', `/fieldconfiguration/${fieldConfigurationId}`);
      expect((await t.get(`/fieldconfigurationscheme/mapping?fieldConfigurationSchemeId=${id}`)).total).toBe(
        2,
      );
      expect((await t.get(`/fieldconfigurationscheme?id=${id}`)).values).toEqual([
        { id, name: 'Engineers', description: 'Theirs' },
      ]);
      await t.refused(400, 'PUT', '/fieldconfigurationscheme/project', {
        fieldConfigurationSchemeId: id,
        projectId: OPS,
      });
      await t.send('PUT', '/fieldconfigurationscheme/project', {
        fieldConfigurationSchemeId: id,
        projectId: ENG,
      });
      const of = (await t.get('/fieldconfigurationscheme/project')).values;
      expect(of[0]).not.toHaveProperty('fieldConfigurationScheme');
      expect(of[1]).toMatchObject({ fieldConfigurationScheme: { id }, projectIds: [ENG] });
      await t.refused(400, 'DELETE', at);
      await t.send('PUT', '/fieldconfigurationscheme/project', { projectId: ENG });
      await t.send('POST', `${at}/mapping/delete`, { issueTypeIds: [bug] });
      await t.send('DELETE', at);
    },
  },
];
