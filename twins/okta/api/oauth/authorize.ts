/**
 * `/v1/authorize`, where a program sends a browser, and what the person does there; `/v1/logout`; `/activate`.
 * https://developer.okta.com/docs/guides/implement-grant-type/authcodepkce/main/
 */
import { ApiError } from '../../../../src/error.ts';
import { type Call, type Endpoint, endpoint, reply } from '../../../../src/twin.ts';
import { oauthError } from '../../errors.ts';
import { requestId } from '../../ids.ts';
import { type App, appTarget, findApp } from '../../model/apps/app.ts';
import { askProvider } from '../../model/federation/providerRequest.ts';
import { record, type Who } from '../../model/log/log.ts';
import { signedOutAddress } from '../../model/look/errorPage.ts';
import {
  type Authorization,
  answered,
  authorize,
  clientName,
  mustSignIn,
  type Return,
  readAuthorization,
  readReturn,
  scopesToConsent,
} from '../../model/oauth/authorization.ts';
import { clientIdOf, clientWho, type Form, findClient, settingsOf } from '../../model/oauth/client.ts';
import { answerDevice, waitingDevice } from '../../model/oauth/device.ts';
import type { Issuer } from '../../model/oauth/issuer.ts';
import { demandOf, keepRequest, pushedRequest } from '../../model/oauth/pushedRequest.ts';
import { withRequestObject } from '../../model/oauth/requestObject.ts';
import { consent } from '../../model/oauth/scopeConsent.ts';
import { verified } from '../../model/oauth/signing.ts';
import { findUser, type User, whoIs } from '../../model/people/user.ts';
import { authTimeOf, endSession, type Session } from '../../model/signIn/session.ts';
import { users } from '../../world.ts';
import { errorReply, lookFor, signInReply } from '../hostedPage.ts';
import { sessionCookie, sessionOf } from './cookie.ts';
import { formOf, issuerEndpoints } from './issuerEndpoint.ts';
import { arrive } from './signInFlow.ts';
import { answerPage, consentPage, devicePage, notice } from './signInPage.ts';

const DEVICE_DOC = 'https://developer.okta.com/docs/guides/device-authorization-grant/main/';
const device = (id: string, method: string, handle: (call: Call) => unknown): Endpoint =>
  endpoint(
    { id, route: `${method} /activate`, auth: 'none', traits: { undocumented: true }, doc: DEVICE_DOC },
    handle,
  );

export const authorizeEndpoints: readonly Endpoint[] = [
  ...issuerEndpoints(['authorize', 'authorizeCustomAS'], 'GET', '/v1/authorize', asked),
  ...issuerEndpoints(['authorizeWithPost', 'authorizeCustomASWithPost'], 'POST', '/v1/authorize', asked),
  ...issuerEndpoints(['logout', 'logoutCustomAS'], 'GET', '/v1/logout', logout),
  ...issuerEndpoints(['logoutWithPost', 'logoutCustomASWithPost'], 'POST', '/v1/logout', logout),
  device('activatePage', 'GET', activate),
  device('activatePageAnswered', 'POST', activate),
];

function asked(call: Call, issuer: Issuer): unknown {
  try {
    const sent = sentBy(call);
    const carried = sent.request === undefined ? sent : kept(call, issuer, sent);
    const fields = carried.request_uri === undefined ? carried : pushed(call, issuer, carried);
    const to = readReturn(call.world, fields);
    return ledBack(call, issuer, to, () =>
      visited(call, readAuthorization(call.world, issuer, to, fields), fields, carried),
    );
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return refused(call, error.message, error.status);
  }
}

/** A signed request is read once; from then on the browser carries where it is kept. */
function kept({ world }: Call, issuer: Issuer, sent: Form): Form {
  const app = findClient(world, sent.client_id, 400);
  const { identifier, passcode, decision, sessionToken, ...asked } = sent;
  const read = withRequestObject(world, issuer, app, asked, demandOf(app));
  const { request_uri } = keepRequest(world, issuer, app, read);
  const said = Object.entries({ identifier, passcode, decision, sessionToken });
  return {
    ...Object.fromEntries(said.filter(([, value]) => value !== undefined)),
    client_id: sent.client_id,
    request_uri,
  };
}

/** What a person says counts where they pressed a button, not where a link says it for them. */
function sentBy(call: Call): Form {
  const { decision, identifier, passcode, stateHandle, step, ...asked } = formOf(call);
  if (call.request.method !== 'POST') return asked;
  const said = Object.entries({ decision, identifier, passcode, stateHandle, step });
  return { ...asked, ...Object.fromEntries(said.filter(([, value]) => value !== undefined)) };
}

function pushed({ world }: Call, issuer: Issuer, sent: Form): Form {
  const app = findClient(world, sent.client_id, 400);
  const kept = pushedRequest(world, issuer, app, sent.request_uri ?? '');
  if (!kept) throw oauthError('invalid_request', "The 'request_uri' is invalid or expired.");
  const { request_uri: _, ...own } = sent;
  return { ...own, ...kept, client_id: sent.client_id };
}

