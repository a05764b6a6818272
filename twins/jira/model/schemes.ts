/** The site-wide lists: kinds of issue, statuses, priorities, resolutions. */
import type { World } from '../../../src/world/world.ts';
import { missing } from '../errors.ts';
import {
  type IssueType,
  issueTypes as issueTypeRows,
  type Priority,
  priorities as priorityRows,
  type Resolution,
  resolutions as resolutionRows,
  type Status,
  statuses as statusRows,
} from '../world.ts';

/** Rows that such a list shows at most; sites have a few dozen. */
const ROWS_MAX = 10_000;

export const issueTypes = (world: World): IssueType[] => world.list(issueTypeRows).toArray(ROWS_MAX);
export const statuses = (world: World): Status[] =>
  world
    .list(statusRows)
    .toArray(ROWS_MAX)
    .sort((a, b) => Number(a.id) - Number(b.id));
/** In the order that an administrator gave them. */
export const priorities = (world: World): Priority[] =>
  inSequence(world.list(priorityRows).toArray(ROWS_MAX));
export const resolutions = (world: World): Resolution[] =>
  inSequence(world.list(resolutionRows).toArray(ROWS_MAX));

const inSequence = <E extends { sequence: number }>(rows: E[]): E[] =>
  rows.sort((a, b) => a.sequence - b.sequence);

export const requireIssueType = (world: World, id: string): IssueType =>
  world.require(issueTypeRows, id, () => missing(`The issue type with id '${id}' does not exist`));

export const requirePriority = (world: World, id: string): Priority =>
  world.require(priorityRows, id, () => missing(`The priority with id '${id}' does not exist`));

export const requireResolution = (world: World, id: string): Resolution =>
  world.require(resolutionRows, id, () => missing(`The resolution with id '${id}' does not exist`));

/** A status by id or by name. */
export function requireStatus(world: World, idOrName: string): Status {
  const found =
    world.get(statusRows, idOrName) ??
    world.list(statusRows, { index: 'name', equals: idOrName.toLowerCase() }).first();
  if (!found) throw missing(`The status with id '${idOrName}' does not exist`);
  return found;
}
