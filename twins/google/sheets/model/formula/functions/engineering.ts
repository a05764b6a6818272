/** Bases, bits and error functions. https://support.google.com/docs/table/25273 (Engineering) */
import { type Scalar, textOf } from '../value.ts';
import { type Definition, type Family, plain, refusal } from './definition.ts';
import { special } from './special.ts';

interface Base {
  name: string;
  radix: number;
  /** Bits that ten digits of it hold; the highest is the sign. */
  bits: number;
}

const BINARY: Base = { name: 'binary', radix: 2, bits: 10 };
const OCTAL: Base = { name: 'octal', radix: 8, bits: 30 };
const HEX: Base = { name: 'hexadecimal', radix: 16, bits: 40 };
const DIGITS_MAX = 10;

/** A signed number of at most ten digits. Throws `NUM`. */
function read(value: Scalar, base: Base): number {
  const text = textOf(value).trim().toUpperCase() || '0';
  const digits = '0123456789ABCDEF'.slice(0, base.radix);
  if (text.length > DIGITS_MAX || [...text].some((one) => !digits.includes(one)))
    throw refusal(
      'NUM',
      `Function {name} parameter 1 value '${textOf(value)}' is not a valid ${base.name} representation.`,
    );
  const number = Number.parseInt(text, base.radix);
  return number >= 2 ** (base.bits - 1) ? number - 2 ** base.bits : number;
}

/** Ten digits for a negative number, else at least `least` ones. Throws `NUM` where it does not fit. */
function written(number: number, base: Base, least?: number): string {
  const limit = 2 ** (base.bits - 1);
  if (number < -limit || number >= limit)
    throw refusal(
      'NUM',
      `Function {name} parameter 1 value is ${number}. Valid values are between ${-limit} and ${limit - 1} inclusive.`,
    );
  if (number < 0) return (number + 2 ** base.bits).toString(base.radix).toUpperCase();
  const text = number.toString(base.radix).toUpperCase();
  if (least !== undefined && text.length > least)
    throw refusal(
      'NUM',
      `Function {name} parameter 2 value is ${least}. The result has ${text.length} digits.`,
    );
  return text.padStart(least ?? 0, '0');
}

const toDecimal = (base: Base): Definition => plain('any', (value) => read(value, base));
const between = (from: Base, to: Base): Definition =>
  plain('any, whole[1:10]?', (value, least) => written(read(value, from), to, least));
const fromDecimal = (base: Base): Definition =>
  plain('whole, whole[1:10]?', (value, least) => written(value, base, least));

const BITS_MAX = 48;

function bits(value: number, parameter: number): bigint {
  if (value < 0 || value >= 2 ** BITS_MAX || !Number.isInteger(value))
    throw refusal(
      'NUM',
      `Function {name} parameter ${parameter} value is ${value}. Valid values are between 0 and ${2 ** BITS_MAX - 1} inclusive.`,
    );
  return BigInt(value);
}

const bitwise = (how: (a: bigint, b: bigint) => bigint): Definition =>
  plain('number, number', (a, b) => Number(how(bits(a, 1), bits(b, 2))));

/** Shifted to the left, or right by a negative number of places. */
function shifted(value: number, places: number): number {
  const start = bits(value, 1);
  if (Math.abs(places) > 53)
    throw refusal(
      'NUM',
      `Function {name} parameter 2 value is ${places}. Valid values are between -53 and 53 inclusive.`,
    );
  const result = places >= 0 ? start << BigInt(places) : start >> BigInt(-places);
  if (result >= 1n << BigInt(BITS_MAX))
    throw refusal('NUM', 'The result of {name} is greater than 281474976710655.');
  return Number(result);
}

/** The error function; near zero by the incomplete gamma function, which keeps its digits there. */
const erf = (x: number): number =>
  x < 0 ? -erf(-x) : x < 0.5 ? special().gammainc(x * x, 0.5, true, false) : 1 - special().erfc(x);
const ERFC = plain('number', (x) => special().erfc(x));

/** Engineering, complex numbers apart. */
export const ENGINEERING: Family = {
  BIN2DEC: toDecimal(BINARY),
  BIN2HEX: between(BINARY, HEX),
  BIN2OCT: between(BINARY, OCTAL),
  OCT2BIN: between(OCTAL, BINARY),
  OCT2DEC: toDecimal(OCTAL),
  OCT2HEX: between(OCTAL, HEX),
  HEX2BIN: between(HEX, BINARY),
  HEX2DEC: toDecimal(HEX),
  HEX2OCT: between(HEX, OCTAL),
  DEC2BIN: fromDecimal(BINARY),
  DEC2OCT: fromDecimal(OCTAL),
  DEC2HEX: fromDecimal(HEX),
  BITAND: bitwise((a, b) => a & b),
  BITOR: bitwise((a, b) => a | b),
  BITXOR: bitwise((a, b) => a ^ b),
  BITLSHIFT: plain('number, whole', shifted),
  BITRSHIFT: plain('number, whole', (value, places) => shifted(value, -places)),
  DELTA: plain('number, number?', (a, b = 0) => Number(a === b)),
  GESTEP: plain('number, number?', (value, step = 0) => Number(value >= step)),
  ERF: plain('number, number?', (from, to) => (to === undefined ? erf(from) : erf(to) - erf(from))),
  'ERF.PRECISE': plain('number', erf),
  ERFC,
  'ERFC.PRECISE': ERFC,
};
