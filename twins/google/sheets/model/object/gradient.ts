/** The colour that a gradient rule gives a number. */
import type { GradientRule, InterpolationPoint } from '../../world/objects.ts';
import type { Color, GridRange } from '../../world.ts';
import { closed } from '../area.ts';
import type { Calculator, Place } from '../calculator.ts';
import { storedColor } from '../color.ts';
import { constantOf } from './judge.ts';

/**
 * The background of a number under the rule, by its points' places among the numbers of the ranges; undefined where
 * a point has no place.
 */
export function gradient(
  calculator: Calculator,
  rule: GradientRule,
  ranges: readonly GridRange[],
  themed: (name: string) => Color,
): (value: number) => Color | undefined {
  const numbers = numbersIn(calculator, ranges);
  const origin: Place = {
    sheetId: ranges[0]?.sheetId ?? 0,
    row: ranges[0]?.startRowIndex ?? 0,
    column: ranges[0]?.startColumnIndex ?? 0,
  };
  const stops = [rule.minpoint, rule.midpoint, rule.maxpoint].flatMap((point) => {
    const at = point && placeOf(calculator, point, numbers, origin);
    return point && at !== undefined ? [{ at, color: colorOf(point, themed) }] : [];
  });
  return (value) => colorAt(stops, value);
}

interface Stop {
  at: number;
  color: Color;
}

function colorAt(stops: readonly Stop[], value: number): Color | undefined {
  const [first, last] = [stops[0], stops.at(-1)];
  if (!first || !last || stops.length < 2) return undefined;
  if (value <= first.at) return first.color;
  if (value >= last.at) return last.color;
  const over = stops.findIndex((stop) => stop.at >= value);
  const [from, to] = [stops[over - 1] ?? first, stops[over] ?? last];
  const part = to.at === from.at ? 1 : (value - from.at) / (to.at - from.at);
  const mix = (a: number = 0, b: number = 0) => a + (b - a) * part;
  return storedColor({
    red: mix(from.color.red, to.color.red),
    green: mix(from.color.green, to.color.green),
    blue: mix(from.color.blue, to.color.blue),
  });
}

function placeOf(
  calculator: Calculator,
  { type, value = '' }: InterpolationPoint,
  sorted: readonly number[],
  origin: Place,
): number | undefined {
  const [least, most] = [sorted[0], sorted.at(-1)];
  if (least === undefined || most === undefined) return undefined;
  if (type === 'MIN') return least;
  if (type === 'MAX') return most;
  const evaluate = (formula: string) => calculator.evaluate(formula, origin).value;
  const given = constantOf({ userEnteredValue: value }, evaluate, calculator.setting);
  if (typeof given !== 'number') return undefined;
  if (type === 'PERCENT') return least + ((most - least) * given) / 100;
  if (type !== 'PERCENTILE') return given;
  const rank = ((sorted.length - 1) * given) / 100;
  const [below, above] = [sorted[Math.floor(rank)] ?? least, sorted[Math.ceil(rank)] ?? most];
  return below + (above - below) * (rank - Math.floor(rank));
}

function numbersIn(calculator: Calculator, ranges: readonly GridRange[]): number[] {
  const found: number[] = [];
  for (const range of ranges)
    for (const cell of calculator.cellsIn(range.sheetId ?? 0, closed(range))) {
      const number = calculator.effective(cell)?.numberValue;
      if (number !== undefined) found.push(number);
    }
  return found.sort((a, b) => a - b);
}

function colorOf({ color, colorStyle }: InterpolationPoint, themed: (name: string) => Color): Color {
  return colorStyle?.themeColor ? themed(colorStyle.themeColor) : (colorStyle?.rgbColor ?? color ?? {});
}
