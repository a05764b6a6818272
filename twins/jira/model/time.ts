/**
 * Time as Jira writes and reads it. Stored as `2026-03-02T09:00:00.000+0000`; shown in the reader's own zone, with
 * an offset that has no colon and follows daylight saving.
 */
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/** A moment as it is stored: UTC with a written offset, so that texts sort as times. */
export const stamp = (ms: number): string => new Date(ms).toISOString().replace('Z', '+0000');

/** Milliseconds since the epoch as text that sorts as they do, before and after 1970. */
export const sortableMoment = (ms: number): string =>
  (ms + EARLIEST_OFFSET_MS).toString(36).padStart(SORTABLE_DIGITS, '0');

/** Years of four digits, all of them positive: `0000-01-01` lies so far before 1970. */
const EARLIEST_OFFSET_MS = 62_200_000_000_000;
const SORTABLE_DIGITS = 10;

/** Milliseconds since the epoch of a date-time with an offset; undefined where it is none. */
export function parseStamp(text: string): number | undefined {
  const match = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?(?:\.\d{1,9})?)(Z|[+-]\d{2}:?\d{2})$/.exec(text);
  if (!match) return undefined;
  const [, local = '', offset = 'Z'] = match;
  const zone = offset === 'Z' ? 'Z' : `${offset.slice(0, 3)}:${offset.slice(-2)}`;
  const ms = Date.parse(local + zone);
  return Number.isNaN(ms) ? undefined : ms;
}

/** Milliseconds of a day or a stored moment; undefined where a text is neither. */
export const momentOf = (text: string): number | undefined =>
  isDay(text) ? Date.parse(`${text}T00:00:00Z`) : parseStamp(text);

/** A stored moment as a reader in `zone` sees it. */
export function shown(stored: string, zone: string): string {
  const ms = parseStamp(stored);
  return ms === undefined ? stored : zoned(ms, zone);
}

/** `2025-05-24T13:12:38.881+0200`. */
export function zoned(ms: number, zone: string): string {
  const offset = offsetMs(ms, zone);
  const minutes = Math.abs(offset) / MINUTE_MS;
  const hhmm = `${two(Math.floor(minutes / 60))}${two(Math.floor(minutes % 60))}`;
  return `${new Date(ms + offset).toISOString().slice(0, -1)}${offset < 0 ? '-' : '+'}${hhmm}`;
}

const two = (n: number): string => String(n).padStart(2, '0');

const offsets = new Map<string, number>();
const OFFSETS_MAX = 10_000;

/** How far `zone` is ahead of UTC at `ms`. Kept per quarter of an hour: asking Intl costs 20 µs. */
export function offsetMs(ms: number, zone: string): number {
  const at = Math.floor(ms / (15 * MINUTE_MS));
  const key = `${zone} ${at}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  if (offsets.size >= OFFSETS_MAX) offsets.clear();
  const quarter = at * 15 * MINUTE_MS;
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(quarter);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value ?? 0);
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
  offsets.set(key, local - quarter);
  return local - quarter;
}

/** The moment at which clocks in `zone` show these numbers. */
export function fromLocal(zone: string, year: number, month: number, day: number, minutes = 0): number {
  const naive = Date.UTC(year, month, day) + minutes * MINUTE_MS;
  const first = naive - offsetMs(naive, zone);
  return naive - offsetMs(first, zone);
}

export type CalendarUnit = 'day' | 'week' | 'month' | 'year';

/** The first moment of the day, week (from Monday), month or year of `ms` in `zone`, `shift` units on. */
export function startOf(unit: CalendarUnit, ms: number, zone: string, shift = 0): number {
  const local = new Date(ms + offsetMs(ms, zone));
  const [year, month, day] = [local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate()];
  if (unit === 'year') return fromLocal(zone, year + shift, 0, 1);
  if (unit === 'month') return fromLocal(zone, year, month + shift, 1);
  if (unit === 'day') return fromLocal(zone, year, month, day + shift);
  const sinceMonday = (local.getUTCDay() + 6) % 7;
  return fromLocal(zone, year, month, day - sinceMonday + 7 * shift);
}

/** Whether this is a day of the calendar, as `2026-02-28`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}
