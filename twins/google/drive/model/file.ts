/** The life of a file: made, renamed, moved, copied, trashed, deleted. */
import type { World } from '../../../../src/world/world.ts';
import { badRequest, googleError } from '../../errors.ts';
import { FOLDER_DEPTH_MAX } from '../../limits.ts';
import { type FileRow, files, isNative, MIME, newFileId, timestamp } from '../world.ts';
import {
  atLeast,
  driveFor,
  fileFor,
  fileNotFound,
  noPermission,
  resolveAlias,
  roleOf,
  rootOf,
  type Viewer,
  visibleFile,
} from './access.ts';
import { logChange } from './change.ts';
import { dropComments } from './comment.ts';
import { copyContent, dropContent, keepContent } from './content.ts';
import { dropEditRevisions, noteEdit } from './editRevision.ts';
import { descendants, inheritedFrom, passDown, withInherited } from './inherit.ts';
import { copyInside, createInside, dropInside, type Source } from './native.ts';
import { ownerPermission } from './permission.ts';
import { dropProposals } from './sharing/proposal.ts';

/** What a program may say about a file. Unknown and read-only fields are passed over, as the vendor does. */
export interface FileInput {
  id?: string;
  name?: string;
  mimeType?: string;
  description?: string;
  parents?: string[];
  starred?: boolean;
  trashed?: boolean;
  createdTime?: string;
  modifiedTime?: string;
  properties?: Record<string, string | null>;
  appProperties?: Record<string, string | null>;
  folderColorRgb?: string;
  shortcutDetails?: { targetId?: string };
  writersCanShare?: boolean;
  copyRequiresWriterPermission?: boolean;
  originalFilename?: string;
}

/**
 * Makes a file, empty or with `source`. Throws `notFound` for a parent out of sight, `insufficientFilePermissions`
 * for one that may not be written to, `fileIdInUse`, `invalid`.
 */
export function createFile(world: World, viewer: Viewer, input: FileInput, source?: Source): FileRow {
  const mimeType = input.mimeType ?? source?.type ?? 'application/octet-stream';
  if (input.parents && input.parents.length > 1)
    throw badRequest('A file cannot be in more than one folder.', 'parents');
  const place = placeFor(world, viewer, input.parents?.[0]);
  const id = input.id ?? newFileId(world, mimeType);
  if (world.get(files, id)) throw googleError('fileIdInUse');
  const now = timestamp(world.now());
  const owner = place.driveId ? undefined : viewer.email;
  const row: FileRow = {
    id,
    name: input.name || 'Untitled',
    mimeType,
    parents: [place.id],
    ...(place.driveId ? { driveId: place.driveId } : {}),
    ...(owner ? { owner } : {}),
    permissions: [
      ...(owner ? [ownerPermission(world, owner)] : []),
      ...inheritedFrom(world, place.id, owner),
    ],
    trashed: false,
    explicitlyTrashed: false,
    starredBy: [],
    createdTime: checkedTime(input.createdTime) ?? now,
    modifiedTime: checkedTime(input.modifiedTime) ?? now,
    lastModifyingUser: viewer.email,
    version: 1,
    writersCanShare: true,
    copyRequiresWriterPermission: false,
    appId: viewer.app,
  };
  const described = withInput(world, viewer, row, { ...input, mimeType });
  const content = isNative(mimeType)
    ? {}
    : {
        ...keepContent(world, viewer, described, source?.bytes ?? new Uint8Array()),
        originalFilename: input.originalFilename ?? described.name,
      };
  const file = world.insert(files, { ...described, ...content });
  if (isNative(mimeType)) createInside(world, file, source);
  logChange(world, file, false);
  return file;
}

/** What `files.update` may be told besides the fields. */
export interface Move {
  addParents?: string;
  removeParents?: string;
}

/** Changes fields, the place, or the bytes of a file. Throws as `createFile`; only the owner may trash. */
export function updateFile(
  world: World,
  viewer: Viewer,
  id: string,
  input: FileInput,
  move: Move = {},
  source?: Source,
): FileRow {
  const file = fileFor(world, viewer, id, onlyMine(input, move, source) ? 'reader' : 'writer');
  if (input.parents !== undefined)
    throw googleError('forbidden', {
      message:
        'The parents field is not directly writable in update requests. Use the addParents and removeParents ' +
        'parameters instead.',
    });
  let next = withInput(world, viewer, file, input);
  if (move.addParents || move.removeParents) next = moved(world, viewer, next, move);
  if (source && isNative(file.mimeType)) {
    dropInside(world, file);
    createInside(world, file, source);
  } else if (source) next = { ...next, ...keepContent(world, viewer, next, source.bytes) };
  if (input.trashed !== undefined && input.trashed !== file.trashed)
    next = trashed(world, viewer, next, input.trashed);
  return saved(world, viewer, file, next, { keepTime: onlyMine(input, move, source) });
}

