/** Administrators: standard roles and their targets, custom roles, resource sets, who is bound to them. */
import { expect } from 'vitest';
import { type Body, live, type Story, type Teller } from './teller.ts';

const groupNamed = async (t: Teller, name: string): Promise<Body> =>
  (await t.get(`/groups?q=${encodeURIComponent(name)}`)).find((one: Body) => one.profile.name === name);

const CLIENT = {
  name: 'oidc_client',
  label: 'Robot',
  signOnMode: 'OPENID_CONNECT',
  credentials: { oauthClient: { token_endpoint_auth_method: 'client_secret_basic' } },
  settings: { oauthClient: { application_type: 'service', grant_types: ['client_credentials'] } },
};

/** Those who can have roles: a user, a group, a client. */
async function holders(t: Teller): Promise<{ at: string; id: string; events: string }[]> {
  const bob = await t.get('/users/bob');
  const engineering = await groupNamed(t, 'Engineering');
  const robot = await t.send('POST', '/apps', CLIENT);
  return [
    { at: `/users/${bob.id}/roles`, id: bob.id, events: 'user.account' },
    { at: `/groups/${engineering.id}/roles`, id: engineering.id, events: 'group' },
    { at: `/oauth2/v1/clients/${robot.id}/roles`, id: robot.id, events: 'app.oauth2.client' },
  ];
}

/** Assigns a role and sees it. */
async function hold(t: Teller, at: string, type: string): Promise<string> {
  const role = await t.send('POST', at, { type });
  await t.refused('E0000090', 'POST', at, { type });
  await t.refused('E0000001', 'POST', at, { type: 'KING' });
  expect((await t.get(`${at}/${role.id}`)).type).toBe(type);
  expect((await t.get(at)).map((one: Body) => one.id)).toContain(role.id);
  return `${at}/${role.id}`;
}

const role: Story = {
  says: 'standard roles are given once to users, groups and clients, and taken away',
  async tell(t) {
    for (const { at, id, events } of await holders(t)) {
      const one = await hold(t, at, 'READ_ONLY_ADMIN');
      await t.send('DELETE', one);
      await t.refused('E0000007', 'GET', one);
      const seen = (await t.eventsOf(id)).filter((type) => type.includes('privilege'));
      expect(seen).toEqual([`${events}.privilege.grant`, `${events}.privilege.revoke`]);
    }
    await t.refused('E0000007', 'GET', '/oauth2/v1/clients/nobody/roles');
  },
};

const iamRole: Story = {
  says: 'roles for governance are shown as permissions in a set of Okta’s own',
  async tell(t) {
    const [user] = await holders(t);
    const { id } = await t.send('POST', `${user?.at}`, { type: 'ACCESS_REQUESTS_ADMIN' });
    expect(id).toMatch(/^irb/);
    expect(await t.get(`${user?.at}/${id}`)).toMatchObject({
      role: 'ACCESS_REQUESTS_ADMIN',
      label: 'Access Requests Administrator',
      'resource-set': 'ACCESS_CERTIFICATIONS_IAM_POLICY',
    });
  },
};

const groupTarget: Story = {
  says: 'the first group limits a role for users in groups, and the last cannot be taken away',
  async tell(t) {
    const [builders, everyone] = [await groupNamed(t, 'Builders'), await groupNamed(t, 'Everyone')];
    for (const { at } of await holders(t)) {
      const targets = `${await hold(t, at, 'HELP_DESK_ADMIN')}/targets`;
      expect(await t.get(`${targets}/groups`)).toEqual([]);
      await t.refused('E0000007', 'PUT', `${targets}/groups/nothing`);
      await t.refused('E0000091', 'PUT', `${targets}/catalog/apps/salesforce`);
      await t.refused('E0000091', 'GET', `${targets}/catalog/apps`);
      await t.send('PUT', `${targets}/groups/${builders.id}`);
      await t.refused('E0000001', 'DELETE', `${targets}/groups/${builders.id}`);
      await t.send('PUT', `${targets}/groups/${everyone.id}`);
      await t.send('DELETE', `${targets}/groups/${builders.id}`);
      await t.refused('E0000007', 'DELETE', `${targets}/groups/${builders.id}`);
      expect((await t.get(`${targets}/groups`)).map((one: Body) => one.id)).toEqual([everyone.id]);
    }
  },
};

