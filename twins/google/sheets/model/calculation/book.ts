/**
 * What follows from one spreadsheet's rows: its formulas' values and who depends on whom. Rows are the truth. Before
 * anything is read the book looks what rows have changed since it last did, whatever changed them (an edit, a rollback,
 * a restore), and forgets only what those reach.
 */
import type { Moment } from '../../../../../src/state.ts';
import type { World } from '../../../../../src/world/world.ts';
import { files } from '../../../drive/world.ts';
import { sheetObjects, type Table } from '../../world/objects.ts';
import { type CellRow, cells, type SheetRow, type SpreadsheetRow, spreadsheets } from '../../world.ts';
import { sheetsOf } from '../area.ts';
import type { Rect } from '../grid.ts';
import { withPivotFormula } from './forms/pivot.ts';
import { FormulaCell } from './formulaCell.ts';
import type { Place } from './operand.ts';
import { RecentRanges } from './recent.ts';
import { SheetGrid } from './sheetGrid.ts';

export class Book {
  readonly spreadsheetId: string;
  row: SpreadsheetRow | undefined;
  /** In the order of their tabs. */
  sheets: readonly SheetRow[] = [];
  tables: readonly Table[] = [];
  /** Grows with whatever may have changed a value. */
  version = 0;
  /** Grows when what was computed is to be computed again, or spills elsewhere: who is at work may have read too early. */
  layout = 0;
  /** Counts cells, for what is kept at most. */
  size = 0;
  /** What random numbers go with: they are drawn anew at each change, and by the clock where that is set. */
  chance = '';
  /** Whether formulas were found to depend on themselves. What they show hangs on the order of the work. */
  hasCircles = false;
  /** The version at which all was computed in the one order that gives the same for the same rows. */
  orderedAt = -1;
  readonly recent = new RecentRanges(this);
  #now = 0;
  #moment: Moment | undefined;
  readonly #grids = new Map<number, SheetGrid>();
  /** Formulas that go with more than cells. */
  readonly #givenUp = new WeakMap<FormulaCell, number>();
  readonly #restless = new Set<FormulaCell>();

  constructor(spreadsheetId: string) {
    this.spreadsheetId = spreadsheetId;
  }

  get locale(): string {
    return this.row?.properties.locale ?? 'en_US';
  }

  grid(sheetId: number): SheetGrid {
    let grid = this.#grids.get(sheetId);
    if (!grid) {
      grid = new SheetGrid(sheetId);
      this.#grids.set(sheetId, grid);
    }
    return grid;
  }

  formulaAt({ sheetId, row, column }: Place): FormulaCell | undefined {
    return this.#grids.get(sheetId)?.formula(row, column);
  }

  /** Catches up with the rows. */
  refresh(world: World): void {
    const { version } = this;
    this.#followStructure(world);
    this.#followCells(world);
    this.#followTime(world);
    if (version !== this.version) this.#breakCircles();
  }

