/**
 * `/idp/idx`: signing in, recovering and registering by a program that draws its own forms, as the vendor's libraries and
 * its sign-in widget do; and `/v1/interact`, by which such a program begins.
 * https://developer.okta.com/docs/concepts/interaction-code/
 */
import { ApiError } from '../../../src/error.ts';
import { type Call, type Endpoint, endpoint, reply } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { oauthError } from '../errors.ts';
import { fromOf } from '../from.ts';
import { advance } from '../model/idx/advance.ts';
import { type Chosen, pollEnrol, prove, register, select } from '../model/idx/enrol.ts';
import { enter, interactionCode } from '../model/idx/finish.ts';
import { Refused, tell } from '../model/idx/refused.ts';
import * as steps from '../model/idx/steps.ts';
import {
  appOfIdx,
  beginIdx,
  endIdx,
  type IdxTransaction,
  liveIdx,
  liveInteraction,
  moveIdx,
} from '../model/idx/transaction.ts';
import { mustSignIn, readAuthorization, readReturn } from '../model/oauth/authorization.ts';
import { clientIdOf, settingsOf } from '../model/oauth/client.ts';
import { findIssuer, type Issuer } from '../model/oauth/issuer.ts';
import { liveRecoveryToken, spendRecoveryToken } from '../model/signIn/recoveryToken.ts';
import { TextBody } from '../text.ts';
import { authenticators } from '../world.ts';
import { idxView, messagesView } from './idxViews.ts';
import { sessionCookie, sessionOf } from './oauth/cookie.ts';
import { clientOf, formOf, issuerEndpoints } from './oauth/issuerEndpoint.ts';

const DOC = 'https://developer.okta.com/docs/concepts/interaction-code/';
const ION = 'application/ion+json; okta-version=1.0.0';

/** Bodies of all steps; each reads its own fields. */
interface Input {
  stateHandle?: string;
  stateToken?: string;
  interactionHandle?: string;
  identifier?: string;
  rememberMe?: boolean;
  credentials?: Record<string, unknown>;
  authenticator?: { id?: string; methodType?: string; phoneNumber?: string };
  userProfile?: Record<string, unknown>;
}

type Act = (world: World, call: Call, transaction: IdxTransaction, input: Input) => IdxTransaction;

const open = { auth: 'none', tier: 'authn', traits: { undocumented: true }, doc: DOC } as const;

/** One step: what it does to the sign-in that its state handle names, and how that stands then. */
const step = (id: string, path: string, act: Act): Endpoint =>
  endpoint({ id, route: `POST /idp/idx${path}`, ...open }, (call) => {
    const input = inputOf(call);
    const found = liveIdx(call.world, input.stateHandle);
    return found ? taken(call, found, () => act(call.world, call, found, input)) : over(401);
  });

