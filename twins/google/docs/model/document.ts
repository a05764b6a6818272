/** Documents as a whole: made, copied, opened, read as text, dropped. */
import type { World } from '../../../../src/world/world.ts';
import { atLeast, canSee, roleOf, type Viewer } from '../../drive/model/access.ts';
import { type FileRow, files, MIME } from '../../drive/world.ts';
import { badArgument, googleError } from '../../errors.ts';
import { DOCUMENT_CHARS_MAX } from '../../limits.ts';
import { type DocumentRow, documents, type Paragraph, PLAIN_PARAGRAPH } from '../world.ts';

/** The inside of a new document; text becomes plain paragraphs. */
export function createDocument(world: World, documentId: string, text: string = ''): DocumentRow {
  return world.insert(documents, {
    documentId,
    revision: 1,
    paragraphs: paragraphsOf(text.replace(/\r\n?/g, '\n')),
    namedRanges: [],
  });
}

/** A document that a viewer may read or (`writer`) write. Throws `notFound`, `forbidden`. */
export function openDocument(
  world: World,
  viewer: Viewer,
  documentId: string,
  least: 'reader' | 'writer',
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

export function copyDocument(world: World, from: string, to: string): void {
  const row = world.get(documents, from);
  if (row) world.insert(documents, { ...row, documentId: to, revision: 1 });
}

export const dropDocument = (world: World, documentId: string): boolean =>
  world.remove(documents, documentId);

/** The whole text, with the line break at its end. */
export function documentText(world: World, documentId: string): string {
  return (world.get(documents, documentId)?.paragraphs ?? []).map(paragraphText).join('');
}

export const paragraphText = (paragraph: Paragraph): string => paragraph.runs.map((run) => run.text).join('');

/** Plain paragraphs; there is always one, and each ends with a line break. */
export function paragraphsOf(text: string): Paragraph[] {
  if (text.length > DOCUMENT_CHARS_MAX) throw badArgument('The document is too long.');
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => ({ runs: [{ text: `${line}\n`, style: {} }], style: PLAIN_PARAGRAPH }));
}
