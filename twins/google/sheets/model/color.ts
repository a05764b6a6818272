/**
 * Colours as they come back: eight bits a channel, zero channels unsaid, and the old field beside the new one.
 * https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/other#Color
 */
import type { Color } from '../world.ts';

const CHANNELS = ['red', 'green', 'blue', 'alpha'] as const;

/** Fields that hold a colour; each has a twin `…Style` with `rgbColor` or `themeColor`. */
const COLOR_FIELDS = new Set(['backgroundColor', 'foregroundColor', 'tabColor', 'color', 'bandedColor']);

/** 0.5 → 0.49803922: what is left of a channel after eight bits. */
export function storedColor(color: Color): Color {
  const kept: Color = {};
  for (const channel of CHANNELS) {
    const level = Math.ceil(Math.min(Math.max(color[channel] ?? 0, 0), 1) * 255 - 0.5);
    if (level > 0) kept[channel] = shortFloat(level / 255);
  }
  return kept;
}

/** A 32 bit float as protobuf writes it: the fewest digits that read back as the same float. */
export function shortFloat(value: number): number {
  const float = Math.fround(value);
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(float.toPrecision(digits));
    if (Math.fround(short) === float) return short;
  }
  return Number(float.toPrecision(9));
}

/** A format (or sheet properties) with every colour stored, and its old and new field in step. The new one wins. */
export function withColors<T extends object>(value: T): T {
  const out: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value)) out[name] = isPlain(inner) ? withColors(inner) : inner;
  for (const name of COLOR_FIELDS) {
    const style = out[`${name}Style`];
    const plain = out[name];
    if (isPlain(style) && 'rgbColor' in style) {
      const rgb = storedColor((style as { rgbColor?: Color }).rgbColor ?? {});
      out[`${name}Style`] = { rgbColor: rgb };
      out[name] = rgb;
    } else if (isPlain(plain) && !isPlain(style)) {
      const rgb = storedColor(plain as Color);
      out[name] = rgb;
      out[`${name}Style`] = { rgbColor: rgb };
    }
  }
  return out as T;
}

const isPlain = (value: unknown): value is object =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
