/** The OAuth and OpenID Connect endpoints. https://developers.google.com/identity/protocols/oauth2 */
import { type Call, type Endpoint, endpoint } from '../../../../src/twin.ts';
import { clientCredentials, header } from '../../../../src/wire.ts';
import type { GoogleActor } from '../../actor.ts';
import { googleError } from '../../errors.ts';
import { openidConfiguration } from '../model/configuration.ts';
import { grantToken, type TokenForm } from '../model/grant.ts';
import { certificates, tokenInfo, userInfo } from '../model/idToken.ts';
import { revokeToken } from '../model/token.ts';

const OAUTH = 'https://developers.google.com/identity/protocols/oauth2';
const OIDC = 'https://developers.google.com/identity/openid-connect/openid-connect';
const USERINFO_SCOPES = ['openid', 'userinfo.email', 'userinfo.profile'];

const form = (call: Call): TokenForm => (call.input ?? {}) as TokenForm;
const tokenOf = (call: Call): string | null => {
  const { access_token, id_token, token } = form(call);
  // Google's own Node library shows the token in the header.
  const shown = /^Bearer\s+(\S+)\s*$/i.exec(header(call.request.headers, 'authorization') ?? '')?.[1];
  return call.query.get('access_token') ?? access_token ?? token ?? id_token ?? shown ?? null;
};

/** A token request: its client may sign in by HTTP's own header in the place of the form (RFC 6749, 2.3.1). */
function signedForm(call: Call): TokenForm {
  const client = clientCredentials(call.request.headers);
  return client ? { ...form(call), client_id: client.id, client_secret: client.secret } : form(call);
}

const oauth = (id: string, route: string, handle: (call: Call) => unknown, doc: string = OAUTH): Endpoint =>
  endpoint({ id, route, auth: 'none', doc }, handle);

const info = (id: string, path: string, version: 'v2' | 'oidc'): Endpoint =>
  endpoint<GoogleActor, string>(
    { id, route: `GET|POST ${path}`, scopes: USERINFO_SCOPES, doc: OIDC },
    ({ world, actor }) => userInfo(world, actor.email, actor.scopes, version),
  );

export const oauthEndpoints: readonly Endpoint[] = [
  oauth('oauth2.token', 'POST /token', (call) => grantToken(call.world, signedForm(call))),
  oauth('oauth2.token', 'POST /oauth2/v4/token', (call) => grantToken(call.world, signedForm(call))),
  oauth('oauth2.token', 'POST /o/oauth2/token', (call) => grantToken(call.world, signedForm(call))),
  oauth('oauth2.revoke', 'GET|POST /revoke', (call) => revoke(call)),
  oauth('oauth2.tokeninfo', 'GET|POST /tokeninfo', (call) => tokenInfo(call.world, tokenOf(call))),
  oauth('oauth2.tokeninfo', 'GET|POST /oauth2/v3/tokeninfo', (call) => tokenInfo(call.world, tokenOf(call))),
  oauth('oauth2.tokeninfo', 'GET|POST /oauth2/v2/tokeninfo', (call) => tokenInfo(call.world, tokenOf(call))),
  oauth('oauth2.tokeninfo', 'GET|POST /oauth2/v1/tokeninfo', (call) => tokenInfo(call.world, tokenOf(call))),
  oauth('oauth2.certs', 'GET /oauth2/v3/certs', ({ world }) => certificates(world), OIDC),
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

function revoke(call: Call): Record<string, never> {
  const token = call.query.get('token') ?? form(call).token;
  if (!token) throw googleError('badRequest');
  revokeToken(call.world, token);
  return {};
}
