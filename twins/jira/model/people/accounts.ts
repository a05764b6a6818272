/**
 * Accounts coming to a site and leaving it.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-users/
 */
import type { Table } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { badFields, badQuery, refused } from '../../errors.ts';
import {
  apiTokens,
  applicationRoles,
  memberships,
  permissionGrants,
  preferences,
  projects,
  properties,
  roleActors,
  securityMembers,
  type User,
  userColumns,
  users,
  votes,
  watchers,
} from '../../world.ts';
import { audit } from '../site/audit.ts';
import { happened } from '../webhooks/happened.ts';
import { groupsOf } from './groups.ts';
import { addUser, userByEmail } from './people.ts';

const PRODUCTS: ReadonlySet<string> = new Set([
  'jira-core',
  'jira-servicedesk',
  'jira-product-discovery',
  'jira-software',
]);

export interface AccountInput {
  emailAddress?: unknown;
  displayName?: unknown;
  products?: unknown;
}

/**
 * Invites a person: they may use the products that are named. Somebody who is there already and uses one is answered
 * as they are; 400 for somebody without any, for a wrong address, and for a product that the site does not have.
 */
export function createAccount(world: World, author: User, input: AccountInput): User {
  const { emailAddress, displayName } = input;
  if (
    typeof emailAddress !== 'string' ||
    !/^[^@\s]+@[^@\s]+$/.test(emailAddress) ||
    emailAddress.length > 255
  )
    throw badFields({ emailAddress: 'You must specify a valid email address.' });
  if (displayName !== undefined && displayName !== null && typeof displayName !== 'string')
    throw refused('badRequest');
  const products = productsOf(world, input.products);
  const known = userByEmail(world, emailAddress);
  if (known && groupsOf(world, known.accountId).length > 0) return known;
  if (known)
    throw badFields({
      emailAddress: 'A user with that email address already exists without access to Jira.',
    });
  const user = addUser(world, emailAddress, displayName || (emailAddress.split('@')[0] as string), products);
  audit(world, { summary: 'User created', category: 'user management', author, object: itemOf(user) });
  happened(world, { event: 'user_created', user: author, subject: user });
  return user;
}

/** The products to be used; 400 for none said, an unknown one, or one that the site has not. */
function productsOf(world: World, sent: unknown): string[] {
  if (!Array.isArray(sent) || sent.some((one) => typeof one !== 'string'))
    throw badFields({ products: 'You must specify the products that the user may access.' });
  const wrong = sent.find((one) => !PRODUCTS.has(one) || !world.get(applicationRoles, one));
  if (wrong !== undefined)
    throw badFields({ products: `The product '${wrong}' is not available on this site.` });
  return sent;
}

const itemOf = ({ accountId, displayName }: User) => ({ id: accountId, name: displayName, typeName: 'USER' });

/**
 * Takes a person from the site, out of all groups, roles and schemes; what they wrote stays, as a former user's. 400
 * for oneself and for the lead of a project.
 */
export function removeAccount(world: World, author: User, user: User): void {
  const { accountId } = user;
  if (accountId === author.accountId) throw badQuery('You cannot delete yourself.');
  const led = world.list(projects, { where: (row) => row.lead.accountId === accountId }).toArray();
  if (led.length > 0)
    throw badQuery(
      `Cannot delete user '${user.displayName}'. The user is the lead of ${led.length} project(s): ${led.map(({ key }) => key).join(', ')}.`,
    );
  happened(world, { event: 'user_deleted', user: author, subject: user });
  removeAll(world, memberships, 'account', accountId);
  removeAll(world, watchers, 'account', accountId);
  removeAll(world, votes, 'account', accountId);
  removeAll(world, roleActors, 'holder', accountId);
  removeAll(world, permissionGrants, 'holder', `user/${accountId}`);
  removeAll(world, securityMembers, 'holder', `user/${accountId}`);
  for (const row of world.list(preferences, { prefix: `${accountId}/` }).toArray())
    world.remove(preferences, preferences.key(row));
  for (const row of world.list(properties, { prefix: `user/${accountId}/` }).toArray())
    world.remove(properties, properties.key(row));
  for (const row of world
    .list(apiTokens, { where: (token) => token.owner.accountId === accountId })
    .toArray())
    world.remove(apiTokens, row.id);
  world.remove(userColumns, accountId);
  world.remove(users, accountId);
  audit(world, { summary: 'User deleted', category: 'user management', author, object: itemOf(user) });
}

function removeAll<E extends object>(world: World, rows: Table<E>, index: string, equals: string): void {
  for (const row of world.list(rows, { index, equals }).toArray()) world.remove(rows, rows.key(row));
}
