/** The people of the site, oneself, and what one may do. */
import { type Call, endpoint, list } from '../../../src/twin.ts';
import { badQuery } from '../errors.ts';
import { requireIssue } from '../model/issues/issueNamed.ts';
import { findUsers, requireUser } from '../model/people/people.ts';
import { may } from '../model/permissions/may.ts';
import { projectOf, requireProject } from '../model/projects/projects.ts';
import type { Project, User } from '../world.ts';
import { addressOf, caller, doc, listParameter } from './address.ts';
import { rangeOf } from './meta.ts';
import { avatarsOf, fullPerson, listedPerson } from './peopleView.ts';

/** The people that `query` (or `accountId`) finds; 400 where neither is given. */
function searched(call: Call, needed: boolean): User[] {
  const { query } = call;
  const accountId = query.get('accountId');
  const text = query.get('query') ?? query.get('username');
  if (needed && accountId === null && text === null && query.get('property') === null)
    throw badQuery('The query parameter is required.');
  const found = findUsers(call.world, text ?? '');
  return (accountId === null ? found : found.filter((user) => user.accountId === accountId)).filter(
    (user) => user.active,
  );
}

const people = (call: Call, found: readonly User[]) => {
  const at = addressOf(call);
  return list(rangeOf(found), (user) => listedPerson(at, user));
};

/** The project that a permission question is about. */
function projectAsked(call: Call): Project | undefined {
  const issue = call.query.get('issueKey') ?? call.query.get('issueId');
  if (issue !== null) return projectOf(call.world, requireIssue(call.world, issue).fields.project);
  const project = call.query.get('projectKey') ?? call.query.get('projectId') ?? call.query.get('project');
  return project === null ? undefined : requireProject(call.world, project);
}

export const userEndpoints = [
  endpoint(
    { id: 'getCurrentUser', route: 'GET /rest/api/3/myself', doc: doc('myself', 'myself-get') },
    (call) => fullPerson(addressOf(call), caller(call)),
  ),
  endpoint({ id: 'getUser', route: 'GET /rest/api/3/user', doc: doc('users', 'user-get') }, (call) => {
    const accountId = call.query.get('accountId');
    if (accountId === null) throw badQuery('Either the accountId or the username must be provided.');
    return fullPerson(addressOf(call), requireUser(call.world, accountId));
  }),
  endpoint(
    {
      id: 'findUsers',
      route: 'GET /rest/api/3/user/search',
      page: { style: 'array', default: 50, max: 1_000 },
      doc: doc('user-search', 'user-search-get'),
    },
    (call) => people(call, searched(call, true)),
  ),
  endpoint(
    {
      id: 'findAssignableUsers',
      route: 'GET /rest/api/3/user/assignable/search',
      page: { style: 'array', default: 50, max: 1_000 },
      doc: doc('user-search', 'user-assignable-search-get'),
    },
    (call) => {
      const project = projectAsked(call);
      if (!project) throw badQuery('You must specify either the project or the issue key.');
      return people(
        call,
        searched(call, false).filter((user) => may(call.world, user, 'ASSIGNABLE_USER', project)),
      );
    },
  ),
  endpoint(
    {
      id: 'findUsersForPicker',
      route: 'GET /rest/api/3/user/picker',
      doc: doc('user-search', 'user-picker-get'),
    },
    (call) => {
      const query = call.query.get('query') ?? '';
      const found = findUsers(call.world, query).filter((user) => user.active);
      const users = found.slice(0, 50).map((user) => ({
        accountId: user.accountId,
        accountType: user.accountType,
        html: user.displayName,
        displayName: user.displayName,
        ...(call.query.get('showAvatar') === 'true' ? { avatarUrl: avatarsOf(user)['16x16'] } : {}),
      }));
      return {
        users,
        total: found.length,
        header: `Showing ${users.length} of ${found.length} matching users`,
      };
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
      const ids = new Set(listParameter(call.query, 'accountId'));
      if (ids.size === 0) throw badQuery('The accountId parameter is required.');
      return people(
        call,
        findUsers(call.world, '').filter((user) => ids.has(user.accountId)),
      );
    },
  ),
  endpoint(
    {
      id: 'getAllUsers',
      route: 'GET /rest/api/3/users/search',
      page: { style: 'array', default: 50, max: 1_000 },
      doc: doc('users', 'users-search-get'),
    },
    (call) => people(call, findUsers(call.world, '')),
  ),
  endpoint(
    {
      id: 'getAllUsersDefault',
      route: 'GET /rest/api/3/users',
      page: { style: 'array', default: 50, max: 1_000 },
      doc: doc('users', 'users-get'),
    },
    (call) => people(call, findUsers(call.world, '')),
  ),
];
