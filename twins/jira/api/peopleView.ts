/** People as answers show them; how much, and how the link is written, differs by place. */
import { createHash } from 'node:crypto';
import { personOf } from '../model/people/people.ts';
import type { User, UserRef } from '../world.ts';
import type { Address } from './address.ts';

const AVATARS = 'https%3A%2F%2Favatar-management--avatars.us-west-2.prod.public.atl-paas.net%2Finitials%2F';

/** The four sizes of a person's picture. */
export function avatarsOf(user: User): Record<string, string> {
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
  const user = personOf(at.world, ref);
  if (!user) return null;
  return {
    self: `${at.rest}/user?accountId=${encodeURIComponent(user.accountId)}`,
    accountId: user.accountId,
    emailAddress: user.emailAddress,
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
  emailAddress: user.emailAddress,
  avatarUrls: avatarsOf(user),
  displayName: user.displayName,
  active: user.active,
  ...(at.me?.accountId === user.accountId ? { timeZone: user.timeZone } : {}),
  locale: user.locale,
});

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

/** One person in full: `/myself` and `/user`. */
export const fullPerson = (at: Address, user: User): Record<string, unknown> => ({
  self: `${at.rest}/user?accountId=${user.accountId}`,
  accountId: user.accountId,
  accountType: user.accountType,
  emailAddress: user.emailAddress,
  avatarUrls: avatarsOf(user),
  displayName: user.displayName,
  active: user.active,
  timeZone: user.timeZone,
  locale: user.locale,
  groups: { size: 1, items: [] },
  applicationRoles: { size: 1, items: [] },
  expand: 'groups,applicationRoles',
});
