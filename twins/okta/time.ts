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
