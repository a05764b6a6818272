/** The log of changes: every write of a file has a number; a reader asks for what came after one. */
import type { World } from '../../../../src/world/world.ts';
import { googleError } from '../../errors.ts';
import { groupsWith } from '../../identity/model/group.ts';
import { CHANGE_LEAVERS_MAX } from '../../limits.ts';
import { type Change, changeKey, changes } from '../world/changes.ts';
import { appDataSeer, seers, sharedWith } from '../world/seen.ts';
import { type FileRow, files, type SharedDrive, sharedDrives, timestamp } from '../world.ts';
import { canSee, driveFor, isInMyDrive, roleOf, type Viewer } from './access.ts';
import { tellWatchers } from './watch.ts';

const COUNTER = 'google.change';
const SEQ_MAX = 10 ** 15 - 1;

export type Space = 'drive' | 'appDataFolder';

/** Which changes a reader wants. */
export interface ChangeFilter {
  driveId?: string | undefined;
  /** Items of shared drives too, and shared drives themselves. */
  allDrives: boolean;
  /** The drive that people see, and the app's hidden folder. */
  spaces: readonly Space[];
  restrictToMyDrive: boolean;
  includeRemoved: boolean;
  includeCorpusRemovals: boolean;
}

/** A change as one reader sees it; without `file` and `drive` it is gone from their list. */
export interface SeenChange {
  row: Change;
  seq: number;
  time: string;
  removed: boolean;
  file?: FileRow;
  drive?: SharedDrive;
}

/** Writes down that a file changed (or went), for those who saw it before or see it now, and tells who watches. */
export function logChange(world: World, file: FileRow, removed: boolean, before: FileRow = file): void {
  const known = world.get(changes, file.id);
  const row = put(world, known, {
    fileId: file.id,
    kind: 'file',
    removed,
    driveId: file.driveId,
    appId: file.appId,
    before: readersOf(before),
    now: removed ? [] : readersOf(file),
  });
  tellWatchers(world, { file, before, removed, isNew: known === undefined, heardBy: heardOf(row) });
}

/** Writes down that a shared drive changed, for its members and those who were. */
export function logDriveChange(
  world: World,
  drive: SharedDrive,
  removed: boolean,
  before?: SharedDrive,
): void {
  const row = put(world, world.get(changes, drive.id), {
    fileId: drive.id,
    kind: 'drive',
    removed,
    driveId: drive.id,
    before: before ? membersOf(before) : [],
    now: removed ? [] : membersOf(drive),
  });
  tellWatchers(world, { heardBy: heardOf(row) });
}

/** The number that the next change of this viewer's list will have at least: one after the newest in it. */
export function startPageToken(world: World, viewer: Viewer, driveId?: string): string {
  const newest = readAs(world, viewer, { driveId, allDrives: true, spaces: SPACES }).map((who) => {
    const row = world.list(changes, { index: 'seen', ...from(who, 0), reverse: true }).first();
    return row ? seqFor(row, [who]) : 0;
  });
  return String(Math.max(0, ...newest) + 1);
}

/**
 * The viewer's changes from a number on, oldest first, at most `limit`, and whether there are more. Throws `invalid`
 * for what is no number, `notFound` for a shared drive out of sight.
 */
export function changesFrom(
  world: World,
  viewer: Viewer,
  pageToken: string,
  filter: ChangeFilter,
  limit: number,
): { items: SeenChange[]; more: boolean } {
  if (!/^\d{1,15}$/.test(pageToken))
    throw googleError('invalid', { location: 'pageToken', locationType: 'parameter' });
  const readers = readAs(world, viewer, filter);
  const items: SeenChange[] = [];
  for (const change of inOrder(world, readers, Number(pageToken))) {
    const seen = seenBy(world, viewer, change, filter);
    if (!seen) continue;
    if (items.length === limit) return { items, more: true };
    items.push(seen);
  }
  return { items, more: false };
}

/** The names in the log under which a viewer reads: their own, their groups', a shared drive's, their app's. */
export function readAs(
  world: World,
  viewer: Viewer,
  { driveId, allDrives, spaces }: Pick<ChangeFilter, 'driveId' | 'allDrives' | 'spaces'>,
): string[] {
  if (driveId !== undefined) return [driveFor(world, viewer, driveId, 'reader').id];
  const hidden =
    viewer.appData && spaces.includes('appDataFolder') ? [appDataSeer(viewer.email, viewer.app)] : [];
  if (viewer.appDataOnly || !spaces.includes('drive')) return hidden;
  const own = [viewer.email.toLowerCase(), ...groupsWith(world, viewer.email)];
  return [...hidden, ...own, ...(allDrives ? own.map(inDrives) : [])];
}

const SPACES: readonly Space[] = ['drive', 'appDataFolder'];

