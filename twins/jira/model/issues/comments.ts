/** Comments: documents that people leave on issues. */
import type { Range } from '../../../../src/range.ts';
import type { World } from '../../../../src/world/world.ts';
import { badFields, forbidden, missing } from '../../errors.ts';
import { COMMENTS_PER_ISSUE_MAX } from '../../limits.ts';
import { type Comment, comments, type Issue, issues, type User } from '../../world.ts';
import { isNumeric, nextId } from '../ids.ts';
import { browsing, may } from '../permissions/may.ts';
import { readVisibility, sees } from '../permissions/visibility.ts';
import { projectOf } from '../projects/projects.ts';
import { deleteProperties, keepProperties } from '../properties.ts';
import { type RichText, readRichText, type TextForm } from '../text/richText.ts';
import { stamp } from '../time.ts';
import { happened } from '../webhooks/happened.ts';

export interface CommentInput {
  body?: unknown;
  visibility?: unknown;
  properties?: unknown;
}

/** An issue's comments, oldest first. `newest`: the other way round. */
export const commentsOf = (world: World, issueId: string, newest = false): Range<Comment> =>
  world.list(comments, {
    index: 'issue',
    equals: issueId,
    orderBy: [{ by: (row) => Number(row.id), descending: newest }],
  });

/** The comments with these ids; those that are not there, or not for `user`, are left out. */
export const commentsById = (world: World, user: User | undefined, ids: readonly unknown[]): Comment[] => {
  const seen = browsing(world, user);
  return ids.flatMap((id) => {
    const found = world.get(comments, String(id));
    const issue = found && world.get(issues, found.issueId);
    return issue && seen(issue) && sees(world, user, issue, found.visibility) ? found : [];
  });
};

/** An issue's comments as `user` sees them: less those that are restricted to others. */
export const commentsSeen = (
  world: World,
  user: User | undefined,
  issue: Issue,
  newest = false,
): Range<Comment> =>
  commentsOf(world, issue.id, newest).filter((row) => sees(world, user, issue, row.visibility));

/** 404 `Can not find a comment for the id: 123.` */
export function requireComment(world: World, user: User | undefined, issue: Issue, id: string): Comment {
  const found = isNumeric(id) ? world.get(comments, id) : undefined;
  if (!found || found.issueId !== issue.id || !sees(world, user, issue, found.visibility))
    throw missing(`Can not find a comment for the id: ${id}.`);
  return found;
}

/** Adds a comment; `badFields` for an empty or wrong body or a restriction to others, 403 without the permission. */
export function addComment(
  world: World,
  issue: Issue,
  user: User,
  input: CommentInput,
  form: TextForm,
): Comment {
  const project = projectOf(world, issue.fields.project);
  if (!may(world, user, 'ADD_COMMENTS', project, issue))
    throw forbidden('You do not have the permission to comment on this issue.');
  const text = bodyOf(input.body, form);
  const visibility = readVisibility(world, user, project, input.visibility);
  if (world.list(comments, { index: 'issue', equals: issue.id }).count() >= COMMENTS_PER_ISSUE_MAX)
    throw badFields({ comment: `An issue takes at most ${COMMENTS_PER_ISSUE_MAX} comments.` });
  const now = stamp(world.now());
  const author = { accountId: user.accountId };
  const added = world.insert(comments, {
    id: nextId(world, 'comment'),
    issueId: issue.id,
    author,
    body: text.doc,
    ...(text.wiki === undefined ? {} : { wiki: text.wiki }),
    updateAuthor: author,
    created: now,
    updated: now,
    ...(visibility ? { visibility } : {}),
    jsdPublic: isPublic(input.properties) ?? true,
  });
  keepProperties(world, 'comment', added.id, input.properties);
  touch(world, issue);
  happened(world, { event: 'comment_created', user, comment: added, issue });
  return added;
}

/** What a program says by the property of service projects: whether customers may read a comment. */
function isPublic(properties: unknown): boolean | undefined {
  const list = Array.isArray(properties) ? (properties as { key?: unknown; value?: unknown }[]) : [];
  const said = list.find((one) => one?.key === 'sd.public.comment');
  return said ? (said.value as { internal?: unknown } | null)?.internal !== true : undefined;
}

/** Changes a comment's words; 403 for another person's without the permission. */
export function updateComment(
  world: World,
  issue: Issue,
  user: User,
  id: string,
  input: CommentInput,
  form: TextForm,
): Comment {
  const comment = requireComment(world, user, issue, id);
  permitComment(world, issue, user, comment, 'EDIT');
  const text = bodyOf(input.body, form);
  const project = projectOf(world, issue.fields.project);
  const { wiki: _, visibility: before, ...rest } = comment;
  const visibility =
    input.visibility === undefined ? before : readVisibility(world, user, project, input.visibility);
  const updated = world.put(comments, {
    ...rest,
    body: text.doc,
    ...(text.wiki === undefined ? {} : { wiki: text.wiki }),
    updateAuthor: { accountId: user.accountId },
    updated: stamp(world.now()),
    ...(visibility ? { visibility } : {}),
    jsdPublic: isPublic(input.properties) ?? comment.jsdPublic,
  });
  keepProperties(world, 'comment', updated.id, input.properties);
  touch(world, issue);
  happened(world, { event: 'comment_updated', user, comment: updated, issue });
  return updated;
}

export function deleteComment(world: World, issue: Issue, user: User, id: string): void {
  const comment = requireComment(world, user, issue, id);
  permitComment(world, issue, user, comment, 'DELETE');
  happened(world, { event: 'comment_deleted', user, comment, issue });
  world.remove(comments, comment.id);
  deleteProperties(world, 'comment', comment.id);
  touch(world, issue);
}

/** Says that something about an issue changed now. */
export function touch(world: World, issue: Issue): void {
  world.update(issues, issue.id, (row) => ({
    ...row,
    fields: { ...row.fields, updated: stamp(world.now()) },
  }));
}

function bodyOf(value: unknown, form: TextForm): RichText {
  const text = readRichText(value, form);
  if (text === null) throw badFields({ comment: 'Comment body can not be empty!' });
  if ('problem' in text) throw badFields({ comment: 'Comment body is not valid!' });
  if (text.doc.content.length === 0) throw badFields({ comment: 'Comment body can not be empty!' });
  return text;
}

/** 403 for a comment that the person may not edit or delete. */
export function permitComment(
  world: World,
  issue: Issue,
  user: User,
  comment: Comment,
  what: 'EDIT' | 'DELETE',
): void {
  const own = comment.author.accountId === user.accountId;
  const key = `${what}_${own ? 'OWN' : 'ALL'}_COMMENTS`;
  if (!may(world, user, key, projectOf(world, issue.fields.project), issue))
    throw forbidden(`You do not have the permission to ${what.toLowerCase()} this comment.`);
}
