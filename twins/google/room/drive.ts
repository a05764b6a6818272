/** Folders and files, as Drive's own screens list them. */
import { type Asked, type Block, type Icon, type Item, listOf, type Place } from '../../../src/room.ts';
import type { World } from '../../../src/world/world.ts';
import { type FileRow, files, MIME, recentPrefix, sharedDrives } from '../drive/world.ts';
import { accounts } from '../identity/world.ts';

const TREE_FOLDERS_MAX = 100;
const TREE_DEPTH_MAX = 6;
const TRAIL_MAX = 20;

const ICONS: Readonly<Record<string, Icon>> = {
  [MIME.folder]: 'folder',
  [MIME.document]: 'document',
  [MIME.spreadsheet]: 'sheet',
};

/** "My Drive" of whoever looks: the folders as a tree, and what is on top. */
export function drivePlace(world: World, asked: Asked): Place {
  const account = world.get(accounts, asked.as?.toLowerCase() ?? '');
  if (!account) return { title: 'My Drive', blocks: [nobody(asked)] };
  const root = account.rootFolderId;
  return {
    title: 'My Drive',
    subtitle: account.name.fullName,
    icon: 'folder',
    blocks: [...treeOf(world, root), contents(world, root, asked)],
  };
}

/** What others shared with whoever looks, newest first. */
export function sharedPlace(world: World, asked: Asked): Place {
  const email = asked.as?.toLowerCase() ?? '';
  const where = (row: FileRow) => !row.trashed && row.owner?.toLowerCase() !== email;
  const range = world.list(files, { index: 'recent', prefix: recentPrefix(email), reverse: true, where });
  const list = listOf(range, asked, fileItem, { empty: 'Nothing was shared with this person' });
  return { title: 'Shared with me', subtitle: asked.as ?? '', blocks: [list] };
}

/** The shared drives. */
export function drivesPlace(world: World, asked: Asked): Place {
  const item = (row: { id: string; name: string }): Item => ({
    title: row.name,
    to: `folder/${row.id}`,
    icon: 'folder',
  });
  const list = listOf(world.list(sharedDrives), asked, item, { empty: 'No shared drives' });
  return { title: 'Shared drives', blocks: [list] };
}

/** Files by name. */
export function filesPlace(world: World, asked: Asked): Place {
  const where = (row: FileRow) => !row.trashed;
  const range = world.list(files, { index: 'name', prefix: asked.find?.toLowerCase() ?? '', where });
  return {
    title: 'All files',
    blocks: [
      { kind: 'search', label: 'Files whose name begins with', value: asked.find ?? '' },
      listOf(range, asked, fileItem, { empty: 'No files' }),
    ],
  };
}

/** What a folder holds, folders first. */
export const contents = (world: World, folder: string, asked: Asked): Block =>
  listOf(
    world.list(files, {
      index: 'parent',
      equals: folder,
      where: (row) => !row.trashed,
      orderBy: [
        { by: (row) => (row.mimeType === MIME.folder ? 0 : 1) },
        { by: (row) => row.name.toLowerCase() },
      ],
    }),
    asked,
    fileItem,
    { title: 'Contents', empty: 'This folder is empty' },
  );

/** A file as a row of a list. */
export const fileItem = (row: FileRow): Item => ({
  title: row.name,
  to: row.mimeType === MIME.folder ? `folder/${row.id}` : `file/${row.id}`,
  subtitle: [row.owner, row.modifiedTime.slice(0, 16).replace('T', ' ')].filter(Boolean).join(' · '),
  icon: ICONS[row.mimeType] ?? 'file',
  ...(row.permissions.length > 1 ? { badge: 'shared' } : {}),
});

/** The folders above a file, outermost first. */
export function trailOf(world: World, file: FileRow): { to: string; title: string }[] {
  const trail = [];
  let above = file.parents[0];
  while (above !== undefined && trail.length < TRAIL_MAX) {
    const folder = world.get(files, above);
    const drive = world.get(sharedDrives, above);
    if (!folder) {
      trail.unshift(
        drive ? { to: `folder/${drive.id}`, title: drive.name } : { to: 'drive', title: 'My Drive' },
      );
      break;
    }
    trail.unshift({ to: `folder/${folder.id}`, title: folder.name });
    above = folder.parents[0];
  }
  return trail;
}

/** The folders below `root`, each under the one it is in; nothing where there are none. */
function treeOf(world: World, root: string): Block[] {
  const items: Item[] = [];
  const walk = (parent: string, depth: number) => {
    const where = (row: FileRow) => row.mimeType === MIME.folder && !row.trashed;
    const inside = world.list(files, { index: 'parent', equals: parent, where }).toArray(TREE_FOLDERS_MAX);
    for (const row of inside.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (items.length >= TREE_FOLDERS_MAX) return;
      items.push({ title: row.name, to: `folder/${row.id}`, icon: 'folder', depth });
      if (depth < TREE_DEPTH_MAX) walk(row.id, depth + 1);
    }
  };
  walk(root, 0);
  return items.length === 0 ? [] : [{ kind: 'list', title: 'Folders', items }];
}

const nobody = ({ as }: Asked): Block => ({
  kind: 'list',
  items: [],
  empty: as ? `${as} has no account in this domain` : 'Choose who looks',
});
