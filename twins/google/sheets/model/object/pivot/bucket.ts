/** The groups that the values of a column fall into: each by itself, or by a rule. */
import type { PivotGroup } from '../../../world/objects.ts';
import type { NumberFormat } from '../../../world.ts';
import { CellError, compare, type Scalar } from '../../formula/value.ts';
import { plainNumber } from '../../numberFormat.ts';
import { dateOf } from '../../serial.ts';
import type { PivotContext } from './pivot.ts';
import { formatOf, type PivotRecord } from './record.ts';

/** A group: what it is called, and by what it is ordered among its like. */
export interface Bucket {
  key: string;
  label: Scalar | CellError;
  order: Scalar;
  format?: NumberFormat;
  records: PivotRecord[];
}

type Named = Pick<Bucket, 'label' | 'order'> & { own?: boolean };

/** The buckets of records under a group, in the order of their values. */
export function bucketsOf(
  group: PivotGroup,
  records: readonly PivotRecord[],
  context: PivotContext,
): Bucket[] {
  const column = group.sourceColumnOffset ?? 0;
  const named = namer(group, records, column);
  const found = new Map<string, Bucket>();
  for (const record of records) {
    const value = record.values[column] ?? null;
    const { label, order, own } =
      value instanceof CellError ? { label: value, order: value.value.type } : named(value);
    const key = keyOf(label);
    const bucket = found.get(key);
    if (bucket) {
      bucket.records.push(record);
      continue;
    }
    const format = own ? formatOf(record, column, context) : undefined;
    found.set(key, { key, label, order, ...(format ? { format } : {}), records: [record] });
  }
  return [...found.values()].sort((a, b) => inOrder(a.order, b.order));
}

/** Blanks come last. */
const inOrder = (a: Scalar, b: Scalar): number =>
  a === null || b === null ? (a === b ? 0 : a === null ? 1 : -1) : compare(a, b);

export const keyOf = (value: Scalar | CellError): string =>
  value instanceof CellError ? `error ${value.value.type}` : `${typeof value} ${value}`;

function namer(
  { groupRule }: PivotGroup,
  records: readonly PivotRecord[],
  column: number,
): (value: Scalar) => Named {
  const { manualRule, histogramRule, dateTimeRule } = groupRule ?? {};
  if (manualRule) {
    const names = new Map<string, string>();
    for (const { groupName, items = [] } of manualRule.groups ?? [])
      for (const item of items)
        names.set(
          keyOf(item.numberValue ?? item.stringValue ?? item.boolValue ?? null),
          groupName?.stringValue ?? '',
        );
    return (value) => {
      const name = names.get(keyOf(value));
      return name === undefined ? { label: value, order: value, own: true } : { label: name, order: name };
    };
  }
  if (histogramRule) {
    const numbers = records.flatMap(({ values }) => {
      const value = values[column];
      return typeof value === 'number' ? [value] : [];
    });
    return (value) => (typeof value === 'number' ? interval(value, histogramRule, numbers) : alone(value));
  }
  if (dateTimeRule) {
    const part = DATE_PARTS[dateTimeRule.type ?? ''];
    return (value) => (typeof value === 'number' && part ? part(dateOf(value)) : alone(value));
  }
  return alone;
}

const alone = (value: Scalar): Named => ({ label: value, order: value, own: true });

/** `< 25`, `25-45`, `> 65`. */
function interval(
  value: number,
  { interval: size = 1, start, end }: { interval?: number; start?: number; end?: number },
  numbers: readonly number[],
): Named {
  if (start !== undefined && value < start)
    return { label: `< ${plainNumber(start)}`, order: Number.NEGATIVE_INFINITY };
  if (end !== undefined && value > end)
    return { label: `> ${plainNumber(end)}`, order: Number.POSITIVE_INFINITY };
  const from = start ?? numbers.reduce((least, one) => Math.min(least, one), value);
  const steps = Math.floor((value - from) / size);
  // What lies on the upper end belongs to the last interval below it.
  const step =
    end !== undefined && value === end && from + steps * size >= end ? Math.max(steps - 1, 0) : steps;
  const low = from + step * size;
  const high = end === undefined ? low + size : Math.min(low + size, end);
  return { label: `${plainNumber(low)}-${plainNumber(high)}`, order: low };
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

const two = (n: number): string => String(n).padStart(2, '0');
const year = (date: Date): number => date.getUTCFullYear();
const quarter = (date: Date): number => Math.floor(date.getUTCMonth() / 3) + 1;
const dayOfYear = (date: Date): number =>
  Math.floor((date.getTime() - Date.UTC(year(date), 0, 1)) / 86_400_000) + 1;
const number = (value: number): Named => ({ label: value, order: value });
const text = (label: string, order: number): Named => ({ label, order });

/** https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/pivot-tables#DateTimeRuleType */
const DATE_PARTS: Readonly<Record<string, (date: Date) => Named>> = {
  SECOND: (date) => number(date.getUTCSeconds()),
  MINUTE: (date) => number(date.getUTCMinutes()),
  HOUR: (date) => number(date.getUTCHours()),
  HOUR_MINUTE: (date) => text(`${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`, minutes(date)),
  HOUR_MINUTE_AMPM: (date) =>
    text(
      `${date.getUTCHours() % 12 || 12}:${two(date.getUTCMinutes())} ${date.getUTCHours() < 12 ? 'AM' : 'PM'}`,
      minutes(date),
    ),
  DAY_OF_WEEK: (date) => text(DAYS[date.getUTCDay()] ?? '', date.getUTCDay()),
  DAY_OF_YEAR: (date) => number(dayOfYear(date)),
  DAY_OF_MONTH: (date) => number(date.getUTCDate()),
  DAY_MONTH: (date) =>
    text(`${date.getUTCDate()}-${MONTHS[date.getUTCMonth()]}`, date.getUTCMonth() * 31 + date.getUTCDate()),
  MONTH: (date) => text(MONTHS[date.getUTCMonth()] ?? '', date.getUTCMonth()),
  QUARTER: (date) => text(`Q${quarter(date)}`, quarter(date)),
  YEAR: (date) => number(year(date)),
  YEAR_MONTH: (date) =>
    text(`${year(date)}-${MONTHS[date.getUTCMonth()]}`, year(date) * 12 + date.getUTCMonth()),
  YEAR_QUARTER: (date) => text(`${year(date)} Q${quarter(date)}`, year(date) * 4 + quarter(date)),
  YEAR_MONTH_DAY: (date) => text(date.toISOString().slice(0, 10), Math.floor(date.getTime() / 86_400_000)),
};

const minutes = (date: Date): number => date.getUTCHours() * 60 + date.getUTCMinutes();
