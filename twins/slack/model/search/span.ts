/** The days and spans that searches speak of, in the searcher's own time zone. https://slack.com/help/articles/202528808-Search-in-Slack */
import { type DayModifier, lacking } from './query.ts';

/** From `from` (included) to `to` (excluded), in universe milliseconds. */
export interface Span {
  from: number;
  to: number;
}

export const ALWAYS: Span = { from: 0, to: Number.MAX_SAFE_INTEGER };

const MONTHS = 'january february march april may june july august september october november december'.split(
  ' ',
);
const DAY_MS = 86_400_000;

/** The span that a modifier leaves of all times. Throws a gap for a way to write days that is not known. */
export function spanOf(kind: DayModifier, value: string, now: number, offsetMs: number): Span {
  const { from, to } = named(value, now + offsetMs);
  const [begins, ends] = [from - offsetMs, to - offsetMs];
  if (kind === 'before') return { from: 0, to: begins };
  if (kind === 'after') return { ...ALWAYS, from: ends };
  return { from: begins, to: ends };
}

/** What both spans hold. */
export const overlap = (a: Span, b: Span): Span => ({
  from: Math.max(a.from, b.from),
  to: Math.min(a.to, b.to),
});

/** A day, month, year or week by its name or number, as the clock on the wall tells time. */
function named(value: string, wall: number): Span {
  const today = Math.floor(wall / DAY_MS) * DAY_MS;
  const at = new Date(today);
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()];
  if (value === 'today') return days(today, 1);
  if (value === 'yesterday') return days(today - DAY_MS, 1);
  if (value === 'week') return days(today - at.getUTCDay() * DAY_MS, 7);
  if (value === 'month') return ofMonth(year, month);
  if (value === 'year') return ofYear(year);
  const called = MONTHS.findIndex((name) => name === value || name.slice(0, 3) === value);
  if (called >= 0) return ofMonth(called > month ? year - 1 : year, called);
  if (/^\d{4}$/.test(value)) return ofYear(Number(value));
  const part = /^(\d{4})[-/](\d{1,2})$/.exec(value);
  if (part) return ofMonth(Number(part[1]), Number(part[2]) - 1);
  const iso = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/.exec(value);
  if (iso) return days(Date.UTC(Number(iso[1]), Number(iso[2]) - 1, Number(iso[3])), 1);
  const american = /^(\d{1,2})[-/](\d{1,2})[-/](\d{4})$/.exec(value);
  if (american) return days(Date.UTC(Number(american[3]), Number(american[1]) - 1, Number(american[2])), 1);
  throw lacking(`date ${value}`);
}

const days = (from: number, count: number): Span => ({ from, to: from + count * DAY_MS });
const ofMonth = (year: number, month: number): Span => ({
  from: Date.UTC(year, month, 1),
  to: Date.UTC(year, month + 1, 1),
});
const ofYear = (year: number): Span => ({ from: Date.UTC(year, 0, 1), to: Date.UTC(year + 1, 0, 1) });
