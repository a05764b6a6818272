/** Universes: make, list, read, fork, reset, drop. */
import type { ClockSetting } from '../../clock.ts';
import { durationMs } from '../../duration.ts';
import type { FaultInput } from '../../fault.ts';
import { latency as latencyKind } from '../../faults/latency.ts';
import type { RateLimits } from '../../limit.ts';
import type { FaultText } from '../../preset.ts';
import type { Universe } from '../../universe.ts';
import type { WorldFile } from '../../world/file.ts';
import { checkWorld } from '../../world/load.ts';
import { damagedFor } from '../damaged.ts';
import { universeDocument, universeSummary } from '../document.ts';
import { readFaults } from '../faults.ts';
import { findPoint } from '../points.ts';
import { asProblem, invalid } from '../problem.ts';
import { checkStateQuota } from '../quota.ts';
import { universeFor } from '../receive.ts';
import { type Asked, object, type Route, route } from '../route.ts';
import * as schema from '../schema.ts';

/** Body of `createUniverse`. */
export interface CreateUniverse {
  id?: string;
  name?: string;
  /** A name or a world file. */
  world?: string | Record<string, unknown>;
  seed?: number;
  ttl?: string | number;
  clock?: ClockText;
  faults?: FaultText[];
  origins?: boolean;
  rateLimits?: RateLimits;
  latency?: Record<string, unknown>;
  /** A universe or a snapshot to fork. */
  from?: string;
  bind?: Record<string, string>;
}

/** Body of `forkUniverse`. */
export interface ForkUniverse {
  id?: string;
  name?: string;
  seed?: number;
  credentials?: 'same' | 'fresh';
  clock?: ClockText;
  faults?: FaultText[];
  ttl?: string | number;
  bind?: Record<string, string>;
}

/** A clock as it is set, its moment in ISO 8601. */
export interface ClockText {
  mode?: ClockSetting['mode'];
  now?: string;
  rate?: number;
}

const group = 'universes';
const TTL_MS_MAX = 365 * 86_400_000;

const begin = {
  id: schema.universeId,
  name: schema.label,
  seed: schema.seed,
  ttl: schema.duration,
  clock: schema.clockInput,
  faults: schema.faultInputs,
  bind: schema.bind,
};
const made = { 201: { description: 'the universe', schema: schema.universeDocument } };
const shown = { 200: { description: 'the universe', schema: schema.universeDocument } };

/** The calls of this group. */
export const universeRoutes: readonly Route[] = [
  route<CreateUniverse>(
    {
      id: 'createUniverse',
      method: 'POST',
      path: '/v1/universes',
      summary: 'Make a universe from a world (the built-in one unless said), or fork one',
      group,
      body: object({
        ...begin,
        world: {
          type: ['string', 'object'],
          description: 'the name of a world, or a world file (see /v1/schemas/world)',
        },
        origins: {
          type: 'boolean',
          description:
            'also a port for each twin, on the loopback address, for clients that take only http://host:port; `env` ' +
            'and key files name these',
        },
        rateLimits: {
          anyOf: [
            { enum: ['off', 'vendor'] },
            { type: 'object', additionalProperties: { type: 'integer', minimum: 1 } },
          ],
        },
        latency: latencyKind.params,
        from: { ...schema.label, description: 'a universe or a snapshot to fork' },
      }),
      bodyOptional: true,
      responses: made,
    },
    createUniverse,
  ),
  route<unknown, { limit?: number; after?: string }>(
    {
      id: 'listUniverses',
      method: 'GET',
      path: '/v1/universes',
      summary: 'List universes, in order of id, without credentials',
      group,
      query: { limit: schema.limit(1_000, 100), after: schema.universeId },
      responses: {
        200: {
          description: 'universes; `next` is where to go on from',
          schema: schema.listOf('universes', schema.universeSummary, {
            next: schema.universeId,
            damaged: {
              type: 'array',
              description: 'universes of the data directory that could not be opened, where there are any',
              items: object({ id: schema.label, why: { type: 'string' }, proceed: { type: 'string' } }, [
                'id',
                'why',
                'proceed',
              ]),
            },
          }),
        },
      },
    },
    ({ registry, caller, query: { limit = 100, after = '' } }) => {
      const all = registry.list(caller.operator ? undefined : caller.tenant.id);
      const behind = all.filter((one) => one.id > after).sort((a, b) => (a.id < b.id ? -1 : 1));
      const page = behind.slice(0, limit);
      const last = page.at(-1);
      const damaged = damagedFor(registry, caller);
      return {
        universes: page.map(universeSummary),
        ...(last && behind.length > limit ? { next: last.id } : {}),
        ...(damaged.length > 0 ? { damaged } : {}),
      };
    },
  ),
  route(
    {
      id: 'getUniverse',
      method: 'GET',
      path: '/v1/universes/{universe}',
      summary: 'Read a universe: its twins’ addresses, credentials, environment',
      group,
      responses: shown,
    },
    ({ universe }) => universeDocument(universe),
  ),
  route(
    {
      id: 'deleteUniverse',
      method: 'DELETE',
      path: '/v1/universes/{universe}',
      summary: 'Drop a universe',
      group,
      responses: { 204: { description: 'it is gone' } },
    },
    ({ registry, universe }) => {
      registry.drop(universe.id);
    },
  ),
  route<ForkUniverse>(
    {
      id: 'forkUniverse',
      method: 'POST',
      path: '/v1/universes/{universe}/fork',
      summary: 'A universe with the same contents',
      group,
      body: object({ ...begin, credentials: { enum: ['same', 'fresh'] } }),
      bodyOptional: true,
      responses: made,
    },
    (asked) => universeDocument(fork(asked, asked.universe, asked.body)),
  ),
  route<{ seed?: number; faults?: FaultText[] }>(
    {
      id: 'resetUniverse',
      method: 'POST',
      path: '/v1/universes/{universe}/reset',
      summary: 'Back to how it began: rows, ids, credentials and faults; the journal is emptied',
      group,
      body: object({ seed: schema.seed, faults: schema.faultInputs }),
      bodyOptional: true,
      responses: shown,
    },
    ({ universe, body }) => {
      const faults = body.faults && readFaults(body.faults, universe.twins, { at: '/faults' });
      universe.reset({
        ...(body.seed === undefined ? {} : { seed: body.seed }),
        ...(faults ? { faults } : {}),
      });
      return universeDocument(universe);
    },
  ),
];

