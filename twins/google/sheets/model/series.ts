/** How a few values go on: counted, dated, named, or repeated. https://support.google.com/docs/answer/75509 */
import type { ExtendedValue, NumberFormat } from '../world.ts';
import { conventionsOf } from './locale.ts';
import { isDateFormat } from './numberFormat.ts';
import { dateOf, serialOf } from './serial.ts';

/** The value at a place: 0 is the first of the source, negative ones are before it. */
export type Series = (nth: number) => ExtendedValue | undefined;

interface Item {
  value?: ExtendedValue;
  format?: NumberFormat;
}

/** The series that the items begin. `alternate` is the other of counting on and repeating. */
export function seriesOf(items: readonly Item[], how: { alternate: boolean; locale: string }): Series {
  const repeat: Series = (nth) => items[((nth % items.length) + items.length) % items.length]?.value;
  const counted = countedSeries(items, how);
  if (!counted) return repeat;
  return how.alternate === counted.single ? counted.series : repeat;
}

/** `single`: one number, which is repeated unless the alternate is asked for. */
function countedSeries(
  items: readonly Item[],
  { locale }: { locale: string },
): { series: Series; single: boolean } | undefined {
  const numbers = items.map(({ value }) => value?.numberValue);
  if (numbers.every((one) => one !== undefined)) {
    const plain = numbers as number[];
    if (isDateFormat(items[0]?.format) && items[0]?.format?.type !== 'TIME')
      return { series: dateSeries(plain), single: false };
    return { series: numberSeries(plain), single: plain.length === 1 };
  }
  const texts = items.map(({ value }) => value?.stringValue);
  if (!texts.every((one) => one !== undefined)) return undefined;
  const named = nameSeries(texts as string[], locale) ?? tailSeries(texts as string[]);
  return named && { series: named, single: false };
}

/** Evenly spaced numbers go on so; others by the straight line nearest to them. */
function numberSeries(values: readonly number[]): Series {
  const [first = 0, second = first + 1] = values;
  if (values.length < 3) {
    const step = second - first;
    return (nth) => ({ numberValue: tidy(first + step * nth) });
  }
  const n = values.length;
  const middle = (n - 1) / 2;
  const mean = values.reduce((sum, one) => sum + one, 0) / n;
  let above = 0;
  let below = 0;
  for (const [i, value] of values.entries()) {
    above += (i - middle) * (value - mean);
    below += (i - middle) ** 2;
  }
  const slope = above / below;
  return (nth) => ({ numberValue: tidy(mean + slope * (nth - middle)) });
}

/** Without the dust of binary fractions. */
const tidy = (value: number): number => Number(value.toPrecision(15));

/** Days, or months where the day of the month stays. */
function dateSeries(values: readonly number[]): Series {
  const [first = 0, second] = values;
  if (second === undefined) return (nth) => ({ numberValue: first + nth });
  const [a, b] = [dateOf(first), dateOf(second)];
  const months = (b.getUTCFullYear() - a.getUTCFullYear()) * 12 + b.getUTCMonth() - a.getUTCMonth();
  const sameDay = a.getUTCDate() === b.getUTCDate() && first % 1 === second % 1;
  if (!sameDay || months === 0) return numberSeries(values);
  return (nth) => ({ numberValue: monthsLater(first, months * nth) });
}

function monthsLater(serial: number, months: number): number {
  const date = dateOf(serial);
  const month = date.getUTCFullYear() * 12 + date.getUTCMonth() + months;
  const [year, index] = [Math.floor(month / 12), month - Math.floor(month / 12) * 12];
  for (let day = date.getUTCDate(); day > 27; day--) {
    const found = serialOf(year, index + 1, day);
    if (found !== undefined) return found + (serial % 1);
  }
  return (serialOf(year, index + 1, date.getUTCDate()) ?? serial) + (serial % 1);
}

/** Weekdays and months by name, long or short, round and round. */
function nameSeries(texts: readonly string[], locale: string): Series | undefined {
  for (const names of namesIn(locale)) {
    const places = texts.map((text) => names.indexOf(text.toLowerCase()));
    const [first = -1, second = first + 1] = places;
    if (places.some((place) => place < 0)) continue;
    const step = places.length === 1 ? 1 : second - first;
    return (nth) => {
      const at = (((first + step * nth) % names.length) + names.length) % names.length;
      return { stringValue: cased(names[at] ?? '', texts[0] ?? '') };
    };
  }
  return undefined;
}

function namesIn(locale: string): string[][] {
  return ['en-US', conventionsOf(locale).tag].flatMap((tag) =>
    (['long', 'short'] as const).flatMap((width) => {
      const name = (what: 'month' | 'weekday', ms: number) =>
        new Intl.DateTimeFormat(tag, { [what]: width, timeZone: 'UTC' }).format(ms).toLowerCase();
      return [
        Array.from({ length: 7 }, (_, i) => name('weekday', Date.UTC(2023, 0, 1 + i))),
        Array.from({ length: 12 }, (_, i) => name('month', Date.UTC(2023, i, 1))),
      ];
    }),
  );
}

function cased(name: string, like: string): string {
  if (like === like.toUpperCase() && like.length > 1) return name.toUpperCase();
  return like[0] === like[0]?.toUpperCase() ? (name[0] ?? '').toUpperCase() + name.slice(1) : name;
}

/** `Item 1` counts on at its end; the words before must be the same. */
function tailSeries(texts: readonly string[]): Series | undefined {
  const found = texts.map((text) => /^(.*?)(\d{1,15})$/s.exec(text));
  if (found.some((one) => !one || one[1] !== found[0]?.[1])) return undefined;
  const [first, second] = found.map((one) => Number(one?.[2]));
  const step = second === undefined ? 1 : second - (first ?? 0);
  const digits = found[0]?.[2]?.startsWith('0') ? found[0][2].length : 0;
  return (nth) => {
    const number = Math.abs((first ?? 0) + step * nth);
    return { stringValue: `${found[0]?.[1] ?? ''}${String(number).padStart(digits, '0')}` };
  };
}
