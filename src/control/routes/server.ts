/** About the server: the index, worlds, schemas, and what the harness recorded. */
import { FAULT_SCHEMA } from '../../preset.ts';
import { didYouMean } from '../../suggest.ts';
import { WORLD_SCHEMA } from '../../world/file.ts';
import { missing } from '../problem.ts';
import { type ControlOptions, object, type Route, route, type Schema } from '../route.ts';
import { listBuilds, listRuns, listTrials, readRun } from '../runs.ts';
import * as schema from '../schema.ts';

const group = 'server';
const anything: Schema = { type: 'object' };

/** The calls of this group. */
export const serverRoutes: readonly Route[] = [
  route(
    {
      id: 'getIndex',
      method: 'GET',
      path: '/v1',
      summary: 'What is here',
      group,
      responses: { 200: { description: 'version and links', schema: anything } },
    },
    ({ registry, options, caller }) => ({
      name: 'orrery',
      version: options.version,
      tenant: caller.tenant.id,
      twins: [...registry.twins.keys()],
      worlds: [...registry.worlds.keys()],
      links: {
        openapi: '/v1/openapi.json',
        universes: '/v1/universes',
        faults: '/v1/faults',
        gestures: '/v1/gestures',
        coverage: '/v1/coverage',
        schemas: '/v1/schemas',
        runs: '/v1/runs',
      },
    }),
  ),
  route(
    {
      id: 'listSchemas',
      method: 'GET',
      path: '/v1/schemas',
      summary: 'Names of the schemas of files that people write',
      group,
      responses: { 200: { description: 'names', schema: schema.listOf('schemas', schema.label) } },
    },
    async ({ options }) => ({ schemas: Object.keys(await published(options)) }),
  ),
  route(
    {
      id: 'getSchema',
      method: 'GET',
      path: '/v1/schemas/{schema}',
      summary: 'A JSON Schema: world, faults, scenario, candidate, policy',
      group,
      responses: { 200: { description: 'the schema', schema: anything } },
    },
    async ({ options, params }) => {
      const name = (params.schema as string).replace(/\.json$/, '');
      const all = await published(options);
      if (!Object.hasOwn(all, name))
        throw missing(`there is no schema ${name}${didYouMean(name, Object.keys(all))}`);
      return all[name];
    },
  ),
  ...recordRoutes(),
];

/** What the harness recorded: the operator's alone, since runs belong to no tenant. */
function recordRoutes(): Route[] {
  return [
    route(
      {
        id: 'listRuns',
        method: 'GET',
        path: '/v1/runs',
        summary: 'Runs of the harness, newest first',
        group,
        operator: true,
        responses: { 200: { description: 'runs', schema: schema.listOf('runs', anything) } },
      },
      ({ options }) => ({ runs: listRuns(options.runs) }),
    ),
    route(
      {
        id: 'getRun',
        method: 'GET',
        path: '/v1/runs/{run}',
        summary: 'One run: inputs, builds, satisfaction',
        group,
        operator: true,
        responses: { 200: { description: 'run.json', schema: anything } },
      },
      ({ options, params }) => {
        const run = readRun(options.runs, params.run as string);
        if (!run) throw missing(`there is no run ${params.run}`);
        return run;
      },
    ),
    route<unknown, { run?: string; limit?: number }>(
      {
        id: 'listTrajectories',
        method: 'GET',
        path: '/v1/trajectories',
        summary:
          'Satisfaction over builds, oldest first, and trials, newest run first, with where each trajectory lies',
        group,
        operator: true,
        query: { run: schema.label, limit: schema.limit(5_000, 500) },
        responses: {
          200: {
            description: 'builds and trials',
            schema: schema.listOf('trajectories', anything, { builds: { type: 'array', items: anything } }),
          },
        },
      },
      ({ options, query: { run, limit = 500 } }) => ({
        builds: listBuilds(options.runs, run),
        trajectories: listTrials(options.runs, run, limit),
      }),
    ),
  ];
}

async function published(options: ControlOptions): Promise<Record<string, Schema>> {
  return { world: WORLD_SCHEMA, faults: FAULTS_FILE, ...(await options.schemas?.()) };
}

/** A faults file: one fault, a list, or `faults: […]`. */
const FAULTS_FILE: Schema = {
  $id: 'https://orrery.dev/schemas/faults.json',
  anyOf: [
    { type: 'array', items: FAULT_SCHEMA },
    object({ faults: { type: 'array', items: FAULT_SCHEMA } }, ['faults']),
    FAULT_SCHEMA,
  ],
};
