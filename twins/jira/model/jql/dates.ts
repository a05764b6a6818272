/** Moments as queries write them: dates in the reader's zone, periods from now, and functions of the calendar. */
import { badQuery } from '../../errors.ts';
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
import type { Operand } from './parse.ts';

/** Who asks, and when. */
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

/** Milliseconds that `text` names; `badQuery` for what is no date. */
export const dateValue = (text: string, field: string, at: Moment): number =>
  bounded(readDate(text, field, at));

function readDate(text: string, field: string, at: Moment): number {
  const trimmed = text.trim();
  const date = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T](\d{1,2}):(\d{2}))?$/.exec(trimmed);
  if (date) {
    const [, year, month, day, hour = '0', minute = '0'] = date;
    return fromLocal(
      at.zone,
      Number(year),
      Number(month) - 1,
      Number(day),
      Number(hour) * 60 + Number(minute),
    );
  }
  const period = PERIOD.exec(trimmed);
  if (period) return shifted(at, period[1] === '-' ? -1 : 1, period[2] ?? '');
  const stamp = parseStamp(trimmed);
  if (stamp !== undefined) return stamp;
  if (/^-?\d+$/.test(trimmed)) return Number(trimmed);
  throw badQuery(
    `Date value '${text}' for field '${field}' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.`,
  );
}

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

const CALENDAR = /^(startof|endof)(day|week|month|year)$/;

/** What a function of the calendar gives; undefined where it is none of them. */
export function dateFunction({ name, args }: Operand & { kind: 'function' }, at: Moment): number | undefined {
  const lower = name.toLowerCase();
  if (lower === 'now' || lower === 'currentlogin') return at.now;
  if (lower === 'lastlogin') return at.now - DAY_MS;
  const match = CALENDAR.exec(lower);
  if (!match) return undefined;
  const [, end, unit = 'day'] = match;
  const { shift, from } = increment(args[0], unit as CalendarUnit, at);
  const start = (offset: number) => bounded(startOf(unit as CalendarUnit, from, at.zone, offset));
  return end === 'startof' ? start(shift) : start(shift + 1) - 1;
}

/** `-1`: whole units of the function; `-3d`: any period, before the unit is found. */
function increment(
  text: string | undefined,
  unit: CalendarUnit,
  at: Moment,
): { shift: number; from: number } {
  if (text === undefined || text === '') return { shift: 0, from: at.now };
  if (/^[+-]?\d{1,4}$/.test(text)) return { shift: Number(text), from: at.now };
  const period = PERIOD.exec(text);
  if (!period)
    throw badQuery(
      `Date value '${text}' for function 'startOf${unit}' is invalid. Valid formats include: '-1', '+2w'.`,
    );
  return { shift: 0, from: shifted(at, period[1] === '-' ? -1 : 1, period[2] ?? '') };
}
