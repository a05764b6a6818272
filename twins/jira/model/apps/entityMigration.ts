/**
 * Properties of things, written by an app that comes over from a server with its data.
 * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-app-migration/
 */
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { badQuery } from '../../errors.ts';
import {
  boards,
  comments,
  gadgets,
  issues,
  issueTypes,
  type Property,
  projects,
  sprints,
  worklogs,
} from '../../world.ts';
import { setProperty } from '../properties.ts';

/** One value as an app sends it. */
export interface MigratedProperty {
  entityId: number;
  key: string;
  value: string;
}

interface Kind {
  entity: Property['entity'];
  has(world: World, id: string): boolean;
}

const kind = (entity: Property['entity'], has: Kind['has']): Kind => ({ entity, has });

/** What may have properties, by the words of the path. People have none here: their ids are no numbers any more. */
const KINDS: Readonly<Record<string, Kind>> = {
  IssueProperty: kind('issue', (world, id) => world.get(issues, id) !== undefined),
  CommentProperty: kind('comment', (world, id) => world.get(comments, id) !== undefined),
  DashboardItemProperty: kind('dashboardItem', (world, id) => world.get(gadgets, id) !== undefined),
  IssueTypeProperty: kind('issuetype', (world, id) => world.get(issueTypes, id) !== undefined),
  ProjectProperty: kind('project', (world, id) => world.get(projects, id) !== undefined),
  WorklogProperty: kind('worklog', (world, id) => world.get(worklogs, id) !== undefined),
  BoardProperty: kind('board', (world, id) => world.get(boards, sortable(Number(id))) !== undefined),
  SprintProperty: kind('sprint', (world, id) => world.get(sprints, sortable(Number(id))) !== undefined),
};

/** Writes them all, or none: 400 for a kind that has no properties, or a thing that is not there. */
export function migrateProperties(world: World, entityType: string, sent: readonly MigratedProperty[]): void {
  const found = Object.hasOwn(KINDS, entityType) ? KINDS[entityType] : undefined;
  if (!found) throw badQuery(`The entity type '${entityType}' is not supported.`);
  for (const { entityId, key, value } of sent) {
    const id = String(entityId);
    if (!found.has(world, id)) throw badQuery(`The entity with id ${id} does not exist.`);
    setProperty(world, found.entity, id, key, value);
  }
}
