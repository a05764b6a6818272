/** Finding people: by words, by what they may do, by what they did. */
import { type Call, endpoint, list } from '../../../src/twin.ts';
import { badQuery, forbidden } from '../errors.ts';
import { filteredUsers } from '../model/people/userFilter.ts';
import { queriedUsers } from '../model/people/userQuery.ts';
import { may, mayBrowse } from '../model/permissions/may.ts';
import { keyToday, permissionByKey } from '../model/permissions/permissions.ts';
import { requireVisibleIssue, requireVisibleProject } from '../model/permissions/visible.ts';
import { projectOf } from '../model/projects/projects.ts';
import type { Issue, Project, User } from '../world.ts';
import { addressOf, doc, listParameter } from './address.ts';
import { browser } from './askers.ts';
import { pickedGroups } from './groups.ts';
import { marked } from './groupViews.ts';
import { rangeOf } from './meta.ts';
import { avatarsOf, listedPerson } from './peopleView.ts';

const PAGE = { style: 'array', default: 50, max: 1_000 } as const;
const QUERY_PAGE = { style: 'values', default: 100, max: 1_000 } as const;

/** The people that `query` (or `accountId`, or `property`) finds; 400 where none of them is given and one is needed. */
function searched(call: Call, needed = false): User[] {
  const { query } = call;
  const filter = {
    query: query.get('query') ?? query.get('username'),
    accountId: query.get('accountId'),
    property: query.get('property'),
  };
  if (needed && filter.query === null && filter.accountId === null && filter.property === null)
    throw badQuery('The query parameter is required.');
  return filteredUsers(call.world, filter);
}

const people = (call: Call, found: readonly User[]) => {
  const at = addressOf(call);
  return list(rangeOf(found), (user) => listedPerson(at, user));
};

interface Where {
  project: Project;
  issue?: Issue;
}

/** The issue or project that a search is about; 404 where the caller does not see it, 400 where none is named. */
function place(call: Call, names: { issue: string[]; project: string }): Where {
  const { world, query } = call;
  const { me } = addressOf(call);
  const issueName = names.issue.map((name) => query.get(name)).find((one) => one);
  if (issueName) {
    const issue = requireVisibleIssue(world, me, issueName);
    return { issue, project: projectOf(world, issue.fields.project) };
  }
  const name = query.get(names.project);
  if (!name) throw badQuery('You must specify either the project or the issue key.');
  return { project: requireVisibleProject(world, me, name) };
}

const browses = (call: Call): boolean => may(call.world, addressOf(call).me, 'USER_PICKER');

const PICKED_DEFAULT = 50;
const PICKED_MAX = 1_000;

/** People as pickers list them; for who may not browse people, those of exactly this name. */
function pickedUsers(call: Call, query: string): Record<string, unknown> {
  const asked = Number(call.query.get('maxResults') || PICKED_DEFAULT);
  const limit = Number.isInteger(asked) && asked >= 0 ? Math.min(asked, PICKED_MAX) : PICKED_DEFAULT;
  const out = new Set(listParameter(call.query, 'excludeAccountIds'));
  const noApps = ['excludeConnectUsers', 'excludeConnectAddons'].some(
    (name) => call.query.get(name) === 'true',
  );
  const all = browses(call);
  const found = filteredUsers(call.world, { query, accountId: null }).filter(
    (user) =>
      !out.has(user.accountId) &&
      !(noApps && user.accountType === 'app') &&
      (all || user.displayName.toLowerCase() === query.toLowerCase()),
  );
  const users = found.slice(0, limit).map((user) => ({
    accountId: user.accountId,
    accountType: user.accountType,
    html: marked(user.displayName, query, 'strong'),
    displayName: user.displayName,
    ...(call.query.get('showAvatar') === 'true' ? { avatarUrl: avatarsOf(user)['16x16'] } : {}),
  }));
  const header = `Showing ${users.length} of ${found.length} matching users`;
  return { users, total: found.length, header };
}

