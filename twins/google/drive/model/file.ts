/** The life of a file: made, renamed, moved, copied, its content changed. Its end is in `trash.ts`. */
import type { World } from '../../../../src/world/world.ts';
import { badRequest, googleError } from '../../errors.ts';
import { type FileRow, files, isNative, MIME, newFileId, timestamp } from '../world.ts';
import { atLeast, fileFor, roleOf, type Viewer, visibleFile } from './access.ts';
import { contentChanged } from './approval.ts';
import { checkCopy } from './capabilities.ts';
import { logChange } from './change.ts';
import { copyComments } from './comment.ts';
import { downloadedBytes, type Keeping, keepContent } from './content.ts';
import { noteEdit } from './editRevision.ts';
import {
  checkedTime,
  checkWritable,
  type FileInput,
  hintOf,
  isChange,
  isOnlyMine,
  withInput,
} from './fields.ts';
import { isUsable } from './generatedId.ts';
import { inheritedFrom, passDown } from './inherit.ts';
import { detectedType, plainType } from './mediaType.ts';
import { copyInside, createInside, dropInside, type Source } from './native.ts';
import { ownerPermission } from './permission.ts';
import { carryBelow, checkDepth, type Move, moved, onlyParent, type Place, placeFor } from './place.ts';
import { isLocked, requireUnlocked } from './restriction.ts';
import { withLimit } from './sharing/limitedAccess.ts';
import { requireStorage } from './storage.ts';
import { hintText, readText, staleText } from './text.ts';
import { trashed } from './trash.ts';

export type { FileInput } from './fields.ts';
export type { Move } from './place.ts';

/**
 * Makes a file, empty or with `source`. Throws `notFound` for a parent out of sight, `insufficientParentPermissions`
 * for one that may not be written to, `fileIdInUse`, `storageQuotaExceeded`, `fieldNotWritable`, `invalid`.
 */
export function createFile(
  world: World,
  viewer: Viewer,
  input: FileInput,
  source?: Source,
  keeping: Keeping = {},
): FileRow {
  checkWritable(input);
  const place = placeFor(world, viewer, onlyParent(input.parents));
  const name = input.name || 'Untitled';
  const mimeType = plainType(input.mimeType) ?? detectedType(name, source);
  if (mimeType === MIME.folder) checkDepth(place, 1);
  if (mimeType === MIME.shortcut && !input.shortcutDetails?.targetId)
    throw badRequest('A shortcut must have a target.', 'shortcutDetails.targetId');
  const row = blankFile(world, viewer, place, { ...input, name, mimeType });
  const described = withInput(world, viewer, row, { ...input, name, mimeType });
  if (!isNative(mimeType)) requireStorage(world, described, source?.bytes.length ?? 0);
  const file = world.insert(files, described);
  return withContent(world, viewer, file, input, source, keeping);
}

/** Changes fields, the place, or the bytes of a file. Throws as `createFile`; only the owner may trash. */
export function updateFile(
  world: World,
  viewer: Viewer,
  id: string,
  input: FileInput,
  move: Move = {},
  source?: Source,
  keeping: Keeping = {},
): FileRow {
  checkWritable(input);
  if (input.parents !== undefined)
    throw googleError('fieldNotWritable', {
      message:
        'The parents field is not directly writable in update requests. Use the addParents and removeParents ' +
        'parameters instead.',
    });
  if (input.id !== undefined && input.id !== id) throw googleError('fieldNotWritable');
  const moves = Boolean(move.addParents || move.removeParents);
  const mine = !source && !moves && isOnlyMine(input);
  const file = fileFor(world, viewer, id, mine ? 'reader' : 'writer');
  let next = withInput(world, viewer, file, input);
  if (moves) next = moved(world, viewer, next, move);
  if (input.inheritedPermissionsDisabled !== undefined)
    next = withLimit(world, viewer, next, input.inheritedPermissionsDisabled);
  if (source) next = newContent(world, viewer, next, source, keeping);
  if (input.trashed !== undefined && input.trashed !== file.explicitlyTrashed)
    next = trashed(world, viewer, next, input.trashed);
  const hint = hintOf(input);
  if (hint !== undefined) hintText(world, next, hint);
  const quiet = !source && !isChange(input);
  return saved(world, viewer, file, next, quiet || input.modifiedTime !== undefined);
}

/**
 * The editors' part of a file was changed: time, version, last hand and the words to find it by follow. Throws
 * `forbidden` for a file whose content is locked.
 */
export function touchFile(
  world: World,
  viewer: Viewer,
  file: FileRow,
  change: Partial<FileRow> = {},
): FileRow {
  if (isLocked(file)) throw googleError('forbidden');
  noteEdit(world, viewer, file);
  contentChanged(world, file);
  staleText(world, file);
  return saved(world, viewer, file, { ...file, ...change }, false);
}

