/** Files as people name them in front of their own screen. */
import { ApiError } from '../../../src/error.ts';
import type { World } from '../../../src/world/world.ts';
import { projectOf } from '../identity/world.ts';
import { canSee, type Viewer } from './model/access.ts';
import { type FileRow, files } from './world.ts';

/** The file of that name or id that the person sees. Throws 422 where there is none, or several. */
export function fileNamed(world: World, viewer: Viewer, name: string, mimeType?: string): FileRow {
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

/** A person at Google's own screens, which reach all that is theirs. */
export const viewerFor = (world: World, email: string): Viewer => ({
  email,
  app: projectOf(world).clientId,
  appOnly: false,
});
