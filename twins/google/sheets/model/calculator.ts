/** What cells show: formulas computed on demand, each once per answer. */
import type { World } from '../../../../src/world/world.ts';
import { FORMULA_DEPTH_MAX, FORMULA_STEPS_MAX } from '../../limits.ts';
import {
  type CellRow,
  cellKey,
  cells,
  type ExtendedValue,
  type NumberFormat,
  type SheetRow,
  spreadsheets,
} from '../world.ts';
import type { A1Range } from './a1.ts';
import { areaOf, sheetsOf } from './area.ts';
import { callFunction } from './formula/functions.ts';
import { FormulaSyntaxError, type Node, parseFormula } from './formula/syntax.ts';
import {
  CellError,
  compare,
  ERROR_TEXT,
  errorOfText,
  flagOf,
  type Matrix,
  numberOf,
  type Scalar,
  scalarOf,
  textOf,
  type Value,
} from './formula/value.ts';
import { cellsIn, type Rect } from './grid.ts';
import { isDateFormat, showNumber } from './numberFormat.ts';

/** What a formula gives one cell, and the number format that it brings along. */
export interface Computed {
  value: Scalar | CellError;
  format?: NumberFormat;
}

/** A cell's place. Zero-based. */
export interface Place {
  sheetId: number;
  row: number;
  column: number;
}

export class Calculator {
  readonly #world: World;
  readonly #spreadsheetId: string;
  readonly #computed = new Map<string, Computed | 'busy'>();
  readonly #sheets: readonly SheetRow[];
  readonly #timeZone: string;
  readonly #locale: string;
  #steps = 0;
  #depth = 0;

  constructor(world: World, spreadsheetId: string) {
    this.#world = world;
    this.#spreadsheetId = spreadsheetId;
    this.#sheets = sheetsOf(world, spreadsheetId);
    const properties = world.get(spreadsheets, spreadsheetId)?.properties;
    this.#timeZone = properties?.timeZone ?? 'Etc/GMT';
    this.#locale = properties?.locale ?? 'en_US';
  }

