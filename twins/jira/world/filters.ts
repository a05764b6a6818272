/** Rows of what people keep and share: filters, dashboards, whom they please. */
import { type Table, table, words } from '../../../src/table.ts';
import type { Ref, UserRef } from '../entities.ts';

/** With whom a thing is shared: everybody, the signed-in, a group, a project, a role of it, a person. */
export interface SharePermission {
  id: number;
  type: 'global' | 'loggedin' | 'group' | 'project' | 'user';
  /** The group's id. */
  group?: { groupId: string };
  project?: Ref;
  /** Of the project; all who may browse it without one. */
  role?: { id: number };
  user?: UserRef;
}

/** What has an owner and is shared. */
export interface Shared {
  owner: UserRef;
  sharePermissions: readonly SharePermission[];
  editPermissions: readonly SharePermission[];
}

export interface Filter extends Shared {
  id: string;
  name: string;
  description: string;
  jql: string;
  /** Field ids shown for it; none: as the site shows issues. */
  columns?: readonly string[];
}

/** Somebody's star on a thing. */
export interface Favourite {
  kind: 'filter' | 'dashboard';
  id: string;
  accountId: string;
}

/** With whom a person's new filters and dashboards are shared. */
export interface ShareScope {
  accountId: string;
  scope: 'AUTHENTICATED' | 'PRIVATE';
}

export const filters = table<Filter>({
  name: 'jira.filters',
  key: (row) => row.id,
  indexes: {
    owner: (row) => row.owner.accountId,
    name: (row) => row.name.toLowerCase(),
    word: (row) => words(row.name),
  },
});
export const favourites = table<Favourite>({
  name: 'jira.favourites',
  key: (row) => `${row.kind}/${row.id}/${row.accountId}`,
  indexes: { account: (row) => `${row.kind}/${row.accountId}` },
});
export const shareScopes = table<ShareScope>({ name: 'jira.shareScopes', key: (row) => row.accountId });

export const FILTER_TABLES = [
  filters,
  favourites,
  shareScopes,
] as readonly unknown[] as readonly Table<never>[];
