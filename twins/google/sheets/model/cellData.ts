/**
 * Cells as programs write them: which fields there are, and what is refused in them.
 * https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/cells
 */
import { badArgument } from '../../errors.ts';
import { assign, type Mask } from '../../fields.ts';
import { CELL_CHARS_MAX } from '../../limits.ts';
import type { CellFormat, CellRow, ExtendedValue } from '../world.ts';
import { withColors } from './color.ts';

/** What a program may say about a cell; what is computed is passed over. */
export type CellData = Partial<Omit<CellRow, 'spreadsheetId' | 'sheetId' | 'row' | 'column'>>;

/** The cell with the masked fields taken from `data`. Throws 400 for values and formats that there are not. */
export function writtenCell(cell: CellRow, data: CellData, mask: Mask, asked: string): CellRow {
  const { spreadsheetId, sheetId, row, column, ...fields } = cell;
  const all = mask.all || mask.parts.has('*');
  const writes = (name: string) => all || mask.parts.has(name);
  const next = settable(assign(fields as CellData, data, mask));
  if (writes('userEnteredValue') && !writes('textFormatRuns')) delete next.textFormatRuns;
  if (writes('userEnteredValue') && !writes('chipRuns')) delete next.chipRuns;
  const checked = checkedCell(next, asked);
  return { ...checked, spreadsheetId, sheetId, row, column };
}

/** The cell's data as it is kept. Throws 400 as `writtenCell`. */
export function checkedCell(data: CellData, asked: string): CellData {
  const { userEnteredValue, userEnteredFormat, textFormatRuns, chipRuns, note, ...rest } = data;
  const value = userEnteredValue && checkedValue(userEnteredValue, asked);
  const format = userEnteredFormat && checkedFormat(userEnteredFormat, asked);
  if (note !== undefined && note.length > CELL_CHARS_MAX) throw tooLong(asked);
  return {
    ...rest,
    ...(value ? { userEnteredValue: value } : {}),
    ...(format && Object.keys(format).length > 0 ? { userEnteredFormat: format } : {}),
    ...(note ? { note } : {}),
    ...checkedRuns(textFormatRuns, value, asked),
    ...checkedChips(chipRuns, value, asked),
  };
}

/** Fields that only the product writes. */
const COMPUTED = ['effectiveValue', 'effectiveFormat', 'formattedValue', 'hyperlink', 'dataSourceFormula'];

function settable(data: CellData): CellData {
  const kept: Record<string, unknown> = { ...data };
  for (const name of COMPUTED) delete kept[name];
  return kept as CellData;
}

function checkedValue(value: ExtendedValue, asked: string): ExtendedValue | undefined {
  const set = Object.entries(value).filter(([, one]) => one !== undefined);
  if (set.length === 0) return undefined;
  if (value.errorValue) throw refused(asked, 'ExtendedValue.errorValue is read-only.');
  const { stringValue, formulaValue } = value;
  if ((stringValue ?? formulaValue ?? '').length > CELL_CHARS_MAX) throw tooLong(asked);
  if (stringValue === '' || formulaValue === '') return undefined;
  if (formulaValue !== undefined && !formulaValue.startsWith('='))
    throw refused(asked, `Invalid formula: ${formulaValue}. Formulas must begin with '='.`);
  return value;
}

const NUMBER_TYPES = new Set('TEXT NUMBER PERCENT CURRENCY DATE TIME DATE_TIME SCIENTIFIC'.split(' '));

/** Colours stored, empty parts left out; a number format must have a type, text a size that there is. */
function checkedFormat(format: CellFormat, asked: string): CellFormat {
  const { numberFormat, textFormat, textRotation, borders } = format;
  if (numberFormat && !NUMBER_TYPES.has(numberFormat.type))
    throw refused(asked, 'NumberFormat.type must be specified.');
  const size = textFormat?.fontSize;
  if (size !== undefined && (size < 1 || size > FONT_POINTS_MAX))
    throw refused(asked, `TextFormat.fontSize must be between 1 and ${FONT_POINTS_MAX}.`);
  const angle = (textRotation as { angle?: number } | undefined)?.angle ?? 0;
  if (Math.abs(angle) > 90) throw refused(asked, 'TextRotation.angle must be between -90 and 90.');
  const kept = withColors(format);
  return borders ? { ...kept, borders: drawnBorders(borders as Record<string, BorderInput>) } : kept;
}

/** Points that the font's size can be set to. */
const FONT_POINTS_MAX = 400;

