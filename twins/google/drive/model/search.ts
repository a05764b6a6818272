/** `files.list`: which files a viewer sees, which of them a query means, and in what order. */
import type { Order, Range } from '../../../../src/range.ts';
import type { Query } from '../../../../src/state.ts';
import { words } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { badRequest } from '../../errors.ts';
import { type FileRow, files, isNative, MIME, recentPrefix } from '../world.ts';
import { canSee, driveFor, resolveAlias, type Viewer } from './access.ts';
import { downloadedBytes } from './content.ts';
import { insideText } from './native.ts';
import { type Condition, conjuncts, parseQuery } from './query.ts';

export interface Search {
  q: string | null;
  orderBy: string | null;
  corpora: string | null;
  driveId: string | null;
  /** Whether items of shared drives are wanted. */
  allDrives: boolean;
}

/** Throws `invalid` for a query, an order or a corpus that cannot be. */
export function searchFiles(world: World, viewer: Viewer, search: Search): Range<FileRow> {
  const condition = search.q ? parseQuery(search.q) : undefined;
  const corpora = search.corpora ?? (search.driveId ? 'drive' : 'user');
  if (!['user', 'domain', 'drive', 'allDrives'].includes(corpora))
    throw badRequest('Invalid Value', 'corpora');
  if ((corpora === 'drive') !== (search.driveId !== null))
    throw badRequest(
      'The driveId parameter must be specified if and only if corpora is set to drive.',
      'driveId',
    );
  if (search.driveId) driveFor(world, viewer, search.driveId, 'reader');
  const order = orderOf(viewer, search.orderBy);
  const plan = planOf(world, viewer, condition, search.driveId);
  const inReach = (file: FileRow) =>
    canSee(world, viewer, file) &&
    (plan.index === 'parent' || findable(file, viewer)) &&
    (search.driveId ? file.driveId === search.driveId : search.allDrives || file.driveId === undefined);
  return world.list(files, {
    ...plan,
    where: (file) => inReach(file) && (!condition || meets(world, viewer, file, condition)),
    // Without an order the newest change comes first, which the index `recent` gives without sorting.
    ...(order
      ? { orderBy: order }
      : plan.index === 'recent' || plan.index === 'drive'
        ? {}
        : { orderBy: RECENT }),
  });
}

/** Files that are open by link only do not turn up in lists, unless their folder is asked for. */
const findable = (file: FileRow, viewer: Viewer): boolean =>
  file.permissions.some(
    (one) => one.allowFileDiscovery || (one.emailAddress && same(one.emailAddress, viewer.email)),
  );

const RECENT: readonly Order<FileRow>[] = [{ by: (file) => file.modifiedTime, descending: true }];

/** The narrowest index that the outermost `and` allows. */
function planOf(
  world: World,
  viewer: Viewer,
  condition: Condition | undefined,
  driveId: string | null,
): Query<FileRow> {
  for (const part of condition ? conjuncts(condition) : []) {
    if (part.kind !== 'test' || typeof part.value !== 'string') continue;
    if (part.term === 'parents') return { index: 'parent', equals: resolveAlias(world, viewer, part.value) };
    if (part.term === 'name' && part.operator === '=')
      return { index: 'name', equals: part.value.toLowerCase() };
  }
  return driveId
    ? { index: 'drive', prefix: recentPrefix(driveId), reverse: true }
    : { index: 'recent', prefix: recentPrefix(viewer.email.toLowerCase()), reverse: true };
}

function meets(world: World, viewer: Viewer, file: FileRow, condition: Condition): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.parts.every((part) => meets(world, viewer, file, part));
    case 'or':
      return condition.parts.some((part) => meets(world, viewer, file, part));
    case 'not':
      return !meets(world, viewer, file, condition.part);
    case 'property': {
      const map = condition.term === 'properties' ? file.properties : file.appProperties?.[viewer.app];
      return map?.[condition.key] === condition.value;
    }
    default: {
      const negative = condition.operator === '!=';
      return holds(world, viewer, file, condition) !== negative;
    }
  }
}

/** A test as if its operator said yes; `!=` is turned round by the caller. */
function holds(
  world: World,
  viewer: Viewer,
  file: FileRow,
  test: Extract<Condition, { kind: 'test' }>,
): boolean {
  const { term, operator, value } = test;
  const text = String(value);
  switch (term) {
    case 'name':
      return operator === 'contains' ? prefixMatch(file.name, text) : same(file.name, text);
    case 'mimeType':
      return operator === 'contains' ? file.mimeType.startsWith(text) : file.mimeType === text;
    case 'fullText':
      return fullText(world, file, text);
    case 'trashed':
      return file.trashed === value;
    case 'starred':
      return file.starredBy.includes(viewer.email) === value;
    case 'sharedWithMe':
      return (sharedTime(file, viewer) !== undefined) === value;
    case 'parents':
      return file.parents.includes(resolveAlias(world, viewer, text));
    case 'owners':
      return file.owner !== undefined && same(file.owner, asEmail(viewer, text));
    case 'writers':
      return granted(file, asEmail(viewer, text), ['owner', 'organizer', 'fileOrganizer', 'writer']);
    case 'readers':
      return granted(file, asEmail(viewer, text), undefined);
    case 'visibility':
      return visibilityOf(file) === text;
    case 'shortcutDetails.targetId':
      return file.shortcutDetails?.targetId === text;
    default:
      return compareTimes(timeOf(file, viewer, term), operator, Date.parse(text));
  }
}

