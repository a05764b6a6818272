/** `documents.batchUpdate`: all requests or none. https://developers.google.com/workspace/docs/api/reference/rest/v1/documents/request */
import { LOWER36 } from '../../../../src/ids.ts';
import type { World } from '../../../../src/world/world.ts';
import type { Viewer } from '../../drive/model/access.ts';
import { touchFile } from '../../drive/model/file.ts';
import { badArgument, badField, missingPart } from '../../errors.ts';
import { assign, parseFields } from '../../fields.ts';
import { BATCH_REQUESTS_MAX } from '../../limits.ts';
import { type DocumentRow, documents, type Paragraph, type TextStyle } from '../world.ts';
import { openDocument } from './document.ts';
import { deleted, endIndex, FIRST_INDEX, inserted, occurrences, restyled, styled } from './edit.ts';

interface Location {
  index?: number;
  segmentId?: string;
  tabId?: string;
}
interface Span {
  startIndex?: number;
  endIndex?: number;
  segmentId?: string;
  tabId?: string;
}
interface Job {
  world: World;
  row: DocumentRow;
  asked: string;
}
// biome-ignore lint/suspicious/noConfusingVoidType: most kinds have nothing to say
type Kind = (job: Job, input: never) => object | void;

const KINDS: Readonly<Record<string, Kind>> = {
  insertText,
  deleteContentRange,
  replaceAllText,
  updateTextStyle,
  updateParagraphStyle,
  createNamedRange,
  deleteNamedRange,
};

/** Kinds that Docs has and the twin has not. */
const MISSING = new Set(
  (
    'addDocumentTab createFooter createFootnote createHeader createParagraphBullets deleteFooter deleteHeader ' +
    'deleteParagraphBullets deletePositionedObject deleteTab deleteTableColumn deleteTableRow insertDate ' +
    'insertInlineImage insertPageBreak insertPerson insertRichLink insertSectionBreak insertTable ' +
    'insertTableColumn insertTableRow mergeTableCells pinTableHeaderRows replaceImage replaceNamedRangeContent ' +
    'unmergeTableCells updateDocumentStyle updateDocumentTabProperties updateNamedStyle updateSectionStyle ' +
    'updateTableCellStyle updateTableColumnProperties updateTableRowStyle'
  ).split(' '),
);

export interface WriteControl {
  requiredRevisionId?: string;
  targetRevisionId?: string;
}

/** Does the requests in order and gives their replies. Throws 400 that names the request at fault. */
export function batchUpdate(
  world: World,
  viewer: Viewer,
  documentId: string,
  requests: readonly Record<string, unknown>[],
  control: WriteControl,
): object[] {
  const { file, row } = openDocument(world, viewer, documentId, 'writer');
  if (control.requiredRevisionId && control.requiredRevisionId !== revisionId(world, row))
    throw badArgument('The required revision ID does not match the latest revision of the document.');
  if (requests.length > BATCH_REQUESTS_MAX) throw badArgument('Too many requests.');
  const job: Job = { world, row, asked: '' };
  const replies = requests.map((request, i) => {
    const [name, ...more] = Object.keys(request ?? {});
    if (name === undefined) throw badArgument(`Invalid requests[${i}]: No request set.`);
    const work = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
    if (!work && MISSING.has(name)) throw missingPart(`docs.documents.batchUpdate:${name}`);
    if (!work || more.length > 0)
      throw badField(
        `Invalid JSON payload received. Unknown name "${work ? more[0] : name}" at 'requests[${i}]': Cannot find field.`,
        `requests[${i}]`,
      );
    job.asked = `requests[${i}].${name}`;
    const reply = work(job, (request[name] ?? {}) as never);
    return reply ? { [name]: reply } : {};
  });
  if (requests.length > 0) {
    world.update(documents, documentId, { ...job.row, revision: row.revision + 1 });
    touchFile(world, viewer, file);
  }
  return replies;
}

/** An opaque name of the present state; it is different after every change. */
export const revisionId = (world: World, row: DocumentRow): string =>
  `AFwiY1${world.drawFor('google.documentRevision', row.documentId, row.revision).chars(`${LOWER36}ABCDEFGHIJ-_`, 100)}`;

function insertText(
  job: Job,
  input: { text?: string; location?: Location; endOfSegmentLocation?: Location },
): void {
  onlyBody(job, input.location ?? input.endOfSegmentLocation ?? {});
  const { paragraphs } = job.row;
  const end = endIndex(paragraphs);
  const index = input.location ? (input.location.index ?? 0) : end - 1;
  const text = (input.text ?? '').replace(/[^\P{Cc}\t\n\v]|\p{Co}/gu, '');
  if (!text) throw refuse(job, 'Insert text requests must specify text to insert.');
  if (index < FIRST_INDEX)
    throw refuse(
      job,
      'The insertion index must be inside the bounds of an existing paragraph. You can still create new paragraphs by inserting newlines.',
    );
  if (index >= end)
    throw refuse(job, `Index ${index} must be less than the end index of the referenced segment, ${end}.`);
  edit(job, inserted(paragraphs, index, text), { at: index, by: text.length });
}

