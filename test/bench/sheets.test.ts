/** The bench of a large sheet, at its smallest: so that it cannot rot, as far as a busy machine lets one see. */
import { expect, it } from 'vitest';
import { median } from './measure.ts';
import { SHAPES, sheet } from './sheets.ts';

it('an edit and what follows from it cost little in a sheet of a thousand rows, whatever its formulas read', async () => {
  for (const shape of Object.values(SHAPES)) {
    const under = await sheet(shape, 1_000);
    expect(under.shown()).not.toBe('');
    const times: number[] = [];
    for (let nth = 0; nth < 10; nth++) times.push(await under.edit(nth));
    expect(under.shown()).not.toMatch(/^#/);
    expect(median(times)).toBeLessThan(50);
  }
}, 60_000);
