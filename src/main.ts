/** Composition root: the one file that knows the kernel, the twins and the control doors together. */
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { Host } from '../harness/host.ts';
import { google } from '../twins/google/twin.ts';
import { jira } from '../twins/jira/twin.ts';
import { okta } from '../twins/okta/twin.ts';
import { slack } from '../twins/slack/twin.ts';
import { asset } from './assets.ts';
import type { ControlOptions } from './control/route.ts';
import type { OpenWay } from './inprocess/host.ts';
import type { InProcessUniverse, OpenOptions } from './inprocess/universe.ts';
import { ownKeys } from './keys.ts';
import { isLoopback } from './loopback.ts';
import { Origins } from './origins.ts';
import { networkOutbound, type OutboundGuard } from './outbound.ts';
import type { ServerProxy } from './proxy/start.ts';
import { Registry, type RegistryOptions } from './registry.ts';
import { type RunningServer, serve } from './server.ts';
import { keeping } from './storage/keeping.ts';
import type { SyncPolicy } from './storage/storage.ts';
import type { TlsPort } from './tls.ts';
import type { Twin } from './twin.ts';
import type { Universe } from './universe.ts';
import { version } from './version.ts';
import { wallNow } from './wall.ts';
import type { WorldFile } from './world/file.ts';
import { parseWorld } from './world/load.ts';

export type { InProcessUniverse, OpenOptions };

/** Every twin that ships, in the order in which worlds are planted. */
export const TWINS: readonly Twin[] = [okta, slack, jira, google];

export interface OrreryOptions {
  /** 127.0.0.1 unless said; another needs an operator key. */
  host?: string;
  /** 4700 unless said; 0 takes any free one. */
  port?: number;
  operatorKey?: string;
  /** The address that clients know the server by, where it is not the one it listens on. */
  publicUrl?: string;
  /** Believe forwarded headers. */
  trustProxy?: boolean;
  /** More worlds by name. */
  worlds?: ReadonlyMap<string, WorldFile>;
  /** Hosts that events may go to besides what the mode allows. */
  allowOutbound?: readonly string[];
  journalBytes?: number;
  /** Where universes, tenants and the salt of credentials are kept; without it they end with the process. */
  data?: string;
  /** When what changed is on the disk; `interval` unless said. */
  sync?: SyncPolicy;
  /** Where the harness keeps its runs, for `/v1/runs`. */
  runs?: string;
  /** Also a forward proxy for the vendors' hosts; 0 takes any free port. */
  proxyPort?: number;
  /** Also a port for the vendors' host names over TLS; 0 takes any free one. */
  tlsPort?: number;
  /** Hosts that the proxy lets through untouched: `example.com`, `example.com:443`. */
  allow?: readonly string[];
}

export interface Orrery extends RunningServer {
  registry: Registry;
  /** What of the data directory is damaged or was repaired, and twins' own ports that changed: a line each. */
  damage: readonly string[];
  proxy?: ServerProxy;
  tls?: TlsPort;
}

/** A server with a control API and a console. */
export interface FullOrrery extends Orrery {
  /** Loads what a visitor's first page needs, so that it comes as fast as the next; never rejects. */
  warm(): Promise<void>;
}