/** A refusal is told to the program, once it is known where that is; what changed until then stands. */
function ledBack(call: Call, issuer: Issuer, to: Return, answer: () => unknown): unknown {
  try {
    return answer();
  } catch (error) {
    if (!(error instanceof ApiError) || !error.data.oauth) throw error;
    logAuthorize(call, issuer, to.app, sessionOf(call), error.name);
    return leadBack(to, { error: error.name, error_description: error.message });
  }
}

/**
 * Somebody is there: they come with a session or a token for one, sign in now, or answer what they were asked.
 * `carried` is what the pages send along: the request, or where it is kept.
 */
function visited(call: Call, asking: Authorization, fields: Form, carried: Form): unknown {
  const { world } = call;
  const before = sessionOf(call);
  if (fields.decision !== undefined && before) return decided(call, asking, fields, before);
  const isSilent = asking.prompt.includes('none');
  const known = before && !mustSignIn(world, asking, before) ? before : undefined;
  const says = fields.stateHandle ?? fields.sessionToken ?? fields.identifier ?? fields.step;
  if (isSilent && says === undefined && !known)
    throw oauthError('login_required', 'The client specified not to prompt, but the user is not logged in.');
  if (fields.idp !== undefined && says === undefined && !known) return ledElsewhere(call, asking, fields);
  const hinted = fields.login_hint === undefined ? {} : { login_hint: fields.login_hint };
  const arrival = arrive(call, fields, {
    carries: { ...withoutSaid(carried), ...hinted },
    action: pathOf(call),
    client: clientName(asking),
    app: asking.to.app,
    request: fields,
    known,
  });
  if ('denied' in arrival)
    throw oauthError('access_denied', 'Access to this application is denied due to a policy.');
  if ('session' in arrival)
    return consentOrAnswer(call, asking, withoutSaid(carried), arrival.session, arrival.cookies);
  if (isSilent)
    throw oauthError(
      'login_required',
      'The client specified not to prompt, but the client app requires re-authentication or MFA.',
    );
  return arrival.page();
}

/** What a person typed goes into no page again. */
function withoutSaid({ identifier: _, passcode: __, stateHandle: ___, step: ____, ...asked }: Form): Form {
  return asked;
}

/** The browser goes to the identity provider that the program names; back again, it asks here anew. */
function ledElsewhere(call: Call, { issuer, to, prompt }: Authorization, fields: Form): unknown {
  const { idp = '', prompt: _, sessionToken: _token, ...asked } = fields;
  const left = prompt.filter((one) => one !== 'login').join(' ');
  const later = { ...asked, ...(left ? { prompt: left } : {}) };
  const { request_uri } = keepRequest(call.world, issuer, to.app, later);
  const query = new URLSearchParams({ client_id: clientIdOf(to.app), request_uri });
  const from = { path: `${call.request.path}?${query}`, issuerKey: issuer.key };
  return redirect(askProvider(call.world, idp, fields, from), []);
}

function decided(call: Call, asking: Authorization, fields: Form, session: Session): unknown {
  const { world } = call;
  const user = findUser(world, session.userId);
  if (fields.decision !== 'allow')
    throw oauthError('access_denied', 'The resource owner or authorization server denied the request.');
  const given = {
    appId: asking.to.app.id,
    issuerKey: asking.issuer.key,
    issuer: asking.issuer.url,
    userId: user.id,
  };
  consent(world, signingIn(call, user), given, scopesToConsent(world, asking, user.id));
  return answer(call, asking, session, []);
}

function consentOrAnswer(
  call: Call,
  asking: Authorization,
  fields: Form,
  session: Session,
  cookies: [string, string][],
): unknown {
  const { world } = call;
  const scopes = scopesToConsent(world, asking, session.userId);
  if (scopes.length === 0) return answer(call, asking, session, cookies);
  if (asking.prompt.includes('none'))
    throw oauthError('consent_required', 'The client specified not to prompt, but the consent is required.');
  const user = findUser(world, session.userId);
  const page = consentPage(fields, {
    action: pathOf(call),
    client: clientName(asking),
    user,
    scopes,
  });
  return signInReply(call, page, { headers: cookies });
}

function answer(call: Call, asking: Authorization, session: Session, cookies: [string, string][]): unknown {
  try {
    const fields = authorize(call.world, asking, session);
    logAuthorize(call, asking.issuer, asking.to.app, session);
    return leadBack(asking.to, fields, cookies);
  } catch (error) {
    if (!(error instanceof ApiError) || !error.data.oauth) throw error;
    logAuthorize(call, asking.issuer, asking.to.app, session, error.name);
    return leadBack(asking.to, { error: error.name, error_description: error.message }, cookies);
  }
}

