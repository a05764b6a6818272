/** What an org arranged with the vendor, and what it shows to other programs. */
import { expect } from 'vitest';
import { okta } from '../../../../twins/okta/twin.ts';
import type { Body, Story, Teller } from './teller.ts';

const perform = (t: Teller, gesture: string, as: string, input: object) =>
  t.org.universe.work('okta', (world) => okta.gestures[gesture]?.perform(world, as, input as never)) as Body;

const switches: Story = {
  says: 'settings about administrators are on or off, and new service apps get the role that they say',
  async tell(t) {
    const service = (label: string) => ({
      ...{ name: 'oidc_client', label, signOnMode: 'OPENID_CONNECT' },
      credentials: { oauthClient: { token_endpoint_auth_method: 'client_secret_basic' } },
      settings: { oauthClient: { application_type: 'service', grant_types: ['client_credentials'] } },
    });
    for (const [method, path, name] of [
      ['POST', '/org/orgSettings/thirdPartyAdminSetting', 'thirdPartyAdmin'],
      ['POST', '/org/settings/autoAssignAdminAppSetting', 'autoAssignAdminAppSetting'],
      ['PUT', '/org/settings/clientPrivilegesSetting', 'clientPrivilegesSetting'],
    ] as const) {
      const before = (await t.get(path))[name];
      await t.send(method, path, { [name]: !before });
      expect((await t.get(path))[name]).toBe(!before);
      await t.refused('E0000003', method, path, { [name]: 'yes' });
      await t.refused('E0000003', method, path, {});
    }
    const { id } = await t.send('POST', '/apps', service('Mighty'));
    const { body } = await t.org.call('GET', `/oauth2/v1/clients/${id}/roles`);
    expect(body.map((one: Body) => one.type)).toEqual(['SUPER_ADMIN']);
  },
};

const aerial: Story = {
  says: 'one Aerial account may manage the org, until that is revoked',
  async tell(t) {
    const at = '/org/privacy/aerial';
    const accountId = '0200bs0617vvhv2v675mch1cukp';
    await t.refused('E0000007', 'GET', at);
    await t.refused('E0000001', 'POST', `${at}/grant`, { accountId: 'x' });
    await t.send('POST', `${at}/grant`, { accountId });
    expect(await t.get(at)).toMatchObject({ accountId, grantedBy: (await t.get('/users/me')).id });
    await t.refused('E0000001', 'POST', `${at}/grant`, { accountId });
    await t.refused('E0000001', 'POST', `${at}/revoke`, { accountId: 'other' });
    await t.send('POST', `${at}/revoke`, { accountId });
    await t.refused('E0000007', 'GET', at);
  },
};

const support: Story = {
  says: 'Okta Support is let in for a case, for longer, until it runs out; cases of its own are approved',
  async tell(t) {
    const at = '/org/privacy/oktaSupport/cases';
    expect(await t.get(at)).toEqual({ supportCases: [] });
    const asked = perform(t, 'openSupportCase', 'ann@acme.example', { subject: 'Help' });
    const { caseNumber } = asked;
    const one = `${at}/${caseNumber}`;
    await t.refused('E0000007', 'PATCH', `${at}/nothing`, { impersonation: { status: 'ENABLED' } });
    await t.refused('E0000001', 'PATCH', one, {});
    await t.refused('E0000001', 'PATCH', one, { impersonation: { status: 'MAYBE' } });
    await t.refused('E0000001', 'PATCH', one, { selfAssigned: { status: 'APPROVED' } });
    const open = await t.send('PATCH', one, { impersonation: { status: 'ENABLED' } });
    expect(open.impersonation.status).toBe('ENABLED');
    const expiration = new Date(Date.parse(open.impersonation.expiration) + 3_600_000).toISOString();
    await t.send('PATCH', one, { impersonation: { expiration } });
    await t.org.universe.advance(t.org.universe.now() + 48 * 3_600_000);
    const [now] = (await t.get(at)).supportCases;
    expect(now.impersonation).toEqual({ status: 'DISABLED', expiration: null });
    await t.send('PATCH', one, { impersonation: { status: 'ENABLED' } });
    await t.send('PATCH', one, { impersonation: { status: 'DISABLED' } });
    const own = perform(t, 'openSupportCase', 'ann@acme.example', { subject: 'Ours', selfAssigned: true });
    await t.send('PATCH', `${at}/${own.caseNumber}`, { selfAssigned: { status: 'APPROVED' } });
    expect((await t.get(at)).supportCases[1].selfAssigned.status).toBe('APPROVED');
    const verbs = ['grant', 'extend', 'grant', 'revoke'];
    expect(await t.eventsOf(caseNumber)).toEqual(verbs.map((one) => `user.session.impersonation.${one}`));
  },
};

