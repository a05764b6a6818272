/**
 * What a person does in Google's own screens: share a file, type into a cell or a document, rename, trash,
 * let an app in.
 */
import type { Gesture } from '../../src/twin.ts';
import { documentGestures } from './docs/gestures.ts';
import { fileNamed, viewerFor } from './drive/fileNamed.ts';
import { driveGestures } from './drive/gestures.ts';
import { updateFile } from './drive/model/file.ts';
import { gesture, shape } from './gesture.ts';
import { identityGestures } from './identity/gestures.ts';
import { sheetGestures } from './sheets/gestures.ts';

const text = { type: 'string', minLength: 1, maxLength: 1_000 } as const;

export const gestures: Readonly<Record<string, Gesture>> = {
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
  ...sheetGestures,
  ...identityGestures,
};
