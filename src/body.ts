/** Bodies as programs send them, decoded once before a handler runs. */
import { header, mediaType, type WireRequest } from './wire.ts';

export interface UploadedFile {
  name: string;
  filename: string;
  type: string;
  bytes: Uint8Array;
}

/** `malformed` says what is wrong where the bytes are not what the content type says. */
export interface DecodedBody {
  kind: 'none' | 'json' | 'form' | 'multipart' | 'raw' | 'malformed';
  /** JSON value; for forms the fields (the last of a repeated name). */
  value: unknown;
  /** Fields of a form, in order, repeats kept. */
  fields?: readonly (readonly [string, string])[];
  files?: readonly UploadedFile[];
  bytes: Uint8Array;
  /** The body as text, where it was read as text. */
  text?: string;
  why?: string;
}

const EMPTY = new Uint8Array();
const NONE: DecodedBody = { kind: 'none', value: undefined, bytes: EMPTY };
/** Deeper JSON than any vendor takes; a guard for everything that walks a value. */
const JSON_DEPTH_MAX = 200;
const FORM_FIELDS_MAX = 2_000;

/** Bytes as UTF-8 text; what is no UTF-8 becomes the replacement character. */
export const utf8Text = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');

/** Decodes by content type. A promise only for multipart, whose library is asynchronous. */
export function decodeBody(request: WireRequest): DecodedBody | Promise<DecodedBody> {
  const bytes = request.body;
  if (!bytes || bytes.length === 0) return NONE;
  const type = mediaType(request.headers);
  if (type === undefined) return { kind: 'raw', value: undefined, bytes };
  if (type === 'application/json' || type.endsWith('+json')) return decodeJson(bytes);
  if (type === 'application/x-www-form-urlencoded') return decodeForm(bytes);
  if (type === 'multipart/form-data') return decodeMultipart(request, bytes);
  return { kind: 'raw', value: undefined, bytes };
}

function decodeJson(bytes: Uint8Array): DecodedBody {
  const text = utf8Text(bytes);
  try {
    const value: unknown = JSON.parse(text);
    if (text.length > JSON_DEPTH_MAX && jsonDepth(text) > JSON_DEPTH_MAX)
      return { kind: 'malformed', value: undefined, bytes, why: `nested deeper than ${JSON_DEPTH_MAX}` };
    return { kind: 'json', value, bytes, text };
  } catch (error) {
    return { kind: 'malformed', value: undefined, bytes, why: (error as Error).message };
  }
}

/** How deep brackets nest, strings aside: reads the text, so that depth itself cannot exhaust the stack. */
export function jsonDepth(text: string): number {
  let now = 0;
  let most = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (quoted) {
      if (c === 92) i++;
      else if (c === 34) quoted = false;
    } else if (c === 34) quoted = true;
    else if (c === 91 || c === 123) most = Math.max(most, ++now);
    else if (c === 93 || c === 125) now--;
  }
  return most;
}

function decodeForm(bytes: Uint8Array): DecodedBody {
  const text = utf8Text(bytes);
  const fields = [...new URLSearchParams(text)];
  if (fields.length > FORM_FIELDS_MAX)
    return { kind: 'malformed', value: undefined, bytes, why: `more than ${FORM_FIELDS_MAX} fields` };
  return { kind: 'form', value: record(fields), fields, bytes, text };
}

async function decodeMultipart(request: WireRequest, bytes: Uint8Array): Promise<DecodedBody> {
  const type = header(request.headers, 'content-type') as string;
  try {
    const form = await new Response(Buffer.from(bytes), { headers: { 'content-type': type } }).formData();
    const fields: [string, string][] = [];
    const files: UploadedFile[] = [];
    for (const [name, value] of form) {
      if (typeof value === 'string') fields.push([name, value]);
      else
        files.push({
          name,
          filename: value.name,
          type: value.type,
          bytes: new Uint8Array(await value.arrayBuffer()),
        });
    }
    return { kind: 'multipart', value: record(fields), fields, files, bytes };
  } catch (error) {
    return { kind: 'malformed', value: undefined, bytes, why: (error as Error).message };
  }
}

/** A plain object whose keys cannot reach a prototype. */
function record(fields: readonly (readonly [string, string])[]): Record<string, string> {
  const value: Record<string, string> = Object.create(null);
  for (const [name, text] of fields) value[name] = text;
  return value;
}
