/** Lines and exponential curves through points. https://support.google.com/docs/table/25273 (Statistical, Array) */
import { CellError, type Matrix } from '../value.ts';
import { numeric } from './array.ts';
import { dividesByZero, type Family, plain, refusal } from './definition.ts';
import { paired, products } from './inference.ts';
import { inverse, product, transposed } from './matrix.ts';
import { mean, squares, total } from './spread.ts';

const ARRAYS = { arrays: true } as const;

function slope(y: Matrix, x: Matrix): { slope: number; intercept: number; x: number[]; y: number[] } {
  const pairs = paired(x, y);
  const spread = squares(pairs.x);
  if (spread === 0) throw dividesByZero();
  const found = products(pairs.x, pairs.y) / spread;
  return { slope: found, intercept: mean(pairs.y) - found * mean(pairs.x), ...pairs };
}

function standardError(y: Matrix, x: Matrix): number {
  const line = slope(y, x);
  if (line.x.length < 3) throw dividesByZero();
  const off = total(line.x.map((one, i) => ((line.y[i] ?? 0) - line.intercept - line.slope * one) ** 2));
  return Math.sqrt(off / (line.x.length - 2));
}

const FORECAST = plain('number, range, range', (at, y, x) => {
  const line = slope(y, x);
  return line.intercept + line.slope * at;
});

interface Fit {
  /** One factor a variable, in the order of the variables. */
  factors: number[];
  constant: number;
  /** Standard errors of the factors and the constant. */
  errors: number[];
  constantError: number;
  r2: number;
  /** Of the estimate. */
  error: number;
  f: number;
  freedom: number;
  explained: number;
  residual: number;
}

/**
 * Least squares through points with any number of variables, which are taken from their means first: years are as exact
 * as small numbers. Throws `NUM` where the variables depend on each other.
 */
function fitted(y: readonly number[], variables: Matrix2, withConstant: boolean): Fit {
  const count = variables[0]?.length ?? 0;
  const centre = (values: readonly number[]) => (withConstant ? mean(values) : 0);
  const means = Array.from({ length: count }, (_, i) => centre(variables.map((row) => row[i] ?? 0)));
  const middle = centre(y);
  const design = variables.map((row) => row.map((value, i) => value - (means[i] ?? 0)));
  const turnedDesign = transposed(design);
  const inverted = inverse(product(turnedDesign, design));
  if (!inverted) throw refusal('NUM', 'Function {name} has variables that depend on each other.');
  const column = y.map((one) => [one - middle]);
  const factors = product(inverted, product(turnedDesign, column)).map((row) => row[0] ?? 0);
  const along = (row: readonly number[]) => row.reduce((sum, value, i) => sum + value * (factors[i] ?? 0), 0);
  const residual = total(y.map((one, i) => (one - middle - along(design[i] ?? [])) ** 2));
  const whole = total(column.map(([one = 0]) => one * one));
  const freedom = y.length - count - (withConstant ? 1 : 0);
  const variance = freedom > 0 ? residual / freedom : 0;
  const spread = inverted.map((row) => row.reduce((sum, value, j) => sum + value * (means[j] ?? 0), 0));
  const ofMeans = spread.reduce((sum, value, i) => sum + value * (means[i] ?? 0), 0);
  return {
    factors,
    constant: middle - along(means),
    errors: inverted.map((row, i) => Math.sqrt(Math.max((row[i] ?? 0) * variance, 0))),
    constantError: withConstant ? Math.sqrt(variance * (1 / y.length + ofMeans)) : Number.NaN,
    r2: whole === 0 ? 1 : 1 - residual / whole,
    error: Math.sqrt(variance),
    f: (whole - residual) / count / variance,
    freedom,
    explained: whole - residual,
    residual,
  };
}

type Matrix2 = readonly (readonly number[])[];

interface Data {
  y: number[];
  variables: number[][];
  /** Whether one point is one row. */
  upright: boolean;
}

