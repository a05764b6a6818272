/**
 * A text that a person wrote: stored as a document; what came as wiki text is kept beside it, so that v2 reads
 * back to the letter what v2 wrote, as the real service does.
 */
import { badQuery } from '../../errors.ts';
import { TEXT_CHARS_MAX } from '../../limits.ts';
import { type AdfDocument, isAdf, plainText } from './adf.ts';
import { documentFromWiki } from './wikiReader.ts';
import { wikiFromDocument } from './wikiWriter.ts';

export interface RichText {
  doc: AdfDocument;
  wiki?: string;
}

/** In which form a version of the API speaks: documents (v3) or wiki text (v2). */
export type TextForm = 'adf' | 'wiki';

/**
 * Reads a value in the caller’s form; a sentence where it is not one, `null` for nothing. Throws 400 `INVALID_INPUT`
 * for a document with something in it that does not belong there.
 */
export function readRichText(value: unknown, form: TextForm): RichText | null | { problem: string } {
  if (value === null || value === undefined || value === '') return null;
  if (form === 'adf') {
    if (isAdf(value)) {
      if (plainText(value).length > TEXT_CHARS_MAX) return { problem: TOO_LONG };
      return { doc: value };
    }
    if (typeof value === 'object' && !Array.isArray(value)) throw badQuery('INVALID_INPUT');
    return { problem: 'Operation value must be an Atlassian Document (see the Atlassian Document Format)' };
  }
  if (typeof value !== 'string') return { problem: 'Operation value must be a string' };
  if (value.length > TEXT_CHARS_MAX) return { problem: TOO_LONG };
  return { doc: documentFromWiki(value), wiki: value };
}

const TOO_LONG = `The entered text is too long. It exceeds the allowed limit of ${TEXT_CHARS_MAX} characters.`;

/** The text as the caller's form has it. */
export const showRichText = (doc: AdfDocument | null, wiki: string | undefined, form: TextForm): unknown =>
  doc === null ? null : form === 'adf' ? doc : (wiki ?? wikiFromDocument(doc));