/** Starts a server. Rejects where the host is open to others and no operator key guards it. */
export async function startOrrery(options: OrreryOptions = {}): Promise<FullOrrery> {
  const { host = '127.0.0.1', port = 4700, trustProxy = false } = options;
  if (!isLoopback(host) && options.operatorKey === undefined)
    throw new Error(
      `${host} can be reached by others: give an operator key (--operator-key), or listen on 127.0.0.1`,
    );
  let url = options.publicUrl ?? '';
  let proxyEnv: ServerProxy['env'] = () => ({});
  const registry = await newRegistry({ ...options, proxyEnv: (universe) => proxyEnv(universe) }, () => url);
  const damage = [...(await registry.storage.load(registry))];
  const origins = new Origins(registry);
  const closing = new AbortController();
  const control = laterControl(registry, {
    publicUrl: () => url,
    version: version(),
    startedAt: wallNow(),
    closing: closing.signal,
    openOrigins: (universe) => origins.open(universe),
    trustProxy,
    schemas: async () => (await import('../harness/schema/all.ts')).harnessSchemas,
    ...(options.runs === undefined ? {} : { runs: options.runs }),
  });
  const app = keeping(control, registry.storage);
  const server = await serve({ registry, app, host, port, trustProxy }).catch(async (error: unknown) => {
    await registry.storage.close();
    throw error;
  });
  url = options.publicUrl ?? server.url;
  let proxy: ServerProxy | undefined;
  let tls: TlsPort | undefined;
  const close = async (graceMs?: number) => {
    closing.abort();
    const doors = [server, origins, proxy, tls];
    await Promise.all(doors.map((door) => door?.close(graceMs)));
    await registry.storage.close();
    registry.close();
  };
  registry.wake();
  try {
    damage.push(...(await origins.reopen()));
    proxy = await proxyOf(registry, host, options, () => server.url);
    if (proxy) proxyEnv = proxy.env;
    tls = await tlsOf(registry, host, options);
  } catch (error) {
    await close(0);
    throw error;
  }
  const doors = { ...(proxy ? { proxy } : {}), ...(tls ? { tls } : {}) };
  return { ...server, url, registry, damage, ...doors, warm: () => visit(control), close };
}

async function visit(control: ReturnType<typeof laterControl>): Promise<void> {
  await control.fetch(new Request('http://127.0.0.1/')).catch(() => undefined);
}

/** The control app, put together for its first request: a server is ready before, and most are asked for twins alone. */
function laterControl(
  registry: Registry,
  options: ControlOptions,
): { fetch(request: Request): Promise<Response> } {
  let made: Promise<{ fetch(request: Request): Response | Promise<Response> }> | undefined;
  return {
    async fetch(request) {
      made ??= import('./control/app.ts').then(({ controlApp }) => controlApp(registry, options));
      return (await made).fetch(request);
    },
  };
}

/** The proxy, where one is asked for. */
async function proxyOf(
  registry: Registry,
  host: string,
  { proxyPort: port, allow, data }: OrreryOptions,
  self: () => string,
): Promise<ServerProxy | undefined> {
  if (port === undefined) return undefined;
  const { startServerProxy } = await import('./proxy/start.ts');
  return startServerProxy({ registry, host, port, allow, data, self });
}

/** The TLS port, where one is asked for. */
async function tlsOf(
  registry: Registry,
  host: string,
  { tlsPort: port, data }: OrreryOptions,
): Promise<TlsPort | undefined> {
  if (port === undefined) return undefined;
  const { startTlsPort } = await import('./tls.ts');
  return startTlsPort({ registry, host, port, data });
}

/** A universe with no socket, and the registry that it and its forks are in. */
export interface Opened {
  universe: InProcessUniverse;
  /** The universe's own. */
  fetch: typeof fetch;
  registry: Registry;
  /** Ends the universe and all its forks. */
  close(): void;
}

/** A universe in this process: `fetch` reaches its twins by the vendors' host names or by path, with no socket. */
export async function openUniverse(options: OpenOptions = {}): Promise<Opened> {
  const { openIn } = await import('./inprocess/universe.ts');
  const registry = await newRegistry({}, () => 'http://orrery.local');
  const universe = await openIn(registry, options);
  return { universe, fetch: universe.fetch, registry, close: () => registry.close() };
}

/** A universe of a server that runs in this process, to be asked with no socket. Throws where there is none of that id. */
export async function universeOf(
  { registry }: Pick<Orrery, 'registry'>,
  id: string,
): Promise<InProcessUniverse> {
  const universe = registry.get(id);
  if (!universe) throw new Error(`this server has no universe ${id}`);
  const { InProcessUniverse } = await import('./inprocess/universe.ts');
  return new InProcessUniverse(registry, universe);
}

