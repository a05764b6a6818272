/** Who is assigned to an app: by name, or because a group of theirs is. */
import type { World } from '../../../../src/world/world.ts';
import { notFound, notWellFormed, refuse } from '../../errors.ts';
import { stamp } from '../../time.ts';
import { appGroups, apps, appUsers, groupMembers, users } from '../../world.ts';
import { record, type Who } from '../log/log.ts';
import { findUser, type User, userTarget } from '../people/user.ts';
import { pushMembershipsOf } from '../provisioning/groupProvisioning.ts';
import { appProfileOf, appUserName } from '../provisioning/profileMapping.ts';
import { makesAccounts, provisionUser } from '../provisioning/userProvisioning.ts';
import { type App, appTarget, findApp } from './app.ts';

/** An assignment in the vendor's shape, less links; `appId` is not shown. */
export interface AppUser {
  appId: string;
  id: string;
  /** The id that the app's service knows the user by. */
  externalId: string | null;
  created: string;
  lastUpdated: string;
  scope: 'USER' | 'GROUP';
  status: string;
  statusChanged: string;
  passwordChanged: string | null;
  syncState: 'DISABLED' | 'ERROR' | 'OUT_OF_SYNC' | 'SYNCHRONIZED' | 'SYNCING';
  lastSync?: string;
  credentials: { userName: string; password?: Record<string, never> } | null;
  profile: Record<string, unknown>;
}

/** What clients send. */
export interface AppUserInput {
  id?: string;
  scope?: string;
  credentials?: { userName?: string; password?: { value?: string } };
  profile?: Record<string, unknown>;
}

/** The assignment of a user to an app, or E0000007. */
export function findAppUser(world: World, appId: string, userId: string): AppUser {
  findApp(world, appId);
  return world.require(appUsers, `${appId}/${userId}`, () => notFound(userId, 'AppUser'));
}

/** Assigns a user by name; one whom a group assigned becomes assigned by name. Throws E0000117 for inactive ones. */
export function assignUser(world: World, who: Who, appId: string, input: AppUserInput | undefined): AppUser {
  const app = findApp(world, appId);
  if (!input || typeof input.id !== 'string') throw notWellFormed();
  const user = findUser(world, input.id);
  if (user.status === 'DEPROVISIONED' || user.status === 'SUSPENDED') throw refuse('E0000117');
  const old = world.get(appUsers, `${appId}/${user.id}`);
  if (old) return updateAppUser(world, who, appId, user.id, { ...input, scope: input.scope ?? 'USER' });
  return add(world, who, app, user, input.scope === 'GROUP' ? 'GROUP' : 'USER', input);
}

/** Changes what an app knows of a user. */
export function updateAppUser(
  world: World,
  who: Who,
  appId: string,
  userId: string,
  input: AppUserInput | undefined,
): AppUser {
  if (!input || typeof input !== 'object') throw notWellFormed();
  const app = findApp(world, appId);
  const old = findAppUser(world, appId, userId);
  const { credentials, profile } = input;
  world.update(appUsers, `${appId}/${userId}`, {
    lastUpdated: stamp(world.now()),
    scope: input.scope === 'GROUP' ? 'GROUP' : input.scope === 'USER' ? 'USER' : old.scope,
    ...(credentials ? { credentials: credentialsOf(credentials, old.credentials?.userName ?? '') } : {}),
    ...(profile ? { profile: merged(old.profile, profile) } : {}),
  });
  logChange(world, who, 'application.user_membership.update', 'Update user assignment to app', app, userId);
  provisionUser(world, appId, userId, { profile: true });
  return findAppUser(world, appId, userId);
}

/** Takes a user's assignment by name away; a group's assignment may stand in at once. */
export function unassignUser(world: World, who: Who, appId: string, userId: string): void {
  const app = findApp(world, appId);
  leave(world, who, app, findAppUser(world, appId, userId));
  reconcileUser(world, who, appId, userId);
}