export interface BorderInput {
  style?: string;
  width?: number;
  color?: Record<string, number>;
  colorStyle?: Record<string, unknown>;
}

/** Pixels by style: a width of its own is not heeded any more. */
const WIDTHS: Readonly<Record<string, number>> = {
  DOTTED: 1,
  DASHED: 1,
  SOLID: 1,
  SOLID_MEDIUM: 2,
  SOLID_THICK: 3,
  DOUBLE: 3,
};

/** A border as it is kept: its width follows from its style; undefined for `NONE`. */
export function drawnBorder(border: BorderInput): Record<string, unknown> | undefined {
  const style = border.style ?? 'STYLE_UNSPECIFIED';
  const width = WIDTHS[style];
  if (width === undefined) return undefined;
  const { color = {}, colorStyle } = border;
  return { style, width, ...withColors({ color, ...(colorStyle ? { colorStyle } : {}) }) };
}

const drawnBorders = (borders: Record<string, BorderInput>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(borders).flatMap(([side, border]) => {
      const drawn = drawnBorder(border);
      return drawn ? [[side, drawn]] : [];
    }),
  );

interface Run {
  startIndex?: number;
  format?: Record<string, unknown>;
}

/** Runs belong to entered texts only, in order, each beginning within the text. */
function checkedRuns(runs: unknown[] | undefined, value: ExtendedValue | undefined, asked: string): CellData {
  if (!runs || runs.length === 0) return {};
  const text = value?.stringValue;
  if (text === undefined) throw refused(asked, 'textFormatRuns can only be set on cells with string values.');
  let last = -1;
  const kept = (runs as Run[]).map(({ startIndex = 0, format = {} }) => {
    if (startIndex <= last) throw refused(asked, 'textFormatRuns must be in order of their startIndex.');
    if (startIndex >= text.length)
      throw refused(
        asked,
        `TextFormatRun.startIndex[${startIndex}] must be less than the length of the string[${text.length}].`,
      );
    last = startIndex;
    return { ...(startIndex > 0 ? { startIndex } : {}), format: linked(withColors(format)) };
  });
  const whole = kept[0]?.startIndex === undefined ? kept : [{ format: {} }, ...kept];
  return { textFormatRuns: whole };
}

/** A link is blue and underlined unless the same request says otherwise. */
const linked = (format: Record<string, unknown>): Record<string, unknown> =>
  format.link
    ? {
        foregroundColor: LINK_BLUE,
        underline: true,
        foregroundColorStyle: { themeColor: 'LINK' },
        ...format,
      }
    : format;

/** The theme's colour of links: 17, 85, 204. */
const LINK_BLUE = { red: 0.06666667, green: 0.33333334, blue: 0.8 };

interface ChipRun {
  startIndex?: number;
  chip?: {
    personProperties?: { email?: string; displayFormat?: string };
    richLinkProperties?: { uri?: string };
  };
}

/** Each chip stands on an `@` of the text. */
function checkedChips(
  runs: unknown[] | undefined,
  value: ExtendedValue | undefined,
  asked: string,
): CellData {
  if (!runs || runs.length === 0) return {};
  const text = value?.stringValue ?? '';
  const kept = (runs as ChipRun[]).filter((run) => run.chip && Object.keys(run.chip).length > 0);
  for (const { startIndex = 0, chip } of kept) {
    if (text[startIndex] !== '@')
      throw refused(asked, `ChipRun.startIndex[${startIndex}] must be at an '@' placeholder of the text.`);
    const { personProperties: person, richLinkProperties: link } = chip ?? {};
    if (person && !/^[^@\s]+@[^@\s]+$/.test(person.email ?? ''))
      throw refused(asked, 'PersonProperties.email must be a valid email address.');
    if (link && !/^https:\/\/(drive|docs)\.google\.com\//.test(link.uri ?? ''))
      throw refused(asked, 'Only Drive files can be written as rich link chips.');
    if ((link?.uri ?? '').length > URI_CHARS_MAX)
      throw refused(asked, `RichLinkProperties.uri cannot exceed ${URI_CHARS_MAX} bytes.`);
  }
  return kept.length > 0 ? { chipRuns: kept } : {};
}

const URI_CHARS_MAX = 2_000;

const refused = (asked: string, why: string): Error => badArgument(`Invalid ${asked}: ${why}`);

const tooLong = (asked: string): Error =>
  refused(
    asked,
    `Your input contains more than the maximum of ${CELL_CHARS_MAX} characters in a single cell.`,
  );
