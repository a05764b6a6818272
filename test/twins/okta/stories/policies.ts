/** Policies and rules, authorization servers, and what policies speak of: zones, devices, authenticators, realms. */
import { expect } from 'vitest';
import { type Body, live, type Story, type Teller } from './teller.ts';

const namesAt = async (t: Teller, path: string) => (await t.get(path)).map((one: Body) => one.name);
const turned = async (t: Teller, at: string) => {
  await t.send('POST', `${at}/lifecycle/deactivate`);
  expect((await t.get(at)).status).toBe('INACTIVE');
  await t.send('POST', `${at}/lifecycle/activate`);
  expect((await t.get(at)).status).toBe('ACTIVE');
};

const policy: Story = {
  says: 'policies and their rules are ranked, turned, replaced, cloned and removed; the system’s stay',
  async tell(t) {
    const type = 'OKTA_SIGN_ON';
    const { id } = await t.send('POST', '/policies', { type, name: 'Mine' });
    const at = `/policies/${id}`;
    await t.refused('E0000001', 'POST', '/policies', { type, name: 'Mine' });
    await t.send('PUT', at, { type, name: 'Ours' });
    expect((await t.get(at)).name).toBe('Ours');
    await turned(t, at);
    const rule = (name: string) => ({ type: 'SIGN_ON', name, actions: { signon: { access: 'ALLOW' } } });
    const first = await t.send('POST', `${at}/rules`, rule('first'));
    await t.send('POST', `${at}/rules`, { ...rule('second'), priority: 1 });
    expect(await namesAt(t, `${at}/rules`)).toEqual(['second', 'first']);
    await t.refused('E0000001', 'POST', `${at}/rules`, rule('first'));
    await t.send('PUT', `${at}/rules/${first.id}`, { ...rule('prime'), priority: 1 });
    expect(await namesAt(t, `${at}/rules`)).toEqual(['prime', 'second']);
    await turned(t, `${at}/rules/${first.id}`);
    await t.send('DELETE', `${at}/rules/${first.id}`);
    await t.refused('E0000007', 'GET', `${at}/rules/${first.id}`);
    await t.send('DELETE', at);
    await t.refused('E0000007', 'GET', at);
    const [system] = await t.get(`/policies?type=${type}`);
    await t.refused('E0000001', 'DELETE', `/policies/${system.id}`);
    await t.refused('E0000001', 'POST', `/policies/${system.id}/lifecycle/deactivate`);
    expect((await t.eventsOf(id)).at(-1)).toBe('policy.lifecycle.delete');
  },
};

const clone: Story = {
  says: 'authentication policies are cloned with their rules',
  async tell(t) {
    const { id } = await t.send('POST', '/policies', { type: 'ACCESS_POLICY', name: 'Strict' });
    await t.send('POST', `/policies/${id}/rules`, { type: 'ACCESS_POLICY', name: 'all' });
    const copy = await t.send('POST', `/policies/${id}/clone`);
    expect(await namesAt(t, `/policies/${copy.id}/rules`)).toEqual(await namesAt(t, `/policies/${id}/rules`));
    const [password] = await t.get('/policies?type=PASSWORD');
    await t.refused('E0000001', 'POST', `/policies/${password.id}/clone`);
  },
};

const server: Story = {
  says: 'authorization servers are made, turned, replaced and removed; the default one stays',
  async tell(t) {
    const audiences = ['api://cars'];
    await live(t, {
      at: '/authorizationServers',
      made: { name: 'cars', description: 'd', audiences },
      changed: { name: 'cars', description: 'e', audiences },
      gone: 'AuthorizationServer',
      turns: 'freely',
      events: ['created', 'updated', 'deactivated', 'activated', 'deleted'].map(
        (verb) => `oauth2.as.${verb}`,
      ),
    });
    await t.refused('E0000001', 'DELETE', '/authorizationServers/default');
    await t.refused('E0000001', 'POST', '/authorizationServers', { name: 'x' });
    const one = await t.send('POST', '/authorizationServers', { name: 'vans', description: 'd', audiences });
    const at = `/authorizationServers/${one.id}`;
    const [key] = await t.get(`${at}/credentials/keys`);
    await t.send('POST', `${at}/credentials/lifecycle/keyRotate`, { use: 'sig' });
    expect((await t.get(`${at}/credentials/keys`))[0].kid).not.toBe(key.kid);
    const other = (await t.get('/authorizationServers/default')).id;
    await t.send('POST', `${at}/associatedServers`, { trusted: [other] });
    expect((await t.get(`${at}/associatedServers`)).map((row: Body) => row.id)).toEqual([other]);
    await t.send('DELETE', `${at}/associatedServers/${other}`);
    expect(await t.get(`${at}/associatedServers`)).toEqual([]);
  },
};

