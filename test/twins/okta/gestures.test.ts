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

  it('assigns an app by its label, and takes it away', async () => {
    const org = await openOrg();
    const made = await org.call('POST', '/api/v1/apps', {
      label: 'Notes',
      name: 'bookmark',
      signOnMode: 'BOOKMARK',
      settings: { app: { url: 'https://notes.example/' } },
    });
    const assigned = async () =>
      (await org.call('GET', `/api/v1/apps/${made.body.id}/users`)).body.map(
        (one: { credentials: { userName: string } }) => one.credentials.userName,
      );
    perform(org, 'assignToApp', 'ann@acme.example', { user: 'eve@acme.example', app: 'Notes' });
    expect(await assigned()).toEqual(['eve@acme.example']);
    perform(org, 'removeFromApp', 'ann@acme.example', { user: 'eve@acme.example', app: made.body.id });
    expect(await assigned()).toEqual([]);
  });

  it('must be one: anybody else has no such screen', async () => {
    const org = await openOrg();
    expect(() => perform(org, 'suspend', 'bob@acme.example', { user: 'eve@acme.example' })).toThrow(
      'not an administrator',
    );
  });
});
