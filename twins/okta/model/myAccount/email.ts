/** The mail addresses of a person: those of their profile, and new ones that wait to be verified by a code. */
import { BASE64URL, HEX } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { invalid, notFound, refuse } from '../../errors.ts';
import { EMAIL_CHALLENGE_LASTS_MS } from '../../limits.ts';
import { accountEmails } from '../../world/account.ts';
import type { Who } from '../log/log.ts';
import { send } from '../mail/outgoing.ts';
import { type User, updateUser } from '../people/user.ts';

export type EmailRole = 'PRIMARY' | 'SECONDARY';

/** A code that was sent to an address. Universe milliseconds. */
export interface EmailChallenge {
  id: string;
  code: string;
  expiresAt: number;
  /** What the client gets back with the link. */
  state?: string;
}

/** An address of a person; those of the profile have a row only while they are challenged. */
export interface AccountEmail {
  userId: string;
  id: string;
  email: string;
  roles: EmailRole[];
  status: 'VERIFIED' | 'UNVERIFIED';
  challenge?: EmailChallenge;
}

export interface EmailInput {
  profile?: { email?: string };
  sendEmail?: boolean;
  state?: string;
  role?: string;
}

/** The addresses of a person: verified ones first, then those that wait. */
export function emailsOf(world: World, user: User): AccountEmail[] {
  const rows = world.list(accountEmails, { prefix: `${user.id}/` }).toArray();
  const held = heldEmails(world, user).map((one) => ({ ...rows.find(({ id }) => id === one.id), ...one }));
  return [...held, ...rows.filter(({ status }) => status === 'UNVERIFIED')];
}

/** One address of a person, or E0000007. */
export function findEmail(world: World, user: User, id: string): AccountEmail {
  const found = emailsOf(world, user).find((one) => one.id === id);
  if (!found) throw notFound(id, 'UserProfileEmail');
  return found;
}

/** Adds an address, which waits for its code. Throws E0000001 for none, E0000157 for one that the person has. */
export function addEmail(world: World, who: Who, user: User, input: EmailInput | undefined): AccountEmail {
  const email = input?.profile?.email;
  if (typeof email !== 'string' || !ADDRESS.test(email)) throw invalid('email', 'Invalid email address.');
  const role = input?.role ?? 'PRIMARY';
  if (role !== 'PRIMARY' && role !== 'SECONDARY') throw invalid('role', 'Invalid email role.');
  const old = emailsOf(world, user).find((one) => one.email.toLowerCase() === email.toLowerCase());
  if (old?.roles.includes(role) && old.status === 'VERIFIED')
    throw refuse('E0000157', {
      args: ['email'],
      causes: [`The email ${email} is already registered to the current user profile.`],
    });
  const id = idOf(world, user, email, role);
  world.put(accountEmails, { userId: user.id, id, email, roles: [role], status: 'UNVERIFIED' });
  if (input?.sendEmail !== false) challengeEmail(world, who, user, id, input?.state);
  return findEmail(world, user, id);
}

/** Sends a code to an address, good for five minutes; the one before is good no longer. Throws E0000007. */
export function challengeEmail(
  world: World,
  who: Who,
  user: User,
  emailId: string,
  state: string | undefined,
): AccountEmail & { challenge: EmailChallenge } {
  const email = findEmail(world, user, emailId);
  const n = world.next('okta.emailChallenge');
  const code = world.secret(['okta.emailChallenge.code', n], CODE_CHARS, '0123456789');
  const challenge = {
    id: `myaccount.${world.secret(['okta.emailChallenge', n], ID_CHARS, BASE64URL)}`,
    code,
    expiresAt: world.now() + EMAIL_CHALLENGE_LASTS_MS,
    ...(state === undefined ? {} : { state }),
  };
  world.put(accountEmails, { ...email, challenge });
  const values = {
    newEmail: email.email,
    oldEmail: user.profile.email,
    oneTimePassword: code,
    verificationToken: code,
    verificationLink: `${world.base()}/email/verify/${challenge.id}?code=${code}&state=${state ?? ''}`,
  };
  const sending = { user, by: 'email', values, who } as const;
  send(world, { ...sending, to: email.email, kind: 'ChangeEmailConfirmation' });
  if (email.status === 'UNVERIFIED')
    send(world, { ...sending, to: user.profile.email, kind: 'EmailChangeConfirmation' });
  return { ...email, challenge };
}

/** A challenge that is not over, or E0000007. */
export function findChallenge(
  world: World,
  user: User,
  emailId: string,
  id: string,
): AccountEmail & { challenge: EmailChallenge } {
  const row = world.get(accountEmails, `${user.id}/${emailId}`);
  if (row?.challenge?.id !== id || row.challenge.expiresAt <= world.now())
    throw notFound(id, 'IdpMyAccountChallenge');
  return { ...row, challenge: row.challenge };
}

/** Takes the code: the address is the person's from then on. Throws E0000004 for a wrong one, E0000007. */
export function verifyEmail(
  world: World,
  who: Who,
  user: User,
  emailId: string,
  challengeId: string,
  code: string | undefined,
): void {
  const { challenge, email, roles, status } = findChallenge(world, user, emailId, challengeId);
  if (code !== challenge.code)
    throw refuse('E0000004', { causes: ['The verification challenge failed due to an invalid code.'] });
  world.remove(accountEmails, `${user.id}/${emailId}`);
  if (status === 'VERIFIED') return;
  const change = roles.includes('PRIMARY') ? { email } : { secondEmail: email };
  updateUser(world, who, user.id, { profile: change }, 'merge');
}

/** Removes an address that waits. Throws E0000007; E0000001 for a verified one. */
export function removeEmail(world: World, user: User, id: string): void {
  if (findEmail(world, user, id).status === 'VERIFIED')
    throw invalid('email', "Can't delete a verified email address.");
  world.remove(accountEmails, `${user.id}/${id}`);
}

const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const CODE_CHARS = 6;
const ID_CHARS = 22;

/** The addresses of the profile. */
function heldEmails(world: World, user: User): AccountEmail[] {
  const { email, secondEmail } = user.profile;
  const row = (address: string, roles: EmailRole[]): AccountEmail => ({
    userId: user.id,
    id: idOf(world, user, address, roles[0] ?? 'PRIMARY'),
    email: address,
    roles,
    status: 'VERIFIED',
  });
  if (typeof secondEmail !== 'string' || secondEmail === '') return [row(email, ['PRIMARY'])];
  return email.toLowerCase() === secondEmail.toLowerCase()
    ? [row(email, ['PRIMARY', 'SECONDARY'])]
    : [row(email, ['PRIMARY']), row(secondEmail, ['SECONDARY'])];
}

const idOf = (world: World, user: User, email: string, role: EmailRole): string =>
  world.drawFor('okta.accountEmail', user.id, email.toLowerCase(), role).chars(HEX, 32);
