/**
 * How values that programs send become values of an issue: one reader per field or kind of field. A reader gives
 * the stored value or throws a `FieldProblem`, whose sentence goes under the field's id in the vendor's envelope.
 */
import type { Table } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { FIELD_VALUES_MAX, LABEL_CHARS_MAX, SUMMARY_CHARS_MAX } from '../../limits.ts';
import { type IssueType, type Project, priorities, type Ref, type UserRef, users } from '../../world.ts';
import { userNamed } from '../people/people.ts';
import { levelsOf } from '../permissions/levels.ts';
import { may } from '../permissions/may.ts';
import { componentsOf } from '../projects/components.ts';
import { prioritySchemeOf } from '../projects/projects.ts';
import { versionsOf } from '../projects/versions.ts';
import { isDay, parseStamp, stamp } from '../time.ts';
import { issueNamed, levelOf } from './issueNamed.ts';
import { parseWork, timeTrackingOf } from './timeTracking.ts';

/** What is wrong with one field's value, in the vendor's words. */
export class FieldProblem extends Error {
  override readonly name = 'FieldProblem';
}

/** Where the value goes. */
export interface Place {
  world: World;
  project: Project;
  type: IssueType;
}

export const MUST_BE_STRING = 'Operation value must be a string';

/** `{id}` or `{name}` of a row, whichever was sent. */
export function refOf(value: unknown): { id?: string; name?: string } {
  const { id, name, key, value: text } = (value ?? {}) as Record<string, unknown>;
  return {
    ...(id === undefined || id === null ? {} : { id: String(id) }),
    ...(typeof name === 'string' ? { name } : typeof text === 'string' ? { name: text } : {}),
    ...(typeof key === 'string' && id === undefined ? { id: key } : {}),
  };
}

export function readSummary(value: unknown): string {
  if (value === null || value === undefined || value === '')
    throw new FieldProblem('You must specify a summary of the issue.');
  if (typeof value !== 'string') throw new FieldProblem(MUST_BE_STRING);
  if (value.trim() === '') throw new FieldProblem('You must specify a summary of the issue.');
  if (/[\r\n]/.test(value))
    throw new FieldProblem('The summary is invalid because it contains newline characters.');
  if (value.length > SUMMARY_CHARS_MAX)
    throw new FieldProblem(`Summary can't exceed ${SUMMARY_CHARS_MAX} characters.`);
  return value;
}

/** A row of a small table by id or by name, e.g. a priority. */
export function readNamed<E extends { id: string; name: string }>(
  world: World,
  rows: Table<E>,
  value: unknown,
  what: string,
): Ref | null {
  if (value === null) return null;
  const { id, name } = refOf(value);
  if (id !== undefined) {
    if (world.get(rows, id)) return { id };
    throw new FieldProblem(`${what} id '${id}' is not valid`);
  }
  const found =
    name === undefined ? undefined : world.list(rows, { index: 'name', equals: name.toLowerCase() }).first();
  if (!found) throw new FieldProblem(`${what} name '${name ?? ''}' is not valid`);
  return { id: found.id };
}

/** A priority that the project has. */
export function readPriority({ world, project }: Place, value: unknown): Ref | null {
  const found = readNamed(world, priorities, value, 'Priority');
  if (found && !prioritySchemeOf(world, project).priorityIds.includes(found.id))
    throw new FieldProblem(`Priority with id '${found.id}' is not available in this project.`);
  return found;
}
/** A security level of the project's scheme, by id or name. */
export function readLevel({ world, project }: Place, value: unknown): Ref | null {
  if (value === null) return null;
  const { id, name } = typeof value === 'string' ? { id: value } : refOf(value);
  if (id === '-1') return null;
  const found = levelsOf(world, project).find((level) =>
    id === undefined ? level.name === name : level.id === id,
  );
  if (!found) throw new FieldProblem('The security level selected is invalid.');
  return { id: found.id };
}

/** A person by account id; `null`, and the vendor's `-1` for nobody in particular, are told apart by `isAutomatic`. */
export function readUser({ world }: Place, value: unknown): UserRef | null {
  if (value === null) return null;
  const { accountId, id, emailAddress, name } = (value ?? {}) as Record<string, unknown>;
  if (accountId === null || id === null) return null;
  const wanted = accountId ?? id ?? emailAddress ?? name;
  if (typeof wanted !== 'string') throw new FieldProblem('Specify a valid value for the user');
  const found = world.get(users, wanted) ?? (accountId || id ? undefined : userNamed(world, wanted));
  if (!found) throw new FieldProblem(`User '${wanted}' does not exist.`);
  if (!found.active) throw new FieldProblem(`User '${wanted}' cannot be assigned issues.`);
  return { accountId: found.accountId };
}

