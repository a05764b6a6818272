/** An issue by its id or key, and what depends on where it stands among others. */
import type { World } from '../../../../src/world/world.ts';
import { issueNotFound } from '../../errors.ts';
import { type ArchivedIssue, archivedIssues, type Issue, issues } from '../../world.ts';
import { isNumeric } from '../ids.ts';
import { issueTypeOf } from '../projects/projects.ts';

/** The issue with this id or key (any case); undefined where there is none. */
export const issueNamed = (world: World, idOrKey: string): Issue | undefined =>
  isNumeric(idOrKey)
    ? world.get(issues, idOrKey)
    : world.list(issues, { index: 'key', equals: idOrKey.toUpperCase() }).first();

/** The same; 404 `Issue does not exist or you do not have permission to see it.` */
export function requireIssue(world: World, idOrKey: string): Issue {
  const found = issueNamed(world, idOrKey);
  if (!found) throw issueNotFound();
  return found;
}

/** The archived issue with this id or key. */
export const archivedNamed = (world: World, idOrKey: string): ArchivedIssue | undefined =>
  isNumeric(idOrKey)
    ? world.get(archivedIssues, idOrKey)
    : world.list(archivedIssues, { index: 'key', equals: idOrKey.toUpperCase() }).first();

/** The issues whose parent this one is: sub-tasks of a task, stories of an epic. By id. */
export const childrenOf = (world: World, issue: Issue): Issue[] =>
  world
    .list(issues, { index: 'parent', equals: issue.id })
    .toArray()
    .sort((a, b) => Number(a.id) - Number(b.id));

/** 1 for epics, 0 for tasks, -1 for sub-tasks. */
export const levelOf = (world: World, issue: Issue): number =>
  issueTypeOf(world, issue.fields.issuetype).hierarchyLevel;
