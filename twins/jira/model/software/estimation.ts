/** What an issue is estimated at, in the field that a board counts with. */
import type { World } from '../../../../src/world/world.ts';
import { badFields, badQuery, forbidden, missing } from '../../errors.ts';
import type { Board, Issue, User } from '../../world.ts';
import { draftOf } from '../issues/issueFields.ts';
import { parseWork, timeTrackingOf } from '../issues/timeTracking.ts';
import { may } from '../permissions/may.ts';
import { projectOf } from '../projects/projects.ts';
import { save } from '../workflows/workflow.ts';
import { belonging } from './boardIssues.ts';
import { estimationOf } from './boardSettings.ts';

export interface Estimation {
  fieldId: string;
  value?: string;
}

const ORIGINAL = 'timeoriginalestimate';

/** An issue's estimate on a board; 404 for an issue that is not on it, 400 for a board that counts no field. */
export function estimationAt(world: World, user: User | undefined, board: Board, issue: Issue): Estimation {
  const fieldId = requireField(world, user, board, issue);
  const value = issue.fields[fieldId as `customfield_${number}`];
  if (typeof value !== 'number') return { fieldId };
  return {
    fieldId,
    value: fieldId === ORIGINAL || !Number.isInteger(value) ? String(value) : value.toFixed(1),
  };
}

function requireField(world: World, user: User | undefined, board: Board, issue: Issue): string {
  if (!belonging(world, user, board)(issue))
    throw missing(`The issue ${issue.key} does not belong to the board ${board.id}.`);
  const field = estimationOf(board);
  if (field === 'none' || field === 'issueCount')
    throw badQuery(`The board ${board.id} does not use a field for estimation.`);
  return field;
}

/** Estimates an issue, whatever its screens show; nothing takes the estimate away. 400 for what is no estimate. */
export function estimate(world: World, user: User, board: Board, issue: Issue, value: unknown): Issue {
  const field = requireField(world, user, board, issue);
  if (!may(world, user, 'EDIT_ISSUES', projectOf(world, issue.fields.project), issue))
    throw forbidden('You do not have permission to edit this issue.');
  const draft = draftOf(issue);
  if (field === ORIGINAL) {
    draft.fields.timeoriginalestimate = seconds(world, value);
    draft.fields.timeestimate ??= draft.fields.timeoriginalestimate;
  } else draft.fields[field as `customfield_${number}`] = points(value);
  return save(world, issue, draft, user);
}

const isNothing = (value: unknown): boolean => value === undefined || value === null || value === '';

function seconds(world: World, value: unknown): number | null {
  if (isNothing(value)) return null;
  const found = typeof value === 'string' ? parseWork(value, timeTrackingOf(world)) : undefined;
  if (found === undefined) throw badFields({ value: 'The estimate specified is not valid.' });
  return found;
}

function points(value: unknown): number | null {
  if (isNothing(value)) return null;
  const found = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  if (!Number.isFinite(found)) throw badFields({ value: `'${String(value)}' is an invalid number` });
  return found;
}
