/** Folders with limited access. https://developers.google.com/workspace/drive/api/guides/limited-expansive-access */
import type { World } from '../../../../../src/world/world.ts';
import { googleError } from '../../../errors.ts';
import { type FileRow, MIME } from '../../world.ts';
import { atLeast, noPermission, roleOf, type Viewer } from '../access.ts';
import { withInherited } from '../inherit.ts';

/**
 * The folder as it is when what comes from above holds in it no more, or again. Throws `insufficientFilePermissions`
 * for who neither owns nor organizes it, `fieldNotWritable` for what is no folder.
 */
export function withLimit(world: World, viewer: Viewer, file: FileRow, disabled: boolean): FileRow {
  if (disabled === (file.inheritedPermissionsDisabled ?? false)) return file;
  if (file.mimeType !== MIME.folder) throw googleError('fieldNotWritable');
  if (!atLeast(roleOf(world, file, viewer.email), file.driveId ? 'organizer' : 'owner'))
    throw noPermission(file.id);
  const { inheritedPermissionsDisabled: _, ...open } = file;
  const next: FileRow = disabled ? { ...open, inheritedPermissionsDisabled: true } : open;
  return { ...next, permissions: withInherited(world, next) };
}
