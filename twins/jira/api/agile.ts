/** Boards, sprints, epics and ranks: the agile API. */
import { type Call, endpoint, list } from '../../../src/twin.ts';
import { categoryId } from '../model/defaults.ts';
import { SPRINT } from '../model/fields/fields.ts';
import { requireIssue } from '../model/issues/issueNamed.ts';
import { searchIssues } from '../model/jql/search.ts';
import { requireProject, statusOf } from '../model/projects/projects.ts';
import {
  epicsOf,
  issuesOfBoard,
  issuesOfEpic,
  moveToEpic,
  rankIssues,
  requireEpic,
} from '../model/software/epics.ts';
import {
  allBoards,
  boardProject,
  createSprint,
  deleteSprint,
  issuesOfSprint,
  moveToSprint,
  RANK_FIELD_ID,
  requireBoard,
  requireSprint,
  sprintById,
  sprintsOf,
  updateSprint,
} from '../model/software/sprints.ts';
import { statusesOf } from '../model/workflows/workflowOf.ts';
import type { Issue } from '../world.ts';
import { addressOf, agileDoc, bodyObject, caller, listParameter } from './address.ts';
import { boardView, epicView, sprintView } from './agileViews.ts';
import { issueView, wantedFields } from './issueView.ts';
import { rangeOf } from './meta.ts';

const AGILE_EXPAND = 'operations,versionedRepresentations,editmeta,changelog,renderedFields';
const page = { style: 'bare', default: 50, max: 50 };
const issuePage = { style: 'keyed', key: 'issues', default: 50, max: 100 };
const moves = { status: 204, traits: { emptyType: 'text/html;charset=UTF-8' } };

/** A page of issues, by rank, of which `jql` leaves those that it finds. */
function issuesPage(call: Call, all: Iterable<Issue>) {
  const at = addressOf(call);
  const jql = call.query.get('jql');
  const found = jql ? new Set([...searchIssues(call.world, at.me, jql)].map((issue) => issue.id)) : undefined;
  const rows = [...all].filter((issue) => !found || found.has(issue.id));
  const wanted = wantedFields(listParameter(call.query, 'fields'), '*all');
  return list(rangeOf(rows), (issue) => issueView(at, issue, wanted, AGILE_EXPAND), {
    expand: 'schema,names',
  });
}

/** Whether an issue waits in the backlog: in no open sprint, and not done. */
function inBacklog(call: Call, issue: Issue): boolean {
  const open = ((issue.fields[SPRINT] ?? []) as number[]).some(
    (id) => sprintById(call.world, id)?.state !== 'closed',
  );
  return !open && statusOf(call.world, issue.fields.status).statusCategory.id !== categoryId('done');
}

