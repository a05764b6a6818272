/** The objects of sheets that are described at their making: each is added as a request would add it. */
import type {
  BandedRange,
  BasicFilter,
  ConditionalFormatRule,
  EmbeddedChart,
  FilterView,
  Slicer,
  Table,
} from '../world/objects.ts';
import { addBandingRequest } from './batch/banding.ts';
import { addConditionalFormatRuleRequest } from './batch/conditionalFormat.ts';
import { addChartRequest, addSlicerRequest } from './batch/embedded.ts';
import { addFilterViewRequest, setBasicFilterRequest } from './batch/filter.ts';
import type { Job } from './batch/job.ts';
import { addTableRequest } from './batch/table.ts';
import type { CellData } from './cellData.ts';
import { cellAt, putCell } from './grid.ts';
import { checkedObjects } from './object/cellObjects.ts';

/** The objects that a described sheet may have. */
export interface SheetObjects {
  conditionalFormats?: ConditionalFormatRule[];
  basicFilter?: BasicFilter;
  filterViews?: FilterView[];
  bandedRanges?: BandedRange[];
  tables?: Table[];
  charts?: EmbeddedChart[];
  slicers?: Slicer[];
}

interface Described extends SheetObjects {
  data?: { startRow?: number; startColumn?: number; rowData?: { values?: CellData[] }[] }[];
}

/** Adds them to the sheet, once all sheets and cells are there. Throws 400 as the requests do. */
export function addSheetObjects(
  jobFor: (asked: string) => Job,
  asked: string,
  sheetId: number,
  sheet: Described,
): void {
  const each = <T>(
    name: string,
    items: readonly T[] = [],
    add: (job: Job, item: T, index: number) => unknown,
  ) => {
    for (const [i, item] of items.entries()) add(jobFor(`${asked}.${name}[${i}]`), item, i);
  };
  each('tables', sheet.tables, (job, table) => addTableRequest(job, { table }));
  // A table's own bands come with the table.
  const bands = sheet.bandedRanges?.filter((one) => !('bandedRangeReference' in one));
  each('bandedRanges', bands, (job, bandedRange) => addBandingRequest(job, { bandedRange }));
  each('conditionalFormats', sheet.conditionalFormats, (job, rule, index) =>
    addConditionalFormatRuleRequest(job, { rule, index }),
  );
  if (sheet.basicFilter) setBasicFilterRequest(jobFor(`${asked}.basicFilter`), { filter: sheet.basicFilter });
  each('filterViews', sheet.filterViews, (job, filter) => addFilterViewRequest(job, { filter }));
  each('charts', sheet.charts, (job, chart) => addChartRequest(job, { chart }));
  each('slicers', sheet.slicers, (job, slicer) => addSlicerRequest(job, { slicer }));
  for (const { startRow = 0, startColumn = 0, rowData = [] } of sheet.data ?? [])
    for (const [i, { values = [] }] of rowData.entries())
      for (const [j, { dataValidation, pivotTable }] of values.entries())
        if (dataValidation || pivotTable) {
          const job = jobFor(`${asked}.data`);
          const cell = cellAt(job.world, job.spreadsheetId, sheetId, startRow + i, startColumn + j);
          const objects = {
            ...(dataValidation ? { dataValidation } : {}),
            ...(pivotTable ? { pivotTable } : {}),
          };
          putCell(job.world, checkedObjects(job, { ...cell, ...objects }, { all: true, parts: new Map() }));
        }
}
