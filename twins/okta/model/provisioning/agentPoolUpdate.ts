/** Updates of agents: scheduled on the universe's clock, run while their window lasts, held, stopped, tried again. */
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed, refuse } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { agentPools, agentPoolUpdates } from '../../world/integrations.ts';
import { recordChange, SYSTEM, type Who } from '../log/log.ts';
import { AGENT_TYPES, type Agent, findPool, LATEST_VERSION, settingsOf } from './agentPool.ts';
import { isCron, isTimeZone, nextTime } from './cron.ts';

export type UpdateStatus = 'Scheduled' | 'InProgress' | 'Paused' | 'Cancelled' | 'Failed' | 'Success';

export interface UpdateSchedule {
  cron: string;
  timezone: string;
  /** Minutes that the update may take. */
  duration: number;
}

/** An update; `agentIds` become agents where it is shown, `timer` is what it waits for. */
export interface AgentPoolUpdate {
  poolId: string;
  id: string;
  name: string;
  agentType: string;
  agentIds: readonly string[];
  /** What became of each agent. */
  results: Readonly<Record<string, { updateStatus: string; updateMessage: string }>>;
  enabled: boolean;
  schedule?: UpdateSchedule;
  notifyAdmin: boolean;
  status: UpdateStatus;
  targetVersion: string;
  reason?: string;
  timer?: string;
}

export interface AgentPoolUpdateInput {
  name?: string;
  agentType?: string;
  agents?: { id?: string }[];
  enabled?: boolean;
  notifyAdmin?: boolean;
  targetVersion?: string;
  schedule?: Partial<UpdateSchedule>;
}

/** Names of the twin's timers. */
export const UPDATE_BEGINS = 'agentUpdateBegins';
export const UPDATE_ENDS = 'agentUpdateEnds';

const MINUTE_MS = 60_000;
/** How long agents take; the window may be longer. */
const UPDATE_TAKES_MS = 5 * MINUTE_MS;

/** The updates of a pool; none for a pool that there is not. `scheduled`: those that wait for their time. */
export const updatesOf = (world: World, poolId: string, scheduled: boolean): AgentPoolUpdate[] =>
  world
    .list(agentPoolUpdates, { prefix: `${poolId}/` })
    .toArray()
    .filter((one) => !scheduled || one.status === 'Scheduled');

/** One update, or E0000007. */
export const findUpdate = (world: World, poolId: string, id: string): AgentPoolUpdate =>
  world.require(agentPoolUpdates, `${poolId}/${id}`, () => notFound(id, 'AgentPoolUpdate'));

/** Schedules an update. Throws E0000001 for fields that are missing or wrong, E0000007 for no such pool. */
export function createUpdate(
  world: World,
  who: Who,
  poolId: string,
  input: AgentPoolUpdateInput | undefined,
): AgentPoolUpdate {
  const parts = checked(world, poolId, input);
  const id = newId(world, 'ajd');
  log(world, who, { id, name: parts.name });
  return plan(
    world,
    world.insert(agentPoolUpdates, { poolId, id, ...parts, results: {}, status: 'Scheduled' }),
  );
}

/** Replaces an update that is not under way. Throws as `createUpdate` does, E0000038 for one that is. */
export function replaceUpdate(
  world: World,
  who: Who,
  poolId: string,
  id: string,
  input: AgentPoolUpdateInput | undefined,
): AgentPoolUpdate {
  const old = findUpdate(world, poolId, id);
  const parts = checked(world, poolId, input);
  if (old.status === 'InProgress') throw refuse('E0000038');
  log(world, who, { id, name: parts.name });
  const { timer } = old;
  if (timer) world.cancel(timer);
  return plan(world, world.put(agentPoolUpdates, { poolId, id, ...parts, results: {}, status: 'Scheduled' }));
}

/** Removes an update, whatever it waits for. */
export function deleteUpdate(world: World, who: Who, poolId: string, id: string): void {
  const old = findUpdate(world, poolId, id);
  if (old.timer) world.cancel(old.timer);
  world.remove(agentPoolUpdates, `${poolId}/${id}`);
  log(world, who, old);
}

export type UpdateAction = 'activate' | 'deactivate' | 'pause' | 'resume' | 'retry' | 'stop';

const STEPS: readonly (readonly [from: UpdateStatus, action: UpdateAction, to: UpdateStatus])[] = [
  ['Scheduled', 'activate', 'Scheduled'],
  ['Scheduled', 'deactivate', 'Scheduled'],
  ['InProgress', 'pause', 'Paused'],
  ['Paused', 'resume', 'InProgress'],
  ['Failed', 'retry', 'InProgress'],
  ['Cancelled', 'retry', 'InProgress'],
  ['Scheduled', 'stop', 'Cancelled'],
  ['InProgress', 'stop', 'Cancelled'],
  ['Paused', 'stop', 'Cancelled'],
];

/** Takes an update through an action. Throws E0000038 in a status that has no such action. */
export function turnUpdate(
  world: World,
  who: Who,
  poolId: string,
  id: string,
  action: UpdateAction,
): AgentPoolUpdate {
  const old = findUpdate(world, poolId, id);
  const step = STEPS.find(([from, name]) => from === old.status && name === action);
  if (!step) throw refuse('E0000038');
  const { timer, ...rest } = old;
  if (timer) world.cancel(timer);
  const enabled = action === 'activate' ? true : action === 'deactivate' ? false : old.enabled;
  const changed = world.put(agentPoolUpdates, { ...rest, enabled, status: step[2] });
  log(world, who, changed);
  if (changed.status === 'Scheduled') return plan(world, changed);
  return changed.status === 'InProgress' ? run(world, changed) : changed;
}

