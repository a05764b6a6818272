/** Socket Mode for tests: a served workspace whose app has no address of its own, and a bare connection of an app. */
import { WebSocket } from 'ws';
import { Registry } from '../../../src/registry.ts';
import { serve } from '../../../src/server.ts';
import type { Universe } from '../../../src/universe.ts';
import type { WorldFile } from '../../../src/world/file.ts';
import { slack } from '../../../twins/slack/twin.ts';
import { FROZEN_AT } from '../../universe.ts';
import { type Answer, BOB, WORLD } from './workspace.ts';

const [desk] = WORLD.slack?.apps ?? [];
/** The workspace's app in Socket Mode: it names no URL. */
export const SOCKET_WORLD: WorldFile = {
  ...WORLD,
  slack: {
    ...WORLD.slack,
    channels: WORLD.slack?.channels ?? [],
    apps: [
      {
        name: 'Desk',
        scopes: desk?.scopes ?? [],
        commands: [{ command: '/desk' }],
        events: { subscriptions: desk?.events?.subscriptions ?? [] },
        socketMode: true,
      },
    ],
  },
};

export interface Office {
  universe: Universe;
  registry: Registry;
  /** `http://127.0.0.1:{port}` */
  url: string;
  slackApiUrl: string;
  bot: string;
  appToken: string;
  api(method: string, args?: object, token?: string): Promise<Answer>;
  gesture(name: string, given: object): Answer;
  mint(request: Parameters<typeof slack.credentials.mint>[1]): string;
  /** Lets what is due happen. */
  settle(): Promise<void>;
  /** Opens a connection as an app does; resolves with its greeting heard. `acks`: from the first envelope on. */
  link(query?: string, acks?: boolean): Promise<Link>;
}

/** Serves a workspace by path, its clock frozen unless said; `closing` takes what ends it. */
export async function office(
  closing: (() => Promise<unknown>)[],
  options: { id?: string; clock?: 'realtime' | 'frozen'; beside?: Office } = {},
): Promise<Office> {
  let url = options.beside?.url ?? '';
  const outbound = { send: async () => ({ status: 0, headers: {}, body: '', failure: 'refused' as const }) };
  const registry =
    options.beside?.registry ?? new Registry({ twins: [slack], outbound, publicUrl: () => url });
  if (!options.beside) {
    const app = { fetch: () => new Response('', { status: 404 }) };
    const server = await serve({ registry, host: '127.0.0.1', port: 0, app });
    url = server.url;
    closing.push(async () => {
      await server.close(2_000);
      registry.close();
    });
  }
  const clock = { mode: options.clock ?? 'frozen', now: FROZEN_AT } as const;
  const universe = await registry.create({ id: options.id ?? 'office', seed: 1, world: SOCKET_WORLD, clock });
  const base = universe.publicBase('slack');
  const { credentials } = slack.credentials.document(universe.view('slack', base), base);
  const { botToken, appToken } = credentials as Record<string, string>;
  const api: Office['api'] = async (method, args = {}, token = botToken) => {
    const response = await fetch(`${base}/api/${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(args),
    });
    return response.json();
  };
  return {
    universe,
    registry,
    url,
    slackApiUrl: `${base}/api/`,
    bot: botToken as string,
    appToken: appToken as string,
    api,
    gesture: (name, given) =>
      universe.gesture({ twin: 'slack', gesture: name, as: BOB, with: given, by: 'person' }),
    mint: (request) =>
      String(universe.work('slack', (world) => slack.credentials.mint(world, request)).secret.token),
    settle: () => universe.advance(universe.now()),
    async link(query = '', acks = false) {
      const { url: address } = await api('apps.connections.open', {}, appToken);
      const link = new Link(`${address}${query}`);
      link.acks = acks;
      closing.unshift(async () => link.socket.terminate());
      await link.next();
      return link;
    },
  };
}

/** A bare connection; it acknowledges nothing unless told to. */
export class Link {
  readonly socket: WebSocket;
  /** Everything that was said, in order. */
  readonly said: Answer[] = [];
  /** Resolves with the code, or with the status of a refused handshake. */
  readonly closed: Promise<number>;
  /** Whether envelopes are acknowledged as they come, and with what. */
  acks: boolean | ((envelope: Answer) => object | undefined) = false;
  #read = 0;
  #wake = () => {};

  constructor(address: string, headers: Record<string, string> = {}) {
    this.socket = new WebSocket(address, { headers });
    this.socket.on('message', (data) => {
      const message: Answer = JSON.parse(String(data));
      this.said.push(message);
      if (message.envelope_id && this.acks)
        this.ack(message, this.acks === true ? undefined : this.acks(message));
      this.#wake();
    });
    this.closed = new Promise((resolve) => {
      this.socket.on('close', resolve);
      this.socket.on('unexpected-response', (request, response) => {
        resolve(response.statusCode ?? 0);
        request.destroy();
      });
      this.socket.on('error', () => {});
    });
  }

  ack({ envelope_id }: Answer, payload?: object): void {
    this.socket.send(JSON.stringify({ envelope_id, ...(payload ? { payload } : {}) }));
  }

  /** The next thing that is said; rejects where the connection ends first. */
  async next(): Promise<Answer> {
    const over = this.closed.then((code) => Promise.reject(new Error(`the connection ended: ${code}`)));
    over.catch(() => {});
    while (this.said.length <= this.#read)
      await Promise.race([over, new Promise<void>((resolve) => (this.#wake = resolve))]);
    return this.said[this.#read++];
  }
}
