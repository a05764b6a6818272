/** Functions of the query language that stand for ids: people, sprints, versions, issues. */
import type { World } from '../../../../src/world/world.ts';
import { badQuery } from '../../errors.ts';
import {
  histories,
  issues,
  issueTypes,
  projects,
  sprints,
  type User,
  users,
  versions,
  votes,
  watchers,
} from '../../world.ts';
import { childrenOf, issueNamed } from '../issues/issueNamed.ts';
import { linksOf, linkTypes } from '../issues/links.ts';
import { siteOf, userNamed } from '../people/people.ts';

/** Who runs the query. */
export interface Asker {
  world: World;
  me: User | undefined;
}

type Give = (asker: Asker, args: readonly string[]) => readonly string[];

const inState =
  (state: string): Give =>
  ({ world }) =>
    world
      .list(sprints, { where: (row) => row.state === state })
      .toArray()
      .map((row) => String(row.id));

const versionsThat =
  (released: boolean): Give =>
  ({ world }, args) =>
    world
      .list(versions, {
        where: (row) =>
          row.released === released &&
          !row.archived &&
          (args.length === 0 || args.includes(world.get(projects, row.projectId)?.key ?? '')),
      })
      .toArray()
      .map((row) => row.id);

const followed =
  (kind: typeof watchers): Give =>
  ({ world, me }) =>
    me
      ? world
          .list(kind, { index: 'account', equals: me.accountId })
          .toArray()
          .map((row) => row.issueId)
      : [];

const typesThat =
  (subtask: boolean): Give =>
  ({ world }) =>
    world
      .list(issueTypes, { where: (row) => row.subtask === subtask })
      .toArray()
      .map((row) => row.id);

const FUNCTIONS: Readonly<Record<string, Give>> = {
  currentuser: ({ me }) => (me ? [me.accountId] : []),
  membersof: ({ world }, [group = '']) => members(world, group),
  opensprints: inState('active'),
  closedsprints: inState('closed'),
  futuresprints: inState('future'),
  releasedversions: versionsThat(true),
  unreleasedversions: versionsThat(false),
  watchedissues: followed(watchers),
  votedissues: followed(votes),
  standardissuetypes: typesThat(false),
  subtaskissuetypes: typesThat(true),
  linkedissues: ({ world }, [key = '', wording]) => linked(world, key, wording),
  childissuesof: ({ world }, [key = '']) => descendants(world, key),
  projectsleadbyuser: ({ world, me }, [name]) => {
    const lead = name === undefined ? me : userNamed(world, name);
    return world
      .list(projects, { where: (row) => row.lead.accountId === lead?.accountId })
      .toArray()
      .map((row) => row.id);
  },
  updatedby: ({ world }, [name = '']) => {
    const who = userNamed(world, name)?.accountId;
    return [
      ...world
        .list(histories, { where: (row) => row.author.accountId === who })
        .toArray()
        .map((row) => row.issueId),
      ...world
        .list(issues, { index: 'creator', equals: who ?? '' })
        .toArray()
        .map((row) => row.id),
    ];
  },
};

/** The ids that a function gives; `badQuery` for an unknown one. */
export function functionIds(asker: Asker, name: string, args: readonly string[]): readonly string[] {
  const give = FUNCTIONS[name.toLowerCase()];
  if (!give) throw badQuery(`Unable to find JQL function '${name}(${args.join(', ')})'.`);
  return give(asker, args);
}

/** Whether there is such a function. */
export const isFunction = (name: string): boolean => Object.hasOwn(FUNCTIONS, name.toLowerCase());

/** Names of all of them, as a site lists them. */
export const FUNCTION_NAMES = [
  'currentUser',
  'membersOf',
  'openSprints',
  'closedSprints',
  'futureSprints',
  'releasedVersions',
  'unreleasedVersions',
  'watchedIssues',
  'votedIssues',
  'standardIssueTypes',
  'subtaskIssueTypes',
  'linkedIssues',
  'childIssuesOf',
  'projectsLeadByUser',
  'updatedBy',
] as const;

function members(world: World, group: string): string[] {
  if (/^(site-admins|jira-administrators|administrators|org-admins)$/.test(group))
    return [siteOf(world).owner.accountId];
  if (!/^(jira-users|jira-software-users)/.test(group))
    throw badQuery(
      `Function 'membersOf' can not generate a list of usernames for group '${group}'; the group does not exist.`,
    );
  return world
    .list(users)
    .toArray()
    .map((user) => user.accountId);
}

function linked(world: World, key: string, wording: string | undefined): string[] {
  const issue = issueNamed(world, key);
  if (!issue) throw badQuery(`Issue '${key}' could not be found in function 'linkedIssues'.`);
  const types = linkTypes(world);
  return linksOf(world, issue.id).flatMap((link) => {
    const outward = link.inwardIssue.id === issue.id;
    const type = types.find((one) => one.id === link.type.id);
    if (
      wording !== undefined &&
      (outward ? type?.outward : type?.inward) !== wording &&
      type?.name !== wording
    )
      return [];
    return [outward ? link.outwardIssue.id : link.inwardIssue.id];
  });
}

function descendants(world: World, key: string): string[] {
  const issue = issueNamed(world, key);
  if (!issue) throw badQuery(`Issue '${key}' could not be found in function 'childIssuesOf'.`);
  return childrenOf(world, issue).flatMap((child) => [
    child.id,
    ...childrenOf(world, child).map((one) => one.id),
  ]);
}