  /** Marks a formula, and all that depends on it, as to be computed. */
  dirty(formula: FormulaCell): void {
    const waiting = [formula];
    const next = (reader: FormulaCell) => {
      if (reader.state === 'clean') waiting.push(reader);
    };
    for (let one = waiting.pop(); one; one = waiting.pop()) {
      if (one.state !== 'clean' || this.#givenUp.get(one) === this.version) continue;
      one.state = 'dirty';
      this.layout++;
      const grid = this.grid(one.sheetId);
      grid.await(one);
      grid.readers.at(one.row, one.column, next);
      if (one.spill) grid.readers.over(one.spill, next);
    }
  }

  /** Leaves a formula as it is until something changes. */
  giveUp(formula: FormulaCell): void {
    this.#givenUp.set(formula, this.version);
    this.unspill(formula);
  }

  /** Marks all that reads a part of a sheet. */
  dirtyReaders(sheetId: number, rect: Rect): void {
    const readers = new Set<FormulaCell>();
    this.grid(sheetId).readers.over(rect, (reader) => void readers.add(reader));
    for (const reader of readers) this.dirty(reader);
  }

  /** Takes back what a formula shows beside its own cell. Says whether there was anything. */
  unspill(formula: FormulaCell): boolean {
    const { spill } = formula;
    if (!spill) return false;
    this.grid(formula.sheetId).spills.remove(formula);
    formula.spill = undefined;
    formula.matrix = undefined;
    this.spillChanged(formula, spill);
    return true;
  }

  /** Readers of a part that a formula spills into, or did, are computed anew; so are those that wanted the place. */
  spillChanged(formula: FormulaCell, rect: Rect): void {
    this.layout++;
    this.dirtyReaders(formula.sheetId, rect);
    const wanting = new Set<FormulaCell>();
    this.grid(formula.sheetId).wanting.over(rect, (one) => void wanting.add(one));
    wanting.delete(formula);
    for (const one of wanting) this.dirty(one);
  }

  #formulas(): FormulaCell[] {
    return [...this.#grids.values()].flatMap((grid) => [...grid.formulas()]);
  }

  /** Catches up with cells alone, which change while a request is at work. */
  catchUp(world: World): void {
    const { version } = this;
    this.#followCells(world);
    if (version !== this.version) this.#breakCircles();
  }

  /** Forgets every result, so that all is computed as if for the first time. Gives the formulas in order. */
  forgetResults(): FormulaCell[] {
    const inOrder = this.sheets.flatMap(({ properties: { sheetId } }) =>
      [...this.grid(sheetId).formulas()].sort((a, b) => (a.isBefore(b) ? -1 : 1)),
    );
    for (const grid of this.#grids.values()) grid.forgetLinks();
    for (const formula of inOrder) {
      formula.reset();
      this.grid(formula.sheetId).await(formula);
    }
    return inOrder;
  }

  #breakCircles(): void {
    if (!this.hasCircles) return;
    this.hasCircles = false;
    this.forgetResults();
  }

  #followCells(world: World): void {
    if (!this.#moment) {
      for (const cell of world.list(cells, { prefix: `${this.spreadsheetId}/` }).toArray())
        this.#follow(undefined, cell);
    } else {
      const changes = world.since(cells, this.#moment);
      if (!changes) return;
      for (const { before, after } of changes) {
        const [was, is] = [before as CellRow | undefined, after as CellRow | undefined];
        if ((is ?? was)?.spreadsheetId === this.spreadsheetId) this.#follow(was, is);
      }
    }
    this.#moment = world.momentOf(cells);
  }

  #follow(was: CellRow | undefined, is: CellRow | undefined): void {
    const [before, after] = [was && withPivotFormula(was), is && withPivotFormula(is)];
    const { sheetId, row, column } = (after ?? before) as CellRow;
    const grid = this.grid(sheetId);
    grid.setCell(row, column, after);
    this.size += (after ? 1 : 0) - (before ? 1 : 0);
    const text = after?.userEnteredValue?.formulaValue;
    const old = grid.formula(row, column);
    if (old && old.text !== text) this.#forget(old);
    if (text !== undefined && old?.text !== text) {
      const formula = new FormulaCell({ sheetId, row, column }, text, this.locale);
      grid.setFormula(row, column, formula);
      if (formula.isRestless) this.#restless.add(formula);
    }
    if (sameValue(before, after) && sameFormat(before, after)) return;
    this.version++;
    grid.readers.at(row, column, (reader) => this.dirty(reader));
    // Something in the way, or nothing any more.
    if (!before?.userEnteredValue !== !after?.userEnteredValue)
      grid.wanting.at(row, column, (one) => this.dirty(one));
  }

