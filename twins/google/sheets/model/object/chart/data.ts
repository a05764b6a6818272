/** The ranges that charts draw from. */
import type { ChartData } from '../../../world/objects.ts';
import { gridArea } from '../../area.ts';
import { type Job, refuse } from '../../batch/job.ts';

/**
 * Domain and series of a chart, or any data that goes together: ranges that exist, one line each, all in rows or all in
 * columns, as many for each.
 */
export function checkData(job: Job, together: readonly ChartData[]): void {
  const counts = new Set<number>();
  for (const data of together) {
    if (data.columnReference || data.aggregateType || data.groupRule)
      throw refuse(
        job,
        'columnReference, aggregateType and groupRule are only supported for data source charts.',
      );
    const sources = data.sourceRange?.sources ?? [];
    if (sources.length === 0) throw refuse(job, 'ChartSourceRange must have at least one source.');
    const areas = sources.map((source) => gridArea(job.world, job.spreadsheetId, source, job.asked));
    const rows = areas.every((area) => area.endRow - area.startRow === 1);
    const columns = areas.every((area) => area.endColumn - area.startColumn === 1);
    if (!rows && !columns)
      throw refuse(job, 'ChartSourceRange ranges require all rows or all columns to have length of 1');
    counts.add(sources.length);
  }
  if (counts.size > 1)
    throw refuse(job, 'The domain and all series must have the same number of source ranges.');
}

/** Data that a kind of chart cannot be without. */
export function needed(job: Job, data: ChartData | undefined, name: string): ChartData {
  if (!data) throw refuse(job, `${name} is required.`);
  return data;
}
