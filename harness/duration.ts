/**
 * Durations as files write them: `250ms`, `30s`, `5m`, `2h`, `7d` or ISO 8601 (`PT30M`). Contract §5.
 */

const UNIT_MS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const SHORT = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/;
const ISO = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** The JSON Schema pattern that both forms fit. */
export const DURATION_PATTERN =
  '^(\\d+(\\.\\d+)?(ms|s|m|h|d)|P(?=.)(\\d+W)?(\\d+D)?(T(?=.)(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?)$';

/** Milliseconds of a duration as written; `undefined` where the text is none. */
export function durationMs(text: string): number | undefined {
  const short = SHORT.exec(text);
  if (short) return Number(short[1]) * (UNIT_MS[short[2] ?? ''] ?? Number.NaN);
  const iso = ISO.exec(text);
  if (!iso || text === 'P' || text.endsWith('T')) return undefined;
  const [weeks, days, hours, minutes, seconds] = iso.slice(1).map((part) => Number(part ?? 0));
  return (
    ((weeks ?? 0) * 7 + (days ?? 0)) * 86_400_000 +
    (hours ?? 0) * 3_600_000 +
    (minutes ?? 0) * 60_000 +
    (seconds ?? 0) * 1000
  );
}

/** Like {@link durationMs}, for text that a schema has already accepted. Throws where it has not. */
export function mustDurationMs(text: string): number {
  const ms = durationMs(text);
  if (ms === undefined) throw new Error(`"${text}" is no duration; write 250ms, 30s, 5m, 2h, 7d or PT30M`);
  return ms;
}

/** A duration for people: `240ms`, `3.2s`, `4m 30s`, `2h 5m`. */
export function sayDuration(ms: number): string {
  if (ms < 0) return `-${sayDuration(-ms)}`;
  if (ms < 1000) return `${Math.round(ms)}ms`;
  if (ms < 60_000) return `${trim(ms / 1000)}s`;
  if (ms < 3_600_000) return join(Math.floor(ms / 60_000), 'm', Math.round((ms % 60_000) / 1000), 's');
  return join(Math.floor(ms / 3_600_000), 'h', Math.round((ms % 3_600_000) / 60_000), 'm');
}

function trim(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function join(big: number, bigUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${big}${bigUnit}` : `${big}${bigUnit} ${small}${smallUnit}`;
}
