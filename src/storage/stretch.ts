/** A stretch of a journal as it lies on the disk: a checksum, its first number, how many, their lengths, their bytes. */
import { crc32 } from 'node:zlib';
import type { Stretch } from '../block.ts';

const WORD = 4;
/** Checksum, number of the first entry (a double), count. */
const HEAD_BYTES = 4 * WORD;

/** Packs a stretch; the key is under the checksum, too. */
export function packedStretch(key: string, stretch: Stretch): Buffer {
  const { first, told, toldLengths, carried, carriedLengths } = stretch;
  const head = Buffer.allocUnsafe(HEAD_BYTES + 2 * WORD * toldLengths.length);
  head.writeDoubleLE(first, WORD);
  head.writeUInt32LE(toldLengths.length, 3 * WORD);
  let at = HEAD_BYTES;
  for (const length of [...toldLengths, ...carriedLengths]) at = head.writeUInt32LE(length, at);
  const bytes = Buffer.concat([head, told, carried]);
  bytes.writeUInt32LE(crc32(bytes.subarray(WORD), crc32(key)));
  return bytes;
}

/** The stretch in a value; undefined where there is none, or not what was written. */
export function unpackedStretch(key: string, bytes: Buffer | undefined): Stretch | undefined {
  if (!bytes || bytes.length < HEAD_BYTES) return undefined;
  if (bytes.readUInt32LE() !== crc32(bytes.subarray(WORD), crc32(key))) return undefined;
  const count = bytes.readUInt32LE(3 * WORD);
  const lengths = (nth: number) =>
    Array.from({ length: count }, (_, i) => bytes.readUInt32LE(HEAD_BYTES + WORD * (nth * count + i)));
  const [toldLengths, carriedLengths] = [lengths(0), lengths(1)];
  const begin = HEAD_BYTES + 2 * WORD * count;
  const split = begin + toldLengths.reduce((sum, length) => sum + length, 0);
  const [told, carried] = [bytes.subarray(begin, split), bytes.subarray(split)];
  return { first: bytes.readDoubleLE(WORD), told, toldLengths, carried, carriedLengths };
}
