/**
 * What a person does in Google's own screens: share a file, type into a cell or a document, rename, trash,
 * let an app in.
 */
import { ApiError } from '../../src/error.ts';
import type { Gesture } from '../../src/twin.ts';
import type { World } from '../../src/world/world.ts';
import { batchUpdate } from './docs/model/batch/batch.ts';
import { canSee, fileFor, type Viewer } from './drive/model/access.ts';
import { updateFile } from './drive/model/file.ts';
import { addPermission } from './drive/model/sharing/give.ts';
import { type FileRow, files, MIME } from './drive/world.ts';
import { gesture, shape } from './gesture.ts';
import { identityGestures } from './identity/gestures.ts';
import { projectOf } from './identity/world.ts';
import { writeTitle } from './sheets/model/a1.ts';
import { areaOf } from './sheets/model/area.ts';
import { writeValues } from './sheets/model/values.ts';

const text = { type: 'string', minLength: 1, maxLength: 1_000 } as const;

export const gestures: Readonly<Record<string, Gesture>> = {
  share: gesture<{ file: string; with: string; role: string }>(
    'Gives somebody access to a file (its name or id).',
    shape(
      {
        file: text,
        with: { type: 'string', format: 'email' },
        role: { enum: ['reader', 'commenter', 'writer'] },
      },
      ['file', 'with', 'role'],
    ),
    (world, as, input) => {
      const viewer = viewerFor(world, as);
      const given = { type: 'user', role: input.role, emailAddress: input.with };
      addPermission(world, viewer, fileNamed(world, viewer, input.file).id, given);
    },
  ),
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
  typeText: gesture<{ file: string; text: string }>(
    'Types text at the end of a document.',
    shape({ file: text, text: { type: 'string', minLength: 1, maxLength: 100_000 } }, ['file', 'text']),
    (world, as, input) => {
      const viewer = viewerFor(world, as);
      const { id } = fileNamed(world, viewer, input.file, MIME.document);
      batchUpdate(world, viewer, id, [{ insertText: { text: input.text, endOfSegmentLocation: {} } }], {});
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
  ...identityGestures,
};

const viewerFor = (world: World, email: string): Viewer => ({
  email,
  app: projectOf(world).clientId,
  appOnly: false,
});

/** The file of that name or id that the person sees. Throws 422 where there is none, or several. */
function fileNamed(world: World, viewer: Viewer, name: string, mimeType?: string): FileRow {
  const byId = world.get(files, name);
  const found = (
    byId ? [byId] : world.list(files, { index: 'name', equals: name.toLowerCase() }).toArray(100)
  )
    .filter((file) => canSee(world, viewer, file) && !file.trashed)
    .filter((file) => mimeType === undefined || file.mimeType === mimeType);
  const [file] = found;
  if (!file || found.length > 1)
    throw new ApiError({
      name: 'no-such-file',
      status: 422,
      message: file
        ? `${viewer.email} sees ${found.length} files named ${name}: say its id`
        : `${viewer.email} sees no file named ${name}`,
    });
  return file;
}