/** Makes a user's assignment by group what their groups say now. */
export function reconcileUser(world: World, who: Who, appId: string, userId: string): void {
  const app = world.get(apps, appId);
  const user = world.get(users, userId);
  const row = world.get(appUsers, `${appId}/${userId}`);
  if (!app || !user) return;
  const first = user.status === 'DEPROVISIONED' ? undefined : firstGroupOf(world, appId, userId);
  if (first && !row) add(world, who, app, user, 'GROUP', {}, first.profile);
  else if (!first && row?.scope === 'GROUP') leave(world, who, app, row);
  else if (first && row?.scope === 'GROUP') reprofile(world, row, first.profile);
}

/** A user who is deactivated loses every app. */
export function leaveAllApps(world: World, who: Who, userId: string): void {
  for (const row of world.list(appUsers, { index: 'user', equals: userId }).toArray()) {
    const app = world.get(apps, row.appId);
    if (app) leave(world, who, app, row);
  }
}

/** Gives a user who is back the apps of their groups. */
export function rejoinApps(world: World, who: Who, userId: string): void {
  for (const { groupId } of world.list(groupMembers, { index: 'user', equals: userId }).toArray())
    for (const { appId } of world.list(appGroups, { index: 'group', equals: groupId }).toArray())
      reconcileUser(world, who, appId, userId);
}

/** What a change of a user's profile means to their apps: names and mapped attributes that are pushed follow it. */
export function followUser(world: World, user: User): void {
  for (const row of world.list(appUsers, { index: 'user', equals: user.id }).toArray()) {
    const app = world.get(apps, row.appId);
    if (!app) continue;
    const userName = pushesName(app) ? appUserName(world, app, user) : row.credentials?.userName;
    const renamed = row.credentials !== null && userName !== row.credentials.userName;
    if (renamed && userName)
      world.update(appUsers, `${row.appId}/${row.id}`, { credentials: { ...row.credentials, userName } });
    const told = reprofile(world, row, appProfileOf(world, app, user, 'again'));
    if (renamed && !told) provisionUser(world, row.appId, row.id, { profile: true });
  }
}

/** Links a user with an account that an app's service has already, with the profile that it has there. */
export function linkAppUser(
  world: World,
  who: Who,
  app: App,
  userId: string,
  externalId: string,
  { userName, ...profile }: Record<string, unknown>,
): void {
  const key = `${app.id}/${userId}`;
  const user = world.get(users, userId);
  if (!world.get(appUsers, key) && user)
    insert(world, who, app, user, 'USER', { credentials: { userName: String(userName) } });
  const now = stamp(world.now());
  const row = findAppUser(world, app.id, userId);
  world.update(appUsers, key, {
    externalId,
    profile: { ...row.profile, ...profile },
    status: row.status === 'STAGED' ? 'ACTIVE' : row.status,
    syncState: 'SYNCHRONIZED',
    lastSync: now,
    lastUpdated: now,
  });
}

/** The assignment, among those of the user's groups, that counts most: its number is the lowest. */
function firstGroupOf(world: World, appId: string, userId: string) {
  const [first] = world
    .list(appGroups, { prefix: `${appId}/` })
    .toArray()
    .filter(({ id }) => world.get(groupMembers, `${id}/${userId}`))
    .sort((a, b) => a.priority - b.priority);
  return first;
}

