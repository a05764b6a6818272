/** `/api/v1/agentPools`: agents on the customer's premises, and their updates. */
import type { World } from '../../../src/world/world.ts';
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import { link } from '../links.ts';
import {
  type Agent,
  type AgentPool,
  type AgentPoolSettings,
  healthOf,
  LATEST_VERSION,
  poolsOf,
  settingsOf,
  updateSettings,
} from '../model/provisioning/agentPool.ts';
import {
  type AgentPoolUpdate,
  type AgentPoolUpdateInput,
  createUpdate,
  deleteUpdate,
  findUpdate,
  replaceUpdate,
  resultFor,
  turnUpdate,
  type UpdateAction,
  updatesOf,
} from '../model/provisioning/agentPoolUpdate.ts';
import { agentPools } from '../world/integrations.ts';

const { read, manage } = family('AgentPools', 'agentPools', 'other');
const ALL = '/api/v1/agentPools';
const UPDATES = `${ALL}/{poolId}/updates` as const;
const UPDATE = `${UPDATES}/{updateId}` as const;

export const agentPoolEndpoints = [
  endpoint({ id: 'listAgentPools', route: `GET ${ALL}`, ...read }, ({ world, query }) =>
    poolsOf(world, query.get('poolType')).map((pool) => poolView(world, pool)),
  ),
  endpoint({ id: 'listAgentPoolsUpdates', route: `GET ${UPDATES}`, ...read }, ({ world, params, query }) =>
    updatesOf(world, params.poolId, query.get('scheduled') === 'true').map((row) => updateView(world, row)),
  ),
  endpoint(
    { id: 'createAgentPoolsUpdate', route: `POST ${UPDATES}`, ...manage },
    ({ world, actor, params, input }) =>
      updateView(world, createUpdate(world, actor.who, params.poolId, input as AgentPoolUpdateInput)),
  ),
  endpoint(
    { id: 'getAgentPoolsUpdateSettings', route: `GET ${UPDATES}/settings`, ...read },
    ({ world, params }) => settingsOf(world, params.poolId),
  ),
  endpoint(
    { id: 'updateAgentPoolsUpdateSettings', route: `POST ${UPDATES}/settings`, ...manage },
    ({ world, actor, params, input }) =>
      updateSettings(world, actor.who, params.poolId, input as Partial<AgentPoolSettings>),
  ),
  endpoint({ id: 'getAgentPoolsUpdateInstance', route: `GET ${UPDATE}`, ...read }, ({ world, params }) =>
    updateView(world, findUpdate(world, params.poolId, params.updateId)),
  ),
  endpoint(
    { id: 'updateAgentPoolsUpdate', route: `POST ${UPDATE}`, ...manage },
    ({ world, actor, params: { poolId, updateId }, input }) =>
      updateView(world, replaceUpdate(world, actor.who, poolId, updateId, input as AgentPoolUpdateInput)),
  ),
  endpoint(
    { id: 'deleteAgentPoolsUpdate', route: `DELETE ${UPDATE}`, ...manage, status: 204 },
    ({ world, actor, params }) => deleteUpdate(world, actor.who, params.poolId, params.updateId),
  ),
  turning('activateAgentPoolsUpdate', 'activate'),
  turning('deactivateAgentPoolsUpdate', 'deactivate'),
  turning('pauseAgentPoolsUpdate', 'pause'),
  turning('resumeAgentPoolsUpdate', 'resume'),
  turning('retryAgentPoolsUpdate', 'retry'),
  turning('stopAgentPoolsUpdate', 'stop'),
];

function turning(id: string, action: UpdateAction) {
  return endpoint(
    { id, route: `POST ${UPDATE}/${action}` as `POST ${typeof UPDATE}`, ...manage },
    ({ world, actor, params: { poolId, updateId } }) =>
      updateView(world, turnUpdate(world, actor.who, poolId, updateId, action)),
  );
}

function poolView(world: World, pool: AgentPool): Record<string, unknown> {
  const { id, name, type, agents } = pool;
  return {
    id,
    name,
    type,
    ...healthOf(pool),
    agents: agents.map(agentView),
    _links: { self: link(world, `${ALL}/${id}`) },
  };
}

const agentView = (agent: Agent): Record<string, unknown> => ({
  ...agent,
  isLatestGAedVersion: agent.version === LATEST_VERSION,
});

function updateView(world: World, row: AgentPoolUpdate): Record<string, unknown> {
  const { poolId, agentIds, results: _, timer: __, id, name, agentType, ...rest } = row;
  const pool = world.get(agentPools, poolId);
  const chosen = pool?.agents.filter((agent) => agentIds.includes(agent.id)) ?? [];
  const agents = chosen.map((agent) => ({ ...agentView(agent), ...resultFor(row, agent.id) }));
  return { id, name, agentType, agents, ...rest, _links: {} };
}
