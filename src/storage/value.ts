/** A value as it lies on the disk: its checksum, then its JSON text. The store below does not verify what it reads. */
import { crc32 } from 'node:zlib';

const CRC_CHARS = 8;

/** Packs `text`; the key is under the checksum, too, so that no value is taken for another's. */
export const packed = (key: string, text: string): string =>
  crc32(text, crc32(key)).toString(16).padStart(CRC_CHARS, '0') + text;

/** The text in a value; undefined where its checksum does not fit. */
export function unpacked(key: string, value: string): string | undefined {
  const text = value.slice(CRC_CHARS);
  return packed(key, text) === value ? text : undefined;
}

/** Keys of the store, by what is behind them. */
export const KEYS = {
  universe: (id: string) => `u/${id}`,
  /** Of a damaged universe whose id another one took. */
  aside: (id: string, batch: number) => `x/${id}/${batch}`,
  cast: (hash: string) => `c/${hash}`,
  layer: (id: number) => `l/${nth(id)}`,
  /** All rows of a layer begin so. */
  rows: (layer: number) => `r/${nth(layer)}/`,
  batch: (n: number) => `b/${nth(n)}`,
} as const;

/** Between a table's name and a row's key. */
export const SPLIT = '\u0000';
/** Sorts behind every key that begins with what it is appended to less its last slash. */
export const behind = (prefix: string): string => `${prefix.slice(0, -1)}0`;

const NTH_CHARS = 12;
const nth = (n: number): string => n.toString(36).padStart(NTH_CHARS, '0');
/** The number in a key that ends in one. */
export const numberIn = (text: string): number => Number.parseInt(text, 36);
