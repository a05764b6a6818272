/** Complex numbers as texts such as `3+4i`. https://support.google.com/docs/table/25273 (Engineering) */
import { flat, type Scalar, textOf, type Value } from '../value.ts';
import { type Definition, type Family, plain, refusal } from './definition.ts';

interface Complex {
  re: number;
  im: number;
}

const of = (re: number, im: number): Complex => ({ re, im });
const NUMBER = '(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?';
const FORM = new RegExp(`^([+-]?${NUMBER})?(?:([+-]?)(${NUMBER})?([ij]))?$`);

/** Reads a complex number and its suffix. Throws `NUM` for other texts. */
function parse(value: Scalar): Complex & { suffix?: string } {
  if (typeof value === 'number') return of(value, 0);
  const text = textOf(value).trim();
  const wrong = () => refusal('NUM', `Function {name} parameter value '${text}' is not a complex number.`);
  if (typeof value === 'boolean' || text === '') throw wrong();
  const alone = new RegExp(`^([+-]?${NUMBER})([ij])$`).exec(text);
  if (alone) return { re: 0, im: Number(alone[1]), suffix: alone[2] as string };
  const match = FORM.exec(text);
  if (!match || (match[1] !== undefined && match[4] !== undefined && match[2] === '')) throw wrong();
  const [, re, sign, size, suffix] = match;
  if (suffix === undefined) return of(Number(re), 0);
  return { re: Number(re ?? 0), im: (sign === '-' ? -1 : 1) * Number(size ?? 1), suffix };
}

/** Its text: 15 digits, without a part that is nothing. */
function shown({ re, im }: Complex, suffix = 'i'): string {
  if (!Number.isFinite(re) || !Number.isFinite(im))
    throw refusal('NUM', 'Function {name} gives no complex number for these parameters.');
  const [real, imaginary] = [textOf(re === 0 ? 0 : re), textOf(Math.abs(im))];
  if (imaginary === '0') return real;
  const size = imaginary === '1' ? '' : imaginary;
  return `${real === '0' ? '' : real}${im < 0 ? '-' : real === '0' ? '' : '+'}${size}${suffix}`;
}

const add = (a: Complex, b: Complex): Complex => of(a.re + b.re, a.im + b.im);
const multiply = (a: Complex, b: Complex): Complex =>
  of(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re);

function divide(a: Complex, b: Complex): Complex {
  const size = b.re * b.re + b.im * b.im;
  if (size === 0)
    throw refusal('DIVIDE_BY_ZERO', 'Evaluation of function {name} caused a divide by zero error.');
  return of((a.re * b.re + a.im * b.im) / size, (a.im * b.re - a.re * b.im) / size);
}

const modulus = ({ re, im }: Complex): number => Math.hypot(re, im);
const angle = ({ re, im }: Complex): number => {
  if (re === 0 && im === 0)
    throw refusal('DIVIDE_BY_ZERO', 'Evaluation of function {name} caused a divide by zero error.');
  return Math.atan2(im, re);
};

function logarithm(z: Complex): Complex {
  if (z.re === 0 && z.im === 0)
    throw refusal('NUM', 'Function {name} parameter 1 value is 0. It has no logarithm.');
  return of(Math.log(modulus(z)), angle(z));
}

const over = ({ re, im }: Complex, by: number): Complex => of(re / by, im / by);
const exponential = ({ re, im }: Complex): Complex =>
  of(Math.exp(re) * Math.cos(im), Math.exp(re) * Math.sin(im));
const sine = ({ re, im }: Complex): Complex => of(Math.sin(re) * Math.cosh(im), Math.cos(re) * Math.sinh(im));
const cosine = ({ re, im }: Complex): Complex =>
  of(Math.cos(re) * Math.cosh(im), -Math.sin(re) * Math.sinh(im));
const sineH = ({ re, im }: Complex): Complex =>
  of(Math.sinh(re) * Math.cos(im), Math.cosh(re) * Math.sin(im));
const cosineH = ({ re, im }: Complex): Complex =>
  of(Math.cosh(re) * Math.cos(im), Math.sinh(re) * Math.sin(im));
const ONE = of(1, 0);

