/** Finds what somebody probably meant. */

/** The nearest of `known` to `text`, where one is near enough to be meant; undefined elsewhere. */
export function nearest(text: string, known: Iterable<string>): string | undefined {
  const wanted = text.toLowerCase();
  let best: string | undefined;
  let least = Math.max(1, Math.floor(text.length / 3)) + 1;
  for (const one of known) {
    const far = distance(wanted, one.toLowerCase(), least);
    if (far < least) [best, least] = [one, far];
  }
  return best;
}

/** ` (did you mean x?)`, or nothing. */
export function didYouMean(text: string, known: Iterable<string>): string {
  const found = nearest(text, known);
  return found === undefined || found === text ? '' : ` (did you mean ${found}?)`;
}

/** Letters to be changed, added, left out or swapped; stops counting at `most`. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) >= most) return most;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (last[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min(change, (last[j] as number) + 1, (row[j - 1] as number) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] as number) + 1);
      row.push(cost);
    }
    before = last;
    last = row;
  }
  return last[b.length] as number;
}
