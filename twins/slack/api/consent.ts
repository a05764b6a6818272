/**
 * Where apps send people to be let in, and what people press there.
 * https://docs.slack.dev/authentication/installing-with-oauth, https://docs.slack.dev/authentication/sign-in-with-slack
 */
import { ApiError } from '../../../src/error.ts';
import { type Call, type Endpoint, endpoint, reply } from '../../../src/twin.ts';
import { refuseConsent } from '../errors.ts';
import { allow, deny, type Flow, requestIn } from '../model/apps/authorization.ts';
import { oauthConfiguration, openidConfiguration } from '../model/apps/discovery.ts';
import { signingKeys } from '../model/apps/idToken.ts';
import { type User, users } from '../world.ts';
import { consentPage, isPerson, refusalPage } from './consentPage.ts';

const DOCS: Readonly<Record<Flow, string>> = {
  v2: 'https://docs.slack.dev/authentication/installing-with-oauth',
  v2_user: 'https://docs.slack.dev/reference/methods/oauth.v2.user.access',
  classic: 'https://docs.slack.dev/legacy/legacy-authentication',
  openid: 'https://docs.slack.dev/authentication/sign-in-with-slack',
};

export const consentEndpoints: readonly Endpoint[] = [
  ...pages('v2', 'oauth.v2.authorize', '/oauth/v2/authorize'),
  ...pages('v2_user', 'oauth.v2.user.authorize', '/oauth/v2_user/authorize'),
  ...pages('classic', 'oauth.authorize', '/oauth/authorize'),
  ...pages('openid', 'openid.connect.authorize', '/openid/connect/authorize'),
  endpoint(
    { id: 'openid.connect.keys', route: 'GET /openid/connect/keys', auth: 'none', doc: DOCS.openid },
    ({ world }) => json(signingKeys(world)),
  ),
  endpoint(
    {
      id: 'openid.configuration',
      route: 'GET /.well-known/openid-configuration',
      auth: 'none',
      doc: DOCS.openid,
    },
    ({ world }) => json(openidConfiguration(world)),
  ),
  endpoint(
    {
      id: 'oauth.configuration',
      route: 'GET /.well-known/oauth-authorization-server',
      auth: 'none',
      doc: DOCS.v2_user,
    },
    ({ world }) => json(oauthConfiguration(world)),
  ),
];

function pages(flow: Flow, id: string, path: string): Endpoint[] {
  const doc = DOCS[flow];
  return [
    endpoint({ id, route: `GET ${path}`, auth: 'none', doc }, (call) =>
      seen(() => html(consentPage(call.world, requestIn(call.world, flow, call.query)))),
    ),
    endpoint({ id: `${id}.answer`, route: `POST ${path}`, auth: 'none', doc }, (call) =>
      seen(() => pressed(call, flow)),
    ),
  ];
}

function pressed({ world, query, body }: Call, flow: Flow) {
  const asked = requestIn(world, flow, query);
  const said = new Map(body.fields ?? []);
  if (said.get('decision') !== 'allow') return leadTo(deny(asked));
  const as = said.get('as') ?? '';
  const found =
    world.get(users, as) ?? world.list(users, { index: 'email', equals: as.toLowerCase() }).first();
  if (!found || !isPerson(found)) throw noSuchPerson(as);
  return leadTo(allow(world, asked, found as User, said.get('channel')));
}

const noSuchPerson = (as: string) =>
  refuseConsent('user_not_found', `We couldn’t find anybody called “${as}” in this workspace`);

/** What is wrong is told to the person on a page; the app never hears of it. */
function seen(answer: () => unknown): unknown {
  try {
    return answer();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return html(refusalPage(error.name, error.message));
  }
}

const NEVER_KEPT: readonly [string, string][] = [
  ['cache-control', 'private, no-cache, no-store, must-revalidate'],
  ['x-frame-options', 'SAMEORIGIN'],
  ['referrer-policy', 'no-referrer'],
];

const leadTo = (location: string) =>
  reply({ status: 302, raw: true, headers: [['location', location], ...NEVER_KEPT] });

const html = (body: string) =>
  reply({ raw: true, headers: [['content-type', 'text/html; charset=utf-8'], ...NEVER_KEPT], body });

/** The pages of OpenID Connect are no methods: they say no `ok`. */
const json = (value: unknown) =>
  reply({
    raw: true,
    headers: [['content-type', 'application/json; charset=utf-8']],
    body: JSON.stringify(value),
  });
