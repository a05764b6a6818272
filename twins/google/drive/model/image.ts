/** What the bytes of a picture say of it: PNG, JPEG and GIF. Nothing is known of what they do not say. */

/** Pixels, or undefined for bytes that are no picture of these kinds. */
export function imageSize(bytes: Uint8Array): { width: number; height: number } | undefined {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.length >= 24 && view.subarray(0, 8).equals(PNG) && view.toString('latin1', 12, 16) === 'IHDR')
    return { width: view.readUInt32BE(16), height: view.readUInt32BE(20) };
  if (view.length >= 10 && /^GIF8[79]a$/.test(view.toString('latin1', 0, 6)))
    return { width: view.readUInt16LE(6), height: view.readUInt16LE(8) };
  return view.length >= 4 && view.readUInt16BE(0) === JPEG ? jpegSize(view) : undefined;
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const JPEG = 0xffd8;

/** In the header of the frame (SOF), behind segments of stated lengths (ITU T.81, B.1.1). */
function jpegSize(view: Buffer): { width: number; height: number } | undefined {
  for (let at = 2; at + 9 <= view.length && view[at] === 0xff; ) {
    const marker = view[at + 1] as number;
    const frame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (frame) return { width: view.readUInt16BE(at + 7), height: view.readUInt16BE(at + 5) };
    at += 2 + view.readUInt16BE(at + 2);
  }
  return undefined;
}
