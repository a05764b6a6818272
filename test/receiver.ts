/** A program that really listens: a local HTTP server that keeps what it is sent and answers as it is told. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkOutbound } from '../src/outbound.ts';

export interface Call {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Said {
  status?: number;
  body?: string;
  /** The connection is held: whoever calls has to give up. */
  silent?: boolean;
}

export interface Receiver {
  url: string;
  calls: Call[];
  /** What it answers from now on; 200 with no body unless said. */
  says(how: (call: Call) => Said): void;
  outbound: ReturnType<typeof networkOutbound>;
  close(): Promise<void>;
}

/** Opens one at a free port of this machine. */
export async function openReceiver(): Promise<Receiver> {
  const calls: Call[] = [];
  let how: (call: Call) => Said = () => ({});
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { method = '', url: path = '', headers } = request;
    const call = { method, path, headers, body: Buffer.concat(parts).toString() };
    calls.push(call);
    const { status = 200, body = '', silent = false } = how(call);
    if (!silent) response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const outbound = networkOutbound({ reach: 'loopback' });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    says: (next) => {
      how = next;
    },
    outbound,
    async close() {
      await outbound.close();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
