/**
 * Every kind of request that `spreadsheets.batchUpdate` knows, one a line.
 * https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/request
 */
import * as banding from './banding.ts';
import { updateBordersRequest } from './border.ts';
import * as cell from './cell.ts';
import { deleteDuplicatesRequest, trimWhitespaceRequest } from './clean.ts';
import * as comment from './comment.ts';
import * as conditionalFormat from './conditionalFormat.ts';
import * as dataSource from './dataSource.ts';
import * as dimension from './dimension.ts';
import * as embedded from './embedded.ts';
import { autoFillRequest } from './fill.ts';
import * as filter from './filter.ts';
import { findReplaceRequest } from './find.ts';
import * as group from './group.ts';
import type { Kind } from './job.ts';
import { mergeCellsRequest, unmergeCellsRequest } from './merge.ts';
import * as metadata from './metadata.ts';
import * as named from './named.ts';
import { copyPasteRequest, cutPasteRequest } from './paste.ts';
import { updateSpreadsheetPropertiesRequest } from './properties.ts';
import * as protectedRange from './protected.ts';
import * as sheet from './sheet.ts';
import { deleteRangeRequest, insertRangeRequest } from './shift.ts';
import { randomizeRangeRequest, sortRangeRequest } from './sort.ts';
import { pasteDataRequest, textToColumnsRequest } from './split.ts';
import * as table from './table.ts';
import * as validation from './validation.ts';

/** What the twin does, by the request's name. */
export const KINDS: Readonly<Record<string, Kind>> = {
  addBanding: banding.addBandingRequest,
  addChart: embedded.addChartRequest,
  addCommentReply: comment.addCommentReplyRequest,
  addConditionalFormatRule: conditionalFormat.addConditionalFormatRuleRequest,
  addDimensionGroup: group.addDimensionGroupRequest,
  addFilterView: filter.addFilterViewRequest,
  addNamedRange: named.addNamedRangeRequest,
  addProtectedRange: protectedRange.addProtectedRangeRequest,
  addSheet: sheet.addSheetRequest,
  addSlicer: embedded.addSlicerRequest,
  addTable: table.addTableRequest,
  appendCells: cell.appendCellsRequest,
  appendDimension: dimension.appendDimensionRequest,
  autoFill: autoFillRequest,
  autoResizeDimensions: dimension.autoResizeDimensionsRequest,
  cancelDataSourceRefresh: dataSource.cancelDataSourceRefreshRequest,
  clearBasicFilter: filter.clearBasicFilterRequest,
  copyPaste: copyPasteRequest,
  createDeveloperMetadata: metadata.createDeveloperMetadataRequest,
  cutPaste: cutPasteRequest,
  deleteBanding: banding.deleteBandingRequest,
  deleteComment: comment.deleteCommentRequest,
  deleteCommentReply: comment.deleteCommentReplyRequest,
  deleteConditionalFormatRule: conditionalFormat.deleteConditionalFormatRuleRequest,
  deleteDataSource: dataSource.deleteDataSourceRequest,
  deleteDeveloperMetadata: metadata.deleteDeveloperMetadataRequest,
  deleteDimension: dimension.deleteDimensionRequest,
  deleteDimensionGroup: group.deleteDimensionGroupRequest,
  deleteDuplicates: deleteDuplicatesRequest,
  deleteEmbeddedObject: embedded.deleteEmbeddedObjectRequest,
  deleteFilterView: filter.deleteFilterViewRequest,
  deleteNamedRange: named.deleteNamedRangeRequest,
  deleteProtectedRange: protectedRange.deleteProtectedRangeRequest,
  deleteRange: deleteRangeRequest,
  deleteSheet: sheet.deleteSheetRequest,
  deleteTable: table.deleteTableRequest,
  duplicateFilterView: filter.duplicateFilterViewRequest,
  duplicateSheet: sheet.duplicateSheetRequest,
  findReplace: findReplaceRequest,
  insertComment: comment.insertCommentRequest,
  insertDimension: dimension.insertDimensionRequest,
  insertRange: insertRangeRequest,
  mergeCells: mergeCellsRequest,
  moveDimension: dimension.moveDimensionRequest,
  pasteData: pasteDataRequest,
  randomizeRange: randomizeRangeRequest,
  refreshDataSource: dataSource.refreshDataSourceRequest,
  repeatCell: cell.repeatCellRequest,
  setBasicFilter: filter.setBasicFilterRequest,
  setDataValidation: validation.setDataValidationRequest,
  sortRange: sortRangeRequest,
  textToColumns: textToColumnsRequest,
  trimWhitespace: trimWhitespaceRequest,
  unmergeCells: unmergeCellsRequest,
  updateBanding: banding.updateBandingRequest,
  updateBorders: updateBordersRequest,
  updateCells: cell.updateCellsRequest,
  updateChartSpec: embedded.updateChartSpecRequest,
  updateCommentPost: comment.updateCommentPostRequest,
  updateConditionalFormatRule: conditionalFormat.updateConditionalFormatRuleRequest,
  updateDataSource: dataSource.updateDataSourceRequest,
  updateDeveloperMetadata: metadata.updateDeveloperMetadataRequest,
  updateDimensionGroup: group.updateDimensionGroupRequest,
  updateDimensionProperties: dimension.updateDimensionPropertiesRequest,
  updateEmbeddedObjectBorder: embedded.updateEmbeddedObjectBorderRequest,
  updateEmbeddedObjectPosition: embedded.updateEmbeddedObjectPositionRequest,
  updateFilterView: filter.updateFilterViewRequest,
  updateNamedRange: named.updateNamedRangeRequest,
  updateProtectedRange: protectedRange.updateProtectedRangeRequest,
  updateSheetProperties: sheet.updateSheetPropertiesRequest,
  updateSlicerSpec: embedded.updateSlicerSpecRequest,
  updateSpreadsheetProperties: updateSpreadsheetPropertiesRequest,
  updateTable: table.updateTableRequest,
};

