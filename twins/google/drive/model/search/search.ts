/**
 * `files.list`: which files a viewer sees, which of them a query means, and in what order. Files that an index names are
 * fetched and put in order; where a query names too many, the viewer's files are gone through, newest change first.
 */
import { type Order, Range, type Source } from '../../../../../src/range.ts';
import type { World } from '../../../../../src/world/world.ts';
import { badRequest, googleError } from '../../../errors.ts';
import { groupsWith } from '../../../identity/model/group.ts';
import { facet } from '../../world/text.ts';
import { appDataSeer, type FileRow, files, MIME, recentPrefix } from '../../world.ts';
import { canSee, driveFor, resolveAlias, type Viewer } from '../access.ts';
import { quotaBytes } from '../content.ts';
import { type Condition, conjuncts, holdsAll, timeOf } from './condition.ts';
import { type Narrowing, narrowed, united, withFacet } from './narrow.ts';
import { holds, parseQuery, timeFor } from './terms.ts';

export interface Search {
  q: string | null;
  /** The query is in the older API's words. */
  v2?: boolean;
  orderBy: string | null;
  corpora: string | null;
  driveId: string | null;
  spaces: string | null;
  /** Whether items of shared drives are wanted. */
  allDrives: boolean;
}

/** Throws `invalid` for a query, an order, a space or a corpus that cannot be, `insufficientScopes`. */
export function searchFiles(world: World, viewer: Viewer, search: Search): Range<FileRow> {
  const condition = search.q ? parseQuery(search.q, search.v2) : undefined;
  const scope = scopeOf(world, viewer, search, condition);
  const order = orderOf(world, viewer, search.orderBy, condition);
  const where = (file: FileRow) =>
    (!condition || holdsAll(condition, (leaf) => holds(world, viewer, file, leaf))) && scope.holds(file);
  const found = condition && narrowed(world, viewer, condition);
  const narrow = found && isWorthFetching(scope.all.count, found.count) ? found : undefined;
  const each = narrow ?? (scope.prefixes.length === 0 ? scope.all : undefined);
  if (order.keys)
    return new Range(unordered(each ? fetched(world, each) : walk(world, scope, {})), {
      where,
      orderBy: order.keys,
    });
  const times = condition ? bounds(condition) : {};
  return new Range(newest(world, scope, each, times, order.oldestFirst), { where });
}

/** Whether it is quicker to fetch what is named than to go through all there is until a page is full. */
function isWorthFetching(all: number, hits: number): boolean {
  const gone = Math.min(all, (PAGE_ROWS * all) / Math.max(hits, 1));
  return hits < all && hits <= Math.max(gone, FETCHED_ALWAYS);
}

/** What most pages hold at most, and so few rows that fetching them is always quick. */
const PAGE_ROWS = 100;
const FETCHED_ALWAYS = 100;

/** Where a search looks. */
interface Scope {
  index: 'recent' | 'drive' | 'folder';
  /** Begin the keys of the index by time; none where the index does not hold all. */
  prefixes: readonly string[];
  all: Narrowing;
  holds(file: FileRow): boolean;
}

function scopeOf(world: World, viewer: Viewer, search: Search, condition: Condition | undefined): Scope {
  const { driveId } = search;
  const corpora = search.corpora ?? (driveId ? 'drive' : 'user');
  if (!CORPORA.has(corpora)) throw badRequest('Invalid Value', 'corpora');
  if ((corpora === 'drive') !== (driveId !== null))
    throw badRequest(
      'The driveId parameter must be specified if and only if corpora is set to drive.',
      'driveId',
    );
  if (driveId && !search.allDrives)
    throw badRequest(
      'The includeItemsFromAllDrives parameter must be set to true when driveId is specified.',
      'includeItemsFromAllDrives',
    );
  if (driveId) driveFor(world, viewer, driveId, 'reader');
  const spaces = spacesOf(viewer, search.spaces);
  const parent = soleParent(world, viewer, condition);
  const seen = (file: FileRow) =>
    canSee(world, viewer, file) &&
    spaces.has(file.space ?? 'drive') &&
    (driveId ? file.driveId === driveId : search.allDrives || file.driveId === undefined);
  if (parent) return scope(world, 'folder', parent, facet.parent(parent), seen);
  if (driveId)
    return scope(
      world,
      'drive',
      driveId,
      facet.drive(driveId),
      (file) => seen(file) && findable(file, viewer),
    );
  const open = corpora === 'domain' || corpora === 'allDrives';
  const listed = (file: FileRow) => seen(file) && (open || findable(file, viewer));
  const whos = [...spaces].flatMap((space) =>
    space === 'drive' ? seersOf(world, viewer) : [appDataSeer(viewer.email, viewer.app)],
  );
  const domain = viewer.email.slice(viewer.email.lastIndexOf('@') + 1);
  const found = open ? [facet.findable(domain), facet.findable('')] : [];
  const all = united([...whos.map(facet.seenBy), ...found].map((term) => withFacet(world, term)));
  return { index: 'recent', prefixes: open ? [] : whos.map(recentPrefix), all, holds: listed };
}

