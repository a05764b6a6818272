/** What a form came to, carried over the redirect in a cookie that the next page takes away. */
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { asProblem } from '../control/problem.ts';
import type { ConsoleContext, Notice } from './visit.ts';

const COOKIE = 'orrery_said';
/** Seconds until an unread notice is forgotten. */
const KEPT_S = 30;
const TEXT_CHARS_MAX = 600;

/** Runs `work`, then sends the browser to `to` with what came of it. */
export async function act(
  c: ConsoleContext,
  to: string | (() => string),
  work: () => Promise<string>,
): Promise<Response> {
  const say = ({ kind, text }: Notice) =>
    setCookie(c, COOKIE, `${kind}:${text.slice(0, TEXT_CHARS_MAX)}`, {
      httpOnly: true,
      sameSite: 'Strict',
      path: '/',
      maxAge: KEPT_S,
    });
  try {
    const text = await work();
    if (text !== '') say({ kind: 'done', text });
  } catch (error) {
    const { init } = asProblem(error);
    if (init.status === 500) throw error;
    say({ kind: 'wrong', text: init.detail });
  }
  return c.redirect(typeof to === 'string' ? to : to(), 303);
}

/** The notice that waits for this page, once. Only pages take it: not streams, not scripts. */
export function takeNotice(c: ConsoleContext): Notice | undefined {
  const wantsPage = (c.req.header('accept') ?? 'text/html').includes('text/html');
  const said = c.req.method === 'GET' && wantsPage ? getCookie(c, COOKIE) : undefined;
  if (said === undefined) return undefined;
  deleteCookie(c, COOKIE, { path: '/' });
  const colon = said.indexOf(':');
  return { kind: said.slice(0, colon) === 'wrong' ? 'wrong' : 'done', text: said.slice(colon + 1) };
}
