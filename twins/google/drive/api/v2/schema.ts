/** Shapes of the second version's bodies. */
import { flag, list, message, text } from '../../../schema.ts';

const LOCK = message({ reason: text, readOnly: flag, ownerRestricted: flag });
const PROPERTY = {
  key: text,
  value: { type: ['string', 'null'] },
  visibility: { enum: ['PUBLIC', 'PRIVATE'] },
};

export const PROPERTY_BODY = message(PROPERTY);
export const REFERENCE_BODY = message({ id: text });
export const PERMISSION_BODY_V2 = message({
  ...Object.fromEntries(
    ['id', 'type', 'role', 'value', 'emailAddress', 'domain', 'expirationDate'].map((name) => [name, text]),
  ),
  additionalRoles: list(text),
  withLink: flag,
});
export const FILE_BODY_V2 = message({
  ...Object.fromEntries(
    [
      ...['id', 'title', 'mimeType', 'description', 'modifiedDate', 'createdDate', 'lastViewedByMeDate'],
      ...['folderColorRgb', 'originalFilename'],
    ].map((name) => [name, text]),
  ),
  writersCanShare: flag,
  copyRequiresWriterPermission: flag,
  parents: list(REFERENCE_BODY),
  labels: message({ starred: flag, trashed: flag, restricted: flag, viewed: flag }),
  properties: list(message(PROPERTY)),
  indexableText: message({ text }),
  thumbnail: message({ image: text, mimeType: text }),
  shortcutDetails: message({ targetId: text }),
  contentRestrictions: list(LOCK),
});
