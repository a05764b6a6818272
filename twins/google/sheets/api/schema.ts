/** Shapes of Sheets' bodies. https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/request */
import { anything, flag, list, mapOf, message, number, text, whole } from '../../schema.ts';

type Schema = Record<string, unknown>;

const CELL = {
  type: ['string', 'number', 'boolean', 'null'],
  proto: 'type.googleapis.com/google.protobuf.Value',
};
const LINE = { type: 'array', items: CELL, proto: 'type.googleapis.com/google.protobuf.ListValue' };
const SHEETS_TYPE = 'type.googleapis.com/google.apps.sheets.v4';

/** `ValueRange`. */
export const VALUE_RANGE: Schema = {
  type: 'object',
  properties: {
    range: text,
    majorDimension: {
      enum: ['ROWS', 'COLUMNS', 'DIMENSION_UNSPECIFIED'],
      proto: `${SHEETS_TYPE}.Dimension`,
    },
    values: { type: 'array', items: LINE, proto: 'type.googleapis.com/google.protobuf.ListValue' },
    dataFilter: message({ a1Range: text }),
  },
};

/** `BatchUpdateValuesRequest`, by ranges or by data filters. */
export const BATCH_VALUES: Schema = message({ valueInputOption: text, data: list(VALUE_RANGE) });

const DATA_FILTER = message({ a1Range: text, gridRange: anything, developerMetadataLookup: anything });

/** Bodies that name ranges, directly or by filters. */
export const RANGES_BODY: Schema = message({
  ranges: list(text),
  dataFilters: list(DATA_FILTER),
  includeGridData: flag,
  majorDimension: text,
  valueRenderOption: text,
  dateTimeRenderOption: text,
});

const GRID_RANGE = message({
  sheetId: whole,
  startRowIndex: whole,
  endRowIndex: whole,
  startColumnIndex: whole,
  endColumnIndex: whole,
});
const DIMENSION = { enum: ['ROWS', 'COLUMNS', 'DIMENSION_UNSPECIFIED'], proto: `${SHEETS_TYPE}.Dimension` };
const DIMENSION_RANGE = message({
  sheetId: whole,
  dimension: DIMENSION,
  startIndex: whole,
  endIndex: whole,
});
const GRID_PROPERTIES = message({
  rowCount: whole,
  columnCount: whole,
  frozenRowCount: whole,
  frozenColumnCount: whole,
  hideGridlines: flag,
});
const COLOR_STYLE = message({ rgbColor: mapOf(number), themeColor: text });
const SHEET_PROPERTIES = message({
  sheetId: whole,
  title: text,
  index: whole,
  sheetType: text,
  gridProperties: GRID_PROPERTIES,
  hidden: flag,
  tabColor: mapOf(number),
  tabColorStyle: COLOR_STYLE,
});
const CELL_DATA = message({
  userEnteredValue: message({
    numberValue: number,
    stringValue: text,
    boolValue: flag,
    formulaValue: text,
  }),
  userEnteredFormat: message({ numberFormat: message({ type: text, pattern: text }) }),
  note: text,
  dataValidation: anything,
});
const ROWS = list(message({ values: list(CELL_DATA) }));
const SPREADSHEET_PROPERTIES = message({ title: text, locale: text, timeZone: text, autoRecalc: text });
const NAMED_RANGE = message({ namedRangeId: text, name: text, range: GRID_RANGE });
const PROTECTED_RANGE = message({
  protectedRangeId: whole,
  range: GRID_RANGE,
  description: text,
  warningOnly: flag,
  editors: message({ users: list(text), groups: list(text) }),
});
const COORDINATE = message({ sheetId: whole, rowIndex: whole, columnIndex: whole });

/** `spreadsheets.create`. */
export const SPREADSHEET_BODY: Schema = message({
  properties: SPREADSHEET_PROPERTIES,
  sheets: list(
    message({
      properties: SHEET_PROPERTIES,
      merges: list(GRID_RANGE),
      data: list(message({ startRow: whole, startColumn: whole, rowData: ROWS })),
    }),
  ),
  namedRanges: list(NAMED_RANGE),
});

