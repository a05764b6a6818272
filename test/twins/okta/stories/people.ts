/** Users, groups, their rules, owners and roles. */
import { expect } from 'vitest';
import { gestures } from '../../../../twins/okta/gestures.ts';
import { roleAssignments } from '../../../../twins/okta/world.ts';
import type { Body, Story, Teller } from './teller.ts';

const PASSWORD = 'Tr0ub4dor-x';
const profile = { firstName: 'Zoe', lastName: 'Zed', email: 'zoe@acme.example', login: 'zoe@acme.example' };
const statusOf = async (t: Teller, id: string) => (await t.get(`/users/${id}`)).status;
const groupOf = async (t: Teller, name: string) => (await t.get(`/groups?q=${name}`))[0];

const user: Story = {
  says: 'users are made, found, changed and taken through every step of their life',
  async tell(t) {
    const credentials = { password: { value: PASSWORD } };
    const { id } = await t.send('POST', '/users?activate=false', { profile, credentials });
    await t.refused('E0000001', 'POST', '/users', { profile });
    const at = `/users/${id}`;
    expect((await t.get('/users?q=Zoe')).map((one: Body) => one.id)).toEqual([id]);
    await t.send('POST', at, { profile: { nickName: 'Z' } });
    expect((await t.get(at)).profile).toMatchObject({ ...profile, nickName: 'Z' });
    await t.send('PUT', at, { profile });
    expect((await t.get(at)).profile.nickName).toBeUndefined();
    for (const [action, status] of [
      ['activate', 'ACTIVE'],
      ['suspend', 'SUSPENDED'],
      ['unsuspend', 'ACTIVE'],
      ['reset_password', 'RECOVERY'],
    ] as const) {
      await t.send('POST', `${at}/lifecycle/${action}`);
      expect(await statusOf(t, id)).toBe(status);
    }
    await t.send('POST', `${at}/lifecycle/deactivate`);
    await t.refused('E0000001', 'POST', `${at}/lifecycle/suspend`);
    await t.refused('E0000038', 'POST', `${at}/lifecycle/expire_password`);
    await t.send('DELETE', at);
    await t.refused('E0000007', 'GET', at);
  },
};

const activation: Story = {
  says: 'users without a password are PROVISIONED and may be sent their mail again',
  async tell(t) {
    const { id } = await t.send('POST', '/users?activate=false', { profile });
    await t.refused('E0000038', 'POST', `/users/${id}/lifecycle/reactivate`);
    await t.send('POST', `/users/${id}/lifecycle/activate`);
    expect(await statusOf(t, id)).toBe('PROVISIONED');
    await t.org.universe.advance(t.org.universe.now() + 1_000);
    await t.send('POST', `/users/${id}/lifecycle/reactivate`);
    expect(await t.eventsOf(id)).toContain('user.lifecycle.reactivate');
  },
};

const passwords: Story = {
  says: 'passwords and recovery questions change for who knows the old ones',
  async tell(t) {
    const credentials = {
      password: { value: PASSWORD },
      recovery_question: { question: 'Which pet?', answer: 'the cat' },
    };
    const { id } = await t.send('POST', '/users', { profile, credentials });
    const at = `/users/${id}/credentials`;
    const next = { oldPassword: { value: PASSWORD }, newPassword: { value: 'N3w-password' } };
    await t.send('POST', `${at}/change_password`, next);
    await t.refused('E0000014', 'POST', `${at}/change_password`, next);
    const question = { question: 'Which town?', answer: 'Ulm an der Donau' };
    await t.send('POST', `${at}/change_recovery_question`, {
      password: { value: 'N3w-password' },
      recovery_question: question,
    });
    expect((await t.get(`/users/${id}`)).credentials.recovery_question).toEqual({ question: 'Which town?' });
    await t.send('POST', `${at}/forgot_password`);
    expect(await statusOf(t, id)).toBe('RECOVERY');
    const answer = (text: string) => ({
      password: { value: 'An0ther-password' },
      recovery_question: { answer: text },
    });
    await t.refused('E0000087', 'POST', `${at}/forgot_password_recovery_question`, answer('Bonn am Rhein'));
    await t.send('POST', `${at}/forgot_password_recovery_question`, answer('Ulm an der Donau'));
    expect(await statusOf(t, id)).toBe('ACTIVE');
    await t.send('POST', `/users/${id}/lifecycle/expire_password`);
    expect(await statusOf(t, id)).toBe('PASSWORD_EXPIRED');
    const path = `/users/${id}/lifecycle/expire_password_with_temp_password`;
    const { tempPassword } = await t.send('POST', path);
    const changed = { oldPassword: { value: tempPassword }, newPassword: { value: 'Th1rd-password' } };
    await t.send('POST', `${at}/change_password`, changed);
    expect(await statusOf(t, id)).toBe('ACTIVE');
  },
};

