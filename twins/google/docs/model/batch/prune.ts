/** What lost the last element that shows it goes: footnotes, inline objects, positioned objects. */
import type { Content } from '../../world/content.ts';
import type { Tab } from '../../world.ts';
import { paragraphsOf } from '../content/walk.ts';
import { type Job, putTab, segmentsOf, tabOf } from './job.ts';

/** After something was taken out of a tab. */
export function pruneTab(job: Job, tabId: string): void {
  const tab = tabOf(job, tabId);
  const { footnotes, inlineObjects, positionedObjects } = tab;
  if ([footnotes, inlineObjects, positionedObjects].every((held) => Object.keys(held).length === 0)) return;
  const first = shownIn([tab.body, ...Object.values(tab.headers), ...Object.values(tab.footers)]);
  const kept: Tab = { ...tab, footnotes: only(footnotes, first) };
  const shown = shownIn(segmentsOf(kept).map(({ content }) => content));
  putTab(job, {
    ...kept,
    inlineObjects: only(inlineObjects, shown),
    positionedObjects: only(positionedObjects, shown),
    namedRanges: kept.namedRanges.filter(({ ranges }) =>
      ranges.every(({ segmentId }) => !(segmentId in footnotes) || segmentId in kept.footnotes),
    ),
  });
}

/** Ids of footnotes and objects that content shows. */
function shownIn(contents: readonly Content[]): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const content of contents)
    for (const { paragraph } of paragraphsOf(content)) {
      for (const { element } of paragraph.runs) {
        if (element?.kind === 'footnoteReference') ids.add(String(element.properties.footnoteId));
        if (element?.kind === 'inlineObjectElement') ids.add(String(element.properties.inlineObjectId));
      }
      for (const id of paragraph.positionedObjectIds ?? []) ids.add(id);
    }
  return ids;
}

function only<T>(held: Readonly<Record<string, T>>, ids: ReadonlySet<string>): Readonly<Record<string, T>> {
  const kept = Object.entries(held).filter(([id]) => ids.has(id));
  return kept.length === Object.keys(held).length ? held : Object.fromEntries(kept);
}