const scopesAndClaims: Story = {
  says: 'scopes and claims of a server come and go; those of the system stay',
  async tell(t) {
    const at = '/authorizationServers/default';
    await live(t, {
      at: `${at}/scopes`,
      made: { name: 'cars:drive' },
      changed: { name: 'cars:steer' },
      gone: 'OAuth2Scope',
      events: ['oauth2.scope.created', 'oauth2.scope.updated', 'oauth2.scope.deleted'],
    });
    await live(t, {
      at: `${at}/claims`,
      made: { name: 'car', claimType: 'RESOURCE', value: '"red"' },
      changed: { name: 'car', claimType: 'RESOURCE', value: '"blue"' },
      gone: 'OAuth2Claim',
      events: ['oauth2.claim.created', 'oauth2.claim.updated', 'oauth2.claim.deleted'],
    });
    for (const kind of ['scopes', 'claims']) {
      const [system] = (await t.get(`${at}/${kind}`)).filter((one: Body) => one.system);
      await t.refused('E0000001', 'DELETE', `${at}/${kind}/${system.id}`);
    }
    await t.refused('E0000001', 'POST', `${at}/scopes`, { name: 'openid' });
    await t.refused('E0000001', 'POST', `${at}/claims`, { name: 'x', claimType: 'OTHER' });
  },
};

const accessPolicy: Story = {
  says: 'access policies and rules of a server are ranked, turned, replaced and removed',
  async tell(t) {
    const { id: own } = await t.send('POST', '/authorizationServers', { name: 'Shop', audiences: ['shop'] });
    const all = `/authorizationServers/${own}/policies`;
    const body = (name: string) => ({ type: 'OAUTH_AUTHORIZATION_POLICY', name, description: name });
    const { id } = await t.send('POST', all, body('one'));
    await t.send('POST', all, { ...body('two'), priority: 1 });
    expect(await namesAt(t, all)).toEqual(['two', 'one']);
    const at = `${all}/${id}`;
    await t.send('PUT', at, { ...body('uno'), priority: 1 });
    expect(await namesAt(t, all)).toEqual(['uno', 'two']);
    await turned(t, at);
    const rule = (name: string) => ({ type: 'RESOURCE_ACCESS', name });
    const first = await t.send('POST', `${at}/rules`, rule('first'));
    await t.send('POST', `${at}/rules`, { ...rule('second'), priority: 1 });
    expect(await namesAt(t, `${at}/rules`)).toEqual(['second', 'first']);
    await t.send('PUT', `${at}/rules/${first.id}`, { ...rule('prime'), priority: 1 });
    expect(await namesAt(t, `${at}/rules`)).toEqual(['prime', 'second']);
    await turned(t, `${at}/rules/${first.id}`);
    await t.send('DELETE', `${at}/rules/${first.id}`);
    await t.refused('E0000007', 'GET', `${at}/rules/${first.id}`);
    await t.refused('E0000001', 'POST', `${at}/rules`, {});
    await t.send('DELETE', at);
    await t.refused('E0000007', 'GET', at);
    const lifecycle = ['create', 'update', 'deactivate', 'activate', 'delete'];
    expect(await t.eventsOf(id)).toEqual(lifecycle.map((verb) => `policy.lifecycle.${verb}`));
    expect(await t.eventsOf(first.id)).toEqual(
      ['add', 'update', 'deactivate', 'activate', 'delete'].map((verb) => `policy.rule.${verb}`),
    );
  },
};

const zone: Story = {
  says: 'zones take addresses that are addresses; the system’s stay',
  async tell(t) {
    const gateways = [{ type: 'CIDR', value: '1.2.3.0/24' }];
    const body = { type: 'IP', name: 'office', gateways };
    await live(t, {
      at: '/zones',
      made: body,
      changed: { ...body, name: 'home' },
      gone: 'NetworkZone',
      turns: 'first',
      events: ['create', 'update', 'deactivate', 'activate', 'deactivate', 'delete'].map(
        (verb) => `zone.${verb}`,
      ),
    });
    await t.refused('E0000001', 'POST', '/zones', { ...body, gateways: [{ type: 'CIDR', value: 'here' }] });
    const system = (await t.get('/zones')).find((one: Body) => one.system);
    await t.refused('E0000001', 'DELETE', `/zones/${system.id}`);
  },
};

const trustedOrigin: Story = {
  says: 'trusted origins are addresses of pages, each once',
  async tell(t) {
    const body = { name: 'app', origin: 'https://app.example.com', scopes: [{ type: 'CORS' }] };
    await live(t, {
      at: '/trustedOrigins',
      made: body,
      changed: { ...body, name: 'apps' },
      gone: 'TrustedOrigin',
      turns: 'freely',
      events: ['create', 'update', 'deactivate', 'activate', 'delete'].map(
        (verb) => `security.trusted_origin.${verb}`,
      ),
    });
    const allowed = async () =>
      (await t.org.call('GET', '/api/v1/users/me', undefined, { origin: body.origin })).headers.get(
        'access-control-allow-origin',
      );
    expect(await allowed()).toBeNull();
    const { id } = await t.send('POST', '/trustedOrigins', body);
    expect(await allowed()).toBe(body.origin);
    await t.send('POST', `/trustedOrigins/${id}/lifecycle/deactivate`);
    expect(await allowed()).toBeNull();
    await t.refused('E0000001', 'POST', '/trustedOrigins', body);
    await t.refused('E0000001', 'POST', '/trustedOrigins', { ...body, origin: 'app' });
  },
};

