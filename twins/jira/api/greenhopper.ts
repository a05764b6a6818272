/**
 * The reports of boards under the address that their pages and older clients ask: `/rest/greenhopper/1.0`. It has no
 * description; the shapes are those that programs on it read.
 */
import { type Call, type Endpoint, endpoint } from '../../../src/twin.ts';
import { fieldById } from '../model/fields/fields.ts';
import { personOf } from '../model/people/people.ts';
import { issueTypeOf, priorityOf, statusOf } from '../model/projects/projects.ts';
import { hasSprints } from '../model/software/boardFeatures.ts';
import { estimationOf } from '../model/software/boardSettings.ts';
import { sprintsOfBoard } from '../model/software/boardSprints.ts';
import { editsBoard, requireBoard, searchBoards } from '../model/software/boards.ts';
import { burndown, sprintReport, sumOf, velocities } from '../model/software/reports.ts';
import { type Part, storyOf } from '../model/software/sprintStory.ts';
import { requireSprint } from '../model/software/sprints.ts';
import { DAY_MS } from '../model/time.ts';
import type { Board, Sprint } from '../world.ts';
import { type Address, addressOf, caller } from './address.ts';
import { statusView } from './schemeViews.ts';

type Json = Record<string, unknown>;

const ROOT = '/rest/greenhopper/1.0';
const doc = 'https://developer.atlassian.com/cloud/jira/software/rest/intro/';

const sprintView = ({ id, sequence, name, state }: Sprint): Json => ({
  id,
  sequence,
  name,
  state: state.toUpperCase(),
  linkedPagesCount: 0,
});

const shownDate = (text: string | undefined): string => (text === undefined ? 'None' : text);

function reportedSprint(at: Address, sprint: Sprint): Json {
  const left = sprint.endDate ? Math.ceil((Date.parse(sprint.endDate) - at.world.now()) / DAY_MS) : 0;
  return {
    ...sprintView(sprint),
    goal: sprint.goal ?? '',
    startDate: shownDate(sprint.startDate),
    endDate: shownDate(sprint.endDate),
    completeDate: shownDate(sprint.completeDate),
    isoStartDate: shownDate(sprint.startDate),
    isoEndDate: shownDate(sprint.endDate),
    isoCompleteDate: shownDate(sprint.completeDate),
    canUpdateSprint: true,
    remoteLinks: [],
    daysRemaining: sprint.state === 'active' ? Math.max(0, left) : 0,
  };
}

const sum = (value: number | null): Json =>
  value === null ? { text: 'null' } : { value, text: value.toFixed(1) };

function partView(at: Address, board: Board, { issue, before, after }: Part): Json {
  const { fields } = issue;
  const status = statusOf(at.world, { id: after.statusId });
  const assignee = personOf(at.world, fields.assignee);
  const stat = (value: number | null) => ({
    statFieldId: estimationOf(board),
    statFieldValue: value === null ? {} : { value },
  });
  const type = issueTypeOf(at.world, fields.issuetype);
  return {
    id: Number(issue.id),
    key: issue.key,
    hidden: false,
    typeName: type.name,
    typeId: type.id,
    summary: fields.summary,
    ...(fields.priority ? { priorityName: priorityOf(at.world, fields.priority).name } : {}),
    done: after.done,
    ...(assignee
      ? {
          assignee: assignee.accountId,
          assigneeAccountId: assignee.accountId,
          assigneeName: assignee.displayName,
        }
      : {}),
    flagged: false,
    labels: fields.labels,
    estimateStatistic: stat(before.estimate),
    currentEstimateStatistic: stat(after.estimate),
    estimateStatisticRequired: false,
    statusId: status.id,
    statusName: status.name,
    status: statusView(at, status),
    fixVersions: fields.fixVersions.map(({ id }) => Number(id)),
    projectId: Number(fields.project.id),
    linkedPagesCount: 0,
  };
}

/** The board and the sprint that a report is asked of. */
function asked(call: Call): { at: Address; board: Board; sprint: Sprint } {
  const at = addressOf(call);
  const board = requireBoard(at.world, at.me, call.query.get('rapidViewId') ?? '');
  return { at, board, sprint: requireSprint(at.world, at.me, call.query.get('sprintId') ?? '') };
}

