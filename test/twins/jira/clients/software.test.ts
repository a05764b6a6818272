import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServedSite, serveSite } from './served.ts';

describe('jira.js as a client of Jira Software', () => {
  let served: ServedSite;
  beforeAll(async () => {
    served = await serveSite();
  });
  afterAll(() => served.close());

  const settle = () => served.site.universe.advance(served.site.universe.now() + 1_000);
  const lastUpdated = '2026-03-02T09:00:00Z';
  const url = 'https://ci.example/1';

  it('makes a board of a filter and reads what is on it', async () => {
    const { agile, v3 } = served;
    const filter = await v3.filters.createFilter({ name: 'Engineering', jql: 'project = ENG' });
    const made = await agile.board.createBoard({
      name: 'Team',
      type: 'scrum',
      filterId: Number(filter.id),
      location: { type: 'project', projectKeyOrId: 'ENG' },
    });
    const { values } = await agile.board.getAllBoards({ type: 'scrum', name: 'team' });
    expect(values.map(({ id }) => id)).toEqual([made.id]);
    const configuration = await agile.board.getConfiguration({ boardId: made.id as number });
    expect(configuration.columnConfig?.columns?.map(({ name }) => name)).toEqual([
      'To Do',
      'In Progress',
      'Done',
    ]);
    const { issues } = await agile.board.getIssuesForBoard({ boardId: made.id as number });
    expect(issues.map(({ key }) => key)).toEqual(['ENG-2', 'ENG-3']);
    await agile.board.deleteBoard({ boardId: made.id as number });
    await expect(agile.board.getBoard({ boardId: made.id as number })).rejects.toMatchObject({ status: 404 });
  });

  it('plans, runs and closes a sprint', async () => {
    const { agile } = served;
    const { id } = await agile.sprint.createSprint({ name: 'March', originBoardId: 1, goal: 'Ship' });
    const sprintId = id as number;
    await agile.sprint.moveIssuesToSprintAndRank({ sprintId, issues: ['ENG-2'] });
    await expect(agile.sprint.partiallyUpdateSprint({ sprintId, state: 'active' })).rejects.toMatchObject({
      status: 400,
    });
    const dates = { startDate: '2026-03-02T09:00:00.000Z', endDate: '2026-03-16T09:00:00.000Z' };
    await agile.sprint.partiallyUpdateSprint({ sprintId, state: 'active', ...dates });
    const running = await agile.board.getAllSprints({ boardId: 1, state: 'active' });
    expect(running.values?.map(({ name }) => name)).toEqual(['March']);
    await agile.sprint.partiallyUpdateSprint({ sprintId, state: 'closed' });
    expect(await agile.sprint.getSprint({ sprintId })).toMatchObject({ state: 'closed' });
    const backlog = await agile.board.getIssuesForBacklog({ boardId: 1 });
    expect(backlog.issues.map(({ key }) => key)).toEqual(['ENG-2']);
  });

  it('works with epics, ranks and estimates', async () => {
    const { agile } = served;
    await agile.epic.moveIssuesToEpic({ epicIdOrKey: 'ENG-1', issues: ['ENG-2'] });
    expect(await agile.epic.getIssuesForEpic({ epicIdOrKey: 'ENG-1' })).toMatchObject({ total: 1 });
    await agile.epic.partiallyUpdateEpic({ epicIdOrKey: 'ENG-1', name: 'Billing' });
    expect((await agile.board.getEpics({ boardId: 1 })).values).toMatchObject([{ name: 'Billing' }]);
    await agile.issue.rankIssues({ issues: ['ENG-3'], rankBeforeIssue: 'ENG-2' });
    await agile.issue.estimateIssueForBoard({ issueIdOrKey: 'ENG-2', boardId: 1, value: '8' });
    const estimate = await agile.issue.getIssueEstimationForBoard({ issueIdOrKey: 'ENG-2', boardId: 1 });
    expect(estimate).toEqual({ fieldId: 'customfield_10026', value: '8.0' });
    await agile.backlog.moveIssuesToBacklog({ issues: ['ENG-2'] });
  });

  it('tells of builds, deployments, flags and repositories, and reads them again', async () => {
    const { agile } = served;
    const about = { updateSequenceNumber: 1, displayName: 'One', url, lastUpdated };
    const build = { ...about, pipelineId: 'p', buildNumber: 1, state: 'successful', issueKeys: ['ENG-2'] };
    const submitted = await agile.builds.submitBuilds({ builds: [build] });
    expect(submitted.acceptedBuilds).toEqual([{ pipelineId: 'p', buildNumber: 1 }]);
    await agile.deployments.submitDeployments({
      deployments: [
        {
          ...about,
          deploymentSequenceNumber: 1,
          description: 'All',
          state: 'successful',
          associations: [{ associationType: 'issueIdOrKeys', values: ['ENG-2'] }],
          pipeline: { id: 'p', displayName: 'P', url },
          environment: { id: 'e', displayName: 'E', type: 'production' },
        },
      ],
    });
    const status = { enabled: true };
    const details = [{ url, lastUpdated, environment: { name: 'prod' }, status }];
    const flag = { id: 'f', key: 'dark', updateSequenceId: 1, issueKeys: ['ENG-2'], details };
    await agile.featureFlags.submitFeatureFlags({ flags: [{ ...flag, summary: { status, lastUpdated } }] });
    await agile.developmentInformation.storeDevelopmentInformation({
      repositories: [{ id: 'r', name: 'exports', url, updateSequenceId: 1 }],
    });
    await settle();
    expect((await agile.builds.getBuildByKey({ pipelineId: 'p', buildNumber: 1 })).state).toBe('successful');
    const key = { pipelineId: 'p', environmentId: 'e', deploymentSequenceNumber: 1 };
    expect((await agile.deployments.getDeploymentByKey(key)).state).toBe('successful');
    expect((await agile.featureFlags.getFeatureFlagById({ featureFlagId: 'f' })).key).toBe('dark');
    const repository = await agile.developmentInformation.getRepository({ repositoryId: 'r' });
    expect(repository.name).toBe('exports');
    await agile.builds.deleteBuildByKey({ pipelineId: 'p', buildNumber: 1 });
    await settle();
    const gone = agile.builds.getBuildByKey({ pipelineId: 'p', buildNumber: 1 });
    await expect(gone).rejects.toMatchObject({ status: 404 });
  });

  it('tells of links, vulnerabilities and incidents, and connects workspaces', async () => {
    const { agile } = served;
    const told = { schemaVersion: '1.0', updateSequenceNumber: 1, description: 'Text', url, lastUpdated };
    const links = await agile.remoteLinks.submitRemoteLinks({
      remoteLinks: [
        {
          id: 'r',
          updateSequenceNumber: 1,
          displayName: 'Alert',
          url,
          type: 'alert',
          lastUpdated,
          associations: [{ associationType: 'issueKeys', values: ['ENG-2'] }],
        },
      ],
    } as never);
    expect(links.acceptedRemoteLinks).toEqual(['r']);
    const vulnerability = {
      ...told,
      id: 'v',
      containerId: 'c',
      displayName: 'Old',
      type: 'sca',
      introducedDate: lastUpdated,
      severity: { level: 'high' },
      status: 'open',
    };
    await agile.securityInformation.submitVulnerabilities({ vulnerabilities: [vulnerability] } as never);
    const incident = {
      ...told,
      id: 'i',
      affectedComponents: ['c'],
      summary: 'Down',
      createdDate: lastUpdated,
      status: 'open',
    };
    await agile.operations.submitEntity({ incidents: [incident] } as never);
    await agile.operations.submitOperationsWorkspaces({ workspaceIds: ['w'] } as never);
    await settle();
    const found = await agile.securityInformation.getVulnerabilityById({ vulnerabilityId: 'v' });
    expect(found).toMatchObject({ id: 'v', status: 'open' });
    expect((await agile.operations.getIncidentById({ incidentId: 'i' })).summary).toBe('Down');
    expect(await agile.operations.getWorkspaces({} as never)).toEqual({ workspaceIds: ['w'] });
  });
});
