import { describe, expect, it } from 'vitest';
import { rememberSignIn } from '../../../twins/okta/model/guard/signInTrace.ts';
import { userByLogin } from '../../../twins/okta/model/people/user.ts';
import { contextOf } from '../../../twins/okta/model/policies/policyContext.ts';
import { decidingRule } from '../../../twins/okta/model/policies/policyDecision.ts';
import { okta } from '../../../twins/okta/twin.ts';
import { type Answer, openOrg, type TestOrg } from './org.ts';

const ADMIN = 'ann@acme.example';
const place = (org: TestOrg, input: object) =>
  org.universe.work('okta', (world) => okta.gestures.placeAddress?.perform(world, ADMIN, input as never));
const from = (ip: string) => ({ 'x-forwarded-for': ip });
const readMe = (org: TestOrg, ip: string): Promise<Answer> =>
  org.call('GET', '/api/v1/users/me', undefined, from(ip));
const made = async (org: TestOrg, path: string, body: object) => {
  const answer = await org.call('POST', `/api/v1${path}`, body);
  expect(answer.status, answer.body.errorSummary).toBe(200);
  return answer.body;
};
const eventsOf = async (org: TestOrg, type: string) =>
  (await org.call('GET', `/api/v1/logs?filter=${encodeURIComponent(`eventType eq "${type}"`)}`)).body;

describe('a request from a blocked zone', () => {
  it('is refused whatever it asks for, by address, network or range, until the zone is off', async () => {
    const org = await openOrg();
    const zone = await made(org, '/zones', {
      type: 'IP',
      name: 'bad',
      usage: 'BLOCKLIST',
      gateways: [
        { type: 'CIDR', value: '198.51.100.0/24' },
        { type: 'RANGE', value: '203.0.113.5-203.0.113.9' },
        { type: 'CIDR', value: '2001:db8::/32' },
      ],
    });
    for (const ip of ['198.51.100.77', '203.0.113.5', '203.0.113.9', '2001:db8::1']) {
      const answer = await readMe(org, ip);
      expect([answer.status, answer.body.errorCode]).toEqual([403, 'E0000006']);
    }
    for (const ip of ['198.51.101.1', '203.0.113.10', '2001:db9::1'])
      expect((await readMe(org, ip)).status).toBe(200);
    expect((await eventsOf(org, 'security.request.blocked'))[0]).toMatchObject({
      client: { ipAddress: '198.51.100.77' },
      outcome: { result: 'DENY' },
      target: [{ id: zone.id }],
    });
    await org.call('POST', `/api/v1/zones/${zone.id}/lifecycle/deactivate`);
    expect((await readMe(org, '203.0.113.5')).status).toBe(200);
  });

  it('is let in where the exempt zone has its address, and judged by the address before trusted proxies', async () => {
    const org = await openOrg();
    await made(org, '/zones', {
      type: 'IP',
      name: 'bad',
      usage: 'BLOCKLIST',
      gateways: [{ type: 'CIDR', value: '198.51.100.0/24' }],
    });
    const office = { type: 'IP', name: 'office', proxies: [{ type: 'CIDR', value: '10.0.0.0/8' }] };
    await made(org, '/zones', office);
    expect((await readMe(org, '198.51.100.1, 10.0.0.1')).status).toBe(403);
    expect((await readMe(org, '198.51.100.1, 192.0.2.1')).status).toBe(200);
    const exempt = (await org.call('GET', '/api/v1/zones')).body.find(
      (one: { name: string }) => one.name === 'DefaultExemptIpZone',
    );
    const gateways = [{ type: 'CIDR', value: '198.51.100.1/32' }];
    const body = { type: 'IP', name: 'DefaultExemptIpZone', gateways };
    const refused = await org.call('PUT', `/api/v1/zones/${exempt.id}`, body);
    expect(refused.body.errorCauses[0].errorSummary).toContain('does not allow usage changes');
    await org.call('PUT', `/api/v1/zones/${exempt.id}`, { ...body, useAsExemptList: true });
    expect((await readMe(org, '198.51.100.1')).status).toBe(200);
    expect((await readMe(org, '198.51.100.2')).status).toBe(403);
  });

  it('is told by its place, its network, its proxy or the services behind it', async () => {
    const org = await openOrg();
    place(org, { ip: '127.0.0.1', country: 'FR', region: 'FR-BRE' });
    place(org, { ip: '192.0.2.1', country: 'FR', region: 'FR-IDF', asn: '64500' });
    place(org, { ip: '192.0.2.2', country: 'FR', proxyType: 'TorAnonymizer' });
    place(org, { ip: '192.0.2.3', country: 'DE', serviceCategories: ['NORD_VPN'] });
    const blocks = async (parts: object) => {
      const zone = await made(org, '/zones', { name: 'z', usage: 'BLOCKLIST', ...parts });
      const found = [];
      for (const n of [1, 2, 3, 4]) if ((await readMe(org, `192.0.2.${n}`)).status === 403) found.push(n);
      await org.call('POST', `/api/v1/zones/${zone.id}/lifecycle/deactivate`);
      await org.call('DELETE', `/api/v1/zones/${zone.id}`);
      return found;
    };
    expect(await blocks({ type: 'DYNAMIC', locations: [{ country: 'FR', region: 'FR-IDF' }] })).toEqual([1]);
    expect(await blocks({ type: 'DYNAMIC', asns: ['64500'] })).toEqual([1]);
    expect(await blocks({ type: 'DYNAMIC', proxyType: 'TorAnonymizer' })).toEqual([2]);
    expect(await blocks({ type: 'DYNAMIC_V2', locations: { exclude: [{ country: 'FR' }] } })).toEqual([3, 4]);
    const services = { include: ['ALL_IP_SERVICES'] };
    expect(await blocks({ type: 'DYNAMIC_V2', ipServiceCategories: services })).toEqual([3]);
    const but = { include: ['ALL_IP_SERVICES'], exclude: ['NORD_VPN'] };
    expect(await blocks({ type: 'DYNAMIC_V2', ipServiceCategories: but })).toEqual([]);
  });
});

