import { describe, expect, it } from 'vitest';
import { okta } from '../../../twins/okta/twin.ts';
import { type Answer, caller, openOrg, type TestOrg } from './org.ts';

/** What one administrator may do: an org, Bob with an API token, and ways to say what Bob's roles are. */
async function openAdmin() {
  const org = await openOrg();
  const minted = org.universe.work('okta', (world) =>
    okta.credentials.mint(world, { kind: 'apiToken', as: 'bob@acme.example' }),
  );
  const call = caller(org, minted.secret.apiToken as string);
  const ids = await idsOf(org);
  const give = async (type: string) =>
    (await org.call('POST', `/api/v1/users/${ids.bob}/roles`, { type })).body.id as string;
  const limit = async (type: string, target: string) => {
    const { status } = await org.call(
      'PUT',
      `/api/v1/users/${ids.bob}/roles/${await give(type)}/targets/${target}`,
    );
    expect(status).toBe(204);
  };
  const status = async (method: string, path: string, body?: unknown) =>
    (await call(method, `/api/v1${path}`, body)).status;
  return { org, call, ids, give, limit, status, custom: custom(org, ids.bob) };
}

async function idsOf(org: TestOrg) {
  const id = async (path: string) => (await org.call('GET', `/api/v1${path}`)).body;
  const group = async (name: string) => (await id(`/groups?q=${name}`))[0].id as string;
  return {
    ann: (await id('/users/ann')).id as string,
    bob: (await id('/users/bob')).id as string,
    eve: (await id('/users/eve')).id as string,
    engineering: await group('Engineering'),
    builders: await group('Builders'),
    wiki: (await id('/apps?q=Wiki'))[0].id as string,
  };
}

/** Gives somebody permissions in a set of resources. */
const custom =
  (org: TestOrg, user: string) =>
  async (permissions: string[], resources: string[], conditions?: Record<string, unknown>) => {
    const label = permissions.join(' ');
    const role = await org.call('POST', '/api/v1/iam/roles', { label, description: '', permissions });
    if (conditions)
      await org.call('PUT', `/api/v1/iam/roles/${role.body.id}/permissions/${permissions[0]}`, {
        conditions,
      });
    const set = await org.call('POST', '/api/v1/iam/resource-sets', {
      ...{ label, description: 'x' },
      resources: resources.map((path) => `${org.base('okta')}/api/v1${path}`),
    });
    const type = { type: 'CUSTOM', role: role.body.id, 'resource-set': set.body.id };
    expect((await org.call('POST', `/api/v1/users/${user}/roles`, type)).status).toBe(201);
  };

const logins = ({ body }: Answer): string[] =>
  body.map((one: { profile: { login: string } }) => one.profile.login.split('@', 1)[0]);

