import { expect, it } from 'vitest';
import { openSite } from './site.ts';

const KIND = 'com.atlassian.jira.plugin.system.customfieldtypes:';

it('counts and swaps a version that goes in version pickers too', async () => {
  const site = await openSite();
  const { id: field } = (
    await site.call('POST', '/rest/api/3/field', { name: 'Seen in', type: `${KIND}multiversion` })
  ).body as { id: string };
  await site.call('POST', `/rest/api/3/screens/addToDefault/${field}`);
  const made = async (name: string) =>
    String((await site.call('POST', '/rest/api/3/version', { project: 'ENG', name })).get('id'));
  const [one, two] = [await made('1'), await made('2')];
  const key = await site.issue({ [field]: [{ id: one }] });
  const counts = await site.call('GET', `/rest/api/3/version/${one}/relatedIssueCounts`);
  expect(counts.get('customFieldUsage')).toMatchObject([
    { fieldName: 'Seen in', issueCountWithVersionInCustomField: 1 },
  ]);
  const customFieldId = Number(field.slice('customfield_'.length));
  await site.call('POST', `/rest/api/3/version/${one}/removeAndSwap`, {
    customFieldReplacementList: [{ customFieldId, moveTo: Number(two) }],
  });
  expect((await site.call('GET', `/rest/api/3/issue/${key}`)).get(`fields.${field}.*.name`)).toEqual(['2']);
});
