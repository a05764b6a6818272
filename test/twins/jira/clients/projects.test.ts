import type { Version3Client } from 'jira.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServedSite, serveSite } from './served.ts';

describe('jira.js as a client of projects and what decides about them', () => {
  let served: ServedSite;
  let v3: Version3Client;
  let leadAccountId: string;
  beforeAll(async () => {
    served = await serveSite();
    v3 = served.v3;
    leadAccountId = (await v3.myself.getCurrentUser()).accountId ?? '';
  });
  afterAll(() => served.close());

  it('makes a project, files it under a category, finds it, and deletes it by a task', async () => {
    const category = await v3.projectCategories.createProjectCategory({ name: 'Labs', description: '' });
    const made = await v3.projects.createProject({
      key: 'LAB',
      name: 'Laboratory',
      leadAccountId,
      projectTypeKey: 'software',
      projectTemplateKey: 'com.pyxis.greenhopper.jira:gh-simplified-scrum-classic',
      categoryId: Number(category.id),
    } as never);
    expect(made.key).toBe('LAB');
    const page = await v3.projects.searchProjects({ query: 'labor', expand: 'insight,lead' } as never);
    expect(page.values).toMatchObject([{ key: 'LAB', projectCategory: { name: 'Labs' } }]);
    const project = await v3.projects.getProject({ projectIdOrKey: 'LAB' });
    expect(project.issueTypes?.map((one) => one.name)).toContain('Story');
    const statuses = await v3.projects.getAllStatuses({ projectIdOrKey: 'LAB' });
    expect(statuses[0]?.statuses.map((one) => one.name)).toEqual(['To Do', 'In Progress', 'Done']);
    await v3.projects.deleteProjectAsynchronously({ projectIdOrKey: 'LAB' });
    await served.site.universe.advance(served.site.universe.now() + 60_000);
    await expect(v3.projects.getProject({ projectIdOrKey: 'LAB' })).rejects.toMatchObject({ status: 404 });
  });

  it('gets the vendor’s words for a key that is taken', async () => {
    const taken = v3.projects.createProject({ key: 'ENG', name: 'Other', leadAccountId } as never);
    await expect(taken).rejects.toMatchObject({
      status: 400,
      response: { data: { errors: { projectKey: "Project 'Engineering' uses this project key." } } },
    });
  });

  it('plans a version, releases it, and hands components around', async () => {
    const { id: projectId } = await v3.projects.getProject({ projectIdOrKey: 'ENG' });
    const version = await v3.projectVersions.createVersion({
      projectId: Number(projectId),
      name: '1.0',
      releaseDate: '2026-06-01',
    } as never);
    const id = String(version.id);
    await served.site.issue({ fixVersions: [{ id }] });
    expect(await v3.projectVersions.getVersionUnresolvedIssues({ id })).toMatchObject({
      issuesUnresolvedCount: 1,
    });
    const released = await v3.projectVersions.updateVersion({ id, released: true } as never);
    expect(released.released).toBe(true);
    const component = await v3.projectComponents.createComponent({
      project: 'ENG',
      name: 'Engine',
      leadAccountId,
      assigneeType: 'COMPONENT_LEAD',
    } as never);
    expect(component.realAssignee?.accountId).toBe(leadAccountId);
    const list = await v3.projectComponents.getProjectComponents({ projectIdOrKey: 'ENG' });
    expect(list.map((one) => one.name)).toContain('Engine');
  });

  it('arranges types, priorities, resolutions and mails by schemes', async () => {
    const type = await v3.issueTypes.createIssueType({ name: 'Spike', type: 'standard' } as never);
    const scheme = await v3.issueTypeSchemes.createIssueTypeScheme({
      name: 'Spikes',
      issueTypeIds: [String(type.id)],
    } as never);
    const all = await v3.issueTypeSchemes.getAllIssueTypeSchemes({ queryString: 'spikes' } as never);
    expect(all.values?.map((one) => one.id)).toEqual([scheme.issueTypeSchemeId]);
    const { id } = await v3.issuePriorities.createPriority({
      name: 'Panic',
      statusColor: '#ff0000',
      iconUrl: '/images/icons/priorities/blocker.png',
    } as never);
    expect((await v3.issuePriorities.getPriority({ id })).name).toBe('Panic');
    const found = await v3.issuePriorities.searchPriorities({ priorityName: 'pan' } as never);
    expect(found.values).toMatchObject([{ id }]);
    const resolution = await v3.issueResolutions.createResolution({ name: 'Moot' } as never);
    expect((await v3.issueResolutions.getResolution({ id: resolution.id })).name).toBe('Moot');
    const link = await v3.issueLinkTypes.createIssueLinkType({
      name: 'Follow',
      inward: 'is followed by',
      outward: 'follows',
    });
    expect((await v3.issueLinkTypes.getIssueLinkTypes()).issueLinkTypes).toContainEqual(
      expect.objectContaining({ id: link.id }),
    );
    const mails = await v3.issueNotificationSchemes.getNotificationSchemes({ expand: 'all' } as never);
    expect(mails.values?.[0]?.notificationSchemeEvents).not.toEqual([]);
  });

  it('lists pictures to choose from', async () => {
    const { system = [] } = await v3.projectAvatars.getAllProjectAvatars({ projectIdOrKey: 'ENG' });
    await v3.projectAvatars.updateProjectAvatar({
      projectIdOrKey: 'ENG',
      id: String(system[1]?.id),
    } as never);
    const { avatarUrls } = await v3.projects.getProject({ projectIdOrKey: 'ENG' });
    expect(JSON.stringify(avatarUrls)).toContain(String(system[1]?.id));
  });
});
