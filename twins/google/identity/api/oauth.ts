/** The OAuth and OpenID Connect endpoints. https://developers.google.com/identity/protocols/oauth2 */
import { ApiError } from '../../../../src/error.ts';
import { type Call, type Endpoint, endpoint, reply } from '../../../../src/twin.ts';
import { clientCredentials, header } from '../../../../src/wire.ts';
import type { GoogleActor } from '../../actor.ts';
import { oauthError } from '../../errors.ts';
import { openidConfiguration } from '../model/configuration.ts';
import { grantToken, type TokenForm } from '../model/grant.ts';
import { certificates, pemCertificates } from '../model/idToken.ts';
import { revokeToken } from '../model/token.ts';
import { type TokenInfoForm, tokenInfo } from '../model/tokenInfo.ts';
import { userInfo } from '../model/userInfo.ts';

const OAUTH = 'https://developers.google.com/identity/protocols/oauth2';
const OIDC = 'https://developers.google.com/identity/openid-connect/openid-connect';
const USERINFO_SCOPES = ['openid', 'userinfo.email', 'userinfo.profile'];

/** Fields of a form; some programs send them as JSON. */
export const FORM = { type: 'object', additionalProperties: { type: 'string' } } as const;

const form = (call: Call): TokenForm => (call.input ?? {}) as TokenForm;

const oauth = (id: string, route: string, handle: (call: Call) => unknown, doc: string = OAUTH): Endpoint =>
  endpoint({ id, route, auth: 'none', doc, ...(route.includes('POST') ? { input: FORM } : {}) }, handle);

const info = (id: string, path: string, version: 'v2' | 'oidc'): Endpoint =>
  endpoint<GoogleActor, string>(
    { id, route: `GET|POST ${path}`, scopes: USERINFO_SCOPES, doc: OIDC },
    ({ world, actor }) => userInfo(world, actor.email, actor.scopes, version),
  );

const inspects = (path: string, version: TokenInfoForm): Endpoint =>
  oauth('oauth2.tokeninfo', `GET|POST ${path}`, (call) => tokenInfo(call.world, shownIn(call), version));

export const oauthEndpoints: readonly Endpoint[] = [
  ...['/token', '/oauth2/v4/token', '/o/oauth2/token', '/oauth2/v3/token'].map((path) =>
    oauth('oauth2.token', `POST ${path}`, granted),
  ),
  ...['/revoke', '/o/oauth2/revoke'].map((path) => oauth('oauth2.revoke', `GET|POST ${path}`, revoke)),
  inspects('/tokeninfo', 'v3'),
  inspects('/oauth2/v3/tokeninfo', 'v3'),
  inspects('/oauth2/v2/tokeninfo', 'v2'),
  inspects('/oauth2/v1/tokeninfo', 'v1'),
  oauth('oauth2.certs', 'GET /oauth2/v3/certs', ({ world }) => kept(certificates(world)), OIDC),
  oauth('oauth2.certs', 'GET /oauth2/v1/certs', ({ world }) => kept(pemCertificates(world)), OIDC),
  oauth(
    'openid.configuration',
    'GET /.well-known/openid-configuration',
    ({ world }) => openidConfiguration(world),
    OIDC,
  ),
  info('oauth2.userinfo.get', '/oauth2/v2/userinfo', 'v2'),
  info('oauth2.userinfo.get', '/oauth2/v1/userinfo', 'v2'),
  info('oauth2.userinfo.v2.me.get', '/userinfo/v2/me', 'v2'),
  info('openidconnect.userinfo', '/oauth2/v3/userinfo', 'oidc'),
  info('openidconnect.userinfo', '/v1/userinfo', 'oidc'),
];

/** A token request: its client may sign in by HTTP's own header in the place of the form (RFC 6749, 2.3.1). */
function granted(call: Call): unknown {
  const client = clientCredentials(call.request.headers);
  const said = client ? { ...form(call), client_id: client.id, client_secret: client.secret } : form(call);
  const answer = grantToken(call.world, said);
  if (!(answer instanceof ApiError)) return answer;
  // Not thrown: that the device has asked is to be remembered.
  return reply({
    status: answer.status,
    body: { error: answer.name, error_description: answer.message },
  });
}

/** The token that is asked about. Google's own Node library shows it in the header. */
function shownIn(call: Call): { accessToken: string | undefined; idToken: string | undefined } {
  const said = (name: string) => call.query.get(name) || form(call)[name] || undefined;
  const bearer = /^Bearer\s+(\S+)\s*$/i.exec(header(call.request.headers, 'authorization') ?? '')?.[1];
  return { accessToken: said('access_token') ?? said('token') ?? bearer, idToken: said('id_token') };
}

function revoke(call: Call): Record<string, never> {
  const token = call.query.get('token') ?? form(call).token;
  if (!token) throw oauthError('invalid_request', 'Missing required parameter: token');
  revokeToken(call.world, token);
  return {};
}

/** Public keys change every few days, and programs are told how long they may keep them. */
const KEPT_SECONDS = 19_800;
const kept = (body: unknown) =>
  reply({
    body,
    headers: [['cache-control', `public, max-age=${KEPT_SECONDS}, must-revalidate, no-transform`]],
  });
