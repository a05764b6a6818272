/**
 * Requests that were written against an older revision (`targetRevisionId`): their places are moved by what others
 * have put in and taken out since, as Docs does with the changes of any collaborator.
 * https://developers.google.com/workspace/docs/api/how-tos/best-practices#plan_for_collaboration
 */
import type { World } from '../../../../../src/world/world.ts';
import { badArgument } from '../../../errors.ts';
import { DOCUMENT_REVISIONS_MAX } from '../../../limits.ts';
import { documentEdits, type Edit, editsKey } from '../../world/edits.ts';
import type { DocumentRow } from '../../world.ts';
import { moved } from './edits.ts';
import type { Where } from './job.ts';

/** Fields of requests that hold a place. */
const PLACES = new Set(['location', 'range', 'tableStartLocation', 'sectionBreakLocation']);

/** Keeps what a revision changed; the oldest that is kept goes. */
export function keepEdits(world: World, documentId: string, revision: number, edits: readonly Edit[]): void {
  world.insert(documentEdits, { documentId, revision, edits });
  world.remove(documentEdits, editsKey(documentId, revision - DOCUMENT_REVISIONS_MAX));
}

/** They go with their document. */
export function dropEdits(world: World, documentId: string): void {
  for (const row of world.list(documentEdits, { prefix: `${documentId}/` }).toArray())
    world.remove(documentEdits, documentEdits.key(row));
}

/** What others did since a revision. Throws 400 for one that is too old, or was none. */
export function editsSince(
  world: World,
  row: DocumentRow,
  target: string,
  nameOf: (revision: number) => string,
): readonly Edit[] {
  const edits: Edit[] = [];
  for (
    let revision = row.revision;
    revision > row.revision - DOCUMENT_REVISIONS_MAX && revision > 0;
    revision--
  ) {
    if (nameOf(revision) === target) return pure(edits);
    const kept = world.get(documentEdits, editsKey(row.documentId, revision));
    if (!kept) break;
    edits.unshift(...kept.edits);
  }
  throw badArgument(
    `The target revision ID '${target}' is too far behind the latest revision, or is invalid.`,
  );
}

/** A request with its places moved; undefined where all that it is about is gone. */
export function rebased(request: unknown, since: readonly Edit[], firstTab: string): unknown {
  if (since.length === 0 || request === null || typeof request !== 'object') return request;
  if (Array.isArray(request)) return request.map((one) => rebased(one, since, firstTab));
  const out: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(request)) {
    const next = PLACES.has(name)
      ? movedPlace(value as Where, since, firstTab)
      : rebased(value, since, firstTab);
    if (next === undefined && value !== undefined) return undefined;
    out[name] = next;
  }
  return out;
}

/** A deletion in pieces, last first: what others have put into the range since stays. None where all of it is gone. */
export function deletionPieces(range: Where, since: readonly Edit[], firstTab: string): Where[] {
  const { startIndex = 0, endIndex = 0, segmentId = '', tabId } = range;
  const own: Edit = {
    tabId: tabId || firstTab,
    segmentId,
    at: startIndex,
    removed: Math.max(endIndex - startIndex, 0),
    inserted: 0,
  };
  const [, pieces] = across(since, [own]);
  let taken = 0;
  const standing = pieces.map(({ at, removed }) => {
    const from = at + taken;
    taken += removed;
    return { ...range, startIndex: from, endIndex: from + removed };
  });
  return standing.reverse();
}

/** What a request did, as it would have been done to the older revision. */
export function ownEdits(
  request: unknown,
  made: readonly Edit[],
  since: readonly Edit[],
  firstTab: string,
): Edit[] {
  const { location, range } = Object.values(request as object)[0] as { location?: Where; range?: Where };
  if (Object.hasOwn(request as object, 'deleteContentRange') && range) {
    const { startIndex: at = 0, endIndex = 0, segmentId = '', tabId } = range;
    return [{ tabId: tabId || firstTab, segmentId, at, removed: endIndex - at, inserted: 0 }];
  }
  return made.map((edit) => (location ? { ...edit, at: location.index ?? 0 } : based(edit, since)));
}

