/**
 * People of an identity source: an app by which another system says who there is. What it says of them is made true in
 * the org at once. https://developer.okta.com/docs/api/openapi/okta-management/management/tag/IdentitySource/
 */
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, refuse } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { EXTERNAL_USER_ID_CHARS_MAX } from '../../limits.ts';
import { stamp } from '../../time.ts';
import { identityMembers, identityUsers } from '../../world/identitySources.ts';
import { appUsers, users } from '../../world.ts';
import { findApp } from '../apps/app.ts';
import { assignUser } from '../apps/appUser.ts';
import { recordChange, type Who } from '../log/log.ts';
import { leaveIdentityGroups } from './identityGroup.ts';
import { moveBySource } from './realmAssignment.ts';
import { createUser, findUser, type Profile, type User, updateUser, userByLogin } from './user.ts';
import { run } from './userLifecycle.ts';

/** Somebody in the vendor's shape; `appId` (the source) and `userId` (who they are in the org) are not shown. */
export interface IdentityUser {
  appId: string;
  userId: string;
  id: string;
  externalId: string;
  created: string;
  lastUpdated: string;
  profile: IdentityProfile;
}

/** What a source says of somebody; null where it says that there is nothing. */
export interface IdentityProfile {
  userName?: string | null;
  email?: string | null;
  firstName?: string | null;
  lastName?: string | null;
  secondEmail?: string | null;
  mobilePhone?: string | null;
  homeAddress?: string | null;
}

/** The name that apps have which are identity sources. */
const SOURCE_NAME = 'custom_identity_source';

/** The app that is this identity source, or E0000007. */
export function findSource(world: World, id: string): void {
  if (findApp(world, id).name !== SOURCE_NAME) throw notFound(id, 'AppInstance');
}

/** The person whom the source knows by this id of its own, or E0000007. */
export function findIdentityUser(world: World, appId: string, externalId: string): IdentityUser {
  findSource(world, appId);
  const found = byExternalId(world, appId, externalId);
  if (!found) throw notFound(externalId, 'IdentitySourceUser');
  return found;
}

/** The same, or undefined. */
export const byExternalId = (world: World, appId: string, externalId: string): IdentityUser | undefined =>
  world.list(identityUsers, { index: 'external', equals: `${appId}/${externalId}` }).first();

/** Adds somebody. Throws E0000001 for an id that is missing, too long or taken, and for what no user may be. */
export function addIdentityUser(
  world: World,
  who: Who,
  appId: string,
  input: { externalId?: string; profile?: IdentityProfile } | undefined,
): IdentityUser {
  findSource(world, appId);
  const externalId = checkedId(input?.externalId);
  if (byExternalId(world, appId, externalId))
    throw invalid(
      'externalId',
      'externalId: An object with this field already exists in the current organization',
    );
  return upsertIdentityUser(world, who, appId, externalId, input?.profile);
}

/** Changes what a source says of somebody: fields that are left out go, or with `merge` stay. */
export function changeIdentityUser(
  world: World,
  who: Who,
  appId: string,
  externalId: string,
  input: { profile?: IdentityProfile } | undefined,
  how: 'merge' | 'replace',
): IdentityUser {
  const old = findIdentityUser(world, appId, externalId);
  const profile = how === 'merge' ? { ...old.profile, ...input?.profile } : input?.profile;
  return upsertIdentityUser(world, who, appId, externalId, profile);
}

/** Adds somebody, or replaces what is said of them. Who has their user name already is taken to be them. */
export function upsertIdentityUser(
  world: World,
  who: Who,
  appId: string,
  externalId: string,
  said: IdentityProfile | undefined,
): IdentityUser {
  if (!said || typeof said !== 'object') throw blank('profile');
  if (!said.userName) throw blank('userName');
  const profile = completed(said);
  const old = byExternalId(world, appId, externalId);
  const now = stamp(world.now());
  const user = inOrg(world, who, profile, old?.userId);
  const row = world.put(identityUsers, {
    appId,
    userId: user.id,
    id: old?.id ?? newId(world, '0ua'),
    externalId,
    created: old?.created ?? now,
    lastUpdated: now,
    profile,
  });
  assignUser(world, who, appId, { id: user.id, credentials: { userName: user.profile.login } });
  world.update(appUsers, `${appId}/${user.id}`, {
    externalId,
    syncState: 'SYNCHRONIZED',
    status: 'PROVISIONED',
  });
  moveBySource(world, who, appId, user.id);
  logUser(world, who, old ? 'update' : 'create', row);
  return row;
}

