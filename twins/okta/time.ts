/** Dates as the vendor writes them. */

/** `2026-03-02T09:00:00.000Z`, cut to whole seconds: users, groups, apps and nearly everything else. */
export const stamp = (ms: number): string => new Date(Math.floor(ms / 1_000) * 1_000).toISOString();

/** With real milliseconds: the System Log's `published`. */
export const stampMs = (ms: number): string => new Date(ms).toISOString();

/** `Mon, 02 Mar 2026 09:00:00 GMT` without its comma and in UTC, as group owners carry it. */
export function stampJava(ms: number): string {
  const [day, date, month, year, time] = new Date(ms).toUTCString().replace(',', '').split(' ');
  return `${day} ${month} ${date} ${time} UTC ${year}`;
}

/** `2025-08-25 08:23:50.0`, as behaviour detection rules carry it. */
export const stampSql = (ms: number): string => stamp(ms).replace('T', ' ').replace('.000Z', '.0');

/** `2026-03-25T06:00:40Z`, as group push mappings carry it. */
export const stampSeconds = (ms: number): string => stamp(ms).replace('.000Z', 'Z');
