/** Pages of the org that a browser is led to: signing in and out, what a person then sees, previews, their parts. */
import { escaped } from '../../../src/html.ts';
import { type Call, type Endpoint, endpoint, reply } from '../../../src/twin.ts';
import { appLinksOf, launchAddress, startOf } from '../model/apps/appLink.ts';
import { tell } from '../model/idx/refused.ts';
import { type Brand, findBrand } from '../model/look/brand.ts';
import { lookOf, styleAddress, styleOf, touchPointNamed } from '../model/look/brandLook.ts';
import { signedOutAddress } from '../model/look/errorPage.ts';
import { imageNamed } from '../model/look/themeImage.ts';
import { findUser, whoIs } from '../model/people/user.ts';
import { run } from '../model/people/userLifecycle.ts';
import { liveRecoveryToken, spendRecoveryToken } from '../model/signIn/recoveryToken.ts';
import { endSession } from '../model/signIn/session.ts';
import { apps, appUsers, org, users } from '../world.ts';
import { errorReply, labelsFor, lookFor, type ShownState, signInReply } from './hostedPage.ts';
import { pathOf } from './oauth/authorize.ts';
import { sessionCookie, sessionOf } from './oauth/cookie.ts';
import { formOf } from './oauth/issuerEndpoint.ts';
import { type Arrival, arrive, beginAt, type Visit } from './oauth/signInFlow.ts';
import { signInPage } from './oauth/signInPage.ts';

const DOC = 'https://developer.okta.com/docs/concepts/redirect-vs-embedded/';

const page = (id: string, route: string, handle: (call: Call) => unknown): Endpoint =>
  endpoint({ id, route, auth: 'none', traits: { undocumented: true }, doc: DOC }, handle);

const HOME = '/app/UserHome';

export const pageEndpoints: readonly Endpoint[] = [
  page('signInPage', 'GET /login/login.htm', (call) => welcome(call)),
  page('signInPageAnswered', 'POST /login/login.htm', signInAnswered),
  page('defaultSignInPage', 'GET /login/default', (call) => askForSignIn(call, undefined)),
  page('previewSignInPage', 'GET /login/preview', (call) => askForSignIn(call, undefined, 'preview')),
  page('previewErrorPage', 'GET /error/preview', (call) => errorReply(call, PREVIEWED_ERROR, 'preview')),
  page('signOutPage', 'GET /login/signout', signOut),
  page('homePage', 'GET /', signInFirst),
  page('dashboardPage', `GET ${HOME}`, dashboard),
  page('appPage', 'GET /home/{app}/{appId}/{link}', launch),
  page('samlInstructionsPage', 'GET /app/{app}/{appId}/setup/help/SAML_2_0/instructions', instructions),
  page('activationPage', 'GET /tokens/{token}/verify', byToken),
  page('unlockPage', 'GET /signin/unlock-account/{token}', byToken),
  page('resetPasswordPage', 'GET /reset_password/{token}', byToken),
  page('themeStyle', 'GET /api/internal/brand/theme/style-sheet', style),
  page('themeImage', 'GET /fs/bco/{version}/{name}', image),
  page('favicon', 'GET /favicon.ico', favicon),
];

const PREVIEWED_ERROR = {
  status: 200,
  summary: 'Error summary',
  description: 'What went wrong is told here.',
};

/** Who is signed in goes on to where they wanted to be. */
function welcome(call: Call) {
  return sessionOf(call) ? goOn(call, []) : askForSignIn(call, undefined);
}

const askForSignIn = (call: Call, why: string | undefined, state: ShownState = 'customized') =>
  signInReply(
    call,
    signInPage(call.world, formOf(call), {
      action: `${baseOf(call)}/login/login.htm`,
      labels: labelsFor(call, state),
      why,
    }),
    { status: why === undefined ? 200 : 401, state },
  );

/** The path of this org's own address. */
const baseOf = (call: Call): string => pathOf(call).slice(0, -call.request.path.length);

function signInAnswered(call: Call) {
  const fields = formOf(call);
  const { fromURI } = fields;
  const action = `${baseOf(call)}/login/login.htm`;
  return arrived(call, arrive(call, fields, { carries: { fromURI }, action }));
}

/** Who is in goes on; who is refused is told so; else the page asks for more. */
function arrived(call: Call, arrival: Arrival) {
  if ('session' in arrival) return goOn(call, arrival.cookies);
  if ('page' in arrival) return arrival.page();
  return errorReply(call, { status: 403, summary: '403 Forbidden', description: arrival.denied.message });
}

/** Who comes with the token of a mail chooses a password; what they do then comes to the sign-in page. */
function byToken(call: Call) {
  const { world, params } = call;
  const token = liveRecoveryToken(world, params.token);
  const { status } = (token && world.get(users, token.userId)) ?? {};
  if (!token || status === 'DEPROVISIONED')
    return errorReply(call, {
      status: 403,
      summary: 'This link is no longer valid.',
      description: 'You have accessed an account recovery link that has expired or been previously used.',
    });
  spendRecoveryToken(world, token);
  const { userId } = token;
  const visit = { carries: {}, action: `${baseOf(call)}/login/login.htm` };
  if (token.for === 'UNLOCK') return arrived(call, unlocked(call, visit, userId));
  const stage = { intent: 'CREDENTIAL_RECOVERY', stage: 'RESET', recoveredBy: 'okta_email', userId } as const;
  return arrived(call, beginAt(call, visit, stage));
}

