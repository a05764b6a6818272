/** Named ranges. https://developers.google.com/workspace/docs/api/how-tos/named-ranges */
import type { NamedRange, Tab } from '../../world.ts';
import {
  type Job,
  newId,
  putTab,
  rangeOf,
  refuse,
  segmentOf,
  spanOf,
  tabOf,
  tabsFor,
  type Where,
} from './job.ts';
import { putText, takeOut } from './text.ts';

const NAME_UNITS_MAX = 256;

interface Criteria {
  tabsCriteria?: { tabIds?: string[] };
}

/** `createNamedRange` */
export function createNamedRange(job: Job, { name = '', range }: { name?: string; range?: Where }): object {
  if (name.length === 0 || name.length > NAME_UNITS_MAX)
    throw refuse(job, `The name must be between 1 and ${NAME_UNITS_MAX} characters.`);
  const { segment, start, end } = rangeOf(job, range);
  const namedRangeId = newId(job, 'kix');
  const made: NamedRange = { namedRangeId, name, ranges: [spanOf(segment, start, end)] };
  const tab = tabOf(job, segment.tab.tabId);
  putTab(job, { ...tab, namedRanges: [...tab.namedRanges, made] });
  return { namedRangeId };
}

/** `deleteNamedRange`: the name goes, its text stays. */
export function deleteNamedRange(job: Job, input: Criteria & { namedRangeId?: string; name?: string }): void {
  const { namedRangeId, name } = input;
  if (!namedRangeId && !name) throw refuse(job, 'ID or name for named range must be set');
  const found = foundIn(job, input, { namedRangeId, name });
  if (found.length === 0)
    throw refuse(job, `No named range found with ${name ? `name: ${name}` : `id: ${namedRangeId}`}`);
  for (const { tab, one } of found) {
    const now = tabOf(job, tab.tabId);
    putTab(job, {
      ...now,
      namedRanges: now.namedRanges.filter((kept) => kept.namedRangeId !== one.namedRangeId),
    });
  }
}

/** `replaceNamedRangeContent`: the first stretch is exchanged, the others go. */
export function replaceNamedRangeContent(
  job: Job,
  input: Criteria & { text?: string; namedRangeId?: string; namedRangeName?: string },
): void {
  const { namedRangeId, namedRangeName: name, text = '' } = input;
  if (!namedRangeId && !name) throw refuse(job, 'ID or name for named range must be set');
  const found = foundIn(job, input, { namedRangeId, name });
  if (namedRangeId && found.length === 0) throw refuse(job, `No named range found with id: ${namedRangeId}`);
  for (const { tab, one } of found) exchange(job, tab.tabId, one.namedRangeId, text);
}

function exchange(job: Job, tabId: string, id: string, text: string): void {
  const named = () => tabOf(job, tabId).namedRanges.find((one) => one.namedRangeId === id);
  for (const span of [...(named()?.ranges ?? [])].slice(1).reverse())
    takeOut(job, segmentOf(job, { ...span, tabId }), span.startIndex, span.endIndex);
  const name = named();
  const [first] = name?.ranges ?? [];
  if (!name || !first) return;
  const where = { segmentId: first.segmentId, tabId };
  takeOut(job, segmentOf(job, where), first.startIndex, first.endIndex);
  const put = text && putText(job, segmentOf(job, where), first.startIndex, text);
  const now = tabOf(job, tabId);
  const others = now.namedRanges.filter((one) => one.namedRangeId !== id);
  const ranges = [{ ...first, endIndex: first.startIndex + (put ? text.length : 0) }];
  putTab(job, { ...now, namedRanges: put ? [...others, { ...name, ranges }] : others });
}

function foundIn(
  job: Job,
  { tabsCriteria }: Criteria,
  wanted: { namedRangeId?: string; name?: string },
): { tab: Tab; one: NamedRange }[] {
  return tabsFor(job, tabsCriteria).flatMap((tab) =>
    tab.namedRanges
      .filter(({ namedRangeId, name }) =>
        wanted.namedRangeId ? namedRangeId === wanted.namedRangeId : name === wanted.name,
      )
      .map((one) => ({ tab, one })),
  );
}
