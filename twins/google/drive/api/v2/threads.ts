/** Comments and replies as older programs ask for them. https://developers.google.com/workspace/drive/api/reference/rest/v2/comments */
import { type Call, type Endpoint, list } from '../../../../../src/twin.ts';
import type { GoogleActor } from '../../../actor.ts';
import { COMMENTS_PAGE_DEFAULT, COMMENTS_PAGE_MAX } from '../../../limits.ts';
import { flag, message, text } from '../../../schema.ts';
import { rangeOf } from '../../../wire/page.ts';
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
} from '../../model/comment.ts';
import type { Comment, Reply } from '../../world/comments.ts';
import { files } from '../../world.ts';
import { commentView, replyView } from '../comments.ts';
import { driveViewer, said } from '../viewer.ts';
import { rootV2, userV2 } from './fileV2.ts';
import { operation } from './operation.ts';

type ThreadCall = Call<GoogleActor> & {
  readonly params: Readonly<Record<'fileId' | 'commentId' | 'replyId', string>>;
};
type Fields = Record<string, unknown>;

const ALL = '/drive/v2/files/{fileId}/comments';
const ONE = `${ALL}/{commentId}`;
const REPLIES = `${ONE}/replies`;
const read = { scopes: ['drive', 'drive.file', 'drive.meet.readonly', 'drive.readonly'] };
const WRITE = ['drive', 'drive.file'];
const BODY = message({
  content: text,
  anchor: text,
  verb: text,
  deleted: flag,
  context: message({ type: text, value: text }),
});
const write = { scopes: WRITE, input: BODY };
const gone = { scopes: WRITE, status: 204 };
const pages = {
  page: { style: 'drive', key: 'items', default: COMMENTS_PAGE_DEFAULT, max: COMMENTS_PAGE_MAX },
  traits: { pageSize: 'maxResults' },
};

const on = operation<'fileId' | 'commentId' | 'replyId'>();

/** Whole or in part: both change the text only. */
const changes = (id: string, route: string, handle: (call: ThreadCall) => unknown): Endpoint[] =>
  ['PATCH', 'PUT'].map((method) =>
    on(`${id}.${method === 'PUT' ? 'update' : 'patch'}`, `${method} ${route}`, write, handle),
  );

export const threadsV2: readonly Endpoint[] = [
  on('comments.list', `GET ${ALL}`, { ...read, ...pages }, (call) => {
    const since = call.query.get('updatedMin');
    const rows = commentsOf(call.world, driveViewer(call), call.params.fileId, {
      includeDeleted: deleted(call),
      since,
    });
    return list(rows, (row) => comment(call, row), {
      kind: 'drive#commentList',
      selfLink: link(call, ''),
    });
  }),
  on('comments.get', `GET ${ONE}`, read, (call) => comment(call, found(call))),
  on('comments.insert', `POST ${ALL}`, write, (call) =>
    comment(call, addComment(call.world, driveViewer(call), call.params.fileId, input(call))),
  ),
  ...changes('comments', ONE, (call) => {
    const { fileId, commentId } = call.params;
    return comment(call, editComment(call.world, driveViewer(call), fileId, commentId, input(call)));
  }),
  on('comments.delete', `DELETE ${ONE}`, gone, (call) =>
    deleteComment(call.world, driveViewer(call), call.params.fileId, call.params.commentId),
  ),
  on('replies.list', `GET ${REPLIES}`, { ...read, ...pages }, (call) => {
    const rows = found(call).replies.filter((one) => deleted(call) || !one.deleted);
    return list(rangeOf(rows), (row) => reply(call, row), {
      kind: 'drive#commentReplyList',
      selfLink: link(call, `/${call.params.commentId}/replies`),
    });
  }),
  on('replies.get', `GET ${REPLIES}/{replyId}`, read, (call) =>
    reply(call, replyIn(found(call), call.params.replyId, deleted(call))),
  ),
  on('replies.insert', `POST ${REPLIES}`, write, (call) => {
    const { fileId, commentId } = call.params;
    return reply(call, addReply(call.world, driveViewer(call), fileId, commentId, input(call)));
  }),
  ...changes('replies', `${REPLIES}/{replyId}`, (call) =>
    reply(call, editReply(call.world, driveViewer(call), found(call), call.params.replyId, input(call))),
  ),
  on('replies.delete', `DELETE ${REPLIES}/{replyId}`, gone, (call) => {
    editReply(call.world, driveViewer(call), found(call), call.params.replyId, undefined);
  }),
];

const deleted = (call: ThreadCall): boolean => said(call, 'includeDeleted');
const found = (call: ThreadCall): Comment =>
  commentIn(call.world, driveViewer(call), call.params.fileId, call.params.commentId, deleted(call));
const link = ({ world, params }: ThreadCall, rest: string): string =>
  `${rootV2(world)}/files/${params.fileId}/comments${rest}`;

/** What v2 calls a verb is v3's action, its context the quoted content. */
function input(call: ThreadCall): CommentInput {
  const { content, anchor, verb, context } = (call.input ?? {}) as Record<string, string> & {
    context?: { type?: string; value?: string };
  };
  return {
    ...(content === undefined ? {} : { content }),
    ...(anchor === undefined ? {} : { anchor }),
    ...(verb === undefined ? {} : { action: verb }),
    ...(context === undefined
      ? {}
      : {
          quotedFileContent: {
            ...(context.type ? { mimeType: context.type } : {}),
            ...(context.value ? { value: context.value } : {}),
          },
        }),
  };
}

function renamed({ id: _id, createdTime, modifiedTime, author, ...rest }: Fields): Fields {
  return { ...rest, createdDate: createdTime, modifiedDate: modifiedTime, author: userV2(author) };
}

function comment(call: ThreadCall, row: Comment): Fields {
  const { resolved, quotedFileContent, replies: _replies, ...rest } = commentView(call, row);
  const quoted = quotedFileContent as { mimeType?: string; value?: string } | undefined;
  return {
    ...renamed(rest),
    commentId: row.id,
    selfLink: link(call, `/${row.id}`),
    status: resolved ? 'resolved' : 'open',
    ...(quoted ? { context: { type: quoted.mimeType ?? 'text/html', value: quoted.value } } : {}),
    fileId: row.fileId,
    fileTitle: call.world.get(files, row.fileId)?.name,
    replies: row.replies.filter((one) => deleted(call) || !one.deleted).map((one) => reply(call, one)),
  };
}

function reply(call: ThreadCall, row: Reply): Fields {
  const { action, ...rest } = replyView(call.world, driveViewer(call), row);
  return {
    ...renamed(rest),
    kind: 'drive#commentReply',
    replyId: row.id,
    ...(action ? { verb: action } : {}),
  };
}