/** The editors' part of a file was changed: time, version and last hand follow. */
export function touchFile(
  world: World,
  viewer: Viewer,
  file: FileRow,
  change: Partial<FileRow> = {},
): FileRow {
  noteEdit(world, viewer, file);
  return saved(world, viewer, file, { ...file, ...change }, { keepTime: false });
}

/** A copy, beside the original where the viewer may write there, else in their own root. */
export function copyFile(world: World, viewer: Viewer, id: string, input: FileInput): FileRow {
  const from = visibleFile(world, viewer, id);
  if (from.mimeType === MIME.folder)
    throw googleError('forbidden', { message: 'This file cannot be copied by the user.' });
  const parent = input.parents?.[0] ?? writableParent(world, viewer, from);
  const copy = createFile(world, viewer, {
    description: from.description,
    properties: from.properties,
    ...input,
    name: input.name || `Copy of ${from.name}`,
    mimeType: from.mimeType,
    parents: parent ? [parent] : undefined,
  });
  if (!isNative(from.mimeType)) return world.update(files, copy.id, copyContent(world, viewer, from, copy));
  dropInside(world, copy);
  copyInside(world, from, copy);
  return copy;
}

/** Gone for good, with all that is below it. Only the owner (or an organizer of the shared drive) may. */
export function deleteFile(world: World, viewer: Viewer, id: string): void {
  const file = visibleFile(world, viewer, id);
  if (!atLeast(roleOf(world, file, viewer.email), file.driveId ? 'organizer' : 'owner'))
    throw noPermission(id);
  const below = file.mimeType === MIME.folder ? descendants(world, file.id) : [];
  for (const one of [...below.reverse(), file]) removeOne(world, one);
}

/** Deletes what the viewer has put in the trash. */
export function emptyTrash(world: World, viewer: Viewer): void {
  const mine = world.list(files, { index: 'trashedOf', equals: viewer.email.toLowerCase() }).toArray();
  for (const file of mine) if (world.get(files, file.id)) deleteFile(world, viewer, file.id);
}

function removeOne(world: World, file: FileRow): void {
  dropInside(world, file);
  dropContent(world, file.id);
  dropComments(world, file.id);
  dropProposals(world, file.id);
  dropEditRevisions(world, file.id);
  world.remove(files, file.id);
  logChange(world, file, true);
}

function withInput(world: World, viewer: Viewer, file: FileRow, input: FileInput): FileRow {
  const next: FileRow = { ...file };
  if (input.name !== undefined) next.name = input.name || file.name;
  if (input.description !== undefined) next.description = input.description;
  if (input.mimeType !== undefined && !isNative(file.mimeType)) next.mimeType = input.mimeType;
  if (input.createdTime !== undefined) next.createdTime = checkedTime(input.createdTime) ?? file.createdTime;
  if (input.starred !== undefined)
    next.starredBy = [
      ...file.starredBy.filter((one) => one !== viewer.email),
      ...(input.starred ? [viewer.email] : []),
    ];
  if (input.properties) next.properties = mergedMap(file.properties, input.properties);
  if (input.appProperties) {
    const mine = mergedMap(file.appProperties?.[viewer.app], input.appProperties);
    next.appProperties = { ...file.appProperties, [viewer.app]: mine };
  }
  if (input.folderColorRgb !== undefined && file.mimeType === MIME.folder)
    next.folderColorRgb = input.folderColorRgb;
  if (input.writersCanShare !== undefined) next.writersCanShare = input.writersCanShare;
  if (input.copyRequiresWriterPermission !== undefined)
    next.copyRequiresWriterPermission = input.copyRequiresWriterPermission;
  if (input.originalFilename !== undefined && !isNative(file.mimeType))
    next.originalFilename = input.originalFilename;
  if (input.shortcutDetails?.targetId !== undefined && file.mimeType === MIME.shortcut) {
    const target = visibleFile(world, viewer, input.shortcutDetails.targetId);
    next.shortcutDetails = { targetId: target.id, targetMimeType: target.mimeType };
  }
  return next;
}

