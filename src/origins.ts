/**
 * Ports of their own for the twins of a universe, on the loopback address: for clients that take only
 * `http://host:port`. A port lives as long as its universe.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { originTarget, type Target } from './door.ts';
import { ApiError } from './error.ts';
import { serveTwin } from './listener.ts';
import type { Registry } from './registry.ts';
import { stopGently } from './stopping.ts';
import type { Twin } from './twin.ts';
import type { Universe } from './universe.ts';
import { onUpgrade, upgradeTwin } from './upgrade.ts';

/** Ports that one tenant holds, and all of them: each is a descriptor of the process. */
const TENANT_PORTS_MAX = 1_000;
const PORTS_MAX = 8_000;
const HEADERS_BYTES_MAX = 64 * 1024;
const REQUEST_MS_MAX = 300_000;
const ADDRESS = '127.0.0.1';

/** The ports of one server's universes. */
export class Origins {
  readonly #registry: Registry;
  readonly #held = new Map<string, number>();
  readonly #servers = new Set<Server>();

  constructor(registry: Registry) {
    this.#registry = registry;
  }

  /**
   * Binds one port per twin and notes them in `universe.origins`; they close with the universe. Throws an ApiError:
   * 429 where the tenant (or the server) holds too many, 503 where the machine gives none.
   */
  async open(universe: Universe): Promise<void> {
    if (universe.origins) return;
    this.#admit(universe);
    await this.#bindRest(universe, new Map());
  }

  /**
   * Binds the ports that universes had in an earlier process, as `universe.origins` names them; another where one is
   * taken meanwhile. Says which are not what they were: a line each.
   */
  async reopen(): Promise<string[]> {
    const returned = [...this.#registry.all()].filter(({ origins }) => origins);
    // First all that are to be as they were, so that none of them is given to another.
    const bound: Map<string, string>[] = [];
    for (const universe of returned) bound.push(await this.#rebind(universe));
    const said = await Promise.all(returned.map((one, nth) => this.#replace(one, bound[nth] ?? new Map())));
    return said.flat();
  }

  async #rebind(universe: Universe): Promise<Map<string, string>> {
    const { twins, origins } = universe;
    const bound = await Promise.allSettled(
      twins.map(async (twin) => {
        const origin = origins?.get(twin.name);
        if (origin === undefined) throw new Error('it had no port');
        return this.#bind(universe, twin, Number(new URL(origin).port));
      }),
    );
    return new Map(bound.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])));
  }

  /** Gives a universe that came back the ports that it lacks; says what differs. */
  async #replace(universe: Universe, bound: ReadonlyMap<string, string>): Promise<string[]> {
    const { id, origins } = universe;
    this.#hold(universe);
    if (bound.size === universe.twins.length) return [];
    try {
      await this.#bindRest(universe, bound);
    } catch (error) {
      universe.origins = undefined;
      return [`universe ${id} lost its twins’ own ports: ${(error as Error).message}`];
    }
    const moved = [...(universe.origins ?? [])].filter(([name, origin]) => origins?.get(name) !== origin);
    return moved.map(
      ([name, origin]) => `universe ${id}: ${name} is now at ${origin}, since its old port is taken`,
    );
  }

  /** Binds a port for each twin that has none yet. Throws an ApiError (503) where the machine gives none. */
  async #bindRest(universe: Universe, bound: ReadonlyMap<string, string>): Promise<void> {
    const rest = universe.twins.filter(({ name }) => !bound.has(name));
    const more = await Promise.allSettled(rest.map((twin) => this.#bind(universe, twin)));
    const failed = more.find((one) => one.status === 'rejected');
    if (failed)
      throw new ApiError({
        name: 'no-ports',
        status: 503,
        message: `no port could be opened: ${(failed.reason as Error).message}`,
      });
    universe.origins = new Map([
      ...bound,
      ...more.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])),
    ]);
    universe.kept?.touch();
  }

  /** Takes no more connections, finishes what is in flight (at most `graceMs`). */
  async close(graceMs?: number): Promise<void> {
    await Promise.all([...this.#servers].map((server) => stopGently(server, graceMs)));
  }

  async #bind(universe: Universe, twin: Twin, port: number = 0): Promise<[string, string]> {
    const server = createServer(
      { maxHeaderSize: HEADERS_BYTES_MAX, requestTimeout: REQUEST_MS_MAX },
      (req, res) => serveTwin(this.#registry, universe, addressed(universe, twin, req), req, res),
    );
    const endSockets = onUpgrade(server, (req, socket, head) =>
      upgradeTwin(this.#registry, universe, addressed(universe, twin, req), req, socket, head),
    );
    const close = () => {
      endSockets();
      this.#servers.delete(server);
      server.close();
      server.closeAllConnections();
    };
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, ADDRESS, resolve);
    });
    this.#servers.add(server);
    if (universe.closed) close();
    else universe.onClose(close);
    return [twin.name, `http://${ADDRESS}:${(server.address() as AddressInfo).port}`];
  }

  #admit(universe: Universe): void {
    const { tenant, twins } = universe;
    const count = twins.length;
    const all = [...this.#held.values()].reduce((sum, one) => sum + one, 0);
    const mine = this.#held.get(tenant) ?? 0;
    if (mine + count > TENANT_PORTS_MAX || all + count > PORTS_MAX)
      throw new ApiError({
        name: 'quota',
        status: 429,
        message:
          `ports of their own for twins are used up (${mine} of ${TENANT_PORTS_MAX}): drop universes that have ` +
          'some, or make this one without `origins` and use the base URLs by path',
        data: { pointer: '/origins' },
      });
    this.#hold(universe);
  }

  /** Counts a universe's ports until it ends. */
  #hold(universe: Universe): void {
    const { tenant, twins } = universe;
    this.#count(tenant, twins.length);
    universe.onClose(() => this.#count(tenant, -twins.length));
  }

  #count(tenant: string, by: number): void {
    this.#held.set(tenant, (this.#held.get(tenant) ?? 0) + by);
  }
}

function addressed(universe: Universe, twin: Twin, req: IncomingMessage): Target {
  const host = req.headers.host ?? `${ADDRESS}:${req.socket.localPort}`;
  const path = (req.url ?? '/').split('?', 1)[0] ?? '/';
  return originTarget(universe.id, twin, `http://${host}`, path, host);
}
