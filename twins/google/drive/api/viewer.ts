/** From a call to the viewer that models ask about. */
import type { Call } from '../../../../src/twin.ts';
import type { GoogleActor } from '../../actor.ts';
import { shortScope } from '../../identity/scopes.ts';
import type { Viewer } from '../model/access.ts';

const WIDE = new Set(['drive', 'drive.readonly', 'drive.metadata', 'drive.metadata.readonly']);

/** With `drive.file` alone a token reaches only what its own app made. */
export function driveViewer(call: Call<GoogleActor>): Viewer {
  return viewerWith(call, WIDE);
}

/** The same for another API, whose own scopes reach all files of its kind. */
export const viewerWith = ({ actor }: Call<GoogleActor>, wide: ReadonlySet<string>): Viewer => ({
  email: actor.email,
  app: actor.app,
  appOnly: !actor.scopes.some((scope) => wide.has(shortScope(scope))),
});

/** Whether a flag of the query is set. */
export const saysYes = (query: URLSearchParams, name: string): boolean =>
  query.get(name)?.toLowerCase() === 'true';
