import { describe, expect, it } from 'vitest';
import { okta } from '../../../twins/okta/twin.ts';
import { caller, openOrg, type TestOrg } from './org.ts';

const DAY = 86_400_000;
const pass = (org: TestOrg, days: number) => org.universe.advance(org.universe.clock.now() + days * DAY);
const use = async (org: TestOrg, from?: string) =>
  (await org.call('GET', '/api/v1/api-tokens', undefined, from ? { 'x-forwarded-for': from } : {})).status;

describe('an API token', () => {
  it('is good for thirty days after its last use; the world’s own has no end', async () => {
    const org = await openOrg();
    const { id, secret } = org.universe.work('okta', (world) => {
      const minted = okta.credentials.mint(world, { kind: 'apiToken', as: 'ann@acme.example' });
      return { id: minted.id, secret: String(minted.secret.apiToken) };
    });
    const call = caller(org, secret);
    for (let month = 0; month < 3; month++) {
      await pass(org, 29);
      expect((await call('GET', '/api/v1/users/me')).status).toBe(200);
    }
    const token = (await org.call('GET', `/api/v1/api-tokens/${id}`)).body;
    expect(Date.parse(token.expiresAt)).toBe(org.universe.clock.now() + 30 * DAY);
    await pass(org, 31);
    expect((await call('GET', '/api/v1/users/me')).status).toBe(401);
    expect(await use(org)).toBe(200);
  });

  it('is refused outside of the networks that it is limited to, which the System Log tells', async () => {
    const org = await openOrg();
    const zone = (
      await org.call('POST', '/api/v1/zones', {
        type: 'IP',
        name: 'Office',
        gateways: [{ type: 'CIDR', value: '127.0.0.0/8' }],
      })
    ).body;
    const [{ id }] = (await org.call('GET', '/api/v1/api-tokens')).body;
    const network = { connection: 'ZONE', include: [zone.id] };
    expect((await org.call('PUT', `/api/v1/api-tokens/${id}`, { name: 'Mine', network })).status).toBe(200);
    expect([await use(org), await use(org, '203.0.113.9')]).toEqual([200, 403]);
    const filter = 'eventType eq "system.api_token.request_outside_allowed_range"';
    const { body } = await org.call('GET', `/api/v1/logs?filter=${encodeURIComponent(filter)}`);
    expect(body).toMatchObject([{ outcome: { result: 'DENY' }, client: { ipAddress: '203.0.113.9' } }]);
    await org.call('POST', `/api/v1/zones/${zone.id}/lifecycle/deactivate`);
    expect((await org.call('DELETE', `/api/v1/zones/${zone.id}`)).status).toBe(403);
  });

  it('may be kept out of a zone, and be used from everywhere else', async () => {
    const org = await openOrg();
    const gateways = [{ type: 'CIDR', value: '203.0.113.0/24' }];
    const zone = (await org.call('POST', '/api/v1/zones', { type: 'IP', name: 'Cafe', gateways })).body;
    const [{ id }] = (await org.call('GET', '/api/v1/api-tokens')).body;
    const network = { connection: 'ZONE', exclude: [zone.id] };
    await org.call('PUT', `/api/v1/api-tokens/${id}`, { name: 'Mine', network });
    expect([await use(org), await use(org, '203.0.113.9'), await use(org, '198.51.100.1')]).toEqual([
      200, 403, 200,
    ]);
  });
});