export const userSearchEndpoints = [
  endpoint(
    {
      id: 'findUsers',
      route: 'GET /rest/api/3/user/search',
      page: PAGE,
      doc: doc('user-search', 'user-search-get'),
    },
    (call) => {
      const found = searched(call, true);
      return people(call, browses(call) ? found : []);
    },
  ),
  endpoint(
    {
      id: 'findAssignableUsers',
      route: 'GET /rest/api/3/user/assignable/search',
      page: PAGE,
      doc: doc('user-search', 'user-assignable-search-get'),
    },
    (call) => {
      const { project, issue } = place(call, { issue: ['issueKey', 'issueId'], project: 'project' });
      const found = searched(call);
      return people(
        call,
        found.filter((user) => may(call.world, user, 'ASSIGNABLE_USER', project, issue)),
      );
    },
  ),
  endpoint(
    {
      id: 'findBulkAssignableUsers',
      route: 'GET /rest/api/3/user/assignable/multiProjectSearch',
      page: PAGE,
      doc: doc('user-search', 'user-assignable-multiprojectsearch-get'),
    },
    (call) => {
      const keys = listParameter(call.query, 'projectKeys');
      if (keys.length === 0) throw badQuery('The projectKeys parameter is required.');
      const { me } = addressOf(call);
      const projects = keys.map((key) => requireVisibleProject(call.world, me, key));
      const assignable = (user: User) =>
        projects.every((project) => may(call.world, user, 'ASSIGNABLE_USER', project));
      return people(call, searched(call).filter(assignable));
    },
  ),
  endpoint(
    {
      id: 'findUsersWithAllPermissions',
      route: 'GET /rest/api/3/user/permission/search',
      page: PAGE,
      doc: doc('user-search', 'user-permission-search-get'),
    },
    (call) => {
      const keys = listParameter(call.query, 'permissions').map(keyToday);
      const wrong = keys.find((key) => permissionByKey(key) === undefined);
      if (keys.length === 0 || wrong !== undefined)
        throw badQuery(`The permissions parameter is empty or invalid: ${wrong ?? ''}`);
      const { project, issue } = place(call, { issue: ['issueKey'], project: 'projectKey' });
      if (!may(call.world, addressOf(call).me, 'ADMINISTER_PROJECTS', project))
        throw forbidden('You do not have permission to search for users with permissions in this project.');
      const has = (user: User) => keys.every((key) => may(call.world, user, key, project, issue));
      return people(call, searched(call).filter(has));
    },
  ),
  endpoint(
    {
      id: 'findUsersWithBrowsePermission',
      route: 'GET /rest/api/3/user/viewissue/search',
      page: PAGE,
      doc: doc('user-search', 'user-viewissue-search-get'),
    },
    (call) => {
      const { project, issue } = place(call, { issue: ['issueKey'], project: 'projectKey' });
      const found = browses(call) ? searched(call) : [];
      const sees = (user: User) =>
        issue ? mayBrowse(call.world, user, issue) : may(call.world, user, 'BROWSE_PROJECTS', project);
      return people(call, found.filter(sees));
    },
  ),
  endpoint(
    {
      id: 'findUsersByQuery',
      route: 'GET /rest/api/3/user/search/query',
      page: QUERY_PAGE,
      doc: doc('user-search', 'user-search-query-get'),
    },
    (call) => people(call, queriedUsers(call.world, browser(call), queryIn(call))),
  ),
  endpoint(
    {
      id: 'findUserKeysByQuery',
      route: 'GET /rest/api/3/user/search/query/key',
      page: QUERY_PAGE,
      doc: doc('user-search', 'user-search-query-key-get'),
    },
    (call) =>
      list(rangeOf(queriedUsers(call.world, browser(call), queryIn(call))), ({ accountId }) => ({
        accountId,
        key: accountId,
      })),
  ),
  endpoint(
    {
      id: 'findUsersForPicker',
      route: 'GET /rest/api/3/user/picker',
      doc: doc('user-search', 'user-picker-get'),
    },
    (call) => pickedUsers(call, queryIn(call)),
  ),
  endpoint(
    {
      id: 'findUsersAndGroups',
      route: 'GET /rest/api/3/groupuserpicker',
      doc: doc('group-and-user-picker', 'groupuserpicker-get'),
    },
    (call) => {
      const query = queryIn(call);
      return { users: pickedUsers(call, query), groups: pickedGroups(call, query) };
    },
  ),
];

/** What is searched for; 400 where it is missing. */
function queryIn({ query }: Call): string {
  const text = query.get('query');
  if (text === null) throw badQuery('The query parameter is required.');
  return text;
}
