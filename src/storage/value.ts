/** A value as it lies on the disk: its checksum, then its JSON text. The store below does not verify what it reads. */
import { crc32 } from 'node:zlib';

const CRC_CHARS = 8;
/** Between a table's name and a row's key. */
export const SPLIT = '\u0000';

/** Packs `text`; the key is under the checksum, too, so that no value is taken for another's. */
export const packed = (key: string, text: string): string =>
  crc32(text, crc32(key)).toString(16).padStart(CRC_CHARS, '0') + text;

/** Rows in one value, in characters, so that none grows too long to be handled. */
const BUNDLE_CHARS = 64 * 1024;

/** How many bundles of a layer's rows there are, by table. */
export type Bundles = Record<string, number>;

/** Rows as few values, each of one table. */
export function* bundled(
  rows: ReadonlyMap<string, object | undefined>,
): Iterable<{ table: string; nth: number; text: string }> {
  const open = new Map<string, { text: string; nth: number }>();
  for (const [place, row] of rows) {
    const split = place.indexOf(SPLIT);
    const table = place.slice(0, split);
    const bundle = open.get(table) ?? { text: '', nth: 0 };
    const item = `[${JSON.stringify(place.slice(split + 1))},${row === undefined ? 'null' : JSON.stringify(row)}]`;
    bundle.text += bundle.text === '' ? item : `,${item}`;
    if (bundle.text.length >= BUNDLE_CHARS) {
      yield { table, nth: bundle.nth, text: `[${bundle.text}]` };
      open.set(table, { text: '', nth: bundle.nth + 1 });
    } else open.set(table, bundle);
  }
  for (const [table, { text, nth }] of open) if (text !== '') yield { table, nth, text: `[${text}]` };
}

/** Keys of a layer's bundles. */
export function* bundleKeys(layer: number, bundles: Bundles): Iterable<string> {
  for (const [table, count] of Object.entries(bundles))
    for (let nth = 0; nth < count; nth++) yield KEYS.bundle(layer, table, nth);
}

/** The text in a value; undefined where its checksum does not fit. */
export function unpacked(key: string, value: string): string | undefined {
  const text = value.slice(CRC_CHARS);
  return crc32(text, crc32(key)) === Number.parseInt(value.slice(0, CRC_CHARS), 16) ? text : undefined;
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
  bundle: (layer: number, table: string, n: number) => `p/${nth(layer)}/${table}/${n}`,
  /** Entries of a universe's journal. */
  stretch: (id: string, n: number) => `j/${id}/${nth(n)}`,
  batch: (n: number) => `b/${nth(n)}`,
} as const;

/** Sorts behind every key that begins with what it is appended to less its last slash. */
export const behind = (prefix: string): string => `${prefix.slice(0, -1)}0`;

const NTH_CHARS = 12;
const nth = (n: number): string => n.toString(36).padStart(NTH_CHARS, '0');
/** The number in a key that ends in one. */
export const numberIn = (text: string): number => Number.parseInt(text, 36);
