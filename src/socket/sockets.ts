/**
 * The open connections of one generation of a universe, by twin and topic. They end with it: after a reset, a restore
 * or the universe's end, no program is left that hears of a world that is gone.
 */
import type { WebSocket } from 'ws';
import { onGenerationEnd } from '../generation.ts';
import { maskText } from '../mask.ts';
import type { DeliveryOutcome } from '../twin.ts';
import type { Universe } from '../universe.ts';
import { wallNow, wallTimer } from '../wall.ts';
import { Connection } from './connection.ts';
import {
  type SocketAnswer,
  type SocketKind,
  type SocketMessage,
  type SocketTerms,
  socketAddress,
  type socketTarget,
} from './kind.ts';

export const SOCKETS_PER_UNIVERSE_MAX = 200;
export const SOCKETS_MAX = 10_000;
/** Characters of a program's message that the journal shows. */
const HEARD_CHARS_MAX = 8_192;
/**
 * A program that was told to leave gets so long, of the machine's time, to come back before what is due to it counts
 * as lost: the universe's clock may be hours further on, but no program connects in no time. (Slack's own client for
 * Node waits five seconds.)
 */
const SUCCESSOR_MS = 10_000;
/** Going away: the world that the connection belonged to is gone. */
export const CLOSE_GONE = 1_001;
const CLOSE_INTERNAL = 1_011;
const CLOSE_TRY_LATER = 1_013;

interface Topic {
  connections: Connection[];
  /** Connections so far. */
  opened: number;
  /** Whose turn it is. */
  turn: number;
  /** Until when, by the machine's clock, a successor of one that was told to leave is waited for. */
  successorBy: number;
  readonly waiting: Set<() => void>;
}

const held = new WeakMap<Universe, Sockets>();
let openInProcess = 0;

/** The connections of a universe, of the generation that is now. */
export function socketsOf(universe: Universe): Sockets {
  const known = held.get(universe);
  if (known) return known;
  const sockets = new Sockets(universe);
  held.set(universe, sockets);
  onGenerationEnd(universe, () => {
    held.delete(universe);
    sockets.end();
  });
  return sockets;
}

export class Sockets {
  readonly #universe: Universe;
  readonly #topics = new Map<string, Topic>();
  #open = 0;
  #ended = false;

  constructor(universe: Universe) {
    this.#universe = universe;
  }

  /** Connections that are open. */
  get open(): number {
    return this.#open;
  }

  /** Is there room for one more, here and in the process? */
  get roomy(): boolean {
    return this.#open < SOCKETS_PER_UNIVERSE_MAX && openInProcess < SOCKETS_MAX;
  }

