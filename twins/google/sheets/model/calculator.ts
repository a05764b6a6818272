/** What cells show: what was entered, or what formulas give. */
import type { World } from '../../../../src/world/world.ts';
import {
  type CellRow,
  cellKey,
  cells,
  type ExtendedValue,
  type NumberFormat,
  type SheetRow,
  spreadsheets,
} from '../world.ts';
import { openBook } from './calculation/books.ts';
import { type Span, spansOf } from './calculation/filledSpans.ts';
import type { Place } from './calculation/operand.ts';
import { CellError, ERROR_TEXT, type Scalar } from './formula/value.ts';
import { cellsIn, type Rect, wholeGrid } from './grid.ts';
import { type Setting, settingOf } from './locale.ts';
import { isDateFormat, showNumber, showText } from './numberFormat.ts';

export type { Place } from './calculation/operand.ts';

/** What a formula gives one cell, and the number format that it brings along. */
export interface Computed {
  value: Scalar | CellError;
  format?: NumberFormat;
}

export class Calculator {
  readonly #world: World;
  readonly #spreadsheetId: string;
  readonly #locale: string;
  readonly #within: boolean;
  #opened: ReturnType<typeof openBook> | undefined;

  /** `opened`: where the calculation itself asks what cells show. */
  constructor(world: World, spreadsheetId: string, opened?: ReturnType<typeof openBook>) {
    this.#opened = opened;
    this.#within = opened !== undefined;
    this.#world = world;
    this.#spreadsheetId = spreadsheetId;
    this.#locale = world.get(spreadsheets, spreadsheetId)?.properties.locale ?? 'en_US';
  }

  /** By what texts are read as numbers and dates. */
  get setting(): Setting {
    return settingOf(this.#world, this.#spreadsheetId);
  }

  /** The cells of a rectangle that hold or show anything, row by row: kept ones, and those that formulas spill into. */
  cellsIn(sheetId: number, rect: Rect): CellRow[] {
    const kept = cellsIn(this.#world, this.#spreadsheetId, sheetId, rect);
    const spilled = this.#recalculation()
      .spilledIn(sheetId, rect)
      .map(({ row, column }) => ({ spreadsheetId: this.#spreadsheetId, sheetId, row, column }))
      .filter(
        ({ row, column }) => !this.#world.get(cells, cellKey(this.#spreadsheetId, sheetId, row, column)),
      );
    if (spilled.length === 0) return kept;
    return [...kept, ...spilled].sort((a, b) => a.row - b.row || a.column - b.column);
  }

  /** Where a sheet has values, by column: entered ones, formulas, and what those and pivot tables spill. */
  filledIn(sheet: SheetRow): Map<number, readonly Span[]> {
    const { sheetId } = sheet.properties;
    const recalculation = this.#recalculation();
    const spilled = new Map<number, number[]>();
    for (const { row, column } of recalculation.spilledIn(sheetId, wholeGrid(sheet))) {
      const rows = spilled.get(column);
      if (rows) rows.push(row);
      else spilled.set(column, [row]);
    }
    const filled = new Map(recalculation.enteredIn(sheetId));
    for (const [column, rows] of spilled) {
      const spans = [...(filled.get(column) ?? []), ...spansOf(rows)];
      filled.set(
        column,
        spans.sort((a, b) => a.startRow - b.startRow),
      );
    }
    return filled;
  }

  /**
   * What a formula would give in a cell: for rules that are written as formulas. Errors are values, never thrown; a
   * formula that cannot be read gives `ERROR`.
   */
  evaluate(formula: string, at: Place): Computed {
    const { value, format } = this.#recalculation().once(formula, at);
    return { value: Array.isArray(value) ? (value[0]?.[0] ?? null) : value, ...(format ? { format } : {}) };
  }

  /** The cell's value: what was entered, or what formulas give; undefined for an empty one. */
  effective(cell: CellRow): ExtendedValue | undefined {
    const { userEnteredValue } = cell;
    if (userEnteredValue && userEnteredValue.formulaValue === undefined) return userEnteredValue;
    const value = this.#computed(cell)?.value ?? null;
    if (value instanceof CellError) return { errorValue: value.value };
    if (value === null) return undefined;
    if (typeof value === 'number') return { numberValue: value };
    return typeof value === 'string' ? { stringValue: value } : { boolValue: value };
  }

  /** The number format that holds: the cell's own, or the one that a formula brings. */
  format(cell: CellRow): NumberFormat | undefined {
    const own = cell.userEnteredFormat?.numberFormat;
    if (own || (cell.userEnteredValue && cell.userEnteredValue.formulaValue === undefined)) return own;
    return this.#computed(cell)?.format;
  }

  /** Where a cell leads whose formula is a HYPERLINK. */
  link(cell: CellRow): string | undefined {
    return cell.userEnteredValue?.formulaValue === undefined ? undefined : this.#recalculation().linkAt(cell);
  }

  /** What the cell shows. */
  shown(cell: CellRow): string | undefined {
    const value = this.effective(cell);
    if (!value) return undefined;
    if (value.errorValue) return ERROR_TEXT[value.errorValue.type] ?? '#ERROR!';
    if (value.boolValue !== undefined) return value.boolValue ? 'TRUE' : 'FALSE';
    if (value.numberValue !== undefined)
      return showNumber(value.numberValue, this.format(cell), this.#locale);
    return value.stringValue === undefined
      ? undefined
      : showText(value.stringValue, this.format(cell), this.#locale);
  }

  /** The plain value; dates as texts where `dates` says so. */
  plain(cell: CellRow, dates: 'serial' | 'text'): string | number | boolean | undefined {
    const value = this.effective(cell);
    if (value?.numberValue !== undefined && !(dates === 'text' && isDateFormat(this.format(cell))))
      return value.numberValue;
    return value?.boolValue ?? this.shown(cell);
  }

  #computed(cell: CellRow): Computed | undefined {
    const recalculation = this.#recalculation();
    const text = cell.userEnteredValue?.formulaValue;
    const kept = this.#world.get(cells, cells.key(cell));
    // A cell that is being written is asked about before it is kept.
    if (text !== undefined && kept?.userEnteredValue?.formulaValue !== text) return this.evaluate(text, cell);
    const found = recalculation.valueAt(cell);
    return found && { value: found.value, ...(found.format ? { format: found.format } : {}) };
  }

  /** Up to date with the rows as they are now. */
  #recalculation() {
    if (this.#within && this.#opened) return this.#opened.recalculation;
    if (this.#opened) this.#opened.book.catchUp(this.#world);
    else this.#opened = openBook(this.#world, this.#spreadsheetId);
    return this.#opened.recalculation;
  }
}
