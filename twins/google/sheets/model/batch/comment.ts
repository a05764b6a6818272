/** Requests about comments on cells. Only who wrote a post may change it or take it away. */
import { ApiError } from '../../../../../src/error.ts';
import {
  addComment,
  addReply,
  commentIn,
  deleteComment,
  editComment,
  editReply,
} from '../../../drive/model/comment.ts';
import { type Comment, comments } from '../../../drive/world/comments.ts';
import { COMMENT_POST_UNITS_MAX } from '../../../limits.ts';
import { gridArea, toGridRange } from '../area.ts';
import { Calculator } from '../calculator.ts';
import { cellAt } from '../grid.ts';
import { anchorText, postOf, threadOf } from '../object/commentThread.ts';
import { addObject, freeObjectId, objectWith, removeObject } from '../object/store.ts';
import { type Job, refuse } from './job.ts';

interface CommentInput {
  content?: string;
  coordinate?: { sheetId?: number; rowIndex?: number; columnIndex?: number };
  assigneeEmailAddress?: string;
}

/** The cell's text is quoted; the comment stays with the cell when it moves. */
export function insertCommentRequest(job: Job, input: CommentInput): object {
  const content = checkedContent(job, input.content);
  const { sheetId = 0, rowIndex = 0, columnIndex = 0 } = input.coordinate ?? {};
  const range = {
    sheetId,
    startRowIndex: rowIndex,
    endRowIndex: rowIndex + 1,
    startColumnIndex: columnIndex,
    endColumnIndex: columnIndex + 1,
  };
  const area = gridArea(job.world, job.spreadsheetId, range, job.asked);
  if (area.endRow <= area.startRow || area.endColumn <= area.startColumn)
    throw refuse(job, `GridCoordinate[${rowIndex}, ${columnIndex}] is outside of the grid.`);
  const anchorId = String(freeObjectId(job.world, job.spreadsheetId, ['commentAnchor']));
  const anchor = { anchorId, range: toGridRange(area) };
  addObject(job.world, { spreadsheetId: job.spreadsheetId, sheetId }, 'commentAnchor', anchorId, anchor);
  const cell = cellAt(job.world, job.spreadsheetId, sheetId, rowIndex, columnIndex);
  const quote = new Calculator(job.world, job.spreadsheetId).shown(cell);
  const assignee = checkedAssignee(job, input.assigneeEmailAddress);
  const comment = addComment(job.world, job.viewer, job.spreadsheetId, {
    content,
    anchor: anchorText(anchorId),
    ...(quote ? { quotedFileContent: { mimeType: 'text/html', value: quote } } : {}),
    ...(assignee ? { assignee } : {}),
  });
  return { commentThread: threadOf(job.world, job.viewer, comment) };
}

interface ReplyInput {
  commentId?: string;
  post?: { content?: string; commentAction?: string; assigneeEmail?: string };
}

const ACTIONS: Readonly<Record<string, string>> = { RESOLVE: 'resolve', REOPEN: 'reopen' };

export function addCommentReplyRequest(job: Job, { commentId, post = {} }: ReplyInput): object {
  const comment = threadWith(job, commentId);
  const action = ACTIONS[post.commentAction ?? ''];
  const content = action && !post.content ? '' : checkedContent(job, post.content);
  const assignee = checkedAssignee(job, post.assigneeEmail);
  if (assignee && !comment.assignee)
    throw refuse(
      job,
      'Cannot set an assignee on a reply to a thread whose head post does not have an assignee.',
    );
  if (assignee && action)
    throw refuse(job, 'Cannot set an assignee when the comment action is RESOLVE or REOPEN.');
  const reply = addReply(job.world, job.viewer, job.spreadsheetId, comment.id, {
    content,
    ...(action ? { action } : {}),
    ...(assignee ? { assignee } : {}),
  });
  return { post: postOf(job.world, job.viewer, reply) };
}

interface PostInput {
  commentId?: string;
  postId?: string;
  content?: string;
}

export function updateCommentPostRequest(job: Job, { commentId, postId = '', content }: PostInput): void {
  const comment = threadWith(job, commentId);
  const text = checkedContent(job, content);
  const said = postWith(job, comment, postId);
  mustBeAuthor(job, said.author);
  if (said.id === comment.id)
    editComment(job.world, job.viewer, job.spreadsheetId, comment.id, { content: text });
  else editReply(job.world, job.viewer, comment, postId, { content: text });
}

export function deleteCommentRequest(job: Job, { commentId }: { commentId?: string }): void {
  const comment = threadWith(job, commentId);
  mustBeAuthor(job, comment.author);
  deleteComment(job.world, job.viewer, job.spreadsheetId, comment.id);
  const anchorId = /"range":"(\w+)"/.exec(comment.anchor ?? '')?.[1] ?? '';
  const anchor = objectWith(job.world, job.spreadsheetId, 'commentAnchor', anchorId);
  if (anchor) removeObject(job.world, anchor);
}

export function deleteCommentReplyRequest(job: Job, { commentId, postId = '' }: PostInput): void {
  const comment = threadWith(job, commentId);
  const reply = comment.replies.find((one) => one.id === postId && !one.deleted);
  if (!reply) throw refuse(job, `No reply with id: ${postId}`);
  mustBeAuthor(job, reply.author);
  if (reply.action) throw refuse(job, 'Cannot delete a reply that contains a comment action.');
  if (reply.assignee) throw refuse(job, 'Cannot delete a reply that contains an assignee.');
  editReply(job.world, job.viewer, comment, postId, undefined);
}

function threadWith(job: Job, commentId: string = ''): Comment {
  if (!job.world.get(comments, `${job.spreadsheetId}/${commentId}`))
    throw refuse(job, `No comment with id: ${commentId}`);
  try {
    return commentIn(job.world, job.viewer, job.spreadsheetId, commentId);
  } catch (error) {
    if (error instanceof ApiError) throw refuse(job, `No comment with id: ${commentId}`);
    throw error;
  }
}

function postWith(job: Job, comment: Comment, postId: string) {
  const said = [comment, ...comment.replies].find((one) => one.id === postId && !one.deleted);
  if (!said) throw refuse(job, `No post with id: ${postId}`);
  return said;
}

function mustBeAuthor(job: Job, author: string): void {
  if (author.toLowerCase() !== job.viewer.email.toLowerCase())
    throw refuse(job, 'The requesting user is not the author of the post.');
}

function checkedContent(job: Job, content: string = ''): string {
  if (content === '') throw refuse(job, 'The content of a comment cannot be empty.');
  if (content.length > COMMENT_POST_UNITS_MAX)
    throw refuse(job, `The content of a comment must not exceed ${COMMENT_POST_UNITS_MAX} code units.`);
  return content;
}

function checkedAssignee(job: Job, email: string | undefined): string | undefined {
  if (!email) return undefined;
  if (email.length > COMMENT_POST_UNITS_MAX || !/^[^\s@]+@[^\s@]+$/.test(email))
    throw refuse(job, `Invalid assignee: ${email.slice(0, 100)}`);
  return email;
}
