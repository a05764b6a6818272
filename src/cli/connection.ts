/** How commands reach a running server: address and key by flag or environment, refusals as one line. */
import type { Command } from 'commander';
import { createClient, type OrreryClient, OrreryError } from '../client.ts';
import { CliError, EXIT } from './exit.ts';
import type { Io } from './output.ts';

/** Flags that every command of the control plane takes. */
export interface ServerFlags {
  server?: string;
  key?: string;
  json?: boolean;
}

/** What commands of the control plane need besides flags. */
export interface ConnectionDeps {
  io: Io;
  /** Tests hand in their own. */
  fetch?: (input: string, init: RequestInit) => Promise<Response>;
}

/** The universe that `serve` makes. */
export const DEFAULT_UNIVERSE = 'default';

/** Adds `--server`, `--key` and `--json`. */
export const reaching = (command: Command): Command =>
  command
    .option('--server <url>', 'the server (ORRERY_URL, else http://127.0.0.1:4700)')
    .option('--key <key>', 'a tenant’s or the operator’s key (ORRERY_KEY)')
    .option('--json', 'print JSON');

/** Adds `--universe` besides: which one, `default` unless said. */
export const within = (command: Command): Command =>
  reaching(command).option('-u, --universe <id>', 'the universe (ORRERY_UNIVERSE, else `default`)');

/** The universe that a command is about. */
export const universeOf = (io: Io, flags: { universe?: string }): string =>
  flags.universe ?? io.env.ORRERY_UNIVERSE ?? DEFAULT_UNIVERSE;

/** Runs `work` against the server; its refusals become CliErrors of one line. */
export async function reach<T>(
  deps: ConnectionDeps,
  flags: ServerFlags,
  work: (client: OrreryClient) => Promise<T>,
): Promise<T> {
  const { env } = deps.io;
  const key = flags.key ?? env.ORRERY_KEY ?? env.ORRERY_OPERATOR_KEY;
  const client = createClient({
    url: addressOf(flags.server ?? env.ORRERY_URL ?? `http://127.0.0.1:${env.ORRERY_PORT ?? 4700}`),
    ...(key ? { key } : {}),
    ...(deps.fetch ? { fetch: deps.fetch } : {}),
  });
  try {
    return await work(client);
  } catch (error) {
    if (error instanceof OrreryError) throw refused(error);
    throw error;
  }
}

function addressOf(text: string): string {
  if (!URL.canParse(text) || !/^https?:/.test(text))
    throw new CliError(`--server ${text} is no address: write http://127.0.0.1:4700`);
  return text;
}

function refused({ status, message, problem }: OrreryError): CliError {
  const [first, ...more] = problem.errors ?? [];
  if (status === 401) return new CliError('the server asks for a key: give --key KEY or set ORRERY_KEY');
  if (!first || message.includes(first.detail)) return new CliError(message, exitFor(status));
  return new CliError(
    `${first.pointer || 'the input'} ${first.detail}${more.length > 0 ? ` (and ${more.length} more)` : ''}`,
    exitFor(status),
  );
}

const exitFor = (status: number): number => (status >= 500 ? EXIT.internal : EXIT.wrongUse);
