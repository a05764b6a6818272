/** Boards, sprints and epics as the agile API shows them. */

import { categoryId } from '../model/defaults.ts';
import { EPIC_COLOR, EPIC_NAME, FLAGGED, SPRINT } from '../model/fields/fields.ts';
import { issueNamed, levelOf } from '../model/issues/issueNamed.ts';
import { statusOf } from '../model/projects/projects.ts';
import { boardProject, sprintById } from '../model/software/sprints.ts';
import type { Board, Issue, Sprint } from '../world.ts';
import type { Address } from './address.ts';
import type { Wanted } from './issueView.ts';
import { projectAvatars } from './schemeViews.ts';

type Json = Record<string, unknown>;

export function boardView(at: Address, board: Board): Json {
  const project = boardProject(at.world, board);
  return {
    id: board.id,
    self: `${at.issues}/board/${board.id}`,
    name: board.name,
    type: board.type,
    location: {
      projectId: Number(project.id),
      displayName: `${project.name} (${project.key})`,
      projectName: project.name,
      projectKey: project.key,
      projectTypeKey: project.projectTypeKey,
      avatarURI: projectAvatars(at, project)['24x24'],
      name: `${project.name} (${project.key})`,
    },
    isPrivate: project.isPrivate,
  };
}

export const sprintView = (at: Address, sprint: Sprint): Json => ({
  id: sprint.id,
  self: `${at.issues}/sprint/${sprint.id}`,
  state: sprint.state,
  name: sprint.name,
  ...(sprint.startDate ? { startDate: sprint.startDate } : {}),
  ...(sprint.endDate ? { endDate: sprint.endDate } : {}),
  ...(sprint.completeDate ? { completeDate: sprint.completeDate } : {}),
  createdDate: sprint.createdDate,
  originBoardId: sprint.originBoardId,
  goal: sprint.goal ?? '',
});

const COLOURS = [
  'purple',
  'blue',
  'green',
  'teal',
  'yellow',
  'orange',
  'grey',
  'dark_purple',
  'dark_blue',
  'dark_green',
  'dark_teal',
  'dark_yellow',
  'dark_orange',
  'dark_grey',
];

/** An epic: the issue with its short name and colour. */
export function epicView(at: Address, epic: Issue): Json {
  const number = Number(/\d+$/.exec(String(epic.fields[EPIC_COLOR] ?? 'ghx-label-1'))?.[0] ?? 1);
  return {
    id: Number(epic.id),
    key: epic.key,
    self: `${at.issues}/epic/${epic.id}`,
    name: String(epic.fields[EPIC_NAME] ?? epic.fields.summary),
    summary: epic.fields.summary,
    color: { key: `color_${number}` },
    issueColor: { key: COLOURS[(number - 1) % COLOURS.length] },
    done: statusOf(at.world, epic.fields.status).statusCategory.id === categoryId('done'),
  };
}

/** Fields that only the agile API shows: `epic`, `sprint`, `closedSprints`, `flagged`. */
export function agileFields(at: Address, issue: Issue, wanted: Wanted): Json {
  const own = ((issue.fields[SPRINT] ?? []) as number[]).flatMap((id) => sprintById(at.world, id) ?? []);
  const open = own.find((sprint) => sprint.state !== 'closed');
  const closed = own.filter((sprint) => sprint.state === 'closed');
  const parent = issue.fields.parent ? issueNamed(at.world, issue.fields.parent.id) : undefined;
  const epic = parent && levelOf(at.world, parent) === 1 ? parent : undefined;
  const all: Json = {
    epic: epic ? epicView(at, epic) : null,
    sprint: open ? sprintView(at, open) : null,
    ...(closed.length > 0 ? { closedSprints: closed.map((sprint) => sprintView(at, sprint)) } : {}),
    flagged: Array.isArray(issue.fields[FLAGGED]) && (issue.fields[FLAGGED] as unknown[]).length > 0,
  };
  return Object.fromEntries(Object.entries(all).filter(([id]) => wanted(id, true)));
}
