/** Addresses of the runs' pages. */

/** Characters of a build's hash that tell it from others. */
const HASH_CHARS = 12;

export const RUNS = '/console/runs';
export const OVERALL = '/console/trajectory';

export const runPath = (run: string): string => `${RUNS}/${run}`;

/** What trials are wanted; `at`: the first shown. */
export interface Wanted {
  build?: string;
  scenario?: string;
  verdict?: string;
  at?: number;
}

/** The list of a run's trials, those that are wanted. */
export function trialsPath(run: string, wanted: Wanted = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(wanted)) {
    if (value !== undefined && value !== '' && value !== 0) query.set(name, shorter(name, String(value)));
  }
  return `${runPath(run)}/trials${query.size === 0 ? '' : `?${query}`}`;
}

const shorter = (name: string, value: string) => (name === 'build' ? value.slice(0, HASH_CHARS) : value);

/** One trial; `from` is the moment at which its timeline begins, `seq` the journal entry to go to. */
export function trialPath(run: string, trial: string, from = 0, seq?: number): string {
  const query = from === 0 ? '' : `?from=${from}`;
  return `${runPath(run)}/trials/${encodeURIComponent(trial)}${query}${seq === undefined ? '' : `#e-${seq}`}`;
}
