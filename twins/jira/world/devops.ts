/** What tools of development and operations tell a site: rows and tables. */
import { sortable, type Table, table } from '../../../src/table.ts';

export type DevOpsKind =
  | 'build'
  | 'deployment'
  | 'featureFlag'
  | 'remoteLink'
  | 'vulnerability'
  | 'incident'
  | 'review'
  | 'component'
  | 'repository'
  | 'commit'
  | 'branch'
  | 'pullRequest';

/** One thing that a tool told of, as it told it. */
export interface DevOpsEntity {
  kind: DevOpsKind;
  /** The app that told of it: ids are unique for one app. */
  provider: string;
  /** Its id, of one part or several. */
  id: readonly string[];
  /** Orders what is told of it: a lower number comes too late. */
  sequence: number;
  /** What the app may ask for it by. */
  properties: Readonly<Record<string, string>>;
  /** Ids of the issues that it is about. */
  issues: readonly string[];
  /** As it was sent, and is read again. */
  data: Readonly<Record<string, unknown>>;
}

/** A place of an app's data that was connected with the site. */
export interface LinkedWorkspace {
  kind: 'security' | 'operations';
  provider: string;
  workspaceId: string;
  updatedAt: string;
}

/** What a tool asked for and is not done yet. */
export interface DevOpsRequest {
  id: number;
  /** Which work, of `model/devops/later.ts`. */
  work: string;
  input: unknown;
}

/** The key of an entity's row: begins with what is asked for together, and ends so that no id begins another. */
export const devOpsKey = (provider: string, kind: DevOpsKind, id: readonly string[]): string =>
  `${[provider, kind, ...id].map(encodeURIComponent).join('/')}/`;

export const devOpsEntities = table<DevOpsEntity>({
  name: 'jira.devOpsEntities',
  key: (row) => devOpsKey(row.provider, row.kind, row.id),
  indexes: {
    issue: (row) => row.issues,
    property: (row) =>
      Object.entries(row.properties).map(([key, value]) => propertyKey(row.provider, row.kind, key, value)),
  },
});

/** Under what an entity with a property is found. */
export const propertyKey = (provider: string, kind: DevOpsKind, key: string, value: string): string =>
  [provider, kind, key, value].map(encodeURIComponent).join('/');

export const linkedWorkspaces = table<LinkedWorkspace>({
  name: 'jira.linkedWorkspaces',
  key: (row) => [row.kind, row.provider, row.workspaceId].map(encodeURIComponent).join('/'),
});

export const devOpsRequests = table<DevOpsRequest>({
  name: 'jira.devOpsRequests',
  key: (row) => sortable(row.id),
});

export const DEVOPS_TABLES: readonly Table<never>[] = [
  devOpsEntities,
  linkedWorkspaces,
  devOpsRequests,
] as readonly unknown[] as readonly Table<never>[];
