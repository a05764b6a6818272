/** Comments on issues. */
import { type Call, endpoint, list, reply } from '../../../src/twin.ts';
import { refused } from '../errors.ts';
import { COMMENTS_PER_LIST_MAX } from '../limits.ts';
import {
  addComment,
  commentsById,
  commentsSeen,
  deleteComment,
  requireComment,
  updateComment,
} from '../model/issues/comments.ts';
import { requireIssue } from '../model/issues/issueNamed.ts';
import type { Comment } from '../world.ts';
import { type Address, addressOf, bodyObject, caller, doc, listParameter } from './address.ts';
import { rangeOf } from './meta.ts';
import { commentView } from './talkViews.ts';

const issueOf = (call: Call) => requireIssue(call.world, call.params.issueIdOrKey as string);
const expandOf = (call: Call) => listParameter(call.query, 'expand');

/** A comment with its address in `Location`. */
function located(at: Address, comment: Comment, status: number, expand: readonly string[]) {
  const body = commentView(at, comment, expand);
  return reply({ status, body, headers: [['location', String(body.self)]] });
}

export const commentEndpoints = [
  endpoint(
    {
      id: 'getComments',
      route: 'GET /rest/api/3/issue/{issueIdOrKey}/comment',
      page: { style: 'keyed', key: 'comments', default: 100, max: 5_000 },
      doc: doc('issue-comments', 'issue-issueidorkey-comment-get'),
    },
    (call) => {
      const at = addressOf(call);
      const newest = call.query.get('orderBy') === '-created';
      const comments = commentsSeen(call.world, at.me, issueOf(call), newest);
      return list(comments, (comment) => commentView(at, comment, expandOf(call)));
    },
  ),
  endpoint(
    {
      id: 'addComment',
      route: 'POST /rest/api/3/issue/{issueIdOrKey}/comment',
      doc: doc('issue-comments', 'issue-issueidorkey-comment-post'),
    },
    (call) => {
      const at = addressOf(call);
      const added = addComment(call.world, issueOf(call), caller(call), bodyObject(call), at.form);
      return located(at, added, 201, expandOf(call));
    },
  ),
  endpoint(
    {
      id: 'getComment',
      route: 'GET /rest/api/3/issue/{issueIdOrKey}/comment/{id}',
      doc: doc('issue-comments', 'issue-issueidorkey-comment-id-get'),
    },
    (call) => {
      const at = addressOf(call);
      const found = requireComment(call.world, at.me, issueOf(call), call.params.id);
      return commentView(at, found, expandOf(call));
    },
  ),
  endpoint(
    {
      id: 'updateComment',
      route: 'PUT /rest/api/3/issue/{issueIdOrKey}/comment/{id}',
      doc: doc('issue-comments', 'issue-issueidorkey-comment-id-put'),
    },
    (call) => {
      const at = addressOf(call);
      const { id } = call.params;
      const updated = updateComment(call.world, issueOf(call), caller(call), id, bodyObject(call), at.form);
      return located(at, updated, 200, expandOf(call));
    },
  ),
  endpoint(
    {
      id: 'deleteComment',
      route: 'DELETE /rest/api/3/issue/{issueIdOrKey}/comment/{id}',
      status: 204,
      doc: doc('issue-comments', 'issue-issueidorkey-comment-id-delete'),
    },
    (call) => deleteComment(call.world, issueOf(call), caller(call), call.params.id),
  ),
  endpoint(
    {
      id: 'getCommentsByIds',
      route: 'POST /rest/api/3/comment/list',
      page: { style: 'values', default: 1_000, max: 1_000 },
      doc: doc('issue-comments', 'comment-list-post'),
    },
    (call) => {
      const { ids } = bodyObject(call);
      if (!Array.isArray(ids) || ids.length === 0 || ids.length > COMMENTS_PER_LIST_MAX)
        throw refused('badRequest');
      const at = addressOf(call);
      return list(rangeOf(commentsById(call.world, at.me, ids)), (comment) =>
        commentView(at, comment, expandOf(call)),
      );
    },
  ),
];
