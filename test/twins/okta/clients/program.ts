/** A server with an org on a port, for programs that sign people in with libraries of other people. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Orrery, startOrrery } from '../../../../src/main.ts';
import type { Universe } from '../../../../src/universe.ts';
import { okta } from '../../../../twins/okta/twin.ts';
import type { Library } from '../../library.ts';

export interface Org {
  universe: Universe;
  /** Its address, as `http://127.0.0.1:1/u/x/okta`. */
  at: string;
  /** Asks the management API, as the administrator. */
  call(method: string, path: string, body?: unknown): Promise<Library>;
  /** E-mails of the people, the administrator's first. */
  people: readonly string[];
  close(): Promise<void>;
}

/** Opens an org behind a real port. */
export async function openServedOrg(): Promise<Org> {
  const orrery = await startOrrery({ port: 0 });
  return { ...(await orgOf(orrery, 'clients')), close: () => orrery.close(0) };
}

/** Another org on a server that is there. */
export async function orgOf(orrery: Orrery, id: string): Promise<Omit<Org, 'close'>> {
  const universe = await orrery.registry.create({ id, seed: 1 });
  const at = `${orrery.url}/u/${id}/okta`;
  const { apiToken } = okta.credentials.document(universe.view('okta'), at).credentials;
  return {
    universe,
    at,
    people: universe.cast.map(({ email }) => email),
    async call(method, path, body) {
      const response = await fetch(at + path, {
        method,
        headers: { authorization: `SSWS ${apiToken}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
      return text ? JSON.parse(text) : undefined;
    },
  };
}

/** An app for everybody in the org; returns its id, client id and secret. */
export async function makeApp(
  org: Pick<Org, 'call'>,
  settings: object,
  credentials: object = {},
): Promise<{ id: string; client_id: string; client_secret: string }> {
  const made = await org.call('POST', '/api/v1/apps', {
    ...{ name: 'oidc_client', label: 'Program', signOnMode: 'OPENID_CONNECT' },
    credentials: { oauthClient: { token_endpoint_auth_method: 'client_secret_basic', ...credentials } },
    settings: {
      implicitAssignment: true,
      oauthClient: {
        ...{ redirect_uris: ['http://localhost/back'], response_types: ['code'], application_type: 'web' },
        grant_types: ['authorization_code', 'refresh_token'],
        ...settings,
      },
    },
  });
  return { id: made.id, ...made.credentials.oauthClient };
}

/** Goes where a browser would be sent, signs in by name at the page, and says where the browser ends. */
export async function signInAt(address: URL | string, identifier: string, more = {}): Promise<URL> {
  const asked = new URL(address);
  const answer = await fetch(asked.origin + asked.pathname, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams([
      ...asked.searchParams,
      ['identifier', identifier],
      ...Object.entries(more),
    ] as [string, string][]),
  });
  const to = answer.headers.get('location');
  if (!to) throw new Error(`${answer.status} ${await answer.text()}`);
  return new URL(to);
}

/** Listens with `handle` on a port of its own. */
export async function listen(handle: Parameters<typeof createServer>[1] & object) {
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, close: () => new Promise<void>((resolve) => server.close(() => resolve())) };
}
