/** Formulas computed when they are asked for, each after what it reads; results laid out over the sheet. */
import type { Draw } from '../../../../../src/prng.ts';
import type { World } from '../../../../../src/world/world.ts';
import { FORMULA_STEPS_MAX } from '../../../limits.ts';
import type { CellRow, NumberFormat, SheetRow } from '../../world.ts';
import type { FormulaContext } from '../formula/functions/definition.ts';
import { CellError, type Matrix, type Scalar, type Value } from '../formula/value.ts';
import type { Rect } from '../grid.ts';
import type { Book } from './book.ts';
import { isMany } from './broadcast.ts';
import { evaluateTree } from './evaluator.ts';
import { formatOf } from './formats.ts';
import { FormulaCell } from './formulaCell.ts';
import { importedRange } from './imports.ts';
import { iterate } from './iteration.ts';
import { matrixOf, type Place, type Reading, Reference } from './operand.ts';
import { dirtyPrecedents } from './precedents.ts';
import { enteredValue, type SheetGrid } from './sheetGrid.ts';
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
const TRIES_MAX = 200;

/** Thrown through a formula that is computed before it was asked for, and needs what waits for it. */
class NotYet extends Error {}

export class Recalculation implements Reading {
  readonly #book: Book;
  readonly context: FormulaContext;
  /** Formulas that are being computed, each asked for by the one before. */
  readonly #stack: FormulaCell[] = [];
  #notes: Reference[] = [];
  #steps = 0;
  #draws = 0;
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
    this.context = { world, timeZone, locale };
  }

  get sheets(): readonly SheetRow[] {
    return this.#book.sheets;
  }

  /** A cell's value, whatever gives it; undefined where there is none. */
  valueAt(place: Place): { value: Scalar | CellError; format: NumberFormat | undefined } | undefined {
    const { sheetId, row, column } = place;
    const grid = this.#book.grid(sheetId);
    return this.#steadily(() => {
      this.#settle(grid, cellRect(row, column));
      const formula = grid.formula(row, column);
      if (formula) return { value: this.#formulaValue(formula), format: formula.format };
      const spilled = grid.spilledAt(row, column);
      return spilled && { value: spilled.value, format: spilled.from.format };
    });
  }

  /** Places that formulas of other cells spill into, within a rectangle. */
  spilledIn(sheetId: number, rect: Rect): Place[] {
    const grid = this.#book.grid(sheetId);
    this.#steadily(() => this.#settle(grid, rect));
    const places: Place[] = [];
    grid.spills.over(rect, (formula, spill) => {
      for (
        let row = Math.max(spill.startRow, rect.startRow);
        row < Math.min(spill.endRow, rect.endRow);
        row++
      )
        for (
          let column = Math.max(spill.startColumn, rect.startColumn);
          column < Math.min(spill.endColumn, rect.endColumn);
          column++
        )
          if (
            (row !== formula.row || column !== formula.column) &&
            (formula.matrix?.[row - formula.row]?.[column - formula.column] ?? null) !== null
          )
            places.push({ sheetId, row, column });
    });
    return places;
  }

  /** What a formula that stands nowhere would give at a place. */
  once(text: string, at: Place): { value: Value; format: NumberFormat | undefined } {
    const formula = new FormulaCell(at, text, this.context.locale);
    const value = this.#steadily(() => this.#run(formula));
    this.#notes = [];
    return { value: value instanceof CellError ? [[value]] : value, format: formula.format };
  }

  // What a formula reads.

  step(count: number): void {
    this.#steps += count;
    if (this.#steps > FORMULA_STEPS_MAX)
      throw new CellError('ERROR', 'Calculation limit was reached while trying to compute this formula.');
  }

  sheetNamed(title: string): SheetRow | undefined {
    const wanted = title.toLowerCase();
    return this.sheets.find((one) => one.properties.title.toLowerCase() === wanted);
  }

  sheetWithId(sheetId: number): SheetRow | undefined {
    return this.sheets.find((one) => one.properties.sheetId === sheetId);
  }

  named(name: string): Reference | undefined {
    const wanted = name.toLowerCase();
    const found = this.#book.row?.namedRanges.find((one) => one.name.toLowerCase() === wanted)?.range;
    const sheet = found && this.sheetWithId(found.sheetId ?? 0);
    if (!found || !sheet) return undefined;
    const { rowCount, columnCount } = sheet.properties.gridProperties;
    return new Reference(sheet.properties.sheetId, {
      startRow: found.startRowIndex ?? 0,
      endRow: Math.min(found.endRowIndex ?? rowCount, rowCount),
      startColumn: found.startColumnIndex ?? 0,
      endColumn: Math.min(found.endColumnIndex ?? columnCount, columnCount),
    });
  }

  tablePart(_text: string, _at: Place): Reference | undefined {
    return undefined;
  }

  cell({ sheetId, row, column }: Place): Scalar | CellError {
    const rect = cellRect(row, column);
    this.#notes.push(new Reference(sheetId, rect));
    const grid = this.#book.grid(sheetId);
    this.#settle(grid, rect);
    const formula = grid.formula(row, column);
    if (formula) return this.#formulaValue(formula);
    const cell = grid.cell(row, column);
    if (cell?.userEnteredValue) return enteredValue(cell);
    return grid.spilledAt(row, column)?.value ?? null;
  }

  matrix(reference: Reference): Matrix {
    const { sheetId, rect } = reference;
    this.#notes.push(reference);
    const grid = this.#book.grid(sheetId);
    this.#settle(grid, rect);
    const blank: (Scalar | CellError)[] = new Array(reference.columns).fill(null);
    const result: Matrix = new Array(reference.rows).fill(blank);
    this.step(reference.rows);
    this.#inOrder(grid, rect);
    const put = (row: number, column: number, value: Scalar | CellError) => {
      let line = result[row - rect.startRow];
      if (!line) return;
      if (line === blank) result[row - rect.startRow] = line = blank.slice();
      line[column - rect.startColumn] = value;
      this.#steps++;
    };
    grid.spills.over(rect, (formula, spill) => {
      for (
        let row = Math.max(spill.startRow, rect.startRow);
        row < Math.min(spill.endRow, rect.endRow);
        row++
      )
        for (
          let column = Math.max(spill.startColumn, rect.startColumn);
          column < Math.min(spill.endColumn, rect.endColumn);
          column++
        )
          put(row, column, formula.matrix?.[row - formula.row]?.[column - formula.column] ?? null);
    });
    grid.cellsIn(rect, (cell) => {
      if (cell.userEnteredValue) put(cell.row, cell.column, this.#valueOf(grid, cell));
    });
    return result;
  }

  /** Formulas of a range are computed row by row, however they are kept. */
  #inOrder(grid: SheetGrid, rect: Rect): void {
    const dirty: FormulaCell[] = [];
    grid.formulasIn(rect, (formula) => {
      if (formula.state === 'dirty') dirty.push(formula);
    });
    dirty.sort((a, b) => (a.isBefore(b) ? -1 : 1));
    for (const formula of dirty) this.#formulaValue(formula);
  }

  formulaText({ sheetId, row, column }: Place): string | undefined {
    this.#notes.push(new Reference(sheetId, cellRect(row, column)));
    return this.#book.formulaAt({ sheetId, row, column })?.text;
  }

  formatAt({ sheetId, row, column }: Place): NumberFormat | undefined {
    const grid = this.#book.grid(sheetId);
    return (
      grid.cell(row, column)?.userEnteredFormat?.numberFormat ??
      grid.formula(row, column)?.format ??
      grid.spilledAt(row, column)?.from.format
    );
  }

  isHidden(sheetId: number, row: number): boolean {
    return this.sheetWithId(sheetId)?.rowMetadata[String(row)]?.hiddenByUser ?? false;
  }

  draw(): Draw {
    const at = this.#stack.at(-1);
    const place = at ? `${at.sheetId}/${at.row}/${at.column}` : '';
    const { world } = this.context;
    return world.drawFor('google.rand', this.#book.spreadsheetId, place, this.#book.chance, this.#draws++);
  }

  imported(spreadsheetId: string, range: string): Matrix {
    return importedRange(this.context.world, this.#book.spreadsheetId, spreadsheetId, range);
  }

  // How formulas are computed.

  #valueOf(grid: SheetGrid, cell: CellRow): Scalar | CellError {
    if (cell.userEnteredValue?.formulaValue === undefined) return enteredValue(cell);
    const formula = grid.formula(cell.row, cell.column);
    return formula ? this.#formulaValue(formula) : null;
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
        for (const formula of book.forgetResults()) if (formula.state === 'dirty') this.#first(formula);
      } else if (this.#late.size === 0) return result;
      const late = [...this.#late];
      this.#late.clear();
      for (const formula of late) if (formula.state === 'dirty') this.#first(formula);
    }
  }

  /** All that wait since `head` was asked for depend on themselves. Throws NotYet where they were not asked for by it. */
  #closeCircle(head: FormulaCell): void {
    const from = this.#stack.indexOf(head);
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
    let value: Value | CellError;
    let layout: number;
    do {
      layout = this.#book.layout;
      const notes = this.#notes;
      this.#notes = [];
      try {
        value = this.#stack.length >= DEEPEST ? CIRCULAR : this.#run(formula);
        this.#follow(formula, this.#notes);
      } catch (error) {
        // Who has read this while it was at work has read what does not hold.
        this.#book.dirtyReaders(formula.sheetId, cellRect(formula.row, formula.column));
        throw error;
      } finally {
        this.#notes = notes;
      }
    } while (layout !== this.#book.layout && ++formula.tries < TRIES_MAX);
    this.#finish(formula, value);
  }

  #run(formula: FormulaCell): Value | CellError {
    const [steps, draws] = [this.#steps, this.#draws];
    [this.#steps, this.#draws] = [0, 0];
    formula.state = 'busy';
    formula.circular = false;
    formula.head = undefined;
    this.#stack.push(formula);
    try {
      if (!formula.tree) return new CellError('ERROR', 'Formula parse error.');
      const value = checked(evaluateTree(formula.tree, this, formula));
      formula.format = formatOf(formula.tree, this, formula);
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
      [this.#steps, this.#draws] = [steps, draws];
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
    if (many && ++formula.tries <= TRIES_MAX) {
      const result = place(this.#book, formula, value);
      if (result === 'circular') {
        formula.value = CIRCULAR;
        this.#book.hasCircles = true;
      }
      if (result instanceof CellError) formula.value = result;
      if (result) this.#book.unspill(formula);
      return;
    }
    this.#book.unspill(formula);
    this.#unwanted(formula);
    if (many) formula.value = CIRCULAR;
    else formula.value = value instanceof CellError ? value : (matrixOf(value)[0]?.[0] ?? null);
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
        for (const one of dirtyPrecedents(this.#book, this, next.formula)) {
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

const cellRect = (row: number, column: number): Rect => ({
  startRow: row,
  endRow: row + 1,
  startColumn: column,
  endColumn: column + 1,
});

const sameRange = (a: Reference, b: Reference | undefined): boolean =>
  b !== undefined &&
  (a === b ||
    (a.sheetId === b.sheetId &&
      a.rect.startRow === b.rect.startRow &&
      a.rect.endRow === b.rect.endRow &&
      a.rect.startColumn === b.rect.startColumn &&
      a.rect.endColumn === b.rect.endColumn));

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
