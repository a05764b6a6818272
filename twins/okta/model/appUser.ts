/** Who is assigned to an app: by name, or because a group of theirs is. */
import type { World } from '../../../src/world/world.ts';
import { notFound, notWellFormed, refuse } from '../errors.ts';
import { stamp } from '../time.ts';
import { appGroups, apps, appUsers, groupMembers, users } from '../world.ts';
import { type App, appTarget, findApp } from './app.ts';
import { record, type Who } from './log.ts';
import { findUser, type User, userTarget } from './user.ts';

/** An assignment in the vendor's shape, less links; `appId` is not shown. */
export interface AppUser {
  appId: string;
  id: string;
  externalId: string | null;
  created: string;
  lastUpdated: string;
  scope: 'USER' | 'GROUP';
  status: string;
  statusChanged: string;
  passwordChanged: string | null;
  syncState: string;
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
  if (old) return updateAppUser(world, who, appId, user.id, { ...input, scope: 'USER' });
  return add(world, who, app, user, 'USER', input);
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
  const changed = world.update(appUsers, `${appId}/${userId}`, {
    lastUpdated: stamp(world.now()),
    scope: input.scope === 'GROUP' ? 'GROUP' : input.scope === 'USER' ? 'USER' : old.scope,
    ...(credentials ? { credentials: credentialsOf(credentials, old.credentials?.userName ?? '') } : {}),
    ...(profile ? { profile: merged(old.profile, profile) } : {}),
  });
  logChange(world, who, 'application.user_membership.update', 'Update user assignment to app', app, userId);
  return changed;
}

/** Takes a user's assignment by name away; a group's assignment may stand in at once. */
export function unassignUser(world: World, who: Who, appId: string, userId: string): void {
  const app = findApp(world, appId);
  findAppUser(world, appId, userId);
  world.remove(appUsers, `${appId}/${userId}`);
  logChange(
    world,
    who,
    'application.user_membership.remove',
    'Remove user’s application membership',
    app,
    userId,
  );
  reconcileUser(world, who, appId, userId);
}

/** Makes a user's assignment by group what their groups say now. */
export function reconcileUser(world: World, who: Who, appId: string, userId: string): void {
  const app = world.get(apps, appId);
  const user = world.get(users, userId);
  const row = world.get(appUsers, `${appId}/${userId}`);
  if (!app || !user) return;
  const entitled =
    user.status !== 'DEPROVISIONED' &&
    world
      .list(appGroups, { prefix: `${appId}/` })
      .toArray()
      .some(({ id }) => world.get(groupMembers, `${id}/${userId}`));
  if (entitled && !row) add(world, who, app, user, 'GROUP', {});
  else if (!entitled && row?.scope === 'GROUP') {
    world.remove(appUsers, `${appId}/${userId}`);
    logChange(
      world,
      who,
      'application.user_membership.remove',
      'Remove user’s application membership',
      app,
      userId,
    );
  }
}

/** A user who is deactivated loses every app. */
export function leaveAllApps(world: World, who: Who, userId: string): void {
  for (const row of world.list(appUsers, { index: 'user', equals: userId }).toArray()) {
    world.remove(appUsers, `${row.appId}/${userId}`);
    const app = world.get(apps, row.appId);
    if (app)
      logChange(
        world,
        who,
        'application.user_membership.remove',
        'Remove user’s application membership',
        app,
        userId,
      );
  }
}

function add(
  world: World,
  who: Who,
  app: App,
  user: User,
  scope: AppUser['scope'],
  input: AppUserInput,
): AppUser {
  const now = stamp(world.now());
  const row = world.insert(appUsers, {
    appId: app.id,
    id: user.id,
    externalId: null,
    created: now,
    lastUpdated: now,
    scope,
    status: 'ACTIVE',
    statusChanged: now,
    passwordChanged: null,
    syncState: 'DISABLED',
    credentials: credentialsOf(input.credentials, user.profile.login),
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
  return row;
}

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
