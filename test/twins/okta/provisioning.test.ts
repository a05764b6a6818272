import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { networkOutbound } from '../../../src/outbound.ts';
import { openOrg, type TestOrg } from './org.ts';
import { SCIM_TOKEN, type ScimServer, startScimServer } from './scimServer.ts';

let scim: ScimServer;
let network: ReturnType<typeof networkOutbound>;
let org: TestOrg;

beforeEach(async () => {
  scim = await startScimServer();
  network = networkOutbound({ reach: 'loopback' });
  org = await openOrg();
  org.universe.setting.outbound = network;
});

afterEach(async () => {
  await network.close();
  await scim.close();
});

/** Lets everything happen that is due within a minute less a second: no retry is. */
const settle = () => org.universe.advance(org.universe.now() + 59_000);

const call = async (method: string, path: string, body?: unknown) =>
  (await org.call(method, `/api/v1${path}`, body)).body;

const ALL_ON = {
  create: { lifecycleCreate: { status: 'ENABLED' } },
  update: {
    profile: { status: 'ENABLED' },
    lifecycleDeactivate: { status: 'ENABLED' },
    password: { status: 'ENABLED', change: 'CHANGE' },
  },
};

/** An app with a live connection; of the catalogue where it has a `name`. */
async function connected(name?: string): Promise<string> {
  const input = { label: 'Target', signOnMode: 'SAML_2_0', ...(name ? { name } : {}) };
  const { id } = await call('POST', '/apps', input);
  const connection = { baseUrl: scim.url, profile: { authScheme: 'TOKEN', token: SCIM_TOKEN } };
  const answer = await org.call('POST', `/api/v1/apps/${id}/connections/default?activate=true`, connection);
  expect([answer.status, answer.body.status]).toEqual([200, 'ENABLED']);
  await call('PUT', `/apps/${id}/features/USER_PROVISIONING`, ALL_ON);
  scim.told();
  return id;
}

const idOf = async (login: string): Promise<string> => (await call('GET', `/users/${login}`)).id;
const appUser = async (app: string, login: string) => call('GET', `/apps/${app}/users/${await idOf(login)}`);
const eventsOf = async (prefix: string) =>
  (await call('GET', '/logs?limit=1000'))
    .filter((event: { eventType: string }) => event.eventType.startsWith(prefix))
    .map((event: { eventType: string; outcome: { result: string } }) => [
      event.eventType.slice(prefix.length),
      event.outcome.result,
    ]);

describe('the connection of an app', () => {
  it('is tried before it goes live, and refused where the service does not let Okta in', async () => {
    const { id } = await call('POST', '/apps', { label: 'Target', signOnMode: 'SAML_2_0' });
    const at = `/apps/${id}/connections/default`;
    const wrong = { baseUrl: scim.url, profile: { authScheme: 'TOKEN', token: 'wrong' } };
    const refused = await org.call('POST', `/api/v1${at}?activate=true`, wrong);
    expect([refused.status, refused.body.errorCode]).toEqual([400, 'E0000001']);
    expect((await call('GET', at)).status).toBe('UNKNOWN');
    expect(scim.told()).toEqual(['GET /Users?startIndex=1&count=2']);
    const features = await org.call('GET', `/api/v1/apps/${id}/features`);
    expect(features.body.errorCauses).toEqual([
      { errorSummary: 'Provisioning is not enabled for the app instance.' },
    ]);
    await call('POST', at, { ...wrong, profile: { ...wrong.profile, token: SCIM_TOKEN } });
    expect((await org.call('POST', `/api/v1${at}/lifecycle/activate`)).status).toBe(204);
    expect(await call('GET', at)).toMatchObject({
      status: 'ENABLED',
      authScheme: 'TOKEN',
      baseUrl: scim.url,
    });
    expect((await call('GET', `/apps/${id}/features`)).map((one: { name: string }) => one.name)).toEqual([
      'USER_PROVISIONING',
      'INBOUND_PROVISIONING',
    ]);
  });

  it('of an app that asks for consent is verified by the code, and its token opens the service', async () => {
    const { id } = await call('POST', '/apps', { name: 'slack', label: 'Chat', signOnMode: 'SAML_2_0' });
    const at = `/apps/${id}/connections/default`;
    const link = (await call('POST', at, { baseUrl: scim.url, profile: { authScheme: 'OAUTH2' } }))._links;
    const state = new URL(link.authorize.href).searchParams.get('state');
    org.universe.setting.outbound = {
      send: async (request) => {
        expect([request.url, new URLSearchParams(request.body).get('code')]).toEqual([
          `${scim.url}/token`,
          'c',
        ]);
        return { status: 200, headers: {}, body: JSON.stringify({ access_token: SCIM_TOKEN }) };
      },
    };
    const wrong = await org.call('POST', `/api/v1/apps/slack/${id}/oauth2/callback?code=c&state=x`);
    expect(wrong.body.errorCode).toBe('E0000001');
    const verified = await org.call('POST', `/api/v1/apps/slack/${id}/oauth2/callback?code=c&state=${state}`);
    expect(verified.status).toBe(204);
    expect((await call('GET', at)).status).toBe('ENABLED');
    expect((await call('GET', `${at}/jwks`)).jwks.keys[0]).toMatchObject({ kty: 'RSA', use: 'sig' });
    org.universe.setting.outbound = network;
    await call('PUT', `/apps/${id}/features/USER_PROVISIONING`, ALL_ON);
    await call('POST', `/apps/${id}/users`, { id: await idOf('bob') });
    await settle();
    expect(scim.users.size).toBe(1);
  });
});

