/** Ids that are given out before their files are made. https://developers.google.com/workspace/drive/api/guides/create-file */
import { BASE64URL } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import { badRequest } from '../../errors.ts';
import { isNative, MIME } from '../world.ts';

const HEAD_CHARS = 26;
const MARK_CHARS = 6;

/** So many new ids. Throws `invalid` for a space or a kind that there is not. */
export function generateIds(world: World, count: number, space: string, type: string): string[] {
  if (space !== 'drive' && space !== 'appDataFolder') throw badRequest('Invalid Value', 'space');
  if (type !== 'files' && type !== 'shortcuts') throw badRequest('Invalid Value', 'type');
  if (type === 'shortcuts' && space !== 'drive') throw badRequest('Invalid Value', 'type');
  return Array.from({ length: count }, () => {
    const head = `1${world.draw('google.file').chars(BASE64URL, HEAD_CHARS)}`;
    return head + mark(world, head, space, type);
  });
}

/** Throws `invalid` for an id that was not given out for such a file: the id itself shows what it was given out for. */
export function isUsable(world: World, id: string, mimeType: string, space: string): void {
  if (isNative(mimeType) && !ALLOWED.has(mimeType))
    throw badRequest('Generated IDs are not supported for Docs Editors formats.', 'file.id');
  const type = mimeType === MIME.shortcut ? 'shortcuts' : 'files';
  const head = id.slice(0, -MARK_CHARS);
  if (head.length !== HEAD_CHARS + 1 || id.slice(-MARK_CHARS) !== mark(world, head, space, type))
    throw badRequest('The provided file ID is not usable.', 'file.id');
}

const ALLOWED = new Set<string>([MIME.folder, MIME.shortcut, 'application/vnd.google-apps.drive-sdk']);

/** The last letters, which only who gives ids out can write. */
const mark = (world: World, head: string, space: string, type: string): string =>
  world.drawFor('google.generatedId', head, space, type).chars(BASE64URL, MARK_CHARS);
