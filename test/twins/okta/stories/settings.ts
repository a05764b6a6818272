/** The org's own settings, tokens, hooks, log streams and rate limits. */
import { expect } from 'vitest';
import { okta } from '../../../../twins/okta/twin.ts';
import { caller } from '../org.ts';
import { type Body, live, type Story } from './teller.ts';

const settings: Story = {
  says: 'the org’s settings are merged and replaced, and anybody may read its id',
  async tell(t) {
    await t.send('POST', '/org', { city: 'Ulm' });
    expect(await t.get('/org')).toMatchObject({ companyName: 'acme', city: 'Ulm' });
    await t.send('PUT', '/org', { companyName: 'Acme' });
    const { id, companyName, city } = await t.get('/org');
    expect([companyName, city]).toEqual(['Acme', '']);
    const metadata = await t.org.fetch('/okta/.well-known/okta-organization');
    expect(await metadata.json()).toMatchObject({
      id,
      _links: { organization: { href: t.org.base('okta') } },
    });
  },
};

const preferences: Story = {
  says: 'the footer and the vendor’s mails are turned off and on',
  async tell(t) {
    for (const [path, turns, field] of [
      ['/org/preferences', ['hideEndUserFooter', 'showEndUserFooter'], 'showEndUserFooter'],
      ['/org/privacy/oktaCommunication', ['optOut', 'optIn'], 'optOutEmailUsers'],
    ] as const) {
      const before = (await t.get(path))[field];
      await t.send('POST', `${path}/${turns[0]}`);
      expect((await t.get(path))[field]).toBe(!before);
      await t.send('POST', `${path}/${turns[1]}`);
      expect((await t.get(path))[field]).toBe(before);
    }
  },
};

const support: Story = {
  says: 'support staff may look in for eight hours, longer when it is extended, not when it is revoked',
  async tell(t) {
    const path = '/org/privacy/oktaSupport';
    const on = async () => (await t.get(path)).support;
    const later = (hours: number) => t.org.universe.advance(t.org.universe.now() + hours * 3_600_000);
    expect(await on()).toBe('DISABLED');
    await t.send('POST', `${path}/grant`);
    expect(await on()).toBe('ENABLED');
    await later(8);
    expect(await on()).toBe('DISABLED');
    await t.send('POST', `${path}/grant`);
    await t.send('POST', `${path}/extend`);
    await later(31);
    expect(await on()).toBe('ENABLED');
    await t.send('POST', `${path}/revoke`);
    expect(await on()).toBe('DISABLED');
  },
};

const contact: Story = {
  says: 'contacts are users of the org',
  async tell(t) {
    const { id } = await t.get('/users/bob');
    await t.refused('E0000007', 'PUT', '/org/contacts/BILLING', { userId: 'nobody' });
    await t.send('PUT', '/org/contacts/BILLING', { userId: id });
    expect((await t.get('/org/contacts/BILLING')).userId).toBe(id);
    expect((await t.get('/org/contacts')).map((one: Body) => one.contactType)).toContain('BILLING');
    await t.refused('E0000007', 'GET', '/org/contacts/NOTHING');
  },
};

const rateLimits: Story = {
  says: 'rate limit settings take what they understand',
  async tell(t) {
    for (const [name, good, bad] of [
      ['admin-notifications', { notificationsEnabled: false }, { notificationsEnabled: 'no' }],
      ['per-client', { defaultMode: 'PREVIEW' }, { defaultMode: 'MAYBE' }],
      ['warning-threshold', { warningThreshold: 75 }, { warningThreshold: 5 }],
    ] as const) {
      await t.send('PUT', `/rate-limit-settings/${name}`, good);
      expect(await t.get(`/rate-limit-settings/${name}`)).toEqual(good);
      await t.refused('E0000001', 'PUT', `/rate-limit-settings/${name}`, bad);
    }
    const [token] = await t.get('/api-tokens');
    const principal = { principalId: token.id, principalType: 'SSWS_TOKEN' };
    const { id } = await t.send('POST', '/principal-rate-limits', { ...principal, defaultPercentage: 20 });
    await t.refused('E0000001', 'POST', '/principal-rate-limits', principal);
    await t.send('PUT', `/principal-rate-limits/${id}`, { ...principal, defaultPercentage: 30 });
    expect((await t.get(`/principal-rate-limits/${id}`)).defaultPercentage).toBe(30);
    const filter = encodeURIComponent('principalType eq "SSWS_TOKEN"');
    expect((await t.get(`/principal-rate-limits?filter=${filter}`))[0].id).toBe(id);
    await t.refused('E0000001', 'GET', '/principal-rate-limits');
    expect(await t.eventsOf(id)).toHaveLength(2);
  },
};

const apiToken: Story = {
  says: 'API tokens are listed without their secret, limited to networks, and revoked',
  async tell(t) {
    const [{ id }] = await t.get('/api-tokens');
    const office = [{ type: 'CIDR', value: '127.0.0.0/8' }];
    const zone = await t.send('POST', '/zones', { type: 'IP', name: 'Office', gateways: office });
    const network = { connection: 'ZONE', include: [zone.id] };
    for (const wrong of [{ connection: 'MOON' }, { connection: 'ZONE' }, { ...network, include: ['nzo'] }])
      await t.refused('E0000001', 'PUT', `/api-tokens/${id}`, { name: 'Mine', network: wrong });
    await t.send('PUT', `/api-tokens/${id}`, { name: 'Mine', network });
    expect(await t.get(`/api-tokens/${id}`)).toMatchObject({ name: 'Mine', network });
    expect(await t.get(`/api-tokens/${id}`)).not.toHaveProperty('hash');
    await t.refused('E0000007', 'GET', '/api-tokens/nothing');
    await t.send('DELETE', '/api-tokens/current');
    await t.refused('E0000011', 'GET', '/api-tokens');
  },
};

