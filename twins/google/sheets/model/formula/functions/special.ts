/** Special functions of mathematics, by @stdlib (after Boost and Cephes), loaded when a formula first needs one. */
import { createRequire } from 'node:module';

/** The functions, with the arguments' order of @stdlib. */
interface Special {
  gamma(x: number): number;
  gammaln(x: number): number;
  /** Regularized incomplete gamma function of `x` with shape `a`; the upper part if `upper`. */
  gammainc(x: number, a: number, regularized: boolean, upper: boolean): number;
  gammaincinv(p: number, a: number, upper: boolean): number;
  /** Regularized incomplete beta function. */
  betainc(x: number, a: number, b: number, regularized: boolean, upper: boolean): number;
  betaincinv(p: number, a: number, b: number, upper: boolean): number;
  erfc(x: number): number;
  erfcinv(x: number): number;
}

let loaded: Special | undefined;

/** The functions. */
export function special(): Special {
  if (loaded) return loaded;
  const require = createRequire(import.meta.url);
  const load = (name: string) => require(`@stdlib/math-base-special-${name}`);
  loaded = {
    gamma: load('gamma'),
    gammaln: load('gammaln'),
    gammainc: load('gammainc'),
    gammaincinv: load('gammaincinv'),
    betainc: load('betainc'),
    betaincinv: load('betaincinv'),
    erfc: load('erfc'),
    erfcinv: load('erfcinv'),
  };
  return loaded;
}
