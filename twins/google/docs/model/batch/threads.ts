/**
 * Suggestions resolved and comments written with a document's edits. Comments are those of the Drive file, tied to a
 * place in the document by an anchor. https://developers.google.com/workspace/docs/api/how-tos/suggestions
 */
import type { ApiError } from '../../../../../src/error.ts';
import {
  addComment,
  addReply,
  commentIn,
  deleteComment as dropComment,
  editComment,
  editReply,
  replyIn,
} from '../../../drive/model/comment.ts';
import { badArgument, googleError } from '../../../errors.ts';
import { OBJECT } from '../../world/content.ts';
import { type SuggestionPost, suggestions } from '../../world/suggestions.ts';
import { paragraphsIn, paragraphText } from '../content/walk.ts';
import {
  deleteSuggestion as dropSuggestion,
  newPost,
  resolveSuggestion,
  suggestionIn,
} from '../suggestion/suggestion.ts';
import { commentThreadView, postView, suggestionPostView } from '../suggestion/threads.ts';
import { type Job, newId, putTab, rangeOf, refuse, type Segment, spanOf, tabOf, type Where } from './job.ts';

const CONTENT_BYTES_MAX = 2_048;

interface Post {
  content?: string;
  commentAction?: string;
  assigneeEmail?: string;
}

export function acceptSuggestion(job: Job, { suggestionId }: { suggestionId?: string }): void {
  job.affected.accepted.add(resolveSuggestion(job, suggestionId, true).suggestionId);
}

export function rejectSuggestion(job: Job, { suggestionId }: { suggestionId?: string }): void {
  job.affected.rejected.add(resolveSuggestion(job, suggestionId, false).suggestionId);
}

export function deleteSuggestion(job: Job, { suggestionId }: { suggestionId?: string }): void {
  job.affected.deleted.add(dropSuggestion(job, suggestionId).suggestionId);
}

/** `insertComment` */
export function insertComment(
  job: Job,
  input: { content?: string; range?: Where; assigneeEmailAddress?: string },
): object {
  if (!input.range) throw refuse(job, 'Insert comment requests must specify a range to anchor to.');
  const { segment, start, end } = rangeOf(job, input.range);
  const content = contentOf(job, input.content);
  const anchorId = newId(job, 'kix');
  const value = quoteOf(segment, start, end);
  const assignee = input.assigneeEmailAddress;
  const comment = addComment(job.world, job.viewer, job.file.id, {
    content,
    anchor: anchorId,
    quotedFileContent: { mimeType: 'text/plain', value },
    ...(assignee ? { assignee } : {}),
  });
  const tab = tabOf(job, segment.tab.tabId);
  const made = { anchorId, ranges: [spanOf(segment, start, end)] };
  putTab(job, { ...tab, commentAnchors: [...(tab.commentAnchors ?? []), made] });
  job.affected.comments = true;
  return { commentThread: commentThreadView(job.world, comment, job.viewer.email) };
}

/** `addCommentReply`: to a comment or to a suggestion; to a comment it may resolve or reopen it. */
export function addCommentReply(
  job: Job,
  input: { commentId?: string; suggestionId?: string; post?: Post },
): object {
  const { post = {} } = input;
  const action = ACTIONS[post.commentAction ?? ''];
  const content = action && !post.content ? '' : contentOf(job, post.content);
  job.affected.comments = true;
  if (input.suggestionId) {
    if (action || post.assigneeEmail)
      throw refuse(job, 'Suggestions can neither be assigned nor resolved by a reply.');
    const row = suggestionIn(job, input.suggestionId);
    const made = newPost(job, content);
    job.world.update(suggestions, suggestions.key(row), { replies: [...row.replies, made] });
    return { post: suggestionPostView(job.world, made, job.viewer.email) };
  }
  const comment = said(job, 'Comment', input.commentId, () =>
    commentIn(job.world, job.viewer, job.file.id, input.commentId ?? ''),
  );
  const reply = addReply(job.world, job.viewer, job.file.id, comment.id, {
    content,
    ...(action ? { action } : {}),
  });
  return { post: postView(job.world, reply, job.viewer.email) };
}

const ACTIONS: Readonly<Record<string, 'resolve' | 'reopen'>> = { RESOLVE: 'resolve', REOPEN: 'reopen' };

