/** One request of a `batchUpdate` at work: where it acts, and how it is named in refusals. */
import type { World } from '../../../../../src/world/world.ts';
import type { Viewer } from '../../../drive/model/access.ts';
import type { FileRow } from '../../../drive/world.ts';
import { badArgument, badField } from '../../../errors.ts';
import { type Mask, parseFields } from '../../../fields.ts';
import type { GridRange, SheetRow } from '../../world.ts';
import { type Area, gridArea, sheetIn } from '../area.ts';
import { mustEdit } from '../protection.ts';
import { type Shape, unknownPath } from './shapes.ts';

export interface Job {
  world: World;
  viewer: Viewer;
  file: FileRow;
  spreadsheetId: string;
  /** `requests[0].addSheet` */
  asked: string;
}

/** What a rule of an object asks about: where it is to stand, and how the request is named in refusals. */
export type Where = Pick<Job, 'world' | 'spreadsheetId' | 'asked'>;

/** What a kind does with its part of the request; what it returns is its reply. */
// biome-ignore lint/suspicious/noConfusingVoidType: most kinds have nothing to say
export type Kind = (job: Job, input: never) => object | void;

/** 400 about this request. */
export const refuse = (job: Pick<Job, 'asked'>, why: string): Error =>
  badArgument(`Invalid ${job.asked}: ${why}`);

/** A body's field mask, names in either case. Throws 400 where it is missing, cannot be read, or names what is not there. */
export function maskOf(job: Job, fields: string | undefined, shape?: Shape): Mask {
  if (!fields)
    throw refuse(job, "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)");
  const read = parseFields(fields);
  if (!read)
    throw badField(
      `Invalid value at '${job.asked}.fields' (type.googleapis.com/google.protobuf.FieldMask), "${fields}"`,
    );
  const mask = camelCased(read);
  const unknown = shape && unknownPath(mask, shape);
  if (unknown !== undefined) throw refuse(job, `Invalid field: ${snakeCased(unknown)}`);
  return mask;
}

/** `user_entered_value` is `userEnteredValue`. */
function camelCased({ all, parts }: Mask): Mask {
  const named = [...parts].map(([name, part]): [string, Mask] => [
    name.replace(/_([a-z])/g, (_whole, letter: string) => letter.toUpperCase()),
    camelCased(part),
  ]);
  return { all, parts: new Map(named) };
}

/** As the vendor names a field: `user_entered_format.foo`. */
const snakeCased = (path: string): string => path.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The area of a request that only looks. Throws 400 where there is none. */
export const areaIn = (job: Job, range: GridRange | undefined): Area =>
  gridArea(job.world, job.spreadsheetId, range ?? {}, job.asked);

/** The area of a request that writes: all of it may be edited by who asks. Throws 400. */
export function editedArea(job: Job, range: GridRange | undefined): Area {
  const area = areaIn(job, range);
  mustEdit(job.world, job.viewer, job.file, area, job.asked);
  return area;
}

/** An area that begins at a place and is so large; it must lie in the grid and may be edited. Throws 400. */
export function areaFrom(
  job: Job,
  at: { sheetId?: number; rowIndex?: number; columnIndex?: number } | undefined,
  height: number,
  width: number,
): Area {
  const { sheetId = 0, rowIndex = 0, columnIndex = 0 } = at ?? {};
  const sheet = sheetIn(job.world, job.spreadsheetId, sheetId, job.asked);
  const area: Area = {
    sheet,
    startRow: rowIndex,
    endRow: rowIndex + height,
    startColumn: columnIndex,
    endColumn: columnIndex + width,
  };
  const { rowCount, columnCount } = gridOf(sheet);
  if (area.endRow > rowCount)
    throw refuse(
      job,
      `Attempting to write row: ${rowCount}, beyond the last requested row of: ${rowCount - 1}`,
    );
  if (area.endColumn > columnCount)
    throw refuse(
      job,
      `Attempting to write column: ${columnCount}, beyond the last requested column of: ${columnCount - 1}`,
    );
  mustEdit(job.world, job.viewer, job.file, area, job.asked);
  return area;
}

export const gridOf = (sheet: SheetRow) => sheet.properties.gridProperties;
export const heightOf = (area: Area): number => area.endRow - area.startRow;
export const widthOf = (area: Area): number => area.endColumn - area.startColumn;
