/** Names of builds where there is little room. */

const CHARS_MAX = 13;

/** Makes names short: builds of one candidate are told apart by what follows its name. */
export function shortNames(all: readonly string[]): (candidate: string) => string {
  const first = all[0] ?? '';
  const name = first.slice(0, first.lastIndexOf(' ') + 1);
  const shared = all.every((candidate) => candidate.startsWith(name));
  return (candidate) => {
    const rest = shared ? candidate.slice(name.length) : candidate;
    return rest.length > CHARS_MAX ? `${rest.slice(0, CHARS_MAX - 1)}…` : rest;
  };
}
