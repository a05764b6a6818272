/**
 * What stands in a document: a tree of blocks, as the vendor's, less the indexes, which follow from it.
 * https://developers.google.com/workspace/docs/api/concepts/structure
 */

/** A style or properties in the vendor's own shape; what is inherited is not in it. */
export type Fields = Readonly<Record<string, unknown>>;

/** What suggestions say about a piece: by whom it was put in or is to be taken out (suggestion ids), and how styled. */
export interface Marks {
  readonly insertions?: readonly string[];
  readonly deletions?: readonly string[];
}

/** Kinds of elements in a paragraph that are no text; each takes one index. */
export type ElementKind =
  | 'autoText'
  | 'columnBreak'
  | 'dateElement'
  | 'equation'
  | 'footnoteReference'
  | 'horizontalRule'
  | 'inlineObjectElement'
  | 'pageBreak'
  | 'person'
  | 'richLink';

/** What stands in the place of an element that is no text. https://developers.google.com/workspace/docs/api/reference/rest/v1/documents#TextRun */
export const OBJECT = '\ue907';

/** Text of one style, or (`element`) one thing that is no text, whose `text` is `OBJECT`. */
export interface Run extends Marks {
  readonly text: string;
  readonly style: Fields;
  readonly element?: { readonly kind: ElementKind; readonly properties: Fields };
  /** Suggested text styles by suggestion id: the fields that would change. */
  readonly styles?: Readonly<Record<string, Fields>>;
}

export interface Bullet {
  readonly listId: string;
  readonly nestingLevel: number;
  readonly textStyle: Fields;
}

/** Its last run ends with a line break; there is no other in it. */
export interface Paragraph {
  readonly kind: 'paragraph';
  readonly runs: readonly Run[];
  readonly style: Fields;
  readonly bullet?: Bullet;
  readonly positionedObjectIds?: readonly string[];
  /** Suggested paragraph styles by suggestion id: the fields that would change. */
  readonly styles?: Readonly<Record<string, Fields>>;
  /** Suggested bullets by suggestion id; null where the bullet would go. */
  readonly bullets?: Readonly<Record<string, Bullet | null>>;
}

/** The start of a section; the body begins with one. */
export interface SectionBreak extends Marks {
  readonly kind: 'sectionBreak';
  readonly style: Fields;
}

export interface TableCell extends Marks {
  readonly content: Content;
  /** `rowSpan` and `columnSpan` are 1 in cells that another cell covers, too. */
  readonly style: Fields;
  readonly rowSpan: number;
  readonly columnSpan: number;
  readonly styles?: Readonly<Record<string, Fields>>;
}

export interface TableRow extends Marks {
  readonly cells: readonly TableCell[];
  readonly style: Fields;
}

export interface Table extends Marks {
  readonly kind: 'table';
  readonly rows: readonly TableRow[];
  /** Properties of each column. */
  readonly columns: readonly Fields[];
}

export interface TableOfContents extends Marks {
  readonly kind: 'tableOfContents';
  readonly content: Content;
}

export type Block = Paragraph | SectionBreak | Table | TableOfContents;

/** What a body, header, footer, footnote or cell holds; its last block is a paragraph. */
export type Content = readonly Block[];
