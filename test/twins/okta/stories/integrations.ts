/** What works beside the org: agents, API services, service accounts; certificate requests and trust between apps. */
import { expect } from 'vitest';
import { certified, x509 } from './clients.ts';
import { type Body, type Story, type Teller, told } from './teller.ts';

const client = (t: Teller, label: string) =>
  t.send('POST', '/apps', {
    name: 'oidc_client',
    label,
    signOnMode: 'OPENID_CONNECT',
    settings: {
      oauthClient: { redirect_uris: ['https://a.example/cb'], grant_types: ['authorization_code'] },
    },
  });

const gesture = (t: Teller, name: string, input: object): Body =>
  t.org.universe.gesture({
    twin: 'okta',
    gesture: name,
    as: 'ann@acme.example',
    by: 'operator',
    with: input,
  });

const agents: Story = {
  says: 'agents are updated when their time has come, unless they are held, stopped or not connected',
  async tell(t) {
    expect(await t.get('/agentPools')).toEqual([]);
    const { poolId, id: agentId } = gesture(t, 'installAgent', {
      type: 'AD',
      pool: 'acme.local',
      name: 'DC1',
      old: true,
    });
    const [pool] = await t.get('/agentPools?poolType=AD');
    expect(pool).toMatchObject({ id: poolId, operationalStatus: 'OPERATIONAL', agents: [{ id: agentId }] });
    await t.refused('E0000001', 'GET', '/agentPools?poolType=TOASTER');
    const updates = `/agentPools/${poolId}/updates`;
    await t.refused('E0000001', 'POST', updates, { enabled: true });
    const schedule = { cron: '0 3 * * WED', timezone: 'Asia/Calcutta', duration: 1020 };
    const input = { name: 'nightly', agentType: 'AD', agents: [{ id: agentId, poolId }], schedule };
    await t.refused('E0000001', 'POST', updates, { ...input, schedule: { cron: 'whenever' } });
    const { id } = await t.send('POST', updates, { ...input, enabled: false });
    const one = `${updates}/${id}`;
    const status = async () => (await t.get(one)).status;
    const version = async () => (await t.get('/agentPools'))[0].agents[0].version;
    const on = (minutes: number) => t.org.universe.advance(t.org.universe.now() + minutes * 60_000);
    expect((await t.get(`${updates}?scheduled=true`)).map((row: Body) => row.name)).toEqual(['nightly']);
    await on(7 * 24 * 60);
    expect(await status()).toBe('Scheduled');
    await t.send('POST', `${one}/activate`);
    // A Monday at nine in UTC; Wednesday at three in Calcutta is Tuesday 21:30.
    await on(36 * 60 + 29);
    expect(await status()).toBe('Scheduled');
    await on(1);
    expect(await t.get(one)).toMatchObject({
      status: 'InProgress',
      agents: [{ updateStatus: 'InProgress' }],
    });
    await t.refused('E0000038', 'POST', `${one}/activate`);
    await t.send('POST', `${one}/pause`);
    await on(60);
    expect(await status()).toBe('Paused');
    await t.send('POST', `${one}/resume`);
    await t.send('POST', `${one}/stop`);
    expect(await status()).toBe('Cancelled');
    gesture(t, 'disconnectAgent', { agent: 'DC1' });
    await t.send('POST', `${one}/retry`);
    await on(10);
    expect(await status()).toBe('Failed');
    expect((await t.get('/agentPools'))[0].operationalStatus).toBe('DISRUPTED');
    const old = await version();
    gesture(t, 'connectAgent', { agent: 'DC1' });
    await t.send('POST', `${one}/retry`);
    await on(10);
    expect(await status()).toBe('Success');
    expect(await version()).not.toBe(old);
    await t.send('POST', one, { ...input, name: 'weekly', enabled: true });
    await t.send('POST', `${one}/deactivate`);
    expect(await t.get(one)).toMatchObject({ name: 'weekly', enabled: false, status: 'Scheduled' });
    const settings = `${updates}/settings`;
    await t.send('POST', settings, { agentType: 'AD', releaseChannel: 'EA', continueOnError: true });
    expect(await t.get(settings)).toMatchObject({ poolId, releaseChannel: 'EA', continueOnError: true });
    await t.refused('E0000001', 'POST', settings, { agentType: 'LDAP' });
    await t.send('DELETE', one);
    await t.refused('E0000007', 'GET', one);
    expect(await t.eventsOf(id)).toContain('system.agent.auto_update');
  },
};

