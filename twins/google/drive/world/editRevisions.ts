/** Revisions of the editors' files: one for each sitting in which somebody edited. */
import { sortable, table } from '../../../../src/table.ts';

export interface EditRevision {
  fileId: string;
  /** The number of the edit that began it. */
  id: string;
  /** The number of its last edit. */
  edits: number;
  modifiedTime: string;
  lastModifyingUser: string;
  published?: boolean;
  publishAuto?: boolean;
  publishedOutsideDomain?: boolean;
  /** What the published page's address says, while it is published. */
  publishedKey?: string;
}

export const editRevisions = table<EditRevision>({
  name: 'google.editRevisions',
  key: (row) => `${row.fileId}/${sortable(Number(row.id))}`,
  indexes: { publishedKey: (row) => (row.published ? row.publishedKey : undefined) },
});
