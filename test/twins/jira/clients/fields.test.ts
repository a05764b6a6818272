import type { Version3Client } from 'jira.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServedSite, serveSite } from './served.ts';

const KIND = 'com.atlassian.jira.plugin.system.customfieldtypes:';
const ENG = '10000';

describe('jira.js as a client of fields and screens', () => {
  let served: ServedSite;
  let v3: Version3Client;
  beforeAll(async () => {
    served = await serveSite();
    v3 = served.v3;
  });
  afterAll(() => served.close());

  /** A new field on the default screen. */
  async function field(kind: string, name: string): Promise<string> {
    const { id = '' } = await v3.issueFields.createCustomField({
      name,
      type: KIND + kind,
      searcherKey: undefined,
    } as never);
    await v3.screens.addFieldToDefaultScreen({ fieldId: id });
    return id;
  }

  it('sets up a field with choices and a default, and files an issue that has it', async () => {
    const fieldId = await field('select', 'Severity');
    const { values = [] } = await v3.issueCustomFieldContexts.getContextsForField({ fieldId });
    const contextId = Number(values[0]?.id);
    const { options = [] } = await v3.issueCustomFieldOptions.createCustomFieldOption({
      fieldId,
      contextId,
      options: [{ value: 'Low' }, { value: 'High' }],
    } as never);
    await v3.issueCustomFieldContexts.setDefaultValues({
      fieldId,
      defaultValues: [{ contextId: String(contextId), type: 'option.single', optionId: options[0]?.id }],
    } as never);
    await v3.issueCustomFieldOptions.reorderCustomFieldOptions({
      fieldId,
      contextId,
      customFieldOptionIds: [String(options[1]?.id)],
      position: 'First',
    });
    const listed = await v3.issueCustomFieldOptions.getOptionsForContext({ fieldId, contextId });
    expect(listed.values?.map((one) => one.value)).toEqual(['High', 'Low']);
    const issue = await v3.issues.getIssue({ issueIdOrKey: await served.site.issue({}) });
    expect(issue.fields[fieldId]).toMatchObject({ value: 'Low' });
    const found = await v3.issueFields.getFieldsPaginated({
      query: 'sever',
      expand: 'screensCount',
    } as never);
    expect(found.values).toMatchObject([{ id: fieldId, screensCount: 1 }]);
  });

  it('gives a project screens of its own, and takes a field from its issues', async () => {
    const fieldId = await field('textfield', 'Customer');
    const screen = await v3.screens.createScreen({ name: 'Small', description: 'Summary only' });
    const [tab] = await v3.screenTabs.getAllScreenTabs({ screenId: Number(screen.id) });
    const at = { screenId: Number(screen.id), tabId: Number(tab?.id) };
    await v3.screenTabFields.addScreenTabField({ ...at, fieldId: 'summary' });
    const scheme = await v3.screenSchemes.createScreenScheme({
      name: 'Small',
      screens: { default: Number(screen.id) },
    } as never);
    const types = await v3.issueTypeScreenSchemes.createIssueTypeScreenScheme({
      name: 'Small',
      issueTypeMappings: [{ issueTypeId: 'default', screenSchemeId: String(scheme.id) }],
    });
    await v3.issueTypeScreenSchemes.assignIssueTypeScreenSchemeToProject({
      issueTypeScreenSchemeId: types.id,
      projectId: ENG,
    });
    const filed = v3.issues.createIssue({
      fields: {
        project: { key: 'ENG' },
        issuetype: { name: 'Task' },
        summary: 'x',
        [fieldId]: 'Acme',
      } as never,
    });
    await expect(filed).rejects.toThrow('400');
    const of = await v3.issueTypeScreenSchemes.getIssueTypeScreenSchemeProjectAssociations({
      projectId: [Number(ENG)],
    });
    expect(of.values).toMatchObject([{ projectIds: [ENG] }]);
    await v3.issueTypeScreenSchemes.assignIssueTypeScreenSchemeToProject({
      issueTypeScreenSchemeId: '1',
      projectId: ENG,
    });
  });

  it('makes a field required by a field configuration', async () => {
    const made = await v3.issueFieldConfigurations.createFieldConfiguration({ name: 'Strict' });
    const id = Number(made.id);
    await v3.issueFieldConfigurations.updateFieldConfigurationItems({
      id,
      fieldConfigurationItems: [{ id: 'duedate', isRequired: true }],
    });
    const scheme = await v3.issueFieldConfigurations.createFieldConfigurationScheme({ name: 'Strict' });
    await v3.issueFieldConfigurations.setFieldConfigurationSchemeMapping({
      id: Number(scheme.id),
      mappings: [{ issueTypeId: 'default', fieldConfigurationId: String(id) }],
    });
    await v3.issueFieldConfigurations.assignFieldConfigurationSchemeToProject({
      fieldConfigurationSchemeId: scheme.id,
      projectId: ENG,
    });
    await expect(served.site.issue({})).rejects.toThrow('Due date is required.');
    await v3.issueFieldConfigurations.assignFieldConfigurationSchemeToProject({ projectId: ENG } as never);
    await expect(served.site.issue({})).resolves.toMatch(/^ENG-/);
  });

  it('throws a field into the trash, takes it out, and deletes it as a task', async () => {
    const id = await field('float', 'Weight');
    await v3.issueFields.trashCustomField({ id });
    expect((await v3.issueFields.getTrashedFieldsPaginated()).values).toMatchObject([{ id }]);
    await v3.issueFields.restoreCustomField({ id });
    await v3.issueFields.deleteCustomField({ id });
    await served.site.universe.advance(served.site.universe.now() + 1_000);
    expect((await v3.issueFields.getFields()).map((one) => one.id)).not.toContain(id);
  });
});
