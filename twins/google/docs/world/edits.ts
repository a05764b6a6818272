/** What the latest revisions of a document put in and took out: who writes against an older one finds the place. */
import { sortable, table } from '../../../../src/table.ts';

/** At one place of a segment, so many units taken out and then so many put in. */
export interface Edit {
  readonly tabId: string;
  readonly segmentId: string;
  readonly at: number;
  readonly removed: number;
  readonly inserted: number;
}

export interface RevisionEdits {
  readonly documentId: string;
  /** The revision that the edits led to. */
  readonly revision: number;
  readonly edits: readonly Edit[];
}

export const documentEdits = table<RevisionEdits>({
  name: 'google.documentEdits',
  key: (row) => editsKey(row.documentId, row.revision),
});

export const editsKey = (documentId: string, revision: number): string =>
  `${documentId}/${sortable(revision)}`;
