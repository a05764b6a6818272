/**
 * Keyed randomness: a draw depends on the seed and on what it is for, never on how many draws came before.
 * So one extra request by a program does not change what every later request sees.
 */
export class Draw {
  #a: number;
  #b: number;
  #c: number;
  #d = 1;

  constructor(state: readonly [number, number, number]) {
    [this.#a, this.#b, this.#c] = state;
    for (let i = 0; i < 4; i++) this.u32();
  }

  /** The next 32 bits, as an unsigned integer (sfc32). */
  u32(): number {
    const t = (((this.#a + this.#b) | 0) + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (this.#c << 21) | (this.#c >>> 11);
    this.#c = (this.#c + t) | 0;
    return t >>> 0;
  }

  /** A number in [0, 1). */
  float(): number {
    return this.u32() / 4_294_967_296;
  }

  /** A whole number from `min` to `max`, both included. */
  int(min: number, max: number): number {
    return min + Math.floor(this.float() * (max - min + 1));
  }

  /** `count` characters of `alphabet`. */
  chars(alphabet: string, count: number): string {
    let text = '';
    for (let i = 0; i < count; i++) text += alphabet[this.u32() % alphabet.length];
    return text;
  }

  /** One of `items`; throws a RangeError where there is none. */
  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError('nothing to pick from');
    return items[this.u32() % items.length] as T;
  }

  /** A standard normal deviate (Box-Muller). */
  normal(): number {
    const u = 1 - this.float();
    return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * this.float());
  }
}

/** The draw for one purpose: equal parts give equal draws, whatever else was drawn. */
export function draw(seed: number | string, ...parts: readonly (string | number)[]): Draw {
  let h1 = 0x9e3779b9;
  let h2 = 0x85ebca6b;
  let h3 = 0xc2b2ae35;
  const text = `${seed}\u0000${parts.join('\u0000')}`;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    h1 = Math.imul(h1 ^ code, 0x01000193);
    h2 = Math.imul(h2 ^ code, 0x27d4eb2d) ^ (h1 >>> 15);
    h3 = Math.imul(h3 ^ (code + i), 0x165667b1) ^ (h2 >>> 13);
  }
  return new Draw([mix(h1 ^ h3), mix(h2 ^ h1), mix(h3 ^ h2)]);
}

/** Spreads every bit over the whole word (the finaliser of MurmurHash3). */
function mix(word: number): number {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) | 0;
}
