/** One sheet copied into another spreadsheet. */
import type { World } from '../../../../src/world/world.ts';
import type { Viewer } from '../../drive/model/access.ts';
import { touchFile } from '../../drive/model/file.ts';
import { googleError } from '../../errors.ts';
import { type SheetProperties, sheets } from '../world.ts';
import { sheetsOf } from './area.ts';
import { copyTitle } from './batch/sheet.ts';
import { copySheet, openSpreadsheet } from './spreadsheet.ts';

/** The new sheet's properties. Throws `notFound`, `forbidden`. */
export function copySheetTo(
  world: World,
  viewer: Viewer,
  from: { spreadsheetId: string; sheetId: number },
  to: string,
): SheetProperties {
  openSpreadsheet(world, viewer, from.spreadsheetId, 'reader');
  const { file } = openSpreadsheet(world, viewer, to, 'writer');
  const sheet = world.get(sheets, `${from.spreadsheetId}/${from.sheetId}`);
  if (!sheet) throw googleError('notFound');
  const title = copyTitle(sheetsOf(world, to), sheet);
  const made = copySheet(world, sheet, to, { sheetId: undefined, title, index: undefined }, 'sheets.copyTo');
  touchFile(world, viewer, file);
  return made.properties;
}
