/** A small SCIM 2.0 service over HTTP, as an app that Okta provisions has one: keeps users and groups, and what it was asked. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

// biome-ignore lint/suspicious/noExplicitAny: resources are looked into, not typed
type Resource = any;

export interface Asked {
  method: string;
  path: string;
  headers: Record<string, unknown>;
  body: Resource;
}

export interface ScimServer {
  url: string;
  users: Map<string, Resource>;
  groups: Map<string, Resource>;
  asked: Asked[];
  /** `GET /Users/1` … of what was asked since the last time. */
  told(): string[];
  /** Answers the next requests that `when` holds for with this status. */
  refuse(when: (asked: Asked) => boolean, status: number, detail?: string): void;
  close(): Promise<void>;
}

export const SCIM_TOKEN = 'scim-secret';

/** Starts one on a free port of loopback. */
export async function startScimServer(): Promise<ScimServer> {
  const users = new Map<string, Resource>();
  const groups = new Map<string, Resource>();
  const asked: Asked[] = [];
  let read = 0;
  let refusal: { when(asked: Asked): boolean; status: number; detail?: string | undefined } | undefined;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const one = {
      method: request.method ?? '',
      path: (request.url ?? '').replace('/scim/v2', ''),
      headers: request.headers,
      body: text ? JSON.parse(text) : undefined,
    };
    asked.push(one);
    const [status, body] =
      request.headers.authorization !== `Bearer ${SCIM_TOKEN}`
        ? [401, error(401, 'Unauthorized')]
        : refusal?.when(one)
          ? [refusal.status, error(refusal.status, refusal.detail ?? 'refused')]
          : answer(one, { Users: users, Groups: groups });
    response.writeHead(status, { 'content-type': 'application/scim+json' });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/scim/v2`,
    users,
    groups,
    asked,
    told() {
      const since = asked.slice(read).map(({ method, path }) => `${method} ${decodeURIComponent(path)}`);
      read = asked.length;
      return since;
    },
    refuse(when, status, detail) {
      refusal = { when, status, detail };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(
  { method, path, body }: Asked,
  tables: { Users: Map<string, Resource>; Groups: Map<string, Resource> },
): [number, Resource?] {
  const url = new URL(path, 'http://scim');
  const [, kind = '', id] = url.pathname.split('/');
  const table = tables[kind as 'Users'];
  if (!table) return [404, error(404, 'no such resource')];
  if (id === undefined) return method === 'POST' ? made(table, kind, body) : [200, listed(table, url)];
  const old = table.get(id);
  if (!old) return [404, error(404, 'not found')];
  if (method === 'DELETE') {
    table.delete(id);
    return [204];
  }
  if (method === 'PUT') table.set(id, { ...body, id });
  if (method === 'PATCH') table.set(id, body.Operations.reduce(patched, old));
  return [200, table.get(id)];
}

function made(table: Map<string, Resource>, kind: string, body: Resource): [number, Resource] {
  const name = kind === 'Users' ? 'userName' : 'displayName';
  if ([...table.values()].some((one) => one[name] === body[name])) return [409, error(409, 'already exists')];
  const id = `${kind[0]}${table.size + 1}`;
  table.set(id, { ...body, id });
  return [201, table.get(id)];
}

function listed(table: Map<string, Resource>, { searchParams }: URL): Resource {
  const [, attribute = '', value] = /^(\w+) eq "(.*)"$/.exec(searchParams.get('filter') ?? '') ?? [];
  const all = [...table.values()].filter((one) => value === undefined || one[attribute] === value);
  const start = Number(searchParams.get('startIndex') ?? 1);
  const page = all.slice(start - 1, start - 1 + Number(searchParams.get('count') ?? 100));
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: all.length,
    startIndex: start,
    itemsPerPage: page.length,
    Resources: page,
  };
}

function patched(resource: Resource, { op, path, value }: Resource): Resource {
  const [, gone] = /^members\[value eq "(.*)"\]$/.exec(path ?? '') ?? [];
  const members = resource.members ?? [];
  if (op === 'remove') return { ...resource, members: members.filter((one: Resource) => one.value !== gone) };
  if (path === 'members') return { ...resource, members: op === 'add' ? [...members, ...value] : value };
  return { ...resource, ...value };
}

const error = (status: number, detail: string): Resource => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
  detail,
  status,
});