const apiService: Story = {
  says: 'API services have a client of their own, which may what they were granted until they are revoked',
  async tell(t) {
    const all = '/integrations/api/v1/api-services';
    await t.refused('E0000001', 'POST', all, { type: 'my_logs' });
    await t.refused('E0000001', 'POST', all, { type: 'My Logs', grantedScopes: ['okta.users.read'] });
    const made = await t.send('POST', all, { type: 'my_logs', grantedScopes: ['okta.users.read'] });
    const one = `${all}/${made.id}`;
    expect(await t.get(one)).toMatchObject({ name: 'My Logs', grantedScopes: ['okta.users.read'] });
    expect((await t.get(one)).clientSecret).toBeUndefined();
    expect((await t.get(all)).map((row: Body) => row.id)).toEqual([made.id]);
    expect((await t.get('/apps')).map((row: Body) => row.id)).not.toContain(made.id);
    const token = async (secret: string, scope = 'okta.users.read') => {
      const basic = Buffer.from(`${made.id}:${secret}`).toString('base64');
      const response = await t.org.fetch('/okta/oauth2/v1/token', {
        method: 'POST',
        headers: { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ grant_type: 'client_credentials', scope }).toString(),
      });
      return (await response.json()) as Body;
    };
    const { access_token: access } = await token(made.clientSecret);
    const users = await t.org.fetch('/okta/api/v1/users', { headers: { authorization: `Bearer ${access}` } });
    expect(users.status).toBe(200);
    expect((await token(made.clientSecret, 'okta.groups.read')).error).toBeDefined();
    const secrets = `${one}/credentials/secrets`;
    const second = await t.send('POST', secrets);
    await t.refused('E0000001', 'POST', secrets);
    expect((await t.get(secrets)).map((row: Body) => row.client_secret.slice(0, 3))).toEqual(['***', '***']);
    await t.send('POST', `${secrets}/${second.id}/lifecycle/deactivate`);
    expect((await token(second.client_secret)).error).toBe('invalid_client');
    await t.send('POST', `${secrets}/${second.id}/lifecycle/activate`);
    expect((await token(second.client_secret)).access_token).toBeDefined();
    await t.refused('E0000001', 'DELETE', `${secrets}/${second.id}`);
    await t.send('POST', `${secrets}/${second.id}/lifecycle/deactivate`);
    await t.send('DELETE', `${secrets}/${second.id}`);
    await t.send('DELETE', one);
    await t.refused('E0000007', 'GET', one);
    expect((await token(made.clientSecret)).errorCode).toBe('invalid_client');
    expect(await t.eventsOf(made.id)).toContain('integration.api_service.lifecycle.revoke');
  },
};

