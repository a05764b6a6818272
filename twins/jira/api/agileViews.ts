/** Boards, sprints and epics as the agile API shows them. */

import { type Reply, reply } from '../../../src/twin.ts';
import { EPIC_NAME, FLAGGED } from '../model/fields/fields.ts';
import { issueNamed, levelOf } from '../model/issues/issueNamed.ts';
import { personOf } from '../model/people/people.ts';
import { projectOf } from '../model/projects/projects.ts';
import { boardProject, editsBoard, seesBoard } from '../model/software/boards.ts';
import { colorOf, isDone } from '../model/software/epics.ts';
import { sprintById, sprintIdsOf } from '../model/software/issueSprints.ts';
import type { RankEntry } from '../model/software/ranking.ts';
import { type Board, filters, type Issue, type Project, type Sprint, type Version } from '../world.ts';
import type { Address } from './address.ts';
import type { Wanted } from './issueView.ts';
import { avatarsOf } from './peopleView.ts';
import { projectAvatars } from './schemeViews.ts';

type Json = Record<string, unknown>;

/** A board by itself. Who administers the site and may not look into it sees that it is there, and no more. */
export function boardView(at: Address, board: Board): Json {
  return {
    id: board.id,
    self: `${at.issues}/board/${board.id}`,
    name: board.name,
    type: board.type,
    location: locationView(at, board),
    isPrivate: isPrivate(at, board),
  };
}

/** A board in a list, with what `expand` adds: `admins`, `permissions`. */
export function listedBoard(at: Address, board: Board, expand: readonly string[]): Json {
  const { name, type, ...rest } = boardView(at, board);
  if (!seesBoard(at.world, at.me, board)) return rest;
  return {
    ...boardView(at, board),
    ...(expand.includes('admins') ? { admins: adminsView(at, board) } : {}),
    ...(expand.includes('permissions') && at.me ? { canEdit: editsBoard(at.world, at.me, board) } : {}),
  };
}

function isPrivate(at: Address, { filterId, projectId }: Board): boolean {
  const filter = filterId === undefined ? undefined : at.world.get(filters, filterId);
  if (filter) return filter.sharePermissions.length === 0;
  return projectId !== undefined && projectOf(at.world, { id: projectId }).isPrivate;
}

function locationView(at: Address, board: Board): Json {
  const project = boardProject(at.world, board);
  if (!project) {
    const name = personOf(at.world, board.admin)?.displayName ?? '';
    return { userAccountId: board.admin.accountId, displayName: name, name };
  }
  return {
    projectId: Number(project.id),
    displayName: `${project.name} (${project.key})`,
    projectName: project.name,
    projectKey: project.key,
    projectTypeKey: project.projectTypeKey,
    avatarURI: projectAvatars(at, project)['24x24'],
    name: `${project.name} (${project.key})`,
  };
}

function adminsView(at: Address, board: Board): Json {
  const user = personOf(at.world, board.admin);
  if (!user) return { users: [], groups: [] };
  const { accountId, displayName, active } = user;
  const self = `${at.rest}/user?accountId=${encodeURIComponent(accountId)}`;
  return { users: [{ self, accountId, avatarUrls: avatarsOf(user), displayName, active }], groups: [] };
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
  const number = colorOf(epic);
  return {
    id: Number(epic.id),
    key: epic.key,
    self: `${at.issues}/epic/${epic.id}`,
    name: String(epic.fields[EPIC_NAME] ?? epic.fields.summary),
    summary: epic.fields.summary,
    color: { key: `color_${number}` },
    issueColor: { key: COLOURS[(number - 1) % COLOURS.length] },
    done: isDone(at.world, epic),
  };
}

/** A project as boards list it. */
export const agileProject = (at: Address, project: Project): Json => ({
  self: `${at.rest}/project/${project.id}`,
  id: project.id,
  key: project.key,
  name: project.name,
  avatarUrls: projectAvatars(at, project),
  projectTypeKey: project.projectTypeKey,
  simplified: project.simplified,
  style: project.style,
});

/** A version as boards list it: with numbers for ids. */
export const boardVersion = (at: Address, version: Version): Json => ({
  self: `${at.rest}/version/${version.id}`,
  id: Number(version.id),
  projectId: Number(version.projectId),
  name: version.name,
  description: version.description ?? '',
  archived: version.archived,
  released: version.released,
  ...(version.startDate ? { startDate: version.startDate } : {}),
  ...(version.releaseDate ? { releaseDate: version.releaseDate } : {}),
});

/** The answer to a ranking: nothing where all went well, else how each issue went. */
export const ranked = (entries: readonly RankEntry[]): Reply =>
  entries.every((entry) => entry.status === 200)
    ? reply({ status: 204, headers: [['content-type', 'text/html;charset=UTF-8']] })
    : reply({ status: 207, body: { entries } });

/** Fields that only the agile API shows: `epic`, `sprint`, `closedSprints`, `flagged`. */
export function agileFields(at: Address, issue: Issue, wanted: Wanted): Json {
  const own = sprintIdsOf(issue).flatMap((id) => sprintById(at.world, id) ?? []);
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
