/** What field masks of requests may name. https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/request */
import type { Mask } from '../../../fields.ts';

/** Names with what is below them; `true` where nothing more is said. */
export interface Shape {
  readonly [name: string]: Shape | true;
}

/** The first path of a mask that a shape does not have, parted by points. */
export function unknownPath(mask: Mask, shape: Shape, above: string = ''): string | undefined {
  for (const [name, part] of mask.parts) {
    if (name === '*') continue;
    const path = above ? `${above}.${name}` : name;
    const below = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (below === undefined) return path;
    const deeper = below === true || part.all ? undefined : unknownPath(part, below, path);
    if (deeper) return deeper;
  }
  return undefined;
}

const names = (text: string): Shape =>
  Object.fromEntries(text.split(' ').map((name) => [name, true as const]));

const COLOR_STYLE: Shape = { ...names('themeColor'), rgbColor: names('red green blue alpha') };
const COLOR = names('red green blue alpha');
const BORDER: Shape = { ...names('style width'), color: COLOR, colorStyle: COLOR_STYLE };
const TEXT_FORMAT: Shape = {
  ...names('fontFamily fontSize bold italic strikethrough underline'),
  foregroundColor: COLOR,
  foregroundColorStyle: COLOR_STYLE,
  link: names('uri'),
};
const CELL_FORMAT: Shape = {
  ...names('horizontalAlignment verticalAlignment wrapStrategy textDirection hyperlinkDisplayType'),
  numberFormat: names('type pattern'),
  backgroundColor: COLOR,
  backgroundColorStyle: COLOR_STYLE,
  borders: { top: BORDER, bottom: BORDER, left: BORDER, right: BORDER },
  padding: names('top right bottom left'),
  textFormat: TEXT_FORMAT,
  textRotation: names('angle vertical'),
};
const GRID_RANGE = names('sheetId startRowIndex endRowIndex startColumnIndex endColumnIndex');

export const CELL: Shape = {
  ...names(
    'formattedValue hyperlink note textFormatRuns dataValidation pivotTable dataSourceTable dataSourceFormula chipRuns',
  ),
  userEnteredValue: names('numberValue stringValue boolValue formulaValue errorValue'),
  effectiveValue: names('numberValue stringValue boolValue formulaValue errorValue'),
  userEnteredFormat: CELL_FORMAT,
  effectiveFormat: CELL_FORMAT,
};

export const SHEET_PROPERTIES: Shape = {
  ...names('sheetId title index sheetType hidden rightToLeft dataSourceSheetProperties'),
  tabColor: COLOR,
  tabColorStyle: COLOR_STYLE,
  gridProperties: names(
    'rowCount columnCount frozenRowCount frozenColumnCount hideGridlines rowGroupControlAfter columnGroupControlAfter',
  ),
};

export const SPREADSHEET_PROPERTIES: Shape = {
  ...names('title locale autoRecalc timeZone importFunctionsExternalUrlAccessAllowed'),
  defaultFormat: CELL_FORMAT,
  iterativeCalculationSettings: names('maxIterations convergenceThreshold'),
  spreadsheetTheme: names('primaryFontFamily themeColors'),
};

export const DIMENSION_PROPERTIES = names(
  'pixelSize hiddenByUser hiddenByFilter developerMetadata dataSourceColumnReference',
);

export const DIMENSION_GROUP: Shape = {
  ...names('depth collapsed'),
  range: names('sheetId dimension startIndex endIndex'),
};

export const NAMED_RANGE: Shape = { ...names('namedRangeId name'), range: GRID_RANGE };

export const PROTECTED_RANGE: Shape = {
  ...names(
    'protectedRangeId namedRangeId tableId description warningOnly requestingUserCanEdit unprotectedRanges',
  ),
  range: GRID_RANGE,
  editors: names('users groups domainUsersCanEdit'),
};

export const DEVELOPER_METADATA: Shape = {
  ...names('metadataId metadataKey metadataValue visibility'),
  location: names('locationType spreadsheet sheetId dimensionRange'),
};
