/** The people of the site, found as programs look for them. */
import { uuid } from '../../../../src/ids.ts';
import { words } from '../../../../src/table.ts';
import type { PersonNews } from '../../../../src/wiring.ts';
import type { World } from '../../../../src/world/world.ts';
import { missing } from '../../errors.ts';
import { applicationRoles, type Site, site, type User, type UserRef, users } from '../../world.ts';
import { LOCALE, TIME_ZONE } from '../defaults.ts';
import { happened } from '../webhooks/happened.ts';
import { enter } from './groups.ts';

/** The site's own row. */
export const siteOf = (world: World): Site =>
  world.require(site, 'site', () => new Error('the site was not planted'));

/** The person that a row refers to; undefined where the account is gone. */
export const personOf = (world: World, ref: UserRef | null): User | undefined =>
  ref ? world.get(users, ref.accountId) : undefined;

/** 404 where nobody has this account id. */
export const requireUser = (world: World, accountId: string): User =>
  world.require(users, accountId, () =>
    missing(`Specified user does not exist or you do not have required permissions`),
  );

/** The person with this e-mail, case aside. */
export const userByEmail = (world: World, email: string): User | undefined =>
  world.list(users, { index: 'email', equals: email.toLowerCase() }).first();

/** Rows that one search of people may look at. */
const CANDIDATES_MAX = 10_000;

/** People of whose name or e-mail some word begins with each word of `query`; everybody for an empty one. */
export function findUsers(world: World, query: string): User[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return world.list(users).toArray(CANDIDATES_MAX);
  const exact = userByEmail(world, wanted);
  if (exact) return [exact];
  const parts = words(wanted);
  const first = parts[0];
  if (first === undefined) return [];
  const found = new Map<string, User>();
  for (const user of world.list(users, { index: 'word', prefix: first }).toArray(CANDIDATES_MAX)) {
    const own = words(`${user.displayName} ${user.emailAddress}`);
    if (parts.every((part) => own.some((word) => word.startsWith(part)))) found.set(user.accountId, user);
  }
  return [...found.values()];
}

/** The person that a query or a field means: an account id, an e-mail or a full name. */
export function userNamed(world: World, text: string): User | undefined {
  const direct = world.get(users, text) ?? userByEmail(world, text);
  if (direct) return direct;
  const lower = text.toLowerCase();
  return findUsers(world, text).find((user) => user.displayName.toLowerCase() === lower);
}

/** A new person of the site, who may use some `products`: unless said, those that people are given first. */
export function addUser(
  world: World,
  email: string,
  displayName: string,
  products?: readonly string[],
): User {
  const user = world.insert(users, {
    accountId: `712020:${uuid(world.drawFor('jira.accountId', email.toLowerCase()))}`,
    accountType: 'atlassian',
    emailAddress: email,
    displayName,
    active: true,
    timeZone: TIME_ZONE,
    locale: LOCALE,
  });
  for (const { key, selectedByDefault, defaultGroups } of world.list(applicationRoles).toArray())
    if (products ? products.includes(key) : selectedByDefault)
      for (const groupId of defaultGroups) enter(world, groupId, user.accountId);
  return user;
}

/** Takes news of a person: they come, have another name or address, are deactivated, and come back. */
export function hear(world: World, { person, formerEmail, standing }: PersonNews): void {
  const { email: emailAddress, name: displayName } = person;
  const known = userByEmail(world, formerEmail ?? emailAddress) ?? userByEmail(world, emailAddress);
  const active = standing === 'active';
  const subject = known
    ? world.update(users, known.accountId, { emailAddress, displayName, active })
    : active && addUser(world, emailAddress, displayName);
  if (subject) happened(world, { event: known ? 'user_updated' : 'user_created', subject });
}
