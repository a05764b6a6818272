/** From a world file's paths to folders, documents, spreadsheets and files, shared as it says. */

import { BASE64URL } from '../../../src/ids.ts';
import type { GoogleFilePart, WorldFile } from '../../../src/world/file.ts';
import type { World } from '../../../src/world/world.ts';
import { createDocument } from '../docs/model/document.ts';
import { administratorOf } from '../identity/world.ts';
import { plantSpreadsheet } from '../sheets/model/spreadsheet.ts';
import type { Viewer } from './model/access.ts';
import { createFile } from './model/file.ts';
import { inherit } from './model/inherit.ts';
import { dropInside } from './model/native.ts';
import { madePermission } from './model/permission.ts';
import { staleText } from './model/text.ts';
import { plantMany } from './plantMany.ts';
import { labelDefinitions } from './world/label.ts';
import { storageLimits } from './world/storage.ts';
import { type FileRow, files, MIME } from './world.ts';

const TYPES: Readonly<Record<GoogleFilePart['type'], string | undefined>> = {
  folder: MIME.folder,
  document: MIME.document,
  spreadsheet: MIME.spreadsheet,
  file: undefined,
};

/**
 * Makes each entry for its owner (the administrator unless said). Folders that a path names and no entry makes are
 * made on the way. A file is its owner's alone unless it or a folder above is shared.
 */
export function plantDrive(world: World, file: WorldFile, app: string): void {
  const administrator = administratorOf(world).primaryEmail;
  const made = new Map<string, FileRow>();
  const entries = file.google?.drive ?? [];
  const owners = new Map<string, string | undefined>();
  for (const { path, owner } of entries) if (!owners.has(path)) owners.set(path, owner);
  const unsettled = new Unsettled();
  plantSettings(world, file);
  for (const entry of entries) {
    const owner = entry.owner ?? administrator;
    const viewer: Viewer = { email: owner, app, appOnly: false };
    const names = entry.path.split('/').filter(Boolean);
    const name = names.pop() ?? 'Untitled';
    const parent = folderAt(world, viewer, made, names, owners, unsettled);
    const row = made.get(entry.path) ?? plantFile(world, viewer, entry, name, parent);
    made.set([...names, name].join('/'), share(world, viewer, row, entry, unsettled));
  }
  plantMany(world, file.google?.files?.count ?? 0, app);
}

/** What people may keep, and the labels that are published. */
function plantSettings(world: World, { google }: WorldFile): void {
  if (google?.storage) world.insert(storageLimits, { id: 'limit', bytes: google.storage.limit });
  const id = (...parts: string[]) => world.drawFor('google.label', ...parts).chars(BASE64URL, 24);
  for (const { title, id: labelId = id(title), fields = [] } of google?.labels ?? [])
    world.insert(labelDefinitions, {
      id: labelId,
      title,
      revisionId: id(title, 'revision'),
      fields: fields.map((field) => ({
        id: field.id ?? id(title, field.name).slice(0, 10),
        name: field.name,
        type: field.type === 'date' ? ('dateString' as const) : field.type,
        many: field.list ?? false,
        ...(field.choices
          ? {
              choices: field.choices.map((one) => ({
                id: one.id ?? id(title, field.name, one.name).slice(0, 10),
                name: one.name,
              })),
            }
          : {}),
      })),
    });
}

/** The folder at a path, made with its entry's owner if it has one, else with the file's. */
function folderAt(
  world: World,
  viewer: Viewer,
  made: Map<string, FileRow>,
  names: readonly string[],
  owners: ReadonlyMap<string, string | undefined>,
  unsettled: Unsettled,
): FileRow | undefined {
  let parent: FileRow | undefined;
  for (let depth = 1; depth <= names.length; depth++) {
    const path = names.slice(0, depth).join('/');
    const known = made.get(path);
    const email = owners.get(path) ?? viewer.email;
    parent = known ?? plantedFolder(world, { ...viewer, email }, names[depth - 1] as string, parent);
    if (!known) unsettled.add(world, parent);
    made.set(path, parent);
  }
  return parent;
}

