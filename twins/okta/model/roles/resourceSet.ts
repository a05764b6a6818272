/** Resource sets: what custom administrators may administer. */
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { stamp } from '../../time.ts';
import { bindingMembers, resourceSets, setResources } from '../../world/admin.ts';
import { recordChange, type Who } from '../log/log.ts';
import { ornOf, type Resource, resourceNamed } from './orn.ts';

/** A set in the vendor's shape, less links. */
export interface ResourceSet {
  id: string;
  label: string;
  description: string;
  created: string;
  lastUpdated: string;
}

/** One resource of a set; `setId`, and what the ORN names, are not shown. */
export interface SetResource {
  setId: string;
  id: string;
  orn: string;
  resource: Resource;
  conditions?: ResourceConditions;
  created: string;
  lastUpdated: string;
}

/** What a resource leaves out: of all apps, say, these. */
export interface ResourceConditions {
  Exclude?: { 'okta:ORN'?: string[] };
}

export interface ResourceSetInput {
  label?: string;
  description?: string;
  resources?: string[];
}

/** https://help.okta.com/en-us/content/topics/security/custom-admin-role/work-with-resource-set.htm */
const RESOURCES_MAX = 1_000;
const SETS_MAX = 10_000;

/** The set with this id or label, or E0000007. */
export const findResourceSet = (world: World, key: string): ResourceSet => {
  const found =
    world.get(resourceSets, key) ?? world.list(resourceSets, { index: 'label', equals: key }).first();
  if (!found) throw notFound(key, 'IAMPolicy');
  return found;
};

/** Makes a set. Throws E0000001 for a missing or taken label, a missing description, something that is no resource. */
export function createResourceSet(world: World, who: Who, input: ResourceSetInput | undefined): ResourceSet {
  const parts = checked(world, input);
  if (!input?.resources) throw invalid('resources', 'resources: Resources must be specified');
  if (world.list(resourceSets).count() >= SETS_MAX)
    throw invalid('label', `label: An organization cannot have more than ${SETS_MAX} resource sets`);
  const now = stamp(world.now());
  const row = world.insert(resourceSets, {
    id: newId(world, 'iam'),
    ...parts,
    created: now,
    lastUpdated: now,
  });
  for (const orn of input.resources) addResource(world, row.id, orn);
  logSet(world, who, 'iam.resourceset.create', row);
  return row;
}

/** Renames a set. */
export function replaceResourceSet(
  world: World,
  who: Who,
  key: string,
  input: ResourceSetInput | undefined,
): ResourceSet {
  const { id } = findResourceSet(world, key);
  const row = world.update(resourceSets, id, {
    ...checked(world, input, id),
    lastUpdated: stamp(world.now()),
  });
  logSet(world, who, 'iam.resourceset.update', row);
  return row;
}

/** Removes a set with its resources and bindings. */
export function deleteResourceSet(world: World, who: Who, key: string): void {
  const row = findResourceSet(world, key);
  for (const one of resourcesOf(world, row.id)) world.remove(setResources, `${row.id}/${one.id}`);
  for (const one of world.list(bindingMembers, { prefix: `${row.id}/` }).toArray())
    world.remove(bindingMembers, `${row.id}/${one.roleId}/${one.id}`);
  world.remove(resourceSets, row.id);
  logSet(world, who, 'iam.resourceset.delete', row);
}

/** The resources of a set. */
export const resourcesOf = (world: World, key: string): SetResource[] =>
  world.list(setResources, { prefix: `${findResourceSet(world, key).id}/` }).toArray();

/** One resource of a set, or E0000007. */
export function findResource(world: World, key: string, id: string): SetResource {
  const { id: setId } = findResourceSet(world, key);
  return world.require(setResources, `${setId}/${id}`, () => notFound(id, 'IAMPolicyTarget'));
}

/** Adds resources to a set. */
export function addResources(
  world: World,
  who: Who,
  key: string,
  input: { additions?: string[] } | undefined,
): ResourceSet {
  const row = findResourceSet(world, key);
  if (!input?.additions?.length) throw invalid('additions', 'additions: Resources must be specified');
  for (const orn of input.additions) addResource(world, row.id, orn);
  logSet(world, who, 'iam.resourceset.resources.add', row);
  return world.update(resourceSets, row.id, { lastUpdated: stamp(world.now()) });
}

