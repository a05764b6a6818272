/** Roles, permission schemes, issue security. */
import { expect } from 'vitest';
import { BEN, CY } from '../site.ts';
import type { Body, Story, Teller } from './teller.ts';

const account = async (t: Teller, email: string): Promise<string> =>
  (await t.get(`/user/search?query=${email}`))[0].accountId;

/** Lets the task that an answer told of come to its end. */
async function ended(t: Teller, task: Body): Promise<void> {
  await t.site.universe.advance(t.site.universe.now() + 1_000);
  expect((await t.get(`/task/${task.id}`)).status).toBe('COMPLETE');
}

export const permissionStories: readonly Story[] = [
  {
    says: 'a role is made for all projects, filled in one, named by a scheme, and deleted for another',
    async tell(t) {
      const { id } = await t.send('POST', '/role', { name: 'Reviewers', description: 'They read' });
      await t.refused(409, 'POST', '/role', { name: 'reviewers' });
      await t.send('PUT', `/role/${id}`, { name: 'Readers', description: 'They read' });
      await t.send('POST', `/role/${id}`, { name: 'Reviewers' });
      const user = [await account(t, BEN)];
      await t.send('POST', `/role/${id}/actors`, { user });
      expect((await t.get(`/role/${id}/actors`)).actors[0].displayName).toBe('Ben Carver');
      expect((await t.get(`/role/${id}`)).actors).toHaveLength(1);
      await t.send('DELETE', `/role/${id}/actors?user=${user[0]}`);
      expect((await t.get('/project/ENG/role')).Reviewers).toMatch(/role\/\d+$/);
      await t.send('POST', `/project/ENG/role/${id}`, { user });
      await t.refused(400, 'POST', `/project/ENG/role/${id}`, { user });
      const group = ['jira-users-acme'];
      const set = await t.send('PUT', `/project/ENG/role/${id}`, {
        categorisedActors: { 'atlassian-user-role-actor': user, 'atlassian-group-role-actor': group },
      });
      expect(set.actors.map((one: Body) => one.displayName)).toEqual(['Ben Carver', 'jira-users-acme']);
      await t.send('DELETE', `/project/ENG/role/${id}?group=jira-users-acme`);
      expect((await t.get(`/project/ENG/role/${id}`)).actors).toHaveLength(1);
      expect((await t.get('/project/ENG/roledetails')).map((one: Body) => one.name)).toContain('Reviewers');
      expect((await t.get('/role')).map((one: Body) => one.id)).toContain(id);
      await t.refused(409, 'DELETE', `/role/${id}`);
      await t.send('DELETE', `/role/${id}?swap=10004`);
      await t.refused(404, 'GET', `/role/${id}`);
    },
  },
  {
    says: 'a permission scheme is made, granted in, given to a project, and deleted',
    async tell(t) {
      const holder = { type: 'group', parameter: 'jira-users-acme' };
      const made = await t.send('POST', '/permissionscheme', {
        name: 'Closed',
        permissions: [{ holder, permission: 'BROWSE_PROJECTS' }],
      });
      const scheme = `/permissionscheme/${made.id}`;
      expect(made.permissions[0].holder).toMatchObject({ parameter: 'jira-users-acme', type: 'group' });
      await t.refused(400, 'POST', '/permissionscheme', { name: 'closed' });
      const lead = { holder: { type: 'projectLead' }, permission: 'EDIT_ISSUES' };
      const grant = await t.send('POST', `${scheme}/permission`, lead);
      await t.refused(400, 'POST', `${scheme}/permission`, lead);
      expect((await t.get(`${scheme}/permission/${grant.id}`)).permission).toBe('EDIT_ISSUES');
      expect((await t.get(`${scheme}/permission?expand=all`)).permissions).toHaveLength(2);
      await t.send('DELETE', `${scheme}/permission/${grant.id}`);
      await t.refused(404, 'GET', `${scheme}/permission/${grant.id}`);
      await t.send('PUT', scheme, { name: 'Closed off', permissions: [lead] });
      expect((await t.get(`${scheme}?expand=permissions`)).permissions).toHaveLength(1);
      expect((await t.get('/permissionscheme')).permissionSchemes.map((one: Body) => one.id)).toContain(
        made.id,
      );
      await t.send('PUT', '/project/ENG/permissionscheme', { id: made.id });
      expect((await t.get('/project/ENG/permissionscheme')).name).toBe('Closed off');
      expect(
        (await t.get('/mypermissions?permissions=EDIT_ISSUES&projectKey=ENG')).permissions.EDIT_ISSUES,
      ).toMatchObject({
        havePermission: false,
      });
      expect(Object.keys((await t.get('/permissions')).permissions).length).toBeGreaterThan(40);
      const checked = await t.ask('POST', '/permissions/check', {
        globalPermissions: ['ADMINISTER'],
        projectPermissions: [{ permissions: ['EDIT_ISSUES'], projects: [10000, 10001] }],
      });
      expect(checked.projectPermissions[0].projects).toEqual([10001]);
      const permitted = await t.ask('POST', '/permissions/project', { permissions: ['EDIT_ISSUES'] });
      expect(permitted.projects.map((one: Body) => one.key)).toEqual(['OPS', 'REV']);
      await t.send('DELETE', scheme);
      expect((await t.get('/project/ENG/permissionscheme')).id).toBe(0);
      await t.refused(403, 'DELETE', '/permissionscheme/0');
    },
  },
  {
    says: 'a scheme of levels hides issues from all but their members, until the levels go',
    async tell(t) {
      const accountId = await account(t, CY);
      const { id } = await t.send('POST', '/issuesecurityschemes', {
        name: 'Secrets',
        levels: [{ name: 'Staff', members: [{ type: 'reporter' }, { type: 'user', parameter: accountId }] }],
      });
      const scheme = `/issuesecurityschemes/${id}`;
      await t.refused(400, 'POST', '/issuesecurityschemes', { name: 'secrets' });
      await t.send('PUT', scheme, { description: 'Kept' });
      await t.send('PUT', `${scheme}/level`, { levels: [{ name: 'Lead', isDefault: true }] });
      const { levels } = await t.get(scheme);
      const [staff, lead] = levels.map((one: Body) => one.id);
      await t.send('PUT', `${scheme}/level/${lead}`, { name: 'Leads' });
      await t.send('PUT', `${scheme}/level/${lead}/member`, { members: [{ type: 'projectLead' }] });
      const values = (await t.get(`/issuesecurityschemes/level/member?levelId=${lead}`)).values;
      expect(values[0].holder).toEqual({ type: 'projectLead' });
      expect((await t.get(`${scheme}/members?expand=all`)).total).toBe(3);
      await t.send('DELETE', `${scheme}/level/${lead}/member/${values[0].id}`);
      await t.send('PUT', '/issuesecurityschemes/level/default', {
        defaultValues: [{ issueSecuritySchemeId: id, defaultLevelId: staff }],
      });
      expect((await t.get('/issuesecurityschemes/level?onlyDefault=true')).values[0]).toMatchObject({
        id: staff,
        isDefault: true,
      });
      expect((await t.get('/issuesecurityschemes')).issueSecuritySchemes[0].name).toBe('Secrets');
      await ended(
        t,
        await t.send('PUT', '/issuesecurityschemes/project', {
          projectId: '10000',
          schemeId: id,
          oldToNewSecurityLevelMappings: [{ oldLevelId: '-1', newLevelId: staff }],
        }),
      );
      expect((await t.get('/issuesecurityschemes/project')).values[0].projectId).toBe('10000');
      expect((await t.get('/issuesecurityschemes/search?projectId=10000')).values[0].projectIds).toEqual([
        10000,
      ]);
      expect((await t.get('/project/ENG/issuesecuritylevelscheme')).defaultSecurityLevelId).toBe(
        Number(staff),
      );
      expect((await t.get('/project/ENG/securitylevel')).levels).toHaveLength(2);
      expect((await t.get(`/securitylevel/${staff}`)).name).toBe('Staff');
      expect((await t.get('/issue/ENG-1?fields=security')).fields.security.name).toBe('Staff');
      await t.refused(400, 'DELETE', scheme);
      await ended(t, await t.send('DELETE', `${scheme}/level/${staff}?replaceWith=${lead}`));
      await t.refused(404, 'GET', '/issue/ENG-1');
      await ended(
        t,
        await t.send('PUT', '/issuesecurityschemes/project', { projectId: '10000', schemeId: '-1' }),
      );
      await t.get('/issue/ENG-1');
      await t.send('DELETE', scheme);
    },
  },
];