describe('a standard role', () => {
  it('lets a read-only administrator see, and change nothing', async () => {
    const { give, status, ids } = await openAdmin();
    await give('READ_ONLY_ADMIN');
    for (const path of [
      '/users',
      '/groups',
      '/apps',
      '/policies?type=PASSWORD',
      '/logs',
      '/zones',
      '/brands',
    ])
      expect([path, await status('GET', path)]).toEqual([path, 200]);
    for (const path of ['/iam/roles', `/users/${ids.ann}/roles`, '/logStreams'])
      expect([path, await status('GET', path)]).toEqual([path, 403]);
    expect(await status('POST', '/groups', { profile: { name: 'x' } })).toBe(403);
    expect(await status('POST', `/users/${ids.eve}`, { profile: { city: 'Bern' } })).toBe(403);
  });

  it('lets an organization administrator manage people and settings, not apps, hooks or administrators', async () => {
    const { give, status, ids } = await openAdmin();
    await give('ORG_ADMIN');
    expect(await status('POST', '/groups', { profile: { name: 'x' } })).toBe(200);
    expect(await status('POST', `/users/${ids.eve}`, { profile: { city: 'Bern' } })).toBe(200);
    expect(await status('POST', '/zones', { type: 'IP', name: 'z', gateways: [] })).not.toBe(403);
    expect(await status('GET', '/apps')).toBe(200);
    for (const path of ['/apps', '/eventHooks', '/inlineHooks', '/authorizationServers', '/iam/roles'])
      expect([path, await status('POST', path, {})]).toEqual([path, 403]);
    expect(await status('POST', `/users/${ids.eve}/roles`, { type: 'ORG_ADMIN' })).toBe(403);
  });

  it('lets a help desk administrator reset passwords and factors, not edit or create people', async () => {
    const { give, status, ids } = await openAdmin();
    await give('HELP_DESK_ADMIN');
    expect(await status('POST', `/users/${ids.eve}/lifecycle/reset_factors`)).toBe(200);
    expect(await status('POST', `/users/${ids.eve}/lifecycle/reset_password?sendEmail=false`)).toBe(200);
    expect(await status('DELETE', `/users/${ids.eve}/sessions`)).toBe(204);
    expect(await status('POST', `/users/${ids.eve}`, { profile: { city: 'Bern' } })).toBe(403);
    expect(await status('POST', `/users/${ids.eve}/lifecycle/suspend`)).toBe(403);
    expect(await status('GET', '/apps')).toBe(403);
    expect(await status('GET', '/logs')).toBe(403);
  });

  it('lets an API access administrator manage authorization servers and OIDC apps only', async () => {
    const { give, status, call, ids } = await openAdmin();
    await give('API_ACCESS_MANAGEMENT_ADMIN');
    const oidc = { name: 'oidc_client', label: 'o', signOnMode: 'OPENID_CONNECT' };
    const settings = { oauthClient: { application_type: 'service', grant_types: ['client_credentials'] } };
    const credentials = { oauthClient: { token_endpoint_auth_method: 'client_secret_basic' } };
    expect(await status('POST', '/apps', { ...oidc, settings, credentials })).toBe(200);
    expect(await status('GET', `/apps/${ids.wiki}`)).toBe(403);
    const shown = (await call('GET', '/api/v1/apps')).body.map((one: { name: string }) => one.name);
    expect(shown).toContain('oidc_client');
    expect(shown).not.toContain('bookmark');
    expect(await status('GET', '/authorizationServers')).toBe(200);
    expect(await status('POST', '/groups', { profile: { name: 'x' } })).toBe(403);
  });

  it('of a group is a role of everybody in it', async () => {
    const { org, ids, status } = await openAdmin();
    expect(await status('GET', '/users')).toBe(403);
    await org.call('POST', `/api/v1/groups/${ids.engineering}/roles`, { type: 'READ_ONLY_ADMIN' });
    expect(await status('GET', '/users')).toBe(200);
    await org.call('DELETE', `/api/v1/groups/${ids.engineering}/users/${ids.bob}`);
    expect(await status('GET', '/users')).toBe(403);
  });

  it('that is no super administrator’s does not reach super administrators', async () => {
    const { give, status, ids } = await openAdmin();
    await give('USER_ADMIN');
    expect(await status('POST', `/users/${ids.ann}`, { profile: { city: 'Bern' } })).toBe(403);
    expect(await status('POST', `/users/${ids.ann}/lifecycle/deactivate`)).toBe(403);
    expect(await status('DELETE', `/users/${ids.ann}/sessions`)).toBe(204);
    expect(await status('POST', `/users/${ids.eve}/lifecycle/deactivate`)).toBe(200);
  });
});

