/** What a person does in a spreadsheet: types, adds and renames sheets, puts in and takes out rows. */
import type { Gesture } from '../../../src/twin.ts';
import type { World } from '../../../src/world/world.ts';
import { fileNamed, viewerFor } from '../drive/fileNamed.ts';
import { fileFor, type Viewer } from '../drive/model/access.ts';
import { type FileRow, MIME } from '../drive/world.ts';
import { badArgument } from '../errors.ts';
import { gesture, shape } from '../gesture.ts';
import { writeTitle } from './model/a1.ts';
import { areaOf, sheetsOf } from './model/area.ts';
import { batchUpdate } from './model/batch/batch.ts';
import { connectSheets } from './model/connect.ts';
import { writeValues } from './model/values.ts';
import type { SheetRow } from './world.ts';

const text = { type: 'string', minLength: 1, maxLength: 1_000 } as const;
const line = { type: 'integer', minimum: 1, maximum: 10_000_000 } as const;
const count = { type: 'integer', minimum: 1, maximum: 1_000 } as const;

interface Lines {
  file: string;
  sheet?: string;
  row: number;
  count?: number;
}

export const sheetGestures: Readonly<Record<string, Gesture>> = {
  editCell: gesture<{ file: string; sheet?: string; cell: string; value: string | number | boolean | null }>(
    'Types into a cell (A1) of a spreadsheet; null or "" empties it.',
    shape({ file: text, sheet: text, cell: text, value: { type: ['string', 'number', 'boolean', 'null'] } }, [
      'file',
      'cell',
      'value',
    ]),
    (world, as, input) => {
      const { viewer, file } = opened(world, as, input.file);
      const place = input.sheet === undefined ? input.cell : `${writeTitle(input.sheet)}!${input.cell}`;
      const writing = { values: [[input.value ?? '']], dimension: 'ROWS' as const, typed: true };
      return writeValues(world, viewer, file, areaOf(world, file.id, place), writing);
    },
  ),
  addSheet: gesture<{ file: string; title?: string }>(
    'Adds a sheet to a spreadsheet, behind the others.',
    shape({ file: text, title: text }, ['file']),
    (world, as, { file, title }) => change(world, as, file, { addSheet: { properties: { title } } }),
  ),
  renameSheet: gesture<{ file: string; sheet?: string; title: string }>(
    'Gives a sheet (the first unless said) another title.',
    shape({ file: text, sheet: text, title: text }, ['file', 'title']),
    (world, as, input) => {
      const sheet = sheetNamed(world, as, input.file, input.sheet);
      const properties = { sheetId: sheet.properties.sheetId, title: input.title };
      change(world, as, input.file, { updateSheetProperties: { properties, fields: 'title' } });
    },
  ),
  connectSheets: gesture<{ file: string; from: string }>(
    'Allows the formulas (IMPORTRANGE) of a spreadsheet to read another one, which the person sees.',
    shape({ file: text, from: text }, ['file', 'from']),
    (world, as, input) => {
      const { viewer, file } = opened(world, as, input.file);
      connectSheets(world, viewer, file.id, fileNamed(world, viewer, input.from, MIME.spreadsheet).id);
    },
  ),
  insertRows: gesture<Lines>(
    'Puts empty rows above a row (1 is the first) of a sheet.',
    shape({ file: text, sheet: text, row: line, count }, ['file', 'row']),
    (world, as, input) =>
      change(world, as, input.file, { insertDimension: { range: rows(world, as, input) } }),
  ),
  deleteRows: gesture<Lines>(
    'Takes rows out of a sheet, from a row (1 is the first) on.',
    shape({ file: text, sheet: text, row: line, count }, ['file', 'row']),
    (world, as, input) =>
      change(world, as, input.file, { deleteDimension: { range: rows(world, as, input) } }),
  ),
};

function opened(world: World, as: string, name: string): { viewer: Viewer; file: FileRow } {
  const viewer = viewerFor(world, as);
  const { id } = fileNamed(world, viewer, name, MIME.spreadsheet);
  return { viewer, file: fileFor(world, viewer, id, 'writer') };
}

function change(
  world: World,
  as: string,
  name: string,
  request: Record<string, unknown>,
): object | undefined {
  const { viewer, file } = opened(world, as, name);
  return batchUpdate(world, viewer, file.id, [request])[0];
}

function sheetNamed(world: World, as: string, name: string, title: string | undefined): SheetRow {
  const all = sheetsOf(world, opened(world, as, name).file.id);
  const found = title === undefined ? all[0] : all.find((one) => one.properties.title === title);
  if (!found) throw badArgument(`There is no sheet named ${title}`);
  return found;
}

function rows(world: World, as: string, { file, sheet, row, count = 1 }: Lines) {
  const { sheetId } = sheetNamed(world, as, file, sheet).properties;
  return { sheetId, dimension: 'ROWS', startIndex: row - 1, endIndex: row - 1 + count };
}
