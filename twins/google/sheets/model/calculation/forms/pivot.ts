/**
 * Pivot tables among formulas: a cell with one computes and spills as a formula would, so that it follows its source
 * and is read by others.
 */
import type { PivotTable } from '../../../world/objects.ts';
import type { CellRow } from '../../../world.ts';
import { closed } from '../../area.ts';
import { keepFormats } from '../../formula/formats.ts';
import { FUNCTIONS } from '../../formula/functions.ts';
import { parseFormula } from '../../formula/syntax.ts';
import { FormulaSyntaxError } from '../../formula/tokens.ts';
import { CellError, type Matrix, type Scalar, textOf } from '../../formula/value.ts';
import { pivotLookup } from '../../object/pivot/lookup.ts';
import { type PivotContext, pivotCells } from '../../object/pivot/pivot.ts';
import { type Env, type Form, type Names, Reference, readValue } from '../operand.ts';

const NAME = '__PIVOT';

/** Whether a formula is no person's, but a pivot table's. */
export const isPivotFormula = (text: string): boolean => text.startsWith(`=${NAME}(`);

/** The cell with what computes its pivot table in the place of a formula; others as they are. */
export function withPivotFormula(cell: CellRow): CellRow {
  if (!cell.pivotTable) return cell;
  const text = JSON.stringify(cell.pivotTable);
  // What is relative to today goes with the clock. One argument, as separators differ by locale.
  const clock = /relativeDate|TODAY|NOW/.test(text) ? 'TODAY()&' : '';
  const formulaValue = `=${NAME}(${clock}"${text.replaceAll('"', '""')}")`;
  return { ...cell, userEnteredValue: { formulaValue } };
}

export const PIVOTS: Readonly<Record<string, Form>> = {
  [NAME]: {
    least: 1,
    most: 1,
    run(args, env) {
      const pivot = definitionIn(textOf(env.single(args[0])));
      const reference = sourceOf(pivot, env);
      const cells = pivotCells(pivot, env.reading.matrix(reference), contextOf(env, reference));
      const values: Matrix = cells.map((line) => line.map(({ value }) => value));
      keepFormats(
        values,
        cells.map((line) => line.map(({ format }) => format)),
      );
      return values;
    },
  },
  GETPIVOTDATA: {
    least: 2,
    most: 255,
    run(args, env) {
      const place = env.evaluate(args[1]);
      const { startRow: row, startColumn: column } = place instanceof Reference ? place.rect : NOWHERE;
      const text =
        place instanceof Reference
          ? env.reading.pivotText({ sheetId: place.sheetId, row, column })
          : undefined;
      if (!text) throw new CellError('REF', 'Reference is not a cell of a pivot table.');
      const pivot = definitionIn(text.slice(0, text.lastIndexOf('}') + 1).replaceAll('""', '"'));
      const reference = sourceOf(pivot, env);
      const items = Array.from({ length: Math.floor((args.length - 2) / 2) }, (_, i) => ({
        group: textOf(env.single(args[2 + i * 2])),
        item: env.single(args[3 + i * 2]),
      }));
      const name = textOf(env.single(args[0]));
      const found = pivotLookup(pivot, env.reading.matrix(reference), contextOf(env, reference), name, items);
      if (found instanceof CellError) throw found;
      return found;
    },
  },
};

const NOWHERE = { startRow: 0, startColumn: 0 };

/** The source as far as the grid goes. Throws CellError `REF` where it is gone. */
function sourceOf({ source }: PivotTable, env: Env): Reference {
  const sheet = source && env.reading.sheetWithId(source.sheetId ?? 0);
  if (!source || !sheet) throw new CellError('REF', 'Reference does not exist.');
  const { rowCount, columnCount } = sheet.properties.gridProperties;
  const { startRow, startColumn, endRow, endColumn } = closed(source);
  return new Reference(sheet.properties.sheetId, {
    startRow,
    startColumn,
    endRow: Math.min(endRow, rowCount),
    endColumn: Math.min(endColumn, columnCount),
  });
}

function definitionIn(text: string): PivotTable {
  try {
    return JSON.parse(text.slice(text.indexOf('{'))) as PivotTable;
  } catch {
    throw new CellError('NAME', `Unknown function: '${NAME}'.`);
  }
}

function contextOf(env: Env, { sheetId, rect }: Reference): PivotContext {
  const { context } = env.reading;
  return {
    setting: { locale: context.locale },
    formatAt: (row, column) =>
      env.reading.formatAt({ sheetId, row: rect.startRow + row, column: rect.startColumn + column }),
    evaluate: (formula, columns = new Map()) => caught(() => evaluated(env, formula, columns)),
    call: (name, values) =>
      caught(() => {
        const found = FUNCTIONS.get(name);
        if (!found) throw new CellError('NAME', `Unknown function: '${name}'.`);
        return found.run([values], context, name);
      }),
  };
}

/** The first value, or the error as one. */
function caught(run: () => Scalar | Matrix): Scalar | CellError {
  try {
    const value = run();
    return Array.isArray(value) ? (value[0]?.[0] ?? null) : value;
  } catch (error) {
    if (error instanceof CellError) return error;
    if (error instanceof FormulaSyntaxError) return new CellError('ERROR', 'Formula parse error.');
    throw error;
  }
}

/** Names of columns stand for their values; those that are more than a word are written in `'…'`. */
function evaluated(env: Env, formula: string, columns: ReadonlyMap<string, Matrix>): Scalar | Matrix {
  let names: Names | undefined;
  let text = formula;
  for (const [index, [label, value]] of [...columns].entries()) {
    const name = /^[\p{L}_][\p{L}\p{N}_]*$/u.test(label) ? label : `__column${index}`;
    if (name !== label) text = text.replaceAll(`'${label.replaceAll("'", "''")}'`, name);
    names = { name: name.toLowerCase(), value, outer: names };
  }
  const tree = parseFormula(text, env.reading.context.locale);
  const inside = env.within({ arrays: true, ...(names ? { names } : {}) });
  return readValue(inside.evaluate(tree), env.reading);
}
