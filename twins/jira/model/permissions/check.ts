/**
 * Permissions asked for in bulk: which of many projects and issues somebody may do something in.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-permissions/#api-rest-api-3-permissions-check-post
 */
import type { World } from '../../../../src/world/world.ts';
import { badQuery, refused } from '../../errors.ts';
import { PERMISSION_PLACES_MAX } from '../../limits.ts';
import { issues, type Project, projects, type User } from '../../world.ts';
import { projectOf } from '../projects/projects.ts';
import { may, mayBrowse } from './may.ts';
import { permissionByKey } from './permissions.ts';

/** What `POST /permissions/check` asks for, besides who. */
export interface PermissionsAsked {
  globalPermissions?: unknown;
  projectPermissions?: unknown;
}

/** What of it somebody has; 400 for keys that are not there or of the other kind, or for too many places. */
export function checkPermissions(world: World, user: User | undefined, asked: PermissionsAsked) {
  const global = listOf(asked.globalPermissions).map((key) => keyOf(key, 'GLOBAL', 'global'));
  const sought = listOf(asked.projectPermissions).map(readSought);
  return {
    projectPermissions: sought.flatMap((one) =>
      one.permissions.map((permission) => ({
        permission,
        issues: one.issues.filter((id) => mayAt(world, user, permission, String(id))),
        projects: one.projects.filter((id) => {
          const project = world.get(projects, String(id));
          return project !== undefined && may(world, user, permission, project);
        }),
      })),
    ),
    globalPermissions: global.filter((key) => may(world, user, key)),
  };
}

/** The projects in which somebody has every one of some permissions; 400 for keys of no project permission. */
export function permittedProjects(world: World, user: User | undefined, keys: readonly string[]): Project[] {
  const wanted = keys.map((key) => keyOf(key, 'PROJECT', 'project'));
  return world
    .list(projects, { where: (row) => wanted.every((key) => may(world, user, key, row)) })
    .toArray();
}

function mayAt(world: World, user: User | undefined, key: string, issueId: string): boolean {
  const issue = world.get(issues, issueId);
  if (!issue || !mayBrowse(world, user, issue)) return false;
  return may(world, user, key, projectOf(world, issue.fields.project), issue);
}

interface Sought {
  permissions: string[];
  issues: number[];
  projects: number[];
}

function readSought(sent: unknown): Sought {
  const { permissions, issues, projects } = sent as Record<string, unknown>;
  const keys = listOf(permissions).filter((key) => key !== '');
  if (keys.length === 0) throw badQuery('At least one project permission must be provided.');
  return {
    permissions: keys.map((key) => keyOf(key, 'PROJECT', 'project')),
    issues: idsOf(issues, 'issues'),
    projects: idsOf(projects, 'projects'),
  };
}

function idsOf(value: unknown, what: string): number[] {
  const ids = listOf(value);
  if (ids.length > PERMISSION_PLACES_MAX)
    throw badQuery(`A maximum of ${PERMISSION_PLACES_MAX} ${what} can be checked.`);
  if (ids.some((id) => !Number.isInteger(Number(id)))) throw refused('badRequest');
  return [...new Set(ids.map(Number))];
}

/** The members of a list that may be left out, less `null`s; 400 where it is no list. */
function listOf(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw refused('badRequest');
  return value.filter((one) => one !== null);
}

function keyOf(value: unknown, type: 'PROJECT' | 'GLOBAL', says: string): string {
  const known = typeof value === 'string' ? permissionByKey(value) : undefined;
  if (known?.type !== type) throw badQuery(`Unrecognized ${says} permissions: ${String(value)}`);
  return known.key;
}
