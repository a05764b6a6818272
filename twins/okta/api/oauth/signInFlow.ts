/** A person at the sign-in page: step by step until they have shown what policies want, or cannot. */
import { ApiError } from '../../../../src/error.ts';
import type { Call } from '../../../../src/twin.ts';
import { header } from '../../../../src/wire.ts';
import type { World } from '../../../../src/world/world.ts';
import { fromOf } from '../../from.ts';
import type { App } from '../../model/apps/app.ts';
import { advance } from '../../model/idx/advance.ts';
import { pollEnrol, prove, register, select } from '../../model/idx/enrol.ts';
import { enter } from '../../model/idx/finish.ts';
import { Refused, tell } from '../../model/idx/refused.ts';
import * as steps from '../../model/idx/steps.ts';
import {
  beginIdx,
  endIdx,
  type IdxTransaction,
  liveIdx,
  type Message,
  moveIdx,
} from '../../model/idx/transaction.ts';
import type { Form } from '../../model/oauth/client.ts';
import { drawn } from '../../model/oauth/opaque.ts';
import { findUser } from '../../model/people/user.ts';
import type { From } from '../../model/signIn/passwordAttempt.ts';
import { createSession, type Session } from '../../model/signIn/session.ts';
import { sessionRuleOf } from '../../model/signIn/sessionPolicy.ts';
import { authenticators } from '../../world.ts';
import { labelsFor, signInReply } from '../hostedPage.ts';
import { refusedBy } from '../idx.ts';
import { remediationsOf } from '../idxForms.ts';
import { deviceCookie, sessionCookie } from './cookie.ts';
import { signInPage } from './signInPage.ts';
import { stepPage } from './stepPage.ts';

/** What the page is for. */
export interface Visit {
  /** What its forms carry along, and where they go. */
  carries: Form;
  action: string;
  client?: string;
  app?: App;
  /** What the program asked for, as far as it raises what is to be shown. */
  request?: Form;
  /** The session of the browser, if it counts. */
  known?: Session | undefined;
}

/** How far somebody got: in, with the cookies that keep them in; refused by a policy; or to a page that asks for more. */
export type Arrival =
  | { session: Session; cookies: [string, string][] }
  | { denied: Message }
  | { page: (title?: string) => unknown };

/** Takes what was sent one step further. */
export function arrive(call: Call, fields: Form, visit: Visit): Arrival {
  const { world } = call;
  const from = fromOf(call);
  if (fields.stateHandle !== undefined) {
    const found = liveIdx(world, fields.stateHandle);
    return found
      ? stepped(call, visit, found, () => act(world, from, found, fields))
      : asked(call, visit, tell.expired.message);
  }
  if (fields.step === 'recover')
    return beginAt(call, visit, { intent: 'CREDENTIAL_RECOVERY', stage: 'IDENTIFY_RECOVERY' });
  let { known } = visit;
  if (fields.sessionToken !== undefined && fields.identifier === undefined) {
    known = sessionBy(world, fields.sessionToken);
    if (!known) return asked(call, visit, tell.failed.message);
    return stepped(
      call,
      { ...visit, known },
      begun(call, visit, known),
      (now) => advance(world, from, now),
      known,
    );
  }
  if (fields.identifier !== undefined) {
    const said = { identifier: fields.identifier, passcode: fields.passcode };
    return stepped(call, visit, begun(call, visit), (now) => {
      const after = steps.identify(world, from, now, said);
      // The page has a field for it, which was left empty.
      if (said.passcode === undefined && after.current?.key === 'okta_password')
        throw new Refused('passcode', tell.blank);
      return after;
    });
  }
  if (!known) return asked(call, visit, undefined);
  return stepped(call, visit, begun(call, visit, known), (now) => advance(world, from, now));
}

function sessionBy(world: World, sessionToken: string): Session | undefined {
  try {
    return createSession(world, { sessionToken });
  } catch (error) {
    if (error instanceof ApiError) return undefined;
    throw error;
  }
}

function begun(call: Call, { app, request }: Visit, known?: Session): IdxTransaction {
  const deviceToken = deviceOf(call) ?? drawn(call.world, 'deviceToken', DEVICE_CHARS);
  return beginIdx(call.world, {
    proofs: known?.proofs ?? [],
    deviceToken,
    ...(known ? { userId: known.userId } : {}),
    ...(app ? { appId: app.id } : {}),
    ...(request ? { request } : {}),
  });
}

const DEVICE_CHARS = 24;

const deviceOf = ({ request }: Call): string | undefined =>
  /(?:^|;\s*)DT=([\w-]+)/.exec(header(request.headers, 'cookie') ?? '')?.[1];