/** A host for the harness: a server whose twins' doors candidates reach, and universes held in this process. */
export async function startLocalHost(options: OrreryOptions = {}): Promise<Host> {
  const orrery = await startOrrery({
    port: 0,
    operatorKey: randomBytes(24).toString('hex'),
    allowOutbound: ['127.0.0.1', 'localhost'],
    ...options,
  });
  const { registry, url } = orrery;
  const { localHost } = await import('./inprocess/host.ts');
  const ways = await candidateWays(registry, url);
  const close = async () => {
    await orrery.close(2_000);
    ways.close();
  };
  return localHost(registry, url, close, ways.open);
}

/** Candidates reach the twins under the vendors' own names, too: each universe has a proxy port of its own. */
async function candidateWays(registry: Registry, url: string): Promise<{ open: OpenWay; close(): void }> {
  const { privateDirectory } = await import('./exec/directory.ts');
  const { transportEnvironment } = await import('./exec/environment.ts');
  const { openTransports } = await import('./exec/transports.ts');
  const directory = privateDirectory();
  const transports = await openTransports({ registry, url, directory });
  const open = async (universe: Universe) => {
    const { transport, close } = await transports.open(universe);
    universe.onClose(() => void close());
    return transportEnvironment(transport);
  };
  return { open, close: () => directory.remove() };
}

/** A server of twins only, for `exec`: no port has a control API, so no program can ask for it, key or not. */
export async function startTwins(dial?: OutboundGuard['dial']): Promise<Orrery> {
  let url = '';
  const registry = await newRegistry({}, () => url, dial);
  const app = { fetch: () => new Response('only the twins are here\n', { status: 404 }) };
  const server = await serve({ registry, app, host: '127.0.0.1', port: 0 });
  url = server.url;
  const close = async (graceMs?: number) => {
    await server.close(graceMs);
    registry.close();
  };
  return { ...server, registry, damage: [], close };
}

/** The worlds that ship, by name: as JSON where the package is built, else from their sources. */
export function builtInWorlds(): Map<string, WorldFile> {
  const built = import.meta.url.startsWith(asset('dist/').href);
  const folder = asset(built ? 'dist/worlds/' : 'fixtures/worlds/');
  const worlds = readdirSync(folder).map((name) => {
    const text = readFileSync(new URL(name, folder), 'utf8');
    return name.endsWith('.json') ? (JSON.parse(text) as WorldFile) : parseWorld(text);
  });
  return new Map(worlds.map((world) => [world.world, world]));
}

/** Loaded here, since a server that keeps nothing is to start without it. */
async function openData(directory: string, keyed: boolean, sync: SyncPolicy = 'interval') {
  const { openKept } = await import('./storage/open.ts');
  return openKept(directory, { sync, keyed });
}

async function newRegistry(
  options: OrreryOptions & Pick<RegistryOptions, 'proxyEnv'>,
  publicUrl: () => string,
  dial?: OutboundGuard['dial'],
): Promise<Registry> {
  const keyed = options.operatorKey !== undefined;
  const { data, storage } = options.data ? await openData(options.data, keyed, options.sync) : {};
  return new Registry({
    twins: TWINS,
    outbound: networkOutbound({
      reach: keyed ? 'public' : 'loopback',
      allow: options.allowOutbound ?? [],
      ...(dial ? { dial } : {}),
    }),
    publicUrl,
    ...(options.proxyEnv ? { proxyEnv: options.proxyEnv } : {}),
    worlds: new Map([...builtInWorlds(), ...(options.worlds ?? [])]),
    ...(keyed
      ? {
          operatorKey: options.operatorKey,
          salt: data?.salt ?? randomBytes(32).toString('hex'),
          keys: data?.keys ?? ownKeys(),
        }
      : {}),
    ...(data ? { tenants: data } : {}),
    ...(storage ? { storage } : {}),
    ...(options.journalBytes === undefined ? {} : { journalBytes: options.journalBytes }),
  });
}
