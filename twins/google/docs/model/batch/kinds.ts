/** Every kind of request that `batchUpdate` takes, one a line. */
import type { Kind } from './job.ts';
import { createNamedRange, deleteNamedRange, replaceNamedRangeContent } from './named.ts';
import { updateParagraphStyle } from './paragraphStyle.ts';
import { deleteContentRange, insertTextRequest, replaceAllText } from './text.ts';
import { updateTextStyle } from './textStyle.ts';

export const KINDS: Readonly<Record<string, Kind>> = {
  createNamedRange,
  deleteContentRange,
  deleteNamedRange,
  insertText: insertTextRequest,
  replaceAllText,
  replaceNamedRangeContent,
  updateParagraphStyle,
  updateTextStyle,
};

/** Kinds that Docs has and the twin has not. */
export const MISSING: ReadonlySet<string> = new Set([
  'acceptSuggestion',
  'addCommentReply',
  'addDocumentTab',
  'createFooter',
  'createFootnote',
  'createHeader',
  'createParagraphBullets',
  'deleteComment',
  'deleteCommentReply',
  'deleteFooter',
  'deleteHeader',
  'deleteParagraphBullets',
  'deletePositionedObject',
  'deleteSuggestion',
  'deleteTab',
  'deleteTableColumn',
  'deleteTableRow',
  'insertComment',
  'insertDate',
  'insertInlineImage',
  'insertPageBreak',
  'insertPerson',
  'insertRichLink',
  'insertSectionBreak',
  'insertTable',
  'insertTableColumn',
  'insertTableRow',
  'mergeTableCells',
  'pinTableHeaderRows',
  'rejectSuggestion',
  'replaceImage',
  'unmergeTableCells',
  'updateCommentPost',
  'updateDocumentStyle',
  'updateDocumentTabProperties',
  'updateNamedStyle',
  'updateSectionStyle',
  'updateTableCellStyle',
  'updateTableColumnProperties',
  'updateTableRowStyle',
]);
