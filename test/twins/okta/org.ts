/** A small Okta org for tests: three people, a manager among them, and a caller with the administrator's token. */
import type { WorldFile } from '../../../src/world/file.ts';
import { okta } from '../../../twins/okta/twin.ts';
import { openUniverse, type TestUniverse } from '../../universe.ts';

export const WORLD: WorldFile = {
  world: 'acme',
  people: [
    { email: 'ann@acme.example', name: 'Ann Admin', title: 'Director', department: 'IT' },
    {
      email: 'bob@acme.example',
      name: 'Bob Builder',
      department: 'Engineering',
      manager: 'ann@acme.example',
    },
    { email: 'eve@acme.example', name: 'Eve Ericson', department: 'Sales', manager: 'ann@acme.example' },
  ],
  okta: {
    groups: [
      { name: 'Engineering', members: ['bob@acme.example'] },
      { name: 'Builders', rule: 'user.department=="Engineering"' },
    ],
    apps: [{ name: 'Wiki', type: 'bookmark', groups: ['Engineering'] }],
  },
};

/** What the API answered. */
export interface Answer {
  status: number;
  headers: Headers;
  /** The decoded body; an empty object where there was none. */
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into, not typed
  body: any;
}

export interface TestOrg extends TestUniverse {
  token: string;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
}

/** Opens an org of `world`. */
export async function openOrg(world: WorldFile = WORLD, options = {}): Promise<TestOrg> {
  const universe = await openUniverse([okta], world, options);
  const token = universe.universe.work('okta', (w) => okta.credentials.document(w, '').credentials)
    .apiToken as string;
  return { ...universe, token, call: caller(universe, token) };
}

/** A caller of the API with a token. */
export function caller(universe: TestUniverse, token: string): TestOrg['call'] {
  return async (method, path, body, headers = {}) => {
    const response = await universe.fetch(`/okta${path}`, {
      method,
      headers: {
        authorization: `SSWS ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : {} };
  };
}

/** The addresses of a `Link` header by relation. */
export function links(answer: Answer): Record<string, string> {
  const header = answer.headers.get('link') ?? '';
  return Object.fromEntries(
    [...header.matchAll(/<([^>]+)>; rel="(\w+)"/g)].map(([, url = '', rel = '']) => [rel, url]),
  );
}

/** The path and query of a link, for the next call. */
export const pathOf = (url: string): string => url.slice(url.indexOf('/okta') + 5);
