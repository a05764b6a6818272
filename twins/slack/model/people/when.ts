/**
 * Times as people say them: “in 15 minutes”, “tomorrow at 9am”, “every Thursday”, “2026-07-01 10:00”.
 * https://docs.slack.dev/reference/methods/reminders.add
 */
import type { Reminder } from '../../world.ts';
import { instant, localOf } from './zone.ts';

/** How something comes again: on which weekdays, where it is weekly. */
export type Recurrence = NonNullable<Reminder['recurrence']>;

/** The moment meant, in seconds, and how it comes again. */
export interface When {
  time: number;
  recurrence?: Recurrence;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const UNITS: Readonly<Record<string, number>> = {
  minute: MINUTE,
  min: MINUTE,
  hour: HOUR,
  day: DAY,
  week: 7 * DAY,
};
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const MONTHS = 'january february march april may june july august september october november december'.split(
  ' ',
);
/** Where no hour is said, it is nine in the morning. */
const MORNING = 9 * HOUR;

/** What `text` means at `now` (seconds) for somebody in zone `tz`; undefined where it is unclear. */
export function whenOf(text: string, now: number, tz: string): When | undefined {
  const said = text.trim().toLowerCase().replace(/\s+/g, ' ');
  if (/^\d{1,12}$/.test(said)) return { time: Number(said) <= DAY ? now + Number(said) : Number(said) };
  const span = /^in (\d{1,6}|an?) (minute|min|hour|day|week)s?$/.exec(said);
  if (span) return { time: now + (Number(span[1]) || 1) * (UNITS[span[2] as string] as number) };
  const repeated = /^(?:every (.+?)|(daily|weekly|monthly|yearly))(?: at (.+))?$/.exec(said);
  if (repeated) return every(repeated[1] ?? (repeated[2] as string), clockOf(repeated[3]), now, tz);
  return onDay(said, now, tz) ?? written(text);
}

/** The next time of a repeated one after `after`, both in seconds. */
export function following(recurrence: Recurrence, after: number, tz: string): number {
  const local = localOf(after, tz);
  const clock = local % DAY;
  if (recurrence.frequency === 'daily') return instant(local + DAY, tz);
  if (recurrence.frequency === 'weekly')
    return instant(nextWeekday(recurrence.weekdays ?? [], local, clock), tz);
  const date = new Date((local - clock) * 1_000);
  const months = recurrence.frequency === 'monthly' ? 1 : 12;
  const next = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, date.getUTCDate());
  return instant(next / 1_000 + clock, tz);
}

function every(what: string, clock: number | undefined, now: number, tz: string): When | undefined {
  if (clock === undefined) return undefined;
  const local = localOf(now, tz);
  const today = local - (local % DAY) + clock;
  const first = today > local ? today : today + DAY;
  const plain = {
    day: 'daily',
    daily: 'daily',
    month: 'monthly',
    monthly: 'monthly',
    year: 'yearly',
    yearly: 'yearly',
  };
  const frequency = (plain as Record<string, Recurrence['frequency']>)[what];
  if (frequency) return { time: instant(first, tz), recurrence: { frequency } };
  const weekdays = weekdaysIn(what, local);
  if (!weekdays) return undefined;
  return {
    time: instant(nextWeekday(weekdays, local, clock), tz),
    recurrence: { frequency: 'weekly', weekdays },
  };
}

/** The days of the week that `every …` names. */
function weekdaysIn(what: string, local: number): string[] | undefined {
  if (what === 'weekday') return WEEKDAYS.slice(1, 6);
  if (what === 'week' || what === 'weekly') return [WEEKDAYS[weekdayAt(local)] as string];
  const named = what.split(/, and |, | and /).map((one) => one.replace(/s$/, ''));
  return named.every((one) => WEEKDAYS.includes(one)) ? named : undefined;
}

/** `[day] [at clock]`, `[at] clock`; a bare clock that is gone by today means tomorrow. */
function onDay(said: string, now: number, tz: string): When | undefined {
  const local = localOf(now, tz);
  const midnight = local - (local % DAY);
  const alone = clockOf(said.replace(/^at /, ''));
  if (alone !== undefined)
    return { time: instant(midnight + alone + (midnight + alone > local ? 0 : DAY), tz) };
  const [day = '', at] = said.split(/ at (?=[^ ]+(?: [ap]m)?$)/);
  const clock = clockOf(at);
  const start = clock === undefined ? undefined : dayOf(day, midnight, local, clock);
  if (start === undefined || clock === undefined || start + clock <= local) return undefined;
  return { time: instant(start + clock, tz) };
}

/** The midnight, in local seconds, of a day by its name. */
function dayOf(said: string, midnight: number, local: number, clock: number): number | undefined {
  if (said === 'today') return midnight;
  if (said === 'tomorrow') return midnight + DAY;
  const weekday = /^(?:on |next )?([a-z]+)$/.exec(said)?.[1];
  if (weekday && WEEKDAYS.includes(weekday)) return nextWeekday([weekday], local, clock) - clock;
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(said);
  if (iso) return Date.UTC(Number(iso[1]), Number(iso[2]) - 1, Number(iso[3])) / 1_000;
  const dated = /^(?:on )?([a-z]+) (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?$/.exec(said);
  const month = dated ? MONTHS.findIndex((name) => name.startsWith((dated[1] as string).slice(0, 3))) : -1;
  if (!dated || month < 0) return undefined;
  const year = new Date(midnight * 1_000).getUTCFullYear();
  const on = (inYear: number) => Date.UTC(inYear, month, Number(dated[2])) / 1_000;
  if (dated[3]) return on(Number(dated[3]));
  return on(year) + clock > local ? on(year) : on(year + 1);
}

/** Seconds since midnight; the morning where nothing is said, undefined where it is no time of day. */
function clockOf(said: string | undefined): number | undefined {
  if (said === undefined) return MORNING;
  if (said === 'noon') return 12 * HOUR;
  if (said === 'midnight') return 0;
  const parts = /^(\d{1,2})(?::(\d{2}))? ?(am|pm)?$/.exec(said);
  if (!parts || (!parts[2] && !parts[3])) return undefined;
  const hour = parts[3] ? (Number(parts[1]) % 12) + (parts[3] === 'pm' ? 12 : 0) : Number(parts[1]);
  const minute = Number(parts[2] ?? 0);
  return hour < 24 && minute < 60 ? hour * HOUR + minute * MINUTE : undefined;
}

/** A date as computers write it, in UTC where it names no zone; it may be gone by. */
function written(text: string): When | undefined {
  if (!/^\d{4}-\d{2}-\d{2}/.test(text.trim())) return undefined;
  const iso = text.trim().replace(/ UTC$/, 'Z').replace(' ', 'T');
  const ms = Date.parse(/Z|[+-]\d{2}:?\d{2}$/.test(iso) ? iso : `${iso}Z`);
  return Number.isNaN(ms) ? undefined : { time: Math.floor(ms / 1_000) };
}

/** The first of these weekdays at `clock` after `local`, in local seconds. */
function nextWeekday(names: readonly string[], local: number, clock: number): number {
  const midnight = local - (local % DAY);
  for (let days = 0; days < 8; days++) {
    const at = midnight + days * DAY + clock;
    if (at > local && names.includes(WEEKDAYS[weekdayAt(at)] as string)) return at;
  }
  return midnight + 7 * DAY + clock;
}

const weekdayAt = (local: number): number => new Date(local * 1_000).getUTCDay();