const firstParty: Story = {
  says: 'the admin console has sessions as long as the org says, within the vendor’s bounds',
  async tell(t) {
    const at = '/first-party-app-settings/admin-console';
    expect(await t.get(at)).toEqual({ sessionIdleTimeoutMinutes: 15, sessionMaxLifetimeMinutes: 720 });
    await t.refused('E0000001', 'PUT', at, { sessionIdleTimeoutMinutes: 1 });
    await t.refused('E0000001', 'PUT', at, { sessionMaxLifetimeMinutes: 20_000 });
    await t.refused('E0000007', 'GET', '/first-party-app-settings/nothing');
    await t.send('PUT', at, { sessionIdleTimeoutMinutes: 30, sessionMaxLifetimeMinutes: 60 });
    expect(await t.get(at)).toEqual({ sessionIdleTimeoutMinutes: 30, sessionMaxLifetimeMinutes: 60 });
  },
};

const personal: Story = {
  says: 'Okta Personal is open to people as the org says, but for those of blocked domains',
  async tell(t) {
    const at = '/okta-personal-settings/api/v1';
    const on = { enableExportApps: true, enableEnduserEntryPoints: false };
    expect((await t.org.call('PUT', `${at}/edit-feature`, on)).status).toBe(204);
    const domains = ['yahoo.com', 'google.com'];
    expect((await t.org.call('PUT', `${at}/export-blocklists`, { domains })).status).toBe(204);
    const bad = await t.org.call('PUT', `${at}/export-blocklists`, { domains: ['no domain'] });
    expect(bad.body.errorCode).toBe('E0000001');
    expect((await t.org.call('GET', `${at}/export-blocklists`)).body).toEqual({ domains });
  },
};

const child: Story = {
  says: 'a child org has a subdomain and a name of its own',
  async tell(t) {
    const profile = { firstName: 'A', lastName: 'B', email: 'a@b.example', login: 'a@b.example' };
    const made = { subdomain: 'child-1', name: 'Child', website: 'https://c.example', edition: 'SKU' };
    const admin = { profile };
    await t.refused('E0000001', 'POST', '/orgs', made);
    await t.refused('E0000001', 'POST', '/orgs', { ...made, admin: { profile: { firstName: 'A' } } });
    await t.refused('E0000170', 'POST', '/orgs', { ...made, admin, subdomain: 'admin' });
    await t.refused('E0000172', 'POST', '/orgs', { ...made, admin, subdomain: 'x'.repeat(58) });
    const { id } = await t.send('POST', '/orgs', { ...made, admin });
    await t.refused('E0000088', 'POST', '/orgs', { ...made, admin, name: 'Other' });
    await t.refused('E0000089', 'POST', '/orgs', { ...made, admin, subdomain: 'child-2' });
    expect(await t.eventsOf(id)).toEqual(['system.org.lifecycle.create']);
  },
};

const wellKnown: Story = {
  says: 'a brand shows what other programs look for, in the form that they want, at its domain',
  async tell(t) {
    const [standard] = await t.get('/brands');
    const made = await t.send('POST', '/domains', {
      ...{ domain: 'login.acme.example', certificateSourceType: 'OKTA_MANAGED' },
    });
    for (const { fqdn, values } of made.dnsRecords)
      perform(t, 'writeDnsRecord', 'ann@acme.example', { fqdn, value: values[0] });
    await t.send('POST', `/domains/${made.id}/verify`);
    const at = `/brands/${made.brandId}/well-known-uris`;
    const served = async (path: string) =>
      (await t.org.call('GET', `/.well-known/${path}`, undefined, { host: 'login.acme.example' })).body;
    const set = (path: string, representation: unknown) =>
      [`${at}/${path}/customized`, { representation }] as const;
    await t.refused('E0000001', 'GET', `${at}/nothing`);
    await t.refused('E0000257', 'PUT', `/brands/${standard.id}/well-known-uris/webauthn/customized`, {
      representation: { origins: [] },
    });
    for (const [path, bad] of [
      ['apple-app-site-association', { authsrv: {} }],
      ['apple-app-site-association', []],
      ['assetlinks.json', {}],
      ['webauthn', { origins: [1] }],
      ['webauthn', { other: [] }],
      ['webauthn', { origins: ['x'.repeat(100_001)] }],
    ] as const)
      await t.refused('E0000001', 'PUT', ...set(path, bad));
    await t.refused('E0000007', 'GET', `${at}/webauthn/customized`);
    await t.send('PUT', ...set('webauthn', { origins: ['https://a.example'] }));
    await t.send('PUT', ...set('assetlinks.json', [{ relation: [] }]));
    await t.send('PUT', ...set('apple-app-site-association', { webcredentials: {} }));
    expect((await t.get(`${at}/webauthn/customized`)).representation).toEqual({
      origins: ['https://a.example'],
    });
    expect((await t.get(`${at}/webauthn`))._links.customized.href).toContain('/customized');
    expect(Object.keys((await t.get(at))._embedded)).toEqual([
      'apple-app-site-association',
      'assetlinks.json',
      'webauthn',
    ]);
    expect(await served('webauthn')).toEqual({ origins: ['https://a.example'] });
    expect(await served('assetlinks.json')).toEqual([{ relation: [] }]);
    expect(Object.keys(await served('apple-app-site-association'))).toEqual(['authsrv', 'webcredentials']);
    expect((await t.org.call('GET', '/.well-known/webauthn')).status).toBe(404);
  },
};

export const orgStories: Story[] = [...[switches, aerial, support, firstParty, personal, child, wellKnown]];
