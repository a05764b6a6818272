/** What a spreadsheet is made of: its properties, its sheets, their cells. The title is the Drive file's name. */
import { table } from '../../../src/table.ts';
import {
  type BasicFilter,
  type ConditionalFormatRule,
  type DataValidationRule,
  type PivotTable,
  sheetObjects,
} from './world/objects.ts';

export interface Color {
  red?: number;
  green?: number;
  blue?: number;
  alpha?: number;
}

export interface NumberFormat {
  type: string;
  pattern?: string;
}

/** A cell's format, in the vendor's shape; only what the twin reads is typed. */
export interface CellFormat {
  numberFormat?: NumberFormat;
  textFormat?: { fontSize?: number; bold?: boolean; [more: string]: unknown };
  horizontalAlignment?: string;
  [more: string]: unknown;
}

/** Half-open and zero-based; an absent bound is open. */
export interface GridRange {
  sheetId?: number;
  startRowIndex?: number;
  endRowIndex?: number;
  startColumnIndex?: number;
  endColumnIndex?: number;
}

export interface ErrorValue {
  type: string;
  message: string;
}

/** One of these, or none. */
export interface ExtendedValue {
  numberValue?: number;
  stringValue?: string;
  boolValue?: boolean;
  formulaValue?: string;
  errorValue?: ErrorValue;
}

export interface NamedRange {
  namedRangeId: string;
  name: string;
  range: GridRange;
}

export interface DeveloperMetadata {
  metadataId: number;
  metadataKey?: string;
  metadataValue?: string;
  visibility: string;
  /** Whose it is where its visibility is `PROJECT`; not shown. */
  app?: string;
  location: {
    locationType: string;
    spreadsheet?: boolean;
    sheetId?: number;
    dimensionRange?: { sheetId?: number; dimension: string; startIndex?: number; endIndex?: number };
  };
}

export interface SpreadsheetRow {
  spreadsheetId: string;
  properties: {
    locale: string;
    autoRecalc: string;
    timeZone: string;
    defaultFormat?: CellFormat;
    iterativeCalculationSettings?: Record<string, unknown>;
    spreadsheetTheme?: Record<string, unknown>;
    importFunctionsExternalUrlAccessAllowed?: boolean;
  };
  namedRanges: NamedRange[];
  developerMetadata: DeveloperMetadata[];
  /** Spreadsheets that IMPORTRANGE may read, and who has allowed it. */
  connectedSheets?: readonly { spreadsheetId: string; by: string }[];
}

export interface GridProperties {
  rowCount: number;
  columnCount: number;
  frozenRowCount?: number;
  frozenColumnCount?: number;
  hideGridlines?: boolean;
  rowGroupControlAfter?: boolean;
  columnGroupControlAfter?: boolean;
}

export interface SheetProperties {
  sheetId: number;
  title: string;
  index: number;
  sheetType: string;
  gridProperties: GridProperties;
  hidden?: boolean;
  rightToLeft?: boolean;
  tabColor?: Color;
  tabColorStyle?: { rgbColor?: Color; themeColor?: string };
}

/** A row's or a column's own height or width (pixels), and whether it is hidden. */
export interface DimensionProperties {
  pixelSize?: number;
  hiddenByUser?: boolean;
}

export interface ProtectedRange {
  protectedRangeId: number;
  range?: GridRange;
  namedRangeId?: string;
  tableId?: string;
  description?: string;
  warningOnly?: boolean;
  editors?: { users?: string[]; groups?: string[]; domainUsersCanEdit?: boolean };
  unprotectedRanges?: GridRange[];
}

export interface DimensionGroup {
  range: { sheetId?: number; dimension: string; startIndex: number; endIndex: number };
  depth: number;
  collapsed?: boolean;
}

export interface SheetRow {
  spreadsheetId: string;
  properties: SheetProperties;
  merges: GridRange[];
  protectedRanges: ProtectedRange[];
  rowGroups: DimensionGroup[];
  columnGroups: DimensionGroup[];
  basicFilter?: BasicFilter;
  conditionalFormats: ConditionalFormatRule[];
  /** By index, only what differs from the default. */
  rowMetadata: Readonly<Record<string, DimensionProperties>>;
  columnMetadata: Readonly<Record<string, DimensionProperties>>;
}

export interface CellRow {
  spreadsheetId: string;
  sheetId: number;
  /** Zero-based. */
  row: number;
  column: number;
  userEnteredValue?: ExtendedValue;
  userEnteredFormat?: CellFormat;
  note?: string;
  dataValidation?: DataValidationRule;
  pivotTable?: PivotTable;
  textFormatRuns?: unknown[];
  chipRuns?: unknown[];
}

export const spreadsheets = table<SpreadsheetRow>({
  name: 'google.spreadsheets',
  key: (row) => row.spreadsheetId,
});
export const sheets = table<SheetRow>({
  name: 'google.sheets',
  key: (row) => `${row.spreadsheetId}/${row.properties.sheetId}`,
});
export const cells = table<CellRow>({
  name: 'google.cells',
  key: (row) => cellKey(row.spreadsheetId, row.sheetId, row.row, row.column),
  indexes: {
    pivot: (row) => (row.pivotTable ? row.spreadsheetId : undefined),
    /** Formulas, by sheet. */
    formula: ({ userEnteredValue, spreadsheetId, sheetId }) =>
      userEnteredValue?.formulaValue === undefined ? undefined : `${spreadsheetId}/${sheetId}`,
    /** Whose validation names other cells. */
    ruledByFormula: ({ dataValidation, spreadsheetId }) =>
      dataValidation?.condition?.values?.some((value) => value.userEnteredValue?.startsWith('='))
        ? spreadsheetId
        : undefined,
  },
});

export const sheetTables = [spreadsheets, sheets, cells, sheetObjects];

/** Widths that hold every index that a sheet can have, so that keys sort as the grid does. */
const SHEET_DIGITS = 10;
const ROW_DIGITS = 8;
const COLUMN_DIGITS = 5;

export const sheetPrefix = (spreadsheetId: string, sheetId: number): string =>
  `${spreadsheetId}/${String(sheetId).padStart(SHEET_DIGITS, '0')}/`;

export const rowPrefix = (spreadsheetId: string, sheetId: number, row: number): string =>
  `${sheetPrefix(spreadsheetId, sheetId)}${String(row).padStart(ROW_DIGITS, '0')}/`;

export const cellKey = (spreadsheetId: string, sheetId: number, row: number, column: number): string =>
  rowPrefix(spreadsheetId, sheetId, row) + String(column).padStart(COLUMN_DIGITS, '0');
