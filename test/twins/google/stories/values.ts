import { expect } from 'vitest';
import type { Story } from './teller.ts';

export const VALUES: readonly Story[] = [
  {
    says: 'a range is written, read and cleared',
    async tell({ domain, get, send }) {
      const values = `/v4/spreadsheets/${await domain.fileId('Budget')}/values`;
      await send('PUT', `${values}/Costs!A5:B5?valueInputOption=RAW`, { values: [['Linear', 7]] });
      expect((await get(`${values}/Costs!A5:B5`)).values).toEqual([['Linear', '7']]);
      await send('POST', `${values}/Costs!A5:B5:clear`, {});
      expect((await get(`${values}/Costs!A5:B5`)).values).toBeUndefined();
    },
  },
  {
    says: 'rows are appended to the table that is there',
    async tell({ domain, get, send }) {
      const values = `/v4/spreadsheets/${await domain.fileId('Budget')}/values`;
      const query = 'valueInputOption=USER_ENTERED&insertDataOption=INSERT_ROWS&includeValuesInResponse=true';
      const { updates, tableRange } = await send('POST', `${values}/Costs!A1:append?${query}`, {
        values: [['Linear', '7', '$8.50']],
      });
      expect(tableRange).toBe('Costs!A1:C3');
      expect(updates.updatedData.values).toEqual([['Linear', '7', '$8.50']]);
      expect((await get(`${values}/Costs!C4?valueRenderOption=UNFORMATTED_VALUE`)).values).toEqual([[8.5]]);
    },
  },
  {
    says: 'several ranges are written, read and cleared at once',
    async tell({ domain, get, send }) {
      const values = `/v4/spreadsheets/${await domain.fileId('Budget')}/values`;
      const written = await send('POST', `${values}:batchUpdate`, {
        valueInputOption: 'USER_ENTERED',
        data: [
          { range: 'Costs!E1:E2', majorDimension: 'COLUMNS', values: [['=B2*2', true]] },
          { range: 'Costs!G1', values: [['x', null, '']] },
        ],
      });
      expect(written).toMatchObject({ totalUpdatedRows: 2, totalUpdatedCells: 4, totalUpdatedSheets: 1 });
      const got = await get(
        `${values}:batchGet?ranges=Costs!E1:E2&ranges=Costs!G1:I1&majorDimension=COLUMNS`,
      );
      expect(got.valueRanges).toMatchObject([{ values: [['24', 'TRUE']] }, { values: [['x']] }]);
      const cleared = await send('POST', `${values}:batchClear`, { ranges: ['Costs!E:E', 'Costs!G1:I1'] });
      expect(cleared.clearedRanges).toEqual(['Costs!E1:E1000', 'Costs!G1:I1']);
    },
  },
];