/** Forgets somebody, who is deactivated in the org. */
export function removeIdentityUser(world: World, who: Who, appId: string, externalId: string): void {
  const row = findIdentityUser(world, appId, externalId);
  leaveIdentityGroups(world, who, row);
  world.remove(identityUsers, `${appId}/${row.id}`);
  if (findUser(world, row.userId).status !== 'DEPROVISIONED') run(world, who, row.userId, 'deactivate');
  logUser(world, who, 'delete', row);
}

/** A user who is deleted is known to no source any more. */
export function forgetIdentityUser(world: World, userId: string): void {
  for (const row of world.list(identityUsers, { index: 'user', equals: userId }).toArray()) {
    for (const member of world.list(identityMembers, { index: 'user', equals: row.id }).toArray())
      world.remove(identityMembers, `${member.appId}/${member.id}`);
    world.remove(identityUsers, `${row.appId}/${row.id}`);
  }
}

/** What a source says of a user is its to change. Throws E0000023 for a change of it by anybody else. */
export function checkNotSourced(world: World, user: User, profile: Profile): void {
  if (!world.list(identityUsers, { index: 'user', equals: user.id }).first()) return;
  if (Object.values(MAPPED).some((name) => (user.profile[name] ?? null) !== (profile[name] ?? null)))
    throw refuse('E0000023');
}

/** An id of the source's own, which may be that of a user, or with `charsMax` of something else. Throws E0000001. */
export function checkedId(id: unknown, charsMax: number = EXTERNAL_USER_ID_CHARS_MAX): string {
  if (typeof id !== 'string' || id === '') throw blank('externalId');
  if (id.length > charsMax)
    throw invalid('externalId', `externalId: The field is too long. Maximum is ${charsMax} characters`);
  return id;
}

/** Attributes of the source, and what they are called in the org. A home address has no attribute there. */
const MAPPED: Readonly<Partial<Record<keyof IdentityProfile, string>>> = {
  userName: 'login',
  email: 'email',
  firstName: 'firstName',
  lastName: 'lastName',
  secondEmail: 'secondEmail',
  mobilePhone: 'mobilePhone',
};

const completed = (said: IdentityProfile): IdentityProfile => ({
  firstName: said.firstName ?? null,
  lastName: said.lastName ?? null,
  mobilePhone: said.mobilePhone ?? null,
  secondEmail: said.secondEmail ?? null,
  userName: said.userName ?? null,
  email: said.email ?? null,
  ...(said.homeAddress === undefined ? {} : { homeAddress: said.homeAddress }),
});

/** Makes somebody a user of the org, or the user whom they are what the source says. */
function inOrg(world: World, who: Who, said: IdentityProfile, userId: string | undefined): User {
  const profile = Object.fromEntries(
    Object.entries(MAPPED).map(([from, to]) => [to, said[from as keyof IdentityProfile] ?? null]),
  );
  const known = userId ? world.get(users, userId) : userByLogin(world, String(said.userName));
  if (!known)
    return createUser(world, who, { profile }, { activate: true, provider: false, nextLogin: null });
  if (known.status === 'DEPROVISIONED') run(world, who, known.id, 'activate');
  return updateUser(world, who, known.id, { profile }, 'merge', true);
}

function logUser(world: World, who: Who, verb: 'create' | 'update' | 'delete', row: IdentityUser): void {
  const thing = { id: row.userId, type: 'User', name: row.externalId };
  recordChange(world, who, `system.identity_sources.user.${verb}`, `Identity source user ${verb}`, thing);
}
