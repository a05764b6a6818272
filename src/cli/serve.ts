/** `orrery serve`: the server, with a universe named `default`, until it is told to stop. */
import { Command, Option } from 'commander';
import { universeDocument } from '../control/document.ts';
import { envText } from '../control/routes/env.ts';
import { isLoopback } from '../loopback.ts';
import type { OrreryOptions } from '../main.ts';
import { DEFAULT_WORLD, type Registry } from '../registry.ts';
import { StorageError, SYNC_POLICIES, type SyncPolicy } from '../storage/storage.ts';
import { wallTimer } from '../wall.ts';
import type { WorldFile } from '../world/file.ts';
import { CliError, EXIT } from './exit.ts';
import { answer, type Io, paint } from './output.ts';
import { wholeNumber } from './parse.ts';
import { readWorld } from './world.ts';

/** A server that runs, as the composition root gives it. */
export interface Serving {
  url: string;
  registry: Registry;
  proxy?: { url: string; certificatePath: string };
  tls?: { url: string; certificatePath: string };
  damage?: readonly string[];
  /** Loads what a visitor's first page needs. */
  warm?(): Promise<void>;
  close(graceMs?: number): Promise<void>;
}

/** What `serve` needs of the composition root. */
export interface ServeDeps {
  io: Io;
  startServer(options: OrreryOptions): Promise<Serving>;
  /** Resolves when the process is told to stop (SIGTERM, SIGINT). */
  stopped(): Promise<void>;
}

interface Flags {
  port: number;
  host: string;
  world?: string;
  data?: string;
  sync: SyncPolicy;
  runs: string;
  operatorKey?: string;
  publicUrl?: string;
  trustProxy?: boolean;
  journalBytes?: number;
  /** A text where it comes from the environment. */
  allowOutbound?: string[] | string;
  proxyPort?: number;
  tlsPort?: number;
  allow?: string[] | string;
  json?: boolean;
}

const DEFAULT_SEED = 1;
/** Programs that were waiting for the server go first. */
const WARM_AFTER_MS = 500;

/** The command. */
export function serveCommand(deps: ServeDeps): Command {
  return flagged(new Command('serve'))
    .summary('run the server')
    .description('Run the server: every twin, the control API and the console on one port.')
    .action((flags: Flags) => run(deps, flags));
}

async function run(deps: ServeDeps, flags: Flags): Promise<void> {
  const server = await deps.startServer(optionsOf(flags)).catch((error: unknown) => {
    throw error instanceof StorageError ? new CliError(error.message, EXIT.no) : error;
  });
  for (const line of server.damage ?? []) deps.io.err(`orrery: ${line}\n`);
  try {
    const { world = DEFAULT_WORLD } = worldOf(flags);
    // The same seed at every start, so that a pasted environment stays valid.
    const seed = server.registry.world(world).seed ?? DEFAULT_SEED;
    const kept = server.registry.get('default');
    if (kept && flags.world !== undefined)
      deps.io.err(
        'note: the universe `default` came back from --data; drop it to have it begin from --world\n',
      );
    const universe = kept ?? (await server.registry.create({ id: 'default', world, seed }));
    // Listened for before anybody is told that the server is ready, and may stop it.
    const stopped = deps.stopped();
    answer(
      deps.io,
      flags.json,
      {
        url: server.url,
        console: `${server.url}/`,
        ...(server.proxy ? { proxy: doorDocument(server.proxy) } : {}),
        ...(server.tls ? { tls: doorDocument(server.tls) } : {}),
        ...universeDocument(universe),
      },
      () => greeting(deps.io, server, universeDocument(universe)),
    );
    if (openHint(flags)) deps.io.err(openHint(flags));
    const cancelWarming = wallTimer(WARM_AFTER_MS, () => void server.warm?.());
    await stopped;
    cancelWarming();
    deps.io.err('stopping: finishing what is in flight\n');
  } finally {
    await server.close();
  }
}

