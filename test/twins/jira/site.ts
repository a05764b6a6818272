/** A Jira site for tests: three people, a company-managed and a team-managed project, and requests as any of them. */
import type { WorldFile } from '../../../src/world/file.ts';
import { jira } from '../../../twins/jira/twin.ts';
import { openUniverse, type TestUniverse } from '../../universe.ts';
import { qsh, signed } from './connect.ts';

export const ADA = 'ada@acme.example';
export const BEN = 'ben@acme.example';
export const CY = 'cy@acme.example';

export const WORLD: WorldFile = {
  world: 'test',
  people: [
    { email: ADA, name: 'Ada Lovelace' },
    { email: BEN, name: 'Ben Carver', manager: ADA },
    { email: CY, name: 'Cy Young', manager: ADA },
  ],
  jira: {
    site: 'acme',
    projects: [
      {
        key: 'ENG',
        name: 'Engineering',
        issueTypes: ['Epic', 'Story', 'Task', 'Bug', 'Sub-task'],
        workflow: {
          statuses: [
            { name: 'To Do', category: 'new' },
            { name: 'In Progress', category: 'indeterminate' },
            { name: 'Done', category: 'done' },
          ],
        },
        lead: BEN,
      },
      { key: 'OPS', name: 'Operations', type: 'business' },
      {
        key: 'REV',
        name: 'Review',
        issueTypes: ['Task'],
        workflow: {
          statuses: [
            { name: 'Open', category: 'new' },
            { name: 'In Review', category: 'indeterminate' },
            { name: 'Closed', category: 'done' },
          ],
          transitions: [
            { name: 'Ask', from: ['Open'], to: 'In Review' },
            { name: 'Approve', from: ['In Review'], to: 'Closed' },
            { name: 'Reopen', to: 'Open' },
          ],
        },
      },
    ],
    issues: [
      { project: 'ENG', type: 'Epic', summary: 'Billing without downtime', labels: ['billing'] },
      {
        project: 'ENG',
        type: 'Bug',
        summary: 'Exports run twice',
        status: 'In Progress',
        assignee: BEN,
        priority: 'High',
      },
      {
        project: 'ENG',
        type: 'Task',
        summary: 'Raise test coverage',
        status: 'Done',
        assignee: CY,
        labels: ['tests'],
      },
    ],
  },
};

export interface Answer {
  status: number;
  headers: Headers;
  /** JSON where it is JSON, else the text. */
  body: unknown;
  /** What is at a place of the body: `fields.status.name`; `issues.*.key` of each element. */
  get(path: string): unknown;
}

function at(value: unknown, steps: readonly string[]): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  if (step === '*') return (value as unknown[]).map((each) => at(each, rest));
  return at((value as Record<string, unknown> | null | undefined)?.[step], rest);
}

export interface TestSite extends TestUniverse {
  /** The administrator's e-mail and token. */
  basic: string;
  /** A request as the administrator. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** The same with another credential; `undefined` sends none. */
  callAs(authorization: string | undefined, method: string, path: string, body?: unknown): Promise<Answer>;
  /** From now on `call` asks with this credential. */
  actAs(authorization: string | ((method: string, path: string) => string)): void;
  /** A Basic credential for a person. */
  basicFor(email: string, scopes?: string[]): string;
  /** A token of the OAuth app “Planner” for a person (with all scopes unless said), and where it is good. */
  oauth(
    email: string,
    scopes?: string[],
  ): { bearer: string; gateway: string; client: Record<string, unknown> };
  /** Signs as the Connect app with this key, which is installed if it is not there yet. */
  connect(key: string): (method: string, path: string) => string;
  /** A new issue's key. */
  issue(fields: Record<string, unknown>): Promise<string>;
}

/** Opens a universe with the site. */
export async function openSite(
  world: WorldFile = WORLD,
  options: Parameters<typeof openUniverse>[2] = {},
): Promise<TestSite> {
  const opened = await openUniverse([jira], world, options);
  const { universe } = opened;
  const { credentials } = universe.work('jira', (w) => jira.credentials.document(w, opened.base('jira')));
  const encode = (email: string, token: string) =>
    `Basic ${Buffer.from(`${email}:${token}`).toString('base64')}`;
  const basic = encode(String(credentials.email), String(credentials.apiToken));
  let current: string | ((method: string, path: string) => string) = basic;
  const send = async (
    authorization: string | undefined,
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const response = await opened.fetch(`/jira${path}`, {
      method,
      headers: {
        ...(authorization === undefined ? {} : { authorization }),
        ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = (response.headers.get('content-type') ?? '').startsWith('application/json');
    const value: unknown = json && text ? JSON.parse(text) : text;
    return {
      status: response.status,
      headers: response.headers,
      body: value,
      get: (place) => at(value, place.split('.')),
    };
  };
  return {
    ...opened,
    basic,
    call: (method, path, body, headers) =>
      send(typeof current === 'string' ? current : current(method, path), method, path, body, headers),
    actAs: (authorization) => {
      current = authorization;
    },
    callAs: (authorization, method, path, body) => send(authorization, method, path, body),
    basicFor(email, scopes) {
      const { secret } = universe.work('jira', (w) =>
        jira.credentials.mint(w, { kind: 'apiToken', as: email, ...(scopes ? { scopes } : {}) }),
      );
      return encode(String(secret.email), String(secret.apiToken));
    },
    oauth(email, scopes) {
      const mint = (request: { kind: string; as?: string; app: string; scopes?: string[] }) =>
        universe.work('jira', (w) => jira.credentials.mint(w, request).secret);
      const client = mint({ kind: 'oauthApp', app: 'Planner' });
      const token = mint({ kind: 'accessToken', as: email, app: 'Planner', ...(scopes ? { scopes } : {}) });
      const { cloudId } = universe.work('jira', (w) => jira.credentials.document(w, ''));
      return { client, bearer: `Bearer ${token.accessToken}`, gateway: `/ex/jira/${String(cloudId)}` };
    },
    connect(key) {
      const { secret } = universe.work('jira', (w) =>
        jira.credentials.mint(w, { kind: 'connectApp', app: key }),
      );
      return (method, path) => {
        const iat = Math.floor(universe.now() / 1_000);
        const claims = { iss: key, iat, exp: iat + 180, qsh: qsh(method, path) };
        return signed(claims, String(secret.sharedSecret));
      };
    },
    async issue(fields) {
      const made = await send(basic, 'POST', '/rest/api/3/issue', {
        fields: { project: { key: 'ENG' }, issuetype: { name: 'Task' }, summary: 'Something', ...fields },
      });
      if (made.status !== 201) throw new Error(JSON.stringify(made.body));
      return String(made.get('key'));
    },
  };
}
