/** A document as the API shows it. https://developers.google.com/workspace/docs/api/reference/rest/v1/documents#Document */

import type { Table } from '../../../../../src/table.ts';
import type { World } from '../../../../../src/world/world.ts';
import { comments } from '../../../drive/world/comments.ts';
import { files } from '../../../drive/world.ts';
import { revisionId } from '../../model/batch/batch.ts';
import { paragraphsOf } from '../../model/content/walk.ts';
import { previewed } from '../../model/suggestion/resolve.ts';
import { commentThreadView, suggestionThreadView } from '../../model/suggestion/threads.ts';
import type { Content, Fields } from '../../world/content.ts';
import { suggestions } from '../../world/suggestions.ts';
import type { DocumentRow, Span, Tab } from '../../world.ts';
import { contentView, type Showing } from './content.ts';

type Shown = Record<string, unknown>;

/** How much of a document is shown. */
export interface View {
  /** Content in `tabs`; else the first tab's at the top. */
  withTabs: boolean;
  suggestionsViewMode: SuggestionsViewMode;
  /** Whether threads are shown; undefined where nobody asked. */
  comments?: boolean;
  /** Those who may not edit are not told the revision. */
  withRevision: boolean;
  /** Who looks. */
  viewer: string;
}

export type SuggestionsViewMode =
  | 'SUGGESTIONS_INLINE'
  | 'PREVIEW_SUGGESTIONS_ACCEPTED'
  | 'PREVIEW_WITHOUT_SUGGESTIONS';

export function documentView(world: World, kept: DocumentRow, view: View): Shown {
  const row = previewOf(kept, view.suggestionsViewMode);
  const title = world.get(files, row.documentId)?.name;
  const revision = view.withRevision ? { revisionId: revisionId(world, row) } : {};
  const { suggestionsViewMode } = view;
  const { documentId } = row;
  const threads = view.comments === undefined ? {} : threadsView(world, row, view);
  if (view.withTabs)
    return {
      title,
      ...revision,
      suggestionsViewMode,
      documentId,
      tabs: tabsView(row, undefined, view),
      ...threads,
    };
  const [first] = row.tabs;
  if (!first) return { title, ...revision, suggestionsViewMode, documentId };
  const { inlineObjects, positionedObjects, ...content } = tabContentView(row, first, view);
  const objects = {
    ...(inlineObjects ? { inlineObjects } : {}),
    ...(positionedObjects ? { positionedObjects } : {}),
  };
  return { title, ...content, ...revision, suggestionsViewMode, ...objects, documentId };
}

function previewOf(row: DocumentRow, mode: SuggestionsViewMode): DocumentRow {
  if (mode === 'SUGGESTIONS_INLINE') return row;
  return { ...row, tabs: row.tabs.map((tab) => previewed(tab, mode === 'PREVIEW_SUGGESTIONS_ACCEPTED')) };
}

function threadsView(world: World, { documentId }: DocumentRow, { comments: shown, viewer }: View): Shown {
  if (!shown) return { commentsViewMode: 'COMMENTS_VIEW_MODE_OMITTED' };
  const of = <T extends object>(table: Table<T>) => world.list(table, { prefix: `${documentId}/` }).toArray();
  const talk = of(comments).filter((comment) => !comment.deleted);
  const suggested = of(suggestions);
  return {
    commentsViewMode: 'COMMENTS_VIEW_MODE_INCLUDED',
    ...(talk.length > 0 ? { comments: talk.map((one) => commentThreadView(world, one, viewer)) } : {}),
    ...(suggested.length > 0
      ? { suggestions: suggested.map((one) => suggestionThreadView(world, one, viewer)) }
      : {}),
  };
}

/** The tabs below `parentTabId`, each with its own below it. */
function tabsView(
  row: DocumentRow,
  parentTabId: string | undefined,
  view: View,
  nestingLevel: number = 0,
): Shown[] {
  return row.tabs
    .filter((tab) => tab.parentTabId === parentTabId)
    .map((tab, index) => {
      const childTabs = tabsView(row, tab.tabId, view, nestingLevel + 1);
      return {
        tabProperties: tabPropertiesView(tab, index, nestingLevel),
        ...(childTabs.length > 0 ? { childTabs } : {}),
        documentTab: tabContentView(row, tab, view),
      };
    });
}

