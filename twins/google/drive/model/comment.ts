/** Comments and their replies. https://developers.google.com/workspace/drive/api/guides/manage-comments */
import { BASE64URL } from '../../../../src/ids.ts';
import type { Range } from '../../../../src/range.ts';
import type { World } from '../../../../src/world/world.ts';
import { badRequest, googleError } from '../../errors.ts';
import { COMMENT_CHARS_MAX, REPLIES_MAX } from '../../limits.ts';
import { type Comment, comments, type Reply } from '../world/comments.ts';
import { type FileRow, timestamp } from '../world.ts';
import { fileFor, noPermission, type Viewer, visibleFile } from './access.ts';
import { mentionsIn, tellOfComment } from './commentLetter.ts';
import { requireUnlocked } from './restriction.ts';

export interface CommentInput {
  content?: string;
  anchor?: string;
  quotedFileContent?: { mimeType?: string; value?: string };
  action?: string;
  /** By a person's gesture only: who is to do something about it. */
  assignee?: string;
}

/** Throws `notFound`, `insufficientFilePermissions` (a reader may not comment), `required`, `invalid`. */
export function addComment(world: World, viewer: Viewer, fileId: string, input: CommentInput): Comment {
  const file = commentable(world, viewer, fileId);
  const now = timestamp(world.now());
  const comment = world.insert(comments, {
    fileId,
    ...saidBy(world, viewer, input, now),
    ...(input.anchor === undefined ? {} : { anchor: input.anchor }),
    ...(input.quotedFileContent === undefined ? {} : { quotedFileContent: input.quotedFileContent }),
    replies: [],
  });
  tellOfComment(world, viewer, file, comment, comment);
  return comment;
}

/** Newest change first, as the vendor lists them. Throws `notFound`, `invalid` for a time that is none. */
export function commentsOf(
  world: World,
  viewer: Viewer,
  fileId: string,
  options: { includeDeleted: boolean; since?: string | null },
): Range<Comment> {
  visibleFile(world, viewer, fileId);
  const since = options.since ? Date.parse(options.since) : undefined;
  if (Number.isNaN(since)) throw badRequest('Invalid Value', 'startModifiedTime');
  return world.list(comments, {
    prefix: `${fileId}/`,
    where: (row) =>
      (options.includeDeleted || !row.deleted) &&
      (since === undefined || Date.parse(row.modifiedTime) >= since),
    orderBy: [{ by: (row) => row.modifiedTime, descending: true }],
  });
}

/** Throws `notFound`; a deleted one is there only for who asks for deleted ones. */
export function commentIn(
  world: World,
  viewer: Viewer,
  fileId: string,
  id: string,
  includeDeleted: boolean = false,
): Comment {
  visibleFile(world, viewer, fileId);
  const row = world.get(comments, `${fileId}/${id}`);
  if (!row || (row.deleted && !includeDeleted)) throw missing('Comment', 'commentId', id);
  return row;
}

/** Changes the text; only its author may. */
export function editComment(
  world: World,
  viewer: Viewer,
  fileId: string,
  id: string,
  input: CommentInput,
): Comment {
  commentable(world, viewer, fileId);
  const row = commentIn(world, viewer, fileId, id);
  if (row.author !== viewer.email) throw noPermission(fileId);
  const content = contentOf(input);
  return save(world, row, {
    content,
    mentions: mentionsIn(content),
    modifiedTime: timestamp(world.now()),
  });
}

/** Leaves a mark without text, and without the talk below it; only its author may. */
export function deleteComment(world: World, viewer: Viewer, fileId: string, id: string): void {
  const row = commentIn(world, viewer, fileId, id);
  if (row.author !== viewer.email) throw noPermission(fileId);
  save(world, row, { ...EMPTIED, replies: [], modifiedTime: timestamp(world.now()) });
}

