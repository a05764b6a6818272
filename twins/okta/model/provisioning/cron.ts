/** Schedules as a UNIX crontab writes them, in a time zone: `00 21 * * Mon,Thu`. */
import { createRequire } from 'node:module';
import type { Cron } from 'croner';

// Loaded with the first schedule: most servers never see one, and all would start later.
const require = createRequire(import.meta.url);
const croner = () => require('croner') as typeof import('croner');

/** Whether an expression is a schedule. */
export const isCron = (expression: string): boolean => schedule(expression, 'UTC') !== undefined;

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
export const nextTime = (expression: string, zone: string, afterMs: number): number | undefined =>
  schedule(expression, zone)?.nextRun(new Date(afterMs))?.getTime();

/** Without a job, so that nothing is ever run by the machine's clock. Undefined for what is no schedule of five fields. */
function schedule(expression: string, timezone: string): Cron | undefined {
  if (/^\s*@/.test(expression)) return undefined;
  try {
    return new (croner().Cron)(expression, { paused: true, timezone, mode: '5-part' });
  } catch {
    return undefined;
  }
}
