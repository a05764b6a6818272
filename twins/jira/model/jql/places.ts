/** Lists of places put together at once: for hits that are all wanted, quicker than going through them side by side. */
import { hasPlace, type Places } from '../../../../src/postings.ts';
import type { Narrowing } from './compilation.ts';

/** Lists that are so many times as long are sought in rather than gone through. */
const SOUGHT_FACTOR = 16;

export const isSought = (count: number, first: Narrowing | undefined): boolean =>
  count > SOUGHT_FACTOR * (first?.count ?? 0);

export const isIn = ({ among }: Narrowing, place: string): boolean =>
  among.some((places) => hasPlace(places, place));

/** The places that every narrowing holds, each once, in order. */
export function inAll([first, ...others]: readonly Narrowing[]): readonly string[] {
  let found = first ? union(first.among) : [];
  for (const other of others)
    found = isSought(other.count, first)
      ? found.filter((place) => isIn(other, place))
      : inBoth(found, union(other.among));
  return found;
}

function listed(places: Places): readonly string[] {
  if (typeof places === 'string') return [places];
  if (Array.isArray(places)) return places as readonly string[];
  const list: string[] = [];
  (places as Exclude<Places, string | readonly string[]>).forEachPair((place) => void list.push(place));
  return list;
}

const union = (among: readonly Places[]): readonly string[] =>
  among
    .map(listed)
    .reduce<readonly string[]>((all, list) => (all.length === 0 ? list : inEither(all, list)), []);

function inEither(a: readonly string[], b: readonly string[]): string[] {
  const found: string[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const [x, y] = [a[i], b[j]];
    if (x !== undefined && (y === undefined || x <= y)) {
      found.push(x);
      i++;
      if (x === y) j++;
    } else {
      found.push(y as string);
      j++;
    }
  }
  return found;
}

function inBoth(a: readonly string[], b: readonly string[]): string[] {
  const found: string[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const [x, y] = [a[i] as string, b[j] as string];
    if (x === y) found.push(x);
    if (x <= y) i++;
    if (y <= x) j++;
  }
  return found;
}