/** A copy, beside the original where the viewer may write there, else in their own root. Throws `cannotCopyFile`. */
export function copyFile(
  world: World,
  viewer: Viewer,
  id: string,
  input: FileInput,
  keeping: Keeping = {},
): FileRow {
  const from = visibleFile(world, viewer, id);
  if (from.mimeType === MIME.folder) throw googleError('cannotCopyFile');
  checkCopy(world, viewer, from);
  const parent = input.parents?.[0] ?? writableParent(world, viewer, from);
  const mimeType = input.mimeType ?? from.mimeType;
  if (isNative(from.mimeType) && mimeType !== from.mimeType)
    throw badRequest('The requested conversion is not supported.', 'mimeType');
  const source = isNative(from.mimeType)
    ? undefined
    : { bytes: downloadedBytes(world, from), type: from.mimeType };
  const described: FileInput = {
    ...(from.description === undefined ? {} : { description: from.description }),
    ...(from.properties ? { properties: from.properties } : {}),
    ...(from.shortcutDetails ? { shortcutDetails: from.shortcutDetails } : {}),
    ...input,
    properties: { ...from.properties, ...input.properties },
    name: input.name || `Copy of ${from.name}`,
    mimeType,
    ...(parent ? { parents: [parent] } : { parents: undefined }),
  };
  const copy = createFile(world, viewer, described, source, keeping);
  if (keeping.comments) copyComments(world, from.id, copy.id);
  if (!isNative(from.mimeType)) return copy;
  dropInside(world, copy);
  copyInside(world, from, copy);
  return copy;
}

/** A new row: who has it, where, since when. Throws `fileIdInUse`, `invalid` for an id that was not given out. */
function blankFile(
  world: World,
  viewer: Viewer,
  place: Place,
  input: FileInput & { name: string; mimeType: string },
): FileRow {
  const { id = newFileId(world, input.mimeType) } = input;
  if (world.get(files, id)) throw googleError('fileIdInUse');
  if (input.id !== undefined) isUsable(world, id, input.mimeType, place.space ?? 'drive');
  const now = timestamp(world.now());
  const owner = place.driveId ? undefined : viewer.email;
  const modified = checkedTime(input.modifiedTime) ?? now;
  const own = owner ? [ownerPermission(world, owner)] : [];
  return {
    id,
    name: input.name,
    mimeType: input.mimeType,
    parents: [place.id],
    ...(place.driveId ? { driveId: place.driveId } : {}),
    ...(place.space ? { space: place.space } : {}),
    ...(owner ? { owner } : {}),
    permissions: place.space ? own : [...own, ...inheritedFrom(world, place.id, owner)],
    trashed: false,
    explicitlyTrashed: false,
    starredBy: [],
    createdTime: now,
    modifiedTime: modified,
    lastModifyingUser: viewer.email,
    modifiedBy: { [viewer.email]: modified },
    viewedBy: { [viewer.email]: now },
    version: 1,
    writersCanShare: true,
    copyRequiresWriterPermission: false,
    appId: viewer.app,
  };
}

/** A new file with what is in it, and the log told. */
function withContent(
  world: World,
  viewer: Viewer,
  file: FileRow,
  input: FileInput,
  source: Source | undefined,
  keeping: Keeping,
): FileRow {
  let row = file;
  if (isNative(file.mimeType)) {
    createInside(world, file, source);
    if (file.mimeType !== MIME.folder && file.mimeType !== MIME.shortcut) staleText(world, file);
  } else {
    const bytes = source?.bytes ?? new Uint8Array();
    row = world.update(files, file.id, {
      ...keepContent(world, viewer, file, bytes, keeping),
      originalFilename: input.originalFilename ?? file.name,
    });
    readText(world, row, bytes, keeping.indexable ?? false);
  }
  const hint = hintOf(input);
  if (hint !== undefined) hintText(world, row, hint);
  logChange(world, row, false);
  return row;
}

/** The file with new bytes, or a new inside. */
function newContent(world: World, viewer: Viewer, file: FileRow, source: Source, keeping: Keeping): FileRow {
  requireUnlocked(file);
  contentChanged(world, file);
  if (isNative(file.mimeType)) {
    dropInside(world, file);
    createInside(world, file, source);
    staleText(world, file);
    return file;
  }
  requireStorage(world, file, source.bytes.length - Number(file.size ?? 0));
  const next = { ...file, ...keepContent(world, viewer, file, source.bytes, keeping) };
  readText(world, next, source.bytes, keeping.indexable ?? false);
  return next;
}

function saved(world: World, viewer: Viewer, before: FileRow, next: FileRow, keepTime: boolean): FileRow {
  const now = timestamp(world.now());
  const stamped = keepTime
    ? next
    : { ...next, modifiedTime: now, modifiedBy: { ...next.modifiedBy, [viewer.email]: now } };
  const last = next === before || keepTime ? {} : { lastModifyingUser: viewer.email };
  const row = world.update(files, before.id, () => ({ ...stamped, ...last, version: before.version + 1 }));
  carryBelow(world, before, row);
  logChange(world, row, false, before);
  const given = row.parents[0] !== before.parents[0] || row.permissions !== before.permissions;
  if (row.mimeType === MIME.folder && given) passDown(world, row.id);
  return row;
}

function writableParent(world: World, viewer: Viewer, file: FileRow): string | undefined {
  const parent = file.parents[0];
  const folder = parent === undefined ? undefined : world.get(files, parent);
  if (folder) return atLeast(roleOf(world, folder, viewer.email), 'writer') ? folder.id : undefined;
  return file.driveId ?? (file.space ? 'appDataFolder' : undefined);
}
