import { describe, expect, it } from 'vitest';
import { links, openOrg, pathOf, type TestOrg } from './org.ts';

const named = async (org: TestOrg, name: string) =>
  (await org.call('GET', `/api/v1/groups?q=${encodeURIComponent(name)}`)).body[0];
const members = async (org: TestOrg, id: string) =>
  (await org.call('GET', `/api/v1/groups/${id}/users`)).body.map(
    (user: { profile: { login: string } }) => user.profile.login,
  );

describe('groups', () => {
  it('are created, read, renamed and deleted', async () => {
    const org = await openOrg();
    const made = await org.call('POST', '/api/v1/groups', {
      profile: { name: 'Ops', description: 'On call' },
    });
    expect(made.status).toBe(200);
    expect(Object.keys(made.body)).toEqual([
      'id',
      'created',
      'lastUpdated',
      'lastMembershipUpdated',
      'objectClass',
      'type',
      'profile',
      '_links',
    ]);
    expect(made.body.id).toMatch(/^00g\w{17}$/);
    const path = `/api/v1/groups/${made.body.id}`;
    await org.call('PUT', path, { profile: { name: 'Operations' } });
    expect((await org.call('GET', path)).body.profile).toEqual({ name: 'Operations', description: null });
    expect((await org.call('DELETE', path)).status).toBe(204);
    expect((await org.call('GET', path)).body.errorSummary).toBe(
      `Not found: Resource not found: ${made.body.id} (UserGroup)`,
    );
  });

  it('refuse a blank or taken name', async () => {
    const org = await openOrg();
    const causes = async (profile: object) =>
      (await org.call('POST', '/api/v1/groups', { profile })).body.errorCauses;
    expect(await causes({ name: '' })).toEqual([{ errorSummary: 'name: The field cannot be left blank' }]);
    expect(await causes({ name: 'engineering' })).toEqual([
      { errorSummary: 'name: An object with this field already exists in the current organization' },
    ]);
  });

  it('take and lose members with 204, and note when', async () => {
    const org = await openOrg();
    const group = await named(org, 'Engineering');
    const eve = (await org.call('GET', '/api/v1/users/eve')).body;
    await org.universe.advance(org.universe.now() + 60_000);
    const put = await org.call('PUT', `/api/v1/groups/${group.id}/users/${eve.id}`);
    expect(put.status).toBe(204);
    expect(await members(org, group.id)).toEqual(['bob@acme.example', 'eve@acme.example']);
    const after = await named(org, 'Engineering');
    expect(after.lastUpdated).toBe(group.lastUpdated);
    expect(Date.parse(after.lastMembershipUpdated) - Date.parse(group.lastMembershipUpdated)).toBe(60_000);
    await org.call('DELETE', `/api/v1/groups/${group.id}/users/${eve.id}`);
    expect(await members(org, group.id)).toEqual(['bob@acme.example']);
  });

  it('refuse members for the built-in group, and its deletion', async () => {
    const org = await openOrg();
    const everyone = await named(org, 'Everyone');
    const eve = (await org.call('GET', '/api/v1/users/eve')).body;
    expect((await org.call('DELETE', `/api/v1/groups/${everyone.id}/users/${eve.id}`)).status).toBe(400);
    expect((await org.call('DELETE', `/api/v1/groups/${everyone.id}`)).status).toBe(403);
    expect(await members(org, everyone.id)).toHaveLength(3);
  });

  it('are found by q, filter and search', async () => {
    const org = await openOrg();
    const find = async (query: Record<string, string>) => {
      const { body } = await org.call('GET', `/api/v1/groups?${new URLSearchParams(query)}`);
      return body.errorCode ?? body.map((one: { profile: { name: string } }) => one.profile.name).sort();
    };
    expect(await find({ q: 'eng' })).toEqual(['Engineering']);
    expect(await find({ q: 'nothing' })).toEqual([]);
    expect(await find({ filter: 'type eq "BUILT_IN"' })).toEqual(['Everyone']);
    expect(await find({ search: 'profile.name co "ing"' })).toEqual(['Engineering']);
    expect(await find({ search: 'type eq "OKTA_GROUP" and profile.name sw "B"' })).toEqual(['Builders']);
    expect(await find({ filter: 'profile.name sw "B"' })).toBe('E0000031');
  });

  it('page their members', async () => {
    const org = await openOrg();
    const everyone = await named(org, 'Everyone');
    const first = await org.call('GET', `/api/v1/groups/${everyone.id}/users?limit=2`);
    expect(first.body).toHaveLength(2);
    const second = await org.call('GET', pathOf(links(first).next as string));
    expect(second.body.map((user: { profile: { login: string } }) => user.profile.login)).toEqual([
      'eve@acme.example',
    ]);
    expect(links(second).next).toBeUndefined();
  });
});

