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
];
