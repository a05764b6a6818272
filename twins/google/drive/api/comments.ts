/** Comments and replies. https://developers.google.com/workspace/drive/api/reference/rest/v3/comments */
import { type Call, type Endpoint, endpoint, list } from '../../../../src/twin.ts';
import type { World } from '../../../../src/world/world.ts';
import type { GoogleActor } from '../../actor.ts';
import { COMMENTS_PAGE_DEFAULT, COMMENTS_PAGE_MAX } from '../../limits.ts';
import { rangeOf } from '../../wire/page.ts';
import type { Viewer } from '../model/access.ts';
import {
  addComment,
  addReply,
  type CommentInput,
  commentIn,
  commentsOf,
  deleteComment,
  editComment,
  editReply,
  replyIn,
} from '../model/comment.ts';
import type { Comment, Reply } from '../world/comments.ts';
import { richText } from './richText.ts';
import { COMMENT_BODY } from './schema.ts';
import { userView } from './sharingView.ts';
import { driveViewer, said } from './viewer.ts';

const DOC = 'https://developers.google.com/workspace/drive/api/reference/rest/v3';
const WRITE = ['drive', 'drive.file'];
const READ = [...WRITE, 'drive.meet.readonly', 'drive.readonly'];
const COMMENTS = '/drive/v3/files/{fileId}/comments';
const ONE = `${COMMENTS}/{commentId}`;
const REPLIES = `${ONE}/replies`;

/** These methods say nothing unless `fields` says what. */
const commentTraits = { fieldsRequired: true };
const replyTraits = { fieldsRequired: true };

type Ids = 'GET /{fileId}/{commentId}/{replyId}';
type CommentCall = Call<GoogleActor> & {
  readonly params: Readonly<Record<'fileId' | 'commentId' | 'replyId', string>>;
};

const on = (
  id: string,
  route: string,
  more: { scopes: readonly string[]; traits?: Record<string, unknown>; status?: number; page?: string },
  handle: (call: CommentCall) => unknown,
): Endpoint =>
  endpoint<GoogleActor, Ids>(
    {
      id: `drive.${id}`,
      route: route as Ids,
      scopes: more.scopes,
      tier: 'drive',
      ...(/^(POST|PATCH)/.test(route) ? { input: COMMENT_BODY } : {}),
      ...(more.traits ? { traits: more.traits } : {}),
      ...(more.status ? { status: more.status } : {}),
      ...(more.page
        ? {
            page: { style: 'drive', key: more.page, default: COMMENTS_PAGE_DEFAULT, max: COMMENTS_PAGE_MAX },
          }
        : {}),
      doc: `${DOC}/${id.replace('.', '/')}`,
    },
    handle,
  );

