/** The pictures that Jira brings: their ids, which never change. */

const range = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, i) => first + i);

export const SYSTEM_AVATARS: Readonly<
  Record<'project' | 'issuetype' | 'user' | 'priority', readonly number[]>
> = {
  project: range(10_400, 10_425),
  issuetype: [...range(10_298, 10_323), 10_550, 10_551, 10_552, 10_553],
  user: range(10_334, 10_357),
  priority: range(10_600, 10_619),
};

/** What a thing is shown with that has chosen nothing. */
export const DEFAULT_AVATARS: Readonly<Record<'project' | 'issuetype' | 'priority', number>> = {
  project: 10_407,
  issuetype: 10_300,
  priority: 10_600,
};