const serviceAccounts: Story = {
  says: 'service accounts of apps and users have owners, are found by name, and end with what they are of',
  async tell(t) {
    const { id, orn } = await t.send('POST', '/apps', {
      name: 'salesforce',
      label: 'Sales',
      signOnMode: 'AUTO_LOGIN',
    });
    const [{ id: group }] = await t.get('/groups?q=Engineering');
    const all = '/privileged-access/api/v1/service-accounts';
    const input = {
      name: 'Sales robot',
      containerOrn: orn,
      username: 'robot@a.example',
      ownerGroupIds: [group],
    };
    await t.refused('E0000001', 'POST', all, { ...input, containerOrn: 'orn:okta:idp:x:apps:salesforce:y' });
    await t.refused('E0000007', 'POST', all, { ...input, ownerUserIds: ['nobody'] });
    const made = await t.send('POST', all, { ...input, password: 'secret' });
    const one = `${all}/${made.id}`;
    expect(await t.get(one)).toMatchObject({
      containerInstanceName: 'Sales',
      containerGlobalName: 'salesforce',
      status: 'NO_ISSUES',
    });
    expect((await t.get(one)).password).toBeUndefined();
    await t.refused('E0000001', 'POST', all, input);
    expect((await t.get(`${all}?match=sales`)).length).toBe(1);
    expect(await t.get(`${all}?match=nothing`)).toEqual([]);
    await t.refused('E0000001', 'GET', `${all}?match=x`);
    await t.send('PATCH', one, { description: 'Closes deals' });
    expect(await t.get(one)).toMatchObject({ name: 'Sales robot', description: 'Closes deals' });
    const other = await t.send('POST', all, { ...input, name: 'Other', username: 'other@a.example' });
    await t.send('DELETE', `${all}/${other.id}`);
    expect(await t.eventsOf(other.id)).toEqual(['pam.service_account.create', 'pam.service_account.delete']);
    await t.send('POST', `/apps/${id}/lifecycle/deactivate`);
    await t.send('DELETE', `/apps/${id}`);
    await t.refused('E0000007', 'GET', one);

    const users = '/privileged-access/api/v1/okta-service-accounts';
    const eve = await t.get('/users/eve');
    const managed = await t.send('POST', users, { name: 'Eve robot', oktaUserId: eve.id });
    await t.refused('E0000001', 'POST', users, { name: 'Again', oktaUserId: eve.id });
    await t.refused('E0000007', 'POST', users, { name: 'Nobody', oktaUserId: '00unobody' });
    expect(await t.get(`${users}/${managed.id}`)).toMatchObject({ username: 'eve@acme.example' });
    await t.send('PATCH', `${users}/${managed.id}`, { name: 'Eve the robot' });
    expect((await t.get(users)).map((row: Body) => row.name)).toEqual(['Eve the robot']);
    await t.refused('E0000007', 'GET', `${all}/${managed.id}`);
    await t.send('DELETE', `${users}/${managed.id}`);
    expect(await t.get(users)).toEqual([]);
  },
};

const trust: Story = {
  says: 'apps let others in and may ask for their tokens, until one of them goes',
  async tell(t) {
    const [one, two] = [await client(t, 'One'), await client(t, 'Two')];
    const allowed = `/apps/${one.id}/interclient-allowed-apps`;
    await t.send('POST', allowed, { id: two.id });
    await t.refused('E0000001', 'POST', allowed, { id: two.id });
    await t.refused('E0000001', 'POST', allowed, { id: one.id });
    expect(await t.get(allowed)).toEqual([two.id]);
    expect(await t.get(`/apps/${two.id}/interclient-target-apps`)).toEqual([one.id]);
    await t.send('DELETE', `${allowed}/${two.id}`);
    await t.refused('E0000007', 'DELETE', `${allowed}/${two.id}`);
    const connections = `/apps/${one.id}/cwo/connections`;
    const input = { requestingAppInstanceId: one.id, resourceAppInstanceId: two.id };
    const made = await t.send('POST', connections, input);
    await t.refused('E0000001', 'POST', connections, input);
    await t.refused('E0000001', 'POST', connections, { ...input, resourceAppInstanceId: one.id });
    await t.send('PATCH', `${connections}/${made.id}`, { status: 'INACTIVE' });
    expect((await t.get(`${connections}/${made.id}`)).status).toBe('INACTIVE');
    expect(await t.get(`${connections}?status=ACTIVE`)).toEqual([]);
    expect((await t.get(`/apps/${two.id}/cwo/connections?requestingAppName=one`)).length).toBe(1);
    await t.send('DELETE', `${connections}/${made.id}`);
    await t.send('POST', connections, input);
    await t.send('POST', `/apps/${two.id}/lifecycle/deactivate`);
    expect(await t.get(`${connections}?activeAppsOnly=true`)).toEqual([]);
    await t.send('DELETE', `/apps/${two.id}`);
    expect(await t.get(connections)).toEqual([]);
    const settings = '/first-party-app-settings/admin-console';
    expect(await t.get(settings)).toEqual({ sessionIdleTimeoutMinutes: 15, sessionMaxLifetimeMinutes: 720 });
    await t.send('PUT', settings, { sessionIdleTimeoutMinutes: 30, sessionMaxLifetimeMinutes: 60 });
    await t.refused('E0000001', 'PUT', settings, { sessionIdleTimeoutMinutes: 3 });
    await t.refused('E0000007', 'GET', '/first-party-app-settings/toaster');
  },
};

