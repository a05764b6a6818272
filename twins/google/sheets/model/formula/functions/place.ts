/** What hangs on where a formula stands and when it is computed. */
import { serialNow } from '../../serial.ts';
import { CellError } from '../value.ts';
import { type Family, plain, refusal, within } from './definition.ts';

/** The clock, sizes of ranges, cells of them. */
export const PLACE: Family = {
  NOW: within('', ({ world, timeZone }) => serialNow(world.now(), timeZone), {
    format: { type: 'DATE_TIME' },
  }),
  TODAY: within('', ({ world, timeZone }) => Math.floor(serialNow(world.now(), timeZone)), {
    format: { type: 'DATE' },
  }),
  ROWS: plain('range', (range) => range.length),
  COLUMNS: plain('range', (range) => range[0]?.length ?? 0),
  INDEX: plain('range, whole>=0?, whole>=0?', (range, row = 0, column = 0) => {
    const found = range[(row || 1) - 1]?.[(column || 1) - 1];
    if (found === undefined) throw refusal('NUM', 'Function {name} parameter is out of range.');
    if (found instanceof CellError) throw found;
    return found;
  }),
  // The address goes with the cell, its label is what it shows.
  HYPERLINK: plain('any, any?', (address, label = address) => label),
};
