/** A small Google domain for tests: three people, a few files, and a client that speaks JSON. */
import type { CreateOptions } from '../../../src/registry.ts';
import type { WorldFile } from '../../../src/world/file.ts';
import { google } from '../../../twins/google/twin.ts';
import { openUniverse, type TestUniverse } from '../../universe.ts';

export const ANN = 'ann@acme.example';
export const BOB = 'bob@acme.example';
export const CEM = 'cem@acme.example';

export const WORLD: WorldFile = {
  world: 'small',
  people: [
    { email: ANN, name: 'Ann Admin' },
    { email: BOB, name: 'Bob Builder' },
    { email: CEM, name: 'Cem Clerk' },
  ],
  google: {
    domain: 'acme.example',
    drive: [
      { path: 'Team/Plan', type: 'document', content: 'The plan\n\nWe go up the hill.' },
      {
        path: 'Team/Budget',
        type: 'spreadsheet',
        shared: [{ with: BOB, role: 'reader' }],
        content: {
          sheets: [
            {
              title: 'Costs',
              rows: [
                ['Item', 'Seats', 'Price'],
                ['Figma', 12, 45],
                ['Datadog', 30, 23],
              ],
            },
          ],
        },
      },
      { path: 'Secret.txt', type: 'file', owner: CEM, content: 'not for you' },
    ],
  },
};

/** An answer with its JSON (or text) read. */
export interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, never> & { [key: string]: unknown };
  text: string;
}

export interface Domain extends TestUniverse {
  token: string;
  /** Calls the API as the administrator, or with another token; a body goes as JSON. */
  call(request: string, body?: unknown, token?: string | null): Promise<Answer>;
  /** An access token for a person. */
  tokenFor(as: string, scopes?: readonly string[]): string;
  /** The id of a file by its name. */
  fileId(name: string, token?: string): Promise<string>;
}

/** Opens a domain; `request` of `call` is `METHOD /path?query`. */
export async function openDomain(
  world: WorldFile = WORLD,
  options: Omit<CreateOptions, 'world'> = {},
): Promise<Domain> {
  const opened = await openUniverse([google], world, options);
  const { universe } = opened;
  const base = opened.base('google');
  const { accessToken } = google.credentials.document(universe.view('google'), base).credentials;
  const token = String(accessToken);
  const call: Domain['call'] = async (request, body, with_ = token) => {
    const [method = 'GET', path = '/'] = request.split(/ (.*)/s);
    const response = await opened.fetch(`/google${path}`, {
      method,
      headers: {
        ...(with_ === null ? {} : { authorization: `Bearer ${with_}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = response.headers.get('content-type')?.startsWith('application/json') && text;
    return {
      status: response.status,
      headers: response.headers,
      body: (json ? JSON.parse(text) : {}) as Answer['body'],
      text,
    };
  };
  return {
    ...opened,
    token,
    call,
    tokenFor(as, scopes) {
      const minted = universe.work('google', (inside) =>
        google.credentials.mint(inside, { kind: 'accessToken', as, ...(scopes ? { scopes } : {}) }),
      );
      return String(minted.secret.accessToken);
    },
    async fileId(name, with_) {
      const q = encodeURIComponent(`name = '${name}'`);
      const { body } = await call(`GET /drive/v3/files?q=${q}`, undefined, with_);
      return (body.files as unknown as { id: string }[])[0]?.id ?? '';
    },
  };
}
