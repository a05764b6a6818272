/**
 * How apps get leave and tokens: `auth.atlassian.com` and the calls about a token at `api.atlassian.com`.
 * https://developer.atlassian.com/cloud/jira/platform/oauth-2-3lo-apps/
 */
import { ApiError } from '../../../src/error.ts';
import { type Call, type Endpoint, endpoint, reply } from '../../../src/twin.ts';
import { refusedToken } from '../errors.ts';
import { siteBase } from '../hosts.ts';
import { provenClient } from '../model/oauth/client.ts';
import { allow, deny, requestIn } from '../model/oauth/consent.ts';
import { endFamily, type Issued, isReused, ownToken, redeemCode, refresh } from '../model/oauth/tokens.ts';
import { siteOf, userByEmail } from '../model/people/people.ts';
import { users } from '../world.ts';
import { caller } from './address.ts';
import { consentPage, isPerson, refusalPage } from './consentPage.ts';
import { avatarsOf } from './peopleView.ts';

const DOC = 'https://developer.atlassian.com/cloud/jira/platform/oauth-2-3lo-apps/';

export const oauthEndpoints: readonly Endpoint[] = [
  endpoint({ id: 'authorize', route: 'GET /authorize', auth: 'none', doc: DOC }, (call) =>
    seen(() => html(200, consentPage(call.world, requestIn(call.world, call.query)))),
  ),
  endpoint(
    { id: 'answerConsent', route: 'POST /authorize', auth: 'none', traits: { form: true }, doc: DOC },
    (call) => seen(() => pressed(call)),
  ),
  endpoint(
    { id: 'getToken', route: 'POST /oauth/token', auth: 'none', traits: { form: true }, doc: DOC },
    (call) => token(call),
  ),
  endpoint(
    {
      id: 'getAccessibleResources',
      route: 'GET /oauth/token/accessible-resources',
      scopes: [],
      traits: { platform: 'anybody' },
      // The real service takes access tokens only; programs that have but the universe's API token ask here too.
      doc: `${DOC}#3-1-get-the-cloudid-for-your-site`,
    },
    (call) => {
      const { cloudId, name } = siteOf(call.world);
      const avatarUrl = 'https://site-admin-avatar-cdn.prod.public.atl-paas.net/avatars/240/jersey.png';
      const scopes = (call.actor.scopes ?? ALL_CLASSIC).filter((scope) => scope.includes('jira'));
      if (scopes.length === 0) return [];
      return [{ id: cloudId, url: siteBase(call.world), name, scopes, avatarUrl }];
    },
  ),
  endpoint(
    {
      id: 'getMe',
      route: 'GET /me',
      scopes: ['read:me'],
      traits: { platform: 'oauth' },
      doc: 'https://developer.atlassian.com/cloud/confluence/user-identity-api/',
    },
    (call) => {
      const user = caller(call);
      return {
        account_type: user.accountType,
        account_id: user.accountId,
        email: user.emailAddress,
        name: user.displayName,
        picture: avatarsOf(user)['48x48'],
        account_status: user.active ? 'active' : 'inactive',
        characteristics: { not_mentionable: false },
        last_updated: new Date(call.world.now()).toISOString(),
        nickname: user.displayName,
        zoneinfo: user.timeZone,
        locale: user.locale.replace('_', '-'),
        extended_profile: {},
        email_verified: true,
      };
    },
  ),
];

/** What a token without scopes of its own reaches. */
const ALL_CLASSIC = [
  'manage:jira-configuration',
  'manage:jira-project',
  'manage:jira-webhook',
  'read:jira-user',
  'read:jira-work',
  'write:jira-work',
];

function pressed({ world, query, body }: Call) {
  const asked = requestIn(world, query);
  const said = new Map(body.fields ?? []);
  if (said.get('decision') !== 'accept') return leadTo(deny(asked));
  const as = said.get('as') ?? '';
  const found = world.get(users, as) ?? userByEmail(world, as);
  if (!found || !isPerson(found))
    return html(400, refusalPage('unknown_user', `There is no account called “${as}” on this site.`));
  return leadTo(allow(world, asked, found));
}

/** What is wrong is told to the person on a page; the app never hears of it. */
function seen(answer: () => unknown): unknown {
  try {
    return answer();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return html(error.status, refusalPage(error.name, error.message));
  }
}

const NEVER_KEPT: readonly [string, string][] = [
  ['cache-control', 'no-store'],
  ['x-frame-options', 'DENY'],
  ['referrer-policy', 'no-referrer'],
];

const leadTo = (location: string) =>
  reply({ status: 302, raw: true, headers: [['location', location], ...NEVER_KEPT] });

const html = (status: number, body: string) =>
  reply({ status, raw: true, headers: [['content-type', 'text/html; charset=utf-8'], ...NEVER_KEPT], body });

/** JSON or a form, as programs send it; a refresh token that comes back too late ends all that came from its leave. */
function token(call: Call): unknown {
  const said = spoken(call);
  const needed = (name: string): string => {
    const value = said(name);
    if (value === undefined)
      throw refusedToken(400, 'invalid_request', `Missing required parameter: ${name}`);
    return value;
  };
  const grant = needed('grant_type');
  const { world } = call;
  const app = provenClient(world, said('client_id'), said('client_secret'));
  if (grant === 'authorization_code')
    return shown(
      redeemCode(world, app, {
        code: needed('code'),
        redirectUri: said('redirect_uri'),
        verifier: said('code_verifier'),
      }),
    );
  if (grant === 'client_credentials') return shown(ownToken(world, app));
  if (grant !== 'refresh_token')
    throw refusedToken(403, 'unsupported_grant_type', `Unsupported grant type: ${grant}`);
  const old = needed('refresh_token');
  if (!isReused(world, app, old)) return shown(refresh(world, app, old));
  endFamily(world, old);
  const said403 = { error: 'unauthorized_client', error_description: 'refresh_token is invalid' };
  return reply({ status: 403, body: said403 });
}

function spoken({ body }: Call): (name: string) => string | undefined {
  const fields = new Map<string, unknown>(
    body.fields ?? (typeof body.value === 'object' && body.value !== null ? Object.entries(body.value) : []),
  );
  return (name) => {
    const value = fields.get(name);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
}

const shown = ({ access, refresh: again, scopes, lifeMs }: Issued) => ({
  access_token: access.token,
  expires_in: lifeMs / 1_000,
  token_type: 'Bearer',
  ...(again === undefined ? {} : { refresh_token: again }),
  scope: scopes.join(' '),
});
