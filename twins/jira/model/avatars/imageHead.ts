/** What the first bytes of a picture say: its format and its size in pixels. */

export interface ImageHead {
  mimeType: 'image/png' | 'image/gif' | 'image/jpeg';
  width: number;
  height: number;
}

/** Reads PNG, GIF and JPEG; undefined for anything else, and for a picture that ends before its size. */
export function imageHead(bytes: Uint8Array): ImageHead | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.byteLength >= 24 && view.getUint32(0) === 0x89504e47)
    return { mimeType: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
  if (view.byteLength >= 10 && view.getUint32(0) === 0x47494638)
    return { mimeType: 'image/gif', width: view.getUint16(6, true), height: view.getUint16(8, true) };
  if (view.byteLength >= 4 && view.getUint16(0) === 0xffd8) return jpegHead(view);
  return undefined;
}

/** Walks the segments of a JPEG to the frame that holds its size. */
function jpegHead(view: DataView): ImageHead | undefined {
  let at = 2;
  while (at + 9 < view.byteLength) {
    const marker = view.getUint16(at);
    // C0 to CF begin a frame, save C4, C8 and CC.
    if (marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker))
      return { mimeType: 'image/jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    at += 2 + Math.max(2, view.getUint16(at + 2));
  }
  return undefined;
}