/** Every kind that the vendor describes. */
const DESCRIBED = (
  'addBanding addChart addCommentReply addConditionalFormatRule addDataSource addDimensionGroup ' +
  'addFilterView addNamedRange addProtectedRange addSheet addSlicer addTable appendCells ' +
  'appendDimension autoFill autoResizeDimensions cancelDataSourceRefresh clearBasicFilter copyPaste ' +
  'createDeveloperMetadata cutPaste deleteBanding deleteComment deleteCommentReply ' +
  'deleteConditionalFormatRule deleteDataSource deleteDeveloperMetadata deleteDimension ' +
  'deleteDimensionGroup deleteDuplicates deleteEmbeddedObject deleteFilterView deleteNamedRange ' +
  'deleteProtectedRange deleteRange deleteSheet deleteTable duplicateFilterView duplicateSheet ' +
  'findReplace insertComment insertDimension insertRange mergeCells moveDimension pasteData ' +
  'randomizeRange refreshDataSource repeatCell setBasicFilter setDataValidation sortRange ' +
  'textToColumns trimWhitespace unmergeCells updateBanding updateBorders updateCells updateChartSpec ' +
  'updateCommentPost updateConditionalFormatRule updateDataSource updateDeveloperMetadata ' +
  'updateDimensionGroup updateDimensionProperties updateEmbeddedObjectBorder ' +
  'updateEmbeddedObjectPosition updateFilterView updateNamedRange updateProtectedRange ' +
  'updateSheetProperties updateSlicerSpec updateSpreadsheetProperties updateTable'
).split(' ');

/** Kinds that Sheets has and the twin has not: a gap, not a mistake of the caller's. Follows from the table above. */
export const MISSING: ReadonlySet<string> = new Set(DESCRIBED.filter((name) => !Object.hasOwn(KINDS, name)));
