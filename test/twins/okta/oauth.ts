/** A program that signs people in with the test org: an app of its own, and a browser without a screen. */
import { createHash } from 'node:crypto';
import type { WorldFile } from '../../../src/world/file.ts';
import { type Answer, openOrg, type TestOrg, WORLD } from './org.ts';

export const BACK = 'https://program.example/back';
export const VERIFIER = 'a-verifier-of-forty-three-characters-or-more-1';
export const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

export type Fields = Record<string, string>;

export interface OAuthOrg extends TestOrg {
  app: { id: string; client_id: string; client_secret: string };
  /** Sends a form to an address of the org; `basic` signs the client in by header. */
  post(path: string, fields: Fields, headers?: Record<string, string>): Promise<Answer>;
  /** The client's own credentials, as a header. */
  basic: Record<string, string>;
  /** Goes to the sign-in page as a browser does and signs in; what the program is sent back with. */
  signIn(fields?: Fields, who?: Fields, at?: string): Promise<URLSearchParams>;
  /** A code's tokens. */
  redeem(code: string | null, fields?: Fields, at?: string): Promise<Answer>;
}

/** An org with an app that has every grant, assigned to bob. */
export async function openOAuthOrg(
  settings: object = {},
  world: WorldFile = WORLD,
  options = {},
): Promise<OAuthOrg> {
  const org = await openOrg(world, options);
  const app = await addApp(org, settings);
  const bob = (await org.call('GET', '/api/v1/users/bob@acme.example')).body;
  await org.call('POST', `/api/v1/apps/${app.id}/users`, { id: bob.id });
  const basic = basicOf(app);
  const post: OAuthOrg['post'] = async (path, fields, headers = basic) => {
    const response = await org.fetch(`/okta${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: String(new URLSearchParams(fields)),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : {} };
  };
  const asking = (fields: Fields): Fields => ({
    client_id: app.client_id,
    redirect_uri: BACK,
    response_type: 'code',
    scope: 'openid email profile offline_access',
    state: 'mine',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
    ...fields,
  });
  return {
    ...org,
    app,
    post,
    basic,
    async signIn(fields = {}, who = { identifier: 'bob@acme.example' }, at = '/oauth2/default') {
      const response = await org.fetch(`/okta${at}/v1/authorize`, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: String(new URLSearchParams({ ...asking(fields), ...who })),
      });
      const to = new URL(response.headers.get('location') ?? `${BACK}?page=${response.status}`);
      return new URLSearchParams(to.hash ? to.hash.slice(1) : to.search);
    },
    redeem: (code, fields = {}, at = '/oauth2/default') =>
      post(`${at}/v1/token`, {
        grant_type: 'authorization_code',
        code: code ?? '',
        redirect_uri: BACK,
        code_verifier: VERIFIER,
        ...fields,
      }),
  };
}

/** An app with every grant. */
export async function addApp(org: TestOrg, settings: object = {}, client: object = {}) {
  const made = await org.call('POST', '/api/v1/apps', {
    name: 'oidc_client',
    label: 'Program',
    signOnMode: 'OPENID_CONNECT',
    credentials: { oauthClient: { token_endpoint_auth_method: 'client_secret_basic', ...client } },
    settings: {
      oauthClient: {
        redirect_uris: [BACK],
        post_logout_redirect_uris: [BACK],
        response_types: ['code', 'token', 'id_token'],
        grant_types: [
          ...['authorization_code', 'implicit', 'refresh_token', 'password', 'client_credentials'],
          'urn:ietf:params:oauth:grant-type:device_code',
        ],
        application_type: 'web',
        ...settings,
      },
    },
  });
  return { id: made.body.id, ...made.body.credentials.oauthClient };
}

/** The header that signs a client in. */
export const basicOf = (app: { client_id: string; client_secret: string }) => ({
  authorization: `Basic ${Buffer.from(`${app.client_id}:${app.client_secret}`).toString('base64')}`,
});
