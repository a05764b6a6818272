import { describe, expect, it } from 'vitest';
import { links, openOrg, pathOf, type TestOrg } from './org.ts';

const types = (body: { eventType: string }[]) => body.map((event) => event.eventType);
const addEve = async (org: TestOrg) => {
  const [group] = (await org.call('GET', '/api/v1/groups?q=Engineering')).body;
  const eve = (await org.call('GET', '/api/v1/users/eve')).body;
  await org.call('PUT', `/api/v1/groups/${group.id}/users/${eve.id}`);
  return { group, eve };
};

describe('the System Log', () => {
  it('tells who did what to whom, with real milliseconds', async () => {
    const org = await openOrg();
    const { group, eve } = await addEve(org);
    const { body } = await org.call('GET', '/api/v1/logs?filter=eventType eq "group.user_membership.add"');
    expect(body[0]).toMatchObject({
      eventType: 'group.user_membership.add',
      actor: { type: 'User', alternateId: 'ann@acme.example', displayName: 'Ann Admin', detailEntry: null },
      outcome: { result: 'SUCCESS' },
      client: { zone: 'null' },
      severity: 'INFO',
      version: '0',
    });
    expect(body[0].target.map((one: { type: string; id: string }) => [one.type, one.id])).toEqual([
      ['User', eve.id],
      ['UserGroup', group.id],
    ]);
  });

  it('has an event for each step of a user’s life', async () => {
    const org = await openOrg();
    const email = 'isaac@acme.example';
    const profile = { firstName: 'Isaac', lastName: 'Brock', email, login: email };
    const { body: user } = await org.call('POST', '/api/v1/users', {
      profile,
      credentials: { password: { value: 'Tr0ub4dor-x' } },
    });
    await org.call('POST', `/api/v1/users/${user.id}`, { profile: { title: 'Boss' } });
    await org.call('POST', `/api/v1/users/${user.id}/lifecycle/suspend`);
    await org.call('DELETE', `/api/v1/users/${user.id}`);
    await org.call('DELETE', `/api/v1/users/${user.id}`);
    const { body } = await org.call('GET', `/api/v1/logs?filter=target.id eq "${user.id}"`);
    expect(types(body)).toEqual([
      'user.lifecycle.create',
      'user.lifecycle.activate',
      'user.account.update_profile',
      'user.lifecycle.suspend',
      'user.lifecycle.deactivate',
      'user.lifecycle.delete.initiated',
      'user.lifecycle.delete.completed',
    ]);
  });

  it('can be polled: there is always a next page, which begins where the last one ended', async () => {
    const org = await openOrg();
    const first = await org.call('GET', '/api/v1/logs?limit=100');
    expect(links(first).next).toMatch(/after=\d+_\d+/);
    await addEve(org);
    const second = await org.call('GET', pathOf(links(first).next as string));
    expect(types(second.body)).toEqual(['group.user_membership.add', 'application.user_membership.add']);
    const third = await org.call('GET', pathOf(links(second).next as string));
    expect(third.body).toEqual([]);
    expect(links(third).next).toBe(links(second).next);
  });

  it('is cut by since and until, searched by q, and read backwards', async () => {
    const org = await openOrg();
    await addEve(org);
    const moment = new Date(org.universe.now() + 30_000).toISOString();
    await org.universe.advance(org.universe.now() + 60_000);
    await org.call('POST', '/api/v1/users/bob/lifecycle/suspend');
    const ask = async (query: string) => types((await org.call('GET', `/api/v1/logs?${query}`)).body);
    expect(await ask(`since=${moment}`)).toEqual(['user.lifecycle.suspend']);
    expect(await ask(`until=${moment}`)).toEqual([
      'group.user_membership.add',
      'application.user_membership.add',
    ]);
    expect(await ask('q=ericson add')).toHaveLength(2);
    expect((await ask('sortOrder=DESCENDING'))[0]).toBe('user.lifecycle.suspend');
    expect((await org.call('GET', '/api/v1/logs?since=yesterday')).status).toBe(400);
    expect((await org.call('GET', '/api/v1/logs?filter=eventType')).body.errorCode).toBe('E0000053');
  });
});
