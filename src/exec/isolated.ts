/** The same as `runCommand`, but where no network is: the vendors' hosts lead to the proxy, all others nowhere. */
import { isLoopback } from '../loopback.ts';
import type { Universe } from '../universe.ts';
import type { Command, Ended } from './command.ts';
import type { IsolationPlan } from './isolate/available.ts';
import { type Isolation, startIsolation } from './isolate/isolation.ts';
import { type SignalRelay, signalCode } from './signals.ts';

/** What the isolated command sees of this machine. */
export interface IsolationSetting {
  plan: IsolationPlan;
  universe: Universe;
  /** Names that lead to the proxy, besides the vendors'. */
  allow: readonly string[];
  proxyPort: number;
  /** The ports of the server that base URLs name. */
  serverPort: number;
  /** Told when there is a way to the ports that the command opens. */
  opened(isolation: Isolation): void;
}

/** Runs it to its end; nothing that it left behind outlives it. Rejects where the isolation cannot be made. */
export async function runIsolated(
  command: Command,
  signals: SignalRelay,
  setting: IsolationSetting,
): Promise<Ended> {
  const { plan, universe, proxyPort, serverPort } = setting;
  const allowed = setting.allow.map(placeOf);
  // A program of this machine's own keeps its port inside; other hosts are the proxy's to let through.
  const here = allowed.filter(({ host, port }) => isLoopback(host) && port !== undefined);
  const elsewhere = allowed.filter((one) => !here.includes(one));
  const isolation = await startIsolation({
    plan,
    file: command.command,
    ...{ args: command.args, env: command.env },
    hosts: [...universe.twins.flatMap((twin) => twin.hosts), ...elsewhere.map(({ host }) => host)],
    landing: proxyPort,
    landingPorts: elsewhere.flatMap(({ port }) => port ?? []),
    hostPorts: [proxyPort, serverPort, ...here.flatMap(({ port }) => port ?? [])],
    onRefused: (name) => universe.note('note', undefined, { refusedHost: name, why: NO_NAME, times: 1 }),
  }).catch((error: NodeJS.ErrnoException) => error);
  if (isolation instanceof Error) {
    if (isolation.code === 'ENOENT')
      return { code: 127, failure: `${command.command}: there is no such command` };
    throw isolation;
  }
  setting.opened(isolation);
  signals.to((signal) => isolation.kill(signal));
  const { code, signal } = await isolation.exited;
  signals.to(undefined);
  await isolation.close();
  return signal ? { code: signalCode(signal), signal } : { code: code ?? 0 };
}

/** `host` or `host:port`. */
function placeOf(text: string): { host: string; port: number | undefined } {
  const [, host = text, port] = /^(.*?)(?::(\d+))?$/.exec(text) ?? [];
  return { host, port: port === undefined ? undefined : Number(port) };
}

const NO_NAME = 'its name was looked up, and it is no host of a twin';
