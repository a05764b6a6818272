/** Signals that this process gets while a command runs in its place. */
import { constants } from 'node:os';

/** Hands signals on. */
export interface SignalRelay {
  /** From now on they go there; before, and after `undefined`, they end this process. */
  to(send: ((signal: NodeJS.Signals) => void) | undefined): void;
  stop(): void;
}

const PASSED_ON: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'];
/** A terminal sends these to the command itself, which would take a second one for impatience. */
const SENT_BY_TERMINALS: ReadonlySet<NodeJS.Signals> = new Set(['SIGINT', 'SIGQUIT']);

/** The exit code by which shells tell that a signal ended a command. */
export const signalCode = (signal: NodeJS.Signals): number => 128 + (constants.signals[signal] ?? 0);

/** Listens for signals. To end by `exit`, not by the signal itself, lets what must be tidied up be so. */
export function relaySignals(): SignalRelay {
  const terminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;
  let send: ((signal: NodeJS.Signals) => void) | undefined;
  const listen = (signal: NodeJS.Signals) => {
    if (!send) process.exit(signalCode(signal));
    if (!(terminal && SENT_BY_TERMINALS.has(signal))) send(signal);
  };
  for (const signal of PASSED_ON) process.on(signal, listen);
  return {
    to(next) {
      send = next;
    },
    stop() {
      for (const signal of PASSED_ON) process.removeListener(signal, listen);
    },
  };
}
