import { describe, expect, it } from 'vitest';
import { book } from '../book.ts';
import { ARRAY_CASES } from './array.cases.ts';
import { agrees, type CaseTable, type Expected } from './cases.ts';
import { DATE_CASES } from './date.cases.ts';
import { ENGINEERING_CASES } from './engineering.cases.ts';
import { FINANCIAL_CASES } from './financial.cases.ts';
import { INFO_CASES } from './info.cases.ts';
import { LOOKUP_CASES } from './lookup.cases.ts';
import { MATH_CASES } from './math.cases.ts';
import { QUERY_CASES } from './query.cases.ts';
import { STATISTICAL_CASES } from './statistical.cases.ts';
import { TEXT_CASES } from './text.cases.ts';

/** Formulas stand in this column, right of all data. */
const COLUMN = 'L';

/** What the formulas of a table give: the rows from each one's own on, with the one below an array. */
async function computed(tables: readonly CaseTable[]): Promise<unknown[][][][]> {
  const { call, path, done } = await book();
  await done(...tables.map((_, i) => ({ addSheet: { properties: { title: `T${i}` } } })));
  const starts = tables.map(({ cases }) => {
    let row = 1;
    return cases.map(([, expected]) => {
      const at = row;
      row += Array.isArray(expected) ? expected.length + 1 : 1;
      return at;
    });
  });
  const data = tables.flatMap((table, i) => [
    ...(table.data ? [{ range: `T${i}!A1`, values: table.data }] : []),
    ...table.cases.map(([formula], k) => ({
      range: `T${i}!${COLUMN}${starts[i]?.[k]}`,
      values: [[formula]],
    })),
  ]);
  const written = await call(`POST ${path}/values:batchUpdate`, { valueInputOption: 'USER_ENTERED', data });
  expect(written.status).toBe(200);
  const ranges = tables.map((_, i) => `ranges=T${i}!${COLUMN}1:Z1000`).join('&');
  const { body, text } = await call(
    `GET ${path}/values:batchGet?valueRenderOption=UNFORMATTED_VALUE&${ranges}`,
  );
  if (!body.valueRanges) throw new Error(text);
  const read = body.valueRanges as unknown as { values?: unknown[][] }[];
  return tables.map(({ cases }, i) =>
    cases.map(([, expected], k) => {
      const from = (starts[i]?.[k] ?? 1) - 1;
      const height = heightOf(expected) + (Array.isArray(expected) ? 1 : 0);
      return Array.from({ length: height }, (_, row) => read[i]?.values?.[from + row] ?? []);
    }),
  );
}

const heightOf = (expected: Expected): number => (Array.isArray(expected) ? expected.length : 1);

const FAMILIES: Readonly<Record<string, readonly CaseTable[]>> = {
  mathematical: MATH_CASES,
  statistical: STATISTICAL_CASES,
  text: TEXT_CASES,
  date: DATE_CASES,
  lookup: LOOKUP_CASES,
  'array and filter': ARRAY_CASES,
  query: QUERY_CASES,
  financial: FINANCIAL_CASES,
  engineering: ENGINEERING_CASES,
  'info, logical and operator': INFO_CASES,
};

describe.each(Object.entries(FAMILIES))('%s functions', (_, tables) => {
  const results = computed(tables);

  it.each(
    tables.flatMap(({ source, cases }, i) =>
      cases.map(([formula, expected], k) => ({ formula, expected, source, i, k })),
    ),
  )('$formula ($source)', async ({ expected, i, k }) => {
    const got = (await results)[i]?.[k] ?? [];
    const rows = Array.isArray(expected) ? expected : [[expected]];
    const same = got.every((row, r) => {
      const wanted = rows[r] ?? [];
      return row.length <= wanted.length && wanted.every((cell, c) => agrees(row[c], cell));
    });
    if (!same) expect(got).toEqual(rows);
  });
});
