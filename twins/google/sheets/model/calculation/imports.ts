/** IMPORTRANGE: cells of another spreadsheet, where somebody has connected the two. */
import type { World } from '../../../../../src/world/world.ts';
import { atLeast, roleOf } from '../../../drive/model/access.ts';
import { files } from '../../../drive/world.ts';
import { spreadsheets } from '../../world.ts';
import { CellError, type Matrix } from '../formula/value.ts';
import { importReader } from './books.ts';

/** Throws CellError `REF`: not connected, not allowed, not there. */
export function importedRange(world: World, into: string, from: string, range: string): Matrix {
  const file = world.get(files, from);
  const target = world.get(spreadsheets, into);
  if (!file || !world.get(spreadsheets, from) || !target)
    throw new CellError('REF', 'Spreadsheet cannot be found.');
  const connected = (target.connectedSheets ?? []).find((one) => one.spreadsheetId === from);
  if (from !== into && !connected) throw new CellError('REF', 'You need to connect these sheets.');
  if (connected && !atLeast(roleOf(world, file, connected.by), 'reader'))
    throw new CellError('REF', "You don't have permissions to access that sheet.");
  return importReader(world, from, range);
}
