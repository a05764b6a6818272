/**
 * `spreadsheets.batchUpdate`: all requests or none. https://developers.google.com/workspace/sheets/api/guides/batchupdate
 */
import type { World } from '../../../../../src/world/world.ts';
import type { Viewer } from '../../../drive/model/access.ts';
import { touchFile } from '../../../drive/model/file.ts';
import { badArgument, badField, missingPart } from '../../../errors.ts';
import { BATCH_REQUESTS_MAX } from '../../../limits.ts';
import { openSpreadsheet } from '../spreadsheet.ts';
import * as cell from './cell.ts';
import * as dimension from './dimension.ts';
import type { Job, Kind } from './job.ts';
import * as named from './named.ts';
import * as range from './range.ts';
import * as sheet from './sheet.ts';

const KINDS: Readonly<Record<string, Kind>> = {
  addDimensionGroup: dimension.addDimensionGroupRequest,
  addNamedRange: named.addNamedRangeRequest,
  addProtectedRange: named.addProtectedRangeRequest,
  addSheet: sheet.addSheetRequest,
  appendCells: cell.appendCellsRequest,
  appendDimension: dimension.appendDimensionRequest,
  autoResizeDimensions: dimension.autoResizeDimensionsRequest,
  clearBasicFilter: named.clearBasicFilterRequest,
  copyPaste: range.copyPasteRequest,
  createDeveloperMetadata: named.createDeveloperMetadataRequest,
  cutPaste: range.cutPasteRequest,
  deleteDeveloperMetadata: named.deleteDeveloperMetadataRequest,
  deleteDimension: dimension.deleteDimensionRequest,
  deleteDimensionGroup: dimension.deleteDimensionGroupRequest,
  deleteNamedRange: named.deleteNamedRangeRequest,
  deleteProtectedRange: named.deleteProtectedRangeRequest,
  deleteSheet: sheet.deleteSheetRequest,
  duplicateSheet: sheet.duplicateSheetRequest,
  findReplace: cell.findReplaceRequest,
  insertDimension: dimension.insertDimensionRequest,
  mergeCells: range.mergeCellsRequest,
  repeatCell: cell.repeatCellRequest,
  setBasicFilter: named.setBasicFilterRequest,
  setDataValidation: cell.setDataValidationRequest,
  sortRange: range.sortRangeRequest,
  unmergeCells: range.unmergeCellsRequest,
  updateCells: cell.updateCellsRequest,
  updateDimensionProperties: dimension.updateDimensionPropertiesRequest,
  updateNamedRange: named.updateNamedRangeRequest,
  updateProtectedRange: named.updateProtectedRangeRequest,
  updateSheetProperties: sheet.updateSheetPropertiesRequest,
  updateSpreadsheetProperties: sheet.updateSpreadsheetPropertiesRequest,
};

/** Kinds that Sheets has and the twin has not: a gap, not a mistake of the caller's. */
const MISSING = new Set(
  (
    'addBanding addChart addCommentReply addConditionalFormatRule addDataSource addFilterView addSlicer addTable ' +
    'autoFill cancelDataSourceRefresh deleteBanding deleteComment deleteCommentReply deleteConditionalFormatRule ' +
    'deleteDataSource deleteDuplicates deleteEmbeddedObject deleteFilterView deleteRange deleteTable ' +
    'duplicateFilterView insertComment insertRange moveDimension pasteData randomizeRange refreshDataSource ' +
    'textToColumns trimWhitespace updateBanding updateBorders updateChartSpec updateCommentPost ' +
    'updateConditionalFormatRule updateDataSource updateDeveloperMetadata updateDimensionGroup ' +
    'updateEmbeddedObjectBorder updateEmbeddedObjectPosition updateFilterView updateSlicerSpec updateTable'
  ).split(' '),
);

/** Does the requests in order and gives their replies, one each. Throws 400 that names the request at fault. */
export function batchUpdate(
  world: World,
  viewer: Viewer,
  spreadsheetId: string,
  requests: readonly Record<string, unknown>[],
): object[] {
  const { file } = openSpreadsheet(world, viewer, spreadsheetId, 'writer');
  if (requests.length === 0) throw badArgument('Must specify at least one request.');
  if (requests.length > BATCH_REQUESTS_MAX) throw badArgument('Too many requests.');
  const job: Job = { world, viewer, file, spreadsheetId, asked: '' };
  const replies = requests.map((request, i) => {
    const [name, ...more] = Object.keys(request ?? {});
    if (name === undefined) throw badArgument(`Invalid requests[${i}]: No request set.`);
    const work = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
    if (!work && MISSING.has(name)) throw missingPart(`sheets.spreadsheets.batchUpdate:${name}`);
    if (!work || more.length > 0) throw unknown(work ? (more[0] ?? '') : name, i);
    job.asked = `requests[${i}].${name}`;
    const reply = work(job, (request[name] ?? {}) as never);
    return reply ? { [name]: reply } : {};
  });
  touchFile(world, viewer, job.file);
  return replies;
}

const unknown = (name: string, i: number) =>
  badField(
    `Invalid JSON payload received. Unknown name "${name}" at 'requests[${i}]': Cannot find field.`,
    `requests[${i}]`,
  );
