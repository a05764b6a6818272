/** Pictures as bytes: what people loaded, and in the place of Jira's own a coloured square. */
import { deflateSync } from 'node:zlib';
import { reply } from '../../../src/twin.ts';
import type { Avatar } from '../world.ts';

const COLOURS = ['#0052cc', '#36b37e', '#ff5630', '#6554c0', '#ffab00'];

const colourOf = (nth: number): string => COLOURS[nth % COLOURS.length] ?? '#0052cc';

/** Names of sizes, in pixels. */
export const SIZES: Readonly<Record<string, number>> = {
  xsmall: 16,
  small: 24,
  medium: 32,
  large: 48,
  xlarge: 96,
};

const image = (type: string, body: string | Uint8Array) =>
  reply({
    raw: true,
    headers: [
      ['content-type', type],
      ['cache-control', 'public, max-age=31536000'],
    ],
    body,
  });

/** One of Jira's own pictures, as SVG or as PNG of `pixels` pixels. */
export const systemImage = (nth: number, format: 'svg' | 'png' = 'svg', pixels = 48) =>
  format === 'png'
    ? image('image/png', png(pixels, colourOf(nth)))
    : image(
        'image/svg+xml',
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">' +
          `<rect width="16" height="16" rx="3" fill="${colourOf(nth)}"/></svg>`,
      );

/** A picture that people loaded: the bytes as they came, or as SVG cut to its square. */
export function customImage({ mimeType, content, crop }: Avatar, format?: 'svg' | 'png') {
  if (format !== 'svg') return image(mimeType, Buffer.from(content, 'base64'));
  return image(
    'image/svg+xml',
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${crop.x} ${crop.y} ${crop.size} ${crop.size}">` +
      `<image href="data:${mimeType};base64,${content}"/></svg>`,
  );
}

/** A square PNG of one colour. */
function png(side: number, colour: string): Uint8Array {
  const rgb = Buffer.from(colour.slice(1), 'hex');
  const row = Buffer.concat([Buffer.from([0]), ...Array.from({ length: side }, () => rgb)]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  // Eight bits, three channels.
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(Array.from({ length: side }, () => row)))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let i = 0; i < 8; i++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}