function deleteContentRange(job: Job, { range = {} }: { range?: Span }): void {
  const { start, end } = spanOf(job, range);
  if (end >= endIndex(job.row.paragraphs))
    throw refuse(job, 'The range cannot include the newline character at the end of the segment.');
  edit(job, deleted(job.row.paragraphs, start, end), { at: start, by: start - end });
}

function replaceAllText(
  job: Job,
  {
    containsText = {},
    replaceText = '',
  }: { containsText?: { text?: string; matchCase?: boolean }; replaceText?: string },
): object {
  if (!containsText.text) throw refuse(job, 'The text to be replaced must not be empty.');
  const found = occurrences(job.row.paragraphs, containsText.text, containsText.matchCase ?? false);
  for (const at of found) {
    const after = deleted(
      inserted(job.row.paragraphs, at + 1, replaceText),
      at + 1 + replaceText.length,
      at + replaceText.length + containsText.text.length,
    );
    edit(job, deleted(after, at, at + 1), { at, by: replaceText.length - containsText.text.length });
  }
  return found.length > 0 ? { occurrencesChanged: found.length } : {};
}

function updateTextStyle(job: Job, input: { range?: Span; textStyle?: TextStyle; fields?: string }): void {
  const { start, end } = spanOf(job, input.range ?? {});
  job.row = {
    ...job.row,
    paragraphs: styled(job.row.paragraphs, start, end, input.textStyle ?? {}, maskOf(job, input.fields)),
  };
}

function updateParagraphStyle(
  job: Job,
  input: { range?: Span; paragraphStyle?: Record<string, unknown>; fields?: string },
): void {
  const { start, end } = spanOf(job, input.range ?? {});
  const mask = maskOf(job, input.fields);
  const change = (style: Paragraph['style']): Paragraph['style'] => {
    const next = assign(style, input.paragraphStyle ?? {}, mask) as Record<string, unknown>;
    const heading = /^HEADING_\d$/.test(String(next.namedStyleType));
    if (!heading) return Object.fromEntries(Object.entries(next).filter(([name]) => name !== 'headingId'));
    return { headingId: `h.${job.world.draw('google.heading').chars(LOWER36, 12)}`, ...next };
  };
  job.row = { ...job.row, paragraphs: restyled(job.row.paragraphs, start, end, change) };
}

function createNamedRange(job: Job, { name, range = {} }: { name?: string; range?: Span }): object {
  if (!name) throw refuse(job, 'The name must not be empty.');
  const { start, end } = spanOf(job, range);
  const namedRangeId = `kix.${job.world.draw('google.documentRange').chars(LOWER36, 12)}`;
  const made = { namedRangeId, name, startIndex: start, endIndex: end };
  job.row = { ...job.row, namedRanges: [...job.row.namedRanges, made] };
  return { namedRangeId };
}

function deleteNamedRange(job: Job, input: { namedRangeId?: string; name?: string }): void {
  const kept = job.row.namedRanges.filter(
    (one) => one.namedRangeId !== input.namedRangeId && one.name !== input.name,
  );
  if (kept.length === job.row.namedRanges.length)
    throw refuse(
      job,
      `No named range found with ${input.name ? `name: ${input.name}` : `id: ${input.namedRangeId}`}`,
    );
  job.row = { ...job.row, namedRanges: kept };
}

/** Names move with the text around them. */
function edit(job: Job, paragraphs: Paragraph[], shift: { at: number; by: number }): void {
  const moved = (index: number) => (index <= shift.at ? index : Math.max(index + shift.by, shift.at));
  const namedRanges = job.row.namedRanges
    .map((one) => ({ ...one, startIndex: moved(one.startIndex), endIndex: moved(one.endIndex) }))
    .filter((one) => one.endIndex > one.startIndex);
  job.row = { ...job.row, paragraphs, namedRanges };
}

function spanOf(job: Job, range: Span): { start: number; end: number } {
  onlyBody(job, range);
  const start = range.startIndex ?? 0;
  const end = range.endIndex ?? 0;
  const last = endIndex(job.row.paragraphs);
  if (start < FIRST_INDEX || end <= start) throw refuse(job, 'The range should not be empty.');
  if (end > last)
    throw refuse(
      job,
      `Index ${end} must be less than or equal to the end index of the referenced segment, ${last}.`,
    );
  return { start, end };
}

function onlyBody(job: Job, place: { segmentId?: string; tabId?: string }): void {
  if (place.segmentId || (place.tabId && place.tabId !== 't.0'))
    throw missingPart(
      `docs.documents.batchUpdate:${job.asked.split('.').at(-1)} outside the first tab's body`,
    );
}

function maskOf(job: Job, fields: string | undefined) {
  const mask = fields ? parseFields(fields) : undefined;
  if (!mask)
    throw refuse(job, "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)");
  return mask;
}

const refuse = (job: Job, why: string): Error => badArgument(`Invalid ${job.asked}: ${why}`);
