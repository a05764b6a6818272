/** Serves an isolation's resolver over UDP and TCP, and keeps the names that were asked for in vain. */
import type { Socket as UdpSocket } from 'node:dgram';
import type { Socket } from 'node:net';
import { hostname } from 'node:os';
import { hostMatches } from '../../door.ts';
import { wallTimer } from '../../wall.ts';
import { answerName } from './resolver.ts';

/** Names kept; a program that asks for more has been reported often enough. */
const REFUSED_NAMES_MAX = 100;
/** A query over TCP is no longer, in bytes. */
const QUERY_BYTES_MAX = 4096;
/** A connection to the resolver lasts at most, in milliseconds. */
const CONNECTION_MS_MAX = 10_000;

/** Resolves for one isolation. */
export class Names {
  /** Names that were asked for in vain, in order, each once. */
  readonly refused = new Set<string>();
  private readonly served: (name: string) => boolean;
  private readonly onRefused: (name: string) => void;

  /** `onRefused` is called once per name, for at most 100 names. */
  constructor(hosts: readonly string[], onRefused: (name: string) => void = () => {}) {
    const all = [...hosts, 'localhost', '*.localhost', hostname().toLowerCase()];
    this.served = (name) => hostMatches(all, name);
    this.onRefused = onRefused;
  }

  /** Answers every datagram. */
  serve(socket: UdpSocket): void {
    socket.on('message', (query, from) => {
      const reply = this.answer(query);
      if (reply) socket.send(reply, from.port, from.address, () => {});
    });
    socket.on('error', () => {});
  }

  /** Answers the queries of one TCP connection, each with its length in front (RFC 1035 §4.2.2). */
  serveStream(socket: Socket): void {
    let held = Buffer.alloc(0);
    const cancel = wallTimer(CONNECTION_MS_MAX, () => socket.destroy());
    socket.on('error', () => {});
    socket.on('close', cancel);
    socket.on('end', () => socket.end());
    socket.on('data', (chunk) => {
      held = Buffer.concat([held, chunk]);
      while (held.length >= 2 && held.length >= 2 + held.readUInt16BE(0)) {
        const end = 2 + held.readUInt16BE(0);
        const reply = this.answer(held.subarray(2, end));
        held = held.subarray(end);
        if (!reply) return socket.destroy();
        const length = Buffer.alloc(2);
        length.writeUInt16BE(reply.length);
        socket.write(Buffer.concat([length, reply]));
      }
      if (held.length > QUERY_BYTES_MAX) socket.destroy();
    });
  }

  private answer(query: Buffer): Buffer | undefined {
    const answer = answerName(query, this.served);
    const refused = answer?.refused;
    if (refused !== undefined && !this.refused.has(refused) && this.refused.size < REFUSED_NAMES_MAX) {
      this.refused.add(refused);
      this.onRefused(refused);
    }
    return answer?.reply;
  }
}