/** `z` to a power; whole powers of numbers with exact parts stay exact by multiplying. */
function power(z: Complex, by: number): Complex {
  if (z.re === 0 && z.im === 0) {
    if (by <= 0)
      throw refusal('NUM', `Function {name} parameter 2 value is ${by}. It should be greater than 0.`);
    return of(0, 0);
  }
  if (Number.isInteger(by) && Math.abs(by) <= 64) {
    let result = ONE;
    for (let i = 0; i < Math.abs(by); i++) result = multiply(result, z);
    return by < 0 ? divide(ONE, result) : result;
  }
  const [size, turn] = [modulus(z) ** by, angle(z) * by];
  return of(size * Math.cos(turn), size * Math.sin(turn));
}

/** The root whose real part is not negative. */
function squareRoot(z: Complex): Complex {
  const size = modulus(z);
  const re = Math.sqrt((size + z.re) / 2);
  const im = Math.sqrt((size - z.re) / 2);
  return of(re, z.im < 0 ? -im : im);
}

const single = (how: (z: Complex) => Complex): Definition =>
  plain('any', (value) => {
    const z = parse(value);
    return shown(how(z), z.suffix);
  });
const measured = (how: (z: Complex) => number): Definition => plain('any', (value) => how(parse(value)));

function both(a: Scalar, b: Scalar, how: (a: Complex, b: Complex) => Complex): string {
  const [x, y] = [parse(a), parse(b)];
  if (x.suffix && y.suffix && x.suffix !== y.suffix)
    throw refusal('VALUE', 'Function {name} has complex numbers with different suffixes.');
  return shown(how(x, y), x.suffix ?? y.suffix);
}

/** All complex numbers of the arguments put together. */
function folded(args: readonly Value[], start: Complex, how: (a: Complex, b: Complex) => Complex): string {
  const all = flat(args)
    .filter((cell) => cell !== null)
    .map(parse);
  return shown(all.reduce<Complex>(how, start), all.find((one) => one.suffix)?.suffix);
}

/** Complex numbers. */
export const COMPLEX: Family = {
  COMPLEX: plain('number, number, text?', (re, im, suffix = 'i') => {
    if (suffix !== 'i' && suffix !== 'j')
      throw refusal(
        'VALUE',
        `Function {name} parameter 3 value is '${suffix}'. Valid values are 'i' and 'j'.`,
      );
    return shown(of(re, im), suffix);
  }),
  IMREAL: measured(({ re }) => re),
  IMAGINARY: measured(({ im }) => im),
  IMABS: measured(modulus),
  IMARGUMENT: measured(angle),
  IMCONJUGATE: single(({ re, im }) => of(re, -im)),
  IMSUM: plain('value, value...', (...args) => folded(args, of(0, 0), add)),
  IMPRODUCT: plain('value, value...', (...args) => folded(args, ONE, multiply)),
  IMSUB: plain('any, any', (a, b) => both(a, b, (x, y) => of(x.re - y.re, x.im - y.im))),
  IMDIV: plain('any, any', (a, b) => both(a, b, divide)),
  IMPOWER: plain('any, number', (value, by) => {
    const z = parse(value);
    return shown(power(z, by), z.suffix);
  }),
  IMSQRT: single(squareRoot),
  IMEXP: single(exponential),
  IMLN: single(logarithm),
  IMLOG10: single((z) => over(logarithm(z), Math.LN10)),
  IMLOG2: single((z) => over(logarithm(z), Math.LN2)),
  IMLOG: plain('any, number>0', (value, base) => {
    const z = parse(value);
    return shown(over(logarithm(z), Math.log(base)), z.suffix);
  }),
  IMSIN: single(sine),
  IMCOS: single(cosine),
  IMTAN: single((z) => divide(sine(z), cosine(z))),
  IMCOT: single((z) => divide(cosine(z), sine(z))),
  IMSEC: single((z) => divide(ONE, cosine(z))),
  IMCSC: single((z) => divide(ONE, sine(z))),
  IMSINH: single(sineH),
  IMCOSH: single(cosineH),
  IMTANH: single((z) => divide(sineH(z), cosineH(z))),
  IMCOTH: single((z) => divide(cosineH(z), sineH(z))),
  IMSECH: single((z) => divide(ONE, cosineH(z))),
  IMCSCH: single((z) => divide(ONE, sineH(z))),
};