describe('users of an app that provisions', () => {
  it('are looked for, then made, and known by the id that the service gave them', async () => {
    const app = await connected();
    const made = await call('POST', `/apps/${app}/users`, { id: await idOf('bob') });
    expect(made).toMatchObject({ status: 'STAGED', syncState: 'SYNCING', externalId: null });
    await settle();
    expect(scim.told()).toEqual([
      'GET /Users?filter=userName eq "bob@acme.example"&startIndex=1&count=100',
      'POST /Users',
    ]);
    const post = scim.asked.at(-1);
    expect(post?.headers).toMatchObject({
      'user-agent': 'Okta SCIM Client 1.0.0',
      'content-type': 'application/scim+json; charset=utf-8',
    });
    expect(post?.body).toEqual({
      schemas: [
        'urn:ietf:params:scim:schemas:core:2.0:User',
        'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
      ],
      userName: 'bob@acme.example',
      name: { givenName: 'Bob', familyName: 'Builder' },
      emails: [{ primary: true, value: 'bob@acme.example', type: 'work' }],
      displayName: 'Bob Builder',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {
        department: 'Engineering',
        manager: { value: 'ann@acme.example', displayName: 'ann@acme.example' },
      },
      externalId: await idOf('bob'),
      groups: [],
      password: expect.any(String),
      active: true,
    });
    expect(await appUser(app, 'bob')).toMatchObject({
      status: 'PROVISIONED',
      syncState: 'SYNCHRONIZED',
      externalId: 'U1',
      lastSync: expect.any(String),
      profile: { givenName: 'Bob', department: 'Engineering' },
    });
    expect(await eventsOf('application.provision.user.')).toEqual([['push', 'SUCCESS']]);
  });

  it('who are there already are linked and brought up to date', async () => {
    scim.users.set('U7', {
      id: 'U7',
      userName: 'bob@acme.example',
      active: false,
      nickName: 'B',
      name: { formatted: 'B B' },
    });
    const app = await connected();
    await call('POST', `/apps/${app}/users`, { id: await idOf('bob') });
    await settle();
    expect(scim.told().slice(1)).toEqual(['GET /Users/U7', 'PUT /Users/U7']);
    expect(scim.users.get('U7')).toMatchObject({
      active: true,
      nickName: 'B',
      name: { formatted: 'B B', givenName: 'Bob' },
    });
    expect((await appUser(app, 'bob')).externalId).toBe('U7');
  });

  it('follow profile and password, and are deactivated when they leave or are deactivated', async () => {
    const app = await connected();
    await call('POST', `/apps/${app}/users`, { id: await idOf('bob') });
    await settle();
    scim.told();
    await call('POST', '/users/bob', { profile: { title: 'Chief', mobilePhone: '1' } });
    await settle();
    expect(scim.told()).toEqual(['GET /Users/U1', 'PUT /Users/U1']);
    expect(scim.users.get('U1')).toMatchObject({ title: 'Chief', active: true });
    await call('POST', '/users/bob', { profile: { mobilePhone: '2' } });
    await settle();
    expect(scim.told()).toEqual([]);
    await call('POST', '/users/bob', { credentials: { password: { value: 'Correct1Horse' } } });
    await settle();
    expect(scim.users.get('U1').password).toBe('Correct1Horse');
    await call('POST', '/users/bob/lifecycle/suspend');
    await settle();
    expect(scim.users.get('U1').active).toBe(true);
    scim.told();
    await call('POST', '/users/bob/lifecycle/deactivate');
    await settle();
    expect(scim.told()).toEqual(['GET /Users/U1', 'PUT /Users/U1']);
    expect(scim.users.get('U1')).toMatchObject({ active: false, title: 'Chief' });
    expect(await eventsOf('application.provision.user.')).toEqual(
      ['push', 'push_profile', 'push_okta_password', 'deactivate'].map((type) => [type, 'SUCCESS']),
    );
  });

  it('of an app of the catalogue are deactivated and given passwords by PATCH', async () => {
    const app = await connected('scim2headerauth');
    await call('POST', `/apps/${app}/users`, { id: await idOf('bob') });
    await settle();
    await call('POST', '/users/bob', { credentials: { password: { value: 'Correct1Horse' } } });
    await settle();
    await call('DELETE', `/apps/${app}/users/${await idOf('bob')}`);
    await settle();
    const patches = scim.asked.filter(({ method }) => method === 'PATCH').map(({ body }) => body);
    expect(patches.map(({ Operations }) => Operations[0])).toEqual([
      { op: 'replace', value: { password: 'Correct1Horse' } },
      { op: 'replace', value: { active: false } },
    ]);
    await call('POST', `/apps/${app}/users`, { id: await idOf('bob') });
    await settle();
    expect(scim.users.get('U1').active).toBe(true);
  });

  it('whom the service refuses are in error, and stay so until the task is retried', async () => {
    const app = await connected();
    scim.refuse(({ method }) => method === 'POST', 409, 'taken');
    await call('POST', `/apps/${app}/users`, { id: await idOf('bob') });
    await settle();
    expect(await appUser(app, 'bob')).toMatchObject({
      status: 'STAGED',
      syncState: 'ERROR',
      externalId: null,
    });
    const admin = (gesture: string) =>
      org.universe.gesture({
        twin: 'okta',
        gesture,
        as: 'ann@acme.example',
        by: 'operator',
        with: { app: 'Target' },
      });
    expect(admin('readProvisioningTasks')).toMatchObject([
      {
        status: 'FAILED',
        goal: 'push',
        error:
          'Automatic provisioning of user Bob Builder to app Target failed: Conflict. Errors reported by remote server: taken',
      },
    ]);
    expect(await eventsOf('application.provision.user.')).toEqual([['push', 'FAILURE']]);
    scim.refuse(() => false, 0);
    expect(admin('retryProvisioning')).toEqual({ retried: 1 });
    await settle();
    expect((await appUser(app, 'bob')).syncState).toBe('SYNCHRONIZED');
    expect(admin('readProvisioningTasks')).toEqual([]);
  });

  it('are told again later where the service is down, and in error when it stays so', async () => {
    const app = await connected();
    scim.refuse(() => true, 503);
    await call('POST', `/apps/${app}/users`, { id: await idOf('bob') });
    await settle();
    expect((await appUser(app, 'bob')).syncState).toBe('SYNCING');
    scim.refuse(() => false, 0);
    await org.universe.advance(org.universe.now() + 60_000);
    expect((await appUser(app, 'bob')).syncState).toBe('SYNCHRONIZED');
    scim.refuse(() => true, 503);
    await call('POST', '/users/bob', { profile: { title: 'Chief' } });
    await org.universe.advance(org.universe.now() + 3_600_000);
    expect((await appUser(app, 'bob')).syncState).toBe('ERROR');
  });

  it('take attributes by the mapping, the highest group and what was said for them alone', async () => {
    const app = await connected();
    const [{ id: mapping }] = await call('GET', `/mappings?targetId=${app}`);
    const properties = {
      nickName: { expression: 'String.toUpperCase(user.firstName) + "!"', pushStatus: 'DONT_PUSH' },
      title: { expression: 'user.title', pushStatus: 'PUSH' },
    };
    await call('POST', `/mappings/${mapping}`, { properties });
    const [high, low] = await Promise.all(
      ['High', 'Low'].map((name) => call('POST', '/groups', { profile: { name } })),
    );
    const bob = await idOf('bob');
    for (const group of [low, high]) await call('PUT', `/groups/${group.id}/users/${bob}`);
    const assign = (group: { id: string }, priority: number, profile: object) =>
      call('PUT', `/apps/${app}/groups/${group.id}`, { priority, profile });
    await assign(low, 1, { costCenter: 'low', division: 'low' });
    await settle();
    await assign(high, 0, { costCenter: 'high' });
    await settle();
    const seen = async () => (await appUser(app, 'bob')).profile;
    expect(await seen()).toMatchObject({ nickName: 'BOB!', costCenter: 'high' });
    await call('POST', '/users/bob', { profile: { firstName: 'Rob', title: 'Chief' } });
    await settle();
    expect(await seen()).toMatchObject({ nickName: 'BOB!', title: 'Chief' });
    expect(scim.users.get('U1')).toMatchObject({ nickName: 'BOB!', title: 'Chief' });
  });
});