const CORPORA = new Set(['user', 'domain', 'drive', 'allDrives']);

const scope = (
  world: World,
  index: Scope['index'],
  who: string,
  term: string,
  test: Scope['holds'],
): Scope => ({ index, prefixes: [recentPrefix(who)], all: withFacet(world, term), holds: test });

/** Under which names lists hold what the viewer sees in the drive. */
const seersOf = (world: World, viewer: Viewer): string[] => [
  viewer.email.toLowerCase(),
  ...groupsWith(world, viewer.email),
];

function spacesOf(viewer: Viewer, spaces: string | null): ReadonlySet<string> {
  const asked = (spaces || 'drive').split(',').map((one) => one.trim());
  for (const space of asked) {
    if (space !== 'drive' && space !== 'appDataFolder') throw badRequest('Invalid Value', 'spaces');
    if (space === 'appDataFolder' && !viewer.appData)
      throw googleError('insufficientScopes', { location: 'spaces', locationType: 'parameter' });
  }
  return new Set(asked);
}

/** The folder in which everything must be, where a query names one. */
function soleParent(world: World, viewer: Viewer, condition: Condition | undefined): string | undefined {
  const named = (condition ? conjuncts(condition) : []).find(
    (part) => part.kind === 'test' && part.term === 'parents' && part.operator === 'in',
  );
  return named?.kind === 'test' ? resolveAlias(world, viewer, String(named.value)) : undefined;
}

/** Files that are open by link only do not turn up in lists, unless their folder is asked for. */
const findable = (file: FileRow, viewer: Viewer): boolean =>
  file.permissions.some(
    (one) =>
      one.allowFileDiscovery ||
      one.type === 'group' ||
      one.emailAddress?.toLowerCase() === viewer.email.toLowerCase(),
  );

/** Times of change between which all that is found lies. */
interface Bounds {
  from?: string;
  to?: string;
}

function bounds(condition: Condition): Bounds {
  const found: Bounds = {};
  for (const part of conjuncts(condition)) {
    if (part.kind !== 'test' || part.term !== 'modifiedTime') continue;
    const time = new Date(timeOf(String(part.value))).toISOString();
    if (['>', '>=', '='].includes(part.operator) && time > (found.from ?? '')) found.from = time;
    if (['<', '<=', '='].includes(part.operator) && time < (found.to ?? LATEST)) found.to = time;
  }
  return found;
}

const LATEST = '\uffff';

/** By time of change. A position is the time and the id, whichever way the rows are come by. */
function newest(
  world: World,
  place: Scope,
  each: Narrowing | undefined,
  times: Bounds,
  oldestFirst: boolean,
): Source<FileRow> {
  return {
    *scan(after) {
      if (!each) {
        for (const file of walk(world, place, times, oldestFirst, after)) yield [positionOf(file), file];
        return;
      }
      const rows = [...fetched(world, each)].map((file) => [positionOf(file), file] as const);
      rows.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
      if (!oldestFirst) rows.reverse();
      for (const row of rows)
        if (after === undefined || (oldestFirst ? row[0] > after : row[0] < after)) yield row;
    },
  };
}

const positionOf = (file: FileRow): string => `${file.modifiedTime}\u0001${file.id}`;

