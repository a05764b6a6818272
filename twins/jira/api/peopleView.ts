/** People as answers show them; how much, and how the link is written, differs by place. */
import { createHash } from 'node:crypto';
import { TIME_ZONE } from '../model/defaults.ts';
import { groupsOf } from '../model/people/groups.ts';
import { personOf } from '../model/people/people.ts';
import { applicationRoles, type User, type UserRef } from '../world.ts';
import type { Address } from './address.ts';
import { applicationRoleView, groupName } from './groupViews.ts';

const AVATARS = 'https%3A%2F%2Favatar-management--avatars.us-west-2.prod.public.atl-paas.net%2Finitials%2F';

/** The four sizes of a person's picture. */
export function avatarsOf(user: Pick<User, 'emailAddress' | 'displayName'>): Record<string, string> {
  const hash = createHash('md5').update(user.emailAddress.toLowerCase()).digest('hex');
  const initials = user.displayName
    .split(/\s+/)
    .map((word) => word.charAt(0).toUpperCase())
    .filter((letter) => /[A-Z]/.test(letter))
    .slice(0, 2)
    .join('');
  const url = `https://secure.gravatar.com/avatar/${hash}?d=${AVATARS}${initials || 'AA'}-${Number.parseInt(hash.charAt(0), 16) % 7}.png`;
  return { '48x48': url, '24x24': url, '16x16': url, '32x32': url };
}

/** A person inside an issue, a comment, a worklog: `null` for nobody. */
export function personView(at: Address, ref: UserRef | null): Record<string, unknown> | null {
  if (!ref) return null;
  const user = personOf(at.world, ref);
  if (!user) return formerPerson(at, ref.accountId);
  return {
    self: `${at.rest}/user?accountId=${encodeURIComponent(user.accountId)}`,
    accountId: user.accountId,
    ...emailOf(at, user),
    avatarUrls: avatarsOf(user),
    displayName: user.displayName,
    active: user.active,
    timeZone: user.timeZone,
    accountType: user.accountType,
  };
}

/** A person in a list of people. */
export const listedPerson = (at: Address, user: User): Record<string, unknown> => ({
  self: `${at.rest}/user?accountId=${user.accountId}`,
  accountId: user.accountId,
  accountType: user.accountType,
  ...emailOf(at, user),
  avatarUrls: avatarsOf(user),
  displayName: user.displayName,
  active: user.active,
  ...(at.me?.accountId === user.accountId ? { timeZone: user.timeZone } : {}),
  locale: user.locale,
});

/** A person among the members of a group. */
export function memberPerson(at: Address, user: User): Record<string, unknown> {
  const { locale: _, ...shown } = listedPerson(at, user);
  return shown;
}

/** A person as a project shows its lead. */
export function leadView(at: Address, ref: UserRef): Record<string, unknown> | null {
  const user = personOf(at.world, ref);
  if (!user) return null;
  return {
    self: `${at.rest}/user?accountId=${user.accountId}`,
    accountId: user.accountId,
    avatarUrls: avatarsOf(user),
    displayName: user.displayName,
    active: user.active,
  };
}

/** One person in full: `/myself` and `/user`. `expand` shows their groups and products, which else are counted. */
export function fullPerson(at: Address, user: User, expand: readonly string[] = []): Record<string, unknown> {
  const groups = groupsOf(at.world, user.accountId);
  const roles = at.world
    .list(applicationRoles)
    .toArray()
    .filter((role) => groups.some(({ groupId }) => role.groups.includes(groupId)));
  return {
    self: `${at.rest}/user?accountId=${user.accountId}`,
    accountId: user.accountId,
    accountType: user.accountType,
    ...emailOf(at, user),
    avatarUrls: avatarsOf(user),
    displayName: user.displayName,
    active: user.active,
    timeZone: user.timeZone,
    locale: user.locale,
    groups: {
      size: groups.length,
      items: expand.includes('groups') ? groups.map((group) => groupName(at, group)) : [],
    },
    applicationRoles: {
      size: roles.length,
      items: expand.includes('applicationRoles') ? roles.map((role) => applicationRoleView(at, role)) : [],
    },
    expand: 'groups,applicationRoles',
  };
}

/** The address of a person, for who is signed in; an app has none. */
const emailOf = ({ me }: Address, { accountType, emailAddress }: User): { emailAddress?: string } =>
  accountType === 'app' || me === undefined ? {} : { emailAddress };

/** Somebody whose account was taken from the site. */
const formerPerson = (at: Address, accountId: string): Record<string, unknown> => ({
  self: `${at.rest}/user?accountId=${encodeURIComponent(accountId)}`,
  accountId,
  avatarUrls: avatarsOf({ emailAddress: accountId, displayName: 'Former user' }),
  displayName: 'Former user',
  active: false,
  timeZone: TIME_ZONE,
  accountType: 'unknown',
});