export const idxEndpoints: readonly Endpoint[] = [
  ...issuerEndpoints(['interact', 'interactCustomAS'], 'POST', '/v1/interact', interact, {
    traits: { undocumented: true },
  }),
  endpoint({ id: 'idxIntrospect', route: 'POST /idp/idx/introspect', ...open }, (call) => {
    const { interactionHandle, stateHandle, stateToken } = inputOf(call);
    const found =
      interactionHandle === undefined
        ? liveIdx(call.world, stateHandle ?? stateToken)
        : liveInteraction(call.world, interactionHandle);
    return found ? taken(call, found, () => found) : over(401);
  }),
  step('idxIdentify', '/identify', (world, call, transaction, { identifier, credentials, rememberMe }) =>
    steps.identify(world, fromOf(call), transaction, {
      identifier: textOf(identifier) ?? '',
      passcode: textOf(credentials?.passcode),
      remember: rememberMe === true,
    }),
  ),
  step('idxChallenge', '/challenge', (world, call, transaction, input) =>
    steps.challenge(world, fromOf(call), transaction, chosenIn(world, input)),
  ),
  step('idxAnswer', '/challenge/answer', (world, call, transaction, { credentials }) => {
    const said = saidIn(credentials);
    if (transaction.stage === 'RESET' || transaction.stage === 'REENROLL')
      return steps.renew(world, fromOf(call), transaction, {
        passcode: said.passCode ?? '',
        revokeSessions: credentials?.revokeSessions === true,
      });
    return transaction.stage === 'ENROLL'
      ? prove(world, fromOf(call), transaction, said)
      : steps.answer(world, fromOf(call), transaction, said);
  }),
  step('idxResend', '/challenge/resend', (world, call, transaction) =>
    steps.resend(world, fromOf(call), transaction),
  ),
  step('idxPoll', '/authenticators/poll', (world, call, transaction) =>
    transaction.stage === 'ENROLL'
      ? pollEnrol(world, fromOf(call), transaction)
      : steps.poll(world, fromOf(call), transaction),
  ),
  step('idxRecover', '/recover', (world, call, transaction) =>
    steps.recover(world, fromOf(call), transaction, 'CREDENTIAL_RECOVERY'),
  ),
  step('idxUnlock', '/unlock-account', (world, call, transaction) =>
    steps.recover(world, fromOf(call), transaction, 'UNLOCK'),
  ),
  step('idxSelectEnrol', '/credential/enroll', (world, call, transaction, input) =>
    select(world, fromOf(call), transaction, chosenIn(world, input)),
  ),
  step('idxEnrol', '/enroll', (world, _call, transaction) =>
    moveIdx(world, transaction, { stage: 'PROFILE' }),
  ),
  step('idxEnrolNew', '/enroll/new', (world, call, transaction, { userProfile }) =>
    register(world, fromOf(call), transaction, { ...userProfile }),
  ),
  step('idxSkip', '/skip', (world, call, transaction) => steps.skip(world, fromOf(call), transaction)),
  step('idxCancel', '/cancel', (world, _call, transaction) => {
    const { interactionHandle, request, appId, issuerId } = transaction;
    endIdx(world, transaction);
    return beginIdx(world, {
      proofs: [],
      ...(interactionHandle === undefined ? {} : { interactionHandle }),
      ...(request ? { request } : {}),
      ...(appId === undefined ? {} : { appId }),
      ...(issuerId === undefined ? {} : { issuerId }),
    });
  }),
];

const inputOf = ({ body }: Call): Input =>
  body.kind === 'json' && typeof body.value === 'object' && body.value !== null && !Array.isArray(body.value)
    ? (body.value as Input)
    : {};

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function saidIn(credentials: Record<string, unknown> | undefined) {
  const said = (name: string, as = name) => {
    const text = textOf(credentials?.[name]);
    return text === undefined ? {} : { [as]: text };
  };
  return {
    ...said('totp', 'passCode'),
    ...said('passcode', 'passCode'),
    ...said('answer'),
    ...said('questionKey'),
    ...said('clientData'),
    ...said('attestation'),
    ...said('authenticatorData'),
    ...said('signatureData'),
  } as { passCode?: string; answer?: string; questionKey?: string };
}

/** The authenticator that was chosen, by its id. */
function chosenIn(world: World, { authenticator }: Input): Chosen {
  const row = world.get(authenticators, textOf(authenticator?.id) ?? '');
  return {
    key: row?.key ?? '',
    method: textOf(authenticator?.methodType),
    phoneNumber: textOf(authenticator?.phoneNumber),
  };
}

/** A program begins a sign-in. Throws what `/v1/authorize` would be sent back with, as an answer. */
function interact(call: Call, issuer: Issuer): unknown {
  const { world } = call;
  const form = formOf(call);
  const app = clientOf(call, issuer, form);
  const allowed = settingsOf(app).grant_types;
  if (!allowed.includes('interaction_code'))
    throw oauthError(
      'unauthorized_client',
      `The client is not authorized to use the provided grant type. Configured grant types: [${allowed.join(', ')}].`,
    );
  const { client_secret: _, client_assertion: __, client_assertion_type: ___, ...asked } = form;
  const request = { ...asked, client_id: clientIdOf(app), response_type: 'code' };
  const asking = readAuthorization(world, issuer, readReturn(world, request), request);
  const session = sessionOf(call);
  const known = session && !mustSignIn(world, asking, session) ? session : undefined;
  const interactionHandle = world.secret(['okta.interaction', world.next('okta.interaction')], HANDLE_CHARS);
  const begun = beginIdx(world, {
    proofs: known?.proofs ?? [],
    interactionHandle,
    request,
    issuerId: issuer.server?.id ?? 'org',
    appId: app.id,
    ...(known ? { userId: known.userId } : {}),
  });
  withToken(call, begun, form.recovery_token ?? form.activation_token);
  if (known) advance(world, fromOf(call), begun);
  return { interaction_handle: interactionHandle };
}

