/** Content as readers of other formats take it in: paragraphs with their place in a list, and tables. */
import type { Content, Fields, Paragraph, Run, Table } from '../../world/content.ts';
import type { List, Tab } from '../../world.ts';

/** Where a paragraph stands in a list. */
export interface Item {
  readonly listId: string;
  readonly ordered: boolean;
  /** 0 is the outermost. */
  readonly level: number;
  /** From 1, among those of its level since the last of an outer one. */
  readonly nth: number;
}

export type Part =
  | { readonly kind: 'paragraph'; readonly paragraph: Paragraph; readonly item?: Item }
  | { readonly kind: 'table'; readonly table: Table };

const NUMBERED = /DECIMAL|ALPHA|ROMAN/;

/** The parts in reading order; what is in a table of contents is left out, since other programs make their own. */
export function partsOf(tab: Tab, content: Content): Part[] {
  const counts = new Map<string, number[]>();
  return content.flatMap((block): Part[] => {
    if (block.kind === 'table') return [{ kind: 'table', table: block }];
    if (block.kind !== 'paragraph') return [];
    if (!block.bullet) return [{ kind: 'paragraph', paragraph: block }];
    const { listId, nestingLevel: level } = block.bullet;
    const so = (counts.get(listId) ?? []).slice(0, level + 1);
    while (so.length <= level) so.push(0);
    const nth = (so[level] ?? 0) + 1;
    so[level] = nth;
    counts.set(listId, so);
    const ordered = isOrdered(tab.lists[listId], level);
    return [{ kind: 'paragraph', paragraph: block, item: { listId, ordered, level, nth } }];
  });
}

/** Does a list number the items of a level? */
export function isOrdered(list: List | undefined, level: number): boolean {
  const levels = list?.listProperties.nestingLevels as readonly Fields[] | undefined;
  return NUMBERED.test(String(levels?.[level]?.glyphType ?? ''));
}

/** The number of a heading, 1 to 6; a title is 1, a subtitle 2, anything else none. */
export function headingOf(style: Fields): number | undefined {
  const type = String(style.namedStyleType);
  if (type === 'TITLE') return 1;
  if (type === 'SUBTITLE') return 2;
  const level = /^HEADING_([1-6])$/.exec(type)?.[1];
  return level === undefined ? undefined : Number(level);
}

/** Where a text leads, where that is outside of the document. */
export const urlOf = (style: Fields): string | undefined => (style.link as { url?: string } | undefined)?.url;

/** `#rrggbb` of a colour of text or background. */
export function colorOf(value: unknown): string | undefined {
  const rgb = (value as { color?: { rgbColor?: Record<string, number> } } | undefined)?.color?.rgbColor;
  if (!rgb) return undefined;
  const hex = (part: number = 0) =>
    Math.round(part * 255)
      .toString(16)
      .padStart(2, '0');
  return `#${hex(rgb.red)}${hex(rgb.green)}${hex(rgb.blue)}`;
}

/** Points of a dimension. */
export const pointsOf = (value: unknown): number | undefined => (value as { magnitude?: number })?.magnitude;

/** Where an image came from; undefined where nothing tells. */
export function imageOf(tab: Tab, objectId: unknown): { uri?: string; alt: string } {
  const held = tab.inlineObjects[String(objectId)]?.embeddedObject as
    | { title?: string; description?: string; imageProperties?: { sourceUri?: string; contentUri?: string } }
    | undefined;
  const { sourceUri, contentUri } = held?.imageProperties ?? {};
  const uri = sourceUri ?? contentUri;
  return { ...(uri ? { uri } : {}), alt: held?.description ?? held?.title ?? '' };
}

/** What a chip says, and where it leads; undefined for an element that is none. */
export function chipOf({ kind, properties }: NonNullable<Run['element']>): Chip | undefined {
  if (kind === 'person') {
    const { name, email = '' } = (properties.personProperties ?? {}) as { name?: string; email?: string };
    return { text: name ?? email, url: `mailto:${email}` };
  }
  if (kind === 'richLink') {
    const { title, uri = '' } = (properties.richLinkProperties ?? {}) as { title?: string; uri?: string };
    return { text: title ?? uri, url: uri };
  }
  if (kind !== 'dateElement') return undefined;
  const { displayText = '' } = (properties.dateElementProperties ?? {}) as { displayText?: string };
  return { text: displayText };
}

export interface Chip {
  readonly text: string;
  readonly url?: string;
}

/** Does a merged cell above or to the left reach over this one? */
export function isCovered(table: Table, row: number, column: number): boolean {
  return table.rows
    .slice(0, row + 1)
    .some(({ cells }, r) =>
      cells.some(
        ({ rowSpan, columnSpan }, c) =>
          c <= column && (r !== row || c !== column) && r + rowSpan > row && c + columnSpan > column,
      ),
    );
}
