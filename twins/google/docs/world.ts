/** What a document is made of: paragraphs of styled runs. The title is the Drive file's name. */
import { table } from '../../../src/table.ts';

/** A text style, in the vendor's shape. */
export type TextStyle = Readonly<Record<string, unknown>>;

export interface Run {
  text: string;
  style: TextStyle;
}

/** Its last run ends with a line break. */
export interface Paragraph {
  runs: Run[];
  style: Readonly<Record<string, unknown>>;
}

export interface DocumentNamedRange {
  namedRangeId: string;
  name: string;
  startIndex: number;
  endIndex: number;
}

export interface DocumentRow {
  documentId: string;
  /** Grows with every change. */
  revision: number;
  paragraphs: Paragraph[];
  namedRanges: DocumentNamedRange[];
}

export const documents = table<DocumentRow>({ name: 'google.documents', key: (row) => row.documentId });
export const documentTables = [documents];

export const PLAIN_PARAGRAPH: Paragraph['style'] = {
  namedStyleType: 'NORMAL_TEXT',
  direction: 'LEFT_TO_RIGHT',
};