describe('a role that is limited', () => {
  it('to a group reaches its members, shows them alone, and makes people only there', async () => {
    const { limit, call, status, ids } = await openAdmin();
    await limit('USER_ADMIN', `groups/${ids.engineering}`);
    expect(logins(await call('GET', '/api/v1/users'))).toEqual(['bob']);
    expect((await call('GET', '/api/v1/groups')).body.map((one: { id: string }) => one.id)).toEqual([
      ids.engineering,
    ]);
    expect(await status('GET', `/users/${ids.eve}`)).toBe(403);
    expect(await status('POST', `/users/${ids.eve}/lifecycle/suspend`)).toBe(403);
    expect(await status('GET', '/users/00unobody')).toBe(404);
    const kim = {
      profile: { firstName: 'K', lastName: 'K', login: 'k@acme.example', email: 'k@acme.example' },
    };
    expect(await status('POST', '/users', kim)).toBe(403);
    expect(await status('POST', '/users', { ...kim, groupIds: [ids.builders] })).toBe(403);
    expect(await status('POST', '/users', { ...kim, groupIds: [ids.engineering] })).toBe(200);
    expect(logins(await call('GET', '/api/v1/users'))).toEqual(['bob', 'k']);
    expect(await status('POST', '/groups', { profile: { name: 'x' } })).toBe(403);
    expect(await status('GET', `/groups/${ids.builders}/users`)).toBe(403);
  });

  it('to a group does not reach further when that group is gone', async () => {
    const { org, limit, call, ids } = await openAdmin();
    await limit('HELP_DESK_ADMIN', `groups/${ids.engineering}`);
    await org.call('DELETE', `/api/v1/groups/${ids.engineering}`);
    expect((await call('GET', '/api/v1/users')).body).toEqual([]);
  });

  it('to memberships of a group moves people in and out of this one only', async () => {
    const { limit, status, ids } = await openAdmin();
    await limit('GROUP_MEMBERSHIP_ADMIN', `groups/${ids.engineering}`);
    expect(await status('PUT', `/groups/${ids.engineering}/users/${ids.eve}`)).toBe(204);
    expect(await status('PUT', `/groups/${ids.builders}/users/${ids.eve}`)).toBe(403);
    expect(await status('PUT', `/groups/${ids.engineering}`, { profile: { name: 'x' } })).toBe(403);
  });

  it('to one app manages and shows this one only', async () => {
    const { org, limit, call, status, ids } = await openAdmin();
    const other = {
      name: 'bookmark',
      label: 'Other',
      signOnMode: 'BOOKMARK',
      settings: { app: { url: 'https://x.example' } },
    };
    const { body } = await org.call('POST', '/api/v1/apps', other);
    await limit('APP_ADMIN', `catalog/apps/bookmark/${ids.wiki}`);
    expect((await call('GET', '/api/v1/apps')).body.map((one: { id: string }) => one.id)).toEqual([ids.wiki]);
    expect(await status('POST', `/apps/${ids.wiki}/lifecycle/deactivate`)).toBe(200);
    expect(await status('POST', `/apps/${body.id}/lifecycle/deactivate`)).toBe(403);
    expect(await status('POST', `/apps/${body.id}/users`, { id: ids.eve })).toBe(403);
    expect(await status('POST', '/apps', { ...other, label: 'Third' })).toBe(403);
  });

  it('to an app by name may make more of this name', async () => {
    const { limit, status, ids } = await openAdmin();
    await limit('APP_ADMIN', 'catalog/apps/bookmark');
    const other = {
      name: 'bookmark',
      label: 'Other',
      signOnMode: 'BOOKMARK',
      settings: { app: { url: 'https://x.example' } },
    };
    expect(await status('POST', '/apps', other)).toBe(200);
    expect(await status('GET', `/apps/${ids.wiki}`)).toBe(200);
    expect(await status('POST', '/apps', { ...other, name: 'template_swa' })).toBe(403);
  });
});

