/**
 * Conversations over WebSockets as a vendor has them (Slack's Socket Mode). The kernel holds the connections; what is
 * said over them is the twin's affair. A delivery whose address is `socket:{topic}` goes to one open connection of that
 * topic, `socket:{topic}/{connection}` to that very one.
 */
import type { World } from '../world/world.ts';

/** What a handler answers to let an upgrade request in: the pipeline makes the switch of protocols of it. */
export class Accept {
  constructor(readonly terms: SocketTerms) {}
}

/** On which terms a connection is let in. */
export interface SocketTerms {
  /** A name in `twin.sockets`. */
  kind: string;
  /** Whom it is for: deliveries to `socket:{topic}` reach it. No slash. */
  topic: string;
  /** What the twin wants to know of it later. Plain data. */
  facts?: Readonly<Record<string, unknown>>;
}

/** An open connection as a twin sees it. */
export interface OpenSocket extends SocketTerms {
  /** 1, 2, 3 … within its topic and generation. */
  id: string;
  /** Connections of its topic that are open, with this one. */
  open: number;
}

/** Something said to a program over a connection. */
export interface SocketMessage {
  text: string;
  /** The program's answer will name this; where absent, nothing is waited for. */
  expects?: string;
  /** Said to every connection of the topic, not to one of them. */
  all?: true;
  /** `soon`: nothing more is said over it, and the program is to leave. `now`: it is closed behind this. */
  ends?: 'soon' | 'now';
}

/** What a message of a program's means. */
export interface SocketAnswer {
  /** What was expected by this name. */
  answers: string;
  /** As the body of a reply, for `DeliveryChannel.accepted` and `replied`. */
  body: string;
}

/** One kind of conversation. */
export interface SocketKind {
  /** The page that describes it. */
  doc: string;
  /** What is said as soon as it is open. Runs in a transaction. */
  greeting(world: World, socket: OpenSocket): readonly SocketMessage[];
  /** It is gone (not where its whole generation ended). Runs in a transaction. */
  closed?(world: World, socket: Omit<OpenSocket, 'open'>): void;
  /** Deals with what the program said, in a transaction; what it gives is said back. Must not throw, whatever the text is. */
  heard?(world: World, socket: Omit<OpenSocket, 'open'>, text: string): readonly SocketMessage[];
  /** Reads what the program said; undefined where it answers nothing. Must not throw, whatever the text is. */
  answer(text: string): SocketAnswer | undefined;
}

const SCHEME = 'socket:';

/** The address of a topic, or of one connection of it. */
export const socketAddress = (topic: string, connection?: string): string =>
  `${SCHEME}${topic}${connection === undefined ? '' : `/${connection}`}`;

/** Reads such an address; undefined for any other. */
export function socketTarget(address: string): { topic: string; connection: string | undefined } | undefined {
  if (!address.startsWith(SCHEME)) return undefined;
  const [topic = '', connection] = address.slice(SCHEME.length).split('/', 2);
  return { topic, connection };
}
