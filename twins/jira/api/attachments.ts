/** Files on issues. */
import { endpoint, reply } from '../../../src/twin.ts';
import { header } from '../../../src/wire.ts';
import { refused } from '../errors.ts';
import { ATTACHMENT_BYTES_MAX } from '../limits.ts';
import { attach, removeAttachment, requireAttachment } from '../model/issues/attachments.ts';
import { requireIssue } from '../model/issues/issueNamed.ts';
import { addressOf, caller, doc } from './address.ts';
import { attachmentView } from './talkViews.ts';

export const attachmentEndpoints = [
  endpoint(
    {
      id: 'addAttachment',
      route: 'POST /rest/api/3/issue/{issueIdOrKey}/attachments',
      traits: { upload: true },
      doc: doc('issue-attachments', 'issue-issueidorkey-attachments-post'),
    },
    (call) => {
      // Without this header the real service takes the upload for a forged form.
      if (!/^(no-check|nocheck)$/i.test(header(call.request.headers, 'x-atlassian-token') ?? ''))
        throw refused('forbidden', 'XSRF check failed');
      const files = (call.body.files ?? []).filter((file) => file.name === 'file');
      const at = addressOf(call);
      const issue = requireIssue(call.world, call.params.issueIdOrKey);
      return attach(call.world, issue, caller(call), files).map((file) => attachmentView(at, file));
    },
  ),
  endpoint(
    {
      id: 'getAttachmentMeta',
      route: 'GET /rest/api/3/attachment/meta',
      doc: doc('issue-attachments', 'attachment-meta-get'),
    },
    () => ({ enabled: true, uploadLimit: ATTACHMENT_BYTES_MAX }),
  ),
  endpoint(
    {
      id: 'getAttachment',
      route: 'GET /rest/api/3/attachment/{id}',
      doc: doc('issue-attachments', 'attachment-id-get'),
    },
    (call) => {
      const { id, ...shown } = attachmentView(
        addressOf(call),
        requireAttachment(call.world, addressOf(call).me, call.params.id),
      );
      return { id: Number(id), ...shown };
    },
  ),
  endpoint(
    {
      id: 'getAttachmentContent',
      route: 'GET /rest/api/3/attachment/content/{id}',
      doc: doc('issue-attachments', 'attachment-content-id-get'),
    },
    (call) => {
      const file = requireAttachment(call.world, addressOf(call).me, call.params.id);
      const name = file.filename.replace(/["\\\r\n]/g, '_');
      return reply({
        raw: true,
        body: Buffer.from(file.content, 'base64'),
        headers: [
          ['content-type', file.mimeType],
          [
            'content-disposition',
            `attachment; filename="${name}"; filename*=UTF-8''${encodeURIComponent(file.filename)}`,
          ],
        ],
      });
    },
  ),
  endpoint(
    {
      id: 'removeAttachment',
      route: 'DELETE /rest/api/3/attachment/{id}',
      status: 204,
      doc: doc('issue-attachments', 'attachment-id-delete'),
    },
    (call) => removeAttachment(call.world, caller(call), call.params.id),
  ),
];
