/** Documents. https://developers.google.com/workspace/docs/api/reference/rest/v1/documents */
import { type Call, type Endpoint, endpoint } from '../../../../src/twin.ts';
import type { GoogleActor } from '../../actor.ts';
import { viewerWith } from '../../drive/api/viewer.ts';
import { createFile } from '../../drive/model/file.ts';
import { MIME } from '../../drive/world.ts';
import { batchUpdate, type Request, revisionId, type WriteControl } from '../model/batch/batch.ts';
import { openDocument } from '../model/document.ts';
import { documentView } from './view/document.ts';

const DOC = 'https://developers.google.com/workspace/docs/api/reference/rest/v1/documents';
const WRITE = ['documents', 'drive', 'drive.file'];
const WIDE = new Set(['documents', 'documents.readonly', 'drive', 'drive.readonly']);

type DocsCall = Call<GoogleActor>;
const docsViewer = (call: DocsCall) => viewerWith(call, WIDE);

export const documentEndpoints: readonly Endpoint[] = [
  endpoint<GoogleActor, string>(
    {
      id: 'docs.documents.create',
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
      return documentView(call.world, openDocument(call.world, viewer, file.id, 'reader').row, {
        withTabs: false,
        suggestionsViewMode: 'SUGGESTIONS_INLINE',
        withRevision: true,
      });
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
      return documentView(call.world, row, {
        withTabs: call.query.get('includeTabsContent')?.toLowerCase() === 'true',
        suggestionsViewMode: 'SUGGESTIONS_INLINE',
        withRevision: true,
      });
    },
  ),
  endpoint<GoogleActor, 'GET /{documentId}'>(
    {
      id: 'docs.documents.batchUpdate',
      route: 'POST /v1/documents/{documentId}:batchUpdate' as 'GET /{documentId}',
      scopes: WRITE,
      tier: 'docs.write',
      doc: `${DOC}/batchUpdate`,
    },
    (call) => updated(call, call.params.documentId),
  ),
];

function updated(call: DocsCall, documentId: string): Record<string, unknown> {
  const body = (call.input ?? {}) as { requests?: Request[]; writeControl?: WriteControl };
  const viewer = docsViewer(call);
  const replies = batchUpdate(call.world, viewer, documentId, body.requests ?? [], body.writeControl ?? {});
  const { row } = openDocument(call.world, viewer, documentId, 'reader');
  return { replies, writeControl: { requiredRevisionId: revisionId(call.world, row) }, documentId };
}
