/** What is on a board: issues, backlog, epics, sprints, versions, projects. */
import { type Call, type Endpoint, endpoint, list } from '../../../src/twin.ts';
import { versionsOf } from '../model/projects/versions.ts';
import { backlogged, issuesOfBoard, projectsOfBoard } from '../model/software/boardIssues.ts';
import { moveToBoard } from '../model/software/boardMoves.ts';
import { boardProjects } from '../model/software/boardQuery.ts';
import { sprintsOfBoard } from '../model/software/boardSprints.ts';
import { epicsOfBoard, hasNoEpic, requireEpic } from '../model/software/epics.ts';
import { sprintIdsOf } from '../model/software/issueSprints.ts';
import { requireSprint } from '../model/software/sprints.ts';
import { addressOf, agileDoc, bodyObject, caller, listParameter, softwareDoc } from './address.ts';
import { boardAt } from './agileBoards.ts';
import { countOf, issueListEndpoints } from './agilePages.ts';
import { agileProject, boardVersion, epicView, ranked, sprintView } from './agileViews.ts';
import { rangeOf } from './meta.ts';

const page = { style: 'bare', default: 50, max: 50 };
const me = (call: Call) => addressOf(call).me;

const onBoard = (call: Call) => issuesOfBoard(call.world, me(call), boardAt(call));
const inBacklog = (call: Call) => {
  const board = boardAt(call);
  return issuesOfBoard(call.world, me(call), board, backlogged(call.world, board));
};

export const boardPartEndpoints: Endpoint[] = [
  ...issueListEndpoints({
    id: 'getIssuesForBoard',
    path: 'board/{boardId}/issue',
    group: 'board',
    rows: onBoard,
  }),
  ...issueListEndpoints({
    id: 'getIssuesForBacklog',
    path: 'board/{boardId}/backlog',
    group: 'board',
    rows: inBacklog,
  }),
  ...issueListEndpoints({
    id: 'getIssuesWithoutEpicForBoard',
    path: 'board/{boardId}/epic/none/issue',
    group: 'board',
    rows: (call) =>
      issuesOfBoard(call.world, me(call), boardAt(call), (issue) => hasNoEpic(call.world, issue)),
  }),
  ...issueListEndpoints({
    id: 'getBoardIssuesForEpic',
    path: 'board/{boardId}/epic/{epicId}/issue',
    group: 'board',
    rows(call) {
      const epic = requireEpic(call.world, me(call), call.params.epicId as string);
      return issuesOfBoard(
        call.world,
        me(call),
        boardAt(call),
        ({ fields }) => fields.parent?.id === epic.id,
      );
    },
  }),
  ...issueListEndpoints({
    id: 'getBoardIssuesForSprint',
    path: 'board/{boardId}/sprint/{sprintId}/issue',
    group: 'board',
    rows(call) {
      const sprint = requireSprint(call.world, me(call), call.params.sprintId as string);
      return issuesOfBoard(call.world, me(call), boardAt(call), (issue) =>
        sprintIdsOf(issue).includes(sprint.id),
      );
    },
  }),
  endpoint(
    {
      id: 'getApproximateIssueCountForBoard',
      route: 'GET /rest/software/1.0/board/{boardId}/issue/approximate-count',
      doc: softwareDoc('board', 'software-1-0-board-boardid-issue-approximate-count-get'),
    },
    (call: Call) => countOf(call, onBoard),
  ),
  endpoint(
    {
      id: 'getApproximateIssueCountForBacklog',
      route: 'GET /rest/software/1.0/board/{boardId}/backlog/approximate-count',
      doc: softwareDoc('board', 'software-1-0-board-boardid-backlog-approximate-count-get'),
    },
    (call: Call) => countOf(call, inBacklog),
  ),
  endpoint(
    {
      id: 'moveIssuesToBoard',
      route: 'POST /rest/agile/1.0/board/{boardId}/issue',
      doc: agileDoc('board', 'board-boardid-issue-post'),
    },
    (call) => ranked(moveToBoard(call.world, caller(call), boardAt(call), bodyObject(call))),
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
      const epics = epicsOfBoard(
        call.world,
        at.me,
        boardAt(call),
        done === null ? undefined : done === 'true',
      );
      return list(epics, (epic) => epicView(at, epic));
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
      const found = sprintsOfBoard(call.world, at.me, boardAt(call), listParameter(call.query, 'state'));
      return list(rangeOf(found), (one) => sprintView(at, one));
    },
  ),
  endpoint(
    {
      id: 'getAllVersions',
      route: 'GET /rest/agile/1.0/board/{boardId}/version',
      page,
      doc: agileDoc('board', 'board-boardid-version-get'),
    },
    (call) => {
      const at = addressOf(call);
      const released = call.query.get('released');
      const found = projectsOfBoard(call.world, at.me, boardAt(call))
        .flatMap((project) => versionsOf(call.world, project).toArray())
        .filter((version) => released === null || String(version.released) === released);
      return list(rangeOf(found), (one) => boardVersion(at, one));
    },
  ),
  endpoint(
    {
      id: 'getProjects',
      route: 'GET /rest/agile/1.0/board/{boardId}/project',
      page,
      doc: agileDoc('board', 'board-boardid-project-get'),
    },
    (call) => {
      const at = addressOf(call);
      return list(rangeOf(projectsOfBoard(call.world, at.me, boardAt(call))), (one) => agileProject(at, one));
    },
  ),
  endpoint(
    {
      id: 'getProjectsFull',
      route: 'GET /rest/agile/1.0/board/{boardId}/project/full',
      page,
      doc: agileDoc('board', 'board-boardid-project-full-get'),
    },
    (call) => {
      const at = addressOf(call);
      return list(rangeOf(boardProjects(call.world, boardAt(call))), (one) => agileProject(at, one));
    },
  ),
];