const appTarget: Story = {
  says: 'an app administrator is limited to apps by name, which holds every one of it, or one by one',
  async tell(t) {
    const [wiki] = await t.get('/apps?q=Wiki');
    for (const { at } of await holders(t)) {
      const apps = `${await hold(t, at, 'APP_ADMIN')}/targets/catalog/apps`;
      const shown = async () => (await t.get(apps)).map((one: Body) => one.id ?? one.name);
      await t.refused('E0000007', 'PUT', `${apps}/zoomus/${wiki.id}`);
      await t.send('PUT', `${apps}/bookmark/${wiki.id}`);
      expect(await t.get(apps)).toMatchObject([{ name: 'Wiki', id: wiki.id, status: 'ACTIVE' }]);
      await t.refused('E0000001', 'DELETE', `${apps}/bookmark/${wiki.id}`);
      await t.send('PUT', `${apps}/salesforce`);
      await t.send('DELETE', `${apps}/bookmark/${wiki.id}`);
      await t.send('PUT', `${apps}/bookmark/${wiki.id}`);
      await t.send('PUT', `${apps}/bookmark`);
      expect(await shown()).toEqual(['bookmark', 'salesforce']);
      await t.refused('E0000001', 'PUT', `${apps}/bookmark/${wiki.id}`);
      await t.send('DELETE', `${apps}/bookmark`);
      await t.refused('E0000001', 'DELETE', `${apps}/salesforce`);
      await t.refused('E0000007', 'DELETE', `${apps}/bookmark`);
    }
  },
};

const allTargets: Story = {
  says: 'a user’s role shows what it is limited to, by whichever way the user has it, and can reach all apps again',
  async tell(t) {
    const [user, group] = await holders(t);
    const [wiki] = await t.get('/apps?q=Wiki');
    const mine = await hold(t, `${user?.at}`, 'APP_ADMIN');
    const ours = await hold(t, `${group?.at}`, 'APP_ADMIN');
    await t.send('PUT', `${mine}/targets/catalog/apps/bookmark/${wiki.id}`);
    await t.send('PUT', `${ours}/targets/catalog/apps/salesforce`);
    const targets = await t.get(`${user?.at}/APP_ADMIN/targets`);
    expect(targets.map((one: Body) => [one.assignmentType, one.orn.split(':').slice(4)])).toEqual([
      ['USER', ['apps', 'bookmark', wiki.id]],
      ['GROUP', ['apps', 'salesforce']],
    ]);
    expect(await t.get(`${mine}/targets?assignmentType=GROUP`)).toHaveLength(1);
    await t.refused('E0000007', 'GET', `${user?.at}/ORG_ADMIN/targets`);
    await t.send('PUT', `${mine}/targets/catalog/apps`);
    expect(await t.get(`${mine}/targets/catalog/apps`)).toEqual([]);
  },
};

const governance: Story = {
  says: 'a role that was given by hand has no sources in governance',
  async tell(t) {
    const [user] = await holders(t);
    const one = await hold(t, `${user?.at}`, 'APP_ADMIN');
    expect((await t.get(`${one}/governance`)).grants).toEqual([]);
    await t.refused('E0000007', 'GET', `${one}/governance/gra1`);
    await t.refused('E0000007', 'GET', `${one}/governance/gra1/resources`);
  },
};

const customRole: Story = {
  says: 'roles of one’s own are made of permissions, under a label that is free',
  async tell(t) {
    const permissions = ['okta.users.read'];
    await live(t, {
      at: '/iam/roles',
      made: { label: 'Desk', description: 'looks', permissions },
      shown: { label: 'Desk', description: 'looks' },
      changed: { label: 'Desk', description: 'looks harder' },
      gone: 'CustomRole',
      rows: (listed) => listed.roles,
      events: ['iam.role.create', 'iam.role.update', 'iam.role.delete'],
    });
    const named = { label: 'Reader', description: '' };
    await t.refused('E0000001', 'POST', '/iam/roles', named);
    await t.refused('E0000001', 'POST', '/iam/roles', { ...named, permissions: ['okta.users.fly'] });
    const { id } = await t.send('POST', '/iam/roles', { ...named, permissions });
    await t.refused('E0000001', 'POST', '/iam/roles', { ...named, permissions });
    const at = `/iam/roles/${id}/permissions`;
    await t.refused('E0000001', 'DELETE', `${at}/okta.users.read`);
    await t.refused('E0000007', 'GET', `${at}/okta.groups.read`);
    await t.refused('E0000001', 'POST', `${at}/okta.users.fly`);
    await t.send('POST', `${at}/okta.groups.read`);
    expect((await t.get(at)).permissions.map((one: Body) => one.label)).toEqual([
      'okta.groups.read',
      'okta.users.read',
    ]);
    await t.send('DELETE', `${at}/okta.groups.read`);
  },
};