const onRange = message({ range: GRID_RANGE });
const onDimension = message({ range: DIMENSION_RANGE, dimensions: DIMENSION_RANGE });

/** What each kind of request takes. */
const KINDS: Record<string, Schema> = {
  addDimensionGroup: onDimension,
  addNamedRange: message({ namedRange: NAMED_RANGE }),
  addProtectedRange: message({ protectedRange: PROTECTED_RANGE }),
  addSheet: message({ properties: SHEET_PROPERTIES }),
  appendCells: message({ sheetId: whole, rows: ROWS, fields: text }),
  appendDimension: message({ sheetId: whole, dimension: DIMENSION, length: whole }),
  autoResizeDimensions: onDimension,
  clearBasicFilter: message({ sheetId: whole }),
  copyPaste: message({
    source: GRID_RANGE,
    destination: GRID_RANGE,
    pasteType: text,
    pasteOrientation: text,
  }),
  createDeveloperMetadata: message({
    developerMetadata: message({
      metadataId: whole,
      metadataKey: text,
      metadataValue: text,
      visibility: text,
      location: message({ sheetId: whole, dimensionRange: DIMENSION_RANGE, spreadsheet: flag }),
    }),
  }),
  cutPaste: message({ source: GRID_RANGE, destination: COORDINATE, pasteType: text }),
  deleteDeveloperMetadata: message({ dataFilter: DATA_FILTER }),
  deleteDimension: onDimension,
  deleteDimensionGroup: onDimension,
  deleteNamedRange: message({ namedRangeId: text }),
  deleteProtectedRange: message({ protectedRangeId: whole }),
  deleteSheet: message({ sheetId: whole }),
  duplicateSheet: message({
    sourceSheetId: whole,
    insertSheetIndex: whole,
    newSheetId: whole,
    newSheetName: text,
  }),
  findReplace: message({
    find: text,
    replacement: text,
    matchCase: flag,
    matchEntireCell: flag,
    searchByRegex: flag,
    includeFormulas: flag,
    range: GRID_RANGE,
    sheetId: whole,
    allSheets: flag,
  }),
  insertDimension: message({ range: DIMENSION_RANGE, inheritFromBefore: flag }),
  mergeCells: message({ range: GRID_RANGE, mergeType: text }),
  repeatCell: message({ range: GRID_RANGE, cell: CELL_DATA, fields: text }),
  setBasicFilter: message({ filter: message({ range: GRID_RANGE }) }),
  setDataValidation: message({ range: GRID_RANGE, rule: anything }),
  sortRange: message({
    range: GRID_RANGE,
    sortSpecs: list(message({ dimensionIndex: whole, sortOrder: text })),
  }),
  unmergeCells: onRange,
  updateCells: message({ rows: ROWS, fields: text, range: GRID_RANGE, start: COORDINATE }),
  updateDimensionProperties: message({
    range: DIMENSION_RANGE,
    properties: message({ pixelSize: whole, hiddenByUser: flag }),
    fields: text,
  }),
  updateNamedRange: message({ namedRange: NAMED_RANGE, fields: text }),
  updateProtectedRange: message({ protectedRange: PROTECTED_RANGE, fields: text }),
  updateSheetProperties: message({ properties: SHEET_PROPERTIES, fields: text }),
  updateSpreadsheetProperties: message({ properties: SPREADSHEET_PROPERTIES, fields: text }),
};

/** `BatchUpdateSpreadsheetRequest`. */
export const BATCH_BODY: Schema = message({
  requests: list(message(KINDS)),
  includeSpreadsheetInResponse: flag,
  responseIncludeGridData: flag,
  responseRanges: list(text),
});

export const COPY_BODY: Schema = message({ destinationSpreadsheetId: text });
