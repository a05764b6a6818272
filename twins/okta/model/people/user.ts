/** Users: what they are, how they are found, made and changed. Lifecycle and credentials have files of their own. */
import type { World } from '../../../../src/world/world.ts';
import { invalid, notFound, notWellFormed, refuse } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { stamp } from '../../time.ts';
import { org, users } from '../../world.ts';
import { followUser } from '../apps/appUser.ts';
import { addMember, addToEveryone, findGroup } from '../groups/group.ts';
import { runRulesFor } from '../groups/groupRule.ts';
import { type LogParty, record, type Who } from '../log/log.ts';
import { sendActivation, sendEmailChanged } from './accountMail.ts';
import { checkNotSourced } from './identityUser.ts';
import { tellOfUser } from './news.ts';
import {
  type CredentialsInput,
  emailsOf,
  isSet,
  newCredentials,
  setCredentials,
  type UserCredentials,
} from './password.ts';
import { checkPasswordText } from './passwordPolicy.ts';
import { findRealm } from './realm.ts';
import { checkProfile, defaultsOf, type Schema, schemaOfType } from './schema.ts';
import { claimUnique } from './uniqueValue.ts';
import { defaultUserType, findUserType } from './userType.ts';

export type UserStatus =
  | 'STAGED'
  | 'PROVISIONED'
  | 'ACTIVE'
  | 'RECOVERY'
  | 'LOCKED_OUT'
  | 'PASSWORD_EXPIRED'
  | 'SUSPENDED'
  | 'DEPROVISIONED';

/** Attributes by name; `login` and `email` are always there. */
export type Profile = Record<string, unknown> & { login: string; email: string };

/** A user in the vendor's shape, less links. */
export interface User {
  id: string;
  status: UserStatus;
  created: string;
  activated: string | null;
  statusChanged: string | null;
  lastLogin: string | null;
  lastUpdated: string;
  passwordChanged: string | null;
  realmId: string;
  type: { id: string };
  profile: Profile;
  credentials: UserCredentials;
}

/** The body of a create. */
export interface CreateUserInput {
  profile?: Record<string, unknown>;
  credentials?: CredentialsInput;
  groupIds?: string[];
  type?: { id?: string };
  realmId?: string;
}

/** The query of a create. */
export interface CreateUserOptions {
  activate: boolean;
  provider: boolean;
  nextLogin: string | null;
}

/** The user with this id, login or unambiguous short name; `me` is whoever asks. Throws E0000007. */
export function findUser(world: World, key: string, who?: Who): User {
  if (key === 'me' && who?.type === 'User') return findUser(world, who.id);
  const byId = world.get(users, key);
  if (byId) return byId;
  const byLogin = userByLogin(world, key);
  if (byLogin) return byLogin;
  const short = world.list(users, { index: 'shortName', equals: key.toLowerCase() }).page({ limit: 2 }).items;
  const [only] = short;
  if (only && short.length === 1) return only;
  throw notFound(key, 'User');
}

/** The user with this login, case aside. */
export const userByLogin = (world: World, login: string): User | undefined =>
  world.list(users, { index: 'login', equals: login.toLowerCase() }).first();

/**
 * Makes a user. Throws E0000001 for a bad profile, a taken login, a weak password or bad credentials;
 * E0000124 and E0000125 for a first sign-in that must change a password that is not there.
 */
export function createUser(
  world: World,
  who: Who,
  input: CreateUserInput | undefined,
  options: CreateUserOptions,
): User {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  const type = input.type?.id === undefined ? defaultUserType(world) : findUserType(world, input.type.id);
  const schema = schemaOfType(world, type.id);
  const sent = input.profile ?? {};
  const profile = normalised({ ...sent, ...defaultsOf(schema, sent) });
  checkNewProfile(world, schema, profile, 'newUser');
  const credentials = newCredentials(input.credentials, profile, options.provider);
  const hasPassword = credentials.password !== undefined;
  if (options.nextLogin === 'changePassword') {
    if (!hasPassword) throw refuse('E0000124');
    if (!options.activate) throw refuse('E0000125');
  }
  const groups = (input.groupIds ?? []).map((id) => findGroup(world, id));
  if (input.realmId !== undefined) findRealm(world, input.realmId);
  const now = stamp(world.now());
  const user: User = {
    id: newId(world, '00u'),
    status: 'STAGED',
    created: now,
    activated: null,
    statusChanged: now,
    lastLogin: null,
    lastUpdated: now,
    passwordChanged: hasPassword ? now : null,
    realmId: input.realmId ?? org(world).defaultRealmId,
    type: { id: type.id },
    profile,
    credentials,
  };
  world.insert(users, user);
  claimUnique(world, schema, user.id, profile);
  setCredentials(world, user.id, input.credentials);
  record(world, who, {
    eventType: 'user.lifecycle.create',
    displayMessage: 'Create okta user',
    target: [userTarget(user)],
  });
  addToEveryone(world, user.id);
  for (const group of groups) addMember(world, who, group.id, user.id);
  if (isSet(input.credentials?.password)) checkNewPassword(world, user, input.credentials);
  if (options.activate) begin(world, who, user, options.nextLogin === 'changePassword');
  runRulesFor(world, user.id);
  return findUser(world, user.id);
}