const conditions: Story = {
  says: 'a permission about people can be limited to attributes that people have',
  async tell(t) {
    const made = { label: 'Clerk', description: '', permissions: ['okta.users.read', 'okta.groups.read'] };
    const { id } = await t.send('POST', '/iam/roles', made);
    const at = `/iam/roles/${id}/permissions`;
    const only = (...names: string[]) => ({
      conditions: { include: { 'okta:ResourceAttribute/User/Profile': names } },
    });
    await t.refused('E0000001', 'PUT', `${at}/okta.users.read`, only('shoeSize'));
    await t.refused('E0000001', 'PUT', `${at}/okta.groups.read`, only('city'));
    await t.refused('E0000007', 'PUT', `${at}/okta.apps.read`, only('city'));
    const both = { ...only('city').conditions, exclude: only('state').conditions.include };
    await t.refused('E0000001', 'PUT', `${at}/okta.users.read`, { conditions: both });
    await t.send('PUT', `${at}/okta.users.read`, only('city'));
    expect((await t.get(`${at}/okta.users.read`)).conditions).toEqual(only('city').conditions);
    await t.send('PUT', `${at}/okta.users.read`, {});
    expect((await t.get(`${at}/okta.users.read`)).conditions).toBeNull();
    expect((await t.eventsOf(id)).slice(-2)).toEqual([
      'iam.role.permission.conditions.add',
      'iam.role.permission.conditions.delete',
    ]);
  },
};

const resources: Story = {
  says: 'a resource set holds what is there, by address or by name, less what a condition excludes',
  async tell(t) {
    const group = await groupNamed(t, 'Engineering');
    const [wiki] = await t.get('/apps?q=Wiki');
    const at = '/iam/resource-sets';
    const named = { label: 'Builders', description: 'All of them' };
    const resources = [`https://acme.okta.com/api/v1/groups/${group.id}`];
    await t.refused('E0000001', 'POST', at, { description: 'x', resources });
    for (const wrong of [
      'nothing',
      'https://acme.okta.com/api/v1/groups/00gnothing',
      'orn:okta:idp:00o:cats',
    ])
      await t.refused('E0000001', 'POST', at, { ...named, resources: [wrong] });
    const { id } = await t.send('POST', at, { ...named, resources });
    await t.refused('E0000001', 'POST', at, { ...named, resources });
    await t.send('PUT', `${at}/Builders`, { ...named, description: 'Some' });
    expect((await t.get(`${at}/${id}`)).description).toBe('Some');
    const set = `${at}/${id}/resources`;
    const users = `https://acme.okta.com/api/v1/groups/${group.id}/users`;
    await t.send('PATCH', set, { additions: [users] });
    const [first, second] = (await t.get(set)).resources;
    expect(first.orn).toMatch(new RegExp(`:groups:${group.id}$`));
    expect(second.orn).toMatch(new RegExp(`:groups:${group.id}:contained_resources$`));
    expect(second._links.self.href).toMatch(new RegExp(`/api/v1/groups/${group.id}/users$`));
    const all = { resourceOrnOrUrl: 'https://acme.okta.com/api/v1/apps' };
    const less = (orn: string) => ({ conditions: { Exclude: { 'okta:ORN': [orn] } } });
    await t.refused('E0000001', 'POST', set, all);
    await t.refused('E0000001', 'POST', set, { ...all, ...less(first.orn) });
    const added = await t.send('POST', set, { ...all, ...less(wiki.orn) });
    expect(await t.get(`${set}/${added.id}`)).toMatchObject(less(wiki.orn));
    const bookmarks = wiki.orn.replace(`:${wiki.id}`, '');
    await t.send('PUT', `${set}/${added.id}`, less(bookmarks));
    expect(await t.get(`${set}/${added.id}`)).toMatchObject(less(bookmarks));
    await t.send('DELETE', `${set}/${added.id}`);
    await t.send('DELETE', `/groups/${group.id}`);
    expect((await t.get(set)).resources).toEqual([]);
    await t.send('DELETE', `${at}/${id}`);
    await t.refused('E0000007', 'GET', `${at}/${id}`);
    expect((await t.get(at))['resource-sets']).toEqual([]);
  },
};

