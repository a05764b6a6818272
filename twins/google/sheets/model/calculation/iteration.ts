/** Circles of formulas computed again and again, where the spreadsheet's settings say so. */
import { ITERATIONS_MAX } from '../../../limits.ts';
import type { SpreadsheetRow } from '../../world.ts';
import type { CellError, Scalar } from '../formula/value.ts';
import type { Book } from './book.ts';
import type { FormulaCell } from './formulaCell.ts';

type Settings = NonNullable<SpreadsheetRow['properties']['iterativeCalculationSettings']>;

/** From empty cells on, row by row, until no value moves by the threshold, or for the given number of rounds. */
export function iterate(
  book: Book,
  head: FormulaCell,
  settings: Settings,
  compute: (members: ReadonlySet<FormulaCell>, one: FormulaCell) => Scalar | CellError,
): void {
  const members = circleOf(book, head);
  const inOrder = [...members].sort((a, b) =>
    a.sheetId === b.sheetId ? (a.isBefore(b) ? -1 : 1) : a.sheetId - b.sheetId,
  );
  const { maxIterations, convergenceThreshold } = settings as {
    maxIterations?: number;
    convergenceThreshold?: number;
  };
  for (const one of inOrder) one.value = null;
  const rounds = Math.min(maxIterations ?? ROUNDS_DEFAULT, ITERATIONS_MAX);
  for (let round = 0; round < rounds; round++) {
    let moved = 0;
    for (const one of inOrder) {
      const before = one.value;
      one.value = compute(members, one);
      moved = Math.max(moved, distance(before, one.value));
    }
    if (moved <= (convergenceThreshold ?? THRESHOLD_DEFAULT)) break;
  }
}

const ROUNDS_DEFAULT = 50;
const THRESHOLD_DEFAULT = 0.05;

/** All that were found to depend on themselves together with `head`. */
function circleOf(book: Book, head: FormulaCell): Set<FormulaCell> {
  const members = new Set([head]);
  const waiting = [head];
  for (let next = waiting.pop(); next; next = waiting.pop())
    for (const { sheetId, rect } of next.reads)
      book.grid(sheetId).formulasIn(rect, (one) => {
        if (!one.circular || members.has(one)) return;
        members.add(one);
        waiting.push(one);
      });
  return members;
}

function distance(a: Scalar | CellError, b: Scalar | CellError): number {
  if (typeof b === 'number') return Math.abs(b - (typeof a === 'number' ? a : 0)) || (a === null ? 1 : 0);
  return a === b ? 0 : Number.POSITIVE_INFINITY;
}
