/**
 * Agents on the customer's premises (for directories, RADIUS, on-premises multifactor …), in pools. Agents come and go
 * by gestures: where they run is outside of the org. Their updates are in `agentPoolUpdate.ts`.
 */
import type { World } from '../../../../src/world/world.ts';
import { invalid, notFound, notWellFormed } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { agentPoolSettings, agentPools } from '../../world/integrations.ts';
import { recordChange, type Who } from '../log/log.ts';

export const AGENT_TYPES: ReadonlySet<string> = new Set([
  ...['AD', 'IWA', 'LDAP', 'MFA', 'OPP', 'RUM', 'Radius', 'OktaPrivilegedAccess'],
]);

/** The newest version of an agent, and that of one that is installed from an old package. */
export const LATEST_VERSION = '3.22.0';
const OLDEST_VERSION = '3.16.0';

/** An agent in the vendor's shape, less what an update says of it. */
export interface Agent {
  id: string;
  type: string;
  operationalStatus: 'OPERATIONAL' | 'DISRUPTED';
  version: string;
  /** Milliseconds. */
  lastConnection: number;
  poolId: string;
  name: string;
  isHidden: boolean;
}

/** A pool, less what follows from its agents. */
export interface AgentPool {
  id: string;
  name: string;
  type: string;
  agents: readonly Agent[];
}

export interface AgentPoolSettings {
  poolId: string;
  agentType: string;
  poolName: string;
  continueOnError: boolean;
  latestVersion: string;
  minimalSupportedVersion: string;
  releaseChannel: string;
}

/** The pools of a type, or all. Throws E0000001 for a type that there is not. */
export function poolsOf(world: World, type: string | null): AgentPool[] {
  if (type && !AGENT_TYPES.has(type)) throw invalid('poolType', 'poolType: The pool type is not valid');
  const pools = world.list(agentPools).toArray();
  return type ? pools.filter((pool) => pool.type === type) : pools;
}

/** The pool with this id, or E0000007. */
export const findPool = (world: World, id: string): AgentPool =>
  world.require(agentPools, id, () => notFound(id, 'AppInstance'));

/** How the agents of a pool are, taken together. */
export function healthOf({ agents }: AgentPool) {
  const disrupted = agents.filter((one) => one.operationalStatus === 'DISRUPTED').length;
  const operationalStatus =
    agents.length === 0
      ? 'INACTIVE'
      : disrupted === 0
        ? 'OPERATIONAL'
        : disrupted === agents.length
          ? 'DISRUPTED'
          : 'DEGRADED';
  return { operationalStatus, disruptedAgents: disrupted, inactiveAgents: 0 };
}

/** Installs an agent, and its pool where there is none of that name and type. */
export function installAgent(
  world: World,
  who: Who,
  input: { type: string; pool: string; name: string; old?: boolean },
): Agent {
  const { type, pool: poolName, name } = input;
  if (!AGENT_TYPES.has(type)) throw invalid('type', 'type: The agent type is not valid');
  const pool =
    poolsOf(world, type).find((one) => one.name === poolName) ??
    world.insert(agentPools, { id: newId(world, '0oa'), name: poolName, type, agents: [] });
  const agent: Agent = {
    id: newId(world, 'a53'),
    type,
    operationalStatus: 'OPERATIONAL',
    version: input.old ? OLDEST_VERSION : LATEST_VERSION,
    lastConnection: world.now(),
    poolId: pool.id,
    name,
    isHidden: false,
  };
  world.update(agentPools, pool.id, { agents: [...pool.agents, agent] });
  recordChange(world, who, 'system.agent.register', 'Register agent', {
    id: agent.id,
    type: 'Agent',
    name,
  });
  return agent;
}

/** An agent loses its connection, or has it again. Throws E0000007 for none of that name. */
export function setAgentConnected(world: World, name: string, connected: boolean): Agent {
  for (const pool of world.list(agentPools).toArray()) {
    const agent = pool.agents.find((one) => one.name === name || one.id === name);
    if (!agent) continue;
    const changed: Agent = {
      ...agent,
      operationalStatus: connected ? 'OPERATIONAL' : 'DISRUPTED',
      ...(connected ? { lastConnection: world.now() } : {}),
    };
    world.update(agentPools, pool.id, {
      agents: pool.agents.map((one) => (one.id === agent.id ? changed : one)),
    });
    return changed;
  }
  throw notFound(name, 'Agent');
}

/** The settings by which a pool is updated. */
export function settingsOf(world: World, poolId: string): AgentPoolSettings {
  const { type, name } = findPool(world, poolId);
  return (
    world.get(agentPoolSettings, poolId) ?? {
      poolId,
      agentType: type,
      poolName: name,
      continueOnError: false,
      latestVersion: LATEST_VERSION,
      minimalSupportedVersion: OLDEST_VERSION,
      releaseChannel: 'GA',
    }
  );
}

const CHANNELS: ReadonlySet<string> = new Set(['BETA', 'EA', 'GA', 'TEST']);

/** Changes them. Throws E0000001 for another type of agent, or a channel that there is not. */
export function updateSettings(
  world: World,
  who: Who,
  poolId: string,
  input: Partial<AgentPoolSettings> | undefined,
): AgentPoolSettings {
  const old = settingsOf(world, poolId);
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  const { agentType, continueOnError = old.continueOnError, releaseChannel = old.releaseChannel } = input;
  if (agentType !== old.agentType) throw invalid('agentType', 'errors in the field: agentType');
  if (!CHANNELS.has(releaseChannel)) throw invalid('releaseChannel', 'errors in the field: releaseChannel');
  recordChange(world, who, 'system.agent_pools.auto_update', 'Update agent pool settings', {
    id: poolId,
    type: 'AgentPool',
    name: old.poolName,
  });
  return world.put(agentPoolSettings, {
    ...old,
    continueOnError,
    releaseChannel,
    poolName: input.poolName ?? old.poolName,
    minimalSupportedVersion: input.minimalSupportedVersion ?? old.minimalSupportedVersion,
  });
}
