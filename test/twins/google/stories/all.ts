/** Every story of the domain, area by area. */

import { CHANGES } from './changes.ts';
import { COMMENTS } from './comments.ts';
import { DRIVES } from './drives.ts';
import { FILES_STORIES } from './files.ts';
import { FILES_V2 } from './filesV2.ts';
import { SHARING } from './sharing.ts';
import { SHEET_OBJECTS } from './sheetObjects.ts';
import { SHEETS } from './sheets.ts';
import type { Story } from './teller.ts';
import { VALUES } from './values.ts';

export const STORIES: readonly Story[] = [
  ...SHEETS,
  ...SHEET_OBJECTS,
  ...VALUES,
  ...IDENTITY,
  ...DOCS,
  ...FILES_STORIES,
  ...CHANGES,
  ...COMMENTS,
  ...DRIVES,
  ...SHARING,
  ...FILES_V2,
];

import { DOCS } from './docs.ts';
import { IDENTITY } from './identity.ts';