const otherToken: Story = {
  says: 'a token that somebody else revoked is refused from then on, and revoking needs the power to',
  async tell(t) {
    const mint = (as: string) =>
      t.org.universe.work('okta', (world) => okta.credentials.mint(world, { kind: 'apiToken', as }));
    const [mine, theirs] = [mint('bob@acme.example'), mint('eve@acme.example')];
    const call = caller(t.org, mine.secret.apiToken as string);
    expect((await call('DELETE', `/api/v1/api-tokens/${theirs.id}`)).body.errorCode).toBe('E0000006');
    await t.send('POST', '/users/bob/roles', { type: 'READ_ONLY_ADMIN' });
    expect((await call('GET', '/api/v1/groups')).status).toBe(200);
    await t.send('DELETE', `/api-tokens/${mine.id}`);
    expect((await call('GET', '/api/v1/groups')).body.errorCode).toBe('E0000011');
    expect(await t.eventsOf(mine.id)).toContain('system.api_token.revoke');
  },
};

const hook = (uri: string) => ({
  type: 'HTTP',
  version: '1.0.0',
  config: { uri, authScheme: { type: 'HEADER', key: 'Authorization', value: 'secret' } },
});

const eventHook: Story = {
  says: 'event hooks are made, verified, turned, and removed when they are off',
  async tell(t) {
    const events = { type: 'EVENT_TYPE', items: ['user.lifecycle.suspend'] };
    const body = { name: 'h', events, channel: hook('https://h.example') };
    const { id, channel } = await t.send('POST', '/eventHooks', body);
    expect(channel.config.authScheme).not.toHaveProperty('value');
    const at = `/eventHooks/${id}`;
    await t.refused('E0000001', 'POST', '/eventHooks', { ...body, events: { items: [] } });
    await t.refused('E0000001', 'POST', `${at}/lifecycle/verify`);
    t.org.answer(({ headers }) => ({
      body: JSON.stringify({ verification: headers['x-okta-verification-challenge'] }),
    }));
    await t.send('POST', `${at}/lifecycle/verify`);
    expect((await t.get(at)).verificationStatus).toBe('VERIFIED');
    await t.send('PUT', at, { ...body, channel: hook('https://other.example') });
    expect((await t.get(at)).verificationStatus).toBe('UNVERIFIED');
    await t.refused('E0000001', 'DELETE', at);
    await t.send('POST', `${at}/lifecycle/deactivate`);
    await t.send('POST', `${at}/lifecycle/activate`);
    expect((await t.get('/eventHooks')).map((one: Body) => one.status)).toEqual(['ACTIVE']);
    await t.send('POST', `${at}/lifecycle/deactivate`);
    await t.send('DELETE', at);
    await t.refused('E0000007', 'GET', at);
  },
};

const inlineHook: Story = {
  says: 'inline hooks are made, turned, and removed when they are off',
  async tell(t) {
    const type = 'com.okta.oauth2.tokens.transform';
    const channel = { type: 'HTTP', version: '1.0.0', config: { uri: 'https://h.example' } };
    await live(t, {
      at: '/inlineHooks',
      made: { name: 'h', type, version: '1.0.0', channel },
      changed: { name: 'i', type, version: '1.0.1', channel },
      gone: 'InlineHook',
      turns: 'first',
      events: ['created', 'updated', 'deactivated', 'activated', 'deactivated', 'deleted'].map(
        (verb) => `inline_hook.${verb}`,
      ),
    });
    await t.refused('E0000001', 'POST', '/inlineHooks', { name: 'h', type });
  },
};

const logStream: Story = {
  says: 'log streams are made, turned, replaced and removed',
  async tell(t) {
    const stream = { accountId: '123456789012', eventSourceName: 'x', region: 'us-east-1' };
    const body = { type: 'aws_eventbridge', name: 'copy', settings: stream };
    await live(t, {
      at: '/logStreams',
      made: body,
      changed: { ...body, name: 'second copy' },
      gone: 'AppInstance',
      turns: 'freely',
      events: ['create', 'update', 'deactivate', 'activate', 'delete'].map(
        (verb) => `system.log_stream.lifecycle.${verb}`,
      ),
    });
    await t.refused('E0000001', 'POST', '/logStreams', { ...body, type: 'paper' });
  },
};

const log: Story = {
  says: 'the System Log holds what was done',
  async tell(t) {
    expect(await t.get('/logs')).toEqual([]);
    await t.send('POST', '/groups', { profile: { name: 'New' } });
    expect((await t.get('/logs')).map((one: Body) => one.eventType)).toEqual(['group.lifecycle.create']);
  },
};

export const settingStories = [
  settings,
  preferences,
  support,
  contact,
  rateLimits,
  apiToken,
  otherToken,
  eventHook,
  inlineHook,
  logStream,
  log,
];
