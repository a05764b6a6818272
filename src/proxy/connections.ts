/** The connections of one port, bounded in number and in time: those that are slow, idle or half-open end. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { wallNow, wallSleep, wallTimer } from '../wall.ts';

/** How long and how many. */
export interface ConnectionLimits {
  connections: number;
  /** From a connection's begin to the whole head of its first request, TLS and all. */
  headMs: number;
  /** From the end of a request to the whole head of the next. */
  idleMs: number;
  /** From a request's head to the end of its body. */
  bodyMs: number;
}

export const CONNECTION_LIMITS: ConnectionLimits = {
  connections: 4_096,
  headMs: 20_000,
  idleMs: 75_000,
  bodyMs: 300_000,
};
const SWEEP_MS = 1_000;
const CLOSING_SWEEP_MS = 25;

/** One connection as it came in. */
export interface Connection {
  readonly socket: Duplex;
  /** A request's head is here; what this gives is to be called when it is answered or gone. */
  request(req: IncomingMessage): () => void;
  /** From now on something else minds it (a tunnel, a WebSocket), until it closes. */
  release(): void;
  /** Waits for a first head again: what follows is another conversation (after CONNECT). */
  restart(): void;
}

interface Kept extends Connection {
  since: number;
  phase: 'head' | 'idle' | 'released';
  readonly requests: Map<IncomingMessage, number>;
}

export class Connections {
  readonly #limits: ConnectionLimits;
  readonly #kept = new Map<Duplex, Kept>();
  #stopSweep: () => void;
  #closing = false;

  constructor(limits: Partial<ConnectionLimits> = {}) {
    this.#limits = { ...CONNECTION_LIMITS, ...limits };
    this.#stopSweep = wallTimer(Math.min(SWEEP_MS, this.#limits.headMs), () => this.#sweep());
  }

  get size(): number {
    return this.#kept.size;
  }

  /** The connection of `socket`, kept from now on; undefined (and the socket is ended) where there are too many. */
  of(socket: Duplex): Connection | undefined {
    const known = this.#kept.get(socket);
    if (known) return known;
    // Whatever listens for errors later comes and goes with protocols; one without a listener would end the process.
    socket.on('error', () => {});
    if (this.#closing || socket.destroyed || this.#kept.size >= this.#limits.connections)
      return void socket.destroy();
    const kept = this.#keep(socket);
    this.#kept.set(socket, kept);
    socket.once('close', () => this.#kept.delete(socket));
    return kept;
  }

  /** Lets what is in flight finish, at most `graceMs`; resolves when all have ended. */
  async close(graceMs: number): Promise<void> {
    this.#closing = true;
    this.#stopSweep();
    const until = wallNow() + graceMs;
    while (this.#kept.size > 0) {
      const force = wallNow() >= until;
      for (const one of this.#kept.values()) if (force || one.requests.size === 0) one.socket.destroy();
      await wallSleep(CLOSING_SWEEP_MS);
    }
  }

  #keep(socket: Duplex): Kept {
    const requests = new Map<IncomingMessage, number>();
    const kept: Kept = {
      socket,
      since: wallNow(),
      phase: 'head',
      requests,
      request: (req) => {
        requests.set(req, wallNow());
        return () => {
          if (!requests.delete(req) || kept.phase === 'released') return;
          kept.phase = 'idle';
          kept.since = wallNow();
        };
      },
      release: () => {
        kept.phase = 'released';
        requests.clear();
      },
      restart: () => {
        kept.phase = 'head';
        kept.since = wallNow();
      },
    };
    return kept;
  }

  #sweep(): void {
    const now = wallNow();
    const { headMs, idleMs, bodyMs } = this.#limits;
    for (const one of this.#kept.values()) {
      if (one.phase === 'released') continue;
      const waits = one.requests.size === 0 && now - one.since > (one.phase === 'head' ? headMs : idleMs);
      const stalls = [...one.requests].some(([req, since]) => now - since > bodyMs && !arrived(req));
      if (waits || stalls) one.socket.destroy();
    }
    this.#stopSweep = wallTimer(Math.min(SWEEP_MS, headMs), () => this.#sweep());
  }
}

/** Whether a request's body is here; HTTP/2 says of one without a body that it ended with its head. */
const arrived = (req: IncomingMessage & { stream?: { endAfterHeaders?: boolean } }): boolean =>
  req.stream === undefined ? req.complete : req.stream.endAfterHeaders === true || req.readableEnded;
