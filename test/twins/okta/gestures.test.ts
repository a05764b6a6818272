import { describe, expect, it } from 'vitest';
import { okta } from '../../../twins/okta/twin.ts';
import { openOrg, type TestOrg } from './org.ts';

const perform = (org: TestOrg, gesture: string, as: string, input: object) =>
  org.universe.work('okta', (world) => okta.gestures[gesture]?.perform(world, as, input as never));

describe('an administrator in the admin console', () => {
  it('adds people to groups, takes them out, changes profiles, suspends and deactivates', async () => {
    const org = await openOrg();
    const user = 'eve@acme.example';
    perform(org, 'addToGroup', 'ann@acme.example', { user, group: 'Engineering' });
    const groups = async () =>
      (await org.call('GET', '/api/v1/users/eve/groups')).body.map(
        (one: { profile: { name: string } }) => one.profile.name,
      );
    expect(await groups()).toContain('Engineering');
    perform(org, 'removeFromGroup', 'ann@acme.example', { user, group: 'Engineering' });
    expect(await groups()).not.toContain('Engineering');
    perform(org, 'changeProfile', 'ann@acme.example', { user, profile: { department: 'Engineering' } });
    expect(await groups()).toContain('Builders');
    perform(org, 'suspend', 'ann@acme.example', { user });
    expect((await org.call('GET', '/api/v1/users/eve')).body.status).toBe('SUSPENDED');
    perform(org, 'deactivate', 'ann@acme.example', { user });
    expect((await org.call('GET', '/api/v1/users/eve')).body.status).toBe('DEPROVISIONED');
  });

  it('must be one: anybody else has no such screen', async () => {
    const org = await openOrg();
    expect(() => perform(org, 'suspend', 'bob@acme.example', { user: 'eve@acme.example' })).toThrow(
      'not an administrator',
    );
  });
});
