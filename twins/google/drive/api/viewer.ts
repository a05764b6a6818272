/** From a call to the viewer that models ask about. */
import type { Call } from '../../../../src/twin.ts';
import type { GoogleActor } from '../../actor.ts';
import { shortScope } from '../../identity/scopes.ts';
import type { Viewer } from '../model/access.ts';

const WIDE = new Set(['drive', 'drive.readonly', 'drive.metadata', 'drive.metadata.readonly']);

/** Operations that pass over items of shared drives unless they are told to `supportsAllDrives`. */
const ASKED =
  /^drive\.(?:v2\.)?(permissions\.\w+|files\.(copy|create|delete|get|insert|list|patch|touch|trash|untrash|update|watch))$/;

/** With `drive.file` alone a token reaches only what its own app made, with `drive.appdata` only its hidden folder. */
export function driveViewer(call: Call<GoogleActor>): Viewer {
  const scopes = new Set(call.actor.scopes.map(shortScope));
  const appData = scopes.has('drive.appdata') || scopes.has('drive.appfolder');
  const others = [...scopes].some((scope) => scope.startsWith('drive') && !scope.startsWith('drive.app'));
  return {
    ...viewerWith(call, WIDE),
    ...(appData ? { appData } : {}),
    ...(appData && !others ? { appDataOnly: true } : {}),
    ...(ASKED.test(call.endpoint.id) && !said(call, 'supportsAllDrives', 'supportsTeamDrives')
      ? { myDriveOnly: true }
      : {}),
  };
}

/** Whether one of these parameters (a new and an old name) is true. */
export const said = ({ query }: Pick<Call, 'query'>, ...names: string[]): boolean =>
  names.some((name) => query.get(name)?.toLowerCase() === 'true');

/** The same for another API, whose own scopes reach all files of its kind. */
export const viewerWith = ({ actor }: Call<GoogleActor>, wide: ReadonlySet<string>): Viewer => ({
  email: actor.email,
  app: actor.app,
  appOnly: !actor.scopes.some((scope) => wide.has(shortScope(scope))),
});
