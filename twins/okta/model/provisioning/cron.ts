/** Schedules as a UNIX crontab writes them, in a time zone: `00 21 * * Mon,Thu`. */

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** A schedule that says 29 February comes round within eight years. */
const DAYS_AHEAD_MAX = 8 * 366;

interface Fields {
  minutes: readonly number[];
  hours: readonly number[];
  days: ReadonlySet<number>;
  months: ReadonlySet<number>;
  weekdays: ReadonlySet<number>;
  /** One of the two says any day. */
  anyDay: boolean;
}

/** Whether an expression is a schedule. */
export const isCron = (expression: string): boolean => read(expression) !== undefined;

/** Whether this is a time zone's name. */
export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** The first moment after `afterMs` that a schedule names, in milliseconds; undefined where there is none. */
export function nextTime(expression: string, zone: string, afterMs: number): number | undefined {
  const fields = read(expression);
  if (!fields) return undefined;
  const start = afterMs + offsetOf(afterMs, zone);
  for (let day = start - (start % DAY_MS), n = 0; n < DAYS_AHEAD_MAX; day += DAY_MS, n++) {
    if (!isOn(fields, new Date(day))) continue;
    for (const hour of fields.hours)
      for (const minute of fields.minutes) {
        const local = day + (hour * 60 + minute) * MINUTE_MS;
        const at = local - offsetOf(local - offsetOf(local, zone), zone);
        if (at > afterMs) return at;
      }
  }
  return undefined;
}

function isOn({ days, months, weekdays, anyDay }: Fields, date: Date): boolean {
  if (!months.has(date.getUTCMonth() + 1)) return false;
  const [ofMonth, ofWeek] = [days.has(date.getUTCDate()), weekdays.has(date.getUTCDay())];
  return anyDay ? ofMonth && ofWeek : ofMonth || ofWeek;
}

function read(expression: string): Fields | undefined {
  const [minute, hour, day, month, weekday, ...rest] = expression.trim().split(/\s+/);
  if (!minute || !hour || !day || !month || !weekday || rest.length > 0) return undefined;
  const minutes = numbers(minute, 0, 59);
  const hours = numbers(hour, 0, 23);
  const days = numbers(day, 1, 31);
  const months = numbers(month, 1, 12, MONTHS, 1);
  const weekdays = numbers(weekday, 0, 7, DAYS, 0);
  if (!minutes || !hours || !days || !months || !weekdays) return undefined;
  return {
    minutes,
    hours,
    days: new Set(days),
    months: new Set(months),
    weekdays: new Set(weekdays.map((one) => one % 7)),
    anyDay: /^[*?]/.test(day) || /^[*?]/.test(weekday),
  };
}

/** The numbers that a field means, rising; undefined where it means nothing. */
function numbers(
  field: string,
  low: number,
  high: number,
  names: readonly string[] = [],
  first = 0,
): number[] | undefined {
  const found = new Set<number>();
  for (const part of field.toLowerCase().split(',')) {
    const [, from = '', to, step = '1'] = /^([\w*?]+)(?:-(\w+))?(?:\/(\d+))?$/.exec(part) ?? [];
    const any = from === '*' || from === '?';
    const begin = any ? low : numberOf(from, names, first);
    const end = any ? high : to === undefined ? begin : numberOf(to, names, first);
    if (!(begin >= low && end <= high && begin <= end) || Number(step) < 1) return undefined;
    for (let n = begin; n <= end; n += Number(step)) found.add(n);
  }
  return [...found].sort((a, b) => a - b);
}

const numberOf = (text: string, names: readonly string[], first: number): number => {
  const named = names.indexOf(text.slice(0, 3));
  return /^\d+$/.test(text) ? Number(text) : named < 0 ? Number.NaN : named + first;
};

/** How far a zone's clocks are ahead of UTC at a moment, in milliseconds. */
function offsetOf(ms: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(
    new Date(ms),
  );
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign = '+', hours = '0', minutes = '0'] = /GMT([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * MINUTE_MS;
}