/** Fills attributes in and tells the app's service of it; says whether any changed. */
function reprofile(world: World, row: AppUser, change: Record<string, unknown>): boolean {
  const profile = merged(row.profile, change);
  if (Object.keys({ ...profile, ...row.profile }).every((name) => same(profile[name], row.profile[name])))
    return false;
  world.update(appUsers, `${row.appId}/${row.id}`, { profile, lastUpdated: stamp(world.now()) });
  provisionUser(world, row.appId, row.id, { profile: true });
  return true;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

function leave(world: World, who: Who, app: App, { id, externalId }: AppUser): void {
  world.remove(appUsers, `${app.id}/${id}`);
  logChange(
    world,
    who,
    'application.user_membership.remove',
    'Remove user’s application membership',
    app,
    id,
  );
  if (externalId === null) return;
  pushMembershipsOf(world, app.id, id);
  provisionUser(world, app.id, id, { left: externalId });
}

function add(
  world: World,
  who: Who,
  app: App,
  user: User,
  scope: AppUser['scope'],
  input: AppUserInput,
  byGroup: Record<string, unknown> = {},
): AppUser {
  insert(world, who, app, user, scope, {
    ...input,
    profile: { ...appProfileOf(world, app, user, 'first'), ...byGroup, ...input.profile },
  });
  if (makesAccounts(world, app.id)) provisionUser(world, app.id, user.id);
  return findAppUser(world, app.id, user.id);
}

function insert(
  world: World,
  who: Who,
  app: App,
  user: User,
  scope: AppUser['scope'],
  input: AppUserInput,
): void {
  const now = stamp(world.now());
  world.insert(appUsers, {
    appId: app.id,
    id: user.id,
    externalId: null,
    created: now,
    lastUpdated: now,
    scope,
    status: makesAccounts(world, app.id) ? 'STAGED' : 'ACTIVE',
    statusChanged: now,
    passwordChanged: null,
    syncState: 'DISABLED',
    credentials: credentialsOf(input.credentials, appUserName(world, app, user)),
    profile: { ...(app.name === 'oidc_client' ? oidcProfile(user) : {}), ...input.profile },
  });
  logChange(
    world,
    who,
    'application.user_membership.add',
    'Add user to application membership',
    app,
    user.id,
  );
}

/** A name by a template of one's own is made once, unless it says otherwise. */
const pushesName = ({ credentials }: App): boolean => {
  const template = credentials.userNameTemplate as { type?: string; pushStatus?: string } | undefined;
  return template?.type === 'CUSTOM' ? template.pushStatus === 'PUSH' : template?.type === 'BUILT_IN';
};

function credentialsOf(input: AppUserInput['credentials'], login: string): AppUser['credentials'] {
  return { userName: input?.userName || login, ...(input?.password ? { password: {} } : {}) };
}

/** What the default mapping tells an OpenID client of a user. https://openid.net/specs/openid-connect-core-1_0.html */
function oidcProfile({ profile }: User): Record<string, unknown> {
  const { firstName, lastName, middleName, displayName, nickName, email, profileUrl } = profile;
  return {
    name: displayName ?? `${firstName ?? ''} ${lastName ?? ''}`.trim(),
    nickname: nickName ?? null,
    given_name: firstName ?? null,
    middle_name: middleName ?? null,
    family_name: lastName ?? null,
    email,
    profile: profileUrl ?? null,
    picture: null,
    website: null,
    gender: null,
    birthdate: null,
    zoneinfo: profile.timezone ?? 'America/Los_Angeles',
    locale: profile.locale ?? 'en_US',
    phone_number: profile.primaryPhone ?? null,
    street_address: profile.streetAddress ?? null,
    locality: profile.city ?? null,
    region: profile.state ?? null,
    postal_code: profile.zipCode ?? null,
    country: profile.countryCode ?? null,
    formatted: profile.postalAddress ?? null,
  };
}

const merged = (old: Record<string, unknown>, change: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries({ ...old, ...change }).filter(([, value]) => value !== null));

function logChange(
  world: World,
  who: Who,
  eventType: string,
  displayMessage: string,
  app: App,
  userId: string,
): void {
  const user = world.get(users, userId);
  const target = user
    ? [{ ...userTarget(user), type: 'AppUser' }, appTarget(app), userTarget(user)]
    : [appTarget(app)];
  record(world, who, { eventType, displayMessage, target });
}
