/** Which files can meet a condition at all, by indexes, and how many they are. */
import { between, countOf, type Places } from '../../../../../src/postings.ts';
import { words } from '../../../../../src/table.ts';
import type { World } from '../../../../../src/world/world.ts';
import { facet, fileTexts } from '../../world/text.ts';
import { files } from '../../world.ts';
import { resolveAlias, type Viewer } from '../access.ts';
import { labelFacet } from '../label/search.ts';
import { staleTexts } from '../text.ts';
import type { Condition, Test } from './condition.ts';
import { asEmail } from './terms.ts';

/** Ids among which all that meet the condition are. */
export interface Narrowing {
  count: number;
  ids(): Iterable<string>;
}

/** The narrowest that is known of a condition; undefined where nothing narrows it. */
export function narrowed(world: World, viewer: Viewer, condition: Condition): Narrowing | undefined {
  switch (condition.kind) {
    case 'and':
      return condition.parts
        .map((part) => narrowed(world, viewer, part))
        .reduce((best, one) => (best && (!one || best.count <= one.count) ? best : one), undefined);
    case 'or': {
      const parts = condition.parts.map((part) => narrowed(world, viewer, part));
      return parts.every((part) => part !== undefined) ? united(parts) : undefined;
    }
    case 'not':
      return undefined;
    case 'property': {
      const { key, value } = condition;
      const term =
        condition.term === 'properties'
          ? facet.property(key, value)
          : facet.appProperty(viewer.app, key, value);
      return withFacet(world, term);
    }
    default:
      return byTest(world, viewer, condition);
  }
}

/** Files that share a fact. */
export const withFacet = (world: World, term: string): Narrowing =>
  listed(world.postings(files, 'facets').get(term));

function byTest(world: World, viewer: Viewer, { term, operator, value }: Test): Narrowing | undefined {
  const text = String(value);
  if (term === 'fullText') return byWords(world, text);
  if (term === 'name' && operator === 'contains') return byBeginning(world, text);
  if (operator !== '=' && operator !== 'in') return undefined;
  switch (term) {
    case 'name':
      return withFacet(world, facet.name(text));
    case 'mimeType':
      return withFacet(world, facet.mimeType(text));
    case 'parents':
      return withFacet(world, facet.parent(resolveAlias(world, viewer, text)));
    case 'owners':
      return withFacet(world, facet.owner(asEmail(viewer, text)));
    case 'writers':
    case 'readers':
      return withFacet(world, facet.seenBy(asEmail(viewer, text).toLowerCase()));
    case 'labels':
      return labelFacet(world, text);
    case 'trashed':
      return value === true ? withFacet(world, facet.trashed) : undefined;
    case 'starred':
      return value === true ? withFacet(world, facet.starredBy(viewer.email)) : undefined;
    case 'shortcutDetails.targetId':
      return withFacet(world, facet.target(text));
    default:
      return undefined;
  }
}

/** Files that hold the rarest of some words in their names, descriptions or insides. */
function byWords(world: World, text: string): Narrowing | undefined {
  const names = world.postings(files, 'names');
  const insides = world.postings(fileTexts, 'words');
  const unread: Narrowing = { count: 0, ids: () => staleTexts(world).map(({ id }) => id) };
  const found = words(text).map((word) =>
    united([listed(names.get(word)), listed(insides.get(word)), unread]),
  );
  return found.reduce<Narrowing | undefined>(
    (best, one) => (best && best.count <= one.count ? best : one),
    undefined,
  );
}

/** Terms of a beginning that are looked at one by one. */
const TERMS_MAX = 1_000;

/** Files with a word in their names that begins as the last of some words does, or holds one of the others. */
function byBeginning(world: World, text: string): Narrowing | undefined {
  const names = world.postings(files, 'names');
  const [last, ...whole] = words(text).reverse();
  if (last === undefined) return undefined;
  const exact = whole.map((word) => listed(names.get(word)));
  const begun: Narrowing[] = [];
  for (const [, places] of names.beginning(last)) {
    if (begun.length >= TERMS_MAX) return exact.reduce((a, b) => (a.count <= b.count ? a : b), united(begun));
    begun.push(listed(places));
  }
  return [...exact, united(begun)].reduce((a, b) => (a.count <= b.count ? a : b));
}

export const listed = (places: Places | undefined): Narrowing =>
  places === undefined
    ? { count: 0, ids: () => [] }
    : { count: countOf(places), ids: () => between(places, '', '\uffff', false) };

/** All of several; one that is in two of them is given twice. */
export const united = (parts: readonly Narrowing[]): Narrowing => ({
  count: parts.reduce((sum, part) => sum + part.count, 0),
  *ids() {
    for (const part of parts) yield* part.ids();
  },
});
