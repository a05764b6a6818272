/** Rows of who is on the site and who may do what there. */
import { sortable, type Table, table, words } from '../../../src/table.ts';
import type { Scope } from '../entities.ts';

export interface Group {
  groupId: string;
  name: string;
  /** Its members administer Jira, or the site as a whole (and Jira with it). */
  administers?: 'jira' | 'site';
}

export const groups = table<Group>({
  name: 'jira.groups',
  key: (row) => row.groupId,
  indexes: { name: (row) => row.name.toLowerCase(), word: (row) => words(row.name) },
});

export interface Membership {
  groupId: string;
  accountId: string;
}

export const memberships = table<Membership>({
  name: 'jira.memberships',
  key: (row) => `${row.groupId}/${row.accountId}`,
  indexes: { group: (row) => row.groupId, account: (row) => row.accountId },
});

/** A product of the site, with the groups whose members may use it. */
export interface ApplicationRole {
  key: string;
  name: string;
  /** Group ids: who may use it, and which of them new people come into. */
  groups: readonly string[];
  defaultGroups: readonly string[];
  selectedByDefault: boolean;
  numberOfSeats: number;
}

export const applicationRoles = table<ApplicationRole>({
  name: 'jira.applicationRoles',
  key: (row) => row.key,
});

/** A project role; the same on every project. */
export interface ProjectRole {
  id: number;
  name: string;
  description: string;
  admin: boolean;
  default: boolean;
  scope?: Scope;
}

export const projectRoles = table<ProjectRole>({
  name: 'jira.projectRoles',
  key: (row) => sortable(row.id),
  indexes: { name: (row) => row.name.toLowerCase() },
});

/** Who is in a role of a project; under no project (''), who is in it on every new project. */
export interface RoleActor {
  id: number;
  roleId: number;
  projectId: string;
  type: 'atlassian-user-role-actor' | 'atlassian-group-role-actor';
  /** An account id or a group id. */
  holder: string;
}

export const roleActors = table<RoleActor>({
  name: 'jira.roleActors',
  key: (row) => sortable(row.id),
  indexes: {
    place: (row) => `${row.projectId}/${row.roleId}`,
    project: (row) => row.projectId,
    role: (row) => String(row.roleId),
    holder: (row) => row.holder,
  },
});

/** To whom something is granted, or from whom it is not hidden: a type, and of which one. */
export interface Holder {
  type: string;
  /** A group id, an account id, a role's or a field's id, an application's key. */
  value?: string;
}

export interface PermissionScheme {
  id: number;
  name: string;
  description: string;
  scope?: Scope;
}

export const permissionSchemes = table<PermissionScheme>({
  name: 'jira.permissionSchemes',
  key: (row) => sortable(row.id),
  indexes: { name: (row) => row.name.toLowerCase() },
});

export interface PermissionGrant {
  id: number;
  schemeId: number;
  permission: string;
  holder: Holder;
}

/** By which a holder's rows are found when what it names goes. */
const holderKey = ({ type, value }: Holder): string => `${type}/${value ?? ''}`;

export const permissionGrants = table<PermissionGrant>({
  name: 'jira.permissionGrants',
  key: (row) => sortable(row.id),
  indexes: {
    scheme: (row) => String(row.schemeId),
    permission: (row) => `${row.schemeId}/${row.permission}`,
    holder: (row) => holderKey(row.holder),
  },
});

export interface SecurityScheme {
  id: number;
  name: string;
  description: string;
  defaultLevelId?: string;
}

export const securitySchemes = table<SecurityScheme>({
  name: 'jira.securitySchemes',
  key: (row) => sortable(row.id),
  indexes: { name: (row) => row.name.toLowerCase() },
});

export interface SecurityLevel {
  id: string;
  schemeId: number;
  name: string;
  description: string;
}

export const securityLevels = table<SecurityLevel>({
  name: 'jira.securityLevels',
  key: (row) => row.id,
  indexes: { scheme: (row) => String(row.schemeId), name: (row) => row.name.toLowerCase() },
});

/** Who sees the issues of a level. */
export interface SecurityMember {
  id: string;
  schemeId: number;
  levelId: string;
  holder: Holder;
}

export const securityMembers = table<SecurityMember>({
  name: 'jira.securityMembers',
  key: (row) => row.id,
  indexes: {
    level: (row) => row.levelId,
    scheme: (row) => String(row.schemeId),
    holder: (row) => holderKey(row.holder),
  },
});

/** What a person set for themselves: a preference by its key. */
export interface Preference {
  accountId: string;
  key: string;
  value: string;
}

export const preferences = table<Preference>({
  name: 'jira.preferences',
  key: (row) => `${row.accountId}/${row.key}`,
});

/** The columns of a person's issue navigator, where they chose them. */
export interface UserColumns {
  accountId: string;
  columns: readonly string[];
}

export const userColumns = table<UserColumns>({ name: 'jira.userColumns', key: (row) => row.accountId });

export const PEOPLE_TABLES = [
  groups,
  memberships,
  applicationRoles,
  projectRoles,
  roleActors,
  permissionSchemes,
  permissionGrants,
  securitySchemes,
  securityLevels,
  securityMembers,
  preferences,
  userColumns,
] as readonly unknown[] as readonly Table<never>[];