const requests: Story = {
  says: 'apps ask for certificates, and take only one of their own key',
  async tell(t) {
    const { id } = await t.send('POST', '/apps', { label: 'Signed', signOnMode: 'SAML_2_0' });
    const csrs = `/apps/${id}/credentials/csrs`;
    const subject = { countryName: 'US', organizationName: 'Acme', commonName: 'SP' };
    const made = await t.send('POST', csrs, { subject, subjectAltNames: { dnsNames: ['a.example'] } });
    expect(await t.get(`${csrs}/${made.id}`)).toEqual(made);
    expect((await t.get(csrs)).map((row: Body) => row.id)).toEqual([made.id]);
    const publish = (bytes: string) =>
      t.org.call('POST', `/api/v1${csrs}/${made.id}/lifecycle/publish`, bytes, {
        'content-type': 'application/x-pem-file',
      });
    expect((await publish('no certificate')).body.errorCode).toBe('E0000001');
    const request = new (await x509()).Pkcs10CertificateRequest(made.csr);
    const { status, body } = await publish(await certified(request, t.org.universe.now(), 365));
    expect([status, body.kid]).toEqual([201, made.id]);
    told.add('publishCsrFromApplication');
    await t.refused('E0000007', 'GET', `${csrs}/${made.id}`);
    expect((await t.get(`/apps/${id}/credentials/keys/${made.id}`)).x5c).toEqual(body.x5c);
    const metadata = await t.org.fetch(`/okta/api/v1/apps/${id}/sso/saml/metadata?kid=${made.id}`, {
      headers: { authorization: `SSWS ${t.org.token}` },
    });
    expect(await metadata.text()).toContain(body.x5c[0]);
    const spare = await t.send('POST', csrs, { subject });
    await t.send('DELETE', `${csrs}/${spare.id}`);
    await t.refused('E0000007', 'GET', `${csrs}/${spare.id}`);
    const events = ['generate', 'revoke'].map((verb) => `app.app_instance.csr.${verb}`);
    expect(await t.eventsOf(spare.id)).toEqual(events);
  },
};

const assignments: Story = {
  says: 'a group’s assignment is changed in part, and its members’ profiles with it',
  async tell(t) {
    const { id } = await t.send('POST', '/apps', { label: 'App', signOnMode: 'SAML_2_0' });
    const [{ id: group }] = await t.get('/groups?q=Engineering');
    const bob = await t.get('/users/bob');
    const one = `/apps/${id}/groups/${group}`;
    await t.send('PUT', one, { priority: 3, profile: { role: 'user' } });
    const patch = (op: string, path: string, value?: unknown) => t.send('PATCH', one, [{ op, path, value }]);
    expect(await patch('replace', '/profile/role', 'chief')).toMatchObject({ profile: { role: 'chief' } });
    expect((await t.get(`/apps/${id}/users/${bob.id}`)).profile).toEqual({ role: 'chief' });
    expect(await patch('replace', '/priority', 1)).toMatchObject({ priority: 1 });
    expect(await patch('remove', '/profile/role')).toMatchObject({ profile: {} });
    await t.refused('E0000001', 'PATCH', one, [{ op: 'replace', path: '/id', value: 'x' }]);
    await t.refused('E0000003', 'PATCH', one, { op: 'replace' });
  },
};

export const integrationStories: readonly Story[] = [
  agents,
  apiService,
  serviceAccounts,
  trust,
  requests,
  assignments,
];