describe('zones', () => {
  it('stay while they are on or rules name them, and are found by usage and page by page', async () => {
    const org = await openOrg();
    const gateways = [{ type: 'RANGE', value: '192.0.2.1' }];
    const zone = await made(org, '/zones', { type: 'IP', name: 'office', gateways });
    expect(zone.gateways).toEqual([{ type: 'RANGE', value: '192.0.2.1-192.0.2.1' }]);
    const at = `/api/v1/zones/${zone.id}`;
    expect((await org.call('DELETE', at)).body.errorCauses[0].errorSummary).toBe(
      `id: The zone: ${zone.id} is an active zone. Active zones cannot be deleted.`,
    );
    const policy = await made(org, '/policies', { type: 'OKTA_SIGN_ON', name: 'p' });
    const rule = await made(org, `/policies/${policy.id}/rules`, {
      type: 'SIGN_ON',
      name: 'in the office',
      conditions: { network: { connection: 'ZONE', include: [zone.id] } },
    });
    await org.call('POST', `${at}/lifecycle/deactivate`);
    expect((await org.call('DELETE', at)).body.errorCauses[0].errorSummary).toContain('in the office');
    await org.call('DELETE', `/api/v1/policies/${policy.id}/rules/${rule.id}`);
    expect((await org.call('DELETE', at)).status).toBe(204);
    const blocked = await org.call(
      'GET',
      `/api/v1/zones?filter=${encodeURIComponent('usage eq "BLOCKLIST"')}`,
    );
    expect(blocked.body.map((one: { name: string }) => one.name)).toEqual([
      'BlockedIpZone',
      'DefaultEnhancedDynamicZone',
    ]);
    const first = await org.call('GET', '/api/v1/zones?limit=1');
    expect(first.body).toHaveLength(1);
    expect(first.headers.get('link')).toContain('rel="next"');
  });
});

describe('ThreatInsight', () => {
  it('writes down or refuses sign-ins from addresses that attacked others, but for exempt zones', async () => {
    const org = await openOrg();
    place(org, { ip: '192.0.2.66', threat: true });
    const signIn = async () =>
      (
        await org.call(
          'POST',
          '/api/v1/authn',
          { username: 'eve@acme.example', password: 'x' },
          from('192.0.2.66'),
        )
      ).status;
    const set = (body: object) => org.call('POST', '/api/v1/threats/configuration', body);
    expect(await signIn()).toBe(401);
    await set({ action: 'audit' });
    expect(await signIn()).toBe(401);
    await set({ action: 'block' });
    expect(await signIn()).toBe(403);
    expect((await readMe(org, '192.0.2.66')).status).toBe(200);
    const seen = await eventsOf(org, 'security.threat.detected');
    expect(seen.map((one: Answer['body']) => one.outcome.result)).toEqual(['ALLOW', 'DENY']);
    const gateways = [{ type: 'CIDR', value: '192.0.2.0/24' }];
    const zone = await made(org, '/zones', { type: 'IP', name: 'ours', gateways });
    await set({ action: 'block', excludeZones: [zone.id] });
    expect(await signIn()).toBe(401);
    expect((await set({ action: 'block', excludeZones: ['nzo'] })).status).toBe(400);
  });
});