describe('a custom role', () => {
  it('allows its permissions, and what they include, in its resources', async () => {
    const { custom, status, call, ids } = await openAdmin();
    await custom(['okta.users.lifecycle.manage', 'okta.users.read'], [`/groups/${ids.engineering}/users`]);
    expect(logins(await call('GET', '/api/v1/users'))).toEqual(['bob']);
    expect(await status('POST', `/users/${ids.eve}/lifecycle/suspend`)).toBe(403);
    expect(await status('GET', `/groups/${ids.engineering}`)).toBe(403);
    expect(await status('GET', '/apps')).toBe(403);
  });

  it('gives nothing where its permissions and its resources do not meet', async () => {
    const { custom, status, ids } = await openAdmin();
    await custom(['okta.users.manage'], [`/groups/${ids.engineering}`]);
    expect(await status('POST', `/users/${ids.eve}/lifecycle/suspend`)).toBe(403);
  });

  it('shows of servers those in its resources alone', async () => {
    const { org, custom, call, status } = await openAdmin();
    const made = { name: 'Own', description: '', audiences: ['api://own'] };
    const { id } = (await org.call('POST', '/api/v1/authorizationServers', made)).body;
    await custom(['okta.authzServers.read'], [`/authorizationServers/${id}`]);
    const shown = (await call('GET', '/api/v1/authorizationServers')).body;
    expect(shown.map((one: { name: string }) => one.name)).toEqual(['Own']);
    expect(await status('GET', '/authorizationServers/default')).toBe(403);
    expect(await status('GET', '/brands')).toBe(403);
  });

  it('ends with its permission, its resource, or its binding', async () => {
    const { org, custom, status, ids } = await openAdmin();
    await custom(['okta.groups.read', 'okta.groups.members.manage'], ['/groups']);
    const join = () => status('PUT', `/groups/${ids.builders}/users/${ids.eve}`);
    expect(await join()).toBe(204);
    const [role] = (await org.call('GET', '/api/v1/iam/roles')).body.roles;
    await org.call('DELETE', `/api/v1/iam/roles/${role.id}/permissions/okta.groups.members.manage`);
    expect(await join()).toBe(403);
    expect(await status('GET', '/groups')).toBe(200);
    await org.call('DELETE', `/api/v1/iam/roles/${role.id}`);
    expect(await status('GET', '/groups')).toBe(403);
  });

  it('does not reach what a condition excludes from its resources', async () => {
    const { org, custom, status, call, ids } = await openAdmin();
    await custom(['okta.apps.read'], ['/users']);
    expect(await status('GET', '/apps')).toBe(403);
    const [set] = (await org.call('GET', '/api/v1/iam/resource-sets')).body['resource-sets'];
    const { orn } = (await org.call('GET', `/api/v1/apps/${ids.wiki}`)).body;
    await org.call('POST', `/api/v1/iam/resource-sets/${set.id}/resources`, {
      resourceOrnOrUrl: `${org.base('okta')}/api/v1/apps`,
      conditions: { Exclude: { 'okta:ORN': [orn] } },
    });
    const labels = (await call('GET', '/api/v1/apps')).body.map((one: { label: string }) => one.label);
    expect(labels).toContain('Orrery service');
    expect(labels).not.toContain('Wiki');
    expect(await status('GET', `/apps/${ids.wiki}`)).toBe(403);
  });

  it('shows and changes only the attributes that its conditions name', async () => {
    const { org, custom, call, status, ids } = await openAdmin();
    const profile = { city: 'Bern', state: 'BE', title: 'Chief' };
    await org.call('POST', `/api/v1/users/${ids.eve}`, { profile });
    const attributes = { 'okta:ResourceAttribute/User/Profile': ['city'] };
    await custom(['okta.users.read'], ['/users'], { include: attributes });
    const shown = (await call('GET', `/api/v1/users/${ids.eve}`)).body.profile;
    expect([shown.city, shown.state, shown.title, shown.lastName]).toEqual([
      'Bern',
      undefined,
      undefined,
      'Ericson',
    ]);
    await custom(['okta.users.userprofile.manage'], ['/users'], { exclude: attributes });
    expect(await status('POST', `/users/${ids.eve}`, { profile: { state: 'ZH' } })).toBe(200);
    expect(await status('POST', `/users/${ids.eve}`, { profile: { city: 'Chur' } })).toBe(403);
  });

  it('never touches super administrators, and cannot make administrators', async () => {
    const { custom, status, ids } = await openAdmin();
    await custom(['okta.users.manage', 'okta.iam.read'], ['/users', '/iam/roles']);
    expect(await status('POST', `/users/${ids.ann}`, { profile: { city: 'Bern' } })).toBe(403);
    expect(await status('GET', `/users/${ids.ann}/roles`)).toBe(200);
    expect(await status('POST', `/users/${ids.eve}/roles`, { type: 'SUPER_ADMIN' })).toBe(403);
  });
});

describe('an API token', () => {
  it('of somebody who is no administrator does what everybody may for themselves', async () => {
    const { status, call, ids } = await openAdmin();
    expect((await call('GET', '/api/v1/users/me')).body.id).toBe(ids.bob);
    expect(await status('GET', `/users/${ids.bob}/factors`)).toBe(200);
    expect(await status('GET', `/users/${ids.eve}`)).toBe(403);
    expect(await status('GET', '/users')).toBe(403);
    expect(await status('DELETE', '/api-tokens/current')).toBe(204);
    expect(await status('GET', '/users/me')).toBe(401);
  });

  it('ends when its owner is deactivated', async () => {
    const { org, give, status, ids } = await openAdmin();
    await give('ORG_ADMIN');
    expect(await status('GET', '/users')).toBe(200);
    await org.call('POST', `/api/v1/users/${ids.bob}/lifecycle/deactivate`);
    expect(await status('GET', '/users')).toBe(401);
  });

  it('is shown to its owner, and to super administrators', async () => {
    const { org, give, call } = await openAdmin();
    await give('ORG_ADMIN');
    expect((await call('GET', '/api/v1/api-tokens')).body).toHaveLength(1);
    expect((await org.call('GET', '/api/v1/api-tokens')).body).toHaveLength(2);
  });
});
