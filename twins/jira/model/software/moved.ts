/** The issues that a body of the agile API names, to be moved together. */
import type { World } from '../../../../src/world/world.ts';
import { badQuery, issueNotFound, refused } from '../../errors.ts';
import { ISSUES_MOVED_MAX } from '../../limits.ts';
import type { Issue, User } from '../../world.ts';
import { requireIssue } from '../issues/issueNamed.ts';
import { mayBrowse } from '../permissions/may.ts';

/** The issue that a person sees by this id or key; 404 `Issue does not exist or you do not have permission to see it.` */
export function visibleIssue(world: World, user: User | undefined, idOrKey: string): Issue {
  const issue = requireIssue(world, idOrKey);
  if (!mayBrowse(world, user, issue)) throw issueNotFound();
  return issue;
}

/** The issues of a list of ids and keys, each once; 400 for none, too many, or something that is no name of an issue. */
export function movedIssues(world: World, user: User, keys: unknown): Issue[] {
  if (!Array.isArray(keys) || keys.length === 0 || keys.some((key) => typeof key !== 'string'))
    throw refused('badRequest');
  if (keys.length > ISSUES_MOVED_MAX)
    throw badQuery(`At most ${ISSUES_MOVED_MAX} issues may be moved in one operation.`);
  const found = new Map((keys as string[]).map((key) => [key, visibleIssue(world, user, key)]));
  return [...new Map([...found.values()].map((issue) => [issue.id, issue])).values()];
}
