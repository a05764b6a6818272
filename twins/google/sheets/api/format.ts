/** How a cell looks when nobody said how: the default format and theme, and what a format comes to. */
import { shortFloat } from '../model/color.ts';
import type { Layers } from '../model/object/appearance.ts';
import type { CellFormat, Color, ExtendedValue, NumberFormat } from '../world.ts';

const WHITE = { red: 1, green: 1, blue: 1 };

/** `properties.defaultFormat` of a new spreadsheet. */
export const DEFAULT_FORMAT = {
  backgroundColor: WHITE,
  padding: { top: 2, right: 3, bottom: 2, left: 3 },
  verticalAlignment: 'BOTTOM',
  wrapStrategy: 'OVERFLOW_CELL',
  textFormat: {
    foregroundColor: {},
    fontFamily: 'arial,sans,sans-serif',
    fontSize: 10,
    bold: false,
    italic: false,
    strikethrough: false,
    underline: false,
    foregroundColorStyle: { rgbColor: {} },
  },
  backgroundColorStyle: { rgbColor: WHITE },
} as const satisfies CellFormat;

const color = (red: number, green: number, blue: number) => {
  const channel = (level: number) => shortFloat(level / 255);
  const all = { red: channel(red), green: channel(green), blue: channel(blue) };
  return { rgbColor: Object.fromEntries(Object.entries(all).filter(([, value]) => value > 0)) };
};

/** The theme that new spreadsheets have. */
export const THEME: {
  primaryFontFamily: string;
  themeColors: { colorType: string; color: { rgbColor: Color } }[];
} = {
  primaryFontFamily: 'Arial',
  themeColors: [
    { colorType: 'TEXT', color: color(0, 0, 0) },
    { colorType: 'BACKGROUND', color: color(255, 255, 255) },
    { colorType: 'ACCENT1', color: color(66, 133, 244) },
    { colorType: 'ACCENT2', color: color(234, 67, 53) },
    { colorType: 'ACCENT3', color: color(251, 188, 4) },
    { colorType: 'ACCENT4', color: color(52, 168, 83) },
    { colorType: 'ACCENT5', color: color(255, 109, 1) },
    { colorType: 'ACCENT6', color: color(70, 189, 198) },
    { colorType: 'LINK', color: color(17, 85, 204) },
  ],
};

/** The format that a cell has in the end: defaults, its own, where its kind of value stands, colours of the theme. */
export function effectiveFormat(
  own: CellFormat | undefined,
  number: NumberFormat | undefined,
  value: ExtendedValue | undefined,
  { theme, hyperlink }: { theme?: object; hyperlink?: string } = {},
): Record<string, unknown> {
  const { textFormat, ...rest } = own ?? {};
  const { primaryFontFamily = THEME.primaryFontFamily } = (theme ?? {}) as { primaryFontFamily?: string };
  return {
    ...(number ? { numberFormat: number } : {}),
    backgroundColor: DEFAULT_FORMAT.backgroundColor,
    padding: DEFAULT_FORMAT.padding,
    ...(value ? { horizontalAlignment: alignment(value) } : {}),
    verticalAlignment: DEFAULT_FORMAT.verticalAlignment,
    wrapStrategy: DEFAULT_FORMAT.wrapStrategy,
    hyperlinkDisplayType: hyperlink ? 'LINKED' : 'PLAIN_TEXT',
    backgroundColorStyle: DEFAULT_FORMAT.backgroundColorStyle,
    ...themed(rest, 'backgroundColor', theme),
    textFormat: {
      ...DEFAULT_FORMAT.textFormat,
      fontFamily: primaryFontFamily,
      ...themed({ ...textFormat }, 'foregroundColor', theme),
    },
  };
}

/** With the colour that a theme's name stands for beside it. */
function themed(format: Record<string, unknown>, name: string, theme: object | undefined) {
  const style = format[`${name}Style`] as { themeColor?: string } | undefined;
  return style?.themeColor ? { ...format, [name]: themeColor(theme, style.themeColor) } : format;
}

/** A theme's colour by its name. */
export function themeColor(theme: object | undefined, name: string): Color {
  const { themeColors = [] } = (theme ?? THEME) as typeof THEME;
  return themeColors.find((one) => one.colorType === name)?.color.rgbColor ?? {};
}

/** A cell's own format between what lies under it and what rules put over it. */
export function layered(
  own: CellFormat | undefined,
  { under, over }: Layers,
  theme: object | undefined,
): CellFormat | undefined {
  if (!under && !over) return own;
  const filled = (format: CellFormat = {}) => 'backgroundColor' in format || 'backgroundColorStyle' in format;
  const { backgroundColor: _color, backgroundColorStyle: _style, ...bare } = { ...own } as CellFormat;
  const base = filled(over) ? bare : filled(own) ? own : { ...under, ...own };
  const text = { ...own?.textFormat, ...over?.textFormat };
  const format: CellFormat = {
    ...base,
    ...over,
    ...(Object.keys(text).length > 0 ? { textFormat: text } : {}),
  };
  const style = format.backgroundColorStyle as { themeColor?: string } | undefined;
  return style?.themeColor ? { ...format, backgroundColor: themeColor(theme, style.themeColor) } : format;
}

function alignment(value: ExtendedValue): string {
  if (value.stringValue !== undefined) return 'LEFT';
  return value.numberValue !== undefined ? 'RIGHT' : 'CENTER';
}
