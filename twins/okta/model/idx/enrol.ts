/** Authenticators that somebody sets up while signing in, and people who register. */

import { ApiError } from '../../../../src/error.ts';
import type { World } from '../../../../src/world/world.ts';
import { users } from '../../world.ts';
import {
  activateFactor,
  enrolFactor,
  type Factor,
  type FactorInput,
  factorsOf,
  findFactor,
} from '../authenticators/factor.ts';
import { FACTOR_KINDS, kindOf } from '../authenticators/factorKind.ts';
import type { Said } from '../authenticators/factorProof.ts';
import { addMember } from '../groups/group.ts';
import { askRegistrationHooks } from '../hooks/registrationHook.ts';
import { SYSTEM } from '../log/log.ts';
import { setPassword } from '../people/credentialChange.ts';
import { checkPasswordText } from '../people/passwordPolicy.ts';
import { createUser, findUser, type User, whoIs } from '../people/user.ts';
import { decidingRule } from '../policies/policyDecision.ts';
import { enrolmentPolicyOf } from '../signIn/enrolment.ts';
import { enrollable } from '../signIn/means.ts';
import type { From } from '../signIn/passwordAttempt.ts';
import { contextFrom } from '../signIn/sessionPolicy.ts';
import { advance } from './advance.ts';
import { Refused, tell } from './refused.ts';
import { mailCode, takeCode } from './steps.ts';
import { appOfIdx, type IdxTransaction, moveIdx } from './transaction.ts';

/** What may be set up now. */
export const enrollableIn = (world: World, from: From, transaction: IdxTransaction) => {
  const user = findUser(world, transaction.userId ?? '');
  return enrollable(world, user, enrolmentPolicyOf(world, contextFrom(world, from, user)));
};

/** What somebody chooses to set up. */
export interface Chosen {
  key: string;
  method?: string | undefined;
  phoneNumber?: string | undefined;
}

/** Begins to set something up; a phone has to say its number first. */
export function select(
  world: World,
  from: From,
  transaction: IdxTransaction,
  chosen: Chosen,
): IdxTransaction {
  const { key, phoneNumber } = chosen;
  const may = enrollableIn(world, from, transaction).find(({ authenticator }) => authenticator.key === key);
  if (!may) throw new Refused(undefined, tell.noSuchAuthenticator);
  const method = chosen.method ?? (key === 'phone_number' ? 'sms' : (PREFERRED[key] ?? may.methods[0] ?? ''));
  const user = findUser(world, transaction.userId ?? '');
  const current = { key, method };
  if (key === 'okta_password' || key === 'security_question')
    return moveIdx(world, transaction, { stage: 'ENROLL', current, message: undefined });
  if (key === 'okta_email')
    return moveIdx(world, transaction, {
      stage: 'ENROLL',
      current: { ...current, code: mailCode(world, from, user, transaction) },
      message: undefined,
    });
  if (key === 'phone_number' && !phoneNumber)
    return moveIdx(world, transaction, { stage: 'ENROLL_DATA', current, message: undefined });
  const input = inputOf(key, method);
  const profile = phoneNumber ? { profile: { phoneNumber } } : {};
  const factor = enrolFactor(world, { ...whoIs(user), ...from }, user.id, { ...input, ...profile }, false);
  return moveIdx(world, transaction, {
    stage: 'ENROLL',
    current: { ...current, factorId: factor.id },
    message: undefined,
  });
}

/** Okta Verify is set up by its app; that it shows codes, too, comes with it. */
const PREFERRED: Readonly<Record<string, string>> = { okta_verify: 'push' };

function inputOf(key: string, method: string): FactorInput {
  const name = Object.keys(FACTOR_KINDS).find(
    (one) => FACTOR_KINDS[one]?.key === key && FACTOR_KINDS[one]?.method === method,
  );
  if (!name) throw new Refused(undefined, tell.noSuchAuthenticator);
  const [provider = '', factorType = ''] = name.split(' ');
  return { provider, factorType };
}

/** Somebody proves what they set up. */
export function prove(
  world: World,
  from: From,
  transaction: IdxTransaction,
  said: Said & { questionKey?: string },
): IdxTransaction {
  const { current } = transaction;
  if (!current) throw new Refused(undefined, tell.expired);
  const user = findUser(world, transaction.userId ?? '');
  const who = { ...whoIs(user), ...from };
  if (current.key === 'okta_password') {
    if (!said.passCode) throw new Refused('passcode', tell.blank);
    checkPasswordText(world, user, said.passCode);
    setPassword(world, who, user, said.passCode, 'update_password');
  } else if (current.key === 'okta_email') {
    takeCode(world, current.code, said.passCode);
    const emails = user.credentials.emails.map((one) => ({ ...one, status: 'VERIFIED' as const }));
    world.update(users, user.id, { credentials: { ...user.credentials, emails } });
  } else if (current.key === 'security_question') {
    const profile = { question: said.questionKey ?? '', answer: said.answer ?? '' };
    enrolFactor(world, who, user.id, { factorType: 'question', provider: 'OKTA', profile }, false);
  } else activateFactor(world, who, user.id, current.factorId ?? '', said);
  return enrolled(world, from, transaction);
}

