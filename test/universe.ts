/** A universe for tests: one registry per call, a frozen clock unless said, and programs that answer deliveries. */
import { universeFetch } from '../src/inprocess/fetch.ts';
import type { Outbound } from '../src/outbox.ts';
import { type CreateOptions, Registry } from '../src/registry.ts';
import type { DeliveryOutcome, Twin } from '../src/twin.ts';
import type { Universe } from '../src/universe.ts';
import type { WorldFile } from '../src/world/file.ts';

/** What a program received. */
export interface Received {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: string;
}

export interface TestUniverse {
  universe: Universe;
  registry: Registry;
  /** `fetch` that ends in this universe; a path such as `/slack/api/auth.test` is completed. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Deliveries in the order in which they were sent. */
  received: Received[];
  /** What programs answer from now on; 200 with no body unless said. */
  answer(how: (request: Received) => Partial<DeliveryOutcome>): void;
  /** The base URL of a twin. */
  base(twin: string): string;
}

export const FROZEN_AT = Date.parse('2026-03-02T09:00:00.000Z');

/** Opens a universe with `twins` and `world`, at a fixed moment. `outbound`: its deliveries really leave. */
export async function openUniverse(
  twins: readonly Twin[],
  world: WorldFile,
  { outbound: own, ...options }: Omit<CreateOptions, 'world'> & { outbound?: Outbound } = {},
): Promise<TestUniverse> {
  const received: Received[] = [];
  let how: (request: Received) => Partial<DeliveryOutcome> = () => ({});
  const outbound: Outbound = {
    async send(request) {
      received.push(request);
      return { status: 200, headers: {}, body: '', ...how(request) };
    },
  };
  const registry = new Registry({ twins, outbound: own ?? outbound, publicUrl: () => 'http://orrery.test' });
  const universe = await registry.create({
    id: 'test',
    seed: 1,
    clock: { mode: 'frozen', now: FROZEN_AT },
    ...options,
    world,
  });
  const send = universeFetch(universe);
  return {
    universe,
    registry,
    received,
    fetch: (path, init) =>
      send(path.startsWith('http') ? path : `http://orrery.test/u/${universe.id}${path}`, init),
    answer: (next) => {
      how = next;
    },
    base: (twin) => universe.publicBase(twin),
  };
}
