/**
 * The console: pages for people, over the same registry and the same calls as `/v1`. Mounted by the control app,
 * behind its check of Host and Origin; on a keyed server a visitor signs in with a key.
 */
import { Hono } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { asProblem, missing, Problem } from '../control/problem.ts';
import { universeFor } from '../control/receive.ts';
import type { ControlOptions } from '../control/route.ts';
import type { Registry } from '../registry.ts';
import { wallNow } from '../wall.ts';
import { apiRoutes } from './api.tsx';
import { callControl } from './call.ts';
import { field, readForm } from './form.ts';
import { act, takeNotice } from './notice.ts';
import { problemPage, signInPage } from './plain.tsx';
import { roomRoutes } from './rooms/all.tsx';
import { runRoutes } from './runs/all.tsx';
import { LIVE_JS } from './script.ts';
import { SESSION_MS, Sessions } from './session.ts';
import { ICON, STYLE } from './style.ts';
import { universeRoutes } from './universe/routes.tsx';
import { universesRoutes } from './universes.tsx';
import type { ConsoleContext, ConsoleDeps, ConsoleEnv, ConsoleHono, Visit } from './visit.ts';

const COOKIE = 'orrery_session';
/** Everything comes from this server; a page in a frame elsewhere could be clicked through. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/** The console's app: `/` and `/console/…`. */
export function consoleApp(registry: Registry, options: ControlOptions): ConsoleHono {
  const app: ConsoleHono = new Hono<ConsoleEnv>({ strict: true });
  const sessions = new Sessions();
  const deps: ConsoleDeps = {
    registry,
    options,
    universe: (c) => universeFor(registry, c.get('visit').caller, c.req.param('universe') ?? ''),
    call: (c, operation, given) =>
      callControl({ registry, options, caller: c.get('visit').caller, request: c.req.raw }, operation, given),
    act,
  };
  app.onError((error, c) => refusal(error, c, deps));
  app.use('/', (c, next) => guarded(c, next));
  app.use('/console/*', (c, next) => guarded(c, next));
  assets(app);
  signing(app, sessions, deps);
  const visited = (c: ConsoleContext, next: () => Promise<void>) => visit(c, next, sessions, deps);
  app.use('/', visited);
  app.use('/console/*', visited);
  universesRoutes(app, deps);
  universeRoutes(app, deps);
  apiRoutes(app, deps);
  roomRoutes(app, deps);
  runRoutes(app, deps);
  app.all('/console/*', (c) => {
    throw missing(`there is no page ${c.req.path}`);
  });
  return app;
}

/** A form elsewhere must not act here: browsers say of every request where it comes from. */
async function guarded(c: ConsoleContext, next: () => Promise<void>): Promise<void> {
  const site = c.req.header('sec-fetch-site');
  if (c.req.method !== 'GET' && c.req.method !== 'HEAD' && site !== undefined && site !== 'same-origin')
    throw new Problem({
      status: 403,
      kind: 'foreign-origin',
      detail: 'another site’s form may not act here',
    });
  await next();
  c.res.headers.set('content-security-policy', POLICY);
  // With `no-referrer` a browser would say of our own forms that they come from nowhere.
  c.res.headers.set('referrer-policy', 'same-origin');
}

/** Puts the visitor into the context; who has no good key gets the sign-in page. */
async function visit(
  c: ConsoleContext,
  next: () => Promise<void>,
  sessions: Sessions,
  { registry: { tenants }, options }: ConsoleDeps,
): Promise<Response | undefined> {
  const caller = tenants.caller(sessions.keyOf(getCookie(c, COOKIE)));
  if (!caller) return c.html(signInPage({ to: c.req.method === 'GET' ? c.req.path : '/' }), 401);
  if (tenants.keyed && !caller.operator && !tenants.spend(caller.tenant.id, wallNow()))
    throw new Problem({ status: 429, kind: 'quota', detail: 'the quota of requests per second is used up' });
  const notice = takeNotice(c);
  const { version } = options;
  c.set('visit', { caller, keyed: tenants.keyed, version, ...(notice ? { notice } : {}) });
  await next();
  return undefined;
}

function signing(
  app: ConsoleHono,
  sessions: Sessions,
  { registry: { tenants }, options }: ConsoleDeps,
): void {
  app.get('/console/signin', (c) => c.html(signInPage({ to: '/' })));
  app.post('/console/signin', async (c) => {
    const form = await readForm(c);
    const key = field(form, 'key');
    const to = localPath(field(form, 'to'));
    if (!tenants.caller(key)) return c.html(signInPage({ to, wrong: true }), 401);
    setCookie(c, COOKIE, sessions.open(key ?? ''), {
      httpOnly: true,
      sameSite: 'Strict',
      path: '/',
      maxAge: SESSION_MS / 1_000,
      secure: options.publicUrl().startsWith('https:'),
    });
    return c.redirect(to, 303);
  });
  app.post('/console/signout', (c) => {
    sessions.close(getCookie(c, COOKIE));
    deleteCookie(c, COOKIE, { path: '/' });
    return c.redirect('/', 303);
  });
}

/** A path of this server; anything that could lead elsewhere is the start page. */
const localPath = (to = '/'): string => (/^\/(console\/[\w./~-]*)?$/.test(to) ? to : '/');

function assets(app: ConsoleHono): void {
  const serve = (path: string, type: string, text: string) =>
    app.get(path, (c) =>
      c.body(text, 200, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-cache' }),
    );
  serve('/console/style.css', 'text/css', STYLE);
  serve('/console/live.js', 'text/javascript', LIVE_JS);
  serve('/console/icon.svg', 'image/svg+xml', ICON);
}

function refusal(error: Error, c: ConsoleContext, deps: ConsoleDeps): Response | Promise<Response> {
  const { version } = deps.options;
  const { init } = asProblem(error);
  if (init.status === 500) process.stderr.write(`console: ${error.stack ?? error.message}\n`);
  const seen = c.get('visit') ?? undefined;
  c.header('content-security-policy', POLICY);
  const universe = seen && universeOf(c, deps, seen);
  return c.html(problemPage({ status: init.status, detail: init.detail, version, visit: seen, universe }), {
    status: init.status,
    ...(init.headers ? { headers: init.headers } : {}),
  } as ResponseInit as never);
}

/** The universe that a page was of, where its visitor may see it. */
function universeOf(c: ConsoleContext, { registry }: ConsoleDeps, { caller }: Visit): string | undefined {
  const id = /^\/console\/u\/([^/]+)\/./.exec(c.req.path)?.[1];
  const universe = id === undefined ? undefined : registry.get(id);
  return universe && (caller.operator || universe.tenant === caller.tenant.id) ? universe.id : undefined;
}
