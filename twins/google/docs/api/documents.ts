/** Documents. https://developers.google.com/workspace/docs/api/reference/rest/v1/documents */
import { type Call, type Endpoint, endpoint } from '../../../../src/twin.ts';
import type { GoogleActor } from '../../actor.ts';
import { viewerWith } from '../../drive/api/viewer.ts';
import { createFile } from '../../drive/model/file.ts';
import { MIME } from '../../drive/world.ts';
import { batchUpdate, type Request, type WriteControl } from '../model/batch/batch.ts';
import { openDocument } from '../model/document.ts';
import { outcomeView } from './view/batch.ts';
import { documentView } from './view/document.ts';
import { viewOf } from './view/mode.ts';

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
      const name = title || 'Untitled document';
      return shown(call, createFile(call.world, viewer, { name, mimeType: MIME.document }).id);
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
    (call) => shown(call, call.params.documentId),
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

function shown(call: DocsCall, documentId: string): Record<string, unknown> {
  const viewer = docsViewer(call);
  const { file, row } = openDocument(call.world, viewer, documentId, 'reader');
  return documentView(call.world, row, viewOf(call.world, viewer, file, call.query));
}

function updated(call: DocsCall, documentId: string): Record<string, unknown> {
  const body = (call.input ?? {}) as { requests?: Request[]; writeControl?: WriteControl };
  const viewer = docsViewer(call);
  const control = body.writeControl ?? {};
  const outcome = batchUpdate(call.world, viewer, documentId, body.requests ?? [], control);
  return outcomeView(
    call.world,
    openDocument(call.world, viewer, documentId, 'reader').row,
    outcome,
    control,
  );
}
