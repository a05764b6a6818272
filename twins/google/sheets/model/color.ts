/**
 * Colours as they come back: eight bits a channel, zero channels unsaid, and the old field beside the new one.
 * https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/other#Color
 */
import type { Color } from '../world.ts';

const CHANNELS = ['red', 'green', 'blue', 'alpha'] as const;

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

/**
 * A format, an object or sheet properties with every colour stored: whatever is called `…Color`, with its twin
 * `…ColorStyle` that holds `rgbColor` or `themeColor`; old and new field in step. The new one wins.
 */
export function withColors<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withColors) as T;
  if (!isPlain(value)) return value;
  const out: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value)) out[name] = withColors(inner);
  const names = new Set(Object.keys(out).flatMap((name) => /^(.*[cC]olor)(?:Style)?$/.exec(name)?.[1] ?? []));
  for (const name of names) {
    const style = out[`${name}Style`];
    const plain = out[name];
    if (isPlain(style) && 'rgbColor' in style) {
      const rgb = storedColor((style as { rgbColor?: Color }).rgbColor ?? {});
      out[`${name}Style`] = { rgbColor: rgb };
      out[name] = rgb;
    } else if (isColor(plain) && !isPlain(style)) {
      const rgb = storedColor(plain);
      out[name] = rgb;
      out[`${name}Style`] = { rgbColor: rgb };
    }
  }
  return out as T;
}

/** In a theme, what is called a colour is a `ColorStyle`; the colour of such a style stands in no field `…Color`. */
const isColor = (value: unknown): value is Color => isPlain(value) && !('rgbColor' in value);

const isPlain = (value: unknown): value is object =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
