/**
 * Bundles of administrator roles that governance can give out, once the Admin Console is opted in to it.
 * https://developer.okta.com/docs/api/openapi/okta-management/management/tag/GovernanceBundle/
 */
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, refuse } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { GOVERNANCE_SWITCH_LASTS_MS } from '../../limits.ts';
import { consoleGovernance, governanceBundles } from '../../world/admin.ts';
import { apps, customRoles, groups } from '../../world.ts';
import { record, type Who } from '../log/log.ts';
import { ornOf } from './orn.ts';
import { findResourceSet } from './resourceSet.ts';
import { isStandardRole, labelOf, type RoleType } from './role.ts';
import { TAKES } from './roleTarget.ts';

/** One role of a bundle, and what it is limited to. */
export interface BundleEntitlement {
  id: string;
  /** A standard role's type, or a custom role's id. */
  role: string;
  /** Groups and apps (standard roles) or resource sets (custom ones), each under an id of its own. */
  values: { id: string; of: string }[];
}

/** A bundle in the vendor's shape, less links; its entitlements are shown at an address of their own. */
export interface GovernanceBundle {
  id: string;
  name: string;
  description: string;
  status: 'ACTIVE';
  entitlements: BundleEntitlement[];
}

interface EntitlementInput {
  role?: string;
  targets?: string[];
  resourceSets?: string[];
}

export interface BundleInput {
  name?: string;
  description?: string;
  entitlements?: EntitlementInput[];
}

/** Since when the Admin Console is opted in or out, in universe milliseconds. */
export interface ConsoleGovernance {
  wanted: 'IN' | 'OUT';
  since: number;
}

export type OptInStatus = 'OPTING_IN' | 'OPTED_IN' | 'OPTING_OUT' | 'OPTED_OUT';

/** How the Admin Console stands to entitlement management. */
export function optInStatus(world: World): OptInStatus {
  const row = world.get(consoleGovernance, 'console');
  if (!row) return 'OPTED_OUT';
  const over = world.now() >= row.since + GOVERNANCE_SWITCH_LASTS_MS;
  return `${over ? 'OPTED' : 'OPTING'}_${row.wanted}`;
}

/** Opts in or out, which takes a while; what is so already stays. Opting out takes all bundles away. */
export function opt(world: World, wanted: ConsoleGovernance['wanted']): OptInStatus {
  if (!optInStatus(world).endsWith(wanted)) world.put(consoleGovernance, { wanted, since: world.now() });
  if (wanted === 'OUT')
    for (const { id } of world.list(governanceBundles).toArray()) world.remove(governanceBundles, id);
  return optInStatus(world);
}

/** One bundle, or E0000007. Throws E0000015 where the Admin Console is not opted in. */
export function findBundle(world: World, id: string): GovernanceBundle {
  checkOptedIn(world);
  return world.require(governanceBundles, id, () => notFound(id, 'GovernanceBundle'));
}

/** One entitlement of a bundle, or E0000007. */
export function findEntitlement(world: World, bundleId: string, id: string): BundleEntitlement {
  const found = findBundle(world, bundleId).entitlements.find((one) => one.id === id);
  if (!found) throw notFound(id, 'Entitlement');
  return found;
}

/** Refuses (E0000015) what the Admin Console is not opted in to. */
export function checkOptedIn(world: World): void {
  if (optInStatus(world) !== 'OPTED_IN') throw refuse('E0000015');
}

/** Makes a bundle. Throws E0000001 for a missing or taken name, and for roles and resources that are not there. */
export function createBundle(world: World, who: Who, input: BundleInput | undefined): GovernanceBundle {
  checkOptedIn(world);
  const parts = checked(world, input);
  const row = world.insert(governanceBundles, { id: newId(world, '0bb'), ...parts, status: 'ACTIVE' });
  log(world, who, 'create', row);
  return row;
}

/** Replaces what a bundle says. */
export function replaceBundle(
  world: World,
  who: Who,
  id: string,
  input: BundleInput | undefined,
): GovernanceBundle {
  findBundle(world, id);
  const row = world.update(governanceBundles, id, checked(world, input, id));
  log(world, who, 'update', row);
  return row;
}

/** Removes a bundle. */
export function deleteBundle(world: World, who: Who, id: string): void {
  const row = findBundle(world, id);
  world.remove(governanceBundles, id);
  log(world, who, 'delete', row);
}

/** What a role is called: the standard one of this type, or the custom one with this id. */
export const roleName = (world: World, role: string): { name: string; description: string } => {
  const custom = world.get(customRoles, role);
  return custom
    ? { name: custom.label, description: custom.description }
    : {
        name: labelOf(role as RoleType),
        description: `Perform the activities of a ${labelOf(role as RoleType)}`,
      };
};

/** What an entitlement is limited to: its name in the org, and its ORN. */
export function valueNamed(world: World, id: string): { name: string; value: string } {
  const group = world.get(groups, id);
  if (group) return { name: group.profile.name, value: ornOf(world, { kind: 'groups', id }) };
  const app = world.get(apps, id);
  if (app) return { name: app.label, value: ornOf(world, { kind: 'apps', appName: app.name, id }) };
  const { label } = findResourceSet(world, id);
  return { name: label, value: `${ornOf(world, { kind: 'iam' })}:resource-sets:${id}` };
}

function checked(world: World, input: BundleInput | undefined, own?: string) {
  if (!input?.name) throw blank('name');
  const { name, description = '' } = input;
  const other = world.list(governanceBundles, { index: 'name', equals: name }).first();
  if (other && other.id !== own)
    throw invalid('name', 'name: An object with this field already exists in the current organization');
  if (!input.entitlements?.length) throw blank('entitlements');
  return { name, description, entitlements: input.entitlements.map((one) => entitlement(world, one)) };
}

function entitlement(
  world: World,
  { role, targets = [], resourceSets = [] }: EntitlementInput,
): BundleEntitlement {
  if (!role) throw blank('entitlements.role');
  if (!isStandardRole(role) && !world.get(customRoles, role))
    throw invalid('entitlements', `entitlements: ${role} is not a valid role`);
  const isCustom = !isStandardRole(role);
  if (isCustom && resourceSets.length === 0) throw blank('entitlements.resourceSets');
  if (isCustom) for (const id of resourceSets) findResourceSet(world, id);
  else for (const id of targets) checkTarget(world, role as RoleType, id);
  return {
    id: newId(world, 'esp'),
    role,
    values: (isCustom ? resourceSets : targets).map((of) => ({ id: newId(world, 'ent'), of })),
  };
}

function checkTarget(world: World, role: RoleType, id: string): void {
  const fits =
    (TAKES.groupTargets.includes(role) && world.get(groups, id)) ||
    (TAKES.appTargets.includes(role) && world.get(apps, id));
  if (!fits) throw invalid('entitlements', `entitlements: ${id} is not a valid target of ${role}`);
}

function log(world: World, who: Who, verb: string, row: GovernanceBundle): void {
  const thing = { id: row.id, type: 'EntitlementBundle', alternateId: 'unknown', displayName: row.name };
  record(world, who, {
    eventType: `resource.entitlement_bundle.${verb}`,
    displayMessage: `Entitlement bundle ${verb}d`,
    target: [{ ...thing, detailEntry: null }],
  });
}
