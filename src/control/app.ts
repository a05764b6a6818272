/** The control app: `/v1`, health, metrics and the console; everything that is no twin's. */
import { Hono } from 'hono';
import type { Registry } from '../registry.ts';
import { checkOrigin, identify } from './guard.ts';
import { metricsText } from './metrics.ts';
import { openApi } from './openapi.ts';
import { asProblem, missing, Problem, problemResponse } from './problem.ts';
import { receive } from './receive.ts';
import type { ControlOptions } from './route.ts';
import { ROUTES } from './routes/all.ts';

export type { ControlOptions } from './route.ts';

/** Builds the app over a registry of universes. Answers every refusal as problem+json. */
export function controlApp(registry: Registry, options: ControlOptions): Hono {
  const app = new Hono({ strict: true });
  app.onError((error) => {
    if (!(error instanceof Problem) && asProblem(error).init.status === 500)
      process.stderr.write(`control: ${error.stack ?? error.message}\n`);
    return problemResponse(asProblem(error));
  });
  health(app, registry, options);
  app.use(async (c, next) => {
    checkOrigin(c.req.raw, options);
    await next();
    harden(c.res.headers);
  });
  pages(app, registry, options);
  app.get('/v1/openapi.json', (c) => {
    identify(c.req.raw, registry);
    return c.json(openApi(ROUTES, options));
  });
  serveRoutes(app, registry, options);
  app.all('/', () => wrongMethod(['GET']));
  app.notFound((c) => {
    const known = c.req.path.startsWith('/u/')
      ? 'no such twin'
      : 'nothing is here; GET /v1 says what there is';
    return problemResponse(missing(`${c.req.method} ${c.req.path}: ${known}`));
  });
  return app;
}

/** The console, loaded when somebody first looks: most servers are never looked at. */
function pages(app: Hono, registry: Registry, options: ControlOptions): void {
  let loaded: Promise<{ fetch(request: Request): Response | Promise<Response> }> | undefined;
  const show = async (request: Request) => {
    loaded ??= import('../console/app.tsx').then(({ consoleApp }) => consoleApp(registry, options));
    return (await loaded).fetch(request);
  };
  app.get('/', (c) => show(c.req.raw));
  app.all('/console/*', (c) => show(c.req.raw));
}

/** Probes come by any address and carry no key. */
function health(app: Hono, registry: Registry, options: ControlOptions): void {
  app.get('/healthz', (c) => c.json({ status: 'ok', version: options.version }));
  app.get('/readyz', (c) =>
    options.closing?.aborted ? c.json({ status: 'stopping' }, 503) : c.json({ status: 'ready' }),
  );
  app.get('/metrics', async () => {
    const { text, type } = await metricsText(registry, options);
    return new Response(text, { headers: { 'content-type': type } });
  });
  for (const path of ['/healthz', '/readyz', '/metrics']) app.all(path, () => wrongMethod(['GET']));
}

function serveRoutes(app: Hono, registry: Registry, options: ControlOptions): void {
  const methods = new Map<string, string[]>([['/v1/openapi.json', ['GET']]]);
  for (const one of ROUTES) {
    const path = one.path.replace(/\{(\w+)\}/g, ':$1');
    methods.set(path, [...(methods.get(path) ?? []), one.method]);
    app.on(one.method, path, (c) =>
      receive(one, { request: c.req.raw, params: c.req.param(), registry, options }),
    );
  }
  for (const [path, allowed] of methods)
    app.all(path, (c) => {
      identify(c.req.raw, registry);
      return wrongMethod(allowed);
    });
  app.use('/v1/*', async (c, next) => {
    identify(c.req.raw, registry);
    await next();
  });
}

function wrongMethod(allowed: readonly string[]): Response {
  const allow = [...new Set(allowed.flatMap((one) => (one === 'GET' ? ['GET', 'HEAD'] : [one])))].join(', ');
  return problemResponse(
    new Problem({
      status: 405,
      kind: 'wrong-method',
      detail: `this takes ${allow}`,
      headers: { allow },
    }),
  );
}

function harden(headers: Headers): void {
  headers.set('x-content-type-options', 'nosniff');
  if (!headers.has('referrer-policy')) headers.set('referrer-policy', 'no-referrer');
  headers.set('cross-origin-resource-policy', 'same-origin');
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
}
