/**
 * Working time: how long a day and a week of work are, how durations are read and written.
 * https://support.atlassian.com/jira-cloud-administration/docs/configure-time-tracking/
 */
import type { World } from '../../../../src/world/world.ts';
import { badFields, badQuery } from '../../errors.ts';
import { DAYS_PER_WEEK, HOURS_PER_DAY, SECONDS_PER_HOUR } from '../../limits.ts';
import { type TimeTracking, timeTracking, type User } from '../../world.ts';
import { requireAdmin } from '../permissions/may.ts';
import { audit, changesOf } from '../site/audit.ts';

/** What tracks time; apps may bring others. */
export const PROVIDERS = [{ key: 'JIRA', name: 'JIRA provided time tracking' }] as const;

const AT_FIRST: TimeTracking = {
  id: 'site',
  provider: 'JIRA',
  workingHoursPerDay: HOURS_PER_DAY,
  workingDaysPerWeek: DAYS_PER_WEEK,
  timeFormat: 'pretty',
  defaultUnit: 'minute',
};

/** How the site counts working time. */
export const timeTrackingOf = (world: World): TimeTracking => world.get(timeTracking, 'site') ?? AT_FIRST;

/** The settings without the site's own names for the row. */
export function trackingOptions({ id: _, provider: __, ...options }: TimeTracking) {
  return options;
}

/** Changes how working time is counted and written; 403 for others than administrators, 400 for impossible days. */
export function setTimeTracking(
  world: World,
  user: User,
  options: Omit<TimeTracking, 'id' | 'provider'>,
): void {
  requireAdmin(world, user);
  const { workingHoursPerDay: hours, workingDaysPerWeek: days } = options;
  const errors = {
    ...(hours > 0 && hours <= 24
      ? {}
      : { workingHoursPerDay: 'The working hours per day must be greater than 0 and at most 24.' }),
    ...(days > 0 && days <= 7
      ? {}
      : { workingDaysPerWeek: 'The working days per week must be greater than 0 and at most 7.' }),
  };
  if (Object.keys(errors).length > 0) throw badFields(errors);
  put(world, user, options);
}

/** Selects what tracks time; 400 for a provider that is not there. */
export function selectProvider(world: World, user: User, key: string): void {
  requireAdmin(world, user);
  const found = PROVIDERS.find((one) => one.key.toLowerCase() === key.toLowerCase());
  if (!found) throw badQuery(`There is no time tracking provider registered for the key '${key}'.`);
  put(world, user, { provider: found.key });
}

function put(world: World, user: User, change: Partial<TimeTracking>): void {
  const before = timeTrackingOf(world);
  const after = world.put(timeTracking, { ...before, ...change });
  audit(world, {
    summary: 'Time tracking configuration updated',
    category: 'system',
    author: user,
    changedValues: changesOf(before, after),
  });
}

type Counting = Pick<
  TimeTracking,
  'workingHoursPerDay' | 'workingDaysPerWeek' | 'timeFormat' | 'defaultUnit'
>;

const unitSeconds = ({ workingHoursPerDay, workingDaysPerWeek }: Counting) => ({
  w: workingDaysPerWeek * workingHoursPerDay * SECONDS_PER_HOUR,
  d: workingHoursPerDay * SECONDS_PER_HOUR,
  h: SECONDS_PER_HOUR,
  m: 60,
});

const UNITS = { minute: 'm', hour: 'h', day: 'd', week: 'w' } as const;

/** Seconds in `1w 2d 3h 4m` of working time (a bare number counts the default unit); undefined where it is none. */
export function parseWork(text: string, counting: Counting): number | undefined {
  const trimmed = text.trim().toLowerCase();
  const sizes = unitSeconds(counting);
  if (/^\d+(\.\d+)?$/.test(trimmed)) return Math.round(Number(trimmed) * sizes[UNITS[counting.defaultUnit]]);
  if (!/^(\d+(\.\d+)?\s*[wdhm]\s*)+$/.test(trimmed)) return undefined;
  let seconds = 0;
  for (const [, amount, unit] of trimmed.matchAll(/(\d+(?:\.\d+)?)\s*([wdhm])/g))
    seconds += Number(amount) * sizes[unit as 'w' | 'd' | 'h' | 'm'];
  return Math.round(seconds);
}

/** Working time as the site writes it: `1w 2d 3h 4m`, or `36.5h`, or `4.56d`. */
export function prettyWork(seconds: number, counting: Counting): string {
  const sizes = unitSeconds(counting);
  if (counting.timeFormat === 'hours') return `${rounded(seconds / sizes.h)}h`;
  if (counting.timeFormat === 'days') return `${rounded(seconds / sizes.d)}d`;
  let rest = seconds;
  const parts: string[] = [];
  for (const [unit, size] of Object.entries(sizes)) {
    const count = Math.floor(rest / size);
    if (count > 0) parts.push(`${count}${unit}`);
    rest -= count * size;
  }
  return parts.join(' ') || '0m';
}

const WORDS = { w: 'week', d: 'day', h: 'hour', m: 'minute' } as const;

/** The same in words: `1 week, 2 days, 3 hours`; the other formats stay as they are. */
export function writtenWork(seconds: number, counting: Counting): string {
  const short = prettyWork(seconds, counting);
  if (counting.timeFormat !== 'pretty') return short;
  const parts = short.split(' ').map((part) => {
    const count = Number.parseInt(part, 10);
    return `${count} ${WORDS[part.at(-1) as keyof typeof WORDS]}${count === 1 ? '' : 's'}`;
  });
  return parts.join(', ');
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
