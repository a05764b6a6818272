/** The people of an org, and one of them: profile, groups, apps, what an administrator may do. */
import { type Act, type Asked, type Cell, type Item, listOf, type Place } from '../../../src/room.ts';
import type { World } from '../../../src/world/world.ts';
import { membershipsOf } from '../model/groups/group.ts';
import { displayName, type User, type UserStatus } from '../model/people/user.ts';
import { rolesOf } from '../model/roles/role.ts';
import { apps, appUsers, groups, users } from '../world.ts';

const GROUPS_SHOWN_MAX = 100;
const APPS_SHOWN_MAX = 100;

/** What the admin console offers for a user of each status. */
const LIFECYCLE: Readonly<Record<UserStatus, readonly string[]>> = {
  STAGED: ['activate', 'deactivate'],
  PROVISIONED: ['activate', 'deactivate'],
  ACTIVE: ['suspend', 'deactivate'],
  RECOVERY: ['deactivate'],
  LOCKED_OUT: ['unlock', 'deactivate'],
  PASSWORD_EXPIRED: ['deactivate'],
  SUSPENDED: ['unsuspend', 'deactivate'],
  DEPROVISIONED: ['activate'],
};

/** Everybody, by login. */
export function peoplePlace(world: World, asked: Asked): Place {
  const range = world.list(users, { index: 'login', prefix: asked.find?.toLowerCase() ?? '' });
  return {
    title: 'People',
    blocks: [
      { kind: 'search', label: 'Logins that begin with', value: asked.find ?? '' },
      listOf(range, asked, userItem, { empty: 'Nobody' }),
    ],
  };
}

/** A user as a row of a list. */
export const userItem = (user: User): Item => ({
  title: displayName(user),
  to: `person/${user.id}`,
  subtitle: user.profile.login,
  icon: 'person',
  ...(user.status === 'ACTIVE' ? {} : { badge: user.status }),
});

/** One user. */
export function personPlace(world: World, id: string): Place | undefined {
  const user = world.get(users, id);
  if (!user) return undefined;
  return {
    title: displayName(user),
    subtitle: user.profile.login,
    icon: 'person',
    trail: [{ to: 'people', title: 'People' }],
    person: user.profile.email,
    blocks: [
      { kind: 'acts', acts: acts(user) },
      { kind: 'facts', title: 'Account', facts: account(world, user) },
      { kind: 'facts', title: 'Profile', facts: profile(user) },
      { kind: 'list', title: 'Groups', items: groupsOf(world, user), empty: 'None' },
      { kind: 'list', title: 'Apps', items: appsOf(world, user), empty: 'None' },
    ],
  };
}

function acts({ status, profile }: User): Act[] {
  const { login } = profile;
  const group = { path: ['group'], label: 'Group', type: 'text' as const };
  const app = { path: ['app'], label: 'App, by its label', type: 'text' as const };
  const change = (attribute: string, label: string): Act => ({
    label: `Change ${label}`,
    gesture: 'changeProfile',
    with: { user: login },
    fields: [{ path: ['profile', attribute], label, type: 'text', value: profile[attribute] }],
  });
  return [
    ...LIFECYCLE[status].map(
      (gesture): Act => ({
        label: gesture[0]?.toUpperCase() + gesture.slice(1),
        gesture,
        with: { user: login },
        ...(gesture === 'deactivate' ? { style: 'danger' } : {}),
      }),
    ),
    { label: 'Add to group', gesture: 'addToGroup', with: { user: login }, fields: [group] },
    { label: 'Assign an app', gesture: 'assignToApp', with: { user: login }, fields: [app] },
    change('title', 'title'),
    change('department', 'department'),
  ];
}

function account(world: World, user: User): { name: string; value: Cell }[] {
  const roles = rolesOf(world, user.id).map((role) => role.label);
  const active = user.status === 'ACTIVE';
  return [
    { name: 'Status', value: { text: user.status, tone: active ? 'good' : 'bad' } },
    { name: 'Administrator', value: roles.join(', ') || 'no' },
    { name: 'Created', value: user.created },
    { name: 'Last sign-in', value: user.lastLogin ?? 'never' },
    { name: 'Id', value: user.id },
  ];
}

const profile = (user: User): { name: string; value: Cell }[] =>
  Object.entries(user.profile).flatMap(([name, value]) =>
    value === null || value === undefined ? [] : [{ name, value: said(value) }],
  );

const said = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function groupsOf(world: World, user: User): Item[] {
  return membershipsOf(world, user.id)
    .slice(0, GROUPS_SHOWN_MAX)
    .flatMap(({ groupId, ruleId }): Item[] => {
      const group = world.get(groups, groupId);
      if (!group) return [];
      const given = { user: user.profile.login, group: group.profile.name };
      const byHand = group.type === 'OKTA_GROUP' && !ruleId;
      return [
        {
          title: group.profile.name,
          to: `group/${group.id}`,
          icon: 'group',
          ...(byHand
            ? { acts: [{ label: 'Remove', gesture: 'removeFromGroup', with: given }] }
            : { badge: ruleId ? 'by rule' : 'built in' }),
        },
      ];
    });
}

function appsOf(world: World, { id, profile: { login } }: User): Item[] {
  return world
    .list(appUsers, { index: 'user', equals: id })
    .toArray(APPS_SHOWN_MAX)
    .flatMap((row): Item[] => {
      const app = world.get(apps, row.appId);
      if (!app) return [];
      const shown = { title: app.label, to: `app/${app.id}`, icon: 'app' as const };
      if (row.scope === 'GROUP') return [{ ...shown, badge: 'by a group' }];
      const given = { user: login, app: app.id };
      return [{ ...shown, acts: [{ label: 'Remove', gesture: 'removeFromApp', with: given }] }];
    });
}
