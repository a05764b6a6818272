/**
 * Styles as they are kept: colours of eight bits a channel, lengths in points, fields in the vendor's order, and only
 * what differs from what is inherited. https://developers.google.com/workspace/docs/api/concepts/document#styles
 */
import { assign, type Mask, parseFields } from '../../../fields.ts';
import { storedColor } from '../../../sheets/model/color.ts';
import type { Fields } from '../../world/content.ts';
import { type Job, refuse } from '../batch/job.ts';

export const TEXT_FIELDS = [
  'bold',
  'italic',
  'underline',
  'strikethrough',
  'smallCaps',
  'backgroundColor',
  'foregroundColor',
  'fontSize',
  'weightedFontFamily',
  'baselineOffset',
  'link',
] as const;

export const PARAGRAPH_FIELDS = [
  'headingId',
  'namedStyleType',
  'alignment',
  'lineSpacing',
  'direction',
  'spacingMode',
  'spaceAbove',
  'spaceBelow',
  'borderBetween',
  'borderTop',
  'borderBottom',
  'borderLeft',
  'borderRight',
  'indentFirstLine',
  'indentStart',
  'indentEnd',
  'tabStops',
  'keepLinesTogether',
  'keepWithNext',
  'avoidWidowAndOrphan',
  'shading',
  'pageBreakBefore',
] as const;

/** A change of some of a style's fields: the values (unset ones are reset) and which. */
export interface Change {
  readonly values: Fields;
  readonly mask: Mask;
  /** The top fields that it changes. */
  readonly named: readonly string[];
}

/**
 * What a request asks of a style. `fields` are those that the style has, `readOnly` ones may not be named.
 * Throws 400 for no mask, one that names something else, a length without a unit.
 */
export function changeOf(
  job: Job,
  asked: { values?: Fields; mask?: string },
  fields: readonly string[],
  readOnly: readonly string[] = [],
): Change {
  const mask = asked.mask?.trim() ? parseFields(snakeless(asked.mask)) : undefined;
  if (!mask)
    throw refuse(job, "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)");
  const writable = fields.filter((name) => !readOnly.includes(name));
  for (const name of mask.parts.keys())
    if (name !== '*' && !writable.includes(name)) throw refuse(job, `Invalid field: ${name}`);
  const values = kept(job, asked.values ?? {}) as Fields;
  if (!mask.parts.has('*')) return { values, mask, named: [...mask.parts.keys()] };
  const all: Mask = {
    all: false,
    parts: new Map(writable.map((name) => [name, { all: true, parts: new Map() }])),
  };
  return { values, mask: all, named: writable };
}

/** A style after a change, in order. */
export const changed = (style: Fields, { values, mask }: Change, order: readonly string[]): Fields =>
  ordered(assign(style, values, mask), order);

/** Fields in the vendor's order. */
export function ordered(style: Fields, order: readonly string[]): Fields {
  const out: Record<string, unknown> = {};
  for (const name of order) if (style[name] !== undefined) out[name] = style[name];
  return out;
}

/** A style without what it would inherit anyway; `always` fields stay. */
export function ownOnly(style: Fields, parent: Fields, always: readonly string[] = []): Fields {
  const own = Object.entries(style).filter(
    ([name, value]) => always.includes(name) || !same(value, parent[name]),
  );
  return own.length === Object.keys(style).length ? style : Object.fromEntries(own);
}

export const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** `marginTop` for `margin_top`: masks may be written either way. */
const snakeless = (mask: string): string =>
  mask.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** A value as it is kept: zero lengths and colour channels are unsaid. */
function kept(job: Job, value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item) => kept(job, item));
  const fields = value as Record<string, unknown>;
  if ('magnitude' in fields || 'unit' in fields) return length(job, fields);
  const out: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(fields))
    out[name] = name === 'rgbColor' ? storedColor(inner as object) : kept(job, inner);
  return out;
}

function length(job: Job, { magnitude = 0, unit }: Record<string, unknown>): object {
  if (unit !== 'PT') throw refuse(job, `Unsupported dimension unit: ${String(unit ?? 'UNIT_UNSPECIFIED')}`);
  return magnitude === 0 ? { unit } : { magnitude, unit };
}