export const agileEndpoints = [
  endpoint(
    { id: 'getAllBoards', route: 'GET /rest/agile/1.0/board', page, doc: agileDoc('board', 'board-get') },
    (call) => {
      const at = addressOf(call);
      const { query } = call;
      const project = query.get('projectKeyOrId');
      const projectId = project === null ? undefined : requireProject(call.world, project).id;
      const types = listParameter(query, 'type');
      const name = query.get('name')?.toLowerCase() ?? '';
      const found = allBoards(call.world).filter(
        (one) =>
          one.name.toLowerCase().includes(name) &&
          (projectId === undefined || one.projectId === projectId) &&
          (types.length === 0 || types.includes(one.type)),
      );
      return list(rangeOf(found), (one) => boardView(at, one));
    },
  ),
  endpoint(
    {
      id: 'getBoard',
      route: 'GET /rest/agile/1.0/board/{boardId}',
      doc: agileDoc('board', 'board-boardid-get'),
    },
    (call) => boardView(addressOf(call), requireBoard(call.world, call.params.boardId)),
  ),
  endpoint(
    {
      id: 'getConfiguration',
      route: 'GET /rest/agile/1.0/board/{boardId}/configuration',
      doc: agileDoc('board', 'board-boardid-configuration-get'),
    },
    (call) => {
      const at = addressOf(call);
      const board = requireBoard(call.world, call.params.boardId);
      const columns = statusesOf(call.world, boardProject(call.world, board)).map(({ id, name }) => ({
        name,
        statuses: [{ id, self: `${at.rest}/status/${id}` }],
      }));
      return {
        id: board.id,
        name: board.name,
        type: board.type,
        self: `${at.issues}/board/${board.id}/configuration`,
        location: { type: 'project', key: boardProject(call.world, board).key, id: board.projectId },
        columnConfig: { columns, constraintType: 'none' },
        ranking: { rankCustomFieldId: RANK_FIELD_ID },
      };
    },
  ),
  endpoint(
    {
      id: 'getIssuesForBoard',
      route: 'GET /rest/agile/1.0/board/{boardId}/issue',
      page: issuePage,
      doc: agileDoc('board', 'board-boardid-issue-get'),
    },
    (call) => issuesPage(call, issuesOfBoard(call.world, requireBoard(call.world, call.params.boardId))),
  ),
  endpoint(
    {
      id: 'getIssuesForBacklog',
      route: 'GET /rest/agile/1.0/board/{boardId}/backlog',
      page: issuePage,
      doc: agileDoc('board', 'board-boardid-backlog-get'),
    },
    (call) => {
      const board = requireBoard(call.world, call.params.boardId);
      return issuesPage(
        call,
        issuesOfBoard(call.world, board, (issue) => inBacklog(call, issue)),
      );
    },
  ),
  endpoint(
    {
      id: 'getEpics',
      route: 'GET /rest/agile/1.0/board/{boardId}/epic',
      page,
      doc: agileDoc('board', 'board-boardid-epic-get'),
    },
    (call) => {
      const at = addressOf(call);
      const done = call.query.get('done');
      const all = [...epicsOf(call.world, requireBoard(call.world, call.params.boardId))];
      const views = all
        .map((epic) => epicView(at, epic))
        .filter((epic) => done === null || String(epic.done) === done);
      return list(rangeOf(views), (epic) => epic);
    },
  ),
  endpoint(
    {
      id: 'getAllSprints',
      route: 'GET /rest/agile/1.0/board/{boardId}/sprint',
      page,
      doc: agileDoc('board', 'board-boardid-sprint-get'),
    },
    (call) => {
      const at = addressOf(call);
      const board = requireBoard(call.world, call.params.boardId);
      return list(sprintsOf(call.world, board, listParameter(call.query, 'state')), (one) =>
        sprintView(at, one),
      );
    },
  ),
  endpoint(
    {
      id: 'createSprint',
      route: 'POST /rest/agile/1.0/sprint',
      status: 201,
      doc: agileDoc('sprint', 'sprint-post'),
    },
    (call) => sprintView(addressOf(call), createSprint(call.world, bodyObject(call))),
  ),
  endpoint(
    {
      id: 'getSprint',
      route: 'GET /rest/agile/1.0/sprint/{sprintId}',
      doc: agileDoc('sprint', 'sprint-sprintid-get'),
    },
    (call) => sprintView(addressOf(call), requireSprint(call.world, call.params.sprintId)),
  ),
  endpoint(
    {
      id: 'partiallyUpdateSprint',
      route: 'POST /rest/agile/1.0/sprint/{sprintId}',
      doc: agileDoc('sprint', 'sprint-sprintid-post'),
    },
    changeSprint,
  ),
  endpoint(
    {
      id: 'updateSprint',
      route: 'PUT /rest/agile/1.0/sprint/{sprintId}',
      doc: agileDoc('sprint', 'sprint-sprintid-put'),
    },
    changeSprint,
  ),
  endpoint(
    {
      id: 'deleteSprint',
      route: 'DELETE /rest/agile/1.0/sprint/{sprintId}',
      status: 204,
      doc: agileDoc('sprint', 'sprint-sprintid-delete'),
    },
    (call) => deleteSprint(call.world, requireSprint(call.world, call.params.sprintId), caller(call)),
  ),
  endpoint(
    {
      id: 'getIssuesForSprint',
      route: 'GET /rest/agile/1.0/sprint/{sprintId}/issue',
      page: issuePage,
      doc: agileDoc('sprint', 'sprint-sprintid-issue-get'),
    },
    (call) => issuesPage(call, issuesOfSprint(call.world, requireSprint(call.world, call.params.sprintId))),
  ),
  endpoint(
    {
      id: 'moveIssuesToSprintAndRank',
      route: 'POST /rest/agile/1.0/sprint/{sprintId}/issue',
      ...moves,
      doc: agileDoc('sprint', 'sprint-sprintid-issue-post'),
    },
    (call) => {
      const sprint = requireSprint(call.world, call.params.sprintId);
      const { issues, rankBeforeIssue, rankAfterIssue } = bodyObject(call);
      moveToSprint(call.world, caller(call), issues, sprint);
      if (rankBeforeIssue ?? rankAfterIssue)
        rankIssues(call.world, caller(call), issues, rankBeforeIssue, rankAfterIssue);
    },
  ),
  endpoint(
    {
      id: 'moveIssuesToBacklog',
      route: 'POST /rest/agile/1.0/backlog/issue',
      ...moves,
      doc: agileDoc('backlog', 'backlog-issue-post'),
    },
    (call) => moveToSprint(call.world, caller(call), bodyObject(call).issues, undefined),
  ),
  endpoint(
    {
      id: 'removeIssuesFromEpic',
      route: 'POST /rest/agile/1.0/epic/none/issue',
      ...moves,
      doc: agileDoc('epic', 'epic-none-issue-post'),
    },
    (call) => moveToEpic(call.world, caller(call), bodyObject(call).issues, undefined),
  ),
  endpoint(
    {
      id: 'getEpic',
      route: 'GET /rest/agile/1.0/epic/{epicIdOrKey}',
      doc: agileDoc('epic', 'epic-epicidorkey-get'),
    },
    (call) => epicView(addressOf(call), requireEpic(call.world, call.params.epicIdOrKey)),
  ),
  endpoint(
    {
      id: 'getIssuesForEpic',
      route: 'GET /rest/agile/1.0/epic/{epicIdOrKey}/issue',
      page: issuePage,
      doc: agileDoc('epic', 'epic-epicidorkey-issue-get'),
    },
    (call) => issuesPage(call, issuesOfEpic(call.world, requireEpic(call.world, call.params.epicIdOrKey))),
  ),
  endpoint(
    {
      id: 'moveIssuesToEpic',
      route: 'POST /rest/agile/1.0/epic/{epicIdOrKey}/issue',
      ...moves,
      doc: agileDoc('epic', 'epic-epicidorkey-issue-post'),
    },
    (call) =>
      moveToEpic(
        call.world,
        caller(call),
        bodyObject(call).issues,
        requireEpic(call.world, call.params.epicIdOrKey),
      ),
  ),
  endpoint(
    {
      id: 'rankIssues',
      route: 'PUT /rest/agile/1.0/issue/rank',
      ...moves,
      doc: agileDoc('issue', 'issue-rank-put'),
    },
    (call) => {
      const { issues, rankBeforeIssue, rankAfterIssue } = bodyObject(call);
      rankIssues(call.world, caller(call), issues, rankBeforeIssue, rankAfterIssue);
    },
  ),
  endpoint(
    {
      id: 'getIssue',
      route: 'GET /rest/agile/1.0/issue/{issueIdOrKey}',
      doc: agileDoc('issue', 'issue-issueidorkey-get'),
    },
    (call) => {
      const issue = requireIssue(call.world, call.params.issueIdOrKey);
      return issueView(
        addressOf(call),
        issue,
        wantedFields(listParameter(call.query, 'fields'), '*all'),
        AGILE_EXPAND,
      );
    },
  ),
];

function changeSprint(call: Call) {
  const sprint = requireSprint(call.world, call.params.sprintId as string);
  return sprintView(addressOf(call), updateSprint(call.world, sprint, bodyObject(call)));
}
