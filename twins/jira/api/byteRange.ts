/** A part of a file, as a `Range` header asks for it. https://www.rfc-editor.org/rfc/rfc9110#name-range-requests */
import { type Reply, reply } from '../../../src/twin.ts';
import { refused } from '../errors.ts';

type Headers = readonly (readonly [string, string])[];

/** 200 with all of it, 206 with the part that was asked for; 400 for a malformed range, 416 for one beyond the end. */
export function ranged(bytes: Buffer, range: string | undefined, headers: Headers): Reply {
  const all: Headers = [...headers, ['accept-ranges', 'bytes']];
  if (range === undefined) return reply({ raw: true, body: bytes, headers: all });
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(range.trim()) ?? [];
  if (first === '' && last === '') throw refused('badRequest', `The range '${range}' is not valid.`);
  const from = first === '' ? Math.max(0, bytes.length - Number(last)) : Number(first);
  const to = first === '' || last === '' ? bytes.length - 1 : Math.min(Number(last), bytes.length - 1);
  if (first !== '' && last !== '' && Number(last) < from)
    throw refused('badRequest', `The range '${range}' is not valid.`);
  if (from > to)
    throw refused('rangeNotSatisfiable', undefined, [['content-range', `bytes */${bytes.length}`]]);
  return reply({
    raw: true,
    status: 206,
    body: bytes.subarray(from, to + 1),
    headers: [...all, ['content-range', `bytes ${from}-${to}/${bytes.length}`]],
  });
}
