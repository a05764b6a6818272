/** Credentials: passwords in every form the vendor takes, recovery questions, providers. */
import { createHash } from 'node:crypto';
import type { World } from '../../../../src/world/world.ts';
import { invalid } from '../../errors.ts';
import { PASSWORDS_KEPT_MAX, RECOVERY_ANSWER_CHARS_MIN } from '../../limits.ts';
import { secrets } from '../../world.ts';
import { importPassword } from '../hooks/passwordHook.ts';
import { pushPassword } from '../provisioning/userProvisioning.ts';
import { checkHash, hashFits, type PasswordHash } from './passwordHash.ts';
import type { Profile } from './user.ts';

export interface Provider {
  type: 'OKTA' | 'ACTIVE_DIRECTORY' | 'LDAP' | 'FEDERATION' | 'SOCIAL' | 'IMPORT';
  name: string;
}

/** What is shown of a user's credentials; secrets are kept apart. */
export interface UserCredentials {
  password?: Record<string, never>;
  recovery_question?: { question: string };
  emails: { value: string; status: 'VERIFIED' | 'UNVERIFIED'; type: 'PRIMARY' | 'SECONDARY' }[];
  provider: Provider;
}

/** Credentials as clients send them. */
export interface CredentialsInput {
  password?: {
    value?: string;
    hash?: PasswordHash;
    hook?: { type?: string };
  };
  recovery_question?: { question?: string; answer?: string };
  provider?: { type?: string; name?: string };
}

/** What a user must know; never shown. */
export interface UserSecret {
  userId: string;
  /** SHA-256 of the password that was set; absent for imported hashes and import hooks. */
  password?: string;
  /** The inline hook that imports passwords knows it. */
  hooked?: true | undefined;
  /** SHA-256 of those before, newest first. */
  history?: string[];
  /** A hash that was imported as it is. */
  imported?: PasswordHash;
  /** SHA-256 of the recovery answer, lower case. */
  answer?: string;
}

const PROVIDERS: ReadonlySet<string> = new Set([
  'OKTA',
  'ACTIVE_DIRECTORY',
  'LDAP',
  'FEDERATION',
  'SOCIAL',
  'IMPORT',
]);

/**
 * What a user's credentials are after `input`; `old` are those before. Throws E0000001 for a hash that cannot
 * be read, a short answer, an unknown provider. What a password must be like is the affair of `checkPasswordText`.
 */
export function newCredentials(
  input: CredentialsInput | undefined,
  profile: Profile,
  providerAllowed: boolean,
  old?: UserCredentials,
): UserCredentials {
  checkPassword(input);
  const question = input?.recovery_question;
  if (question) checkQuestion(question);
  const type = input?.provider?.type;
  if (type !== undefined && !PROVIDERS.has(type))
    throw invalid('provider', 'provider: The provider is not supported');
  const delegates = type !== undefined && type !== 'OKTA';
  if (delegates && !providerAllowed && (type === 'FEDERATION' || type === 'SOCIAL'))
    throw invalid('provider', "provider: Set the query parameter 'provider' to true to use this provider");
  const password = delegates ? undefined : isSet(input?.password) ? {} : old?.password;
  const recovery = question?.question ? { question: question.question } : old?.recovery_question;
  return {
    ...(password ? { password } : {}),
    ...(recovery ? { recovery_question: recovery } : {}),
    emails: emailsOf(profile),
    provider: delegates
      ? { type: type as Provider['type'], name: input?.provider?.name ?? (type as string) }
      : input?.password?.hook
        ? { type: 'IMPORT', name: 'IMPORT' }
        : (old?.provider ?? { type: 'OKTA', name: 'OKTA' }),
  };
}

/** An empty object sets no password: clients send one where a form was left empty. */
export const isSet = (password: CredentialsInput['password']): boolean =>
  password !== undefined &&
  (password.value !== undefined || Boolean(password.hash) || Boolean(password.hook));

/** Keeps what is secret of `input`; apps that synchronise passwords are told. */
export function setCredentials(world: World, userId: string, input: CredentialsInput | undefined): void {
  const { password, recovery_question: question } = input ?? {};
  if (!isSet(password) && !question?.answer) return;
  const old: UserSecret = world.get(secrets, userId) ?? { userId };
  const before = isSet(password) && old.password ? [old.password, ...(old.history ?? [])] : old.history;
  world.put(secrets, {
    ...old,
    ...(before ? { history: before.slice(0, PASSWORDS_KEPT_MAX) } : {}),
    ...(password?.value === undefined
      ? {}
      : { password: digest(password.value), imported: undefined, hooked: undefined }),
    ...(password?.hash ? { imported: { ...password.hash }, password: undefined, hooked: undefined } : {}),
    ...(password?.hook ? { hooked: true as const, password: undefined, imported: undefined } : {}),
    ...(question?.answer ? { answer: digest(question.answer.toLowerCase()) } : {}),
  });
  if (password?.value !== undefined) pushPassword(world, userId, password.value);
}

/**
 * Whether this is the user's password. For one that is to be imported the program that knows it is asked; that one, and
 * one of which the hash was imported, is from then on kept in the org's own way.
 */
export function passwordIs(world: World, userId: string, password: string): boolean {
  const secret = world.get(secrets, userId);
  if (!secret?.hooked && !secret?.imported) return secret?.password === digest(password);
  const fits = secret.imported
    ? hashFits(secret.imported, password)
    : importPassword(world, userId, password);
  if (!fits) return false;
  world.update(secrets, userId, { password: digest(password), hooked: undefined, imported: undefined });
  return true;
}

/** The people of a world begin without a password. */
export const hasNoPassword = (world: World, userId: string): boolean => {
  const kept = world.get(secrets, userId);
  return kept?.password === undefined && kept?.imported === undefined && !kept?.hooked;
};

/** Whether this is the answer to the user's recovery question, case aside. */
export const answerIs = (world: World, userId: string, answer: string): boolean =>
  world.get(secrets, userId)?.answer === digest(answer.toLowerCase());

/** What is kept of a password. */
export const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');

function checkPassword(input: CredentialsInput | undefined): void {
  const { password } = input ?? {};
  if (!password || !isSet(password)) return;
  if (password.hash) {
    checkHash(password.hash);
  } else if (password.hook) {
    if (password.hook.type !== 'default')
      throw invalid('password', 'password: The hook type is not supported');
  }
}

function checkQuestion(question: { question?: string; answer?: string }): void {
  if (!question.question)
    throw invalid('recovery_question', 'recovery_question: The security question cannot be left blank');
  if ((question.answer ?? '').length < RECOVERY_ANSWER_CHARS_MIN)
    throw invalid(
      'recovery_question',
      `recovery_question: The security question answer must be at least ${RECOVERY_ANSWER_CHARS_MIN} characters in length`,
    );
}

/** The addresses that a profile gives. */
export function emailsOf(profile: Profile): UserCredentials['emails'] {
  const second = profile.secondEmail;
  return [
    { value: profile.email, status: 'VERIFIED', type: 'PRIMARY' },
    ...(typeof second === 'string' && second
      ? [{ value: second, status: 'VERIFIED' as const, type: 'SECONDARY' as const }]
      : []),
  ];
}