/** Puts an ACTIVE user into the org without asking anything: the people of a world. */
export function addToOrg(world: World, profile: Profile): User {
  const now = stamp(world.now());
  const user = world.insert(users, {
    id: newId(world, '00u'),
    status: 'ACTIVE',
    created: now,
    activated: now,
    statusChanged: now,
    lastLogin: null,
    lastUpdated: now,
    passwordChanged: now,
    realmId: org(world).defaultRealmId,
    type: { id: defaultUserType(world).id },
    profile,
    credentials: { password: {}, emails: emailsOf(profile), provider: { type: 'OKTA', name: 'OKTA' } },
  });
  addToEveryone(world, user.id);
  return user;
}

/** A first activation, as part of a create. */
function begin(world: World, who: Who, user: User, mustChange: boolean): void {
  const delegated = user.credentials.provider.type !== 'OKTA';
  const ready = user.credentials.password !== undefined || delegated;
  const status: UserStatus = mustChange ? 'PASSWORD_EXPIRED' : ready ? 'ACTIVE' : 'PROVISIONED';
  world.update(users, user.id, { status, activated: stamp(world.now()) });
  record(world, who, {
    eventType: 'user.lifecycle.activate',
    displayMessage: 'Activate Okta user',
    target: [userTarget(user)],
  });
  if (status === 'PROVISIONED') sendActivation(world, who, findUser(world, user.id));
}

/** The body of an update: what it leaves out stays (`merge`) or goes (`replace`). */
export interface UpdateUserInput {
  profile?: Record<string, unknown>;
  credentials?: CredentialsInput;
  type?: { id?: string };
  realmId?: string;
}

/**
 * Changes profile, credentials, type, realm; `bySource` where the source of the profile itself does. Throws E0000001 as
 * `createUser` does, E0000023 for what only the source may change, E0000038 for a deactivated user.
 */
export function updateUser(
  world: World,
  who: Who,
  id: string,
  input: UpdateUserInput | undefined,
  how: 'merge' | 'replace',
  bySource = false,
): User {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  const user = findUser(world, id, who);
  if (user.status === 'DEPROVISIONED') throw refuse('E0000038');
  if (how === 'replace' && !input.profile && !input.credentials)
    throw invalid('profile', 'profile: The field cannot be left blank');
  const type = input.type?.id === undefined ? user.type : { id: findUserType(world, input.type.id).id };
  if (how === 'merge' && type.id !== user.type.id)
    throw invalid('type', 'type: The user type can be changed by a full replacement only');
  const schema = schemaOfType(world, type.id);
  const keeps = how === 'merge' || !input.profile;
  const sent = { ...(keeps ? user.profile : {}), ...input.profile };
  const profile = normalised({ ...sent, ...defaultsOf(schema, sent) });
  if (!bySource) checkNotSourced(world, user, profile);
  checkChangedProfile(world, user, schema, profile);
  if (input.realmId !== undefined) findRealm(world, input.realmId);
  const credentials = newCredentials(input.credentials, profile, true, user.credentials);
  const now = stamp(world.now());
  const newPassword = isSet(input.credentials?.password);
  if (newPassword) checkNewPassword(world, { ...user, profile }, input.credentials);
  const changed = world.update(users, user.id, {
    type,
    profile,
    credentials,
    realmId: input.realmId ?? user.realmId,
    lastUpdated: now,
    ...(newPassword ? { passwordChanged: now } : {}),
  });
  claimUnique(world, schema, user.id, profile);
  setCredentials(world, user.id, input.credentials);
  logUpdate(world, who, user, changed, newPassword);
  if (changed.profile.email !== user.profile.email) {
    sendEmailChanged(world, who, changed, user.profile.email);
    tellOfUser(world, user.id, { formerEmail: user.profile.email });
  }
  followUser(world, changed);
  runRulesFor(world, user.id);
  return findUser(world, user.id);
}

