/** What happened in a sprint: told from the changelogs of the issues that are or were in it. */
import type { World } from '../../../../src/world/world.ts';
import { type Board, type HistoryItem, histories, type Issue, issues, type Sprint } from '../../world.ts';
import { SPRINT } from '../fields/fields.ts';
import { historyOf } from '../issues/history.ts';
import { parseStamp } from '../time.ts';
import { doneColumn } from './boardColumns.ts';
import { estimationOf } from './boardSettings.ts';
import { sprintIdsOf } from './issueSprints.ts';

/** An issue of a sprint at a moment. */
export interface Standing {
  inSprint: boolean;
  done: boolean;
  /** In the field that the board counts with. */
  estimate: number | null;
  statusId: string;
}

/** What became of one issue. */
export interface Part {
  issue: Issue;
  /** How it stood when the sprint began, and stands at its end, or now. */
  before: Standing;
  after: Standing;
  /** It came while the sprint ran. */
  added: boolean;
  /** How it stood at a moment, milliseconds. */
  at(ms: number): Standing;
  /** Moments of its changes within the sprint, milliseconds, oldest first. */
  changes: readonly number[];
}

export interface SprintStory {
  /** Milliseconds; it ends now where it still runs. */
  starts: number;
  ends: number;
  /** The issues that were in it at its beginning or later, by id. */
  parts: Part[];
}

export function storyOf(world: World, board: Board, sprint: Sprint): SprintStory {
  const starts = moment(sprint.startDate) ?? world.now();
  const ends = moment(sprint.completeDate) ?? world.now();
  const done = new Set(doneColumn(world, board)?.statuses ?? []);
  const field = estimationOf(board);
  const parts = concerned(world, sprint).flatMap((issue): Part[] => {
    const rows = historyOf(world, issue.id)
      .toArray()
      .map(({ created, items }) => ({ at: parseStamp(created) ?? 0, items }));
    const at = (ms: number): Standing => {
      const later = rows.filter((row) => row.at > ms).flatMap(({ items }) => items);
      const status = first(later, 'status')?.from ?? issue.fields.status.id;
      return {
        inSprint: idsBefore(later, issue).includes(sprint.id),
        done: done.has(status),
        estimate: estimateBefore(later, issue, field),
        statusId: status,
      };
    };
    const [before, after] = [at(starts), at(ends)];
    const changes = rows.map((row) => row.at).filter((ms) => ms > starts && ms <= ends);
    const joined = changes.some((ms) => at(ms).inSprint);
    if (!before.inSprint && !after.inSprint && !joined) return [];
    return [{ issue, before, after, added: !before.inSprint, at, changes }];
  });
  return { starts, ends, parts };
}

const moment = (text: string | undefined): number | undefined => (text ? Date.parse(text) : undefined);

/** Issues that are in a sprint or that a changelog says were. */
function concerned(world: World, { id }: Sprint): Issue[] {
  const found = new Map<string, Issue>();
  for (const issue of world.list(issues, { index: 'sprint', equals: String(id) })) found.set(issue.id, issue);
  for (const { issueId } of world.list(histories, { index: 'sprint', equals: String(id) })) {
    const issue = world.get(issues, issueId);
    if (issue) found.set(issueId, issue);
  }
  return [...found.values()].sort((a, b) => Number(a.id) - Number(b.id));
}

/** The earliest change of a field among later ones: it says what the field was before them. */
const first = (later: readonly HistoryItem[], fieldId: string): HistoryItem | undefined =>
  later.find((one) => one.fieldId === fieldId);

function idsBefore(later: readonly HistoryItem[], issue: Issue): readonly number[] {
  const change = first(later, SPRINT);
  return change ? (change.from ?? '').split(', ').filter(Boolean).map(Number) : sprintIdsOf(issue);
}

function estimateBefore(later: readonly HistoryItem[], issue: Issue, field: string): number | null {
  if (field === 'none') return null;
  if (field === 'issueCount') return 1;
  const change = first(later, field);
  const value = change ? (change.from ?? change.fromString) : issue.fields[field as `customfield_${number}`];
  return value === null || value === undefined || value === '' ? null : Number(value);
}