const deviceAssurance: Story = {
  says: 'device assurance is per platform, under a name that is free',
  async tell(t) {
    const body = { name: 'phones', platform: 'IOS', osVersion: { minimum: '17' } };
    await live(t, {
      at: '/device-assurances',
      made: body,
      changed: { ...body, osVersion: { minimum: '18' } },
      gone: 'DeviceAssuranceRuleManagerImpl',
      events: ['add', 'update', 'delete'].map((verb) => `device.assurance.policy.${verb}`),
    });
    const { id } = await t.send('POST', '/device-assurances', body);
    await t.refused('E0000001', 'POST', '/device-assurances', body);
    await t.refused('E0000001', 'PUT', `/device-assurances/${id}`, { ...body, platform: 'MACOS' });
  },
};

const authenticator: Story = {
  says: 'authenticators are added once, turned, and stay on while policies need them',
  async tell(t) {
    const { id } = await t.send('POST', '/authenticators', { key: 'google_otp', name: 'Google' });
    await t.refused('E0000157', 'POST', '/authenticators', { key: 'google_otp', name: 'Google' });
    await t.refused('E0000001', 'POST', '/authenticators', { key: 'carrier_pigeon' });
    const at = `/authenticators/${id}`;
    await t.send('PUT', at, { key: 'google_otp', name: 'Codes' });
    expect((await t.get(at)).name).toBe('Codes');
    await t.send('POST', `${at}/lifecycle/activate`);
    const methods = async () => (await t.get(`${at}/methods`)).map((one: Body) => [one.type, one.status]);
    expect(await methods()).toEqual([['otp', 'ACTIVE']]);
    await t.refused('E0000148', 'POST', `${at}/lifecycle/deactivate`);
    const [enrol] = await t.get('/policies?type=MFA_ENROLL');
    const authenticators = enrol.settings.authenticators.map((one: Body) =>
      one.key === 'google_otp' ? { ...one, enroll: { self: 'NOT_ALLOWED' } } : one,
    );
    await t.send('PUT', `/policies/${enrol.id}`, {
      ...enrol,
      settings: { ...enrol.settings, authenticators },
    });
    await t.send('POST', `${at}/lifecycle/deactivate`);
    await t.refused('E0000001', 'POST', `${at}/lifecycle/deactivate`);
    expect((await t.get(`${at}/methods/otp`)).status).toBe('INACTIVE');
    await t.refused('E0000007', 'GET', `${at}/methods/push`);
    const password = (await t.get('/authenticators')).find((one: Body) => one.key === 'okta_password');
    await t.refused('E0000001', 'POST', `/authenticators/${password.id}/lifecycle/deactivate`);
    expect(await t.eventsOf(id)).toEqual(
      ['create', 'update', 'activate', 'deactivate'].map(
        (verb) => `security.authenticator.lifecycle.${verb}`,
      ),
    );
  },
};

const realm: Story = {
  says: 'realms come and go while nobody is in them; the default one stays',
  async tell(t) {
    await live(t, {
      at: '/realms',
      made: { profile: { name: 'Partners' } },
      changed: { profile: { name: 'Friends' } },
      gone: 'Realm',
      events: ['create', 'update', 'delete'].map((verb) => `directory.realm.lifecycle.${verb}`),
    });
    const [standard] = await t.get('/realms');
    await t.refused('E0000178', 'DELETE', `/realms/${standard.id}`);
    await t.refused('E0000001', 'POST', '/realms', { profile: { name: standard.profile.name } });
  },
};

const linkedObject: Story = {
  says: 'relations between users have two names that are free',
  async tell(t) {
    const side = (name: string) => ({ name, title: name, description: name, type: 'USER' });
    const body = { primary: side('manager'), associated: side('subordinate') };
    await live(t, {
      at: '/meta/schemas/user/linkedObjects',
      made: body,
      key: (one) => one.primary.name,
      gone: 'LinkedObjectProperty',
      events: ['directory.linked_object.create', 'directory.linked_object.delete'],
    });
    await t.send('POST', '/meta/schemas/user/linkedObjects', body);
    await t.refused('E0000127', 'POST', '/meta/schemas/user/linkedObjects', body);
  },
};

export const policyStories = [
  policy,
  clone,
  server,
  scopesAndClaims,
  accessPolicy,
  zone,
  trustedOrigin,
  deviceAssurance,
  authenticator,
  realm,
  linkedObject,
];