function unlocked(call: Call, visit: Visit, userId: string): Arrival {
  const user = findUser(call.world, userId);
  if (user.status === 'LOCKED_OUT') run(call.world, whoIs(user), userId, 'unlockThemselves');
  return beginAt(call, visit, { intent: 'UNLOCK', stage: 'OVER', message: tell.unlocked, userId });
}

/** To where a person was led away from, else to their brand's own app, else to all of their apps. */
function goOn(call: Call, cookies: [string, string][]) {
  const { world } = call;
  const { fromURI = '' } = formOf(call);
  const { defaultApp } = lookFor(call, 'signInPage').brand;
  const own = /^\/(?![/\\])/.test(fromURI) && !fromURI.startsWith('/login/') ? fromURI : undefined;
  if (own) return redirect(world.base() + own, cookies);
  const app = world.get(apps, defaultApp.appInstanceId ?? '');
  return redirect(app ? launchAddress(world, app) : world.base() + HOME, cookies);
}

/** To an app of who is signed in. */
function launch(call: Call) {
  const { world, params } = call;
  const session = sessionOf(call);
  if (!session) return signInFirst(call);
  const app = world.get(apps, params.appId ?? '');
  const isMine = app?.status === 'ACTIVE' && world.get(appUsers, `${app.id}/${session.userId}`);
  if (!app || !isMine)
    return errorReply(call, {
      status: 403,
      summary: 'User is not assigned to this application',
      description: 'Contact your administrator to get access to it.',
    });
  const to = startOf(world, app);
  if (to) return redirect(to);
  return errorReply(call, {
    status: 404,
    summary: 'Page not found',
    description: `${app.label} says nowhere in its settings where its own sign-in begins.`,
  });
}

/** How the other side of SAML is set up: where the org's metadata is. */
function instructions(call: Call) {
  const { world, params } = call;
  if (!sessionOf(call)) return signInFirst(call);
  const metadata = `${world.base()}/api/v1/apps/${params.appId}/sso/saml/metadata`;
  return signInReply(
    call,
    `<h1>How to configure SAML 2.0</h1>\n<p>Identity provider metadata: ${escaped(metadata)}</p>`,
    { title: 'Setup instructions' },
  );
}

function signOut(call: Call) {
  const { world } = call;
  const session = sessionOf(call);
  if (session) endSession(world, whoIs(findUser(world, session.userId)), session.id);
  const { brand } = lookFor(call, 'signInPage');
  return redirect(signedOutAddress(world, brand), [sessionCookie(call, '')]);
}

function signInFirst(call: Call) {
  const { world, request } = call;
  if (request.path === '/' && sessionOf(call)) return redirect(world.base() + HOME);
  return redirect(`${world.base()}/login/login.htm?fromURI=${encodeURIComponent(request.path)}`);
}

const redirect = (location: string, more: [string, string][] = []) =>
  reply({
    status: 302,
    raw: true,
    headers: [['location', location], ['cache-control', 'no-cache, no-store'], ...more],
  });

/** The apps of who is signed in, as the brand's theme and the org's preferences show them. */
function dashboard(call: Call) {
  const { world } = call;
  const session = sessionOf(call);
  if (!session) return signInFirst(call);
  const look = lookFor(call, 'endUserDashboard');
  const { showEndUserFooter, companyName } = org(world);
  const apps = appLinksOf(world, findUser(world, session.userId))
    .map(
      ({ label, linkUrl }) => `<li><a href="${escaped(String(linkUrl))}">${escaped(String(label))}</a></li>`,
    )
    .join('\n');
  const footer = showEndUserFooter
    ? `<div class="footer">${look.poweredBy ? '<p>© Okta, Inc.</p>' : ''}</div>`
    : '';
  const body = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>My apps dashboard | ${escaped(companyName)}</title>
<link href="${escaped(styleAddress(world, look))}" rel="stylesheet">
<link rel="shortcut icon" href="${escaped(look.favicon)}"></head><body><main>
<p class="org">${escaped(companyName)}</p>
<h1>My Apps</h1>
<ul class="links">${apps}</ul>
<p><a href="${escaped(world.base())}/login/signout">Sign out</a></p>
</main>${footer}</body></html>
`;
  return reply({ raw: true, headers: [['content-type', 'text/html;charset=utf-8'], ...QUIET], body });
}

const QUIET: readonly [string, string][] = [
  ['content-security-policy', "default-src 'self'; img-src 'self' https:; frame-ancestors 'self'"],
  ['cache-control', 'no-cache, no-store'],
  ['x-content-type-options', 'nosniff'],
];

function style(call: Call) {
  const { world, query } = call;
  const touchPoint = touchPointNamed(query.get('touch-point'));
  const named = query.get('brand');
  const brand: Brand = named ? findBrand(world, named) : lookFor(call, touchPoint).brand;
  const body = styleOf(lookOf(world, brand, touchPoint));
  return reply({ raw: true, headers: [['content-type', 'text/css;charset=utf-8']], body });
}

function image(call: Call) {
  const found = imageNamed(call.world, call.params.name ?? '');
  if (!found)
    return errorReply(call, {
      status: 404,
      summary: 'Page not found',
      description: 'There is no such file.',
    });
  return reply({
    raw: true,
    headers: [
      ['content-type', found.type],
      ['cache-control', 'max-age=315360000'],
      ['x-content-type-options', 'nosniff'],
    ],
    body: found.bytes,
  });
}

/** One transparent pixel: the vendor's own is not drawn here. */
const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

function favicon() {
  return reply({ raw: true, headers: [['content-type', 'image/gif']], body: PIXEL });
}
