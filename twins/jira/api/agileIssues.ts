/** Issues of the agile API: read with its fields, ranked, estimated, put back into the backlog. */
import { type Call, type Endpoint, endpoint } from '../../../src/twin.ts';
import { badQuery } from '../errors.ts';
import { moveToBoardBacklog } from '../model/software/boardMoves.ts';
import { requireBoard } from '../model/software/boards.ts';
import { estimate, estimationAt } from '../model/software/estimation.ts';
import { visibleIssue } from '../model/software/moved.ts';
import { rankIssues } from '../model/software/ranking.ts';
import { moveToSprint } from '../model/software/sprintMoves.ts';
import type { Board, Issue } from '../world.ts';
import { addressOf, agileDoc, bodyObject, caller } from './address.ts';
import { boardAt } from './agileBoards.ts';
import { agileIssue } from './agilePages.ts';
import { ranked } from './agileViews.ts';

/** The issue that a path names, where the caller sees it. */
const issueAt = (call: Call): Issue =>
  visibleIssue(call.world, addressOf(call).me, call.params.issueIdOrKey as string);

/** The board by which an issue is estimated. */
function boardAsked(call: Call): Board {
  const id = call.query.get('boardId');
  if (!id) throw badQuery('The boardId must be provided.');
  return requireBoard(call.world, addressOf(call).me, id);
}

export const agileIssueEndpoints: Endpoint[] = [
  endpoint(
    {
      id: 'getIssue',
      route: 'GET /rest/agile/1.0/issue/{issueIdOrKey}',
      doc: agileDoc('issue', 'issue-issueidorkey-get'),
    },
    (call) => agileIssue(addressOf(call), issueAt(call), call.query),
  ),
  endpoint(
    { id: 'rankIssues', route: 'PUT /rest/agile/1.0/issue/rank', doc: agileDoc('issue', 'issue-rank-put') },
    (call) => {
      const input = bodyObject(call);
      return ranked(rankIssues(call.world, caller(call), input.issues, input));
    },
  ),
  endpoint(
    {
      id: 'getIssueEstimationForBoard',
      route: 'GET /rest/agile/1.0/issue/{issueIdOrKey}/estimation',
      doc: agileDoc('issue', 'issue-issueidorkey-estimation-get'),
    },
    (call) => estimationAt(call.world, addressOf(call).me, boardAsked(call), issueAt(call)),
  ),
  endpoint(
    {
      id: 'estimateIssueForBoard',
      route: 'PUT /rest/agile/1.0/issue/{issueIdOrKey}/estimation',
      doc: agileDoc('issue', 'issue-issueidorkey-estimation-put'),
    },
    (call) => {
      const board = boardAsked(call);
      const saved = estimate(call.world, caller(call), board, issueAt(call), bodyObject(call).value);
      return estimationAt(call.world, caller(call), board, saved);
    },
  ),
  endpoint(
    {
      id: 'moveIssuesToBacklog',
      route: 'POST /rest/agile/1.0/backlog/issue',
      status: 204,
      traits: { emptyType: 'text/html;charset=UTF-8' },
      doc: agileDoc('backlog', 'backlog-issue-post'),
    },
    (call) => moveToSprint(call.world, caller(call), bodyObject(call).issues, undefined),
  ),
  endpoint(
    {
      id: 'moveIssuesToBacklogForBoard',
      route: 'POST /rest/agile/1.0/backlog/{boardId}/issue',
      doc: agileDoc('backlog', 'backlog-boardid-issue-post'),
    },
    (call) => ranked(moveToBoardBacklog(call.world, caller(call), boardAt(call), bodyObject(call))),
  ),
];