function logout(call: Call, issuer: Issuer): unknown {
  const { world } = call;
  const { id_token_hint: hint, post_logout_redirect_uri: uri, state } = formOf(call);
  const claims = hint === undefined ? undefined : verified(world, issuer, hint, true);
  if (!claims) return refused(call, "The 'id_token_hint' parameter is invalid or missing.");
  const app = findClient(world, String(claims.aud), 400);
  if (uri !== undefined && !settingsOf(app).post_logout_redirect_uris?.includes(uri))
    return refused(
      call,
      "The 'post_logout_redirect_uri' parameter must be a Logout redirect URI in the client app settings.",
    );
  const session = sessionOf(call);
  if (session && session.userId === claims.sub)
    endSession(world, signingIn(call, findUser(world, session.userId)), session.id);
  const to = new URL(uri ?? signedOutAddress(world, lookFor(call, 'signInPage').brand));
  if (uri !== undefined && state !== undefined) to.searchParams.set('state', state);
  return redirect(to.href, [sessionCookie(call, '')]);
}

function activate(call: Call): unknown {
  const { world } = call;
  const fields = sentBy(call);
  if (!fields.user_code) return signInReply(call, devicePage(pathOf(call)));
  const waiting = waitingDevice(world, fields.user_code);
  if (!waiting)
    return signInReply(call, devicePage(pathOf(call), 'Invalid code. Try again.'), { status: 400 });
  const before = sessionOf(call);
  const app = findApp(world, waiting.appId);
  const arrival = arrive(call, fields, {
    ...{ carries: withoutSaid(fields), action: pathOf(call), client: app.label, app, known: before },
  });
  if ('denied' in arrival) return refused(call, arrival.denied.message, 403);
  if ('page' in arrival) return arrival.page();
  const { session: signed, cookies } = arrival;
  const user = findUser(world, signed.userId);
  if (fields.decision === undefined) {
    const { scopes } = waiting;
    const page = consentPage(fields, { action: pathOf(call), client: app.label, user, scopes });
    return signInReply(call, page, { headers: cookies });
  }
  const authTime = authTimeOf(signed);
  const allows = fields.decision === 'allow';
  answerDevice(world, waiting, allows ? { allowed: { userId: user.id, authTime } } : { denied: true });
  return signInReply(
    call,
    notice(
      allows ? 'Device activated' : 'Device not activated',
      allows ? 'Follow the instructions on your device for next steps.' : 'Your device was not let in.',
    ),
    { headers: cookies },
  );
}

/** The way back, by the mode that the program asked for. */
export function leadBack(
  to: Return,
  fields: Record<string, string>,
  cookies: [string, string][] = [],
): unknown {
  const said = answered(to, fields);
  if (to.mode === 'form_post' || to.mode === 'okta_post_message')
    return html(
      answerPage(to.redirectUri, said, to.mode === 'form_post' ? 'form' : 'message'),
      cookies,
      "default-src 'none'; script-src 'unsafe-inline'",
    );
  const url = new URL(to.redirectUri);
  if (to.mode === 'fragment') url.hash = String(new URLSearchParams(said));
  else for (const [name, value] of Object.entries(said)) url.searchParams.set(name, value);
  return redirect(url.href, cookies);
}

/** Sends the browser on. */
export const redirect = (location: string, more: [string, string][]) =>
  reply({ status: 302, raw: true, headers: [['location', location], ...NEVER_KEPT, ...more] });

const NEVER_KEPT: readonly [string, string][] = [
  ['cache-control', 'no-cache, no-store'],
  ['pragma', 'no-cache'],
  ['expires', '0'],
  ['referrer-policy', 'no-referrer'],
];
/** The brand's error page. */
export const refused = (call: Call, description: string, status = 400) =>
  errorReply(call, { status, summary: `${status} Bad Request`, description });

const html = (body: string, more: [string, string][], policy: string) =>
  reply({
    status: 200,
    raw: true,
    headers: [
      ['content-type', 'text/html;charset=utf-8'],
      ['content-security-policy', policy],
      ...NEVER_KEPT,
      ...more,
    ],
    body,
  });

/** Where a page's form goes: the path of the address that it was asked at. */
export const pathOf = ({ request }: Call): string =>
  new URL(request.base).pathname.replace(/\/$/, '') + request.path;

const signingIn = ({ world, request }: Call, user: User): Who => ({
  ...whoIs(user),
  requestId: requestId(world),
  requestUri: request.path,
});

function logAuthorize(call: Call, { server }: Issuer, app: App, session?: Session, error?: string): void {
  const { world } = call;
  const user = session && world.get(users, session.userId);
  const who = user ? signingIn(call, user) : clientWho(app);
  const outcome = error ? { outcome: { result: 'FAILURE' as const, reason: error } } : {};
  record(world, who, {
    eventType: server ? 'app.oauth2.as.authorize' : 'app.oauth2.authorize',
    displayMessage: 'OAuth2 authorization request',
    target: [appTarget(app)],
    ...outcome,
  });
  if (user)
    record(world, who, {
      eventType: 'user.authentication.sso',
      displayMessage: 'User single sign on to app',
      target: [appTarget(app)],
      ...outcome,
    });
}
