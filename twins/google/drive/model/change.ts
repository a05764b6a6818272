/** The log of changes: every write of a file has a number; a reader asks for what came after one. */
import type { Range } from '../../../../src/range.ts';
import type { World } from '../../../../src/world/world.ts';
import { googleError } from '../../errors.ts';
import { type Change, changeKey, changes, type FileRow, files, sharedWith, timestamp } from '../world.ts';
import type { Viewer } from './access.ts';

const COUNTER = 'google.change';

/** Writes down that a file changed (or went), for those who saw it before or see it now. */
export function logChange(world: World, file: FileRow, removed: boolean, before: FileRow = file): void {
  world.put(changes, {
    seq: world.next(COUNTER),
    fileId: file.id,
    time: timestamp(world.now()),
    removed,
    seenBy: [...new Set([...sharedWith(before), ...sharedWith(file)])],
  });
}

/** The number that the next change of this viewer's files will have at least: one after the newest seen. */
export function startPageToken(world: World, viewer: Viewer): string {
  const newest = world.list(changes, { index: 'seen', ...reach(viewer, 0), reverse: true }).first();
  return String((newest?.seq ?? 0) + 1);
}

/** The viewer's changes from a number on, oldest first. Throws `invalid` for what is no number. */
export function changesFrom(world: World, viewer: Viewer, pageToken: string): Range<Change> {
  if (!/^\d{1,15}$/.test(pageToken))
    throw googleError('invalid', {
      message: `Invalid Value`,
      location: 'pageToken',
      locationType: 'parameter',
    });
  return world.list(changes, { index: 'seen', ...reach(viewer, Number(pageToken)) });
}

/** The file of a change, unless it is gone or out of the viewer's sight. */
export function changedFile(world: World, viewer: Viewer, change: Change): FileRow | undefined {
  const file = change.removed ? undefined : world.get(files, change.fileId);
  return file && sharedWith(file).includes(viewer.email.toLowerCase()) ? file : undefined;
}

const reach = (viewer: Viewer, seq: number) => ({
  from: changeKey(viewer.email.toLowerCase(), seq),
  to: `${changeKey(viewer.email.toLowerCase(), 10 ** 15 - 1)}\uffff`,
});
