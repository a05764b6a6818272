/** A file on the screen: what is in it, who may see it, what can be done with it. */
import { type Act, type Asked, type Block, type Cell, type Place, plainLines } from '../../../src/room.ts';
import type { World } from '../../../src/world/world.ts';
import { revisionsOf } from '../drive/model/content.ts';
import { type FileRow, files, MIME, sharedDrives } from '../drive/world.ts';
import { documentBlocks } from './document.ts';
import { contents, trailOf } from './drive.ts';
import { requests, sharing, talk } from './sharing.ts';
import { sheetBlocks } from './sheet.ts';

const TEXT_CHARS_SHOWN_MAX = 20_000;

/** A folder or the top of a shared drive. */
export function folderPlace(world: World, id: string, asked: Asked): Place | undefined {
  const drive = world.get(sharedDrives, id);
  if (drive)
    return {
      title: drive.name,
      icon: 'folder',
      trail: [{ to: 'drives', title: 'Shared drives' }],
      blocks: [contents(world, id, asked), sharing(world, drive.permissions)],
    };
  const file = world.get(files, id);
  if (!file) return undefined;
  return {
    title: file.name,
    icon: 'folder',
    trail: trailOf(world, file),
    blocks: [
      ...requests(world, file),
      contents(world, id, asked),
      { kind: 'acts', acts: acts(file) },
      sharing(world, file.permissions),
    ],
  };
}

/** Any other file. */
export function filePlace(world: World, id: string, asked: Asked): Place | undefined {
  const [fileId = '', tab] = id.split('/');
  const file = world.get(files, fileId);
  if (!file) return undefined;
  return {
    title: file.name,
    subtitle: [file.mimeType, file.trashed ? 'in the trash' : ''].filter(Boolean).join(' · '),
    icon:
      file.mimeType === MIME.document ? 'document' : file.mimeType === MIME.spreadsheet ? 'sheet' : 'file',
    trail: trailOf(world, file),
    blocks: [
      ...inside(world, file, tab, asked),
      ...requests(world, file),
      { kind: 'acts', acts: acts(file) },
      { kind: 'facts', title: 'Details', facts: factsOf(file) },
      sharing(world, file.permissions),
      ...talk(world, file),
    ],
  };
}

function inside(world: World, file: FileRow, tab: string | undefined, asked: Asked): Block[] {
  if (file.mimeType === MIME.spreadsheet) return sheetBlocks(world, file.id, tab, asked);
  if (file.mimeType === MIME.document) return documentBlocks(world, file.id);
  const latest = revisionsOf(world, file.id).at(-1);
  if (!latest || !/^text\/|json|xml|csv/.test(latest.mimeType)) return [];
  const text = Buffer.from(latest.bytes, 'base64').toString('utf8').slice(0, TEXT_CHARS_SHOWN_MAX);
  return [
    { kind: 'text', title: 'Content', lines: plainLines(text).map((line) => ({ ...line, style: 'code' })) },
  ];
}

function acts({ id, name, trashed }: FileRow): Act[] {
  const roles = ['reader', 'commenter', 'writer'].map((value) => ({ label: value, value }));
  if (trashed) return [];
  return [
    {
      label: 'Share',
      gesture: 'share',
      with: { file: id },
      fields: [
        { path: ['with'], label: 'With', type: 'person' },
        { path: ['role'], label: 'As', type: 'choice', options: roles },
      ],
    },
    {
      label: 'Rename',
      gesture: 'rename',
      with: { file: id },
      fields: [{ path: ['name'], label: 'Name', type: 'text', value: name }],
    },
    {
      label: 'Move',
      gesture: 'move',
      with: { file: id },
      fields: [{ path: ['to'], label: 'To the folder or shared drive', type: 'text' }],
    },
    { label: 'Star', gesture: 'star', with: { file: id } },
    { label: 'Move to trash', gesture: 'trash', with: { file: id }, style: 'danger' },
  ];
}

const factsOf = (file: FileRow): { name: string; value: Cell }[] => [
  ...(file.owner ? [{ name: 'Owner', value: { text: file.owner, to: `person/${file.owner}` } }] : []),
  { name: 'Modified', value: `${file.modifiedTime} by ${file.lastModifyingUser}` },
  { name: 'Created', value: file.createdTime },
  ...(file.size ? [{ name: 'Size', value: `${file.size} bytes` }] : []),
  { name: 'Id', value: file.id },
];
