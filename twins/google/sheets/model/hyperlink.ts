/** Where a cell leads as a whole. https://developers.google.com/workspace/sheets/api/reference/rest/v4/spreadsheets/cells */
import type { CellRow } from '../world.ts';
import type { Calculator } from './calculator.ts';

/** Its formula's link, its own format's, or the one of a run over all its text; undefined for several or none. */
export function cellLink(cell: CellRow, calculator: Calculator): string | undefined {
  const called = calculator.link(cell);
  if (called) return called;
  const runs = (cell.textFormatRuns ?? []) as { startIndex?: number; format?: { link?: { uri?: string } } }[];
  const linked = runs.filter((run) => run.format?.link?.uri);
  if (linked.length > 0) return runs.length === 1 ? linked[0]?.format?.link?.uri : undefined;
  return (cell.userEnteredFormat?.textFormat?.link as { uri?: string } | undefined)?.uri;
}
