/** Formulas computed when they are asked for, each after what it reads; results laid out over the sheet. */
import type { World } from '../../../../../src/world/world.ts';
import type { NumberFormat } from '../../world.ts';
import { Calculator } from '../calculator.ts';
import { CellError, type Matrix, type Scalar, type Value } from '../formula/value.ts';
import type { Rect } from '../grid.ts';
import { Appearance } from '../object/appearance.ts';
import { hiddenRows } from '../object/filter.ts';
import type { Book } from './book.ts';
import { isMany } from './broadcast.ts';
import { evaluateTree } from './evaluator.ts';
import type { Span } from './filledSpans.ts';
import { formatOf, shownFormat } from './formats.ts';
import { FormulaCell } from './formulaCell.ts';
import { iterate } from './iteration.ts';
import { matrixOf, type Place, type Reference } from './operand.ts';
import { dirtyPrecedents } from './precedents.ts';
import { SheetReading } from './reading.ts';
import { cellRect, overlap, sameRect } from './rectangle.ts';
import type { SheetGrid } from './sheetGrid.ts';
import { place, wantedBy } from './spill.ts';

/** What cells show that depend on themselves. */
const CIRCULAR = new CellError(
  'REF',
  'Circular dependency detected. To resolve with iterative calculation, see File > Settings.',
);
/** Formulas that may wait for one another on the stack; chains that are longer are computed from their far end. */
const DEEP = 50;
const DEEPEST = 150;
/** How often a formula is computed before its result is taken for one that never settles. */
const TRIES_MAX = 50;

/** Thrown through a formula that is computed before it was asked for, and needs what waits for it. */
class NotYet extends Error {}

export class Recalculation {
  readonly #book: Book;
  readonly #reading: SheetReading;
  /** Formulas that are being computed, each asked for by the one before. */
  readonly #stack: FormulaCell[] = [];
  #ordering = false;
  /** What waits on the stack below this was not asked for by what is computed now: it was only to come first. */
  #base = 0;
  /** Formulas that could not come first. */
  readonly #late = new Set<FormulaCell>();
  /** Circular formulas at work, which read one another's last values. */
  #iterating: ReadonlySet<FormulaCell> | undefined;

