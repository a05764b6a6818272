/** The people of the site. */
import { type Call, endpoint, list } from '../../../src/twin.ts';
import { badQuery, refused } from '../errors.ts';
import { createAccount, removeAccount } from '../model/people/accounts.ts';
import { groupsOf } from '../model/people/groups.ts';
import { findUsers, requireUser } from '../model/people/people.ts';
import { type User, users } from '../world.ts';
import { addressOf, bodyObject, caller, doc, listParameter } from './address.ts';
import { administrator, browser, siteAdministrator } from './askers.ts';
import { groupName } from './groupViews.ts';
import { rangeOf } from './meta.ts';
import { fullPerson, listedPerson } from './peopleView.ts';

/** The person whom `accountId` names; 400 where it is missing, 404 where nobody has it. */
function named(call: Call): User {
  const accountId = call.query.get('accountId');
  if (!accountId) throw badQuery('Either the accountId or the username must be provided.');
  return requireUser(call.world, accountId);
}

/** The people with these account ids, each once, in the order asked for. */
const those = (call: Call, ids: readonly string[]): User[] =>
  [...new Set(ids)].flatMap((id) => call.world.get(users, id) ?? []);

/** Only apps that Atlassian approved read addresses past people's own settings. */
function approved(call: Call): void {
  const actor = call.actor as { by?: string } | undefined;
  if (actor?.by !== 'connect') throw refused('unauthorized');
}

function everybody(call: Call) {
  browser(call);
  const at = addressOf(call);
  return list(rangeOf(findUsers(call.world, '')), (user) => listedPerson(at, user));
}

export const userEndpoints = [
  endpoint({ id: 'getUser', route: 'GET /rest/api/3/user', doc: doc('users', 'user-get') }, (call) => {
    browser(call);
    return fullPerson(addressOf(call), named(call), listParameter(call.query, 'expand'));
  }),
  endpoint(
    { id: 'createUser', route: 'POST /rest/api/3/user', status: 201, doc: doc('users', 'user-post') },
    (call) => {
      const made = createAccount(call.world, administrator(call), bodyObject(call));
      return fullPerson(addressOf(call), made);
    },
  ),
  endpoint(
    { id: 'removeUser', route: 'DELETE /rest/api/3/user', status: 204, doc: doc('users', 'user-delete') },
    (call) => {
      const me = siteAdministrator(call);
      removeAccount(call.world, me, named(call));
    },
  ),
  endpoint(
    {
      id: 'bulkGetUsers',
      route: 'GET /rest/api/3/user/bulk',
      page: { style: 'values', default: 10, max: 200 },
      doc: doc('users', 'user-bulk-get'),
    },
    (call) => {
      caller(call);
      const ids = listParameter(call.query, 'accountId');
      if (ids.length === 0) throw badQuery('The accountId parameter is required.');
      const at = addressOf(call);
      return list(rangeOf(those(call, ids)), (user) => listedPerson(at, user));
    },
  ),
  endpoint(
    {
      id: 'bulkGetUsersMigration',
      route: 'GET /rest/api/3/user/bulk/migration',
      page: { style: 'array', default: 10, max: 200 },
      doc: doc('users', 'user-bulk-migration-get'),
    },
    (call) => {
      caller(call);
      const names = listParameter(call.query, 'username');
      const keys = listParameter(call.query, 'key');
      if (names.length + keys.length === 0)
        throw badQuery('Either the key or the username must be provided.');
      if (names.length > 0 && keys.length > 0)
        throw badQuery('Only one of the key or the username may be provided.');
      // New sites never had user names and keys: what programs kept of them are account ids.
      const field = names.length > 0 ? 'username' : 'key';
      return list(rangeOf(those(call, [...names, ...keys])), ({ accountId }) => ({
        [field]: accountId,
        accountId,
      }));
    },
  ),
  endpoint(
    { id: 'getUserEmail', route: 'GET /rest/api/3/user/email', doc: doc('users', 'user-email-get') },
    (call) => {
      approved(call);
      const { accountId, emailAddress } = named(call);
      return { accountId, email: emailAddress };
    },
  ),
  endpoint(
    {
      id: 'getUserEmailBulk',
      route: 'GET /rest/api/3/user/email/bulk',
      doc: doc('users', 'user-email-bulk-get'),
    },
    (call) => {
      approved(call);
      const ids = listParameter(call.query, 'accountId');
      if (ids.length === 0) throw badQuery('The accountId parameter is required.');
      return those(call, ids).map(({ accountId, emailAddress }) => ({ accountId, email: emailAddress }));
    },
  ),
  endpoint(
    { id: 'getUserGroups', route: 'GET /rest/api/3/user/groups', doc: doc('users', 'user-groups-get') },
    (call) => {
      browser(call);
      return groupsOf(call.world, named(call).accountId).map((group) => groupName(addressOf(call), group));
    },
  ),
  endpoint(
    {
      id: 'getAllUsers',
      route: 'GET /rest/api/3/users/search',
      page: { style: 'array', default: 50, max: 1_000 },
      doc: doc('users', 'users-search-get'),
    },
    everybody,
  ),
  endpoint(
    {
      id: 'getAllUsersDefault',
      route: 'GET /rest/api/3/users',
      page: { style: 'array', default: 50, max: 1_000 },
      doc: doc('users', 'users-get'),
    },
    everybody,
  ),
];
