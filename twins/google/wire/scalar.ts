/** Scalars of protobuf's JSON: numbers may come as texts, 64 bits are texts, enums are names or numbers. */
import type { DescribedType } from './description.ts';

/** What was read; or the type's name in a refusal, and more than the value where the reader says more. */
export type Scalar = { ok: true; value: unknown } | { ok: false; proto: string; why?: string };

const INT32 = [-(2n ** 31n), 2n ** 31n - 1n] as const;
const UINT32 = [0n, 2n ** 32n - 1n] as const;
const INT64 = [-(2n ** 63n), 2n ** 63n - 1n] as const;
const UINT64 = [0n, 2n ** 64n - 1n] as const;
const FLOAT_MAX = 3.402_823_466_385_288_6e38;

const good = (value: unknown): Scalar => ({ ok: true, value });

/** Reads `value` as a `type`; `name` is the field's, for refusals that say it. */
export function scalarOf(type: DescribedType, value: unknown, name: string): Scalar {
  if (type.enum) return enumeration(type.enum, value);
  switch (type.type) {
    case 'boolean':
      return flag(value);
    case 'integer':
      return type.format === 'uint32'
        ? whole(value, UINT32, 'TYPE_UINT32')
        : whole(value, INT32, 'TYPE_INT32');
    case 'number':
      return type.format === 'float'
        ? fraction(value, FLOAT_MAX, 'TYPE_FLOAT')
        : fraction(value, Number.MAX_VALUE, 'TYPE_DOUBLE');
    default:
      return text(type.format, value, name);
  }
}

/** Python's clients write `True` in addresses; the reader's own conversion of texts takes these, in any case. */
const YES = new Set(['true', 't', 'yes', 'y', '1']);
const NO = new Set(['false', 'f', 'no', 'n', '0']);

function flag(value: unknown): Scalar {
  if (typeof value === 'boolean') return good(value);
  const said = typeof value === 'string' ? value.toLowerCase() : '';
  return YES.has(said) || NO.has(said) ? good(YES.has(said)) : { ok: false, proto: 'TYPE_BOOL' };
}

function enumeration(names: readonly string[], value: unknown): Scalar {
  if (typeof value === 'string' && names.includes(value)) return good(value);
  const nth = typeof value === 'number' ? names[value] : undefined;
  return nth === undefined ? { ok: false, proto: '' } : good(nth);
}

function whole(value: unknown, [least, most]: readonly [bigint, bigint], proto: string): Scalar {
  const read = integerIn(value);
  return read === undefined || read < least || read > most ? { ok: false, proto } : good(Number(read));
}

function integerIn(value: unknown): bigint | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : undefined;
  return typeof value === 'string' && /^-?\d{1,20}$/.test(value) ? BigInt(value) : undefined;
}

/** JSON has no word for what is no number: a text is, as in `"NaN"`. No field of Docs or Sheets makes sense of one. */
function fraction(value: unknown, most: number, proto: string): Scalar {
  const read =
    typeof value === 'string' && /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value) ? Number(value) : value;
  return typeof read === 'number' && Math.abs(read) <= most ? good(read) : { ok: false, proto };
}

function text(format: string | undefined, value: unknown, name: string): Scalar {
  switch (format) {
    case 'int64':
      return long(value, INT64, 'TYPE_INT64');
    case 'uint64':
      return long(value, UINT64, 'TYPE_UINT64');
    case 'google-datetime':
      return timestamp(value, name);
    case 'google-fieldmask':
      return typeof value === 'string'
        ? good(value)
        : { ok: false, proto: 'type.googleapis.com/google.protobuf.FieldMask' };
    case 'byte':
      return typeof value === 'string' ? good(value) : { ok: false, proto: 'TYPE_BYTES' };
    default:
      return typeof value === 'string' ? good(value) : { ok: false, proto: 'TYPE_STRING' };
  }
}

function long(value: unknown, [least, most]: readonly [bigint, bigint], proto: string): Scalar {
  const read = integerIn(value);
  return read === undefined || read < least || read > most ? { ok: false, proto } : good(String(read));
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

function timestamp(value: unknown, name: string): Scalar {
  if (typeof value === 'string' && TIME.test(value) && !Number.isNaN(Date.parse(value))) return good(value);
  const proto = 'type.googleapis.com/google.protobuf.Timestamp';
  if (typeof value !== 'string') return { ok: false, proto };
  const zoned = /(Z|[+-]\d\d:\d\d)$/.test(value);
  const why = zoned
    ? `Field '${name}', Invalid time format: Failed to parse input,`
    : `Field '${name}', Illegal timestamp format; timestamps must end with 'Z' or have a valid timezone offset.`;
  return { ok: false, proto, why };
}
