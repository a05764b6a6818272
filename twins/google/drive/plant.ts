/** From a world file's paths to folders, documents, spreadsheets and files, shared as it says. */

import type { GoogleFilePart, WorldFile } from '../../../src/world/file.ts';
import type { World } from '../../../src/world/world.ts';
import { createDocument } from '../docs/model/document.ts';
import { administratorOf } from '../identity/world.ts';
import { plantSpreadsheet } from '../sheets/model/spreadsheet.ts';
import type { Viewer } from './model/access.ts';
import { createFile } from './model/file.ts';
import { passDown } from './model/inherit.ts';
import { dropInside } from './model/native.ts';
import { madePermission } from './model/permission.ts';
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
  for (const entry of entries) {
    const owner = entry.owner ?? administrator;
    const viewer: Viewer = { email: owner, app, appOnly: false };
    const names = entry.path.split('/').filter(Boolean);
    const name = names.pop() ?? 'Untitled';
    const parent = folderAt(world, viewer, made, names, entries);
    const row = made.get(entry.path) ?? plantFile(world, viewer, entry, name, parent);
    made.set([...names, name].join('/'), share(world, viewer, row, entry));
  }
}

/** The folder at a path, made with its entry's owner if it has one, else with the file's. */
function folderAt(
  world: World,
  viewer: Viewer,
  made: Map<string, FileRow>,
  names: readonly string[],
  entries: readonly GoogleFilePart[],
): FileRow | undefined {
  let parent: FileRow | undefined;
  for (let depth = 1; depth <= names.length; depth++) {
    const path = names.slice(0, depth).join('/');
    const known = made.get(path);
    const email = entries.find((one) => one.path === path)?.owner ?? viewer.email;
    parent = known ?? plantedFolder(world, { ...viewer, email }, names[depth - 1] as string, parent);
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
  return row;
}

/** In a folder whoever owns it: people put their files into one another's folders. */
function placed(world: World, row: FileRow, parent: FileRow | undefined): FileRow {
  if (!parent) return row;
  return world.update(files, row.id, { parents: [parent.id] });
}

function share(world: World, viewer: Viewer, row: FileRow, entry: GoogleFilePart): FileRow {
  const given = (entry.shared ?? []).map((one) =>
    madePermission(world, viewer, 'user', one.role, { emailAddress: one.with }),
  );
  const named = new Set(given.map((one) => one.id));
  const others = row.permissions.filter((one) => one.role === 'owner' || !named.has(one.id));
  const permissions = [...others, ...given.filter((one) => !others.some((old) => old.id === one.id))];
  const next = world.update(files, row.id, { permissions });
  const parent = next.parents[0];
  if (parent !== undefined && world.get(files, parent)) passDown(world, parent);
  else passDown(world, row.id);
  return world.get(files, row.id) ?? next;
}