/** Adds one resource, less what its conditions exclude. Throws E0000001 for no resource or no conditions. */
export function addConditionalResource(
  world: World,
  who: Who,
  key: string,
  input: { resourceOrnOrUrl?: string; conditions?: ResourceConditions } | undefined,
): SetResource {
  const row = findResourceSet(world, key);
  const text = input?.resourceOrnOrUrl;
  if (!text) throw blank('resourceOrnOrUrl');
  const resource = resourceNamed(world, text);
  if (!resource) throw invalid('resourceOrnOrUrl', `resourceOrnOrUrl: ${text} is not a valid resource`);
  const added = addResource(world, row.id, text, checkedConditions(world, resource, input?.conditions));
  logSet(world, who, 'iam.resourceset.resources.add', row);
  return added;
}

/** Changes what a resource leaves out. */
export function replaceConditions(
  world: World,
  who: Who,
  key: string,
  id: string,
  input: { conditions?: ResourceConditions } | undefined,
): SetResource {
  const set = findResourceSet(world, key);
  const row = findResource(world, key, id);
  const conditions = checkedConditions(world, row.resource, input?.conditions);
  const changed = world.update(setResources, `${set.id}/${id}`, {
    conditions,
    lastUpdated: stamp(world.now()),
  });
  logSet(world, who, 'iam.resourceset.resources.update', set);
  return changed;
}

/** Takes a resource out of a set. */
export function removeResource(world: World, who: Who, key: string, id: string): void {
  const row = findResourceSet(world, key);
  findResource(world, key, id);
  world.remove(setResources, `${row.id}/${id}`);
  logSet(world, who, 'iam.resourceset.resources.delete', row);
}

function addResource(
  world: World,
  setId: string,
  text: string,
  conditions?: ResourceConditions,
): SetResource {
  const resource = resourceNamed(world, text);
  if (!resource) throw invalid('resources', `resources: ${text} is not a valid resource`);
  const rows = world.list(setResources, { prefix: `${setId}/` }).toArray();
  const orn = text.startsWith('orn:') ? text : ornOf(world, resource);
  const there = rows.find((row) => row.orn === orn);
  if (there) return there;
  if (rows.length >= RESOURCES_MAX)
    throw invalid('resources', `resources: A resource set cannot have more than ${RESOURCES_MAX} resources`);
  const now = stamp(world.now());
  const row = { setId, id: newId(world, 'ire'), orn, resource, created: now, lastUpdated: now };
  return world.insert(setResources, conditions ? { ...row, conditions } : row);
}

/** Conditions whose every ORN names something of the resource's kind. Throws E0000001. */
function checkedConditions(world: World, of: Resource, input: ResourceConditions | undefined) {
  const excluded = input?.Exclude?.['okta:ORN'];
  if (!Array.isArray(excluded) || excluded.length === 0)
    throw invalid('conditions', 'conditions: The field cannot be left blank');
  for (const orn of excluded) {
    const one = typeof orn === 'string' && orn.startsWith('orn:') ? resourceNamed(world, orn) : undefined;
    if (!one || one.kind !== of.kind)
      throw invalid('conditions', `conditions: ${orn} is not a valid resource to exclude`);
  }
  return { Exclude: { 'okta:ORN': excluded } };
}

function checked(world: World, input: ResourceSetInput | undefined, own?: string) {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  const { label, description } = input;
  if (!label) throw invalid('label', 'label: Label must be specified');
  if (!description) throw invalid('description', 'description: Description must be specified');
  const other = world.list(resourceSets, { index: 'label', equals: label }).first();
  if (other && other.id !== own)
    throw invalid('label', 'label: An object with this field already exists in the current organization');
  return { label, description };
}

/** Notes in the System Log that something about a set changed. */
export function logSet(world: World, who: Who, eventType: string, row: ResourceSet): void {
  const thing = { id: row.id, type: 'ResourceSet', name: row.label };
  recordChange(world, who, eventType, 'Resource set changed', thing);
}