const HANDLE_CHARS = 43;

/** Somebody comes with the token of a mail: they need not say who they are. */
function withToken(call: Call, begun: IdxTransaction, text: string | undefined): void {
  if (text === undefined) return;
  const token = liveRecoveryToken(call.world, text);
  if (!token) throw oauthError('invalid_request', 'The recovery token is invalid or expired.');
  spendRecoveryToken(call.world, token);
  const { userId } = token;
  moveIdx(call.world, begun, {
    userId,
    intent: 'CREDENTIAL_RECOVERY',
    stage: 'RESET',
    recoveredBy: 'okta_email',
  });
}

/** A step, and how the sign-in stands after it; what was wrong is told with the form that it was said in. */
function taken(call: Call, before: IdxTransaction, act: () => IdxTransaction): unknown {
  const { world } = call;
  try {
    const after = act();
    if (after.stage === 'DONE' && after.interactionHandle !== undefined) return done(call, after);
    return ion(
      after.message?.class === 'ERROR' && after.stage === 'OVER' ? 403 : 200,
      idxView(world, fromOf(call), after),
    );
  } catch (error) {
    const refused = refusedBy(error);
    refused.besides?.();
    const now = liveIdx(world, before.handle) ?? before;
    return ion(
      refused.told.key === tell.tooSoon.key ? 429 : refused.field === undefined ? 401 : 400,
      idxView(world, fromOf(call), now, refused),
    );
  }
}

/** What the models refuse, in the words of sign-ins. */
export function refusedBy(error: unknown): Refused {
  if (error instanceof Refused) return error;
  if (!(error instanceof ApiError)) throw error;
  const [cause = error.message] = (error.data.causes as string[] | undefined) ?? [];
  const message = cause.replace(/^\w+: /, '');
  if (error.name === 'E0000082') return new Refused('passcode', tell.usedCode);
  if (error.name === 'E0000068')
    return cause.includes('answer')
      ? new Refused('answer', tell.wrongAnswer)
      : new Refused('passcode', tell.wrongCode);
  if (error.name === 'E0000109') return new Refused(undefined, tell.tooSoon);
  const field = /^(\w+): /.exec(cause)?.[1];
  const at = field === 'password' || error.name === 'E0000080' ? 'passcode' : field;
  return new Refused(at, { message, key: `errors.${error.name}`, class: 'ERROR' });
}

/** The program gets its code, the browser its cookie. */
function done(call: Call, transaction: IdxTransaction): unknown {
  const { world } = call;
  const app = appOfIdx(world, transaction);
  try {
    const session = enter(world, fromOf(call), transaction, sessionOf(call));
    const text = interactionCode(world, transaction, session);
    const code = {
      text,
      issuerAt: findIssuer(world, transaction.issuerId).at,
      clientId: app ? clientIdOf(app) : '',
    };
    const view = idxView(world, fromOf(call), transaction, undefined, code);
    endIdx(world, transaction);
    return ion(200, view, [sessionCookie(call, session.id)]);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const message = { message: error.message, key: `errors.${error.name}`, class: 'ERROR' as const };
    return ion(403, idxView(world, fromOf(call), moveIdx(world, transaction, { stage: 'OVER', message })));
  }
}

/** A sign-in that is over, or never was. */
const over = (status: number): unknown =>
  ion(status, { version: '1.0.0', messages: messagesView(tell.expired) });

const ion = (status: number, view: Record<string, unknown>, headers: [string, string][] = []): unknown =>
  reply({ status, body: new TextBody(ION, JSON.stringify(view)), headers });