/** Known points: `y` in a column or row, `x` beside it with a column (row) a variable, else 1, 2, 3 …. */
function dataOf(knownY: Matrix, knownX: Matrix | undefined): Data {
  const rows = numeric(knownY);
  const upright = (rows[0]?.length ?? 0) === 1 || rows.length > 1;
  const y = rows.flat();
  if (!knownX) return { y, variables: y.map((_, i) => [i + 1]), upright };
  const x = numeric(knownX, 2);
  const sameShape = x.length === rows.length && (x[0]?.length ?? 0) === (rows[0]?.length ?? 0);
  if (sameShape) return { y, variables: x.flat().map((one) => [one]), upright };
  const variables = upright ? x : transposed(x);
  if (variables.length !== y.length)
    throw refusal('REF', 'Function {name} parameter 2 has mismatched size with parameter 1.');
  return { y, variables, upright };
}

/** What `LINEST` and `LOGEST` give: factors from the last variable to the first, the constant; then the statistics. */
function shown(fit: Fit, verbose: boolean, curve: (n: number) => number): Matrix {
  const first = [...fit.factors].reverse().map(curve).concat(curve(fit.constant));
  if (!verbose) return [first];
  const none = () => new CellError('N_A', 'Value is not available.');
  const wide = (cells: (number | CellError)[]) =>
    Array.from({ length: first.length }, (_, i) => cells[i] ?? none());
  return [
    first,
    wide([...[...fit.errors].reverse(), Number.isNaN(fit.constantError) ? none() : fit.constantError]),
    wide([fit.r2, fit.error]),
    wide([Number.isFinite(fit.f) ? fit.f : new CellError('NUM', 'The fit is perfect.'), fit.freedom]),
    wide([fit.explained, fit.residual]),
  ];
}

/** Logarithms. Throws `NUM` for what has none. */
function logs(y: readonly number[]): number[] {
  if (y.some((one) => one <= 0))
    throw refusal('NUM', 'Function {name} parameter 1 values should be greater than 0.');
  return y.map(Math.log);
}

function predicted(
  curve: { in(y: readonly number[]): number[]; out(n: number): number },
  knownY: Matrix,
  knownX?: Matrix,
  newX?: Matrix,
  withConstant = true,
): Matrix {
  const data = dataOf(knownY, knownX);
  const fit = fitted(curve.in(data.y), data.variables, withConstant);
  const value = (x: readonly number[]) =>
    curve.out(x.reduce((sum, one, i) => sum + one * (fit.factors[i] ?? 0), fit.constant));
  if (!newX) {
    const values = data.variables.map(value);
    return data.upright && (knownY[0]?.length ?? 0) === 1 ? values.map((one) => [one]) : [values];
  }
  const asked = numeric(newX, 3);
  if (fit.factors.length === 1) return asked.map((row) => row.map((one) => value([one])));
  return data.upright ? asked.map((row) => [value(row)]) : [transposed(asked).map(value)];
}

const LINE = { in: (y: readonly number[]) => [...y], out: (n: number) => n };
const CURVE = { in: logs, out: Math.exp };

const estimate =
  (curve: typeof LINE) =>
  (knownY: Matrix, knownX?: Matrix, withConstant = true, verbose = false): Matrix => {
    const data = dataOf(knownY, knownX);
    return shown(fitted(curve.in(data.y), data.variables, withConstant), verbose, curve.out);
  };

/** Regressions. */
export const REGRESSION: Family = {
  SLOPE: plain('range, range', (y, x) => slope(y, x).slope),
  INTERCEPT: plain('range, range', (y, x) => slope(y, x).intercept),
  STEYX: plain('range, range', standardError),
  FORECAST,
  'FORECAST.LINEAR': FORECAST,
  LINEST: plain('range, range?, flag?, flag?', estimate(LINE), ARRAYS),
  LOGEST: plain('range, range?, flag?, flag?', estimate(CURVE), ARRAYS),
  TREND: plain('range, range?, range?, flag?', (y, x, at, b) => predicted(LINE, y, x, at, b), ARRAYS),
  GROWTH: plain('range, range?, range?, flag?', (y, x, at, b) => predicted(CURVE, y, x, at, b), ARRAYS),
};
