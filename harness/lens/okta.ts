/** Okta's tables as a reader names them: people by e-mail, groups and applications by name. */
import { at, emailOf, type Lens, type LensWorld, type Row, text } from './lens.ts';

export const oktaLens: Lens = {
  twin: 'okta',
  helpers: {
    inGroup: {
      signatures: ['inGroup(dyn, dyn): bool'],
      tables: ['okta.groupMembers', 'okta.groups', 'okta.users'],
      call: (world, user, group) => inGroup(world, emailOf(user), String(group)),
    },
    members: {
      signatures: ['members(dyn): list<dyn>'],
      tables: ['okta.groupMembers', 'okta.groups', 'okta.users'],
      call: (world, group) => membersOf(world, String(group)),
    },
    oktaUser: {
      signatures: ['oktaUser(dyn): dyn'],
      tables: ['okta.users'],
      call: (world, user) => userByEmail(world, emailOf(user)) ?? null,
    },
  },
  bookkeeping: ['accessTokens', 'apiTokens', 'logs', 'refreshTokens', 'sessions', 'tokens'],
  // Who is in a group that an application is assigned to gets the application: that follows from the membership.
  isBookkeeping: (table, row) => table === 'appUsers' && text(row, 'scope') === 'GROUP',
  follows: {
    users: ['lastUpdated', 'lastLogin', 'statusChanged'],
    groups: ['lastUpdated', 'lastMembershipUpdated'],
    apps: ['lastUpdated'],
  },
  nouns: {
    groupMembers: { noun: 'member', insert: 'added', update: 'updated', remove: 'removed' },
    users: { noun: 'user', insert: 'created', update: 'updated', remove: 'deleted' },
    groups: { noun: 'group', insert: 'created', update: 'updated', remove: 'deleted' },
    apps: { noun: 'app', insert: 'created', update: 'updated', remove: 'deleted' },
  },
  row(world, table, row) {
    if (table === 'groupMembers') {
      const user = emailById(world, text(row, 'userId'));
      return { ...row, user, group: groupName(world, text(row, 'groupId')) };
    }
    if (table === 'users') return { ...row, user: userEmail(row), email: userEmail(row) };
    if (table === 'groups') return { ...row, group: text(row, 'profile', 'name') };
    return row;
  },
};

function inGroup(world: LensWorld, email: string, group: string): boolean {
  const user = userByEmail(world, email);
  const groupId = groupIdOf(world, group);
  if (!user || !groupId) return false;
  return world.get('okta', 'groupMembers', `${groupId}/${text(user, 'id')}`) !== undefined;
}

function membersOf(world: LensWorld, group: string): string[] {
  const groupId = groupIdOf(world, group);
  if (!groupId) return [];
  const rows = world.rows('okta', 'groupMembers', `${groupId}/`);
  return rows.map((row) => emailById(world, text(row, 'userId')));
}

function userEmail(row: unknown): string {
  return (text(row, 'profile', 'email') || text(row, 'profile', 'login')).toLowerCase();
}

function userByEmail(world: LensWorld, email: string): Row | undefined {
  const byEmail = world.cached('okta.users by e-mail', ['okta.users'], () => {
    return new Map(world.rows('okta', 'users').map((row) => [userEmail(row), row]));
  });
  return byEmail.get(email);
}

function emailById(world: LensWorld, id: string): string {
  return userEmail(world.get('okta', 'users', id)) || id;
}

function groupIdOf(world: LensWorld, name: string): string | undefined {
  const byName = world.cached('okta.groups by name', ['okta.groups'], () => {
    const rows = world.rows('okta', 'groups');
    return new Map(rows.map((row) => [text(row, 'profile', 'name'), text(row, 'id')]));
  });
  return byName.get(name);
}

function groupName(world: LensWorld, id: string): string {
  return text(at(world.get('okta', 'groups', id), 'profile'), 'name') || id;
}
