/** `QUERY`. https://support.google.com/docs/answer/3093343 */
import { serialNow } from '../../serial.ts';
import { keepFormats } from '../formats.ts';
import { runQuery } from '../query/query.ts';
import { type Family, within } from './definition.ts';

/** A query over a range or an array. */
export const QUERY: Family = {
  QUERY: within(
    'range, text?, whole?',
    (context, data, text = '', headers = -1) => {
      const now = serialNow(context.world.now(), context.timeZone);
      const { cells, headerRows, formats } = runQuery(data, text, headers, context.source?.(0), now);
      keepFormats(
        cells,
        cells.map((_, row) => (row < headerRows ? [] : formats)),
      );
      return cells;
    },
    { arrays: true, sources: true },
  ),
};