export const commentEndpoints: readonly Endpoint[] = [
  on(
    'comments.list',
    `GET ${COMMENTS}`,
    { scopes: READ, traits: { fieldsRequired: true }, page: 'comments' },
    (call) =>
      list(
        commentsOf(call.world, driveViewer(call), call.params.fileId, {
          includeDeleted: wantsDeleted(call),
          since: call.query.get('startModifiedTime'),
        }),
        (row) => commentView(call, row),
        { kind: 'drive#commentList' },
      ),
  ),
  on('comments.create', `POST ${COMMENTS}`, { scopes: WRITE, traits: commentTraits }, (call) =>
    show(call, addComment(call.world, driveViewer(call), call.params.fileId, input(call))),
  ),
  on('comments.get', `GET ${ONE}`, { scopes: READ, traits: commentTraits }, (call) =>
    show(call, found(call, wantsDeleted(call))),
  ),
  on('comments.update', `PATCH ${ONE}`, { scopes: WRITE, traits: commentTraits }, (call) => {
    const { fileId, commentId } = call.params;
    return show(call, editComment(call.world, driveViewer(call), fileId, commentId, input(call)));
  }),
  on('comments.delete', `DELETE ${ONE}`, { scopes: WRITE, status: 204 }, (call) =>
    deleteComment(call.world, driveViewer(call), call.params.fileId, call.params.commentId),
  ),
  on(
    'replies.list',
    `GET ${REPLIES}`,
    { scopes: READ, traits: { fieldsRequired: true }, page: 'replies' },
    (call) =>
      list(
        rangeOf(found(call).replies.filter((one) => wantsDeleted(call) || !one.deleted)),
        (one) => replyView(call.world, driveViewer(call), one),
        { kind: 'drive#replyList' },
      ),
  ),
  on('replies.create', `POST ${REPLIES}`, { scopes: WRITE, traits: replyTraits }, (call) => {
    const { fileId, commentId } = call.params;
    const viewer = driveViewer(call);
    return replyView(call.world, viewer, addReply(call.world, viewer, fileId, commentId, input(call)));
  }),
  on('replies.get', `GET ${REPLIES}/{replyId}`, { scopes: READ, traits: replyTraits }, (call) =>
    replyView(
      call.world,
      driveViewer(call),
      replyIn(found(call, wantsDeleted(call)), call.params.replyId, wantsDeleted(call)),
    ),
  ),
  on('replies.update', `PATCH ${REPLIES}/{replyId}`, { scopes: WRITE, traits: replyTraits }, (call) => {
    const viewer = driveViewer(call);
    const next = editReply(call.world, viewer, found(call), call.params.replyId, input(call));
    return replyView(call.world, viewer, next);
  }),
  on('replies.delete', `DELETE ${REPLIES}/{replyId}`, { scopes: WRITE, status: 204 }, (call) => {
    editReply(call.world, driveViewer(call), found(call), call.params.replyId, undefined);
  }),
];

const input = (call: CommentCall): CommentInput => (call.input ?? {}) as CommentInput;
const wantsDeleted = (call: Pick<Call, 'query'>): boolean => said(call, 'includeDeleted');
const show = (call: CommentCall, row: Comment) => commentView(call, row);
const found = (call: CommentCall, deleted: boolean = false): Comment =>
  commentIn(call.world, driveViewer(call), call.params.fileId, call.params.commentId, deleted);

/** A comment as one viewer sees it. */
export function commentView(call: Call<GoogleActor>, row: Comment): Record<string, unknown> {
  const viewer = driveViewer(call);
  const replies = row.replies.filter((one) => wantsDeleted(call) || !one.deleted);
  return {
    kind: 'drive#comment',
    ...saidView(call.world, viewer, row),
    ...(row.resolved === undefined ? {} : { resolved: row.resolved }),
    ...(row.anchor === undefined ? {} : { anchor: row.anchor }),
    ...(row.quotedFileContent === undefined || row.deleted
      ? {}
      : { quotedFileContent: row.quotedFileContent }),
    replies: replies.map((one) => replyView(call.world, viewer, one)),
  };
}

/** A reply as one viewer sees it. */
export const replyView = (world: World, viewer: Viewer, row: Reply): Record<string, unknown> => ({
  kind: 'drive#reply',
  ...saidView(world, viewer, row),
  ...(row.action ? { action: row.action } : {}),
});

/** What comments and replies have in common; of deleted ones only that they were there. */
function saidView(world: World, viewer: Viewer, row: Comment | Reply): Record<string, unknown> {
  const { mentions = [], assignee } = row;
  return {
    id: row.id,
    createdTime: row.createdTime,
    modifiedTime: row.modifiedTime,
    author: authorView(world, viewer, row.author),
    ...(row.deleted || row.content === ''
      ? {}
      : { htmlContent: richText(row.content), content: row.content }),
    deleted: row.deleted,
    ...(mentions.length > 0 ? { mentionedEmailAddresses: mentions } : {}),
    ...(assignee === undefined ? {} : { assigneeEmailAddress: assignee }),
  };
}

/** Authors of comments go without e-mail, and their picture's address without a scheme. */
function authorView(world: World, viewer: Viewer, email: string): Record<string, unknown> {
  const { kind, displayName, photoLink, me } = userView(world, viewer, email);
  return {
    kind,
    displayName,
    ...(typeof photoLink === 'string' ? { photoLink: photoLink.replace(/^https:/, '') } : {}),
    me,
  };
}
