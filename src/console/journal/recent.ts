/** The newest entries of a journal, found from its end: what there is besides costs nothing. */
import type { EntryKind, ShownEntry } from '../../entry.ts';
import type { Journal } from '../../journal.ts';

/** What a reader wants to see. `happened`: everything but changed rows, which follow from what happened. */
export interface JournalFilter {
  view: 'happened' | 'all' | EntryKind;
  twin?: string;
}

/** Views of a journal, in the order in which a page offers them. */
export const VIEWS: readonly { view: JournalFilter['view']; text: string }[] = [
  { view: 'happened', text: 'What happened' },
  { view: 'exchange', text: 'Requests' },
  { view: 'delivery', text: 'Deliveries' },
  { view: 'gesture', text: 'Gestures' },
  { view: 'fault', text: 'Faults' },
  { view: 'clock', text: 'Clock' },
  { view: 'state', text: 'Changed rows' },
  { view: 'note', text: 'Notes' },
  { view: 'all', text: 'All' },
];

/** Entries that are read at once. */
const STEP_ENTRIES = 100;
/** Entries that are looked through for those that a reader wants. */
const LOOK_ENTRIES_MAX = 2_000;

/**
 * At most `limit` wanted entries behind `after` and before `before`, newest first. `unseen`: entries in between that
 * were not looked at, wanted or not; `lowest`: the oldest that was.
 */
export function recentEntries(
  journal: Journal,
  filter: JournalFilter,
  range: { after?: number; before?: number; limit: number; look?: number },
): { entries: ShownEntry[]; unseen: number; lowest: number } {
  const { limit, look = LOOK_ENTRIES_MAX } = range;
  const floor = Math.max(range.after ?? 0, journal.dropped);
  const top = Math.min(range.before ?? Number.MAX_SAFE_INTEGER, journal.end + 1);
  const { view, twin } = filter;
  const kind = view === 'happened' ? { except: 'state' } : view === 'all' ? {} : { kind: view };
  const query = { ...kind, ...(twin ? { twin } : {}), limit: STEP_ENTRIES };
  const entries: ShownEntry[] = [];
  let before = top;
  while (before > floor + 1 && entries.length < limit && top - before < look) {
    const after = Math.max(floor, before - 1 - STEP_ENTRIES);
    const page = journal.page({ ...query, after, until: before - 1 }).entries;
    const taken = page.reverse().slice(0, limit - entries.length);
    entries.push(...taken);
    before = taken.length < page.length ? (taken.at(-1)?.seq ?? before) : after + 1;
  }
  return { entries, unseen: Math.max(0, before - 1 - floor), lowest: before };
}
