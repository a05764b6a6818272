/** Time zones as Slack tells them: by the zone's name of the season. https://docs.slack.dev/reference/objects/user-object */

/** A zone at a moment: its English name and its offset from UTC in seconds. */
export interface ZoneTime {
  tz_label: string;
  tz_offset: number;
}

/** Where Slack's own house is, and everybody whose zone nobody said. */
export const PACIFIC = 'America/Los_Angeles';

const HOUR_MS = 3_600_000;
/** Zones change at whole hours: what was made out for one holds for all users of that hour. */
const known = new Map<string, { hour: number; told: ZoneTime }>();

/** What the clock on the wall says in `tz` at `ms` (universe milliseconds). */
export function zoneAt(tz: string, ms: number): ZoneTime {
  const hour = Math.floor(ms / HOUR_MS);
  const last = known.get(tz);
  if (last?.hour === hour) return last.told;
  const told = { tz_label: named(tz, 'long', ms), tz_offset: offsetOf(named(tz, 'longOffset', ms)) };
  known.set(tz, { hour, told });
  return told;
}

/** What a clock on the wall shows at `time`, counted in seconds as if it were UTC. */
export const localOf = (time: number, tz: string): number => time + zoneAt(tz, time * 1_000).tz_offset;

/** When a clock on the wall shows `local`; both in seconds. */
export function instant(local: number, tz: string): number {
  const near = local - zoneAt(tz, local * 1_000).tz_offset;
  return local - zoneAt(tz, near * 1_000).tz_offset;
}

function named(tz: string, style: 'long' | 'longOffset', ms: number): string {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: tz, timeZoneName: style });
  return format.formatToParts(ms).find((part) => part.type === 'timeZoneName')?.value ?? '';
}

/** `GMT-08:00` in seconds; plain `GMT` is none. */
function offsetOf(text: string): number {
  const parts = /([+-])(\d{2}):(\d{2})/.exec(text);
  if (!parts) return 0;
  const seconds = Number(parts[2]) * 3_600 + Number(parts[3]) * 60;
  return parts[1] === '-' ? -seconds : seconds;
}
