/** Calls to a Google domain of a world's, as its administrator, without a socket. */
import type { WorldFile } from '../../src/world/file.ts';
import { google } from '../../twins/google/twin.ts';
import { openUniverse } from '../universe.ts';

export type GoogleCall = (method: string, path: string, body?: object) => Promise<Record<string, unknown>>;

/** Opens the world; a call that is refused throws. */
export async function googleCalls(world: WorldFile): Promise<GoogleCall> {
  const { universe } = await openUniverse([google], world);
  const base = universe.publicBase('google');
  const { credentials } = google.credentials.document(universe.view('google'), base);
  const headers = { authorization: `Bearer ${credentials.accessToken}`, 'content-type': 'application/json' };
  return async (method, target, input) => {
    const [path = '', query = ''] = target.split('?');
    const body = Buffer.from(input ? JSON.stringify(input) : '');
    const plan = await universe.handle('google', {
      ...{ method, path, query, headers, body, base },
      via: 'process',
    });
    if (!('reply' in plan)) throw new Error(`${target}: no answer`);
    const { status, body: said } = plan.reply;
    if (status >= 300) throw new Error(`${target}: ${String(said).slice(0, 300)}`);
    return JSON.parse(String(said || '{}')) as Record<string, unknown>;
  };
}
