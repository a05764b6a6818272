/** Requests about what lies over the cells of a sheet: charts and slicers, under one range of ids. */
import { assign } from '../../../fields.ts';
import type {
  ChartSpec,
  EmbeddedChart,
  EmbeddedObjectBorder,
  EmbeddedObjectPosition,
  ObjectRow,
  Slicer,
  SlicerSpec,
} from '../../world/objects.ts';
import { sheets } from '../../world.ts';
import { gridArea, sheetsOf } from '../area.ts';
import { withColors } from '../color.ts';
import { checkedSpec } from '../object/chart/spec.ts';
import { placed } from '../object/position.ts';
import { spoken } from '../object/spoken.ts';
import { addObject, EMBEDDED, freeObjectId, objectWith, removeObject, saveObject } from '../object/store.ts';
import { dropSheet, orderTabs } from '../spreadsheet.ts';
import { checkCriteria } from './filter.ts';
import { type Job, maskOf, refuse } from './job.ts';

export function addChartRequest(job: Job, { chart = {} }: { chart?: EmbeddedChart }): object {
  const id = newId(job, chart.chartId);
  const spec = checkedSpec(job, chart.spec);
  const { sheetId, position } = placed(job, chart.position, true);
  const border = chart.border && withColors(spoken(chart.border));
  const made: EmbeddedChart = { chartId: id, spec, position, ...(border ? { border } : {}) };
  addObject(job.world, { spreadsheetId: job.spreadsheetId, sheetId }, 'chart', id, made);
  return { chart: made };
}

export function updateChartSpecRequest(
  job: Job,
  { chartId = 0, spec }: { chartId?: number; spec?: ChartSpec },
): void {
  const row = objectWith(job.world, job.spreadsheetId, 'chart', chartId);
  if (!row) throw refuse(job, `No chart with id: ${chartId}`);
  saveObject(job.world, row, { object: { ...row.object, spec: checkedSpec(job, spec) } });
}

export function addSlicerRequest(job: Job, { slicer = {} }: { slicer?: Slicer }): object {
  const id = newId(job, slicer.slicerId);
  const spec = checkedSlicer(job, { applyToPivotTables: true, horizontalAlignment: 'LEFT', ...slicer.spec });
  const { sheetId, position } = placed(job, slicer.position, false);
  const made: Slicer = { slicerId: id, spec, position };
  addObject(job.world, { spreadsheetId: job.spreadsheetId, sheetId }, 'slicer', id, made);
  return { slicer: made };
}

export function updateSlicerSpecRequest(
  job: Job,
  { slicerId = 0, spec = {}, fields }: { slicerId?: number; spec?: SlicerSpec; fields?: string },
): void {
  const mask = maskOf(job, fields);
  const row = objectWith(job.world, job.spreadsheetId, 'slicer', slicerId);
  if (!row) throw refuse(job, `No slicer with id: ${slicerId}`);
  saveObject(job.world, row, {
    object: { ...row.object, spec: checkedSlicer(job, assign(row.object.spec ?? {}, spec, mask)) },
  });
}

function checkedSlicer(job: Job, spec: SlicerSpec): SlicerSpec {
  if (!spec.dataRange) throw refuse(job, 'Slicer must have a data range.');
  const area = gridArea(job.world, job.spreadsheetId, spec.dataRange, job.asked);
  const { columnIndex = area.startColumn, filterCriteria = {} } = spec;
  if (columnIndex < area.startColumn || columnIndex >= area.endColumn)
    throw refuse(job, 'Slicer column must be within range bounds');
  checkCriteria(job, filterCriteria);
  return withColors(spoken({ ...spec, columnIndex, filterCriteria }));
}

interface PositionInput {
  objectId?: number;
  newPosition?: EmbeddedObjectPosition;
  fields?: string;
}

/** Over another cell, in another size, or (charts) onto a sheet of its own. */
export function updateEmbeddedObjectPositionRequest(
  job: Job,
  { objectId = 0, newPosition = {}, fields }: PositionInput,
): object {
  const row = embeddedWith(job, objectId);
  const { overlayPosition } = newPosition;
  const now = (row.object as EmbeddedChart).position ?? {};
  const wanted = overlayPosition
    ? { overlayPosition: assign(now.overlayPosition ?? {}, overlayPosition, maskOf(job, fields)) }
    : newPosition;
  const { sheetId, position } = placed(job, wanted, row.kind === 'chart');
  saveObject(job.world, row, { object: { ...row.object, position }, sheetId });
  if (sheetId !== row.sheetId) closeSheetOf(job, row);
  return { position };
}

export function updateEmbeddedObjectBorderRequest(
  job: Job,
  {
    objectId = 0,
    border = {},
    fields,
  }: { objectId?: number; border?: EmbeddedObjectBorder; fields?: string },
): void {
  const mask = maskOf(job, fields);
  const row = embeddedWith(job, objectId);
  if (row.kind !== 'chart') throw refuse(job, `The embedded object with id: ${objectId} has no border.`);
  const chart = row.object as EmbeddedChart;
  const { color, colorStyle } = assign(chart.border ?? {}, border, mask);
  // What is set alone is the whole of it: the other field follows.
  const touched =
    mask.parts.has('color') && !mask.parts.has('colorStyle') ? { color } : { color, colorStyle };
  saveObject(job.world, row, { object: { ...chart, border: withColors(spoken(touched)) } });
}

export function deleteEmbeddedObjectRequest(job: Job, { objectId = 0 }: { objectId?: number }): void {
  const row = embeddedWith(job, objectId);
  removeObject(job.world, row);
  closeSheetOf(job, row);
}

/** A sheet that is there for a chart goes with it. */
function closeSheetOf(job: Job, { sheetId }: ObjectRow): void {
  const sheet = job.world.get(sheets, `${job.spreadsheetId}/${sheetId}`);
  if (sheet?.properties.sheetType !== 'OBJECT') return;
  dropSheet(job.world, sheet);
  orderTabs(job.world, sheetsOf(job.world, job.spreadsheetId));
}

function embeddedWith(job: Job, id: number): ObjectRow<'chart' | 'slicer'> {
  const found =
    objectWith(job.world, job.spreadsheetId, 'chart', id) ??
    objectWith(job.world, job.spreadsheetId, 'slicer', id);
  if (!found) throw refuse(job, `No embedded object with id: ${id}`);
  return found;
}

function newId(job: Job, given: number | undefined): number {
  if (given === undefined) return freeObjectId(job.world, job.spreadsheetId, EMBEDDED);
  if (EMBEDDED.some((kind) => objectWith(job.world, job.spreadsheetId, kind, given)))
    throw refuse(job, `An embedded object with ID ${given} already exists.`);
  return given;
}
