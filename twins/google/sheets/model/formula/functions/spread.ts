/** Means and how far numbers lie from them. */
import { dividesByZero } from './definition.ts';

/** The sum of numbers. */
export const total = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** The mean; throws `DIVIDE_BY_ZERO` for none. */
export function mean(numbers: readonly number[]): number {
  if (numbers.length === 0) throw dividesByZero();
  return total(numbers) / numbers.length;
}

/** The sum of squares of what lies between each number and the mean. */
export function squares(numbers: readonly number[]): number {
  const middle = mean(numbers);
  return total(numbers.map((one) => (one - middle) ** 2));
}

/** The variance of a sample (`less` 1) or of a whole population (0); throws `DIVIDE_BY_ZERO` for too few. */
export function variance(numbers: readonly number[], less: 0 | 1): number {
  if (numbers.length <= less) throw dividesByZero();
  return squares(numbers) / (numbers.length - less);
}