/** The rows of an index by time, from a position on, each once. */
function* walk(
  world: World,
  { index, prefixes }: Scope,
  { from = '', to }: Bounds,
  oldestFirst: boolean = false,
  after?: string,
): Iterable<FileRow> {
  const start = oldestFirst && after !== undefined ? `${after}\u0000` : from;
  const end = !oldestFirst && after !== undefined ? after : to === undefined ? LATEST : `${to}\u0002`;
  const along = (prefix: string) =>
    world.list(files, { index, from: prefix + start, to: prefix + end, reverse: !oldestFirst });
  const [only = ''] = prefixes;
  if (prefixes.length === 1) return yield* along(only);
  const heads = prefixes
    .map((prefix) => along(prefix)[Symbol.iterator]())
    .map((rows) => ({ rows, row: rows.next().value }));
  for (let last = ''; ; ) {
    const first = heads
      .filter(({ row }) => row)
      .reduce<(typeof heads)[number] | undefined>((best, head) => {
        const earlier = best?.row && positionOf(head.row as FileRow) < positionOf(best.row as FileRow);
        return !best || earlier === oldestFirst ? head : best;
      }, undefined);
    if (!first?.row) return;
    const row = first.row as FileRow;
    if (row.id !== last) yield row;
    last = row.id;
    first.row = first.rows.next().value;
  }
}

/** The rows that a narrowing names, each once. */
function* fetched(world: World, { ids }: Narrowing): Iterable<FileRow> {
  const seen = new Set<string>();
  for (const id of ids()) {
    if (seen.has(id)) continue;
    seen.add(id);
    const file = world.get(files, id);
    if (file) yield file;
  }
}

const unordered = (rows: Iterable<FileRow>): Source<FileRow> => ({
  *scan() {
    for (const file of rows) yield [file.id, file];
  },
});

type Key = (world: World, file: FileRow, viewer: Viewer) => string | number | null;
const time =
  (term: string): Key =>
  (_world, file, viewer) =>
    timeFor(file, viewer, term) ?? null;

const ORDERS: Readonly<Record<string, Key>> = {
  createdTime: time('createdTime'),
  folder: (_world, file) => (file.mimeType === MIME.folder ? 0 : 1),
  modifiedByMeTime: time('modifiedByMeTime'),
  modifiedTime: time('modifiedTime'),
  name: (_world, file) => file.name.toLowerCase(),
  name_natural: (_world, file) =>
    file.name.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(15, '0')),
  quotaBytesUsed: quotaBytes,
  recency: (_world, file, viewer) =>
    [file.modifiedTime, timeFor(file, viewer, 'viewedByMeTime') ?? ''].sort()[1] ?? null,
  sharedWithMeTime: time('sharedWithMeTime'),
  starred: (_world, file, viewer) => (file.starredBy.includes(viewer.email) ? 0 : 1),
  viewedByMeTime: time('viewedByMeTime'),
};

const V2_ORDERS: Readonly<Record<string, string>> = {
  createdDate: 'createdTime',
  lastViewedByMeDate: 'viewedByMeTime',
  modifiedByMeDate: 'modifiedByMeTime',
  modifiedDate: 'modifiedTime',
  sharedWithMeDate: 'sharedWithMeTime',
  title: 'name',
  title_natural: 'name_natural',
};

/** Without `keys` it is the order of the index by time. Throws `invalid`, `badRequest` for text that has its own order. */
function orderOf(
  world: World,
  viewer: Viewer,
  orderBy: string | null,
  condition: Condition | undefined,
): { keys?: Order<FileRow>[]; oldestFirst: boolean } {
  if (!orderBy) return { oldestFirst: false };
  if (condition && asksForText(condition))
    throw googleError('forbidden', {
      message:
        'Sorting is not supported for queries with fullText terms. Results are always in descending relevance order.',
      location: 'orderBy',
      locationType: 'parameter',
    });
  const parts = orderBy.split(',').map((part) => {
    const [key = '', direction, ...rest] = part.trim().split(/\s+/);
    const name = V2_ORDERS[key] ?? key;
    if (!Object.hasOwn(ORDERS, name) || rest.length > 0 || (direction !== undefined && direction !== 'desc'))
      throw badRequest('Invalid Value', 'orderBy');
    return { name, descending: direction === 'desc' };
  });
  const [first, ...more] = parts;
  if (first?.name === 'modifiedTime' && more.length === 0) return { oldestFirst: !first.descending };
  return {
    oldestFirst: false,
    keys: parts.map(({ name, descending }) => ({
      by: (file: FileRow) => (ORDERS[name] as Key)(world, file, viewer),
      descending,
    })),
  };
}

function asksForText(condition: Condition): boolean {
  if (condition.kind === 'and' || condition.kind === 'or') return condition.parts.some(asksForText);
  return condition.kind === 'not'
    ? asksForText(condition.part)
    : condition.kind === 'test' && condition.term === 'fullText';
}
