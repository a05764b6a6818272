/** Answers DNS queries inside an isolation: served names are at 127.0.0.1, no other name exists. RFC 1035. */

/** One answer, and the name that was asked for in vain (an address was wanted, and the name is not served). */
export interface NameAnswer {
  reply: Buffer;
  refused?: string;
}

const HEADER_BYTES = 12;
const NAME_BYTES_MAX = 255;
const LABEL_BYTES_MAX = 63;
const TTL_SECONDS = 60;
const TYPE = { A: 1, AAAA: 28 } as const;
const CLASS_IN = 1;
const CODE = { ok: 0, badFormat: 1, noSuchName: 3, notImplemented: 4 } as const;

/** Answers `query` (one message, without a length in front). Undefined for what is no query at all. */
export function answerName(query: Buffer, served: (name: string) => boolean): NameAnswer | undefined {
  if (query.length < HEADER_BYTES || query.readUInt16BE(2) & 0x8000) return undefined;
  const opcode = (query.readUInt16BE(2) >> 11) & 0xf;
  if (opcode !== 0) return { reply: message(query, CODE.notImplemented) };
  const question = query.readUInt16BE(4) === 1 ? readQuestion(query) : undefined;
  if (!question) return { reply: message(query, CODE.badFormat) };
  const { name, type, end } = question;
  const asked = query.subarray(HEADER_BYTES, end);
  if (served(name)) return { reply: message(query, CODE.ok, asked, type === TYPE.A ? [LOOPBACK] : []) };
  const reply = message(query, CODE.noSuchName, asked);
  return type === TYPE.A || type === TYPE.AAAA ? { reply, refused: name } : { reply };
}

const LOOPBACK = Buffer.from([127, 0, 0, 1]);

function readQuestion(query: Buffer): { name: string; type: number; end: number } | undefined {
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (;;) {
    const length = query[at];
    if (length === undefined || length > LABEL_BYTES_MAX || at - HEADER_BYTES > NAME_BYTES_MAX)
      return undefined;
    at += 1;
    if (length === 0) break;
    labels.push(query.toString('latin1', at, at + length));
    at += length;
  }
  if (at + 4 > query.length) return undefined;
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at), end: at + 4 };
}

/** A reply to `query`: its id and flags, `code`, the question again and one A record for each of `addresses`. */
function message(query: Buffer, code: number, question?: Buffer, addresses: readonly Buffer[] = []): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  query.copy(header, 0, 0, 2);
  const recursionDesired = query.readUInt16BE(2) & 0x0100;
  // A response, with authority, that could have recursed.
  header.writeUInt16BE(0x8480 | (query.readUInt16BE(2) & 0x7800) | recursionDesired | code, 2);
  header.writeUInt16BE(question ? 1 : 0, 4);
  header.writeUInt16BE(addresses.length, 6);
  return Buffer.concat([header, question ?? Buffer.alloc(0), ...addresses.map(record)]);
}

/** An A record for the name of the question, which a pointer repeats. */
function record(address: Buffer): Buffer {
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc000 | HEADER_BYTES, 0);
  head.writeUInt16BE(TYPE.A, 2);
  head.writeUInt16BE(CLASS_IN, 4);
  head.writeUInt32BE(TTL_SECONDS, 6);
  head.writeUInt16BE(address.length, 10);
  return Buffer.concat([head, address]);
}