const lockOut: Story = {
  says: 'users who are locked out are let in again by an administrator, others are not',
  async tell(t) {
    const bob = await t.get('/users/bob');
    const at = `/users/${bob.id}/lifecycle`;
    await t.refused('E0000032', 'POST', `${at}/unlock`);
    t.org.universe.work('okta', (world) => gestures.lockOut?.perform(world, 'bob@acme.example', {} as never));
    expect(await statusOf(t, bob.id)).toBe('LOCKED_OUT');
    await t.refused('E0000001', 'POST', `${at}/suspend`);
    await t.send('POST', `${at}/unlock`);
    expect(await statusOf(t, bob.id)).toBe('ACTIVE');
    await t.org.universe.advance(t.org.universe.now() + 1_000);
    await t.send('POST', `${at}/reset_factors`);
    expect((await t.get('/users/bob')).lastUpdated).not.toBe(bob.lastUpdated);
    await t.send('POST', `${at}/deactivate`);
    await t.refused('E0000038', 'POST', `${at}/reset_factors`);
    expect(await t.eventsOf(bob.id)).toEqual([
      'user.account.lock',
      'user.account.unlock_by_admin',
      'user.mfa.factor.reset_all',
      'application.user_membership.remove',
      'user.lifecycle.deactivate',
    ]);
  },
};

const group: Story = {
  says: 'groups are made, renamed, filled, owned and removed',
  async tell(t) {
    const { id } = await t.send('POST', '/groups', { profile: { name: 'Night shift' } });
    const at = `/groups/${id}`;
    await t.refused('E0000001', 'POST', '/groups', { profile: { name: 'Night shift' } });
    await t.send('PUT', at, { profile: { name: 'Day shift' } });
    expect((await t.get(at)).profile.name).toBe('Day shift');
    const bob = await t.get('/users/bob');
    await t.send('PUT', `${at}/users/${bob.id}`);
    expect((await t.get(`${at}/users`)).map((one: Body) => one.id)).toEqual([bob.id]);
    expect((await t.get('/users/bob/groups')).map((one: Body) => one.id)).toContain(id);
    await t.send('DELETE', `${at}/users/${bob.id}`);
    expect(await t.get(`${at}/users`)).toEqual([]);
    await t.send('POST', `${at}/owners`, { id: bob.id, type: 'USER' });
    await t.refused('E0000001', 'POST', `${at}/owners`, { id: bob.id, type: 'USER' });
    expect((await t.get(`${at}/owners`)).map((one: Body) => one.id)).toEqual([bob.id]);
    await t.send('DELETE', `${at}/owners/${bob.id}`);
    expect(await t.get(`${at}/owners`)).toEqual([]);
    const app = (await t.get('/apps?q=Wiki'))[0];
    await t.send('PUT', `/apps/${app.id}/groups/${id}`, {});
    expect((await t.get(`${at}/apps`)).map((one: Body) => one.id)).toEqual([app.id]);
    await t.send('DELETE', at);
    await t.refused('E0000007', 'GET', at);
    const everyone = await groupOf(t, 'Everyone');
    await t.refused('E0000006', 'DELETE', `/groups/${everyone.id}`);
  },
};

const goesWith: Story = {
  says: 'roles and ownership go with the user or group that had them',
  async tell(t) {
    const owned = await groupOf(t, 'Engineering');
    const { id } = await t.get('/users/bob');
    await t.send('POST', `/users/${id}/roles`, { type: 'USER_ADMIN' });
    await t.send('POST', `/groups/${owned.id}/owners`, { id, type: 'USER' });
    await t.send('DELETE', `/users/${id}`);
    await t.send('DELETE', `/users/${id}`);
    expect(await t.get(`/groups/${owned.id}/owners`)).toEqual([]);
    const left = t.org.universe.work('okta', (world) =>
      world.list(roleAssignments, { prefix: `${id}/` }).count(),
    );
    expect(left).toBe(0);
  },
};

const rule: Story = {
  says: 'group rules are made off, turned on and off, changed while they are off, and removed',
  async tell(t) {
    const target = await t.send('POST', '/groups', { profile: { name: 'Sellers' } });
    const made = (name: string) => ({
      type: 'group_rule',
      name,
      conditions: { expression: { value: 'user.department=="Sales"', type: 'urn:okta:expression:1.0' } },
      actions: { assignUserToGroups: { groupIds: [target.id] } },
    });
    const { id } = await t.send('POST', '/groups/rules', made('sales'));
    const at = `/groups/rules/${id}`;
    await t.send('PUT', at, made('all of sales'));
    expect((await t.get(at)).name).toBe('all of sales');
    await t.send('POST', `${at}/lifecycle/activate`);
    expect((await t.get(`/groups/${target.id}/users`)).map((one: Body) => one.profile.login)).toEqual([
      'eve@acme.example',
    ]);
    await t.send('POST', `${at}/lifecycle/deactivate`);
    expect((await t.get('/groups/rules')).find((one: Body) => one.id === id).status).toBe('INACTIVE');
    await t.send('DELETE', at);
    await t.refused('E0000007', 'GET', at);
  },
};

export const peopleStories = [user, activation, passwords, lockOut, group, goesWith, rule];
