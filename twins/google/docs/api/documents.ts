/** Documents. https://developers.google.com/workspace/docs/api/reference/rest/v1/documents */
import { type Call, type Endpoint, endpoint } from '../../../../src/twin.ts';
import type { World } from '../../../../src/world/world.ts';
import type { GoogleActor } from '../../actor.ts';
import { viewerWith } from '../../drive/api/viewer.ts';
import { createFile } from '../../drive/model/file.ts';
import { files, MIME } from '../../drive/world.ts';
import { batchUpdate, revisionId, type WriteControl } from '../model/batch.ts';
import { openDocument } from '../model/document.ts';
import { FIRST_INDEX } from '../model/edit.ts';
import type { DocumentRow, Paragraph } from '../world.ts';
import { BATCH_BODY, DOCUMENT_BODY } from './schema.ts';
import { DOCUMENT_STYLE, NAMED_STYLES, SECTION_STYLE } from './style.ts';

const DOC = 'https://developers.google.com/workspace/docs/api/reference/rest/v1/documents';
const WRITE = ['documents', 'drive', 'drive.file'];
const WIDE = new Set(['documents', 'documents.readonly', 'drive', 'drive.readonly']);

type DocsCall = Call<GoogleActor>;
const docsViewer = (call: DocsCall) => viewerWith(call, WIDE);

export const documentEndpoints: readonly Endpoint[] = [
  endpoint<GoogleActor, string>(
    {
      id: 'docs.documents.create',
      input: DOCUMENT_BODY,
      route: 'POST /v1/documents',
      scopes: WRITE,
      tier: 'docs.write',
      doc: `${DOC}/create`,
    },
    (call) => {
      const { title } = (call.input ?? {}) as { title?: string };
      const viewer = docsViewer(call);
      const file = createFile(call.world, viewer, {
        name: title || 'Untitled document',
        mimeType: MIME.document,
      });
      return documentView(call.world, openDocument(call.world, viewer, file.id, 'reader').row, false);
    },
  ),
  endpoint<GoogleActor, 'GET /{documentId}'>(
    {
      id: 'docs.documents.get',
      route: 'GET /v1/documents/{documentId}' as 'GET /{documentId}',
      scopes: [...WRITE, 'documents.readonly', 'drive.readonly'],
      tier: 'docs.read',
      doc: `${DOC}/get`,
    },
    (call) => {
      const { row } = openDocument(call.world, docsViewer(call), call.params.documentId, 'reader');
      return documentView(call.world, row, call.query.get('includeTabsContent')?.toLowerCase() === 'true');
    },
  ),
  endpoint<GoogleActor, 'GET /{documentId}'>(
    {
      id: 'docs.documents.batchUpdate',
      input: BATCH_BODY,
      route: 'POST /v1/documents/{documentId}:batchUpdate' as 'GET /{documentId}',
      scopes: WRITE,
      tier: 'docs.write',
      doc: `${DOC}/batchUpdate`,
    },
    (call) => updated(call, call.params.documentId),
  ),
];

function updated(call: DocsCall, documentId: string): Record<string, unknown> {
  const body = (call.input ?? {}) as { requests?: Record<string, unknown>[]; writeControl?: WriteControl };
  const viewer = docsViewer(call);
  const replies = batchUpdate(call.world, viewer, documentId, body.requests ?? [], body.writeControl ?? {});
  const { row } = openDocument(call.world, viewer, documentId, 'reader');
  return { replies, writeControl: { requiredRevisionId: revisionId(call.world, row) }, documentId };
}

/** With tabs the content is in the first tab, else at the top. */
function documentView(world: World, row: DocumentRow, withTabs: boolean): Record<string, unknown> {
  const ends = {
    revisionId: revisionId(world, row),
    suggestionsViewMode: 'SUGGESTIONS_INLINE',
    documentId: row.documentId,
  };
  const title = world.get(files, row.documentId)?.name;
  const content = {
    body: { content: contentOf(row.paragraphs) },
    documentStyle: DOCUMENT_STYLE,
    namedStyles: NAMED_STYLES,
    ...(row.namedRanges.length > 0 ? { namedRanges: namedRangesOf(row) } : {}),
  };
  if (!withTabs) return { title, ...content, ...ends };
  const tab = { tabProperties: { tabId: 't.0', title: 'Tab 1', index: 0 }, documentTab: content };
  return { title, ...ends, tabs: [tab] };
}

function contentOf(paragraphs: readonly Paragraph[]): Record<string, unknown>[] {
  let index = FIRST_INDEX;
  const shown = paragraphs.map(({ runs, style }) => {
    const startIndex = index;
    const elements = runs.map((run) => {
      const from = index;
      index += run.text.length;
      return { startIndex: from, endIndex: index, textRun: { content: run.text, textStyle: run.style } };
    });
    return { startIndex, endIndex: index, paragraph: { elements, paragraphStyle: style } };
  });
  return [{ endIndex: 1, sectionBreak: { sectionStyle: SECTION_STYLE } }, ...shown];
}

function namedRangesOf(row: DocumentRow): Record<string, unknown> {
  const byName = new Map<string, { name: string; namedRanges: unknown[] }>();
  for (const { name, namedRangeId, startIndex, endIndex } of row.namedRanges) {
    const one = byName.get(name) ?? { name, namedRanges: [] };
    one.namedRanges.push({ namedRangeId, name, ranges: [{ startIndex, endIndex }] });
    byName.set(name, one);
  }
  return Object.fromEntries(byName);
}