function plantedFolder(world: World, viewer: Viewer, name: string, parent: FileRow | undefined): FileRow {
  return placed(world, createFile(world, viewer, { name, mimeType: MIME.folder }), parent);
}

function plantFile(
  world: World,
  viewer: Viewer,
  entry: GoogleFilePart,
  name: string,
  parent: FileRow | undefined,
): FileRow {
  const text = typeof entry.content === 'string' ? entry.content : undefined;
  const mimeType = TYPES[entry.type] ?? entry.mimeType ?? 'text/plain';
  const source =
    entry.type === 'file' ? { bytes: new TextEncoder().encode(text ?? ''), type: mimeType } : undefined;
  const row = placed(world, createFile(world, viewer, { name, mimeType }, source), parent);
  if (entry.type === 'document' && text !== undefined) {
    dropInside(world, row);
    createDocument(world, row.id, text);
  }
  if (entry.type === 'spreadsheet' && typeof entry.content === 'object') {
    dropInside(world, row);
    plantSpreadsheet(world, row.id, entry.content.sheets);
  }
  if (entry.type === 'document' || entry.type === 'spreadsheet') staleText(world, row);
  return row;
}

/** In a folder whoever owns it: people put their files into one another's folders. */
function placed(world: World, row: FileRow, parent: FileRow | undefined): FileRow {
  if (!parent) return row;
  return world.update(files, row.id, { parents: [parent.id] });
}

function share(
  world: World,
  viewer: Viewer,
  row: FileRow,
  entry: GoogleFilePart,
  unsettled: Unsettled,
): FileRow {
  const given = (entry.shared ?? []).map((one) =>
    madePermission(world, viewer, 'user', one.role, { emailAddress: one.with }),
  );
  const named = new Set(given.map((one) => one.id));
  const others = row.permissions.filter((one) => one.role === 'owner' || !named.has(one.id));
  const permissions = [...others, ...given.filter((one) => !others.some((old) => old.id === one.id))];
  const next = world.update(files, row.id, { permissions });
  unsettled.add(world, next);
  const parent = next.parents[0];
  unsettled.settle(world, parent !== undefined && world.get(files, parent) ? parent : row.id);
  return world.get(files, row.id) ?? next;
}

/**
 * Items that a folder's permissions may not have reached yet, by folder. To ask every item of a folder anew for each
 * one that is put into it would cost the square of what the folder holds.
 */
class Unsettled {
  /** Under a folder: what is to be looked at in it, or what holds something of that kind. */
  readonly #below = new Map<string, Set<string>>();

  /** An item that was made or shared, and with a folder all that is in it. */
  add(world: World, row: FileRow): void {
    this.#noteContents(world, row);
    for (let one: FileRow | undefined = row; one; one = world.get(files, one.parents[0] ?? ''))
      if (!this.#note(one.parents[0] ?? '', one.id)) return;
  }

  /** Writes the inherited permissions of what is unsettled below a folder, level by level, as `passDown` would. */
  settle(world: World, folderId: string): void {
    const queue = [folderId];
    for (const id of queue) {
      const waiting = [...(this.#below.get(id) ?? [])].sort();
      this.#below.delete(id);
      for (const child of waiting) {
        const row = world.require(files, child, () => new Error(`no file ${child}`));
        if (inherit(world, row)) this.#noteContents(world, row);
        if (row.mimeType === MIME.folder) queue.push(row.id);
      }
    }
  }

  #noteContents(world: World, row: FileRow): void {
    if (row.mimeType !== MIME.folder) return;
    for (const child of world.list(files, { index: 'parent', equals: row.id })) this.#note(row.id, child.id);
  }

  /** Says whether it was not noted before. */
  #note(folder: string, item: string): boolean {
    const known = this.#below.get(folder);
    if (!known) this.#below.set(folder, new Set([item]));
    else if (known.has(item)) return false;
    else known.add(item);
    return true;
  }
}
