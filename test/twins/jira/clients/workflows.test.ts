import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServedSite, serveSite } from './served.ts';

/** Its types have no answer here. */
interface Made {
  statuses: { id: string; name: string }[];
  workflows: { id: string }[];
}

describe('jira.js as an administrator of workflows', () => {
  let served: ServedSite;
  beforeAll(async () => {
    served = await serveSite();
  });
  afterAll(() => served.close());

  const later = () => served.site.universe.advance(served.site.universe.now() + 600_000);

  it('makes a status, finds it by name and deletes it', async () => {
    const { status } = served.v3;
    const [made] = await status.createStatuses({
      scope: { type: 'GLOBAL' },
      statuses: [{ name: 'Parked', statusCategory: 'TODO' }],
    });
    const id = made?.id as string;
    await status.updateStatuses({ statuses: [{ id, name: 'Shelved', statusCategory: 'TODO' }] });
    const found = await status.getStatusesByName({ name: ['Shelved'] });
    expect(found.map((one) => one.id)).toEqual([id]);
    const { workflows } = await status.getWorkflowUsagesForStatus({ statusId: id });
    expect(workflows?.values).toEqual([]);
    await status.deleteStatusesById({ id: [id] });
    await expect(status.getStatusesById({ id: [id] })).rejects.toMatchObject({ status: 400 });
  });

  it('draws a workflow, gives it to a project and sees its issues move along', async () => {
    const { workflows, workflowSchemes, workflowSchemeProjectAssociations, issues, projects } = served.v3;
    const made: Made = (await workflows.createWorkflows({
      scope: { type: 'GLOBAL' },
      statuses: [
        { name: 'Asked', statusCategory: 'TODO', statusReference: 'asked' },
        { name: 'Answered', statusCategory: 'DONE', statusReference: 'answered' },
      ],
      workflows: [
        {
          name: 'Questions',
          statuses: ['asked', 'answered'].map((statusReference) => ({ statusReference, properties: {} })),
          transitions: [
            { id: '1', type: 'INITIAL', name: 'Create', toStatusReference: 'asked' },
            {
              id: '11',
              type: 'GLOBAL',
              name: 'Answer',
              toStatusReference: 'answered',
              transitionScreen: { ruleKey: 'system:transition-screen', parameters: { screenId: '3' } },
            },
          ],
        },
      ],
    } as never)) as never;
    const idOf = (name: string) => made.statuses.find((one) => one.name === name)?.id as string;
    const project = await projects.getProject({ projectIdOrKey: 'ENG' });
    const scheme = await workflowSchemes.createWorkflowScheme({
      name: 'Questions',
      defaultWorkflow: 'Questions',
    });
    const schemeId = String(scheme.id);
    const now = await workflowSchemeProjectAssociations.getWorkflowSchemeProjectAssociations({
      projectId: [Number(project.id)],
    });
    expect(now.values[0]?.workflowScheme?.name).toBe('ENG: Software Simplified Workflow Scheme');
    const statuses = (await projects.getAllStatuses({ projectIdOrKey: 'ENG' })).flatMap(
      (one) => one.statuses,
    );
    const statusMappings = [...new Set(statuses.map(({ id }) => id as string))].map((oldStatusId) => ({
      oldStatusId,
      newStatusId: idOf('Asked'),
    }));
    await workflowSchemes.switchWorkflowSchemeForProject({
      projectId: project.id,
      targetSchemeId: schemeId,
      mappingsByIssueTypeOverride: project.issueTypes?.map(({ id }) => ({
        issueTypeId: id as string,
        statusMappings,
      })),
    } as never);
    await later();
    const { transitions } = await issues.getTransitions({
      issueIdOrKey: 'ENG-2',
      expand: 'transitions.fields',
    });
    expect(transitions?.map((one) => [one.name, one.hasScreen])).toEqual([['Answer', true]]);
    await issues.doTransition({
      issueIdOrKey: 'ENG-2',
      transition: { id: '11' },
      fields: { resolution: { name: 'Duplicate' } },
    });
    const { fields } = await issues.getIssue({ issueIdOrKey: 'ENG-2' });
    expect([fields.status.name, fields.resolution?.name]).toEqual(['Answered', 'Duplicate']);
    const found = await workflows.searchWorkflows({ queryString: 'questions', expand: 'values.transitions' });
    expect(found.values?.[0]?.transitions?.map(({ name }) => name)).toEqual(['Create', 'Answer']);
    const workflowId = made.workflows[0]?.id as string;
    const schemes = await workflows.getWorkflowSchemeUsagesForWorkflow({ workflowId });
    expect(schemes).toMatchObject({ workflowSchemes: { values: [{ id: schemeId }] } });
    const deleted = workflows.deleteInactiveWorkflow({ entityId: workflowId }, undefined as never);
    await expect(deleted).rejects.toMatchObject({
      status: 400,
    });
  });

  it('works on a draft and publishes it', async () => {
    const { workflowSchemes, workflowSchemeDrafts, workflowSchemeProjectAssociations, projects } = served.v3;
    const project = await projects.getProject({ projectIdOrKey: 'REV' });
    const { values } = await workflowSchemeProjectAssociations.getWorkflowSchemeProjectAssociations({
      projectId: [Number(project.id)],
    });
    const id = values[0]?.workflowScheme?.id as number;
    const draft = await workflowSchemeDrafts.createWorkflowSchemeDraftFromParent({ id });
    expect(draft.draft).toBe(true);
    await workflowSchemeDrafts.updateDraftDefaultWorkflow({
      id,
      workflow: 'jira',
      updateDraftIfNeeded: false,
    });
    const [type] = project.issueTypes ?? [];
    const [lists] = await projects.getAllStatuses({ projectIdOrKey: 'REV' });
    await workflowSchemeDrafts.publishDraftWorkflowScheme({
      id,
      statusMappings: lists?.statuses.map((one) => ({
        issueTypeId: type?.id as string,
        statusId: one.id as string,
        newStatusId: '1',
      })),
    } as never);
    await later();
    expect((await workflowSchemes.getWorkflowScheme({ id })).defaultWorkflow).toBe('jira');
    await expect(workflowSchemeDrafts.getWorkflowSchemeDraft({ id })).rejects.toMatchObject({ status: 404 });
  });
});