function report(call: Call): Json {
  const { at, board, sprint } = asked(call);
  const { completed, open, punted, elsewhere } = sprintReport(storyOf(at.world, board, sprint).parts);
  const views = (parts: readonly Part[]) => parts.map((one) => partView(at, board, one));
  const added = [...completed, ...open, ...punted].filter((one) => one.added);
  return {
    contents: {
      completedIssues: views(completed),
      issuesNotCompletedInCurrentSprint: views(open),
      puntedIssues: views(punted),
      issuesCompletedInAnotherSprint: views(elsewhere),
      completedIssuesInitialEstimateSum: sum(sumOf(completed, 'before')),
      completedIssuesEstimateSum: sum(sumOf(completed, 'after')),
      issuesNotCompletedInitialEstimateSum: sum(sumOf(open, 'before')),
      issuesNotCompletedEstimateSum: sum(sumOf(open, 'after')),
      allIssuesEstimateSum: sum(sumOf([...completed, ...open], 'after')),
      puntedIssuesInitialEstimateSum: sum(sumOf(punted, 'before')),
      puntedIssuesEstimateSum: sum(sumOf(punted, 'after')),
      issuesCompletedInAnotherSprintInitialEstimateSum: sum(sumOf(elsewhere, 'before')),
      issuesCompletedInAnotherSprintEstimateSum: sum(sumOf(elsewhere, 'after')),
      issueKeysAddedDuringSprint: Object.fromEntries(added.map(({ issue }) => [issue.key, true])),
    },
    sprint: reportedSprint(at, sprint),
    supportsPages: true,
  };
}

function velocity(call: Call): Json {
  const at = addressOf(call);
  const found = velocities(at.world, requireBoard(at.world, at.me, call.query.get('rapidViewId') ?? ''));
  const entries = found.map(({ sprint, estimated, completed }) => [
    sprint.id,
    { estimated: sum(estimated), completed: sum(completed) },
  ]);
  return {
    sprints: found.map(({ sprint }) => reportedSprint(at, sprint)),
    velocityStatEntries: Object.fromEntries(entries),
  };
}

function burndownChart(call: Call): Json {
  const { at, board, sprint } = asked(call);
  const story = storyOf(at.world, board, sprint);
  const { starts, ends, parts } = story;
  const fieldId = estimationOf(board);
  const field = fieldById(at.world, fieldId);
  return {
    changes: Object.fromEntries(burndown(story)),
    startTime: starts,
    endTime: sprint.endDate ? Date.parse(sprint.endDate) : ends,
    ...(sprint.completeDate ? { completeTime: ends } : {}),
    now: at.world.now(),
    statisticField: {
      typeId: field ? 'field' : 'issueCount',
      ...(field ? { fieldId } : {}),
      id: field ? `field_${fieldId}` : 'issueCount_',
      name: field?.name ?? 'Issue Count',
      isValid: true,
      isEnabled: true,
      renderer: fieldId === 'timeoriginalestimate' ? 'duration' : 'number',
    },
    issueToParentKeys: {},
    issueToSummary: Object.fromEntries(parts.map(({ issue }) => [issue.key, issue.fields.summary])),
  };
}

function rapidViews(call: Call): Json {
  const at = addressOf(call);
  const me = caller(call);
  const views = searchBoards(at.world, me, {
    types: [],
    projectTypes: [],
    negateLocation: false,
    includePrivate: false,
  }).map((board) => ({
    id: board.id,
    name: board.name,
    canEdit: editsBoard(at.world, me, board),
    sprintSupportEnabled: hasSprints(at.world, board),
  }));
  return { views };
}

export const greenhopperEndpoints: readonly Endpoint[] = [
  endpoint({ id: 'rapidViews', route: `GET ${ROOT}/rapidview`, doc }, rapidViews),
  endpoint({ id: 'rapidViewsList', route: `GET ${ROOT}/rapidviews/list`, doc }, rapidViews),
  endpoint({ id: 'sprintQuery', route: `GET ${ROOT}/sprintquery/{boardId}`, doc }, (call: Call) => {
    const at = addressOf(call);
    const board = requireBoard(at.world, at.me, call.params.boardId as string);
    const found = sprintsOfBoard(at.world, at.me, board, []);
    const shown = found.filter(
      ({ state }) => state !== 'future' || call.query.get('includeFutureSprints') === 'true',
    );
    return { sprints: shown.map(sprintView), rapidViewId: board.id };
  }),
  endpoint({ id: 'sprintReport', route: `GET ${ROOT}/rapid/charts/sprintreport`, doc }, report),
  endpoint({ id: 'velocityReport', route: `GET ${ROOT}/rapid/charts/velocity`, doc }, velocity),
  endpoint(
    { id: 'burndownReport', route: `GET ${ROOT}/rapid/charts/scopechangeburndownchart`, doc },
    burndownChart,
  ),
];