/** A reply; with `action` it resolves or reopens the comment. Throws as `addComment`, `invalid` for another action. */
export function addReply(
  world: World,
  viewer: Viewer,
  fileId: string,
  id: string,
  input: CommentInput,
): Reply {
  const file = commentable(world, viewer, fileId);
  const comment = commentIn(world, viewer, fileId, id);
  const action = actionOf(input.action);
  if (comment.replies.length >= REPLIES_MAX)
    throw googleError('forbidden', { message: 'The limit of replies to this comment is reached.' });
  const now = timestamp(world.now());
  const said = saidBy(
    world,
    viewer,
    action ? { ...input, content: input.content ?? '' } : input,
    now,
    action,
  );
  const reply: Reply = { ...said, ...(action ? { action } : {}) };
  const next = save(world, comment, {
    replies: [...comment.replies, reply],
    modifiedTime: now,
    ...(action ? { resolved: action === 'resolve' } : {}),
  });
  tellOfComment(world, viewer, file, next, reply);
  return reply;
}

/** Throws `notFound`; a deleted one is there only for who asks for deleted ones. */
export function replyIn(comment: Comment, replyId: string, includeDeleted: boolean = false): Reply {
  const reply = comment.replies.find((one) => one.id === replyId && (includeDeleted || !one.deleted));
  if (!reply) throw missing('Reply', 'replyId', replyId);
  return reply;
}

/** Changes or (with no input) deletes a reply; only its author may. */
export function editReply(
  world: World,
  viewer: Viewer,
  comment: Comment,
  replyId: string,
  input: CommentInput | undefined,
): Reply {
  const reply = replyIn(comment, replyId);
  if (reply.author !== viewer.email) throw noPermission(comment.fileId);
  if (input) commentable(world, viewer, comment.fileId);
  const content = input ? contentOf(input) : '';
  const next: Reply = {
    ...reply,
    ...(input ? { content, mentions: mentionsIn(content) } : EMPTIED),
    modifiedTime: timestamp(world.now()),
  };
  const replies = comment.replies.map((one) => (one.id === replyId ? next : one));
  save(world, comment, { replies, modifiedTime: next.modifiedTime });
  return next;
}

export function dropComments(world: World, fileId: string): void {
  for (const row of world.list(comments, { prefix: `${fileId}/` }).toArray())
    world.remove(comments, comments.key(row));
}

/** Copies the comments of a file onto its copy. */
export function copyComments(world: World, fromId: string, fileId: string): void {
  for (const row of world.list(comments, { prefix: `${fromId}/`, where: (one) => !one.deleted }).toArray())
    world.insert(comments, { ...row, fileId, id: newId(world) });
}

/** The file, for who may speak; nobody may while its content is locked. */
function commentable(world: World, viewer: Viewer, fileId: string): FileRow {
  const file = fileFor(world, viewer, fileId, 'commenter');
  requireUnlocked(file);
  return file;
}

const EMPTIED = { deleted: true, content: '', mentions: [], assignee: undefined };

const save = (world: World, row: Comment, change: Partial<Comment>): Comment =>
  world.update(comments, comments.key(row), change);

const newId = (world: World): string => `AAAB${world.draw('google.comment').chars(BASE64URL, 7)}`;

/** A new comment's or reply's own part. `mute`: it may say nothing. */
function saidBy(world: World, viewer: Viewer, input: CommentInput, now: string, mute?: string) {
  const content = mute ? (input.content ?? '') : contentOf(input);
  return {
    id: newId(world),
    author: viewer.email,
    content,
    mentions: mentionsIn(content),
    ...(input.assignee === undefined ? {} : { assignee: input.assignee }),
    deleted: false,
    createdTime: now,
    modifiedTime: now,
  };
}

function contentOf({ content }: CommentInput): string {
  if (!content) throw badRequest('Content is required.', 'content');
  if (content.length > COMMENT_CHARS_MAX) throw badRequest('The content is too long.', 'content');
  return content;
}

function actionOf(action: string | undefined): Reply['action'] {
  if (action === undefined || action === '') return undefined;
  if (action !== 'resolve' && action !== 'reopen') throw badRequest('Invalid Value', 'action');
  return action;
}

const missing = (what: string, location: string, id: string) =>
  googleError('notFound', { message: `${what} not found: ${id}.`, location, locationType: 'parameter' });
