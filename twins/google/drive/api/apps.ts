/** Programs that a person has let into their Drive. https://developers.google.com/workspace/drive/api/reference/rest/v3/apps */
import { type Call, type Endpoint, endpoint } from '../../../../src/twin.ts';
import type { GoogleActor } from '../../actor.ts';
import { googleError } from '../../errors.ts';
import { type App, appNamed, appsOf } from '../model/app.ts';
import { driveViewer } from './viewer.ts';

const DOC = 'https://developers.google.com/workspace/drive/api/reference/rest/v3/apps';

/** The endpoints of one version of the API, at its path. */
export const appEndpoints = (root: string, api: string = 'drive'): readonly Endpoint[] => [
  endpoint<GoogleActor, string>(
    {
      id: `${api}.apps.list`,
      route: `GET ${root}/apps`,
      scopes: ['drive.apps.readonly'],
      tier: 'drive',
      doc: `${DOC}/list`,
    },
    (call) => ({
      kind: 'drive#appList',
      selfLink: `https://www.googleapis.com${root}/apps`,
      defaultAppIds: [],
      items: isFiltered(call) ? [] : appsOf(call.world, driveViewer(call)).map(view),
    }),
  ),
  endpoint<GoogleActor, string>(
    {
      id: `${api}.apps.get`,
      route: `GET ${root}/apps/{appId}`,
      scopes: [
        ...['drive', 'drive.appdata', 'drive.apps.readonly', 'drive.file', 'drive.metadata'],
        ...['drive.metadata.readonly', 'drive.readonly'],
      ],
      tier: 'drive',
      doc: `${DOC}/get`,
    },
    (call) => view(found(call, call.params.appId ?? '')),
  ),
];

/** Apps that open files of some kind: the programs of a project have said of none. */
const isFiltered = ({ query }: Call): boolean =>
  Boolean(query.get('appFilterExtensions') || query.get('appFilterMimeTypes'));

function found(call: Call<GoogleActor>, id: string): App {
  const app = appNamed(call.world, driveViewer(call), id);
  if (app) return app;
  throw googleError('notFound', {
    message: `App not found: ${id}`,
    location: 'appId',
    locationType: 'parameter',
  });
}

const view = ({ id, name, wide }: App): Record<string, unknown> => ({
  kind: 'drive#app',
  id,
  name,
  supportsCreate: false,
  supportsImport: false,
  supportsMultiOpen: false,
  supportsOfflineCreate: false,
  installed: true,
  authorized: true,
  hasDriveWideScope: wide,
  useByDefault: false,
  primaryMimeTypes: [],
  secondaryMimeTypes: [],
  primaryFileExtensions: [],
  secondaryFileExtensions: [],
  icons: [],
});