/** Looks whether the phone has scanned its picture. */
export function pollEnrol(world: World, from: From, transaction: IdxTransaction): IdxTransaction {
  const factor = currentFactor(world, transaction);
  return factor?.status === 'ACTIVE' ? enrolled(world, from, transaction) : transaction;
}

/** The factor that is being set up. */
export const currentFactor = (world: World, { userId, current }: IdxTransaction): Factor | undefined =>
  userId === undefined || current?.factorId === undefined
    ? undefined
    : factorsOf(world, userId).find(({ id }) => id === current.factorId);

/** What was just set up was shown, too. */
function enrolled(world: World, from: From, transaction: IdxTransaction): IdxTransaction {
  const { key = '', method = '', factorId } = transaction.current ?? {};
  const own =
    factorId === undefined ? undefined : kindOf(findFactor(world, transaction.userId ?? '', factorId));
  const proof = {
    key,
    method: own?.method ?? method,
    at: world.now(),
    ...(factorId === undefined ? {} : { factorId }),
  };
  return advance(world, from, moveIdx(world, transaction, { proofs: [...transaction.proofs, proof] }));
}

/** What the app's enrolment policy says of people whom nobody knows yet. */
export interface Registration {
  attributes: { name: string; label: string; required: boolean }[];
  groupIds: string[];
  verifiesEmail: boolean;
  /** Inline hooks that have a say. */
  hookIds: string[];
}

/** How people may register for the app; undefined where they may not. */
export function registrationOf(world: World, transaction: IdxTransaction): Registration | undefined {
  const app = appOfIdx(world, transaction);
  if (!app) return undefined;
  const found = decidingRule(world, 'PROFILE_ENROLLMENT', { app: { id: app.id, name: app.name } });
  const sent = found?.rule.actions.profileEnrollment as
    | {
        access?: string;
        unknownUserAction?: string;
        profileAttributes?: Registration['attributes'];
        targetGroupIds?: string[] | null;
        activationRequirements?: { emailVerification?: boolean };
        preRegistrationInlineHooks?: { inlineHookId?: string }[] | null;
      }
    | undefined;
  if (sent?.unknownUserAction !== 'REGISTER' || sent.access === 'DENY') return undefined;
  return {
    attributes: sent.profileAttributes ?? [],
    groupIds: sent.targetGroupIds ?? [],
    verifiesEmail: sent.activationRequirements?.emailVerification !== false,
    hookIds: (sent.preRegistrationInlineHooks ?? []).map(({ inlineHookId }) => inlineHookId ?? ''),
  };
}

/** Somebody registers; then they set up what they will sign in with. */
export function register(
  world: World,
  from: From,
  transaction: IdxTransaction,
  profile: Record<string, unknown>,
): IdxTransaction {
  const registration = registrationOf(world, transaction);
  if (!registration) throw new Refused(undefined, tell.failed);
  for (const { name, required } of registration.attributes)
    if (required && !profile[name]) throw new Refused(name, tell.blank);
  const known = Object.fromEntries(
    registration.attributes.flatMap(({ name }) =>
      profile[name] === undefined ? [] : [[name, profile[name]]],
    ),
  );
  const login = profile.login ?? profile.email;
  const asked = askRegistrationHooks(world, registration.hookIds, { ...known, login });
  if ('refused' in asked)
    throw new Refused(asked.field, { message: asked.refused, key: 'registration.error', class: 'ERROR' });
  const user = created(world, asked.profile);
  for (const id of registration.groupIds) addMember(world, SYSTEM, id, user.id);
  const emails = user.credentials.emails.map((one) => ({
    ...one,
    status: registration.verifiesEmail ? ('UNVERIFIED' as const) : one.status,
  }));
  world.update(users, user.id, {
    status: 'ACTIVE',
    activated: user.created,
    credentials: { ...user.credentials, emails },
  });
  const moved = moveIdx(world, transaction, {
    userId: user.id,
    identifier: user.profile.login,
    intent: 'CREDENTIAL_ENROLLMENT',
  });
  return advance(world, from, moved);
}

function created(world: World, profile: Record<string, unknown>): User {
  try {
    return createUser(world, SYSTEM, { profile }, { activate: false, provider: false, nextLogin: null });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const [cause = error.message] = (error.data.causes as string[] | undefined) ?? [];
    const field = /^(\w+): /.exec(cause)?.[1];
    const message = cause.replace(/^\w+: /, '');
    throw new Refused(field === 'login' ? 'email' : field, {
      message,
      key: 'registration.error',
      class: 'ERROR',
    });
  }
}
