/** What a document is made of: tabs, each with a body and what belongs to it. The title is the Drive file's name. */
import { table } from '../../../src/table.ts';
import type { Content, Fields } from './world/content.ts';
import { documentEdits } from './world/edits.ts';
import { suggestions } from './world/suggestions.ts';

/** A stretch of a segment; the segment '' is the body. Indexes count UTF-16 units. */
export interface Span {
  readonly segmentId: string;
  readonly startIndex: number;
  readonly endIndex: number;
}

export interface NamedRange {
  readonly namedRangeId: string;
  readonly name: string;
  readonly ranges: readonly Span[];
}

export interface CommentAnchor {
  readonly anchorId: string;
  readonly ranges: readonly Span[];
}

export interface List {
  /** Of which bullets it was made, where that is known. */
  readonly preset?: string;
  readonly listProperties: Fields;
  readonly suggestedInsertionId?: string;
}

/** A tab. Tabs stand in their order on the screen: a tab's children follow it. */
export interface Tab {
  readonly tabId: string;
  readonly title: string;
  readonly parentTabId?: string;
  readonly iconEmoji?: string;
  readonly body: Content;
  readonly headers: Readonly<Record<string, Content>>;
  readonly footers: Readonly<Record<string, Content>>;
  readonly footnotes: Readonly<Record<string, Content>>;
  readonly documentStyle: Fields;
  readonly namedStyles: readonly Fields[];
  readonly lists: Readonly<Record<string, List>>;
  readonly namedRanges: readonly NamedRange[];
  /** Where comments are tied to, by the anchor's id. */
  readonly commentAnchors?: readonly CommentAnchor[];
  /** `inlineObjectProperties` by object id. */
  readonly inlineObjects: Readonly<Record<string, Fields>>;
  /** `positionedObjectProperties` by object id. */
  readonly positionedObjects: Readonly<Record<string, Fields>>;
}

export interface DocumentRow {
  readonly documentId: string;
  /** Grows with every change. */
  readonly revision: number;
  /** Tells its revisions apart from those of a document that was in its file before. */
  readonly epoch: number;
  readonly tabs: readonly Tab[];
}

export const documents = table<DocumentRow>({ name: 'google.documents', key: (row) => row.documentId });
export const documentTables = [documents, documentEdits, suggestions];

/** The first tab of every document. */
export const FIRST_TAB = 't.0';
