/** Field schemes, and fields of projects. */
import { expect } from 'vitest';
import { contextOf, newField } from './fields.ts';
import type { Story } from './teller.ts';

const ENG = 10_000;
const OPS = 10_001;

export const fieldSchemeStories: readonly Story[] = [
  {
    says: 'a field scheme is made, copied, given to projects and deleted',
    async tell(t) {
      const { id } = await t.send('POST', '/config/fieldschemes', { name: 'Lean', description: 'Little' });
      const at = `/config/fieldschemes/${id}`;
      await t.refused(400, 'POST', '/config/fieldschemes', { name: 'LEAN' });
      await t.send('PUT', at, { name: 'Very lean' });
      expect(await t.get(at)).toMatchObject({ id: String(id), name: 'Very lean', isDefault: false });
      const copy = await t.send('POST', `${at}/clone`, { name: 'Copy' });
      const results = await t.send('PUT', '/config/fieldschemes/projects', { [id]: { projectIds: [ENG] } });
      expect(results).toEqual({ results: [{ projectId: ENG, schemeId: id, success: true }] });
      await t.refused(400, 'PUT', '/config/fieldschemes/projects', { [id]: { projectIds: [OPS] } });
      const of = (await t.get(`/config/fieldschemes/projects?projectId=${ENG}`)).values;
      expect(of).toEqual([{ projectId: ENG, schemeId: id }]);
      expect((await t.get(`${at}/projects`)).values).toMatchObject([{ key: 'ENG', deleted: false }]);
      const [found] = (await t.get(`/config/fieldschemes?projectId=${ENG}&query=very`)).values;
      expect(found).toMatchObject({ id, matchedFilters: { projectIds: [ENG], query: 'very' } });
      await t.refused(409, 'DELETE', at);
      await t.refused(400, 'DELETE', '/config/fieldschemes/10000');
      await t.send('DELETE', `/config/fieldschemes/${copy.id}`);
      await t.refused(404, 'GET', `/config/fieldschemes/${copy.id}`);
    },
  },
  {
    says: 'fields are put into schemes and described there',
    async tell(t) {
      const field = await newField(t, 'textfield', 'Customer');
      expect(await contextOf(t, field)).toMatch(/^\d+$/);
      const { id } = await t.send('POST', '/config/fieldschemes', { name: 'Lean' });
      const at = `/config/fieldschemes/${id}/fields`;
      const { body } = await t.site.call('GET', '/rest/api/3/issuetype');
      const type = Number((body as { id: string }[])[0]?.id);
      await t.send('PUT', '/config/fieldschemes/fields', {
        [field]: [{ schemeIds: [id], restrictedToWorkTypes: [type] }],
      });
      const some = await t.send('PUT', '/config/fieldschemes/fields', {
        duedate: [{ schemeIds: [id, 99] }],
      });
      expect(some.results[1]).toMatchObject({ success: false, error: "Scheme 99 doesn't exist" });
      await t.send('PUT', '/config/fieldschemes/fields/parameters', {
        [field]: [
          {
            schemeIds: [id],
            parameters: { description: 'Who asks', isRequired: true },
            workTypeParameters: [{ workTypeId: type, isRequired: false }],
          },
        ],
      });
      expect((await t.get(`${at}?fieldId=${field}`)).values).toMatchObject([
        { fieldId: field, parameters: { isRequired: true }, restrictedToWorkTypes: [String(type)] },
      ]);
      expect(await t.get(`${at}/${field}/parameters`)).toMatchObject({
        workTypeParameters: [{ workTypeId: type, isRequired: false, description: 'Who asks' }],
      });
      await t.send('DELETE', '/config/fieldschemes/fields/parameters', {
        [field]: [{ schemeId: id, workTypeIds: [type], parameters: ['isRequired'] }],
      });
      await t.refused(400, 'DELETE', '/config/fieldschemes/fields', { summary: { schemeIds: [id] } });
      await t.send('DELETE', '/config/fieldschemes/fields', { [field]: { schemeIds: [id] } });
      await t.refused(404, 'GET', `${at}/${field}/parameters`);
    },
  },
  {
    says: 'fields are associated with projects',
    async tell(t) {
      const field = await newField(t, 'float', 'Weight');
      const body = {
        associationContexts: [{ type: 'PROJECT_ID', identifier: OPS }],
        fields: [{ type: 'FIELD_ID', identifier: field }],
      };
      await t.refused(404, 'PUT', '/field/association', {
        ...body,
        fields: [{ type: 'FIELD_ID', identifier: 'customfield_99999' }],
      });
      await t.send('PUT', '/field/association', body);
      expect((await t.get(`/field/${field}/association/project`)).values).toContainEqual({
        projectId: '10001',
      });
      await t.send('DELETE', '/field/association', body);
    },
  },
];