/** The person an issue is to be given to: one who may be assigned issues in its project. */
export function readAssignee(place: Place, value: unknown): UserRef | null {
  const found = readUser(place, value);
  if (found && !may(place.world, place.world.get(users, found.accountId), 'ASSIGNABLE_USER', place.project))
    throw new FieldProblem(`User '${found.accountId}' cannot be assigned issues.`);
  return found;
}

/** Whether an assignee is to be the project's default (`{id: '-1'}`). */
export function isAutomatic(value: unknown): boolean {
  const { accountId, id, name } = (value ?? {}) as Record<string, unknown>;
  return accountId === '-1' || id === '-1' || name === '-1';
}

export function readLabels(value: unknown): string[] {
  if (value === null) return [];
  if (!Array.isArray(value)) throw new FieldProblem('data was not an array');
  if (value.length > FIELD_VALUES_MAX)
    throw new FieldProblem(`There are more than ${FIELD_VALUES_MAX} labels.`);
  return [...new Set(value.map(readLabel))];
}

export function readLabel(value: unknown): string {
  if (typeof value !== 'string') throw new FieldProblem('string expected at index 0');
  if (/\s/.test(value)) throw new FieldProblem(`The label '${value}' contains spaces which is invalid.`);
  if (value === '') throw new FieldProblem('The label cannot be empty.');
  if (value.length > LABEL_CHARS_MAX)
    throw new FieldProblem(
      `The label '${value}' exceeds the maximum length for a single label of ${LABEL_CHARS_MAX} characters.`,
    );
  return value;
}

/** A day of the calendar. */
export function readDay(value: unknown): string | null {
  if (value === null || value === '') return null;
  if (typeof value === 'string' && isDay(value)) return value;
  throw new FieldProblem(typeof value === 'string' ? `Error parsing date string: ${value}` : MUST_BE_STRING);
}

/** A moment with its offset, as stored. */
export function readMoment(value: unknown): string | null {
  if (value === null || value === '') return null;
  const ms = typeof value === 'string' ? parseStamp(value) : undefined;
  if (ms === undefined) throw new FieldProblem(`Error parsing time: ${String(value)}`);
  return stamp(ms);
}

/** Components or versions of the issue's own project, by id or name. */
export function readOfProject(place: Place, kind: 'component' | 'version', value: unknown): Ref {
  const rows =
    kind === 'component' ? componentsOf(place.world, place.project) : versionsOf(place.world, place.project);
  const { id, name } = refOf(value);
  const found = [...rows].find((row) => (id === undefined ? row.name === name : row.id === id));
  if (found) return { id: found.id };
  const what = kind === 'component' ? 'Component' : 'Version';
  throw new FieldProblem(
    id === undefined ? `${what} name '${name ?? ''}' is not valid` : `${what} id '${id}' is not valid`,
  );
}

export function readListOfProject(place: Place, kind: 'component' | 'version', value: unknown): Ref[] {
  if (value === null) return [];
  if (!Array.isArray(value)) throw new FieldProblem('data was not an array');
  return value.slice(0, FIELD_VALUES_MAX).map((each) => readOfProject(place, kind, each));
}

/** The issue above: an epic for a task, a task for a sub-task. */
export function readParent({ world, type, project }: Place, value: unknown): Ref | null {
  if (value === null || value === '') return null;
  const { id } = typeof value === 'string' ? { id: value } : refOf(value);
  const parent = id === undefined ? undefined : issueNamed(world, id);
  if (!parent) throw new FieldProblem('Could not find issue by id or key.');
  if (levelOf(world, parent) !== type.hierarchyLevel + 1)
    throw new FieldProblem('Given parent work item does not belong to appropriate hierarchy.');
  if (type.subtask && parent.fields.project.id !== project.id)
    throw new FieldProblem('Sub-tasks must be created in the same project as the parent.');
  return { id: parent.id };
}

/** Seconds of `{originalEstimate: '2d', remainingEstimate: '4h'}`; a missing one stays as it is. */
export function readTimeTracking(
  world: World,
  value: unknown,
): { original?: number | null; remaining?: number | null } {
  const { originalEstimate, remainingEstimate } = (value ?? {}) as Record<string, unknown>;
  const original = readEstimate(world, originalEstimate, 'original');
  const remaining = readEstimate(world, remainingEstimate, 'remaining');
  return {
    ...(original === undefined ? {} : { original }),
    ...(remaining === undefined ? (original === undefined ? {} : { remaining: original }) : { remaining }),
  };
}

function readEstimate(world: World, value: unknown, which: string): number | null | undefined {
  if (value === undefined) return undefined;
  if (value === null || value === '') return null;
  const seconds = typeof value === 'string' ? parseWork(value, timeTrackingOf(world)) : undefined;
  if (seconds === undefined) throw new FieldProblem(`The ${which} estimate specified is not valid.`);
  return seconds;
}
