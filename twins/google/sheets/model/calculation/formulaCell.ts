/** A cell with a formula, as the calculation keeps it: its tree, what it gave, and what it read for that. */
import type { NumberFormat } from '../../world.ts';
import { FUNCTIONS } from '../formula/functions.ts';
import { type Node, nodesOf, parseFormula } from '../formula/syntax.ts';
import { FormulaSyntaxError } from '../formula/tokens.ts';
import type { CellError, Matrix, Scalar } from '../formula/value.ts';
import type { Rect } from '../grid.ts';
import { IMPORTS } from './forms/outside.ts';
import { CHANCES, CLOCKS } from './forms/volatile.ts';
import { FORMS } from './forms.ts';
import type { Place, Reference } from './operand.ts';

/** What besides cells a formula's value goes with. */
export interface Uses {
  clock: boolean;
  chance: boolean;
  imports: boolean;
  /** Which rows can be seen. */
  hidden: boolean;
}

export class FormulaCell implements Place {
  readonly sheetId: number;
  readonly row: number;
  readonly column: number;
  /** With its `=`. */
  readonly text: string;
  /** Undefined where the text cannot be read. */
  readonly tree: Node | undefined;
  readonly uses: Uses;
  /** Whether its result may take more cells than its own. */
  maySpill: boolean;
  state: 'dirty' | 'busy' | 'clean' = 'dirty';
  value: Scalar | CellError = null;
  format: NumberFormat | undefined;
  /** All that it gave, while it is shown in `spill`. */
  matrix: Matrix | undefined;
  spill: Rect | undefined;
  /** Where it would be shown: as `spill`, or where something is in the way. */
  wanted: Rect | undefined;
  /** What it read when it was last computed. */
  reads: readonly Reference[] = [];
  /** Whether it was found to depend on itself, and the first cell of that circle that was asked for. */
  circular = false;
  head: FormulaCell | undefined;
  /** How often it was computed at this version of the book. */
  tries = 0;
  triedAt = -1;

  /** `tree`: of a formula that is part of another one. */
  constructor({ sheetId, row, column }: Place, text: string, locale: string, tree?: Node) {
    this.sheetId = sheetId;
    this.row = row;
    this.column = column;
    this.text = text;
    this.tree = tree ?? treeOf(text, locale);
    const names = this.tree ? namesIn(this.tree) : [];
    this.uses = {
      clock: names.some((name) => CLOCKS.has(name)),
      chance: names.some((name) => CHANCES.has(name)),
      imports: names.some((name) => IMPORTS.has(name)),
      hidden: names.includes('SUBTOTAL'),
    };
    this.maySpill = this.tree !== undefined && givesMany(this.tree);
  }

  /** As if it had never been computed. */
  reset(): void {
    this.state = 'dirty';
    this.value = null;
    this.format = undefined;
    this.matrix = undefined;
    this.spill = undefined;
    this.wanted = undefined;
    this.reads = [];
    this.circular = false;
    this.head = undefined;
    this.triedAt = -1;
    this.maySpill = this.tree !== undefined && givesMany(this.tree);
  }

  /** Whether its value may change with none of the cells that it reads. */
  get isRestless(): boolean {
    return this.uses.clock || this.uses.chance || this.uses.imports;
  }

  /** Whether it comes before another one of its sheet, row by row: it has the right of way. */
  isBefore(other: Place): boolean {
    return this.row === other.row ? this.column < other.column : this.row < other.row;
  }
}

function treeOf(text: string, locale: string): Node | undefined {
  try {
    return parseFormula(text, locale);
  } catch (error) {
    if (error instanceof FormulaSyntaxError) return undefined;
    throw error;
  }
}

function namesIn(tree: Node): string[] {
  const names: string[] = [];
  for (const node of nodesOf(tree)) if (node.kind === 'call') names.push(node.name);
  return names;
}

/** Functions that are common and give one value; others are taken to give many until they have been computed. */
const ONE_VALUE = new Set(
  (
    'SUM AVERAGE COUNT COUNTA COUNTBLANK COUNTIF COUNTIFS SUMIF SUMIFS AVERAGEIF AVERAGEIFS MIN MAX MINIFS MAXIFS MEDIAN ' +
    'PRODUCT SUMPRODUCT ROUND ROUNDUP ROUNDDOWN INT ABS MOD SQRT POWER AND OR NOT XOR LEN LEFT RIGHT MID UPPER LOWER TRIM ' +
    'CONCATENATE CONCAT TEXT VALUE SUBSTITUTE FIND SEARCH DATE YEAR MONTH DAY HOUR MINUTE SECOND WEEKDAY EDATE EOMONTH ' +
    'VLOOKUP HLOOKUP MATCH ISBLANK ISNUMBER ISTEXT ISERROR ISNA REGEXMATCH REGEXREPLACE JOIN TEXTJOIN RANK LARGE SMALL ' +
    'ROW COLUMN ROWS COLUMNS ADDRESS CELL ISFORMULA FORMULATEXT SHEET SHEETS HYPERLINK SUBTOTAL NOW TODAY RAND RANDBETWEEN'
  ).split(' '),
);
const CHOICES = new Set('IF IFS SWITCH IFERROR IFNA'.split(' '));

function givesMany(node: Node): boolean {
  if (node.kind === 'array' || node.kind === 'apply') return true;
  if (node.kind !== 'call') return false;
  if (CHOICES.has(node.name))
    return node.args.some((arg) => arg !== undefined && (arg.kind === 'reference' || givesMany(arg)));
  return !ONE_VALUE.has(node.name) && (FUNCTIONS.has(node.name) || FORMS.has(node.name));
}
