/** Durations as people write them: `250ms 30s 5m 2h 7d`, ISO 8601 (`PT30M`), or a number of milliseconds. */
const UNIT_MS: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const SHORT = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/;
const ISO = /^P(?=.)(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** Milliseconds; throws a TypeError for text that is no duration. */
export function durationMs(text: string | number): number {
  if (typeof text === 'number') return text;
  const short = SHORT.exec(text);
  if (short) return Number(short[1]) * (UNIT_MS[short[2] as string] as number);
  const iso = ISO.exec(text);
  if (!iso)
    throw new TypeError(`${JSON.stringify(text)} is no duration: write 250ms, 30s, 5m, 2h, 7d or PT30M`);
  const [weeks, days, hours, minutes, seconds] = iso.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return ((weeks * 7 + days) * 86_400 + hours * 3_600 + minutes * 60 + seconds) * 1_000;
}

/** Whether `durationMs` reads it. */
export const isDuration = (text: string | number): boolean =>
  typeof text === 'number' ? text >= 0 : SHORT.test(text) || ISO.test(text);
