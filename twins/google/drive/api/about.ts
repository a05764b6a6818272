/** Who the viewer is and what they have left. https://developers.google.com/workspace/drive/api/reference/rest/v3/about */
import { type Call, type Endpoint, endpoint } from '../../../../src/twin.ts';
import type { GoogleActor } from '../../actor.ts';
import { driveThemes, EXPORT_FORMATS, FOLDER_COLORS, IMPORT_BYTES_MAX, IMPORT_FORMATS } from '../formats.ts';
import { storageOf } from '../model/storage.ts';
import { userView } from './sharingView.ts';
import { driveViewer } from './viewer.ts';

export const aboutEndpoints: readonly Endpoint[] = [
  endpoint<GoogleActor, string>(
    {
      id: 'drive.about.get',
      route: 'GET /drive/v3/about',
      scopes: [
        ...['drive', 'drive.appdata', 'drive.file', 'drive.metadata', 'drive.metadata.readonly'],
        ...['drive.photos.readonly', 'drive.readonly'],
      ],
      tier: 'drive',
      traits: { fieldsRequired: true },
      doc: 'https://developers.google.com/workspace/drive/api/reference/rest/v3/about/get',
    },
    (call) => about(call),
  ),
];

/** Bytes of one upload. */
const UPLOAD_BYTES_MAX = '5242880000000';

function about(call: Call<GoogleActor>): Record<string, unknown> {
  const viewer = driveViewer(call);
  return {
    kind: 'drive#about',
    user: userView(call.world, viewer, viewer.email),
    storageQuota: storageOf(call.world, viewer),
    importFormats: IMPORT_FORMATS,
    exportFormats: EXPORT_FORMATS,
    maxImportSizes: IMPORT_BYTES_MAX,
    maxUploadSize: UPLOAD_BYTES_MAX,
    appInstalled: true,
    folderColorPalette: FOLDER_COLORS,
    teamDriveThemes: driveThemes(),
    driveThemes: driveThemes(),
    canCreateTeamDrives: true,
    canCreateDrives: true,
  };
}
