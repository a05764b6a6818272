/** Every kind of request that `batchUpdate` takes, one a line. */
import { insertPageBreak, insertSectionBreak } from './breaks.ts';
import { createParagraphBullets, deleteParagraphBullets } from './bullets.ts';
import { insertDate, insertPerson, insertRichLink } from './chips.ts';
import { updateDocumentStyle } from './documentStyle.ts';
import { deletePositionedObject, insertInlineImage, replaceImage } from './images.ts';
import type { Kind } from './job.ts';
import { createNamedRange, deleteNamedRange, replaceNamedRangeContent } from './named.ts';
import { updateNamedStyle } from './namedStyle.ts';
import { updateParagraphStyle } from './paragraphStyle.ts';
import { updateSectionStyle } from './sectionStyle.ts';
import { createFooter, createFootnote, createHeader, deleteFooter, deleteHeader } from './segments.ts';
import {
  deleteTableColumn,
  deleteTableRow,
  insertTable,
  insertTableColumn,
  insertTableRow,
  mergeTableCells,
  pinTableHeaderRows,
  unmergeTableCells,
} from './table.ts';
import { updateTableCellStyle, updateTableColumnProperties, updateTableRowStyle } from './tableStyle.ts';
import { addDocumentTab, deleteTab, updateDocumentTabProperties } from './tabs.ts';
import { deleteContentRange, insertTextRequest, replaceAllText } from './text.ts';
import { updateTextStyle } from './textStyle.ts';
import {
  acceptSuggestion,
  addCommentReply,
  deleteComment,
  deleteCommentReply,
  deleteSuggestion,
  insertComment,
  rejectSuggestion,
  updateCommentPost,
} from './threads.ts';

export const KINDS: Readonly<Record<string, Kind>> = {
  acceptSuggestion,
  addCommentReply,
  addDocumentTab,
  createFooter,
  createFootnote,
  createHeader,
  createNamedRange,
  createParagraphBullets,
  deleteComment,
  deleteCommentReply,
  deleteContentRange,
  deleteFooter,
  deleteHeader,
  deleteNamedRange,
  deleteParagraphBullets,
  deletePositionedObject,
  deleteSuggestion,
  deleteTab,
  deleteTableColumn,
  deleteTableRow,
  insertComment,
  insertDate,
  insertInlineImage,
  insertPageBreak,
  insertPerson,
  insertRichLink,
  insertSectionBreak,
  insertTable,
  insertTableColumn,
  insertTableRow,
  insertText: insertTextRequest,
  mergeTableCells,
  pinTableHeaderRows,
  rejectSuggestion,
  replaceAllText,
  replaceImage,
  replaceNamedRangeContent,
  unmergeTableCells,
  updateCommentPost,
  updateDocumentStyle,
  updateDocumentTabProperties,
  updateNamedStyle,
  updateParagraphStyle,
  updateSectionStyle,
  updateTableCellStyle,
  updateTableColumnProperties,
  updateTableRowStyle,
  updateTextStyle,
};
