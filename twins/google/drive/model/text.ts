/**
 * The words inside of files. Of what was uploaded they are read at once; of what is edited in place when a good many
 * such files have gathered, and until then searches read these themselves.
 */
import { words } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { TEXT_BYTES_SEARCHED_MAX } from '../../limits.ts';
import { type FileText, fileTexts } from '../world/text.ts';
import { type FileRow, files, isNative } from '../world.ts';
import { revisionsOf } from './content.ts';
import { insideText } from './native.ts';

/** Files whose words wait to be read. */
const STALE_FILES_MAX = 64;

/** The inside of an editor's file was made or changed. */
export function staleText(world: World, file: FileRow): void {
  const known = world.get(fileTexts, file.id);
  if (known?.stale) return;
  world.put(fileTexts, { id: file.id, words: '', ...known, stale: true });
  const waiting = staleTexts(world);
  if (waiting.length > STALE_FILES_MAX) for (const row of waiting) settle(world, row);
}

/** New bytes came, which are searched if they are text, or the app says that they are. */
export function readText(world: World, file: FileRow, bytes: Uint8Array, indexable: boolean): void {
  const text = indexable || isText(file.mimeType) ? decoded(bytes) : '';
  const known = world.get(fileTexts, file.id);
  const found = joined(`${text} ${known?.hint ?? ''}`);
  if (found || known) world.put(fileTexts, { ...known, id: file.id, words: found });
}

/** The text that an app gives to find a file by, in the place of what it gave before. */
export function hintText(world: World, file: FileRow, hint: string): void {
  const plain = hint.replace(/<[^>]*>/g, ' ');
  const known = world.get(fileTexts, file.id);
  const inside = known?.hint === undefined ? (known?.words ?? '') : joined(insideOf(world, file));
  world.put(fileTexts, { ...known, id: file.id, hint: plain, words: joined(`${inside} ${plain}`) });
}

/** Rows of files whose words are not known yet. */
export const staleTexts = (world: World): FileText[] =>
  world.list(fileTexts, { index: 'stale', equals: 'stale' }).toArray();

/** All that a file says: name, description, inside, hint. */
export const wholeText = (world: World, file: FileRow): string =>
  `${file.name}\n${file.description ?? ''}\n${insideOf(world, file)}\n${world.get(fileTexts, file.id)?.hint ?? ''}`;

/** The words of a file that waits to be read. */
export function wordsNow(world: World, file: FileRow): ReadonlySet<string> {
  const known = READ.get(world.owner) ?? new Map<string, Read>();
  const last = known.get(file.id);
  if (last?.file === file) return last.said;
  if (known.size >= READ_FILES_MAX) known.clear();
  const said = new Set(words(wholeText(world, file)));
  READ.set(world.owner, known.set(file.id, { file, said }));
  return said;
}

/** What a file said as it then was: every edit of an inside makes a new row of its file. */
interface Read {
  file: FileRow;
  said: ReadonlySet<string>;
}

/** By universe: searches come again, and between two edits a file says the same. */
const READ = new WeakMap<object, Map<string, Read>>();
const READ_FILES_MAX = 2 * STALE_FILES_MAX;

export function dropText(world: World, fileId: string): void {
  world.remove(fileTexts, fileId);
}

function settle(world: World, row: FileText): void {
  const file = world.get(files, row.id);
  const { stale: _stale, ...rest } = row;
  world.put(fileTexts, { ...rest, words: file ? joined(`${insideOf(world, file)} ${row.hint ?? ''}`) : '' });
}

function insideOf(world: World, file: FileRow): string {
  if (isNative(file.mimeType)) return insideText(world, file);
  if (!isText(file.mimeType)) return '';
  const newest = revisionsOf(world, file.id).at(-1);
  return newest ? decoded(Buffer.from(newest.bytes, 'base64')) : '';
}

const isText = (type: string): boolean => /^text\/|^application\/(json|xml|x-yaml|javascript)$/.test(type);
const decoded = (bytes: Uint8Array): string =>
  new TextDecoder().decode(bytes.subarray(0, TEXT_BYTES_SEARCHED_MAX));
const joined = (text: string): string => words(text).join(' ');
