/** Comments and their replies. https://developers.google.com/workspace/drive/api/guides/manage-comments */
import { BASE64URL } from '../../../../src/ids.ts';
import type { Range } from '../../../../src/range.ts';
import type { World } from '../../../../src/world/world.ts';
import { badRequest, googleError } from '../../errors.ts';
import { type Comment, comments, type Reply, timestamp } from '../world.ts';
import { fileFor, noPermission, type Viewer, visibleFile } from './access.ts';

export interface CommentInput {
  content?: string;
  anchor?: string;
  quotedFileContent?: { mimeType?: string; value?: string };
  resolved?: boolean;
  action?: string;
}

/** Throws `notFound`, `insufficientFilePermissions` (a reader may not comment), `required`. */
export function addComment(world: World, viewer: Viewer, fileId: string, input: CommentInput): Comment {
  fileFor(world, viewer, fileId, 'commenter');
  const now = timestamp(world.now());
  return world.insert(comments, {
    fileId,
    id: newId(world),
    author: viewer.email,
    content: contentOf(input),
    ...(input.anchor === undefined ? {} : { anchor: input.anchor }),
    ...(input.quotedFileContent === undefined ? {} : { quotedFileContent: input.quotedFileContent }),
    deleted: false,
    createdTime: now,
    modifiedTime: now,
    replies: [],
  });
}

/** Newest change first, as the vendor lists them. */
export function commentsOf(
  world: World,
  viewer: Viewer,
  fileId: string,
  options: { includeDeleted: boolean; since?: string | null },
): Range<Comment> {
  visibleFile(world, viewer, fileId);
  const since = options.since ? Date.parse(options.since) : undefined;
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
  const row = commentIn(world, viewer, fileId, id);
  if (row.author !== viewer.email) throw noPermission(fileId);
  return save(world, row, { content: contentOf(input), modifiedTime: timestamp(world.now()) });
}

/** Leaves a mark without text; only its author may. */
export function deleteComment(world: World, viewer: Viewer, fileId: string, id: string): void {
  const row = commentIn(world, viewer, fileId, id);
  if (row.author !== viewer.email) throw noPermission(fileId);
  save(world, row, { deleted: true, content: '', modifiedTime: timestamp(world.now()) });
}

/** A reply; with `action` it resolves or reopens the comment. */
export function addReply(
  world: World,
  viewer: Viewer,
  fileId: string,
  id: string,
  input: CommentInput,
): Reply {
  fileFor(world, viewer, fileId, 'commenter');
  const comment = commentIn(world, viewer, fileId, id);
  const action = input.action === 'resolve' || input.action === 'reopen' ? input.action : undefined;
  const now = timestamp(world.now());
  const reply: Reply = {
    id: newId(world),
    author: viewer.email,
    content: action ? (input.content ?? '') : contentOf(input),
    ...(action ? { action } : {}),
    deleted: false,
    createdTime: now,
    modifiedTime: now,
  };
  save(world, comment, {
    replies: [...comment.replies, reply],
    modifiedTime: now,
    ...(action ? { resolved: action === 'resolve' } : {}),
  });
  return reply;
}

/** Throws `notFound`. */
export function replyIn(comment: Comment, replyId: string): Reply {
  const reply = comment.replies.find((one) => one.id === replyId && !one.deleted);
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
  const next: Reply = {
    ...reply,
    content: input ? contentOf(input) : '',
    deleted: input === undefined,
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

const save = (world: World, row: Comment, change: Partial<Comment>): Comment =>
  world.update(comments, comments.key(row), change);

const newId = (world: World): string => `AAAB${world.draw('google.comment').chars(BASE64URL, 7)}`;

function contentOf(input: CommentInput): string {
  if (!input.content) throw badRequest('Content is required.', 'content');
  return input.content;
}

const missing = (what: string, location: string, id: string) =>
  googleError('notFound', { message: `${what} not found: ${id}.`, location, locationType: 'parameter' });
