/** Reads what a page's form sends: bounded, `application/x-www-form-urlencoded` only. */
import { Problem } from '../control/problem.ts';
import { mediaType } from '../wire.ts';
import type { ConsoleContext } from './visit.ts';

/** What a form may weigh, in bytes. */
const FORM_BYTES_MAX = 256 * 1024;

/** The fields of the request's form. Throws a Problem: 415 for another media type, 413 where it is too large. */
export async function readForm(c: ConsoleContext): Promise<URLSearchParams> {
  const type = mediaType({ 'content-type': c.req.header('content-type') });
  if (type !== undefined && type !== 'application/x-www-form-urlencoded')
    throw new Problem({ status: 415, kind: 'not-a-form', detail: `a form was expected, not ${type}` });
  const { body } = c.req.raw;
  if (!body) return new URLSearchParams();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > FORM_BYTES_MAX)
      throw new Problem({
        status: 413,
        kind: 'too-large',
        detail: `the form is larger than ${FORM_BYTES_MAX} bytes`,
        headers: { connection: 'close' },
      });
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

/** A field's text without the space around it; undefined where it is missing or empty. */
export function field(form: URLSearchParams, name: string): string | undefined {
  const text = form.get(name)?.trim();
  return text === '' ? undefined : text;
}
