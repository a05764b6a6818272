/** Dates and times as Sheets counts them: days since 30 December 1899, without a time zone. */

const DAY_MS = 86_400_000;
const EPOCH_MS = Date.UTC(1899, 11, 30);

/** A calendar moment as its serial number; undefined where there is no such day. */
export function serialOf(
  year: number,
  month: number,
  day: number,
  hours: number = 0,
  minutes: number = 0,
  seconds: number = 0,
): number | undefined {
  const ms = Date.UTC(year, month - 1, day);
  const back = new Date(ms);
  if (back.getUTCMonth() !== month - 1 || back.getUTCDate() !== day) return undefined;
  return (ms - EPOCH_MS) / DAY_MS + timeOf(hours, minutes, seconds);
}

/** The part of a day. */
export const timeOf = (hours: number, minutes: number, seconds: number): number =>
  (hours * 3_600 + minutes * 60 + seconds) / 86_400;

/** A serial number's calendar moment, as a UTC date whose fields are to be read. Rounded to milliseconds. */
export const dateOf = (serial: number): Date => new Date(EPOCH_MS + Math.round(serial * DAY_MS));

/** An instant (milliseconds) as the serial number that clocks in `timeZone` show. */
export function serialNow(ms: number, timeZone: string): number {
  return (ms + offsetMs(ms, timeZone) - EPOCH_MS) / DAY_MS;
}

function offsetMs(ms: number, timeZone: string): number {
  try {
    const parts = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    }).formatToParts(new Date(ms));
    const at = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
    const local = Date.UTC(at('year'), at('month') - 1, at('day'), at('hour'), at('minute'), at('second'));
    return local - Math.floor(ms / 1_000) * 1_000;
  } catch {
    return 0;
  }
}
