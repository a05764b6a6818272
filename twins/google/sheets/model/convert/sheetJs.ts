/** The library that reads and writes workbook files. */
import { createRequire } from 'node:module';
import type * as SheetJs from '@e965/xlsx';

const require = createRequire(import.meta.url);

/** Loaded at the first conversion: most universes have none. */
export const sheetJs = (): typeof SheetJs => require('@e965/xlsx') as typeof SheetJs;
