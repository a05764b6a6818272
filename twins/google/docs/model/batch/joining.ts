/** Which suggestion a suggested change is part of, and how it is noted. */
import type { Fields } from '../../world/content.ts';
import { suggestions } from '../../world/suggestions.ts';
import type { Change } from '../style/fields.ts';
import { suggestionsAt } from '../suggestion/mark.ts';
import { newSuggestion } from '../suggestion/suggestion.ts';
import type { Job, Segment } from './job.ts';

/** The open suggestion of the caller among those that are near, or a new one. */
export function suggestionFor(job: Job, tabId: string, near: ReadonlySet<string>): string {
  for (const id of near) {
    const row = job.world.get(suggestions, `${job.row.documentId}/${id}`);
    if (row?.author !== job.viewer.email || row.status !== 'OPEN') continue;
    if (!job.affected.created.has(id)) job.affected.updated.add(id);
    return id;
  }
  const { suggestionId } = newSuggestion(job, tabId);
  job.affected.created.add(suggestionId);
  return suggestionId;
}

/** The suggestion that a change of a range joins or makes. */
export const near = ({ tab, content }: Segment, job: Job, start: number, end: number): string =>
  suggestionFor(job, tab.tabId, suggestionsAt(content, start, end));

/** `{textStyle, textStyleSuggestionState}`: the fields that would change, and which they are. */
export function suggestedStyle(part: string, { values, named }: Change): Fields {
  const changed = Object.fromEntries(
    named.filter((name) => values[name] !== undefined).map((name) => [name, values[name]]),
  );
  const state = Object.fromEntries(
    named.map((name) =>
      name === 'shading'
        ? [`${name}SuggestionState`, { backgroundColorSuggested: true }]
        : [`${name}Suggested`, true],
    ),
  );
  return { [part]: changed, [`${part}SuggestionState`]: state };
}
