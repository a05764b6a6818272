/** Permissions that come down from folders: given to all that is below when they are given to a folder. */
import type { World } from '../../../../src/world/world.ts';
import { type FileRow, files, MIME, type Permission, sharedDrives } from '../world.ts';
import { logChange } from './change.ts';

/** What an item in `parentId` has from there: the folder's own and inherited ones; its owner as a writer. */
export function inheritedFrom(world: World, parentId: string | undefined, owner?: string): Permission[] {
  if (parentId === undefined) return [];
  const drive = world.get(sharedDrives, parentId);
  const from = drive?.permissions ?? world.get(files, parentId)?.permissions ?? [];
  return from
    .filter((one) => one.view === undefined && (one.emailAddress === undefined || one.emailAddress !== owner))
    .map(({ pendingOwner: _, ...one }) => ({
      ...one,
      role: one.role === 'owner' ? 'writer' : one.role,
      inheritedFrom: one.inheritedFrom ?? parentId,
    }));
}

/**
 * A file's own permissions, and with them what the place gives now. What somebody has of their own stands beside what
 * they inherit, since it may be more. Into a folder with limited access come only owners and organizers; the others
 * see its name.
 */
export function withInherited(world: World, file: FileRow): Permission[] {
  const own = file.permissions.filter((one) => one.inheritedFrom === undefined);
  const given = inheritedFrom(world, file.parents[0], file.owner);
  if (!file.inheritedPermissionsDisabled) return [...own, ...given];
  const kept = given.filter((one) => one.role === 'organizer' || isOwnerAbove(world, file, one));
  const others = given.filter((one) => !kept.includes(one));
  return [
    ...own,
    ...kept,
    ...others.map((one): Permission => ({ ...one, role: 'reader', view: 'metadata' })),
  ];
}

const isOwnerAbove = (world: World, file: FileRow, one: Permission): boolean =>
  one.type === 'user' && world.get(files, file.parents[0] ?? '')?.owner === one.emailAddress;

/** Writes the inherited permissions of all that is below `folderId` anew, level by level. */
export function passDown(world: World, folderId: string): void {
  const queue = [folderId];
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    for (const child of world.list(files, { index: 'parent', equals: id }).toArray()) {
      inherit(world, child);
      if (child.mimeType === MIME.folder) queue.push(child.id);
    }
  }
}

/** Writes an item's inherited permissions anew; says whether that changed anything. */
export function inherit(world: World, child: FileRow): boolean {
  const permissions = withInherited(world, child);
  if (JSON.stringify(permissions) === JSON.stringify(child.permissions)) return false;
  const next = world.update(files, child.id, { permissions });
  logChange(world, next, false, child);
  return true;
}

/** Everything below a folder, nearest first. */
export function descendants(world: World, folderId: string): FileRow[] {
  const found: FileRow[] = [];
  const queue = [folderId];
  for (let id = queue.shift(); id !== undefined; id = queue.shift())
    for (const child of world.list(files, { index: 'parent', equals: id }).toArray()) {
      found.push(child);
      if (child.mimeType === MIME.folder) queue.push(child.id);
    }
  return found;
}