describe('a person who becomes risky', () => {
  it('loses every session where the entity risk policy says so', async () => {
    const org = await openOrg();
    const [policy] = (await org.call('GET', '/api/v1/policies?type=ENTITY_RISK')).body;
    await made(org, `/policies/${policy.id}/rules`, {
      type: 'ENTITY_RISK',
      name: 'end it',
      conditions: { entityRisk: { level: 'HIGH' } },
      actions: { entityRisk: { actions: [{ action: 'TERMINATE_ALL_SESSIONS' }] } },
    });
    const set = (riskLevel: string) => org.call('PUT', '/api/v1/users/eve/risk', { riskLevel });
    expect((await set('MEDIUM')).status).toBe(201);
    expect(await eventsOf(org, 'user.session.clear')).toHaveLength(0);
    expect((await set('HIGH')).status).toBe(200);
    expect(await eventsOf(org, 'user.session.clear')).toHaveLength(1);
    expect(await eventsOf(org, 'policy.entity_risk.action')).toHaveLength(1);
    expect((await set('HIGH')).status).toBe(200);
    expect(await eventsOf(org, 'policy.entity_risk.action')).toHaveLength(1);
    expect((await set('EXTREME')).status).toBe(400);
  });
});

describe('rules about devices and behaviours', () => {
  const decided = (org: TestOrg, login: string, client: { ipAddress: string; userAgent: string }) =>
    org.universe.work('okta', (world) => {
      const user = userByLogin(world, login);
      const context = contextOf(world, client, user, { app: { id: '', name: '' } });
      return decidingRule(world, 'OKTA_SIGN_ON', context)?.rule.name;
    });
  const iphone = {
    ipAddress: '127.0.0.1',
    userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X)',
  };

  it('hold for the device that somebody has set up, managed and as assurance asks', async () => {
    const org = await openOrg();
    const login = 'eve@acme.example';
    const assurance = await made(org, '/device-assurances', {
      name: 'phones',
      platform: 'IOS',
      osVersion: { minimum: '18.6' },
      jailbreak: false,
    });
    const policy = await made(org, '/policies', { type: 'OKTA_SIGN_ON', name: 'Devices' });
    const rule = (name: string, device: object) =>
      made(org, `/policies/${policy.id}/rules`, { type: 'SIGN_ON', name, conditions: { device } });
    await rule('assured', { registered: true, assurance: { include: [assurance.id] } });
    await rule('managed', { registered: true, managed: true });
    await rule('registered', { registered: true });
    expect(decided(org, login, iphone)).toBe('Default Rule');
    const perform = (gesture: string, input: object) =>
      org.universe.work('okta', (world) => okta.gestures[gesture]?.perform(world, login, input as never));
    perform('setUpDevice', { platform: 'IOS', name: 'phone' });
    expect(decided(org, login, iphone)).toBe('registered');
    expect(decided(org, login, { ...iphone, userAgent: 'Mozilla/5.0 (Windows NT 10.0)' })).toBe(
      'Default Rule',
    );
    perform('changeDevice', { device: 'phone', managed: true });
    expect(decided(org, login, iphone)).toBe('managed');
    perform('changeDevice', { device: 'phone', osVersion: '18.10.0' });
    expect(decided(org, login, iphone)).toBe('assured');
    perform('changeDevice', { device: 'phone', jailbreak: true });
    expect(decided(org, login, iphone)).toBe('managed');
  });

  it('hold for sign-ins from a new city, a new device, or faster than anybody travels', async () => {
    const org = await openOrg();
    const paris = { country: 'FR', region: 'FR-IDF', city: 'Paris', latitude: 48.86, longitude: 2.35 };
    place(org, { ip: '192.0.2.1', ...paris });
    place(org, { ip: '192.0.2.2', ...paris });
    place(org, {
      ip: '192.0.2.3',
      country: 'US',
      region: 'US-CA',
      city: 'Fresno',
      latitude: 36.7,
      longitude: -119.8,
    });
    const behaviors = (await org.call('GET', '/api/v1/behaviors')).body;
    const idOf = (name: string) => behaviors.find((one: { name: string }) => one.name === name).id;
    const policy = await made(org, '/policies', { type: 'OKTA_SIGN_ON', name: 'Behaviours' });
    const names = ['Velocity', 'New City', 'New Device', 'New IP'];
    for (const name of names)
      await made(org, `/policies/${policy.id}/rules`, {
        type: 'SIGN_ON',
        name,
        conditions: { risk: { behaviors: [idOf(name)] } },
      });
    const eve = 'eve@acme.example';
    const from = (n: number, userAgent = 'Safari') => ({ ipAddress: `192.0.2.${n}`, userAgent });
    const signIn = (n: number) =>
      org.universe.work('okta', (world) => {
        const user = userByLogin(world, eve);
        rememberSignIn(world, user?.id ?? '', from(n));
      });
    expect(decided(org, eve, from(1))).toBe('New City');
    signIn(1);
    expect(decided(org, eve, from(1))).toBe('Default Rule');
    expect(decided(org, eve, from(2))).toBe('New IP');
    expect(decided(org, eve, from(1, 'Firefox'))).toBe('New Device');
    expect(decided(org, eve, from(3))).toBe('Velocity');
    await org.universe.advance(org.universe.clock.now() + 24 * 3_600_000);
    expect(decided(org, eve, from(3))).toBe('New City');
    const kept = await org.call('DELETE', `/api/v1/behaviors/${idOf('Velocity')}`);
    expect(kept.body.errorCauses[0].errorSummary).toContain('used in policy rules');
  });
});