function flagged(command: Command): Command {
  return command
    .addOption(
      flag('--port <number>', 'port; 0 takes any free one', 'ORRERY_PORT', wholeNumber(65_535)).default(4700),
    )
    .addOption(flag('--host <address>', 'address to listen on', 'ORRERY_HOST').default('127.0.0.1'))
    .addOption(
      flag('--world <file>', 'world of the universe `default`: a file, or a built-in name', 'ORRERY_WORLD'),
    )
    .addOption(
      flag('--data <dir>', 'where universes, tenants and the salt of credentials are kept', 'ORRERY_DATA'),
    )
    .addOption(
      flag(
        '--sync <when>',
        'when a change is safe in --data. always: before its reply is sent; interval: a crash loses 50 ms of changes at ' +
          'most, since replies wait where the disk takes longer; ' +
          'off: as interval, but a crash of the machine (not of the server) may lose more',
        'ORRERY_SYNC',
      )
        .choices(SYNC_POLICIES)
        .default('interval'),
    )
    .addOption(flag('--runs <dir>', 'where the harness keeps its runs', 'ORRERY_RUNS').default('runs'))
    .addOption(
      flag('--operator-key <key>', 'ask for keys; this one is the operator’s', 'ORRERY_OPERATOR_KEY'),
    )
    .addOption(flag('--public-url <url>', 'the address that clients know the server by', 'ORRERY_PUBLIC_URL'))
    .addOption(flag('--trust-proxy', 'believe x-forwarded-proto and x-forwarded-host', 'ORRERY_TRUST_PROXY'))
    .addOption(
      flag('--allow-outbound <host...>', 'hosts that events may go to besides', 'ORRERY_ALLOW_OUTBOUND'),
    )
    .addOption(
      flag(
        '--journal-bytes <number>',
        'bytes that all journals hold together',
        'ORRERY_JOURNAL_BYTES',
        wholeNumber(),
      ),
    )
    .addOption(
      flag(
        '--proxy-port <number>',
        'also a proxy for the vendors’ hosts; 0 takes any free port',
        'ORRERY_PROXY_PORT',
        wholeNumber(65_535),
      ),
    )
    .addOption(
      flag(
        '--tls-port <number>',
        'also TLS for the vendors’ host names, for a hosts file or DNS; 0 takes any free port',
        'ORRERY_TLS_PORT',
        wholeNumber(65_535),
      ),
    )
    .addOption(
      flag('--allow <host...>', 'hosts that the proxy lets through: example.com:443', 'ORRERY_ALLOW'),
    )
    .option('--json', 'say what runs where as one JSON document');
}

function optionsOf(flags: Flags): OrreryOptions {
  const { port, host, operatorKey, publicUrl, trustProxy, journalBytes, allowOutbound, data, runs } = flags;
  if (!isLoopback(host) && !operatorKey)
    throw new CliError(
      `${host} can be reached by others and no key would guard it: add --operator-key KEY, or listen on 127.0.0.1`,
    );
  if (operatorKey !== undefined && operatorKey.length < 12)
    throw new CliError('the operator key is too short to guard anything: give at least 12 characters');
  if (publicUrl !== undefined && !/^https?:\/\/[^/?#@]+\/*$/.test(URL.canParse(publicUrl) ? publicUrl : ''))
    throw new CliError(`--public-url ${publicUrl} is no address: write https://orrery.example.com`);
  return {
    port,
    host,
    ...(operatorKey === undefined ? {} : { operatorKey }),
    ...(publicUrl === undefined ? {} : { publicUrl: publicUrl.replace(/\/+$/, '') }),
    ...(trustProxy === undefined ? {} : { trustProxy }),
    ...(journalBytes === undefined ? {} : { journalBytes }),
    ...(allowOutbound === undefined ? {} : { allowOutbound: hosts(allowOutbound) }),
    ...(flags.proxyPort === undefined ? {} : { proxyPort: flags.proxyPort }),
    ...(flags.tlsPort === undefined ? {} : { tlsPort: flags.tlsPort }),
    ...(flags.allow === undefined ? {} : { allow: hosts(flags.allow) }),
    ...(data === undefined ? {} : { data, sync: flags.sync }),
    runs,
  };
}

/** Hosts as given one by one, or with commas. */
const hosts = (given: string[] | string): string[] => [given].flat().flatMap((text) => text.split(','));

const doorDocument = ({ url, certificatePath }: NonNullable<Serving['proxy']>) => ({ url, certificatePath });

/** A name that the registry knows, or a file. */
function worldOf({ world }: Flags): { world?: string | WorldFile } {
  if (world === undefined) return {};
  return { world: /[./\\]/.test(world) ? readWorld(world) : world };
}

/** Control calls from elsewhere need a host name that the server knows as its own. */
const openHint = ({ host, publicUrl }: Flags): string =>
  isLoopback(host) || publicUrl !== undefined
    ? ''
    : 'note: without --public-url the control API and the console answer on loopback addresses only\n';

function greeting(io: Io, server: Serving, universe: ReturnType<typeof universeDocument>): string {
  const { registry, url } = server;
  const widest = Math.max(7, ...Object.keys(universe.twins).map((name) => name.length));
  const line = (name: string, address: string) => `  ${name.padEnd(widest)}  ${paint(io, 'cyan', address)}`;
  return [
    `${paint(io, 'bold', 'Orrery')} is ready at ${url}${registry.tenants.keyed ? ' (keys are asked for)' : ''}`,
    '',
    ...Object.entries(universe.twins).map(([name, twin]) => line(name, twin.url)),
    line('control', `${url}/v1`),
    line('console', `${url}/`),
    ...(server.proxy
      ? [
          line(
            'proxy',
            server.proxy.url.replace('://', `://default:${registry.tenants.keyed ? 'KEY' : 'x'}@`),
          ),
        ]
      : []),
    ...(server.tls ? [line('tls', server.tls.url)] : []),
    ...(server.proxy || server.tls ? [line('CA', (server.proxy ?? server.tls)?.certificatePath ?? '')] : []),
    '',
    paint(io, 'dim', `# universe ${universe.id}: paste into a shell`),
    envText(universe.env, 'shell'),
  ].join('\n');
}

function flag(text: string, says: string, variable: string, parse?: (text: string) => unknown): Option {
  const option = new Option(text, says).env(variable);
  return parse ? option.argParser(parse) : option;
}