/** The edits of others as they are after one's own of the same revision. */
export const carriedOver = (since: readonly Edit[], own: readonly Edit[]): readonly Edit[] =>
  across(since, pure(own))[0];

/** Edits of others that either put something in or take something out. */
export const pure = (edits: readonly Edit[]): readonly Edit[] =>
  edits.flatMap((edit) => [
    ...(edit.removed > 0 ? [{ ...edit, inserted: 0 }] : []),
    ...(edit.inserted > 0 ? [{ ...edit, removed: 0 }] : []),
  ]);

/** Two rows of edits of one revision: each as it is behind the other. What is one's own goes behind what others put in. */
function across(others: readonly Edit[], own: readonly Edit[]): [readonly Edit[], readonly Edit[]] {
  const [other, ...moreOthers] = others;
  const [mine, ...moreMine] = own;
  if (!other || !mine) return [others, own];
  if (moreOthers.length === 0 && moreMine.length === 0)
    return [behind(other, mine, false), behind(mine, other, true)];
  if (moreOthers.length === 0) {
    const [first, done] = across([other], [mine]);
    const [last, rest] = across(first, moreMine);
    return [last, [...done, ...rest]];
  }
  const [first, after] = across([other], own);
  const [last, done] = across(moreOthers, after);
  return [[...first, ...last], done];
}

/** An edit behind another one of the same revision: in two where something was put into what it takes out. */
function behind(edit: Edit, other: Edit, pushed: boolean): Edit[] {
  if (edit.tabId !== other.tabId || edit.segmentId !== other.segmentId) return [edit];
  if (edit.inserted > 0) return [{ ...edit, at: moved(edit.at, other, pushed) }];
  const end = edit.at + edit.removed;
  if (other.inserted > 0 && other.at > edit.at && other.at < end) {
    const first = { ...edit, removed: other.at - edit.at };
    return [first, { ...edit, at: edit.at + other.inserted, removed: end - other.at }];
  }
  const at = moved(edit.at, other, true);
  const removed = moved(end, other, false) - at;
  return removed > 0 ? [{ ...edit, at, removed }] : [];
}

function movedPlace(place: Where, since: readonly Edit[], firstTab: string): Where | undefined {
  const here = since.filter(
    (edit) => edit.segmentId === (place.segmentId ?? '') && edit.tabId === (place.tabId || firstTab),
  );
  const at = (index: number | undefined, pushed: boolean) =>
    index === undefined ? undefined : here.reduce((place_, edit) => moved(place_, edit, pushed), index);
  const next: Where = {
    ...place,
    ...(place.index === undefined ? {} : { index: at(place.index, true) }),
    ...(place.startIndex === undefined ? {} : { startIndex: at(place.startIndex, true) }),
    ...(place.endIndex === undefined ? {} : { endIndex: at(place.endIndex, false) }),
  };
  const { startIndex = 0, endIndex } = next;
  const wasSome = (place.startIndex ?? 0) < (place.endIndex ?? 0);
  return endIndex !== undefined && wasSome && endIndex <= startIndex ? undefined : next;
}

/** An edit as it would stand in the older revision. */
function based(edit: Edit, since: readonly Edit[]): Edit {
  const here = since.filter((one) => one.tabId === edit.tabId && one.segmentId === edit.segmentId).reverse();
  const back = (index: number) => here.reduce(unmoved, index);
  const at = back(edit.at);
  return { ...edit, at, removed: Math.max(back(edit.at + edit.removed) - at, 0) };
}

/** Where a place was before an edit. */
function unmoved(index: number, { at, removed, inserted }: Edit): number {
  if (index <= at) return index;
  return index < at + inserted ? at : index - inserted + removed;
}
