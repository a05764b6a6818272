/** How cells look beyond their own formats: bands under them, the rules of conditional formats over them. */
import type { World } from '../../../../../src/world/world.ts';
import type { BandedRange, BandingProperties, ConditionalFormatRule } from '../../world/objects.ts';
import type { CellFormat, CellRow, Color, GridRange, SheetRow } from '../../world.ts';
import { closed } from '../area.ts';
import type { Calculator } from '../calculator.ts';
import { withColors } from '../color.ts';
import type { Rect } from '../grid.ts';
import { gradient } from './gradient.ts';
import { judge } from './judge.ts';
import { objectsOf } from './store.ts';

/** What lies under a cell's own format and over it; nothing where neither does. */
export interface Layers {
  under?: CellFormat;
  over?: CellFormat;
}

type Rule = (cell: CellRow) => CellFormat | undefined;

/** The layers of one sheet's cells, worked out once for an answer. */
export class Appearance {
  readonly #bands: readonly { rect: Rect; band: BandedRange }[];
  readonly #rules: readonly { rects: readonly Rect[]; rule: Rule }[];

  constructor(world: World, calculator: Calculator, sheet: SheetRow, themed: (name: string) => Color) {
    const { sheetId } = sheet.properties;
    this.#bands = bandsOf(world, sheet.spreadsheetId, sheetId).map((band) => ({
      rect: clip(closed(band.range ?? {}), sheet),
      band,
    }));
    this.#rules = sheet.conditionalFormats.map((rule) => ({
      rects: (rule.ranges ?? []).map((range) => clip(closed(range), sheet)),
      rule: ruleOf(calculator, rule, themed),
    }));
  }

  /** The parts of the sheet where cells may look other than they say. */
  get rects(): Rect[] {
    return [...this.#bands.map((one) => one.rect), ...this.#rules.flatMap((one) => one.rects)];
  }

  at(cell: CellRow): Layers {
    const band = this.#bands.find(({ rect }) => inside(rect, cell));
    const color = band && bandColor(band.band, band.rect, cell);
    let over: CellFormat | undefined;
    for (const { rects, rule } of this.#rules) {
      if (over || !rects.some((rect) => inside(rect, cell))) continue;
      over = rule(cell);
    }
    return { ...(color ? { under: color } : {}), ...(over ? { over } : {}) };
  }
}

/** Banded ranges and tables, which have bands of their own. */
export function bandsOf(world: World, spreadsheetId: string, sheetId: number): BandedRange[] {
  const tables = objectsOf(world, spreadsheetId, 'table', sheetId).map(({ object }) => ({
    range: object.range,
    rowProperties: withColors(object.rowsProperties ?? {}),
  }));
  return [...objectsOf(world, spreadsheetId, 'banding', sheetId).map((row) => row.object), ...tables];
}

function ruleOf(calculator: Calculator, rule: ConditionalFormatRule, themed: (name: string) => Color): Rule {
  const ranges = rule.ranges ?? [];
  if (rule.gradientRule) {
    const points = rule.gradientRule;
    let colorFor: ReturnType<typeof gradient> | undefined;
    return (cell) => {
      const number = calculator.effective(cell)?.numberValue;
      colorFor ??= gradient(calculator, points, ranges, themed);
      const color = number === undefined ? undefined : colorFor(number);
      return color && { backgroundColor: color, backgroundColorStyle: { rgbColor: color } };
    };
  }
  const { condition = {}, format = {} } = rule.booleanRule ?? {};
  const test = judge(calculator, condition, originOf(ranges));
  return (cell) => (test(cell) ? format : undefined);
}

/** Formulas of a rule stand in the top left cell of its first range. */
const originOf = ([range = {}]: readonly GridRange[]) => ({
  sheetId: range.sheetId ?? 0,
  row: range.startRowIndex ?? 0,
  column: range.startColumnIndex ?? 0,
});

/**
 * Header and footer before bands, the first band before the second, rows before columns.
 * https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/sheets#BandingProperties
 */
function bandColor(band: BandedRange, rect: Rect, { row, column }: CellRow): CellFormat | undefined {
  const inRows = part(band.rowProperties, row - rect.startRow, rect.endRow - rect.startRow);
  const inColumns = part(band.columnProperties, column - rect.startColumn, rect.endColumn - rect.startColumn);
  const ranked = [inRows, inColumns].flatMap((one) => (one ? [one] : [])).sort((a, b) => a.rank - b.rank);
  return ranked[0]?.format;
}

function part(
  properties: BandingProperties | undefined,
  index: number,
  count: number,
): { rank: number; format: CellFormat } | undefined {
  if (!properties) return undefined;
  const { headerColor, headerColorStyle, footerColor, footerColorStyle } = properties;
  const hasHeader = headerColor !== undefined || headerColorStyle !== undefined;
  const hasFooter = footerColor !== undefined || footerColorStyle !== undefined;
  if (index === 0 && hasHeader) return filled(0, headerColor, headerColorStyle);
  if (index === count - 1 && hasFooter) return filled(0, footerColor, footerColorStyle);
  const { firstBandColor, firstBandColorStyle, secondBandColor, secondBandColorStyle } = properties;
  return (index - (hasHeader ? 1 : 0)) % 2 === 0
    ? filled(1, firstBandColor, firstBandColorStyle)
    : filled(2, secondBandColor, secondBandColorStyle);
}

function filled(rank: number, color: Color | undefined, style: object | undefined) {
  if (!color && !style) return undefined;
  return {
    rank,
    format: {
      ...(color ? { backgroundColor: color } : {}),
      ...(style ? { backgroundColorStyle: style } : {}),
    },
  };
}

const inside = (rect: Rect, { row, column }: CellRow): boolean =>
  row >= rect.startRow && row < rect.endRow && column >= rect.startColumn && column < rect.endColumn;

function clip(rect: Rect, { properties: { gridProperties } }: SheetRow): Rect {
  return {
    ...rect,
    endRow: Math.min(rect.endRow, gridProperties.rowCount),
    endColumn: Math.min(rect.endColumn, gridProperties.columnCount),
  };
}
