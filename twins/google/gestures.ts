/**
 * What a person does in Google's own screens: share a file, type into a cell or a document, rename, trash,
 * let an app in.
 */
import type { Gesture } from '../../src/twin.ts';
import { documentGestures } from './docs/gestures.ts';
import { fileNamed, viewerFor } from './drive/fileNamed.ts';
import { driveGestures } from './drive/gestures.ts';
import { fileFor } from './drive/model/access.ts';
import { updateFile } from './drive/model/file.ts';
import { MIME } from './drive/world.ts';
import { gesture, shape } from './gesture.ts';
import { identityGestures } from './identity/gestures.ts';
import { writeTitle } from './sheets/model/a1.ts';
import { areaOf } from './sheets/model/area.ts';
import { writeValues } from './sheets/model/values.ts';

const text = { type: 'string', minLength: 1, maxLength: 1_000 } as const;

export const gestures: Readonly<Record<string, Gesture>> = {
  editCell: gesture<{ file: string; sheet?: string; cell: string; value: string | number | boolean | null }>(
    'Types into a cell (A1) of a spreadsheet; null or "" empties it.',
    shape({ file: text, sheet: text, cell: text, value: { type: ['string', 'number', 'boolean', 'null'] } }, [
      'file',
      'cell',
      'value',
    ]),
    (world, as, input) => {
      const viewer = viewerFor(world, as);
      const file = fileFor(
        world,
        viewer,
        fileNamed(world, viewer, input.file, MIME.spreadsheet).id,
        'writer',
      );
      const place = input.sheet === undefined ? input.cell : `${writeTitle(input.sheet)}!${input.cell}`;
      const writing = { values: [[input.value ?? '']], dimension: 'ROWS' as const, typed: true };
      return writeValues(world, viewer, file, areaOf(world, file.id, place), writing);
    },
  ),
  rename: gesture<{ file: string; name: string }>(
    'Renames a file.',
    shape({ file: text, name: text }, ['file', 'name']),
    (world, as, input) => {
      const viewer = viewerFor(world, as);
      updateFile(world, viewer, fileNamed(world, viewer, input.file).id, { name: input.name });
    },
  ),
  trash: gesture<{ file: string }>(
    'Moves a file to the trash.',
    shape({ file: text }, ['file']),
    (world, as, input) => {
      const viewer = viewerFor(world, as);
      updateFile(world, viewer, fileNamed(world, viewer, input.file).id, { trashed: true });
    },
  ),
  ...documentGestures,
  ...driveGestures,
  ...identityGestures,
};
