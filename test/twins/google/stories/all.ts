/** Every story of the domain, area by area. */
import { FILES_STORIES } from './files.ts';
import { SHEETS } from './sheets.ts';
import type { Story } from './teller.ts';
import { VALUES } from './values.ts';

export const STORIES: readonly Story[] = [...SHEETS, ...VALUES, ...IDENTITY, ...DOCS, ...FILES_STORIES];

import { DOCS } from './docs.ts';
import { IDENTITY } from './identity.ts';