function saved(
  world: World,
  viewer: Viewer,
  before: FileRow,
  next: FileRow,
  options: { keepTime: boolean },
): FileRow {
  const stamped = options.keepTime
    ? next
    : { ...next, modifiedTime: timestamp(world.now()), lastModifyingUser: viewer.email };
  const row = world.update(files, before.id, () => ({ ...stamped, version: before.version + 1 }));
  logChange(world, row, false, before);
  const down = row.mimeType === MIME.folder && row.parents[0] !== before.parents[0];
  if (down) passDown(world, row.id);
  return row;
}

function moved(world: World, viewer: Viewer, file: FileRow, move: Move): FileRow {
  const removed = (move.removeParents ?? '').split(',').filter(Boolean);
  const gone = removed.map((one) => resolveAlias(world, viewer, one));
  if (!move.addParents) {
    if (gone.includes(file.parents[0] ?? ''))
      throw badRequest('A file must have a parent: add one in the same request.', 'removeParents');
    return file;
  }
  const place = placeFor(world, viewer, move.addParents.split(',')[0]);
  if (place.id === file.id || place.above.includes(file.id))
    throw googleError('forbidden', { message: 'A folder cannot be moved into itself or a folder below it.' });
  const next: FileRow = {
    ...file,
    parents: [place.id],
    ...(place.driveId ? { driveId: place.driveId } : {}),
  };
  return { ...next, permissions: withInherited(world, next) };
}

function trashed(world: World, viewer: Viewer, file: FileRow, trash: boolean): FileRow {
  const least = file.driveId ? 'fileOrganizer' : 'owner';
  if (!atLeast(roleOf(world, file, viewer.email), least)) throw noPermission(file.id);
  const time = timestamp(world.now());
  const marked = (one: FileRow, explicitly: boolean): FileRow => {
    const { trashedTime: _time, trashingUser: _user, ...rest } = one;
    const base = { ...rest, trashed: trash, explicitlyTrashed: trash && explicitly };
    return trash ? { ...base, trashedTime: time, trashingUser: viewer.email } : base;
  };
  if (file.mimeType === MIME.folder)
    for (const one of descendants(world, file.id)) {
      if (one.explicitlyTrashed) continue;
      logChange(world, world.update(files, one.id, marked(one, false)), false);
    }
  return marked(file, true);
}

interface Place {
  id: string;
  driveId?: string;
  /** The folders above it, nearest first. */
  above: string[];
}

/** Where a new or moved item goes: the viewer's root, a folder they may write to, a shared drive. */
function placeFor(world: World, viewer: Viewer, parent: string | undefined): Place {
  const root = rootOf(world, viewer.email);
  const id = parent === undefined ? root : resolveAlias(world, viewer, parent);
  if (id === root) return { id, above: [] };
  const folder = world.get(files, id);
  if (!folder) {
    if (!id.startsWith('0A')) throw fileNotFound(id);
    driveFor(world, { ...viewer, appOnly: false }, id, 'writer');
    return { id, driveId: id, above: [] };
  }
  const writable = fileFor(world, { ...viewer, appOnly: false }, id, 'writer');
  if (writable.mimeType !== MIME.folder)
    throw googleError('forbidden', { message: 'The specified parent is not a folder.' });
  const above: string[] = [];
  for (let at: FileRow | undefined = folder; at; at = world.get(files, at.parents[0] ?? '')) {
    if (above.length > FOLDER_DEPTH_MAX)
      throw googleError('forbidden', { message: 'The limit of folder depth is reached.' });
    above.push(at.id);
  }
  return { id, ...(folder.driveId ? { driveId: folder.driveId } : {}), above };
}

function writableParent(world: World, viewer: Viewer, file: FileRow): string | undefined {
  const parent = file.parents[0];
  const folder = parent === undefined ? undefined : world.get(files, parent);
  if (folder) return atLeast(roleOf(world, folder, viewer.email), 'writer') ? folder.id : undefined;
  return file.driveId;
}

/** Starring and app-private properties are the viewer's own and take no right to write. */
function onlyMine(input: FileInput, move: Move, source: Source | undefined): boolean {
  const asked = Object.keys(input);
  return !source && !move.addParents && !move.removeParents && asked.every((key) => key === 'starred');
}

function mergedMap(
  before: Record<string, string> | undefined,
  change: Record<string, string | null>,
): Record<string, string> {
  const merged: Record<string, string> = { ...before };
  for (const [key, value] of Object.entries(change)) {
    if (value === null) delete merged[key];
    else merged[key] = String(value);
  }
  return merged;
}

function checkedTime(time: string | undefined): string | undefined {
  if (time === undefined) return undefined;
  const ms = Date.parse(time);
  if (Number.isNaN(ms)) throw badRequest('Invalid value for a date-time field.', 'modifiedTime');
  return timestamp(ms);
}