const binding: Story = {
  says: 'users, groups and clients are bound to a custom role in a resource set, until one of these goes',
  async tell(t) {
    const [user, group, client] = await holders(t);
    const permissions = ['okta.users.read'];
    const helper = await t.send('POST', '/iam/roles', { label: 'Helper', description: '', permissions });
    const made = { label: 'People', description: 'All', resources: ['https://acme.okta.com/api/v1/users'] };
    const set = await t.send('POST', '/iam/resource-sets', made);
    const bindings = `/iam/resource-sets/${set.id}/bindings`;
    const address = (holder: { at: string } | undefined) =>
      `https://acme.okta.com${holder?.at.startsWith('/oauth2') ? '' : '/api/v1'}${holder?.at.replace(/\/roles$/, '')}`;
    await t.refused('E0000007', 'GET', `${bindings}/${helper.id}`);
    await t.refused('E0000001', 'POST', bindings, { role: helper.id, members: [`${address(user)}x`] });
    await t.send('POST', bindings, { role: helper.id, members: [address(user)] });
    await t.send('PATCH', `${bindings}/${helper.id}/members`, {
      additions: [address(group), address(client)],
    });
    expect((await t.get(bindings)).roles).toHaveLength(1);
    expect((await t.get(`${bindings}/${helper.id}`)).id).toBe(helper.id);
    const { members } = await t.get(`${bindings}/${helper.id}/members`);
    expect(members.map((one: Body) => new URL(one._links.self.href).pathname.split('/').slice(-2))).toEqual([
      ['users', user?.id],
      ['groups', group?.id],
      ['clients', client?.id],
    ]);
    const [mine] = await t.get(`${user?.at}`);
    expect(mine).toMatchObject({ id: members[0].id, type: 'CUSTOM', label: 'Helper', role: helper.id });
    expect((await t.get('/iam/assignees/users')).value.map((row: Body) => row.id)).toContain(user?.id);
    expect((await t.get(`${bindings}/${helper.id}/members/${mine.id}`)).id).toBe(mine.id);
    await t.send('DELETE', `${bindings}/${helper.id}/members/${mine.id}`);
    const custom = { type: 'CUSTOM', role: helper.id, 'resource-set': set.id };
    await t.refused('E0000001', 'POST', `${user?.at}`, { type: 'CUSTOM', role: helper.id });
    const again = await t.send('POST', `${user?.at}`, custom);
    await t.send('DELETE', `${user?.at}/${again.id}`);
    await t.send('DELETE', `/groups/${group?.id}`);
    expect((await t.get(`${bindings}/${helper.id}/members`)).members).toHaveLength(1);
    await t.send('DELETE', `${bindings}/${helper.id}`);
    await t.send('POST', `${client?.at}`, custom);
    await t.send('DELETE', `/iam/roles/${helper.id}`);
    expect(await t.get(`${client?.at}`)).toEqual([]);
    await t.send('DELETE', `/iam/resource-sets/${set.id}`);
  },
};

const bundle: Story = {
  says: 'bundles of roles are kept for governance while the Admin Console is opted in to it',
  async tell(t) {
    const at = '/iam/governance';
    const group = await groupNamed(t, 'Engineering');
    const status = async () => (await t.get(`${at}/optIn`)).optInStatus;
    const wait = () => t.org.universe.advance(t.org.universe.now() + 60_000);
    const entitled = (role: string, ...targets: string[]) => ({
      ...{ name: 'Desk', description: 'Helps' },
      entitlements: [{ role, targets }],
    });
    expect(await status()).toBe('OPTED_OUT');
    await t.refused('E0000015', 'GET', `${at}/bundles`);
    expect((await t.send('POST', `${at}/optIn`)).optInStatus).toBe('OPTING_IN');
    await wait();
    expect(await status()).toBe('OPTED_IN');
    await t.refused('E0000001', 'POST', `${at}/bundles`, entitled('KING'));
    await t.refused('E0000001', 'POST', `${at}/bundles`, entitled('HELP_DESK_ADMIN', 'nothing'));
    await t.refused('E0000001', 'POST', `${at}/bundles`, entitled('ORG_ADMIN', group.id));
    const { id } = await t.send('POST', `${at}/bundles`, entitled('HELP_DESK_ADMIN', group.id));
    await t.refused('E0000001', 'POST', `${at}/bundles`, entitled('ORG_ADMIN'));
    const one = `${at}/bundles/${id}`;
    expect((await t.get(one)).orn).toContain(`:bundles:${id}`);
    const [entitlement] = (await t.get(`${one}/entitlements`)).entitlements;
    expect(entitlement).toMatchObject({ role: 'HELP_DESK_ADMIN', name: 'Help Desk Administrator' });
    const { entitlementValues } = await t.get(`${one}/entitlements/${entitlement.id}/values`);
    expect(entitlementValues).toMatchObject([{ name: 'Engineering' }]);
    await t.send('PUT', one, { ...entitled('ORG_ADMIN'), name: 'Org' });
    expect((await t.get(`${at}/bundles`)).bundles).toMatchObject([{ id, name: 'Org' }]);
    await t.send('DELETE', one);
    await t.refused('E0000007', 'GET', one);
    expect((await t.send('POST', `${at}/optOut`)).optInStatus).toBe('OPTING_OUT');
    await wait();
    expect(await status()).toBe('OPTED_OUT');
  },
};

export const roleStories = [
  ...[role, iamRole, groupTarget, appTarget, allTargets, governance],
  ...[customRole, conditions, resources, binding, bundle],
];
