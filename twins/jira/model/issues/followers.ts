/** Who watches an issue and who voted for it. */
import type { World } from '../../../../src/world/world.ts';
import { badQuery, forbidden, missing } from '../../errors.ts';
import { type Issue, issues, type User, votes, watchers } from '../../world.ts';
import { personOf, requireUser } from '../people/people.ts';
import { browsing, may, mayBrowse } from '../permissions/may.ts';
import { projectOf } from '../projects/projects.ts';

type Kind = typeof watchers;

/** The people who follow an issue in this way, by account id. */
export const followersOf = (world: World, kind: Kind, issueId: string): User[] =>
  world
    .list(kind, { index: 'issue', equals: issueId })
    .toArray()
    .flatMap((row) => personOf(world, row) ?? []);

export const countOf = (world: World, kind: Kind, issueId: string): number =>
  world.list(kind, { index: 'issue', equals: issueId }).count();

export const follows = (world: World, kind: Kind, issueId: string, accountId: string): boolean =>
  world.get(kind, `${issueId}/${accountId}`) !== undefined;

/** Makes a person follow an issue; once is enough. */
export function follow(world: World, kind: Kind, issueId: string, accountId: string): void {
  world.put(kind, { issueId, accountId });
}

/** Adds a watcher: oneself, or another person (an account id). 400 for a wrong id, 404 for nobody. */
export function watch(world: World, issue: Issue, user: User, accountId: unknown): void {
  if (accountId !== undefined && typeof accountId !== 'string')
    throw badQuery('Invalid request payload. Refer to the REST API documentation and try again.');
  const who = accountId === undefined ? user : requireUser(world, accountId);
  if (who.accountId !== user.accountId) manages(world, issue, user);
  if (!mayBrowse(world, who, issue))
    throw badQuery(`The user "${who.displayName}" does not have permission to view this issue.`);
  follow(world, watchers, issue.id, who.accountId);
}

/** Takes a watcher away; 404 for a person who is not known. */
export function unwatch(world: World, issue: Issue, user: User, accountId: string | null): void {
  if (accountId === null)
    throw badQuery('At least one of the query parameters username or accountId must be provided.');
  const who = requireUser(world, accountId);
  if (who.accountId !== user.accountId) manages(world, issue, user);
  world.remove(watchers, `${issue.id}/${who.accountId}`);
}

function manages(world: World, issue: Issue, user: User): void {
  if (!may(world, user, 'MANAGE_WATCHERS', projectOf(world, issue.fields.project), issue))
    throw forbidden('You do not have the permission to manage the watcher list.');
}

/** Of each issue id whether a person watches it; `false` for ids of nothing that they see. */
export function watchedOf(world: World, user: User, ids: readonly string[]): Record<string, boolean> {
  const seen = browsing(world, user);
  const watched = (id: string): boolean => {
    const issue = world.get(issues, id);
    return issue !== undefined && seen(issue) && follows(world, watchers, id, user.accountId);
  };
  return Object.fromEntries(ids.map((id) => [id, watched(id)]));
}

/** Votes for an issue; nobody votes for what they reported, nor for what is resolved. */
export function vote(world: World, issue: Issue, user: User): void {
  if (issue.fields.reporter?.accountId === user.accountId)
    throw missing('You cannot vote for an issue you have reported.');
  if (issue.fields.resolution) throw missing('You cannot vote or change your vote on resolved issues.');
  follow(world, votes, issue.id, user.accountId);
}

/** Takes a vote back; 404 where there was none. */
export function unvote(world: World, issue: Issue, user: User): void {
  if (!world.remove(votes, `${issue.id}/${user.accountId}`))
    throw missing('Cannot remove a vote for an issue that the user has not voted for.');
}
