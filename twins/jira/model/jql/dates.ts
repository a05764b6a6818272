/** Moments as queries write them: dates in the reader's zone, periods from now, and functions of the calendar. */
import {
  type CalendarUnit,
  DAY_MS,
  fromLocal,
  HOUR_MS,
  MINUTE_MS,
  offsetMs,
  parseStamp,
  startOf,
} from '../time.ts';
import type { FunctionCall, Value } from './ast.ts';
import { type Compilation, refuse } from './compilation.ts';

/** When a query is asked, and in which zone. */
export interface Moment {
  now: number;
  zone: string;
}

const PERIOD_MS: Record<string, number> = { m: MINUTE_MS, h: HOUR_MS, d: DAY_MS, w: 7 * DAY_MS };
const PERIOD = /^([+-]?)((?:\d+\s*[yMwdhm]\s*)+)$/;

/** The first and the last moment that queries can speak of: years of four digits. */
const EARLIEST_MS = Date.UTC(0, 0, 1);
const LATEST_MS = Date.UTC(9_999, 11, 31);
const bounded = (ms: number): number =>
  Number.isNaN(ms) ? LATEST_MS : Math.min(LATEST_MS, Math.max(EARLIEST_MS, ms));

/** Milliseconds that a written value names; undefined for what is no date. */
export function dateValue({ text, number }: Pick<Value, 'text' | 'number'>, at: Moment): number | undefined {
  const trimmed = text.trim();
  const date = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T](\d{1,2}):(\d{2}))?$/.exec(trimmed);
  if (date) {
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = date
      .slice(1)
      .map((part) => Number(part ?? 0));
    if (day < 1 || day > daysOf(year, month) || hour > 23 || minute > 59) return undefined;
    return bounded(fromLocal(at.zone, year, month - 1, day, hour * 60 + minute));
  }
  const period = PERIOD.exec(trimmed);
  if (period) return bounded(shifted(at, period[1] === '-' ? -1 : 1, period[2] ?? ''));
  const stamp = parseStamp(trimmed);
  if (stamp !== undefined) return bounded(stamp);
  return number ? bounded(Number(trimmed)) : undefined;
}

/** Days of a month, 1 for January; none where there is no such month. */
const daysOf = (year: number, month: number): number =>
  month < 1 || month > 12 ? 0 : new Date(Date.UTC(year, month, 0)).getUTCDate();

/** `now` and so many periods on; months and years by the calendar. */
function shifted(at: Moment, sign: number, text: string): number {
  let ms = at.now;
  for (const [, amount, unit = 'd'] of text.matchAll(/(\d+)\s*([yMwdhm])/g)) {
    const count = sign * Number(amount);
    const size = PERIOD_MS[unit];
    const next =
      size === undefined ? byCalendar(ms, at.zone, unit === 'y' ? 12 * count : count) : ms + count * size;
    ms = bounded(next);
  }
  return ms;
}

function byCalendar(ms: number, zone: string, months: number): number {
  const local = new Date(ms + offsetMs(ms, zone));
  local.setUTCMonth(local.getUTCMonth() + months);
  const moved = bounded(local.getTime());
  return moved - offsetMs(moved, zone);
}

/** Functions that give a moment, as sites list them; all but the first three take an increment. */
export const DATE_FUNCTIONS = [
  'now',
  'currentLogin',
  'lastLogin',
  'startOfDay',
  'startOfWeek',
  'startOfMonth',
  'startOfYear',
  'endOfDay',
  'endOfWeek',
  'endOfMonth',
  'endOfYear',
] as const;

const byName = new Map(DATE_FUNCTIONS.map((name) => [name.toLowerCase(), name]));
const CALENDAR = /^(start|end)Of(Day|Week|Month|Year)$/;

export const isDateFunction = (name: string): boolean => byName.has(name.toLowerCase());

/** The moment that a function gives; undefined (and a problem) for wrong arguments. */
export function dateFunction(at: Compilation, { name, args }: FunctionCall): number | undefined {
  const known = byName.get(name.toLowerCase());
  const match = CALENDAR.exec(known ?? '');
  if (args.length > (match ? 1 : 0)) {
    const expected = match ? "between '0' and '1'" : "'0'";
    refuse(at, `Function '${name}' expected ${expected} arguments but received '${args.length}'.`);
    return undefined;
  }
  if (!match) return known === 'lastLogin' ? at.now - DAY_MS : at.now;
  const unit = (match[2] ?? 'Day').toLowerCase() as CalendarUnit;
  const found = increment(args[0], at);
  if (!found) {
    refuse(
      at,
      `Duration for function '${name}' should have the format (+/-)n(yMwdm), e.g -1M for 1 month earlier.`,
    );
    return undefined;
  }
  const start = (offset: number) => bounded(startOf(unit, found.from, at.zone, offset));
  return match[1] === 'start' ? start(found.shift) : start(found.shift + 1) - 1;
}

/** `-1`: whole units of the function; `-3d`: any period, before the unit is found. */
function increment(text: string | undefined, at: Moment): { shift: number; from: number } | undefined {
  if (text === undefined || text === '') return { shift: 0, from: at.now };
  if (/^[+-]?\d{1,4}$/.test(text)) return { shift: Number(text), from: at.now };
  const period = PERIOD.exec(text);
  return period ? { shift: 0, from: shifted(at, period[1] === '-' ? -1 : 1, period[2] ?? '') } : undefined;
}