const tabPropertiesView = (tab: Tab, index: number, nestingLevel: number): Shown => ({
  tabId: tab.tabId,
  title: tab.title,
  ...(tab.parentTabId === undefined ? {} : { parentTabId: tab.parentTabId }),
  index,
  ...(nestingLevel > 0 ? { nestingLevel } : {}),
  ...(tab.iconEmoji ? { iconEmoji: tab.iconEmoji } : {}),
});

function tabContentView(row: DocumentRow, tab: Tab, view: View): Shown {
  const showing = showingOf(row, tab, view);
  const inline = view.suggestionsViewMode === 'SUGGESTIONS_INLINE';
  const anchors = view.comments ? (tab.commentAnchors ?? []) : [];
  const segments = (kind: 'headers' | 'footers' | 'footnotes', idName: string) =>
    mapped(tab[kind], (content, id) => ({ [idName]: id, content: contentView(content, showing) }), kind);
  return {
    body: { content: contentView(tab.body, showing) },
    ...segments('headers', 'headerId'),
    ...segments('footers', 'footerId'),
    ...segments('footnotes', 'footnoteId'),
    documentStyle: tab.documentStyle,
    namedStyles: { styles: tab.namedStyles },
    ...mapped(
      tab.lists,
      ({ listProperties, suggestedInsertionId }) => ({
        listProperties,
        ...(suggestedInsertionId && inline ? { suggestedInsertionId } : {}),
      }),
      'lists',
    ),
    ...(tab.namedRanges.length > 0 ? { namedRanges: namedRangesView(row, tab) } : {}),
    ...mapped(
      tab.inlineObjects,
      (inlineObjectProperties, objectId) => ({ objectId, inlineObjectProperties }),
      'inlineObjects',
    ),
    ...mapped(
      tab.positionedObjects,
      (positionedObjectProperties, objectId) => ({ objectId, positionedObjectProperties }),
      'positionedObjects',
    ),
    ...(anchors.length > 0
      ? {
          commentAnchors: Object.fromEntries(
            anchors.map(({ anchorId, ranges }) => [
              anchorId,
              { anchorId, ranges: rangesView(row, tab, ranges) },
            ]),
          ),
        }
      : {}),
  };
}

/** A map under its name; left out where it is empty. */
function mapped<T>(
  held: Readonly<Record<string, T>>,
  show: (value: T, id: string) => Shown,
  name: string,
): Shown {
  const shown = Object.entries(held).map(([id, value]) => [id, show(value, id)] as const);
  return shown.length > 0 ? { [name]: Object.fromEntries(shown) } : {};
}

function showingOf(row: DocumentRow, tab: Tab, view: View): Showing {
  const older = !view.withTabs && row.tabs.length === 1;
  return {
    numbers: footnoteNumbers(tab.body),
    textStyle: (style) => (older ? withOlderLink(style) : style),
  };
}

/** In a document of one tab, links to its headings are told by their id alone, where tabs are not asked for. */
function withOlderLink(style: Fields): Fields {
  const heading = (style.link as Fields | undefined)?.heading as { id: string } | undefined;
  return heading ? { ...style, link: { headingId: heading.id } } : style;
}

function footnoteNumbers(body: Content): Map<string, number> {
  const numbers = new Map<string, number>();
  for (const { paragraph } of paragraphsOf(body))
    for (const { element } of paragraph.runs)
      if (element?.kind === 'footnoteReference')
        numbers.set(String(element.properties.footnoteId), numbers.size + 1);
  return numbers;
}

function namedRangesView(row: DocumentRow, tab: Tab): Shown {
  const byName = new Map<string, { name: string; namedRanges: Shown[] }>();
  for (const one of tab.namedRanges) {
    const { name, namedRangeId } = one;
    const together = byName.get(name) ?? { name, namedRanges: [] };
    together.namedRanges.push({ namedRangeId, name, ranges: rangesView(row, tab, one.ranges) });
    byName.set(name, together);
  }
  return Object.fromEntries(byName);
}

/** The first tab's id is not said, nor the body's. */
const rangesView = (row: DocumentRow, tab: Tab, ranges: readonly Span[]): Shown[] =>
  ranges.map(({ segmentId, startIndex, endIndex }) => ({
    ...(segmentId ? { segmentId } : {}),
    ...(startIndex > 0 ? { startIndex } : {}),
    endIndex,
    ...(tab.tabId === row.tabs[0]?.tabId ? {} : { tabId: tab.tabId }),
  }));
