/** Talk about a document as the API shows it. https://developers.google.com/workspace/docs/api/reference/rest/v1/documents */
import type { World } from '../../../../../src/world/world.ts';
import type { Comment, Reply } from '../../../drive/world/comments.ts';
import { accounts } from '../../../identity/world.ts';
import type { Suggestion, SuggestionPost } from '../../world/suggestions.ts';

type Shown = Record<string, unknown>;
type Said = Pick<Comment, 'id' | 'author' | 'content' | 'createdTime' | 'modifiedTime' | 'deleted'> & {
  action?: Reply['action'];
};

export const commentThreadView = (world: World, comment: Comment, viewer: string): Shown => ({
  commentId: comment.id,
  ...(comment.anchor?.startsWith('kix.') ? { anchorId: comment.anchor } : {}),
  headPost: postView(world, comment, viewer),
  ...(comment.replies.length > 0
    ? { replies: comment.replies.map((reply) => postView(world, reply, viewer)) }
    : {}),
  status: comment.resolved ? 'RESOLVED' : 'OPEN',
  ...(comment.quotedFileContent?.value ? { plainTextQuote: comment.quotedFileContent.value } : {}),
});

/** The head of a comment, or a reply to it. */
export function postView(world: World, said: Said, viewer: string): Shown {
  const times = { createTime: said.createdTime, updateTime: said.modifiedTime };
  if (said.deleted) return { postId: said.id, deleted: true, ...times };
  return {
    postId: said.id,
    content: said.content,
    contentHtml: htmlOf(said.content),
    author: authorView(world, said.author, viewer),
    ...times,
    commentAction: said.action ? said.action.toUpperCase() : 'NO_COMMENT_ACTION_CHANGE',
  };
}

export const suggestionThreadView = (world: World, row: Suggestion, viewer: string): Shown => ({
  suggestionId: row.suggestionId,
  headPost: {
    postId: row.postId,
    author: authorView(world, row.author, viewer),
    createTime: row.createTime,
    updateTime: row.updateTime,
    suggestionAction: 'NO_SUGGESTION_ACTION_CHANGE',
  },
  ...(row.replies.length > 0
    ? { replies: row.replies.map((post) => suggestionPostView(world, post, viewer)) }
    : {}),
  status: row.status,
  summaryHtml: htmlOf(row.summary),
  summaryText: row.summary,
});

export function suggestionPostView(world: World, post: SuggestionPost, viewer: string): Shown {
  const times = { createTime: post.createTime, updateTime: post.updateTime };
  if (post.deleted) return { postId: post.postId, deleted: true, ...times };
  return {
    postId: post.postId,
    ...(post.content ? { content: post.content, contentHtml: htmlOf(post.content) } : {}),
    author: authorView(world, post.author, viewer),
    ...times,
    suggestionAction: post.suggestionAction ?? 'NO_SUGGESTION_ACTION_CHANGE',
  };
}

function authorView(world: World, email: string, viewer: string): Shown {
  const account = world.get(accounts, email.toLowerCase());
  return {
    displayName: account?.name.fullName ?? email,
    ...(email === viewer ? { me: true } : {}),
    ...(account ? { user: `users/${account.id}` } : {}),
  };
}

const htmlOf = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '<br>');