describe('groups pushed to an app', () => {
  it('come with the members who have accounts there, and follow names and members', async () => {
    const app = await connected('scim2headerauth');
    const [{ id: group }] = await call('GET', '/groups?q=Engineering');
    const [bob, eve] = [await idOf('bob'), await idOf('eve')];
    await call('POST', `/apps/${app}/users`, { id: bob });
    await settle();
    scim.told();
    const push = `/apps/${app}/group-push/mappings`;
    const { id } = await call('POST', push, { sourceGroupId: group, targetGroupName: 'Engineering' });
    await settle();
    expect(scim.told()).toEqual([
      'GET /Groups?filter=displayName eq "Engineering"&startIndex=1&count=100',
      'POST /Groups',
      'PATCH /Groups/G1',
    ]);
    const members = () => scim.groups.get('G1').members.map((one: { value: string }) => one.value);
    expect(members()).toEqual(['U1']);
    await call('PUT', `/groups/${group}/users/${eve}`);
    await settle();
    expect(members()).toEqual(['U1']);
    await call('POST', `/apps/${app}/users`, { id: eve });
    await settle();
    expect(members()).toEqual(['U1', 'U2']);
    scim.told();
    await call('DELETE', `/groups/${group}/users/${bob}`);
    await settle();
    expect(scim.told()).toEqual(['PATCH /Groups/G1', 'PATCH /Groups/G1']);
    expect(scim.asked.at(-1)?.body.Operations).toEqual([{ op: 'remove', path: 'members[value eq "U1"]' }]);
    await call('PUT', `/groups/${group}`, { profile: { name: 'Builders of things' } });
    await settle();
    expect(scim.groups.get('G1')).toMatchObject({ displayName: 'Builders of things' });
    expect(await call('GET', `${push}/${id}`)).toMatchObject({
      status: 'ACTIVE',
      lastPush: expect.any(String),
    });
    await call('PATCH', `${push}/${id}`, { status: 'INACTIVE' });
    await call('DELETE', `${push}/${id}?deleteTargetGroup=true`);
    await settle();
    expect(scim.groups.size).toBe(0);
  });

  it('of an app made by hand are sent whole, and say why where the service refuses', async () => {
    const app = await connected();
    const [{ id: group }] = await call('GET', '/groups?q=Engineering');
    await call('POST', `/apps/${app}/users`, { id: await idOf('bob') });
    await settle();
    scim.refuse(({ path }) => path.startsWith('/Groups'), 400, 'no groups');
    const push = `/apps/${app}/group-push/mappings`;
    const { id } = await call('POST', push, { sourceGroupId: group, targetGroupName: 'Engineering' });
    await settle();
    expect(await call('GET', `${push}/${id}`)).toMatchObject({
      status: 'ERROR',
      errorSummary: expect.stringContaining('no groups'),
    });
    scim.refuse(() => false, 0);
    await call('PATCH', `${push}/${id}`, { status: 'ACTIVE' });
    await settle();
    expect(scim.told().slice(-1)).toEqual(['PUT /Groups/G1']);
    expect(scim.groups.get('G1').members).toEqual([{ value: 'U1', display: 'bob@acme.example' }]);
  });
});