  /** The cells of a rectangle that hold or show anything, row by row: kept ones, and those that formulas spill into. */
  cellsIn(sheetId: number, rect: Rect): CellRow[] {
    return cellsIn(this.#world, this.#spreadsheetId, sheetId, rect);
  }

  /**
   * What a formula would give in a cell: for rules that are written as formulas. Errors are values, never thrown; a
   * formula that cannot be read gives `ERROR`.
   */
  evaluate(formula: string, at: Place): Computed {
    const { sheetId, row, column } = at;
    return this.#compute({ spreadsheetId: this.#spreadsheetId, sheetId, row, column }, formula);
  }

  /** The cell's value: what was entered, or what its formula gives; undefined for an empty one. */
  effective(cell: CellRow): ExtendedValue | undefined {
    const { userEnteredValue } = cell;
    if (userEnteredValue?.formulaValue === undefined) return userEnteredValue;
    const { value } = this.#cell(cell);
    if (value instanceof CellError) return { errorValue: value.value };
    if (value === null) return { numberValue: 0 };
    if (typeof value === 'number') return { numberValue: value };
    return typeof value === 'string' ? { stringValue: value } : { boolValue: value };
  }

  /** The number format that holds: the cell's own, or the one that its formula brings. */
  format(cell: CellRow): NumberFormat | undefined {
    return (
      cell.userEnteredFormat?.numberFormat ??
      (cell.userEnteredValue?.formulaValue ? this.#cell(cell).format : undefined)
    );
  }

  /** What the cell shows. */
  shown(cell: CellRow): string | undefined {
    const value = this.effective(cell);
    if (!value) return undefined;
    if (value.errorValue) return ERROR_TEXT[value.errorValue.type] ?? '#ERROR!';
    if (value.boolValue !== undefined) return value.boolValue ? 'TRUE' : 'FALSE';
    if (value.numberValue !== undefined) return showNumber(value.numberValue, this.format(cell));
    return value.stringValue;
  }

  /** The plain value; dates as texts where `dates` says so. */
  plain(cell: CellRow, dates: 'serial' | 'text'): string | number | boolean | undefined {
    const value = this.effective(cell);
    if (value?.numberValue !== undefined && !(dates === 'text' && isDateFormat(this.format(cell))))
      return value.numberValue;
    return value?.boolValue ?? this.shown(cell);
  }

  #cell(cell: CellRow): Computed {
    const entered = cell.userEnteredValue;
    const own = cell.userEnteredFormat?.numberFormat;
    if (entered?.formulaValue === undefined)
      return {
        value: entered?.numberValue ?? entered?.stringValue ?? entered?.boolValue ?? null,
        ...(own ? { format: own } : {}),
      };
    const key = cells.key(cell);
    const known = this.#computed.get(key);
    if (known === 'busy')
      return {
        value: new CellError(
          'REF',
          'Circular dependency detected. To resolve with iterative calculation, see File > Settings.',
        ),
      };
    if (known) return known;
    this.#computed.set(key, 'busy');
    const computed = this.#compute(cell, entered.formulaValue);
    this.#computed.set(key, computed);
    return computed;
  }

  #compute(cell: CellRow, formula: string): Computed {
    if (this.#depth >= FORMULA_DEPTH_MAX)
      return { value: new CellError('ERROR', 'The calculation is too deep.') };
    this.#depth++;
    try {
      const tree = parseFormula(formula);
      const value = scalarOf(this.#value(tree, cell.sheetId));
      if (typeof value === 'number' && !Number.isFinite(value))
        return { value: new CellError('NUM', 'The result is not a number.') };
      const format = this.#formatHint(tree, cell.sheetId);
      return { value, ...(format ? { format } : {}) };
    } catch (error) {
      if (error instanceof CellError) return { value: error };
      if (error instanceof FormulaSyntaxError)
        return { value: new CellError('ERROR', 'Formula parse error.') };
      throw error;
    } finally {
      this.#depth--;
    }
  }

  #value(node: Node, home: number): Value {
    if (++this.#steps > FORMULA_STEPS_MAX) throw new CellError('ERROR', 'The calculation takes too long.');
    switch (node.kind) {
      case 'number':
      case 'text':
      case 'flag':
        return node.value;
      case 'error':
        throw errorOfText(node.value);
      case 'reference':
        return this.#range(node.range, this.#sheetNamed(node.sheet, home));
      case 'name':
        return this.#named(node.name);
      case 'array':
        return node.rows.map((row) => row.map((item) => scalarOf(this.#value(item, home))));
      case 'unary': {
        const operand = numberOf(
          this.#value(node.operand, home),
          `Function ${node.operator === '%' ? 'UNARY_PERCENT' : 'UMINUS'} parameter 1`,
        );
        return node.operator === '-' ? -operand : node.operator === '%' ? operand / 100 : operand;
      }
      case 'binary':
        return this.#binary(node.operator, this.#value(node.left, home), this.#value(node.right, home));
      default:
        return this.#call(node.name, node.args, home);
    }
  }

  /** Functions that do not look at all their arguments come first. */
  #call(name: string, args: readonly (Node | undefined)[], home: number): Value {
    const value = (i: number): Value => (args[i] ? this.#value(args[i], home) : null);
    if (name === 'IF') return flagOf(value(0)) ? value(1) : args.length > 2 ? value(2) : false;
    if (name === 'IFERROR' || name === 'IFNA' || name === 'ISERROR') {
      try {
        const result = scalarOf(value(0));
        return name === 'ISERROR' ? false : result;
      } catch (error) {
        if (!(error instanceof CellError) || (name === 'IFNA' && error.value.type !== 'N_A')) throw error;
        return name === 'ISERROR' ? true : (value(1) ?? '');
      }
    }
    return callFunction(
      name,
      args.map((_, i) => value(i)),
      { world: this.#world, timeZone: this.#timeZone, locale: this.#locale },
    );
  }

  #binary(operator: string, left: Value, right: Value): Value {
    if (operator === '&') return textOf(left) + textOf(right);
    const order = () => compare(scalarOf(left), scalarOf(right));
    switch (operator) {
      case '=':
        return order() === 0;
      case '<>':
        return order() !== 0;
      case '<':
        return order() < 0;
      case '>':
        return order() > 0;
      case '<=':
        return order() <= 0;
      case '>=':
        return order() >= 0;
    }
    const name =
      { '+': 'ADD', '-': 'MINUS', '*': 'MULTIPLY', '/': 'DIVIDE', '^': 'POW' }[operator] ?? operator;
    const a = numberOf(left, `Function ${name} parameter 1`);
    const b = numberOf(right, `Function ${name} parameter 2`);
    if (operator === '+') return a + b;
    if (operator === '-') return a - b;
    if (operator === '*') return a * b;
    if (operator === '^') return a ** b;
    if (b === 0) throw new CellError('DIVIDE_BY_ZERO', 'Function DIVIDE parameter 2 cannot be zero.');
    return a / b;
  }

  #sheetNamed(title: string | undefined, home: number): SheetRow {
    const found = this.#sheets.find((one) =>
      title === undefined
        ? one.properties.sheetId === home
        : one.properties.title.toLowerCase() === title.toLowerCase(),
    );
    if (!found) throw new CellError('REF', `Unresolved sheet name '${title}'.`);
    return found;
  }

  #named(name: string): Value {
    const known = this.#world
      .get(spreadsheets, this.#spreadsheetId)
      ?.namedRanges.some((one) => one.name.toLowerCase() === name.toLowerCase());
    if (!known) throw new CellError('NAME', `Unknown range name: '${name.toUpperCase()}'.`);
    const { sheet, ...range } = areaOf(this.#world, this.#spreadsheetId, name);
    return this.#range(range, sheet);
  }

  #range(range: A1Range, sheet: SheetRow): Value {
    const { rowCount, columnCount } = sheet.properties.gridProperties;
    const [startRow, startColumn] = [range.startRow ?? 0, range.startColumn ?? 0];
    const endRow = Math.min(range.endRow ?? rowCount, rowCount);
    const endColumn = Math.min(range.endColumn ?? columnCount, columnCount);
    if (startRow >= rowCount || startColumn >= columnCount)
      throw new CellError('REF', 'Reference does not exist.');
    const { sheetId } = sheet.properties;
    if (endRow - startRow === 1 && endColumn - startColumn === 1) {
      const cell = this.#world.get(cells, cellKey(this.#spreadsheetId, sheetId, startRow, startColumn));
      const { value } = cell ? this.#cell(cell) : { value: null };
      if (value instanceof CellError) throw value;
      return value;
    }
    const found = cellsIn(this.#world, this.#spreadsheetId, sheetId, {
      startRow,
      endRow,
      startColumn,
      endColumn,
    });
    this.#steps += found.length;
    const lastRow = found.reduce((last, cell) => Math.max(last, cell.row + 1), startRow + 1);
    const width = endColumn - startColumn;
    const matrix: Matrix = Array.from({ length: lastRow - startRow }, () =>
      new Array<Scalar>(width).fill(null),
    );
    for (const cell of found) {
      const row = matrix[cell.row - startRow];
      if (row) row[cell.column - startColumn] = this.#cell(cell).value;
    }
    return matrix;
  }

  /** Dates and percentages stay what they are through `+`, `-` and plain references. */
  #formatHint(node: Node, home: number): NumberFormat | undefined {
    if (node.kind === 'call') return DATE_FUNCTIONS[node.name];
    if (node.kind === 'unary')
      return node.operator === '%'
        ? { type: 'PERCENT', pattern: '0%' }
        : this.#formatHint(node.operand, home);
    if (node.kind === 'binary' && (node.operator === '+' || node.operator === '-'))
      return this.#formatHint(node.left, home) ?? this.#formatHint(node.right, home);
    if (
      node.kind !== 'reference' ||
      node.range.startRow === undefined ||
      node.range.startColumn === undefined
    )
      return undefined;
    const { sheetId } = this.#sheetNamed(node.sheet, home).properties;
    const cell = this.#world.get(
      cells,
      cellKey(this.#spreadsheetId, sheetId, node.range.startRow, node.range.startColumn),
    );
    return cell?.userEnteredFormat?.numberFormat;
  }
}

const DATE_FUNCTIONS: Readonly<Record<string, NumberFormat>> = {
  NOW: { type: 'DATE_TIME' },
  TODAY: { type: 'DATE' },
  DATE: { type: 'DATE' },
  TIME: { type: 'TIME' },
};