/** The time of an update has come. */
export function updateBegins(world: World, { poolId, id }: { poolId: string; id: string }): void {
  const row = world.get(agentPoolUpdates, `${poolId}/${id}`);
  if (row?.status === 'Scheduled' && row.enabled) run(world, row);
}

/** The agents are done: those that are connected have the new version, the others failed. */
export function updateEnds(world: World, { poolId, id }: { poolId: string; id: string }): void {
  const row = world.get(agentPoolUpdates, `${poolId}/${id}`);
  const pool = world.get(agentPools, poolId);
  if (row?.status !== 'InProgress' || !pool) return;
  const chosen = pool.agents.filter((agent) => row.agentIds.includes(agent.id));
  const isBroken = chosen.some(({ operationalStatus }) => operationalStatus !== 'OPERATIONAL');
  const goesOn = settingsOf(world, poolId).continueOnError;
  const isUpdated = (agent: Agent) =>
    agent.operationalStatus === 'OPERATIONAL' && (goesOn || !isBroken) && row.agentIds.includes(agent.id);
  world.update(agentPools, poolId, {
    agents: pool.agents.map((agent) =>
      isUpdated(agent) ? { ...agent, version: row.targetVersion, lastConnection: world.now() } : agent,
    ),
  });
  const { timer: _, ...rest } = row;
  const changed = world.put(agentPoolUpdates, {
    ...rest,
    status: isBroken ? 'Failed' : 'Success',
    ...(isBroken ? { reason: 'Some agents are not connected.' } : {}),
    results: Object.fromEntries(
      chosen.map((agent) => [
        agent.id,
        isUpdated(agent)
          ? { updateStatus: 'Success', updateMessage: 'Agent was updated.' }
          : { updateStatus: 'Failed', updateMessage: 'Agent is not connected.' },
      ]),
    ),
  });
  recordChange(world, SYSTEM, 'system.agent.auto_update', 'Agent auto-update', target(changed));
}

/** What an update says of an agent. */
export const resultFor = ({ results, status }: AgentPoolUpdate, agentId: string) =>
  results[agentId] ??
  (status === 'InProgress'
    ? { updateStatus: 'InProgress', updateMessage: 'Update is in progress.' }
    : status === 'Cancelled'
      ? { updateStatus: 'Cancelled', updateMessage: 'Update was cancelled.' }
      : { updateStatus: 'Scheduled', updateMessage: 'Queued for update.' });

/** Waits for the time that the schedule names; one that names none begins when it is activated. */
function plan(world: World, row: AgentPoolUpdate): AgentPoolUpdate {
  if (!row.enabled) return row;
  const { poolId, id, schedule } = row;
  const at = schedule ? nextTime(schedule.cron, schedule.timezone, world.now()) : world.now();
  if (at === undefined) return row;
  const timer = world.schedule(at, UPDATE_BEGINS, { poolId, id });
  return world.put(agentPoolUpdates, { ...row, timer });
}

function run(world: World, row: AgentPoolUpdate): AgentPoolUpdate {
  const { poolId, id, schedule } = row;
  const takesMs = Math.min(UPDATE_TAKES_MS, (schedule?.duration ?? Number.POSITIVE_INFINITY) * MINUTE_MS);
  const timer = world.schedule(world.now() + takesMs, UPDATE_ENDS, { poolId, id });
  return world.put(agentPoolUpdates, { ...row, status: 'InProgress', results: {}, timer });
}

function checked(world: World, poolId: string, input: AgentPoolUpdateInput | undefined) {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  const { name, agentType, agents, schedule } = input;
  const missing = [
    ...(name ? [] : ['name']),
    ...(agentType && AGENT_TYPES.has(agentType) ? [] : ['agentType']),
    ...(agents ? [] : ['agentList']),
  ];
  const causes = missing.map((part) => `errors in the field: ${part}`);
  if (missing[0] !== undefined || !name || !agentType || !agents)
    throw invalid(missing[0] === 'agentList' ? 'agents' : (missing[0] ?? 'name'), ...causes);
  const pool = findPool(world, poolId);
  if (pool.type !== agentType) throw invalid('agentType', 'errors in the field: agentType');
  const agentIds = agents.map(({ id }) => id ?? '');
  if (agentIds.length === 0 || agentIds.some((id) => pool.agents.every((agent) => agent.id !== id)))
    throw invalid('agents', 'errors in the field: agentList');
  return {
    name,
    agentType,
    agentIds,
    enabled: input.enabled ?? false,
    ...(schedule ? { schedule: checkedSchedule(schedule) } : {}),
    notifyAdmin: input.notifyAdmin ?? false,
    targetVersion: input.targetVersion || LATEST_VERSION,
  };
}

function checkedSchedule({
  cron,
  timezone = 'Etc/UTC',
  duration = 60,
}: Partial<UpdateSchedule>): UpdateSchedule {
  if (!cron) throw blank('cron');
  if (!isCron(cron)) throw invalid('schedule', 'errors in the field: cron');
  if (!isTimeZone(timezone)) throw invalid('schedule', 'errors in the field: timezone');
  return { cron, timezone, duration };
}

const target = ({ id, name }: Pick<AgentPoolUpdate, 'id' | 'name'>) => ({
  id,
  type: 'AgentPoolUpdate',
  name,
});

const log = (world: World, who: Who, row: Pick<AgentPoolUpdate, 'id' | 'name'>): unknown =>
  recordChange(world, who, 'system.agent_pools.auto_update', 'Agent pool auto-update', target(row));