/** Hashes and hooks bring passwords that nobody here can read. */
function checkNewPassword(world: World, user: User, { password }: CredentialsInput = {}): void {
  if (password?.value !== undefined && !password.hash && !password.hook)
    checkPasswordText(world, user, password.value);
}

function logUpdate(world: World, who: Who, before: User, after: User, newPassword: boolean): void {
  const names = new Set([...Object.keys(before.profile), ...Object.keys(after.profile)]);
  const changed = [...names].filter((name) => before.profile[name] !== after.profile[name]);
  if (changed.length > 0)
    record(world, who, {
      eventType: 'user.account.update_profile',
      displayMessage: 'Update user profile for Okta',
      target: [userTarget(after)],
      debugData: { changedAttributes: changed.join(',') },
    });
  if (before.type.id !== after.type.id)
    record(world, who, {
      eventType: 'user.account.update_user_type',
      displayMessage: 'Change user type',
      target: [userTarget(after)],
    });
  if (before.realmId !== after.realmId)
    record(world, who, {
      eventType: 'user.realm.update',
      displayMessage: 'Update user realm',
      target: [userTarget(after)],
    });
  if (newPassword)
    record(world, who, {
      eventType: 'user.account.update_password',
      displayMessage: 'User update password for Okta',
      target: [userTarget(after)],
    });
}

/** What programs are told of a person who signs in. */
export const briefProfile = (profile: Profile): Record<string, unknown> => ({
  login: profile.login,
  firstName: profile.firstName,
  lastName: profile.lastName,
  locale: profile.locale ?? 'en_US',
  timeZone: profile.timezone ?? 'America/Los_Angeles',
});

/** How the System Log names a user. */
export const userTarget = (user: User): LogParty => ({
  id: user.id,
  type: 'User',
  alternateId: user.profile.login,
  displayName: displayName(user),
  detailEntry: null,
});

/** A user who does something themselves. */
export const whoIs = (user: User): Who => ({
  id: user.id,
  type: 'User',
  alternateId: user.profile.login,
  displayName: displayName(user),
});

/** First and last name, as the admin console shows them. */
export const displayName = (user: User): string =>
  [user.profile.firstName, user.profile.lastName].filter(Boolean).join(' ') || user.profile.login;

/** Names always first, then the two that are `null` where unset, then all that has a value. */
function normalised(sent: Record<string, unknown>): Profile {
  const { firstName, lastName, mobilePhone, secondEmail, login, email, ...others } = sent;
  const rest = Object.entries(others).filter(([, value]) => value !== null && value !== undefined);
  return {
    ...(firstName === undefined || firstName === null ? {} : { firstName }),
    ...(lastName === undefined || lastName === null ? {} : { lastName }),
    mobilePhone: mobilePhone ?? null,
    secondEmail: secondEmail ?? null,
    ...Object.fromEntries(rest),
    login: login as string,
    email: email as string,
  };
}

function checkNewProfile(world: World, schema: Schema, profile: Profile, object: string): void {
  const { login, email, ...rest } = profile;
  checkProfile(
    schema,
    { ...rest, ...(login === undefined ? {} : { login }), ...(email === undefined ? {} : { email }) },
    object,
  );
  checkLogin(schema, login);
  if (userByLogin(world, login))
    throw invalid('login', 'login: An object with this field already exists in the current organization');
}

/** An e-mail address, unless the schema says which characters it may have. */
function checkLogin({ base }: Schema, login: string): void {
  const pattern = base.login?.pattern;
  if (typeof pattern !== 'string') {
    if (!/^[^\s@]+@[^\s@]+$/.test(login))
      throw invalid('login', 'login: Username must be in the form of an email address');
  } else if (!new RegExp(`^(?:${pattern})$`, 's').test(login))
    throw invalid('login', 'login: Does not match required pattern');
}

function checkChangedProfile(world: World, user: User, schema: Schema, profile: Profile): void {
  const sameLogin = profile.login?.toLowerCase?.() === user.profile.login.toLowerCase();
  if (sameLogin) checkProfile(schema, profile, 'updateUser');
  else checkNewProfile(world, schema, profile, 'updateUser');
}
