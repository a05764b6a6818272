/**
 * What lies over the cells of a sheet: filters, rules, bands, tables, slicers, charts, pivot tables; in the vendor's
 * shape, only what the twin reads is typed.
 * https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/sheets
 */
import { table } from '../../../../src/table.ts';
import type { CellFormat, Color, ExtendedValue, GridRange } from '../world.ts';

export interface ColorStyle {
  rgbColor?: Color;
  themeColor?: string;
}

export interface ConditionValue {
  userEnteredValue?: string;
  relativeDate?: string;
}

export interface BooleanCondition {
  type?: string;
  values?: ConditionValue[];
}

export interface DataValidationRule {
  condition?: BooleanCondition;
  inputMessage?: string;
  strict?: boolean;
  showCustomUi?: boolean;
}

export interface InterpolationPoint {
  color?: Color;
  colorStyle?: ColorStyle;
  type?: string;
  value?: string;
}

export interface GradientRule {
  minpoint?: InterpolationPoint;
  midpoint?: InterpolationPoint;
  maxpoint?: InterpolationPoint;
}

export interface ConditionalFormatRule {
  ranges?: GridRange[];
  booleanRule?: { condition?: BooleanCondition; format?: CellFormat };
  gradientRule?: GradientRule;
}

export interface FilterCriteria {
  hiddenValues?: string[];
  condition?: BooleanCondition;
  visibleBackgroundColor?: Color;
  visibleBackgroundColorStyle?: ColorStyle;
  visibleForegroundColor?: Color;
  visibleForegroundColorStyle?: ColorStyle;
}

export interface FilterSpec {
  /** Counted from the sheet's first column. */
  columnIndex?: number;
  filterCriteria?: FilterCriteria;
  dataSourceColumnReference?: { name?: string };
}

export interface SortSpec {
  dimensionIndex?: number;
  sortOrder?: string;
  backgroundColor?: Color;
  backgroundColorStyle?: ColorStyle;
  foregroundColor?: Color;
  foregroundColorStyle?: ColorStyle;
  dataSourceColumnReference?: { name?: string };
}

export interface BasicFilter {
  range?: GridRange;
  tableId?: string;
  sortSpecs?: SortSpec[];
  /** By column; the older form of `filterSpecs`. */
  criteria?: Record<string, FilterCriteria>;
  filterSpecs?: FilterSpec[];
}

export interface FilterView extends BasicFilter {
  filterViewId?: number;
  title?: string;
  namedRangeId?: string;
}

export interface BandingProperties {
  headerColor?: Color;
  headerColorStyle?: ColorStyle;
  firstBandColor?: Color;
  firstBandColorStyle?: ColorStyle;
  secondBandColor?: Color;
  secondBandColorStyle?: ColorStyle;
  footerColor?: Color;
  footerColorStyle?: ColorStyle;
}

export interface BandedRange {
  bandedRangeId?: number;
  range?: GridRange;
  rowProperties?: BandingProperties;
  columnProperties?: BandingProperties;
}

export interface TableColumn {
  columnIndex?: number;
  columnName?: string;
  columnType?: string;
  dataValidationRule?: { condition?: BooleanCondition };
}

export interface Table {
  tableId?: string;
  name?: string;
  range?: GridRange;
  rowsProperties?: BandingProperties;
  columnProperties?: TableColumn[];
}

export interface EmbeddedObjectPosition {
  sheetId?: number;
  newSheet?: boolean;
  overlayPosition?: {
    anchorCell?: { sheetId?: number; rowIndex?: number; columnIndex?: number };
    offsetXPixels?: number;
    offsetYPixels?: number;
    widthPixels?: number;
    heightPixels?: number;
  };
}

export interface SlicerSpec {
  dataRange?: GridRange;
  filterCriteria?: FilterCriteria;
  columnIndex?: number;
  applyToPivotTables?: boolean;
  title?: string;
  horizontalAlignment?: string;
  textFormat?: Record<string, unknown>;
  backgroundColor?: Color;
  backgroundColorStyle?: ColorStyle;
}

export interface Slicer {
  slicerId?: number;
  spec?: SlicerSpec;
  position?: EmbeddedObjectPosition;
}

export interface ChartData {
  sourceRange?: { sources?: GridRange[] };
  columnReference?: { name?: string };
  aggregateType?: string;
  groupRule?: Record<string, unknown>;
}

/** Each kind of chart is a member of its own; which one is what the rules ask. */
export interface ChartSpec {
  title?: string;
  hiddenDimensionStrategy?: string;
  [more: string]: unknown;
}

export interface EmbeddedObjectBorder {
  color?: Color;
  colorStyle?: ColorStyle;
}

export interface EmbeddedChart {
  chartId?: number;
  spec?: ChartSpec;
  position?: EmbeddedObjectPosition;
  border?: EmbeddedObjectBorder;
}

export interface PivotGroup {
  sourceColumnOffset?: number;
  label?: string;
  showTotals?: boolean;
  sortOrder?: string;
  repeatHeadings?: boolean;
  valueBucket?: { valuesIndex?: number; buckets?: ExtendedValue[] };
  valueMetadata?: { value?: ExtendedValue; collapsed?: boolean }[];
  groupRule?: {
    manualRule?: { groups?: { groupName?: ExtendedValue; items?: ExtendedValue[] }[] };
    histogramRule?: { interval?: number; start?: number; end?: number };
    dateTimeRule?: { type?: string };
  };
  groupLimit?: { countLimit?: number; applyOrder?: number };
  dataSourceColumnReference?: { name?: string };
}

export interface PivotValue {
  sourceColumnOffset?: number;
  formula?: string;
  name?: string;
  summarizeFunction?: string;
  calculatedDisplayType?: string;
  dataSourceColumnReference?: { name?: string };
}

export interface PivotFilterCriteria {
  visibleValues?: string[];
  condition?: BooleanCondition;
  visibleByDefault?: boolean;
}

export interface PivotTable {
  source?: GridRange;
  dataSourceId?: string;
  rows?: PivotGroup[];
  columns?: PivotGroup[];
  values?: PivotValue[];
  criteria?: Record<string, PivotFilterCriteria>;
  filterSpecs?: { columnOffsetIndex?: number; filterCriteria?: PivotFilterCriteria }[];
  valueLayout?: string;
}

/** The place of a comment. */
export interface CommentAnchor {
  anchorId?: string;
  range?: GridRange;
}

/** The kinds of objects that a sheet has many of. */
export interface ObjectKinds {
  banding: BandedRange;
  chart: EmbeddedChart;
  commentAnchor: CommentAnchor;
  filterView: FilterView;
  slicer: Slicer;
  table: Table;
}
export type ObjectKind = keyof ObjectKinds;

/** One object of a sheet. */
export interface ObjectRow<K extends ObjectKind = ObjectKind> {
  spreadsheetId: string;
  kind: K;
  id: string;
  sheetId: number;
  /** Objects of a kind are shown as they were added. */
  order: number;
  object: ObjectKinds[K];
}

export const sheetObjects = table<ObjectRow>({
  name: 'google.sheetObjects',
  key: (row) => `${row.spreadsheetId}/${row.kind}/${row.id}`,
  indexes: { sheet: (row) => `${row.spreadsheetId}/${row.sheetId}/${row.kind}` },
});
