import { describe, expect, it } from 'vitest';
import { ANN, BOB } from '../domain.ts';
import { book, range } from './book.ts';

interface Inserted {
  commentThread: { commentId: string; anchorId: string; headPost: { postId: string } };
}
const insert = (content: string, more: object = {}) => ({
  insertComment: { content, coordinate: { rowIndex: 1, columnIndex: 0 }, ...more },
});
const ALL = '?commentsViewMode=COMMENTS_VIEW_MODE_INCLUDED';

describe('comments in a spreadsheet', () => {
  it('are threads on cells, quote them and move with them', async () => {
    const opened = await book([['a'], ['b']]);
    const { commentThread } = await opened.reply<Inserted>(insert('Really?'));
    expect(commentThread).toMatchObject({
      commentId: expect.any(String),
      headPost: { content: 'Really?', author: { displayName: 'Ann Admin', me: true } },
      plainTextQuote: 'b',
      status: 'OPEN',
    });
    await opened.done({
      insertDimension: { range: { sheetId: 0, dimension: 'ROWS', startIndex: 0, endIndex: 1 } },
    });
    const { body } = await opened.call(`GET ${opened.path}${ALL}`);
    expect(body.comments).toEqual([commentThread]);
    expect(body.sheets).toMatchObject([
      { commentAnchors: [{ anchorId: commentThread.anchorId, range: { startRowIndex: 2, endRowIndex: 3 } }] },
    ]);
    expect((await opened.call(`GET ${opened.path}`)).body.comments).toBeUndefined();
  });

  it('are comments of the file in Drive', async () => {
    const opened = await book([['a'], ['b']]);
    const { commentThread } = await opened.reply<Inserted>(insert('Really?'));
    const { body } = await opened.call(`GET /drive/v3/files/${opened.spreadsheetId}/comments?fields=*`);
    expect(body.comments).toMatchObject([
      {
        id: commentThread.commentId,
        content: 'Really?',
        quotedFileContent: { value: 'b' },
        anchor: expect.stringContaining(commentThread.anchorId),
      },
    ]);
  });

  it('are answered, resolved, edited and deleted by who wrote them', async () => {
    const opened = await book([['a']]);
    const { commentThread } = await opened.reply<Inserted>(insert('One'));
    const { commentId } = commentThread;
    const { post } = await opened.reply<{ post: { postId: string } }>({
      addCommentReply: { commentId, post: { content: 'Two' } },
    });
    await opened.done(
      { updateCommentPost: { commentId, postId: post.postId, content: 'Three' } },
      { updateCommentPost: { commentId, postId: commentThread.headPost.postId, content: 'Zero' } },
      { addCommentReply: { commentId, post: { commentAction: 'RESOLVE' } } },
    );
    const shown = async () => (await opened.call(`GET ${opened.path}${ALL}`)).body.comments;
    expect(await shown()).toMatchObject([
      {
        headPost: { content: 'Zero' },
        status: 'RESOLVED',
        replies: [{ content: 'Three' }, { commentAction: 'RESOLVE' }],
      },
    ]);
    await opened.done({ deleteCommentReply: { commentId, postId: post.postId } });
    expect(await shown()).toMatchObject([{ replies: [{ postId: post.postId, deleted: true }, {}] }]);
    await opened.done({ deleteComment: { commentId } });
    expect(await shown()).toBeUndefined();
  });

  it('may not be changed by others', async () => {
    const opened = await book([['a']]);
    const { commentThread } = await opened.reply<Inserted>(insert('Mine'));
    await opened.call(`POST /drive/v3/files/${opened.spreadsheetId}/permissions`, {
      type: 'user',
      role: 'writer',
      emailAddress: BOB,
    });
    const requests = [{ deleteComment: { commentId: commentThread.commentId } }];
    const { status, body } = await opened.call(
      `POST ${opened.path}:batchUpdate`,
      { requests },
      opened.tokenFor(BOB),
    );
    expect(status).toBe(400);
    expect(body.error).toMatchObject({
      message: 'Invalid requests[0].deleteComment: The requesting user is not the author of the post.',
    });
  });

  it.each([
    [insert(''), 'insertComment: The content of a comment cannot be empty.'],
    [insert('x'.repeat(2049)), 'insertComment: The content of a comment must not exceed 2048 code units.'],
    [
      { addCommentReply: { commentId: 'nope', post: { content: 'x' } } },
      'addCommentReply: No comment with id: nope',
    ],
  ])('%j is refused', async (request, why) => {
    const opened = await book([['a']]);
    expect(await opened.refused(request)).toBe(`Invalid requests[0].${why}`);
  });

  it('take replies that give something to do only below such comments', async () => {
    const opened = await book([['a']]);
    const { commentThread } = await opened.reply<Inserted>(insert('For you', { assigneeEmailAddress: BOB }));
    const { commentThread: plain } = await opened.reply<Inserted>(insert('For all'));
    await opened.done({
      addCommentReply: {
        commentId: commentThread.commentId,
        post: { content: 'No, you', assigneeEmail: ANN },
      },
    });
    expect(
      await opened.refused({
        addCommentReply: { commentId: plain.commentId, post: { content: 'You', assigneeEmail: ANN } },
      }),
    ).toMatch(/does not have an assignee/);
  });
});

describe('data sources', () => {
  it('are not there: what names one is refused, what means all finds none, adding one is a gap', async () => {
    const opened = await book();
    expect(await opened.refused({ deleteDataSource: { dataSourceId: '7' } })).toBe(
      'Invalid requests[0].deleteDataSource: No data source with id: 7',
    );
    expect(
      await opened.done({ refreshDataSource: { isAll: true } }, { cancelDataSourceRefresh: { isAll: true } }),
    ).toHaveLength(2);
    const added = await opened.batch({ addDataSource: { dataSource: { spec: { looker: { model: 'm' } } } } });
    expect(added.status).toBe(501);
    expect(
      await opened.refused({
        addChart: {
          chart: {
            position: { newSheet: true },
            spec: {
              dataSourceChartProperties: { dataSourceId: '7' },
              pieChart: { domain: { sourceRange: { sources: [range(0, 1, 0, 1)] } } },
            },
          },
        },
      }),
    ).toBe('Invalid requests[0].addChart: No data source with id: 7');
  });
});
