/** The browser's session with the org, in a cookie. */
import type { Call } from '../../../../src/twin.ts';
import { header } from '../../../../src/wire.ts';
import { liveSession, type Session } from '../../model/session.ts';

/** The session of the browser that calls. */
export function sessionOf({ world, request }: Call): Session | undefined {
  const sent = /(?:^|;\s*)sid=(\w+)/.exec(header(request.headers, 'cookie') ?? '')?.[1];
  return sent === undefined ? undefined : liveSession(world, sent);
}

/** The header that keeps a session in the browser, for this org alone; `''` ends it. */
export function sessionCookie({ request }: Call, id: string): [string, string] {
  const { pathname, protocol } = new URL(request.base);
  const ends = id === '' ? '; Max-Age=0' : '';
  const secure = protocol === 'https:' ? '; Secure' : '';
  return ['set-cookie', `sid=${id}; Path=${pathname}${ends}; HttpOnly; SameSite=Lax${secure}`];
}
