/** Requests that make room in a part of a sheet, or close it. */
import type { GridRange } from '../../world.ts';
import { shiftRange } from '../grid.ts';
import { mustEdit } from '../protection.ts';
import { areaIn, gridOf, type Job, refuse } from './job.ts';
import { overlaps, within } from './merge.ts';

interface ShiftInput {
  range?: GridRange;
  shiftDimension?: string;
}

/** Empty cells in the place of a range; what was there goes down (`ROWS`) or right. */
export const insertRangeRequest = (job: Job, input: ShiftInput): void => shift(job, input, 'insert');

/** The range is gone; what was below (`ROWS`) or right of it comes in its place. */
export const deleteRangeRequest = (job: Job, input: ShiftInput): void => shift(job, input, 'delete');

function shift(job: Job, { range, shiftDimension }: ShiftInput, change: 'insert' | 'delete'): void {
  const area = areaIn(job, range);
  if (shiftDimension !== 'ROWS' && shiftDimension !== 'COLUMNS')
    throw refuse(job, 'shiftDimension must be specified.');
  const rows = shiftDimension === 'ROWS';
  const { rowCount, columnCount } = gridOf(area.sheet);
  const touched = rows ? { ...area, endRow: rowCount } : { ...area, endColumn: columnCount };
  mustEdit(job.world, job.viewer, job.file, touched, job.asked);
  if (area.sheet.merges.some((one) => overlaps(one, touched) && !within(one, touched)))
    throw refuse(job, 'You must select all cells in a merged range to insert or delete cells.');
  shiftRange(job.world, area.sheet, rows ? 'row' : 'column', area, change);
}
