/** The official SDK against an org of a test's own: it wants a socket, so a small server hands its requests over. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client } from '@okta/okta-sdk-nodejs';
import { afterEach } from 'vitest';
import { openOrg, type TestOrg } from '../org.ts';

/** The SDK's API groups by name; what they take and give is looked into, not typed. */
export type Sdk = {
  [A in Extract<keyof Client, `${string}Api`>]: {
    // biome-ignore lint/suspicious/noExplicitAny: answers are looked into, not typed
    [M in Extract<keyof Client[A], string>]: (request?: object) => Promise<any>;
  };
};

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const HOP_BY_HOP = new Set(['host', 'connection', 'content-length', 'transfer-encoding']);

/** A client of the org, with the administrator's token. */
export async function clientOf(org: TestOrg): Promise<Client> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const answer = await org.fetch(`http://${request.headers.host}${request.url}`, {
      method: request.method ?? 'GET',
      headers: Object.fromEntries(
        Object.entries(request.headers).flatMap(([name, value]) =>
          typeof value === 'string' && !HOP_BY_HOP.has(name) ? [[name, value]] : [],
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

/** An org of its own, and the SDK for it. */
export async function openSdk(): Promise<{ sdk: Sdk; org: TestOrg }> {
  const org = await openOrg();
  return { sdk: (await clientOf(org)) as unknown as Sdk, org };
}

/** Everything that the SDK walks through, page by page. */
// biome-ignore lint/suspicious/noExplicitAny: answers are looked into, not typed
export async function all(collection: unknown): Promise<any[]> {
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into, not typed
  const found: any[] = [];
  const given = (await collection) as { each?(see: (one: unknown) => void): Promise<void> };
  // A few lists come as they are.
  if (!given.each) return [given].flat();
  await given.each((one) => void found.push(one));
  return found;
}

/** What the SDK rejects with. */
export const refusal = (status: number, errorCode: string) => ({ status, errorCode });
export const GONE = refusal(404, 'E0000007');

/** How a group of the SDK makes, reads, lists, changes and removes one kind of thing. */
export interface SdkLife {
  /** What is made, and what of it is there afterwards. */
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into, not typed
  make(): Promise<any>;
  shows: object;
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into, not typed
  read(id: string): Promise<any>;
  list?(): Promise<unknown[]>;
  change?(id: string): Promise<unknown>;
  changed?: object;
  turnOff?(id: string): Promise<unknown>;
  turnOn?(id: string): Promise<unknown>;
  remove(id: string): Promise<unknown>;
  /** What it is found by; its id unless said. */
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into, not typed
  key?(made: any): string;
}
