/** Documents as a whole: made, copied, opened, read as text, dropped. */
import type { World } from '../../../../src/world/world.ts';
import { atLeast, canSee, roleOf, type Viewer } from '../../drive/model/access.ts';
import { type FileRow, files, MIME, type Role } from '../../drive/world.ts';
import { badArgument, googleError } from '../../errors.ts';
import { DOCUMENT_CHARS_MAX } from '../../limits.ts';
import { OBJECT } from '../world/content.ts';
import { type DocumentRow, documents, FIRST_TAB, type Tab } from '../world.ts';
import { dropEdits } from './batch/rebase.ts';
import { contentText } from './content/walk.ts';
import { newTab } from './newTab.ts';
import { previewed } from './suggestion/resolve.ts';
import { dropSuggestions } from './suggestion/suggestion.ts';

/** What Docs calls the first tab. */
export const FIRST_TITLE = 'Tab 1';

/** The inside of a new document; text becomes plain paragraphs. */
export function createDocument(world: World, documentId: string, text: string = ''): DocumentRow {
  return plantDocument(world, documentId, newTab(FIRST_TAB, FIRST_TITLE, text.replace(/\r\n?/g, '\n')));
}

/** The inside of a new document out of a file of another kind. */
export function plantDocument(world: World, documentId: string, tab: Tab): DocumentRow {
  if (contentText(tab.body).length > DOCUMENT_CHARS_MAX) throw badArgument('The document is too long.');
  return world.insert(documents, { documentId, revision: 1, epoch: newEpoch(world), tabs: [tab] });
}

/** A document that a viewer may read or do more with. Throws `notFound`, `forbidden`. */
export function openDocument(
  world: World,
  viewer: Viewer,
  documentId: string,
  least: Role,
): { file: FileRow; row: DocumentRow } {
  const file = world.get(files, documentId);
  if (!file) throw googleError('notFound');
  if (!canSee(world, viewer, file) || !atLeast(roleOf(world, file, viewer.email), least))
    throw googleError('forbidden');
  const row = world.get(documents, documentId);
  if (!row || file.mimeType !== MIME.document)
    throw badArgument('This operation is not supported for this document');
  return { file, row };
}

/** A copy has neither the suggestions nor the comments of what it was made from. */
export function copyDocument(world: World, from: string, to: string): void {
  const row = world.get(documents, from);
  if (!row) return;
  const tabs = row.tabs.map((tab) => ({ ...previewed(tab, false), commentAnchors: [] }));
  world.insert(documents, { documentId: to, revision: 1, epoch: newEpoch(world), tabs });
}

export function dropDocument(world: World, documentId: string): boolean {
  dropSuggestions(world, documentId);
  dropEdits(world, documentId);
  return world.remove(documents, documentId);
}

/** The text of the bodies of all tabs, with the line break at its end; what is no text is left out. */
export function documentText(world: World, documentId: string): string {
  const tabs = world.get(documents, documentId)?.tabs ?? [];
  return tabs.map((tab) => contentText(tab.body).replaceAll(OBJECT, '')).join('');
}

const newEpoch = (world: World): number => world.draw('google.document').u32();
