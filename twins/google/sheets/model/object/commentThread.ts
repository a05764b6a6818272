/**
 * Comments on cells: Drive's comments on the file, anchored at a cell of a sheet.
 * https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets#CommentThread
 */
import type { World } from '../../../../../src/world/world.ts';
import type { Viewer } from '../../../drive/model/access.ts';
import { type Comment, comments, type Reply } from '../../../drive/world/comments.ts';
import { accounts } from '../../../identity/world.ts';
import { objectWith } from './store.ts';

/** The thread as the API shows it; its anchor is said while the cell is there. */
export function threadOf(world: World, viewer: Viewer, comment: Comment): Record<string, unknown> {
  const anchorId = comment.anchor && anchorIn(comment.anchor);
  const anchored = anchorId && objectWith(world, comment.fileId, 'commentAnchor', anchorId);
  const { value: quote } = comment.quotedFileContent ?? {};
  return {
    commentId: comment.id,
    ...(anchored ? { anchorId } : {}),
    headPost: postOf(world, viewer, comment),
    ...(comment.replies.length > 0
      ? { replies: comment.replies.map((reply) => postOf(world, viewer, reply)) }
      : {}),
    ...(quote ? { plainTextQuote: quote } : {}),
    status: comment.resolved ? 'RESOLVED' : 'OPEN',
  };
}

/** The threads of a spreadsheet as they came. */
export const threadsOf = (world: World, viewer: Viewer, spreadsheetId: string): Record<string, unknown>[] =>
  world
    .list(comments, { prefix: `${spreadsheetId}/`, where: (row) => !row.deleted })
    .toArray()
    .sort((a, b) => (a.createdTime < b.createdTime ? -1 : 1))
    .map((comment) => threadOf(world, viewer, comment));

/** A comment or a reply; of a deleted one neither text nor author. */
export function postOf(world: World, viewer: Viewer, said: Comment | Reply): Record<string, unknown> {
  const { id: postId, createdTime: createTime, modifiedTime: updateTime, assignee } = said;
  if (said.deleted) return { postId, createTime, updateTime, deleted: true };
  const action = 'action' in said ? said.action : undefined;
  const account = world.get(accounts, said.author.toLowerCase());
  const me = said.author.toLowerCase() === viewer.email.toLowerCase();
  return {
    postId,
    author: {
      displayName: account?.name.fullName ?? said.author,
      ...(account ? { user: `users/${account.id}` } : {}),
      ...(me ? { me } : {}),
    },
    ...(said.content === '' ? {} : { content: said.content, contentHtml: escaped(said.content) }),
    createTime,
    updateTime,
    ...(action ? { commentAction: action === 'resolve' ? 'RESOLVE' : 'REOPEN' } : {}),
    ...(assignee ? { assigneeEmail: assignee } : {}),
  };
}

/** How Drive names a place in a workbook: `{"type":"workbook-range","uid":0,"range":"1283474"}`. */
export const anchorText = (anchorId: string): string =>
  JSON.stringify({ type: 'workbook-range', uid: 0, range: anchorId });

const anchorIn = (anchor: string): string | undefined => /"range":"(\w+)"/.exec(anchor)?.[1];

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`).replaceAll('\n', '<br>');