describe('group rules', () => {
  const rule = (groupId: string, value: string) => ({
    type: 'group_rule',
    name: 'by department',
    conditions: { expression: { value, type: 'urn:okta:expression:1.0' } },
    actions: { assignUserToGroups: { groupIds: [groupId] } },
  });

  it('assign whom they fit when they are activated, and follow the profile from then on', async () => {
    const org = await openOrg();
    const { body: group } = await org.call('POST', '/api/v1/groups', { profile: { name: 'Sellers' } });
    const made = await org.call(
      'POST',
      '/api/v1/groups/rules',
      rule(group.id, 'user.department=="Sales" OR user.title=="Seller"'),
    );
    expect(made.body).toMatchObject({ type: 'group_rule', status: 'INACTIVE', allGroupsValid: true });
    expect(await members(org, group.id)).toEqual([]);
    const path = `/api/v1/groups/rules/${made.body.id}`;
    expect((await org.call('POST', `${path}/lifecycle/activate`)).status).toBe(204);
    expect(await members(org, group.id)).toEqual(['eve@acme.example']);
    await org.call('POST', '/api/v1/users/bob', { profile: { title: 'Seller' } });
    expect(await members(org, group.id)).toEqual(['bob@acme.example', 'eve@acme.example']);
    await org.call('POST', '/api/v1/users/eve', { profile: { department: 'IT' } });
    expect(await members(org, group.id)).toEqual(['bob@acme.example']);
    expect((await org.call('DELETE', path)).status).toBe(202);
  });

  it('of the world file hold from the beginning', async () => {
    const org = await openOrg();
    expect(await members(org, (await named(org, 'Builders')).id)).toEqual(['bob@acme.example']);
  });

  it('leave out whom an administrator removed by hand', async () => {
    const org = await openOrg();
    const group = await named(org, 'Builders');
    const bob = (await org.call('GET', '/api/v1/users/bob')).body;
    await org.call('DELETE', `/api/v1/groups/${group.id}/users/${bob.id}`);
    await org.call('POST', '/api/v1/users/bob', { profile: { title: 'Chief' } });
    expect(await members(org, group.id)).toEqual([]);
    const [{ conditions }] = (await org.call('GET', '/api/v1/groups/rules')).body;
    expect(conditions.people.users.exclude).toEqual([bob.id]);
  });

  it('understand texts, membership and conditions', async () => {
    const org = await openOrg();
    const fits = async (value: string) => {
      const { body: group } = await org.call('POST', '/api/v1/groups', { profile: { name: value } });
      const made = await org.call('POST', '/api/v1/groups/rules', {
        ...rule(group.id, value),
        name: value.slice(0, 50),
      });
      if (made.status !== 200) return made.body.errorCauses[0].errorSummary;
      await org.call('POST', `/api/v1/groups/rules/${made.body.id}/lifecycle/activate`);
      return (await members(org, group.id)).map((login: string) => login.slice(0, 3));
    };
    expect(await fits('String.startsWith(user.lastName, "B")')).toEqual(['bob']);
    expect(await fits('String.stringContains(user.email, "@acme")')).toHaveLength(3);
    expect(await fits('isMemberOfGroupName("Engineering") AND !(user.title == "x")')).toEqual(['bob']);
    expect(await fits('user.department != "IT" && (user.lastName == "Ericson" || false)')).toEqual(['eve']);
    expect(await fits('String.toUpperCase(user.firstName) == "EVE" ? true : false')).toEqual(['eve']);
    expect(await fits('user.department ==')).toContain('expression');
    expect(await fits('Bad.function(user.login)')).toContain('Bad.function');
  });

  it('become invalid when their group goes', async () => {
    const org = await openOrg();
    const group = await named(org, 'Builders');
    await org.call('DELETE', `/api/v1/groups/${group.id}`);
    const [left] = (await org.call('GET', '/api/v1/groups/rules')).body;
    expect([left.status, left.allGroupsValid]).toEqual(['INVALID', false]);
  });
});
