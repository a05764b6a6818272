/** Links between issues. */
import type { World } from '../../../../src/world/world.ts';
import { missing, refused } from '../../errors.ts';
import { LINKS_PER_ISSUE_MAX } from '../../limits.ts';
import {
  type Issue,
  type IssueLink,
  type IssueLinkType,
  issueLinks,
  issueLinkTypes,
  issues,
  type User,
} from '../../world.ts';
import { nextId } from '../ids.ts';
import { may, mayBrowse } from '../permissions/may.ts';
import { requireVisibleIssue } from '../permissions/visible.ts';
import { projectOf } from '../projects/projects.ts';
import type { TextForm } from '../text/richText.ts';
import { happened } from '../webhooks/happened.ts';
import { tellChange } from '../webhooks/issueNews.ts';
import { addComment, touch } from './comments.ts';
import { refOf } from './fieldValues.ts';
import { item, record } from './history.ts';

export interface LinkInput {
  type?: unknown;
  inwardIssue?: unknown;
  outwardIssue?: unknown;
  comment?: unknown;
}

export const linkTypes = (world: World): IssueLinkType[] => world.list(issueLinkTypes).toArray();

/** The kind of link with this id, name or wording; 404 in the vendor's words. */
export function requireLinkType(world: World, value: unknown): IssueLinkType {
  const { id, name } = refOf(value);
  const lower = name?.toLowerCase();
  const found = linkTypes(world).find((one) =>
    id === undefined ? one.name.toLowerCase() === lower : one.id === id,
  );
  if (!found)
    throw missing(
      id === undefined
        ? `No issue link type with name '${name ?? ''}' found.`
        : `No issue link type with id '${id}' found.`,
    );
  return found;
}

/** The links of an issue, both ways, by id. */
export const linksOf = (world: World, issueId: string): IssueLink[] =>
  world.list(issueLinks, { index: 'issue', equals: issueId }).toArray();

/** 404 `No issue link with id '1' exists.` */
export function requireLink(world: World, user: User | undefined, id: string): IssueLink {
  const gone = () => missing(`No issue link with id '${id}' exists.`);
  const link = world.require(issueLinks, id, gone);
  for (const end of [link.inwardIssue, link.outwardIssue]) {
    const issue = world.get(issues, end.id);
    if (issue && !mayBrowse(world, user, issue)) throw gone();
  }
  return link;
}

/** Links two issues, writes it into both changelogs, and leaves a comment where one came along. */
export function linkIssues(world: World, user: User, input: LinkInput, form: TextForm): IssueLink {
  const type = requireLinkType(world, input.type);
  const inward = endOf(world, user, input.inwardIssue);
  const outward = endOf(world, user, input.outwardIssue);
  mayLink(world, user, inward);
  if (inward.id === outward.id) throw refused('badRequest', 'You cannot link an issue to itself.');
  const known = linksOf(world, inward.id).find(
    (one) =>
      one.type.id === type.id && one.inwardIssue.id === inward.id && one.outwardIssue.id === outward.id,
  );
  const { body } = (input.comment ?? {}) as { body?: unknown };
  if (body !== undefined) addComment(world, outward, user, { body }, form);
  if (known) return known;
  if (linksOf(world, inward.id).length >= LINKS_PER_ISSUE_MAX)
    throw refused('badRequest', `An issue takes at most ${LINKS_PER_ISSUE_MAX} links.`);
  const link = world.insert(issueLinks, {
    id: nextId(world, 'issueLink'),
    type: { id: type.id },
    inwardIssue: { id: inward.id },
    outwardIssue: { id: outward.id },
  });
  happened(world, { event: 'issuelink_created', user, issueLink: link, issue: inward });
  // The inward issue is where the arrow begins: "A blocks B" is stored with A inward, and B reads "is blocked by A".
  write(world, user, inward, outward, type.outward, true);
  write(world, user, outward, inward, type.inward, true);
  return link;
}

/** Takes a link away, from both changelogs' point of view. */
export function unlinkIssues(world: World, user: User, id: string): void {
  const link = requireLink(world, user, id);
  const type = requireLinkType(world, { id: link.type.id });
  const inward = world.get(issues, link.inwardIssue.id);
  const outward = world.get(issues, link.outwardIssue.id);
  if (inward) mayLink(world, user, inward);
  if (inward) happened(world, { event: 'issuelink_deleted', user, issueLink: link, issue: inward });
  world.remove(issueLinks, id);
  if (!inward || !outward) return;
  write(world, user, inward, outward, type.outward, false);
  write(world, user, outward, inward, type.inward, false);
}

function write(world: World, user: User, on: Issue, other: Issue, wording: string, added: boolean): void {
  const text = `This work item ${wording} ${other.key}`;
  const nothing = [null, null] as const;
  const line = added
    ? item('Link', 'issuelinks', nothing, [other.key, text])
    : item('Link', 'issuelinks', [other.key, text], nothing);
  touch(world, on);
  tellChange(world, user, record(world, on.id, user, [line]));
}

/** 401 `No Link Issue Permission for issue 'ENG-1'`, as Jira has it. */
function mayLink(world: World, user: User, issue: Issue): void {
  if (!may(world, user, 'LINK_ISSUES', projectOf(world, issue.fields.project), issue))
    throw refused('unauthorized', `No Link Issue Permission for issue '${issue.key}'`);
}

function endOf(world: World, user: User, value: unknown): Issue {
  const { id, name } = refOf(value);
  const idOrKey = id ?? name;
  if (idOrKey === undefined) throw refused('badRequest', 'Issue key or id must be provided.');
  return requireVisibleIssue(world, user, idOrKey);
}
