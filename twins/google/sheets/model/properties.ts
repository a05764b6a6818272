/**
 * Properties of a spreadsheet as programs set them.
 * https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets#SpreadsheetProperties
 */
import { badArgument } from '../../errors.ts';
import type { SpreadsheetRow } from '../world.ts';
import { withColors } from './color.ts';
import { knownLocale } from './locale.ts';

export type PropertiesInput = Partial<SpreadsheetRow['properties']> & { title?: string };
type Properties = SpreadsheetRow['properties'];

/** Properties of a new spreadsheet. */
export const DEFAULT_PROPERTIES: Properties = {
  locale: 'en_US',
  autoRecalc: 'ON_CHANGE',
  timeZone: 'Etc/GMT',
};

const THEME_COLORS = [
  'TEXT',
  'BACKGROUND',
  ...['ACCENT1', 'ACCENT2', 'ACCENT3', 'ACCENT4', 'ACCENT5', 'ACCENT6'],
  'LINK',
];

/** What is kept of them, defaults for what is not set. Throws 400 for a locale, zone or theme that there is not. */
export function checkedProperties(input: PropertiesInput, asked: string): Properties {
  const refuse = (why: string) => badArgument(`Invalid ${asked}: ${why}`);
  const { locale: wanted = DEFAULT_PROPERTIES.locale, timeZone = DEFAULT_PROPERTIES.timeZone } = input;
  const locale = knownLocale(wanted);
  if (!locale) throw refuse(`Unsupported locale: ${wanted}`);
  if (!isZone(timeZone)) throw refuse(`Invalid time zone: ${timeZone}`);
  const { iterativeCalculationSettings: iterative, spreadsheetTheme: theme } = input;
  const autoRecalc =
    input.autoRecalc && input.autoRecalc !== 'RECALCULATION_INTERVAL_UNSPECIFIED'
      ? input.autoRecalc
      : DEFAULT_PROPERTIES.autoRecalc;
  const { maxIterations = 1, convergenceThreshold = 0 } = (iterative ?? {}) as Record<string, number>;
  if (maxIterations < 1 || maxIterations > ITERATIONS_MAX)
    throw refuse(`maxIterations must be between 1 and ${ITERATIONS_MAX}.`);
  if (convergenceThreshold < 0) throw refuse('convergenceThreshold must not be negative.');
  if (theme) checkTheme(theme, refuse);
  const allowed = input.importFunctionsExternalUrlAccessAllowed;
  return {
    locale,
    autoRecalc,
    timeZone,
    ...(iterative ? { iterativeCalculationSettings: iterative } : {}),
    ...(theme ? { spreadsheetTheme: withColors(theme) } : {}),
    ...(allowed ? { importFunctionsExternalUrlAccessAllowed: true } : {}),
  };
}

/** https://support.google.com/docs/answer/58515: calculation settings. */
const ITERATIONS_MAX = 10_000;

function isZone(name: string): boolean {
  if (/^GMT[+-]\d{2}:\d{2}$/.test(name)) return true;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function checkTheme(theme: Record<string, unknown>, refuse: (why: string) => Error): void {
  const { primaryFontFamily, themeColors = [] } = theme as {
    primaryFontFamily?: string;
    themeColors?: { colorType?: string; color?: { rgbColor?: object } }[];
  };
  const set = themeColors.map(({ colorType }) => colorType);
  if (!primaryFontFamily) throw refuse('SpreadsheetTheme.primaryFontFamily must be specified.');
  if (THEME_COLORS.some((name) => !set.includes(name)) || new Set(set).size < set.length)
    throw refuse('SpreadsheetTheme.themeColors must include all theme color pairs.');
  if (themeColors.some(({ color }) => !color?.rgbColor)) throw refuse('Theme colors must be RGB colors.');
}
