import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BEN, CY } from '../site.ts';
import { type ServedSite, serveSite } from './served.ts';

describe('the client jira.js, for people and what they may do', () => {
  let served: ServedSite;
  let v3: ServedSite['v3'];
  let ben: string;
  beforeAll(async () => {
    served = await serveSite();
    v3 = served.v3;
    [{ accountId: ben }] = (await v3.userSearch.findUsers({ query: BEN })) as [{ accountId: string }];
  });
  afterAll(() => served.close());

  it('makes a group, fills it, pages through it and deletes it', async () => {
    const group = await v3.groups.createGroup({ name: 'testers' });
    const groupId = group.groupId as string;
    await v3.groups.addUserToGroup({ groupId, accountId: ben });
    const page = await v3.groups.getUsersFromGroup({ groupId, maxResults: 1 });
    expect([page.total, page.isLast, page.values?.[0]?.displayName]).toEqual([1, true, 'Ben Carver']);
    const mine = await v3.users.getUserGroups({ accountId: ben });
    expect(mine.map((one) => one.name)).toEqual(['jira-users-acme', 'testers']);
    const picked = await v3.groupAndUserPicker.findUsersAndGroups({ query: 'test' });
    expect(picked.groups?.groups?.[0]?.name).toBe('testers');
    await v3.groups.removeUserFromGroup({ groupId, accountId: ben });
    await v3.groups.removeGroup({ groupId });
    await expect(v3.groups.getUsersFromGroup({ groupId })).rejects.toMatchObject({ status: 404 });
  });

  it('invites a person, gives them a role in a project, and takes them away', async () => {
    const { accountId = '' } = (await v3.users.createUser({
      emailAddress: 'new@acme.example',
      products: ['jira-software'],
    } as never)) as { accountId?: string };
    const role = await v3.projectRoles.createProjectRole({ name: 'Testers', description: 'They test' });
    const id = role.id as number;
    await v3.projectRoleActors.addActorUsers({ projectIdOrKey: 'ENG', id, user: [accountId] });
    const { actors } = await v3.projectRoles.getProjectRole({ projectIdOrKey: 'ENG', id });
    expect(actors?.map((one) => one.actorUser?.accountId)).toEqual([accountId]);
    await v3.users.removeUser({ accountId });
    expect((await v3.projectRoles.getProjectRole({ projectIdOrKey: 'ENG', id })).actors).toEqual([]);
    await v3.projectRoles.deleteProjectRole({ id });
  });

  it('shuts a project by a permission scheme, and is told who may still do what', async () => {
    const scheme = await v3.permissionSchemes.createPermissionScheme({
      name: 'Shut',
      permissions: [{ permission: 'BROWSE_PROJECTS', holder: { type: 'user', parameter: ben } }],
    } as never);
    await v3.projectPermissionSchemes.assignPermissionScheme({
      projectKeyOrId: 'ENG',
      id: scheme.id as number,
    });
    const mine = await v3.permissions.getMyPermissions({ projectKey: 'ENG', permissions: 'BROWSE_PROJECTS' });
    expect(mine.permissions).toMatchObject({ BROWSE_PROJECTS: { havePermission: false } });
    await expect(v3.issues.getIssue({ issueIdOrKey: 'ENG-1' })).rejects.toMatchObject({ status: 404 });
    const seeing = await v3.userSearch.findUsersWithBrowsePermission({ query: '', projectKey: 'ENG' });
    expect(seeing.map((one) => one.displayName)).toEqual(['Ben Carver']);
    const theirs = await v3.permissions.getBulkPermissions({
      accountId: ben,
      projectPermissions: [{ permissions: ['BROWSE_PROJECTS', 'EDIT_ISSUES'], projects: [10000] }],
    } as never);
    expect(theirs.projectPermissions?.map((one) => one.projects)).toEqual([[10000], []]);
    await v3.permissionSchemes.deletePermissionScheme({ schemeId: scheme.id as number });
    expect((await v3.issues.getIssue({ issueIdOrKey: 'ENG-1' })).key).toBe('ENG-1');
  });

  it('keeps an issue to a few by a security level', async () => {
    const { id: schemeId } = await v3.issueSecuritySchemes.createIssueSecurityScheme({
      name: 'Few',
      levels: [{ name: 'Ben only', members: [{ type: 'user', parameter: ben }] }],
    } as never);
    const levels = await v3.issueSecuritySchemes.getSecurityLevels({ schemeId: [schemeId] } as never);
    const [level] = levels.values as { id: string }[];
    await v3.issueSecuritySchemes.associateSchemesToProjects({ projectId: '10000', schemeId } as never);
    const { site } = served;
    await site.universe.advance(site.universe.now() + 1_000);
    await v3.issues.editIssue({ issueIdOrKey: 'ENG-2', fields: { security: { id: level?.id } } });
    await expect(v3.issues.getIssue({ issueIdOrKey: 'ENG-2' })).rejects.toMatchObject({ status: 404 });
    const { issues } = await v3.issueSearch.searchForIssuesUsingJqlEnhancedSearch({ jql: 'project = ENG' });
    expect(issues?.map((one) => one.id)).not.toContain('10001');
    const read = await site.callAs(site.basicFor(BEN), 'GET', '/rest/api/3/issue/ENG-2?fields=security');
    expect(read.get('fields.security.name')).toBe('Ben only');
  });

  it('keeps what is one’s own: preferences, columns, properties', async () => {
    expect(await v3.myself.getPreference({ key: 'user.notifications.mimetype' })).toBe('html');
    const me = await v3.myself.getCurrentUser({ expand: 'groups' });
    expect(me.groups?.items?.map((one) => one.name)).toContain('site-admins');
    await v3.userProperties.setUserProperty({
      accountId: ben,
      propertyKey: 'desk',
      propertyValue: { floor: 3 },
    } as never);
    expect((await v3.userProperties.getUserPropertyKeys({ accountId: ben })).keys?.[0]?.key).toBe('desk');
    const found = await v3.userSearch.findUsersByQuery({ query: 'is assignee of ENG' } as never);
    expect((found.values as { emailAddress?: string }[]).map((one) => one.emailAddress)).toContain(CY);
  });
});