  constructor(book: Book, world: World) {
    this.#book = book;
    const { locale, timeZone = 'Etc/GMT' } = { ...book.row?.properties, locale: book.locale };
    const stack = this.#stack;
    this.#reading = new SheetReading(
      book,
      { world, timeZone, locale },
      {
        get current() {
          return stack.at(-1);
        },
        filteredRows: (sheetId) => this.#filteredRows(world, sheetId),
        valueOf: (formula) => this.#formulaValue(formula),
        settle: (grid, rect) => this.#settle(grid, rect),
      },
    );
  }

  /** The values of a range. */
  matrix(reference: Reference): Matrix {
    const result = this.#steadily(() => this.#reading.matrix(reference));
    this.#reading.notes = [];
    return result;
  }

  /** A cell's value, whatever gives it; undefined where there is none. */
  valueAt(place: Place): { value: Scalar | CellError; format: NumberFormat | undefined } | undefined {
    const { sheetId, row, column } = place;
    const grid = this.#book.grid(sheetId);
    return this.#steadily(() => {
      this.#settle(grid, cellRect(row, column));
      const formula = grid.formula(row, column);
      if (formula) return { value: this.#formulaValue(formula), format: shownFormat(formula, place) };
      const spilled = grid.spilledAt(row, column);
      return spilled && { value: spilled.value, format: shownFormat(spilled.from, place) };
    });
  }

  /** Places that formulas of other cells spill into, within a rectangle. */
  spilledIn(sheetId: number, rect: Rect): Place[] {
    const grid = this.#book.grid(sheetId);
    this.#steadily(() => this.#settle(grid, rect));
    const places: Place[] = [];
    grid.spills.over(rect, (formula, spill) => {
      const shared = overlap(spill, rect);
      for (let row = shared.startRow; row < shared.endRow; row++)
        for (let column = shared.startColumn; column < shared.endColumn; column++)
          if (
            (row !== formula.row || column !== formula.column) &&
            (formula.matrix?.[row - formula.row]?.[column - formula.column] ?? null) !== null
          )
            places.push({ sheetId, row, column });
    });
    return places;
  }

  /** Where values and formulas were entered, by column. */
  enteredIn(sheetId: number): Iterable<readonly [column: number, spans: readonly Span[]]> {
    return this.#book.grid(sheetId).filled();
  }

  /** The address that a formula which is a HYPERLINK leads to. */
  linkAt(place: Place): string | undefined {
    const tree = this.#book.formulaAt(place)?.tree;
    if (tree?.kind !== 'call' || tree.name !== 'HYPERLINK' || !tree.args[0]) return undefined;
    const { value } = this.#computeOnce(new FormulaCell(place, '', this.#book.locale, tree.args[0]));
    const address = Array.isArray(value) ? value[0]?.[0] : value;
    return address instanceof CellError || !address ? undefined : String(address);
  }

  /** What a formula that stands nowhere would give at a place. */
  once(text: string, at: Place): { value: Value; format: NumberFormat | undefined } {
    return this.#computeOnce(new FormulaCell(at, text, this.#book.locale));
  }

  #computeOnce(formula: FormulaCell): { value: Value; format: NumberFormat | undefined } {
    const { notes } = this.#reading;
    this.#reading.notes = [];
    const value = this.#steadily(() => this.#run(formula));
    this.#reading.notes = notes;
    return { value: value instanceof CellError ? [[value]] : value, format: formula.format };
  }

  /** A filter looks at what cells show, which is computed here and now. */
  #filteredRows(world: World, sheetId: number): ReadonlySet<number> {
    const sheet = this.#book.sheets.find((one) => one.properties.sheetId === sheetId);
    if (!sheet?.basicFilter?.filterSpecs?.length) return new Set();
    const opened = { book: this.#book, recalculation: this };
    const calculator = new Calculator(world, this.#book.spreadsheetId, opened);
    return hiddenRows(calculator, new Appearance(world, calculator, sheet, () => ({})), sheet);
  }

  #formulaValue(formula: FormulaCell): Scalar | CellError {
    if (this.#iterating?.has(formula)) return formula.value;
    const head = formula.state === 'busy' ? formula : formula.head;
    if (head?.state === 'busy') this.#closeCircle(head);
    else if (formula.state === 'dirty') this.#compute(formula);
    return formula.state === 'busy' ? CIRCULAR : formula.value;
  }

  /** Formulas that may still spill into what is read come first, unless they wait for who reads. */
  #settle(grid: SheetGrid, rect: Rect): void {
    for (;;) {
      const next = grid.spillingInto(rect, this.#late);
      if (!next) return;
      this.#first(next);
    }
  }

  /** Computes a formula that nobody has asked for yet. */
  #first(formula: FormulaCell): void {
    const base = this.#base;
    this.#base = this.#stack.length;
    try {
      this.#compute(formula);
    } catch (error) {
      if (!(error instanceof NotYet)) throw error;
      this.#late.add(formula);
    } finally {
      this.#base = base;
    }
  }

  /** Reads again until nothing has come too late to be seen, and circles were gone through in order. */
  #steadily<T>(read: () => T): T {
    for (let round = 0; ; round++) {
      const result = read();
      if (this.#stack.length > 0 || round >= TRIES_MAX) return result;
      const book = this.#book;
      if (book.hasCircles && book.orderedAt !== book.version) {
        book.orderedAt = book.version;
        this.#late.clear();
        this.#computeAll(book.forgetResults());
      } else if (this.#late.size === 0) return result;
      else this.#computeAll([...this.#late]);
    }
  }

  /** In this order, and again what was made dirty on the way. */
  #computeAll(formulas: readonly FormulaCell[]): void {
    for (let round = 0; round < TRIES_MAX; round++) {
      this.#late.clear();
      const dirty = formulas.filter((one) => one.state === 'dirty');
      if (dirty.length === 0) return;
      for (const formula of dirty) if (formula.state === 'dirty') this.#first(formula);
    }
  }

  /** All that wait since `head` was asked for depend on themselves. Throws NotYet where they were not asked for by it. */
  #closeCircle(head: FormulaCell): void {
    const from = this.#stack.indexOf(head);
    // At work for another spreadsheet, which reads this one: a circle through both.
    if (from < 0) return;
    if (from < this.#base) throw new NotYet();
    this.#book.hasCircles = true;
    for (const formula of this.#stack.slice(from)) {
      formula.circular = true;
      if (!formula.head || this.#stack.indexOf(formula.head) > from) formula.head = head;
    }
  }

  #compute(formula: FormulaCell): void {
    if (this.#stack.length >= DEEP && !this.#ordering) this.#fromFarEnd(formula);
    if (formula.state !== 'dirty') return;
    if (formula.triedAt !== this.#book.version) [formula.triedAt, formula.tries] = [this.#book.version, 0];
    if (formula.tries > TRIES_MAX) {
      this.#giveUp(formula);
      return;
    }
    let value: Value | CellError;
    let layout: number;
    do {
      formula.tries++;
      layout = this.#book.layout;
      const notes = this.#reading.notes;
      this.#reading.notes = [];
      try {
        value = this.#stack.length >= DEEPEST ? CIRCULAR : this.#run(formula);
        this.#follow(formula, this.#reading.notes);
      } catch (error) {
        // Who has read this while it was at work has read what does not hold.
        this.#book.dirtyReaders(formula.sheetId, cellRect(formula.row, formula.column));
        throw error;
      } finally {
        this.#reading.notes = notes;
      }
    } while (layout !== this.#book.layout && formula.tries <= TRIES_MAX);
    this.#finish(formula, value);
  }

  #run(formula: FormulaCell): Value | CellError {
    const [steps, draws] = [this.#reading.steps, this.#reading.draws];
    [this.#reading.steps, this.#reading.draws] = [0, 0];
    formula.state = 'busy';
    formula.circular = false;
    formula.head = undefined;
    this.#stack.push(formula);
    try {
      if (!formula.tree) return new CellError('ERROR', 'Formula parse error.');
      const value = checked(evaluateTree(formula.tree, this.#reading, formula));
      formula.format = formatOf(formula.tree, this.#reading, formula);
      // Those that come first have the place before it.
      if (isMany(value)) this.#settle(this.#book.grid(formula.sheetId), wantedBy(formula, value));
      return value;
    } catch (error) {
      formula.format = undefined;
      if (error instanceof CellError) return error;
      throw error;
    } finally {
      this.#stack.pop();
      // Whatever threw: what is not finished is to be computed again.
      formula.state = 'dirty';
      [this.#reading.steps, this.#reading.draws] = [steps, draws];
    }
  }

  #finish(formula: FormulaCell, value: Value | CellError): void {
    formula.state = 'clean';
    if (formula.circular && !this.#iterating) {
      this.#finishCircular(formula);
      return;
    }
    const many = !(value instanceof CellError) && isMany(value);
    if (many) formula.maySpill = true;
    if (many && formula.tries <= TRIES_MAX) {
      const result = place(this.#book, formula, value);
      if (result === 'circular') {
        formula.value = CIRCULAR;
        this.#book.hasCircles = true;
      }
      if (result instanceof CellError) formula.value = result;
      if (result) this.#book.unspill(formula);
      return;
    }
    if (many) {
      this.#giveUp(formula);
      return;
    }
    this.#book.unspill(formula);
    this.#unwanted(formula);
    formula.value = value instanceof CellError ? value : (matrixOf(value)[0]?.[0] ?? null);
  }

  /** A result that changes what it comes from, again and again, is a circle too. */
  #giveUp(formula: FormulaCell): void {
    formula.state = 'clean';
    formula.circular = true;
    formula.value = CIRCULAR;
    this.#book.hasCircles = true;
    this.#book.giveUp(formula);
    this.#unwanted(formula);
  }

  #finishCircular(formula: FormulaCell): void {
    this.#book.unspill(formula);
    this.#unwanted(formula);
    formula.value = CIRCULAR;
    const settings = this.#book.row?.properties.iterativeCalculationSettings;
    if (!settings || formula.head !== formula) return;
    iterate(this.#book, formula, settings, (members, one) => {
      this.#iterating = members;
      try {
        const value = this.#run(one);
        one.state = 'clean';
        return value instanceof CellError ? value : (matrixOf(value)[0]?.[0] ?? null);
      } finally {
        this.#iterating = undefined;
      }
    });
  }

  #unwanted(formula: FormulaCell): void {
    if (!formula.wanted) return;
    this.#book.grid(formula.sheetId).wanting.remove(formula);
    formula.wanted = undefined;
  }

  /** Notes what a formula has read, so that it follows when that changes. */
  #follow(formula: FormulaCell, reads: readonly Reference[]): void {
    const before = formula.reads;
    if (before.length === reads.length && before.every((one, i) => sameRange(one, reads[i]))) return;
    for (const sheetId of new Set(before.map((one) => one.sheetId)))
      this.#book.grid(sheetId).readers.remove(formula);
    const kept: Reference[] = [];
    for (const read of reads) {
      kept.push(read);
      this.#book.grid(read.sheetId).readers.add(read.rect, formula);
    }
    formula.reads = kept;
  }

  /** Computes what a formula's text names, and what that names, before the formula: the stack stays short. */
  #fromFarEnd(formula: FormulaCell): void {
    this.#ordering = true;
    try {
      const waiting: { formula: FormulaCell; open: boolean }[] = [{ formula, open: false }];
      const seen = new Set<FormulaCell>([formula]);
      for (let next = waiting.at(-1); next; next = waiting.at(-1)) {
        if (next.open) {
          waiting.pop();
          if (next.formula !== formula && next.formula.state === 'dirty') this.#first(next.formula);
          continue;
        }
        next.open = true;
        for (const one of dirtyPrecedents(this.#book, this.#reading, next.formula)) {
          if (seen.has(one)) continue;
          seen.add(one);
          waiting.push({ formula: one, open: false });
        }
      }
    } finally {
      this.#ordering = false;
    }
  }
}

const sameRange = (a: Reference, b: Reference | undefined): boolean =>
  b !== undefined && (a === b || (a.sheetId === b.sheetId && sameRect(a.rect, b.rect)));

/** Numbers that are too large, or none, are errors. */
function checked(value: Value): Value {
  const tooLarge = (item: Scalar | CellError) => typeof item === 'number' && !Number.isFinite(item);
  const error = () =>
    new CellError('NUM', 'Numeric value is greater than 1.79769E+308 and cannot be displayed properly.');
  if (!Array.isArray(value)) {
    if (tooLarge(value)) throw error();
    return value;
  }
  if (value.length === 0 || value[0]?.length === 0)
    throw new CellError('N_A', 'No matches are found in evaluation.');
  return value.some((line) => line.some(tooLarge))
    ? value.map((line) => line.map((item) => (tooLarge(item) ? error() : item)))
    : value;
}
