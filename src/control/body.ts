/** Reads JSON bodies of the control API: bounded, never deeper than a walk can bear, no key that reaches a prototype. */
import { jsonDepth } from '../body.ts';
import { mediaType } from '../wire.ts';
import { type FieldError, invalid, Problem } from './problem.ts';

/** What a body may weigh unless its route says otherwise. */
export const BODY_BYTES_MAX = 4 * 1024 * 1024;
const DEPTH_MAX = 64;
/** Rows hold what programs sent, which may nest deeper, and are themselves in lists. */
const ROWS_DEPTH_MAX = 256;
const KEYS_REFUSED = new Set(['__proto__', 'constructor', 'prototype']);
const SUSPECT = /__proto__|constructor|prototype|\\u/;

/**
 * The JSON value that `request` carries; undefined where it carries nothing. Throws a Problem: 415 not JSON,
 * 413 too large (reading stops there), 400 malformed or too deep, 422 for a refused key with its pointer.
 */
export async function readJson(
  request: Request,
  options: { bytesMax?: number; anyKeys?: boolean } = {},
): Promise<unknown> {
  const bytesMax = options.bytesMax ?? BODY_BYTES_MAX;
  const type = mediaType({ 'content-type': request.headers.get('content-type') ?? undefined });
  if (type !== undefined && type !== 'application/json' && !type.endsWith('+json'))
    throw new Problem({
      status: 415,
      kind: 'not-json',
      detail: `the body is ${type}: send JSON with content-type application/json`,
    });
  const text = decode(await readBytes(request, bytesMax));
  if (text.trim() === '') return undefined;
  if (type === undefined)
    throw new Problem({
      status: 415,
      kind: 'not-json',
      detail: 'the body has no content-type: send JSON with content-type application/json',
    });
  const depthMax = options.anyKeys ? ROWS_DEPTH_MAX : DEPTH_MAX;
  if (jsonDepth(text) > depthMax) throw malformed(`it nests deeper than ${depthMax}`);
  const value = parse(text);
  if (SUSPECT.test(text)) refuseKeys(value, options.anyKeys ?? false);
  return value;
}

async function readBytes(request: Request, bytesMax: number): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) > bytesMax) throw tooLarge(bytesMax);
  if (!request.body) return new Uint8Array();
  const reader = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.length;
    if (bytes > bytesMax) {
      await reader.cancel().catch(() => {});
      throw tooLarge(bytesMax);
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks);
}

const tooLarge = (bytesMax: number): Problem =>
  new Problem({
    status: 413,
    kind: 'too-large',
    detail: `the body is larger than ${bytesMax} bytes`,
    errors: [{ pointer: '', detail: `is larger than ${bytesMax} bytes` }],
    // What is still on its way is not read: the connection ends with this answer.
    headers: { connection: 'close' },
  });

const malformed = (why: string): Problem =>
  new Problem({
    status: 400,
    kind: 'malformed-json',
    detail: `the body is no JSON that is taken here: ${why}`,
    errors: [{ pointer: '', detail: why }],
  });

const utf8 = new TextDecoder('utf-8', { fatal: true });
function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw malformed('it is not UTF-8');
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw malformed((error as Error).message);
  }
}

/** Walks without recursion: a body may nest as deep as the limit, and the limit may grow. */
function refuseKeys(value: unknown, anyKeys: boolean): void {
  const errors: FieldError[] = [];
  const open: [unknown, string][] = [[value, '']];
  for (let next = open.pop(); next; next = open.pop()) {
    const [node, at] = next;
    if (node === null || typeof node !== 'object') continue;
    for (const key of Object.keys(node)) {
      const pointer = `${at}/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`;
      if (anyKeys ? key === '__proto__' : KEYS_REFUSED.has(key))
        errors.push({ pointer, detail: 'is a key that is not taken' });
      else open.push([(node as Record<string, unknown>)[key], pointer]);
    }
  }
  if (errors.length > 0) throw invalid(errors);
}