  #forget(formula: FormulaCell): void {
    const grid = this.grid(formula.sheetId);
    this.#restless.delete(formula);
    this.unspill(formula);
    grid.wanting.remove(formula);
    for (const { sheetId } of formula.reads) this.grid(sheetId).readers.remove(formula);
    grid.setFormula(formula.row, formula.column, undefined);
  }

  #followStructure(world: World): void {
    const row = world.get(spreadsheets, this.spreadsheetId);
    const sheets = sheetsOf(world, this.spreadsheetId);
    const before = this.sheets;
    const tables = world
      .list(sheetObjects, { prefix: `${this.spreadsheetId}/table/` })
      .toArray()
      .map(({ object }) => object as Table);
    const sameTables =
      tables.length === this.tables.length && tables.every((one, i) => one === this.tables[i]);
    const otherBook = row !== this.row || !sameTables;
    const same = !otherBook && sheets.length === before.length && sheets.every((one, i) => one === before[i]);
    if (same) return;
    const locale = this.locale;
    this.row = row;
    this.sheets = sheets;
    this.tables = tables;
    this.version++;
    if (this.locale !== locale) {
      this.#readAnew();
      return;
    }
    const moved =
      sheets.length !== before.length ||
      sheets.some((one, i) => {
        const was = before[i]?.properties;
        return was?.sheetId !== one.properties.sheetId || was.title !== one.properties.title;
      });
    for (const formula of this.#formulas())
      if (otherBook || moved || this.#isTouched(formula, before)) this.dirty(formula);
  }

  /** Whether a formula goes with a grid's size or with its hidden rows, where those have changed. */
  #isTouched(formula: FormulaCell, before: readonly SheetRow[]): boolean {
    if (formula.uses.hidden || formula.wanted || formula.maySpill) return true;
    if (typeof formula.value === 'object' && formula.value?.value.type === 'REF') return true;
    return formula.reads.some(({ sheetId, rect }) => {
      const grid = before.find((one) => one.properties.sheetId === sheetId)?.properties.gridProperties;
      return rect.endRow >= (grid?.rowCount ?? 0) || rect.endColumn >= (grid?.columnCount ?? 0);
    });
  }

  /** In another locale formulas read differently. */
  #readAnew(): void {
    this.#grids.clear();
    this.#restless.clear();
    this.#moment = undefined;
    this.size = 0;
  }

  #followTime(world: World): void {
    const now = world.now();
    const tick = TICKS_MS[this.row?.properties.autoRecalc ?? ''];
    const version = world.get(files, this.spreadsheetId)?.version ?? 0;
    const chance = `${version}/${tick ? Math.floor(now / tick) : 0}`;
    const newTime = now !== this.#now;
    const newChance = chance !== this.chance;
    this.#now = now;
    this.chance = chance;
    // What comes from another spreadsheet is looked up anew each time: that one may have changed.
    for (const formula of this.#restless)
      if ((newTime && formula.uses.clock) || (newChance && formula.uses.chance) || formula.uses.imports) {
        this.version++;
        this.dirty(formula);
      }
  }
}

/** How often random numbers are drawn anew without a change. */
const TICKS_MS: Readonly<Record<string, number>> = { MINUTE: 60_000, HOUR: 3_600_000 };

function sameValue(a: CellRow | undefined, b: CellRow | undefined): boolean {
  const [x, y] = [a?.userEnteredValue, b?.userEnteredValue];
  return (
    x === y ||
    (x !== undefined &&
      y !== undefined &&
      x.numberValue === y.numberValue &&
      x.stringValue === y.stringValue &&
      x.boolValue === y.boolValue &&
      x.formulaValue === y.formulaValue &&
      x.errorValue?.type === y.errorValue?.type)
  );
}

function sameFormat(a: CellRow | undefined, b: CellRow | undefined): boolean {
  const [x, y] = [a?.userEnteredFormat?.numberFormat, b?.userEnteredFormat?.numberFormat];
  return x === y || (x?.type === y?.type && x?.pattern === y?.pattern);
}
