/** The browser's session with the org, in a cookie. */
import type { Call } from '../../../../src/twin.ts';
import { header } from '../../../../src/wire.ts';
import { liveSession, type Session, type SessionTerms } from '../../model/signIn/session.ts';

/** The session of the browser that calls. */
export function sessionOf({ world, request }: Call): Session | undefined {
  const sent = /(?:^|;\s*)sid=(\w+)/.exec(header(request.headers, 'cookie') ?? '')?.[1];
  return sent === undefined ? undefined : liveSession(world, sent);
}

/** The header that keeps a session in the browser, for this org alone; `''` ends it. */
export function sessionCookie(call: Call, id: string, terms?: SessionTerms): [string, string] {
  const lasts =
    terms?.persistent && terms.lifetimeMinutes > 0 ? `; Max-Age=${terms.lifetimeMinutes * 60}` : '';
  return cookie(call, 'sid', id, id === '' ? '; Max-Age=0' : lasts);
}

/** The header by which a browser is known again. */
export const deviceCookie = (call: Call, token: string): [string, string] =>
  cookie(call, 'DT', token, `; Max-Age=${DEVICE_LASTS_SECONDS}`);

const DEVICE_LASTS_SECONDS = 365 * 86_400;

function cookie({ request }: Call, name: string, value: string, ends: string): [string, string] {
  const { pathname, protocol } = new URL(request.base);
  const secure = protocol === 'https:' ? '; Secure' : '';
  return ['set-cookie', `${name}=${value}; Path=${pathname}${ends}; HttpOnly; SameSite=Lax${secure}`];
}