  /** Takes a connection in and greets it. */
  add(ws: WebSocket, twin: string, terms: SocketTerms): Connection | undefined {
    const universe = this.#universe;
    // It was let in, but others may have come while its handshake took its time.
    if (this.#ended || !this.roomy) {
      ws.close(this.#ended ? CLOSE_GONE : CLOSE_TRY_LATER);
      return undefined;
    }
    const kind = kindOf(universe, twin, terms.kind);
    const topic = this.#topic(twin, terms.topic);
    const connection = new Connection(ws, String(++topic.opened), terms, {
      heard: (from, text) => this.#heard(twin, kind, from, text),
      closed: (one, code, by) => {
        topic.connections = topic.connections.filter((other) => other !== one);
        this.#closed(twin, kind, one, code, by);
      },
    });
    topic.connections.push(connection);
    this.#open++;
    openInProcess++;
    const socket = { ...terms, id: connection.id, open: topic.connections.length };
    try {
      for (const message of universe.work(twin, (world) => kind.greeting(world, socket))) {
        const said = connection.say(message);
        universe.note('delivery', twin, {
          event: 'greeting',
          to: nameOf(connection),
          attempt: 1,
          status: said ? 200 : 0,
        });
      }
    } catch (error) {
      universe.recordAssertion(twin, terms.kind, error as Error);
      connection.close(CLOSE_INTERNAL);
    }
    for (const wake of [...topic.waiting]) wake();
    return connection;
  }

  /** Says `message` to one connection of a topic (each in turn), to a certain one, or to all; waits for the answer. */
  async deliver(
    twin: string,
    to: NonNullable<ReturnType<typeof socketTarget>>,
    message: SocketMessage,
    timeoutMs: number,
  ): Promise<DeliveryOutcome> {
    const topic = this.#topic(twin, to.topic);
    if (message.ends) topic.successorBy = wallNow() + SUCCESSOR_MS;
    if (message.all) {
      for (const connection of [...topic.connections]) connection.say(message);
      return { status: 200, headers: {}, body: '' };
    }
    const connection =
      to.connection === undefined
        ? (pick(topic) ?? (await successor(topic)))
        : topic.connections.find((one) => one.id === to.connection);
    if (!connection) return { status: 0, headers: {}, body: '', failure: 'connection' };
    return connection.ask(message, timeoutMs);
  }

  /** Closes every connection. */
  end(): void {
    this.#ended = true;
    for (const topic of this.#topics.values()) {
      for (const connection of [...topic.connections]) connection.close(CLOSE_GONE);
      for (const wake of [...topic.waiting]) wake();
    }
  }

  #topic(twin: string, name: string): Topic {
    const key = `${twin}/${name}`;
    const topic = this.#topics.get(key) ?? {
      connections: [],
      opened: 0,
      turn: 0,
      successorBy: 0,
      waiting: new Set(),
    };
    this.#topics.set(key, topic);
    return topic;
  }

  #heard(twin: string, kind: SocketKind, from: Connection, text: string): SocketAnswer | 'cut' | undefined {
    const universe = this.#universe;
    if (this.#ended) return undefined;
    const effect = universe.faults.message(
      {
        twin,
        operation: from.terms.kind,
        actor: from.terms.topic,
        request: () => ({ operation: from.terms.kind, actor: from.terms.topic }),
      },
      universe.clock.now(),
    );
    for (const id of effect?.by ?? []) universe.setting.meter.fault(universe.faults.kindOf(id));
    universe.note('note', twin, {
      socket: nameOf(from),
      heard: shownText(text),
      ...(effect ? { fault: effect.by } : {}),
    });
    if (effect?.cut) return 'cut';
    if (kind.heard) this.#reply(twin, kind, from, text);
    return kind.answer(text);
  }

  #reply(twin: string, kind: SocketKind, from: Connection, text: string): void {
    const socket = { ...from.terms, id: from.id };
    try {
      const messages = this.#universe.work(twin, (world) => kind.heard?.(world, socket, text) ?? []);
      for (const message of messages) from.say(message);
    } catch (error) {
      this.#universe.recordAssertion(twin, from.terms.kind, error as Error);
      from.close(CLOSE_INTERNAL);
    }
  }

  #closed(
    twin: string,
    kind: SocketKind,
    connection: Connection,
    code: number,
    by: 'program' | 'twin',
  ): void {
    this.#open--;
    openInProcess--;
    if (this.#ended) return;
    const { id, terms } = connection;
    this.#universe.work(twin, (world) => kind.closed?.(world, { ...terms, id }));
    this.#universe.note('note', twin, { socket: nameOf(connection), closed: code, by });
  }
}

/** The next connection of a topic that is good for something to be said over it. */
function pick(topic: Topic): Connection | undefined {
  const able = topic.connections.filter((one) => !one.leaving);
  return able.length === 0 ? undefined : able[topic.turn++ % able.length];
}

/** Waits for the program that was told to leave to come back. */
function successor(topic: Topic): Promise<Connection | undefined> | undefined {
  const leftMs = topic.successorBy - wallNow();
  if (leftMs <= 0) return undefined;
  return new Promise((resolve) => {
    const stop = wallTimer(leftMs, () => wake());
    const wake = () => {
      stop();
      topic.waiting.delete(wake);
      resolve(pick(topic));
    };
    topic.waiting.add(wake);
  });
}

const nameOf = (connection: Connection): string => socketAddress(connection.terms.topic, connection.id);

function shownText(text: string): string {
  const masked = maskText(text.length > HEARD_CHARS_MAX * 2 ? text.slice(0, HEARD_CHARS_MAX * 2) : text);
  if (masked.length <= HEARD_CHARS_MAX) return masked;
  return `${masked.slice(0, HEARD_CHARS_MAX)}…<cut, ${text.length} characters>`;
}

function kindOf(universe: Universe, twin: string, name: string): SocketKind {
  const kind = universe.setting.twins.get(twin)?.twin.sockets?.[name];
  if (!kind) throw new Error(`${twin} has no kind of socket ${name}`);
  return kind;
}
