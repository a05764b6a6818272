/** The number format that a formula brings along: of dates, prices and percentages it reads. */
import type { NumberFormat } from '../../world.ts';
import { formatsOf } from '../formula/formats.ts';
import { FUNCTIONS } from '../formula/functions.ts';
import type { BinaryNode, Node, ReferenceNode } from '../formula/syntax.ts';
import { FORMS } from './forms.ts';
import type { FormulaCell } from './formulaCell.ts';
import type { Place, Reading } from './operand.ts';

/** Functions that give one of the values they look at, or a sum of them. */
const KEEPING = new Map<string, number>([
  ...'SUM AVERAGE MIN MAX MEDIAN ROUND ROUNDUP ROUNDDOWN ABS LARGE SMALL MODE FILTER SORT UNIQUE SORTN TRANSPOSE ARRAYFORMULA ARRAY_CONSTRAIN INDEX OFFSET IFERROR IFNA SUBTOTAL'
    .split(' ')
    .map((name): [string, number] => [name, name === 'SUBTOTAL' ? 1 : 0]),
  ['IF', 1],
]);

/** The format of one of the cells that a formula shows: results may have one for each. */
export function shownFormat(formula: FormulaCell, { row, column }: Place): NumberFormat | undefined {
  const own = formatsOf(formula.matrix);
  return own ? own[row - formula.row]?.[column - formula.column] : formula.format;
}

/** Undefined where the result is a plain value. */
export function formatOf(node: Node, reading: Reading, at: Place): NumberFormat | undefined {
  switch (node.kind) {
    case 'reference':
      return ofReference(node, reading, at);
    case 'name': {
      const range = reading.named(node.name);
      return (
        range &&
        reading.formatAt({
          sheetId: range.sheetId,
          row: range.rect.startRow,
          column: range.rect.startColumn,
        })
      );
    }
    case 'array':
      return node.rows[0]?.[0] && formatOf(node.rows[0][0], reading, at);
    case 'unary':
      return node.operator === '%' ? { type: 'PERCENT', pattern: '0%' } : formatOf(node.operand, reading, at);
    case 'binary':
      return ofChain(node, reading, at);
    case 'call': {
      const own = (FORMS.get(node.name) ?? FUNCTIONS.get(node.name))?.format;
      const kept = KEEPING.get(node.name);
      const arg = kept === undefined ? undefined : node.args[kept];
      return own ?? (arg && formatOf(arg, reading, at));
    }
    default:
      return undefined;
  }
}

/** Along the left: sums are as deep as they are long. */
function ofChain(node: BinaryNode, reading: Reading, at: Place): NumberFormat | undefined {
  const chain = [node];
  let first = node.left;
  for (; first.kind === 'binary'; first = first.left) chain.push(first);
  return chain.reduceRight(
    (format, { operator, right }) => ofBinary(operator, format, formatOf(right, reading, at)),
    formatOf(first, reading, at),
  );
}

const DATES = new Set(['DATE', 'TIME', 'DATE_TIME']);

function ofBinary(
  operator: string,
  left: NumberFormat | undefined,
  right: NumberFormat | undefined,
): NumberFormat | undefined {
  const isDate = (format: NumberFormat | undefined) => format !== undefined && DATES.has(format.type);
  if (operator === '-' && isDate(left) && isDate(right)) return undefined;
  if (operator === '+' || operator === '-') return left ?? right;
  const isPrice = (format: NumberFormat | undefined) => format?.type === 'CURRENCY';
  if (operator === '*') return isPrice(left) ? left : isPrice(right) ? right : undefined;
  return operator === '/' && isPrice(left) && !isPrice(right) ? left : undefined;
}

function ofReference(node: ReferenceNode, reading: Reading, at: Place): NumberFormat | undefined {
  const sheet = node.sheet === undefined ? reading.sheetWithId(at.sheetId) : reading.sheetNamed(node.sheet);
  const { startRow, startColumn, endRow, endColumn } = node.range;
  if (!sheet || startRow === undefined || startColumn === undefined) return undefined;
  // Outside of an array a range gives the cell beside the formula.
  const isIn = (place: number, from: number, to: number | undefined) =>
    place >= from && (to === undefined || place < to);
  const row = isIn(at.row, startRow, endRow) ? at.row : startRow;
  const column = isIn(at.column, startColumn, endColumn) ? at.column : startColumn;
  const { sheetId } = sheet.properties;
  const found = reading.formatAt({ sheetId, row, column });
  return found ?? reading.formatAt({ sheetId, row: startRow, column: startColumn });
}