/** A step, and what it came to. `fresh`: a session that the browser does not have yet. */
function stepped(
  call: Call,
  visit: Visit,
  before: IdxTransaction,
  step: (transaction: IdxTransaction) => IdxTransaction,
  fresh?: Session,
): Arrival {
  const { world } = call;
  const from = fromOf(call);
  let refused: Refused | undefined;
  let after = before;
  try {
    after = step(before);
  } catch (error) {
    refused = refusedBy(error);
    refused.besides?.();
    after = liveIdx(world, before.handle) ?? before;
  }
  if (after.stage === 'IDENTIFY') {
    endIdx(world, after);
    return asked(call, visit, refused?.told.message);
  }
  if (after.stage === 'OVER' && after.message?.key === 'security.access_denied') {
    endIdx(world, after);
    return { denied: after.message };
  }
  if (after.stage !== 'DONE') return { page: () => shown(call, visit, after, refused, fresh) };
  const session = enter(world, from, after, visit.known);
  endIdx(world, after);
  const isNew = fresh !== undefined || session.id !== visit.known?.id;
  const device =
    after.remember && after.deviceToken !== undefined ? [deviceCookie(call, after.deviceToken)] : [];
  return {
    session,
    cookies: [...(isNew ? [sessionCookie(call, session.id, session.terms)] : []), ...device],
  };
}

const asked = (call: Call, { carries, action, client }: Visit, why: string | undefined): Arrival => ({
  page: () =>
    signInReply(
      call,
      signInPage(call.world, carries, {
        action,
        labels: labelsFor(call),
        ...(client === undefined ? {} : { client }),
        why,
      }),
      { status: why === undefined ? 200 : 401 },
    ),
});

function shown(
  call: Call,
  { carries, action }: Visit,
  transaction: IdxTransaction,
  refused: Refused | undefined,
  fresh: Session | undefined,
): unknown {
  const { world } = call;
  const from = fromOf(call);
  const rule = transaction.userId
    ? sessionRuleOf(world, from, findUser(world, transaction.userId))
    : undefined;
  const body = stepPage(world, transaction, {
    action,
    carries,
    forms: remediationsOf(world, from, transaction),
    refused,
    remembers: rule !== undefined && rule.factorPromptMode !== 'ALWAYS',
  });
  const headers = fresh ? [sessionCookie(call, fresh.id, fresh.terms)] : [];
  return signInReply(call, body, { status: refused ? 401 : 200, headers });
}

type Act = (world: World, from: From, transaction: IdxTransaction, fields: Form) => IdxTransaction;

const saidIn = (fields: Form) => ({
  ...(fields.passcode === undefined ? {} : { passCode: fields.passcode }),
  ...(fields.totp === undefined ? {} : { passCode: fields.totp }),
  ...(fields.answer === undefined ? {} : { answer: fields.answer }),
  ...(fields.questionKey === undefined ? {} : { questionKey: fields.questionKey }),
});

const chosenIn = (world: World, { choice = '', id, methodType, phoneNumber }: Form) => {
  const [chosen = '', method] = choice.split(' ');
  const key = world.get(authenticators, id ?? chosen)?.key ?? '';
  return { key, method: methodType ?? method, phoneNumber };
};

const renew: Act = (world, from, transaction, { passcode = '', revokeSessions }) =>
  steps.renew(world, from, transaction, { passcode, revokeSessions: revokeSessions === 'true' });

/** What each form of the page does, by its name. */
const ACTS: Readonly<Record<string, Act>> = {
  'identify-recovery': (world, from, transaction, { identifier = '' }) =>
    steps.identify(world, from, transaction, { identifier }),
  'select-authenticator-authenticate': (world, from, transaction, fields) =>
    steps.challenge(world, from, transaction, chosenIn(world, fields)),
  'challenge-authenticator': (world, from, transaction, fields) =>
    steps.answer(
      world,
      from,
      fields.rememberDevice === 'true' ? moveIdx(world, transaction, { remember: true }) : transaction,
      saidIn(fields),
    ),
  'challenge-poll': (world, from, transaction) => steps.poll(world, from, transaction),
  'reset-authenticator': renew,
  'reenroll-authenticator': renew,
  'select-authenticator-enroll': (world, from, transaction, fields) =>
    select(world, from, transaction, chosenIn(world, fields)),
  'authenticator-enrollment-data': (world, from, transaction, fields) =>
    select(world, from, transaction, chosenIn(world, fields)),
  'enroll-authenticator': (world, from, transaction, fields) =>
    prove(world, from, transaction, saidIn(fields)),
  'enroll-poll': (world, from, transaction) => pollEnrol(world, from, transaction),
  'enroll-profile': (world, from, transaction, fields) => register(world, from, transaction, { ...fields }),
  resend: (world, from, transaction) => steps.resend(world, from, transaction),
  recover: (world, from, transaction) => steps.recover(world, from, transaction, 'CREDENTIAL_RECOVERY'),
  skip: (world, from, transaction) => steps.skip(world, from, transaction),
  cancel: (world, _from, transaction) => moveIdx(world, transaction, { stage: 'IDENTIFY' }),
};

function act(world: World, from: From, transaction: IdxTransaction, fields: Form): IdxTransaction {
  const name = fields.step ?? '';
  const known = Object.hasOwn(ACTS, name) ? ACTS[name] : undefined;
  return known ? known(world, from, transaction, fields) : transaction;
}

/** Begins where nobody is known yet: somebody forgot their password, wants to be unlocked, or comes with a mail's token. */
export function beginAt(
  call: Call,
  visit: Visit,
  where: Pick<IdxTransaction, 'intent' | 'stage'> & Partial<IdxTransaction>,
): Arrival {
  const transaction = moveIdx(call.world, begun(call, visit), where);
  return { page: () => shown(call, visit, transaction, undefined, undefined) };
}