async function createUniverse(asked: Asked<CreateUniverse>): Promise<unknown> {
  const { registry, caller, body } = asked;
  const { world, from, origins, rateLimits, latency } = body;
  const more = latency ? [latencyFault(latency)] : [];
  if (from !== undefined) {
    if (world !== undefined)
      throw invalid([
        { pointer: '/world', detail: 'does not go with `from`: a fork has its parent’s world' },
      ]);
    const { universe, snapshot } = findPoint(registry, caller, from);
    return withOrigins(asked, fork(asked, universe, body, { more, snapshot, rateLimits }), origins);
  }
  checkStateQuota(registry, caller.tenant);
  const universe = await refusedAt('/world', () =>
    registry.create({
      ...beginning(asked, body, more),
      tenant: caller.tenant.id,
      ...(world === undefined ? {} : { world: typeof world === 'string' ? world : inline(world) }),
      ...(rateLimits === undefined ? {} : { rateLimits }),
    }),
  );
  return withOrigins(asked, universe, origins);
}

/** The document of a new universe; a universe that does not get the ports it was to have is dropped. */
async function withOrigins(asked: Asked, universe: Universe, wanted = false): Promise<unknown> {
  if (!wanted) return universeDocument(universe);
  try {
    if (!asked.options.openOrigins)
      throw invalid([
        { pointer: '/origins', detail: 'needs a server that listens: use the base URLs by path' },
      ]);
    await asked.options.openOrigins(universe);
  } catch (error) {
    asked.registry.drop(universe.id);
    throw error;
  }
  return universeDocument(universe);
}

function fork(
  asked: Asked,
  parent: Universe,
  body: ForkUniverse,
  how: { more?: FaultInput[]; snapshot?: string | undefined; rateLimits?: RateLimits | undefined } = {},
): Universe {
  const { registry, caller } = asked;
  universeFor(registry, caller, parent.id);
  checkStateQuota(registry, caller.tenant);
  const taken = how.snapshot === undefined ? undefined : parent.snapshots.get(how.snapshot);
  const began = beginning(asked, body, how.more ?? []);
  return registry.fork(parent, {
    ...began,
    // A snapshot's rows go with its time, where time stands still.
    ...(taken && parent.clock.mode === 'frozen' ? { clock: { now: taken.now, ...began.clock } } : {}),
    tenant: caller.operator ? parent.tenant : caller.tenant.id,
    ...(body.credentials === undefined ? {} : { credentials: body.credentials }),
    ...(how.snapshot === undefined ? {} : { snapshot: how.snapshot }),
    ...(how.rateLimits === undefined ? {} : { rateLimits: how.rateLimits }),
  });
}

/** What making and forking have in common, in the kernel's terms. */
function beginning(asked: Asked, body: ForkUniverse, more: readonly FaultInput[]) {
  const { id, name, seed, ttl, clock, faults, bind } = body;
  const twins = [...asked.registry.twins.values()].map(({ twin }) => twin);
  const read = [...more, ...readFaults(faults ?? [], twins, { at: '/faults' })];
  const ttlMs = ttl === undefined ? undefined : durationMs(ttl);
  if (ttlMs !== undefined && (ttlMs === 0 || ttlMs > TTL_MS_MAX))
    throw invalid([{ pointer: '/ttl', detail: 'must be longer than nothing and at most 365d' }]);
  return {
    ...(id === undefined ? {} : { id }),
    ...(name === undefined ? {} : { name }),
    ...(seed === undefined ? {} : { seed }),
    ...(ttlMs === undefined ? {} : { ttlMs }),
    ...(bind === undefined ? {} : { bind }),
    ...(clock === undefined ? {} : { clock: clockSetting(clock, '/clock') }),
    faults: read,
  };
}

/** The kernel's clock setting; throws a Problem for a rate without `scaled`. */
export function clockSetting(text: ClockText, at: string, mode = text.mode): Partial<ClockSetting> {
  if (text.rate !== undefined && mode !== 'scaled')
    throw invalid([{ pointer: `${at}/rate`, detail: 'goes with mode scaled only' }]);
  return {
    ...(text.mode === undefined ? {} : { mode: text.mode }),
    ...(text.now === undefined ? {} : { now: Date.parse(text.now) }),
    ...(text.rate === undefined ? {} : { rate: text.rate }),
  };
}

const latencyFault = (params: Record<string, unknown>): FaultInput => ({
  id: 'latency',
  kind: 'latency',
  params,
});

function inline(world: Record<string, unknown>): WorldFile {
  try {
    return checkWorld(world);
  } catch (error) {
    throw asProblem(error, '/world');
  }
}

/** What planting refuses (a member whom nobody knows) is said of the world. */
async function refusedAt<T>(at: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const problem = asProblem(error);
    if (problem.init.status !== 422 || problem.init.errors) throw error;
    throw invalid([{ pointer: at, detail: problem.init.detail }]);
  }
}
