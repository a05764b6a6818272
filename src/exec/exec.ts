/**
 * A fresh universe for one command. The command reaches the twins by base URLs in its environment and, through a
 * proxy that knows this one universe, under the vendors' own names; it has no way to the control plane, since there
 * is none on any port: this process holds the universe itself.
 */

import type { Socket } from 'node:net';
import { universeEnv } from '../control/document.ts';
import type { ShownEntry } from '../entry.ts';
import type { FaultInput } from '../fault.ts';
import type { Registry } from '../registry.ts';
import type { Universe } from '../universe.ts';
import type { WorldFile } from '../world/file.ts';
import { type Ended, runCommand } from './command.ts';
import { credentialFiles } from './credentialFiles.ts';
import { type PrivateDirectory, privateDirectory } from './directory.ts';
import { commandEnvironment, type Transport } from './environment.ts';
import type { IsolationPlan } from './isolate/available.ts';
import type { Isolation } from './isolate/isolation.ts';
import { runIsolated } from './isolated.ts';
import { relaySignals } from './signals.ts';
import { type Summary, type Tally, tally } from './summary.ts';
import { openTransports } from './transports.ts';

/** What to run, and in which universe. */
export interface ExecOptions {
  command: string;
  args: readonly string[];
  /** The caller's environment. */
  env: Readonly<Record<string, string | undefined>>;
  /** What the universe is to begin with; asked once there is a registry that knows worlds and presets by name. */
  universe(registry: Registry): { world: WorldFile; seed: number; faults: readonly FaultInput[] };
  /** Whether the vendors' own names lead to the twins; base URLs do in any case. */
  proxy: boolean;
  /** `host` or `host:port` that the command may reach besides. */
  allow: readonly string[];
  /** How to keep the command from every other network; needs `proxy`. */
  isolation?: IsolationPlan | undefined;
}

/** Opens a server; `dial` leads to the ports of a command that is isolated. */
export type OpenTwins = (dial: (port: number) => Promise<Socket> | undefined) => Promise<TwinServer>;

/** A server of twins only, without a control API. */
export interface TwinServer {
  url: string;
  port: number;
  registry: Registry;
  close(graceMs?: number): Promise<void>;
}

/** How it went. */
export interface ExecResult {
  /** What a shell would say: see `Ended`. */
  code: number;
  /** Why the command was not started, in one line. */
  failure?: string;
  summary: Summary;
  /** The journal, as far as it was kept. */
  journal: ShownEntry[];
}

/** The same in every run: it is part of base URLs, and equal runs are to be equal. */
const UNIVERSE = 'exec';
/** For requests that are being answered when the command ends. */
const GRACE_MS = 1_000;

/** Runs a command in a universe of its own. Throws an ApiError for a world, faults or hosts that cannot be. */
export async function exec(options: ExecOptions, openTwins: OpenTwins): Promise<ExecResult> {
  const signals = relaySignals();
  const ends: (() => Promise<void> | void)[] = [() => signals.stop()];
  try {
    let isolation: Isolation | undefined;
    const server = await openTwins((port) => isolation?.dial(port));
    ends.push(() => server.close(GRACE_MS));
    const universe = await server.registry.create({ id: UNIVERSE, ...options.universe(server.registry) });
    const directory = privateDirectory();
    ends.push(() => directory.remove());
    const home = options.proxy
      ? await (await openTransports({ ...server, directory, allow: options.allow })).open(universe)
      : undefined;
    if (home) ends.push(() => home.close());
    const counts = tally(universe);
    const { command, args, isolation: plan, allow } = options;
    const run = { command, args, env: environment(options, universe, directory, home?.transport) };
    const ended =
      plan && home
        ? await runIsolated(run, signals, {
            ...{ plan, universe, allow, proxyPort: home.transport.proxyPort, serverPort: server.port },
            opened: (one) => {
              isolation = one;
            },
          })
        : await runCommand(run, signals);
    return result(options, ended, counts, universe);
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

function result({ command, args }: ExecOptions, ended: Ended, counts: Tally, universe: Universe): ExecResult {
  const { code, signal, failure } = ended;
  const end = { command: [command, ...args], exitCode: code, ...(signal ? { signal } : {}) };
  return {
    code,
    ...(failure === undefined ? {} : { failure }),
    summary: counts.summary(end),
    journal: universe.journal.page({ limit: Number.MAX_SAFE_INTEGER }).entries,
  };
}

function environment(
  { env }: ExecOptions,
  universe: Universe,
  directory: PrivateDirectory,
  transport: Transport | undefined,
): Record<string, string> {
  const files = credentialFiles(universe, directory, transport !== undefined);
  return commandEnvironment(env, { ...universeEnv(universe), ...files }, transport);
}