/** What a viewer sees of a change; undefined where it is none of what they want. */
function seenBy(
  world: World,
  viewer: Viewer,
  { row, seq, time }: Pick<SeenChange, 'row' | 'seq' | 'time'>,
  filter: ChangeFilter,
): SeenChange | undefined {
  const seen = { row, seq, time };
  if (row.kind === 'drive') {
    const drive = world.get(sharedDrives, row.fileId);
    if (drive && roleOf(world, drive, viewer.email)) return { ...seen, removed: false, drive };
    return filter.includeRemoved ? { ...seen, removed: true } : undefined;
  }
  const file = world.get(files, row.fileId);
  const visible = file !== undefined && canSee(world, viewer, file);
  // Of what an app may not see it does not hear that it went, either.
  if (viewer.appOnly && row.appId !== viewer.app) return undefined;
  const listed = visible && isListed(file, filter);
  if (listed && filter.restrictToMyDrive && !isInMyDrive(world, viewer.email, file)) return undefined;
  if (listed) return { ...seen, removed: false, file };
  if (!filter.includeRemoved) return undefined;
  return { ...seen, removed: true, ...(visible && filter.includeCorpusRemovals ? { file } : {}) };
}

const isListed = (file: FileRow, { driveId, allDrives }: ChangeFilter): boolean =>
  driveId === undefined ? allDrives || file.driveId === undefined : file.driveId === driveId;

/** The changes of several readers as one list, each file once. */
function* inOrder(
  world: World,
  readers: readonly string[],
  seq: number,
): Iterable<Pick<SeenChange, 'row' | 'seq' | 'time'>> {
  const heads = readers.map((who) => new Head(world, who, seq));
  for (;;) {
    let first: Head | undefined;
    for (const head of heads)
      if (head.row && (!first || head.seq < first.seq || (head.seq === first.seq && head.row !== first.row)))
        first = head;
    const row = first?.row;
    if (!first || !row) return;
    const at = first.seq;
    first.take();
    // A file that stands under several names is told of once, at its newest.
    const isLast =
      heads.length === 1 || (at === seqFor(row, readers) && !heads.some((one) => one.row === row));
    if (isLast) yield { row, seq: at, time: row.left.find((one) => one.seq === at)?.time ?? row.time };
  }
}

/** Where one reader is in the log. */
class Head {
  readonly #who: string;
  readonly #rows: Iterator<Change>;
  row: Change | undefined;
  seq = 0;

  constructor(world: World, who: string, seq: number) {
    this.#who = who;
    this.#rows = world.list(changes, { index: 'seen', ...from(who, seq) })[Symbol.iterator]();
    this.take();
  }

  take(): void {
    const next = this.#rows.next();
    this.row = next.done ? undefined : next.value;
    this.seq = this.row ? seqFor(this.row, [this.#who]) : 0;
  }
}

const from = (who: string, seq: number) => ({
  from: changeKey(who, seq),
  to: `${changeKey(who, SEQ_MAX)}\uffff`,
});

/** The number under which a change stands for some of who read; the newest. */
const seqFor = (row: Change, readers: readonly string[]): number =>
  Math.max(
    ...readers.map((who) =>
      row.seenBy.includes(who) ? row.seq : (row.left.find((one) => one.who === who)?.seq ?? 0),
    ),
  );

interface Logged {
  fileId: string;
  kind: Change['kind'];
  removed: boolean;
  driveId: string | undefined;
  appId?: string;
  before: readonly string[];
  now: readonly string[];
}

function put(world: World, known: Change | undefined, { before, now, driveId, ...what }: Logged): Change {
  const seq = world.next(COUNTER);
  const time = timestamp(world.now());
  const gone = [...new Set([...(known?.seenBy ?? []), ...before])].filter((who) => !now.includes(who));
  const earlier = (known?.left ?? []).filter(({ who }) => !now.includes(who) && !gone.includes(who));
  return world.put(changes, {
    ...what,
    ...(driveId === undefined ? {} : { driveId }),
    seq,
    time,
    seenBy: [...now],
    left: [...earlier, ...gone.map((who) => ({ who, seq, time }))].slice(-CHANGE_LEAVERS_MAX),
  });
}

/** Who hears of a change: who reads it now, and who ceased to with it. */
const heardOf = (row: Change): string[] => [
  ...row.seenBy,
  ...row.left.filter((one) => one.seq === row.seq).map(({ who }) => who),
];

const inDrives = (email: string): string => `*${email}`;

const readersOf = (file: FileRow): string[] =>
  file.driveId === undefined ? seers(file) : [file.driveId, ...sharedWith(file).map(inDrives)];

const membersOf = (drive: SharedDrive): string[] => [drive.id, ...sharedWith(drive).map(inDrives)];
