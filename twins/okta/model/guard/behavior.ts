/** Behaviour detection rules: what is unusual about a sign-in. */
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { stampSql } from '../../time.ts';
import { behaviors } from '../../world/security.ts';
import { recordChange, type Who } from '../log/log.ts';
import { rulesNaming } from '../policies/policyUse.ts';

/** A rule in the vendor's shape, less links. */
export interface Behavior {
  id: string;
  name: string;
  status: 'ACTIVE' | 'INACTIVE';
  settings: Record<string, unknown>;
  type: string;
  created: string;
  lastUpdated: string;
}

export interface BehaviorInput {
  name?: string;
  type?: string;
  status?: string;
  settings?: Record<string, unknown>;
}

/** What each type looks at, with the values that the service fills in. */
const SETTINGS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  ANOMALOUS_LOCATION: {
    minEventsNeededForEvaluation: 0,
    maxEventsUsedForEvaluation: 20,
    granularity: 'CITY',
  },
  ANOMALOUS_IP: { minEventsNeededForEvaluation: 0, maxEventsUsedForEvaluation: 50 },
  ANOMALOUS_DEVICE: { minEventsNeededForEvaluation: 0, maxEventsUsedForEvaluation: 20 },
  VELOCITY: { velocityKph: 805 },
};
const GRANULARITIES: ReadonlySet<unknown> = new Set(['LAT_LONG', 'CITY', 'COUNTRY', 'SUBDIVISION']);
const NAME_CHARS_MAX = 128;

/** The rules of a new org. https://help.okta.com/oie/en-us/content/topics/security/behavior-detection/ */
const BUILT_IN: readonly (readonly [string, string, Record<string, unknown>])[] = [
  ['New City', 'ANOMALOUS_LOCATION', { granularity: 'CITY' }],
  ['New Country', 'ANOMALOUS_LOCATION', { granularity: 'COUNTRY' }],
  ['New Device', 'ANOMALOUS_DEVICE', {}],
  ['New Geo-Location', 'ANOMALOUS_LOCATION', { granularity: 'LAT_LONG', radiusKilometers: 20 }],
  ['New IP', 'ANOMALOUS_IP', {}],
  ['New State', 'ANOMALOUS_LOCATION', { granularity: 'SUBDIVISION' }],
  ['Velocity', 'VELOCITY', {}],
];

/** The rule with this id, or E0000007. */
export const findBehavior = (world: World, id: string): Behavior =>
  world.require(behaviors, id, () => notFound(id, 'BehaviorSettings'));

/** Puts the rules in that every org has. */
export function addBuiltInBehaviors(world: World): void {
  for (const [name, type, settings] of BUILT_IN) addBehavior(world, { name, type, settings });
}

/** Makes a rule. Throws E0000001 for an unknown type, settings that its type does not take, a taken name. */
export function createBehavior(world: World, who: Who, input: BehaviorInput | undefined): Behavior {
  const row = addBehavior(world, checked(world, input));
  log(world, who, 'create', row);
  return row;
}

/** Replaces a rule; its type stays, and its status, whatever is sent: that is turned by its lifecycle only. */
export function replaceBehavior(
  world: World,
  who: Who,
  id: string,
  input: BehaviorInput | undefined,
): Behavior {
  const old = findBehavior(world, id);
  const { name, type, settings } = checked(world, input, id);
  if (type !== old.type) throw invalid('type', 'type: The type of a behavior cannot be changed');
  const changed = world.update(behaviors, id, {
    name,
    settings: { ...SETTINGS[type], ...settings },
    lastUpdated: stampSql(world.now()),
  });
  log(world, who, 'update', changed);
  return changed;
}

/** Turns a rule on or off, and returns it. */
export function setBehaviorStatus(world: World, who: Who, id: string, status: Behavior['status']): Behavior {
  findBehavior(world, id);
  const changed = world.update(behaviors, id, { status, lastUpdated: stampSql(world.now()) });
  log(world, who, 'update', changed);
  return changed;
}

/** Removes a rule. Throws E0000001 for one that rules of policies ask about. */
export function deleteBehavior(world: World, who: Who, id: string): void {
  const row = findBehavior(world, id);
  const rules = rulesNaming(world, id).map(({ name }) => name);
  if (rules.length > 0)
    throw invalid('id', `id: The behavior ${row.name} is used in policy rules: ${rules.join(', ')}`);
  world.remove(behaviors, id);
  log(world, who, 'delete', row);
}

function addBehavior(
  world: World,
  { name, type, settings, status = 'ACTIVE' }: Omit<Checked, 'status'> & Partial<Pick<Checked, 'status'>>,
): Behavior {
  const now = stampSql(world.now());
  return world.insert(behaviors, {
    id: newId(world, 'bhv'),
    name,
    status,
    settings: { ...SETTINGS[type], ...settings },
    type,
    created: now,
    lastUpdated: now,
  });
}

interface Checked {
  name: string;
  type: string;
  settings: Record<string, unknown>;
  status: Behavior['status'];
}

function checked(world: World, input: BehaviorInput | undefined, own?: string): Checked {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  const { name, type = '', settings = {}, status = 'ACTIVE' } = input;
  if (!name) throw blank('name');
  if (name.length > NAME_CHARS_MAX)
    throw invalid('name', `name: The field cannot exceed ${NAME_CHARS_MAX} characters`);
  if (!Object.hasOwn(SETTINGS, type)) throw invalid('type', 'type: The behavior type is not valid');
  if (status !== 'ACTIVE' && status !== 'INACTIVE') throw invalid('status', 'status: Invalid status');
  checkSettings(type, settings);
  const other = world.list(behaviors, { index: 'name', equals: name }).first();
  if (other && other.id !== own)
    throw invalid('name', 'name: An object with this field already exists in the current organization');
  return { name, type, settings, status };
}

/** https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Behavior/ */
const RANGES: Readonly<Record<string, readonly [number, number]>> = {
  maxEventsUsedForEvaluation: [1, 100],
  minEventsNeededForEvaluation: [0, 10],
  velocityKph: [1, 100_000],
};

function checkSettings(type: string, settings: Record<string, unknown>): void {
  const { granularity, radiusKilometers } = settings;
  for (const [name, [least, most]] of Object.entries(RANGES)) {
    const value = settings[name];
    if (typeof value === 'number' && (value < least || value > most))
      throw invalid(name, `${name}: The value must be between ${least} and ${most}`);
  }
  if (type !== 'ANOMALOUS_LOCATION') return;
  if (granularity !== undefined && !GRANULARITIES.has(granularity))
    throw invalid('granularity', 'granularity: The granularity is not valid');
  if (granularity === 'LAT_LONG' && radiusKilometers === undefined) throw blank('radiusKilometers');
}

function log(world: World, who: Who, verb: 'create' | 'update' | 'delete', row: Behavior): void {
  const thing = { id: row.id, type: 'BehaviorSettings', name: row.name };
  recordChange(world, who, `security.behavior.settings.${verb}`, `Behavior settings ${verb}`, thing);
}
