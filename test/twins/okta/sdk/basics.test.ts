import { describe, expect, it } from 'vitest';
import { openOrg } from '../org.ts';
import { clientOf } from './client.ts';

describe('the official SDK', () => {
  it('creates a user, puts them into a group and reads it again', async () => {
    const client = await clientOf(await openOrg());
    const email = 'isaac@acme.example';
    const user = await client.userApi.createUser({
      body: {
        profile: { firstName: 'Isaac', lastName: 'Brock', email, login: email },
        credentials: { password: { value: 'Tr0ub4dor-x' } },
      },
    });
    expect(user.status).toBe('ACTIVE');
    const group = await client.groupApi.createGroup({ group: { profile: { name: 'Ops' } } });
    await client.groupApi.assignUserToGroup({ groupId: group.id as string, userId: user.id as string });
    const members: (string | undefined)[] = [];
    const collection = await client.groupApi.listGroupUsers({ groupId: group.id as string });
    await collection.each((member) => {
      members.push(member?.profile?.login ?? undefined);
    });
    expect(members).toEqual([email]);
  });

  it('walks through pages by itself', async () => {
    const client = await clientOf(await openOrg());
    const collection = await client.userApi.listUsers({ limit: 1 });
    const seen: (string | undefined)[] = [];
    await collection.each((user) => {
      seen.push(user?.profile?.login ?? undefined);
    });
    expect(seen).toEqual(['ann@acme.example', 'bob@acme.example', 'eve@acme.example']);
  });

  it('understands the errors', async () => {
    const client = await clientOf(await openOrg());
    await expect(client.userApi.getUser({ userId: 'nobody' })).rejects.toMatchObject({
      status: 404,
      errorCode: 'E0000007',
    });
  });
});
