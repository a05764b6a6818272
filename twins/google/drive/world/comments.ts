/** Comments on files, each with its replies. */
import { table } from '../../../../src/table.ts';

/** What somebody said; people are e-mails. */
interface Said {
  id: string;
  author: string;
  content: string;
  /** Who is named in it, and to whom it gives something to do. */
  mentions?: string[];
  assignee?: string;
  deleted: boolean;
  createdTime: string;
  modifiedTime: string;
}

export interface Reply extends Said {
  action?: 'resolve' | 'reopen';
}

export interface Comment extends Said {
  fileId: string;
  anchor?: string;
  quotedFileContent?: { mimeType?: string; value?: string };
  resolved?: boolean;
  replies: Reply[];
}

export const comments = table<Comment>({
  name: 'google.comments',
  key: (row) => `${row.fileId}/${row.id}`,
});