describe('importing users of an app', () => {
  const admin = (gesture: string, more = {}) =>
    org.universe.gesture({
      twin: 'okta',
      gesture,
      as: 'ann@acme.example',
      by: 'operator',
      with: { app: 'Target', ...more },
    });

  it('matches who is there, keeps the rest for confirmation, and makes them by the mapping', async () => {
    const app = await connected();
    const person = (userName: string, givenName: string, familyName: string) => ({
      userName,
      name: { givenName, familyName },
      emails: [{ value: userName, primary: true }],
      active: true,
    });
    for (let n = 1; n <= 120; n++)
      scim.users.set(`X${n}`, { id: `X${n}`, ...person(`p${n}@x.example`, 'P', `Number${n}`) });
    scim.users.set('Y1', { id: 'Y1', ...person('eve@acme.example', 'Eve', 'Ericson') });
    await call('PUT', `/apps/${app}/features/INBOUND_PROVISIONING`, {
      importRules: { userCreateAndMatch: { autoConfirmExactMatch: true, autoActivateNewUsers: true } },
    });
    admin('importUsers');
    await settle();
    expect(scim.told()).toEqual(['GET /Users?startIndex=1&count=100', 'GET /Users?startIndex=101&count=100']);
    expect(await appUser(app, 'eve')).toMatchObject({ externalId: 'Y1', syncState: 'SYNCHRONIZED' });
    expect(admin('readImportedUsers')).toHaveLength(120);
    const { confirmed } = admin('confirmImport', { user: 'p7@x.example' }) as { confirmed: string[] };
    expect(await call('GET', '/users/p7@x.example')).toMatchObject({
      id: confirmed[0],
      status: 'PROVISIONED',
      profile: { firstName: 'P', lastName: 'Number7', email: 'p7@x.example' },
    });
    expect(await appUser(app, 'p7@x.example')).toMatchObject({ externalId: 'X7', scope: 'USER' });
    expect((await eventsOf('system.import.')).map(([type]: string[]) => type)).toEqual([
      'start',
      'user_match.confirm',
      'complete',
      'user.create',
    ]);
  });

  it('happens by itself when the schedule says so, once each time', async () => {
    const app = await connected();
    const nightly = (status: string) =>
      call('PUT', `/apps/${app}/features/INBOUND_PROVISIONING`, {
        importSettings: {
          schedule: { status, fullImport: { expression: '0 3 * * *', timezone: 'Europe/Berlin' } },
        },
      });
    await nightly('ENABLED');
    await nightly('DISABLED');
    await nightly('ENABLED');
    // It is nine in UTC: three in Berlin is in 17 hours.
    await org.universe.advance(org.universe.now() + 17 * 3_600_000 - 1_000);
    expect(scim.told()).toEqual([]);
    await org.universe.advance(org.universe.now() + 1_000);
    expect(scim.told()).toEqual(['GET /Users?startIndex=1&count=100']);
    await org.universe.advance(org.universe.now() + 24 * 3_600_000);
    expect(scim.told()).toEqual(['GET /Users?startIndex=1&count=100']);
    await nightly('DISABLED');
    await org.universe.advance(org.universe.now() + 48 * 3_600_000);
    expect(scim.told()).toEqual([]);
  });
});