/** `updateCommentPost`: only its author may. */
export function updateCommentPost(
  job: Job,
  input: { commentId?: string; suggestionId?: string; postId?: string; content?: string },
): void {
  const content = contentOf(job, input.content);
  job.affected.comments = true;
  if (input.suggestionId) {
    changePost(job, input, (post) => ({ ...post, content }));
    return;
  }
  const { world, viewer, file } = job;
  const comment = said(job, 'Comment', input.commentId, () =>
    commentIn(world, viewer, file.id, input.commentId ?? ''),
  );
  if (input.postId === comment.id) {
    mine(job, comment.author);
    editComment(world, viewer, file.id, comment.id, { content });
  } else {
    mine(job, said(job, 'Reply', input.postId, () => replyIn(comment, input.postId ?? '')).author);
    editReply(world, viewer, comment, input.postId ?? '', { content });
  }
}

/** `deleteComment`: with all its replies. */
export function deleteComment(job: Job, { commentId }: { commentId?: string }): void {
  const { world, viewer, file } = job;
  const comment = said(job, 'Comment', commentId, () => commentIn(world, viewer, file.id, commentId ?? ''));
  mine(job, comment.author);
  dropComment(world, viewer, file.id, comment.id);
  for (const tab of job.row.tabs)
    if (tab.commentAnchors?.some(({ anchorId }) => anchorId === comment.anchor))
      putTab(job, {
        ...tab,
        commentAnchors: tab.commentAnchors.filter(({ anchorId }) => anchorId !== comment.anchor),
      });
  job.affected.comments = true;
}

/** `deleteCommentReply`: not one that did something. */
export function deleteCommentReply(
  job: Job,
  input: { commentId?: string; suggestionId?: string; postId?: string },
): void {
  job.affected.comments = true;
  if (input.suggestionId) {
    changePost(job, input, (post) => ({ ...post, content: '', deleted: true }));
    return;
  }
  const { world, viewer, file } = job;
  const comment = said(job, 'Comment', input.commentId, () =>
    commentIn(world, viewer, file.id, input.commentId ?? ''),
  );
  const reply = said(job, 'Reply', input.postId, () => replyIn(comment, input.postId ?? ''));
  mine(job, reply.author);
  if (reply.action) throw refuse(job, 'A reply that contains an action cannot be deleted.');
  editReply(world, viewer, comment, reply.id, undefined);
}

function changePost(
  job: Job,
  { suggestionId, postId }: { suggestionId?: string; postId?: string },
  change: (post: SuggestionPost) => SuggestionPost,
): void {
  const row = suggestionIn(job, suggestionId);
  if (postId === row.postId) throw refuse(job, 'The head post of a suggestion cannot be changed.');
  const post = row.replies.find((one) => one.postId === postId && !one.deleted);
  if (!post) throw gone('Reply', postId);
  mine(job, post.author);
  if (post.suggestionAction) throw refuse(job, 'A reply that contains an action cannot be changed.');
  const replies = row.replies.map((one) => (one === post ? change(post) : one));
  job.world.update(suggestions, suggestions.key(row), { replies });
}

function contentOf(job: Job, content: string | undefined): string {
  if (!content) throw refuse(job, 'The content of a post must not be empty.');
  if (Buffer.byteLength(content) > CONTENT_BYTES_MAX)
    throw refuse(job, `The content of a post must not exceed ${CONTENT_BYTES_MAX} UTF-8 code units.`);
  return content;
}

function mine(job: Job, author: string): void {
  if (author !== job.viewer.email) throw refuse(job, 'The requesting user is not the author of the post.');
}

const gone = (what: string, id: string | undefined): ApiError =>
  googleError('notFound', { message: `${what} with ID ${id} does not exist.` });

/** What Drive does not find, in the words of Docs. */
function said<T>(job: Job, what: string, id: string | undefined, find: () => T): T {
  if (!id) throw badArgument(`Invalid ${job.asked}: The ID of the ${what.toLowerCase()} must be specified.`);
  try {
    return find();
  } catch {
    throw gone(what, id);
  }
}

function quoteOf({ content }: Segment, start: number, end: number): string {
  let text = '';
  for (const { paragraph, startIndex } of paragraphsIn(content, start, end))
    text += paragraphText(paragraph).slice(Math.max(start - startIndex, 0), Math.max(end - startIndex, 0));
  return text.replaceAll(OBJECT, '').replace(/\n$/, '');
}
