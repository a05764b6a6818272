/** How large a picture is, read from the first bytes of PNG, GIF and JPEG files: the formats that Docs takes. */

/** Pixels. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
}

/** Undefined for bytes of any other format. */
export function pixelsOf(bytes: Uint8Array): Pixels | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const begins = (...signature: number[]) => signature.every((byte, nth) => bytes[nth] === byte);
  if (begins(0x89, 0x50, 0x4e, 0x47) && bytes.length >= 24)
    return { width: view.getUint32(16), height: view.getUint32(20) };
  if (begins(0x47, 0x49, 0x46, 0x38) && bytes.length >= 10)
    return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  return begins(0xff, 0xd8) ? jpegPixels(view) : undefined;
}

/** The frame header (SOF0 to SOF15 without DHT, JPG and DAC) has the size: ITU-T T.81 B.2.2. */
function jpegPixels(view: DataView): Pixels | undefined {
  let at = 2;
  while (at + 9 <= view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}