function compareTimes(time: string | undefined, operator: string, at: number): boolean {
  if (time === undefined) return false;
  const ms = Date.parse(time);
  switch (operator) {
    case '<':
      return ms < at;
    case '<=':
      return ms <= at;
    case '>':
      return ms > at;
    case '>=':
      return ms >= at;
    default:
      return ms === at;
  }
}

function timeOf(file: FileRow, viewer: Viewer, term: string): string | undefined {
  if (term === 'createdTime') return file.createdTime;
  if (term === 'sharedWithMeTime') return sharedTime(file, viewer);
  // Views leave no trace here, so the last change by the viewer's own hand stands for them.
  if (term === 'viewedByMeTime')
    return file.lastModifyingUser === viewer.email ? file.modifiedTime : undefined;
  return file.modifiedTime;
}

/** When somebody else shared the file with the viewer by name. */
function sharedTime(file: FileRow, viewer: Viewer): string | undefined {
  if (file.owner === undefined || same(file.owner, viewer.email)) return undefined;
  return file.permissions.find(
    (one) => one.inheritedFrom === undefined && one.emailAddress && same(one.emailAddress, viewer.email),
  )?.sharedTime;
}

function granted(file: FileRow, email: string, roles: readonly string[] | undefined): boolean {
  return file.permissions.some(
    (one) => one.emailAddress && same(one.emailAddress, email) && (!roles || roles.includes(one.role)),
  );
}

function visibilityOf(file: FileRow): string {
  const anyone = file.permissions.find((one) => one.type === 'anyone');
  if (anyone) return anyone.allowFileDiscovery ? 'anyoneCanFind' : 'anyoneWithLink';
  const domain = file.permissions.find((one) => one.type === 'domain');
  return domain ? (domain.allowFileDiscovery ? 'domainCanFind' : 'domainWithLink') : 'limited';
}

/** `contains` on names matches beginnings of words only (the vendor documents `HelloWorld` and `World`). */
function prefixMatch(name: string, text: string): boolean {
  const lower = name.toLowerCase();
  const wanted = text.toLowerCase();
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, at + 1))
    if (at === 0 || !/[\p{L}\p{N}]/u.test(lower[at - 1] as string)) return true;
  return wanted === '';
}

/** Whole words of name, description and content; a quoted text as one phrase. */
function fullText(world: World, file: FileRow, text: string): boolean {
  const readable = isNative(file.mimeType) || file.mimeType.startsWith('text/');
  const inside = isNative(file.mimeType)
    ? insideText(world, file)
    : readable
      ? new TextDecoder().decode(downloadedBytes(world, file))
      : '';
  const whole = `${file.name}\n${file.description ?? ''}\n${inside}`;
  const phrase = /^"(.*)"$/s.exec(text)?.[1];
  const said = words(whole);
  return phrase === undefined
    ? words(text).every((word) => said.includes(word))
    : whole.toLowerCase().includes(phrase.toLowerCase());
}

const asEmail = (viewer: Viewer, text: string): string => (text === 'me' ? viewer.email : text);
const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const ORDERS: Readonly<Record<string, (file: FileRow, viewer: Viewer) => string | number | null>> = {
  createdTime: (file) => file.createdTime,
  folder: (file) => (file.mimeType === MIME.folder ? 0 : 1),
  modifiedByMeTime: (file, viewer) => (file.lastModifyingUser === viewer.email ? file.modifiedTime : null),
  modifiedTime: (file) => file.modifiedTime,
  name: (file) => file.name.toLowerCase(),
  name_natural: (file) => file.name.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(15, '0')),
  quotaBytesUsed: (file) => Number(file.size ?? 0),
  recency: (file) => file.modifiedTime,
  sharedWithMeTime: (file, viewer) => sharedTime(file, viewer) ?? null,
  starred: (file, viewer) => (file.starredBy.includes(viewer.email) ? 0 : 1),
  viewedByMeTime: (file, viewer) => timeOf(file, viewer, 'viewedByMeTime') ?? null,
};

function orderOf(viewer: Viewer, orderBy: string | null): Order<FileRow>[] | undefined {
  if (!orderBy) return undefined;
  return orderBy.split(',').map((part) => {
    const [key = '', direction, ...rest] = part.trim().split(/\s+/);
    const by = Object.hasOwn(ORDERS, key) ? ORDERS[key] : undefined;
    if (!by || rest.length > 0 || (direction !== undefined && direction !== 'desc'))
      throw badRequest('Invalid Value', 'orderBy');
    return { by: (file: FileRow) => by(file, viewer), descending: direction === 'desc' };
  });
}
