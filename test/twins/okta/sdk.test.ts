import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client } from '@okta/okta-sdk-nodejs';
import { afterEach, describe, expect, it } from 'vitest';
import { openOrg, type TestOrg } from './org.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** The official SDK wants a socket: a small server that hands its requests to the universe. */
async function clientOf(org: TestOrg): Promise<Client> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const answer = await org.fetch(`http://${request.headers.host}${request.url}`, {
      method: request.method ?? 'GET',
      headers: Object.fromEntries(
        Object.entries(request.headers).flatMap(([name, value]) =>
          typeof value === 'string' &&
          !['host', 'connection', 'content-length', 'transfer-encoding'].includes(name)
            ? [[name, value]]
            : [],
        ),
      ),
      ...(chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}),
    });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  return new Client({
    orgUrl: `http://127.0.0.1:${port}/u/${org.universe.id}/okta`,
    token: org.token,
    testing: { disableHttpsCheck: true },
  } as ConstructorParameters<typeof Client>[0]);
}

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
