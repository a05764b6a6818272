/** Work that takes long elsewhere: downloads that were asked for. */
import { table } from '../../../../src/table.ts';

export interface Download {
  name: string;
  /** Who asked: e-mail. */
  email: string;
  fileId: string;
  /** For an editors' file. */
  mimeType?: string;
  /** For bytes: an older revision. */
  revisionId?: string;
  expiresAt: number;
}

export const downloads = table<Download>({ name: 'google.downloads', key: (row) => row.name });
