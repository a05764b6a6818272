/** Where a smooth function of a rate is nothing. */

const STEPS_MAX = 200;

/**
 * A root near `guess` and above `least` (excluded): Newton's steps with a numeric slope, then a search for a change of
 * sign outwards from the guess, halved. Undefined where none is found.
 */
export function root(f: (x: number) => number, guess: number, least: number): number | undefined {
  return newton(f, guess, least) ?? bracketed(f, guess, least);
}

function newton(f: (x: number) => number, guess: number, least: number): number | undefined {
  let x = guess;
  for (let step = 0; step < STEPS_MAX; step++) {
    const y = f(x);
    if (y === 0) return x;
    const h = Math.max(Math.abs(x), 1e-3) * 1e-6;
    const slope = (f(x + h) - f(x - h)) / (2 * h);
    let next = x - y / slope;
    if (!Number.isFinite(next)) return undefined;
    if (next <= least) next = (x + least) / 2;
    if (Math.abs(next - x) <= 1e-14 * Math.max(1, Math.abs(next))) return next;
    x = next;
  }
  // Rounding keeps it moving about the root: near enough is the root.
  return Math.abs(f(x)) < 1e-7 ? x : undefined;
}

function bracketed(f: (x: number) => number, guess: number, least: number): number | undefined {
  const bottom = least + 1e-9;
  for (let width = 0.05; width < 1e7; width *= 2) {
    const low = Math.max(guess - width, bottom);
    const high = guess + width;
    const [a, b] = [f(low), f(high)];
    if (Number.isFinite(a) && Number.isFinite(b) && a * b <= 0) return halved(f, low, high, a);
  }
  return undefined;
}

function halved(f: (x: number) => number, low: number, high: number, atLow: number): number {
  let [a, b] = [low, high];
  for (let step = 0; step < STEPS_MAX; step++) {
    const middle = (a + b) / 2;
    if (f(middle) * atLow > 0) a = middle;
    else b = middle;
  }
  return (a + b) / 2;
}
