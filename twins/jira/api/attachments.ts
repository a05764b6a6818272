/** Files on issues. */
import { type Call, endpoint, reply } from '../../../src/twin.ts';
import { header } from '../../../src/wire.ts';
import { missing, refused } from '../errors.ts';
import { ATTACHMENT_BYTES_MAX } from '../limits.ts';
import { attach, removeAttachment, requireAttachment } from '../model/issues/attachments.ts';
import { requireIssue } from '../model/issues/issueNamed.ts';
import { fileAt, mediaAddress, type Rendition } from '../model/issues/media.ts';
import type { Attachment } from '../world.ts';
import { addressOf, caller, doc } from './address.ts';
import { humanEntries, machineEntries } from './archiveEntries.ts';
import { ranged } from './byteRange.ts';
import { attachmentView } from './talkViews.ts';

const GROUP = 'issue-attachments';
const fileOf = (call: Call) => requireAttachment(call.world, addressOf(call).me, call.params.id as string);

const isPicture = (file: Attachment) => file.mimeType.startsWith('image/');

/** The bytes of a file, or of the part that was asked for. */
function download(call: Call, file: Attachment) {
  const name = file.filename.replace(/["\\\r\n]/g, '_');
  const disposition = `attachment; filename="${name}"; filename*=UTF-8''${encodeURIComponent(file.filename)}`;
  return ranged(Buffer.from(file.content, 'base64'), header(call.request.headers, 'range'), [
    ['content-type', file.mimeType],
    ['content-disposition', disposition],
  ]);
}

/** Where clients that follow are led; those that ask not to be get the bytes at once. */
function ledTo(call: Call, file: Attachment, rendition: Rendition) {
  if (call.query.get('redirect') === 'false') return download(call, file);
  return reply({ status: 303, headers: [['location', mediaAddress(call.world, file, rendition)]] });
}

/** A picture of one grey point: what stands for a file that has no picture. */
const NO_PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGOoBwAAgQCADmB0oAAAAABJRU5ErkJggg==',
  'base64',
);

export const attachmentEndpoints = [
  endpoint(
    {
      id: 'addAttachment',
      route: 'POST /rest/api/3/issue/{issueIdOrKey}/attachments',
      traits: { upload: true },
      doc: doc(GROUP, 'issue-issueidorkey-attachments-post'),
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
      traits: { anonymous: true },
      doc: doc(GROUP, 'attachment-meta-get'),
    },
    () => ({ enabled: true, uploadLimit: ATTACHMENT_BYTES_MAX }),
  ),
  endpoint(
    { id: 'getAttachment', route: 'GET /rest/api/3/attachment/{id}', doc: doc(GROUP, 'attachment-id-get') },
    (call) => {
      const { id, ...shown } = attachmentView(addressOf(call), fileOf(call));
      return { id: Number(id), ...shown };
    },
  ),
  endpoint(
    {
      id: 'getAttachmentContent',
      route: 'GET /rest/api/3/attachment/content/{id}',
      doc: doc(GROUP, 'attachment-content-id-get'),
    },
    (call) => ledTo(call, fileOf(call), 'binary'),
  ),
  endpoint(
    {
      id: 'secureAttachment',
      route: 'GET /secure/attachment/{id}/{filename}',
      doc: doc(GROUP, 'attachment-content-id-get'),
    },
    (call) => ledTo(call, fileOf(call), 'binary'),
  ),
  endpoint(
    {
      id: 'getAttachmentThumbnail',
      route: 'GET /rest/api/3/attachment/thumbnail/{id}',
      doc: doc(GROUP, 'attachment-thumbnail-id-get'),
    },
    (call) => {
      const file = fileOf(call);
      for (const side of ['width', 'height'])
        if (!/^[1-9]\d{0,4}$/.test(call.query.get(side) ?? '1'))
          throw refused('badRequest', `The ${side} must be a positive integer.`);
      if (isPicture(file)) return ledTo(call, file, 'image');
      if (call.query.get('fallbackToDefault') === 'false')
        throw missing(`The thumbnail of the attachment with id '${file.id}' was not found.`);
      return reply({ raw: true, body: NO_PICTURE, headers: [['content-type', 'image/png']] });
    },
  ),
  endpoint(
    {
      id: 'mediaFile',
      route: 'GET /file/{id}/{rendition}',
      auth: 'none',
      doc: doc(GROUP, 'attachment-content-id-get'),
    },
    (call) => download(call, fileAt(call.world, call.params.id, call.query.get('token') ?? '')),
  ),
  endpoint(
    {
      id: 'expandAttachmentForHumans',
      route: 'GET /rest/api/3/attachment/{id}/expand/human',
      doc: doc(GROUP, 'attachment-id-expand-human-get'),
    },
    (call) => humanEntries(fileOf(call)),
  ),
  endpoint(
    {
      id: 'expandAttachmentForMachines',
      route: 'GET /rest/api/3/attachment/{id}/expand/raw',
      doc: doc(GROUP, 'attachment-id-expand-raw-get'),
    },
    (call) => machineEntries(fileOf(call)),
  ),
  endpoint(
    {
      id: 'removeAttachment',
      route: 'DELETE /rest/api/3/attachment/{id}',
      status: 204,
      doc: doc(GROUP, 'attachment-id-delete'),
    },
    (call) => removeAttachment(call.world, caller(call), call.params.id),
  ),
];
