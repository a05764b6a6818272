/** Resource sets: what custom administrators may administer, and who has which custom role there. */
import type { World } from '../../../src/world/world.ts';
import { invalid, notFound, notWellFormed } from '../errors.ts';
import { newId } from '../ids.ts';
import { stamp } from '../time.ts';
import { bindingMembers, resourceSets, setResources } from '../world/admin.ts';
import { org } from '../world.ts';
import { findCustomRole } from './customRole.ts';
import { recordChange, type Who } from './log.ts';

/** A set in the vendor's shape, less links. */
export interface ResourceSet {
  id: string;
  label: string;
  description: string;
  created: string;
  lastUpdated: string;
}

/** One resource of a set: an ORN, or the address of something in the API. `setId` is not shown. */
export interface SetResource {
  setId: string;
  id: string;
  orn: string;
  created: string;
  lastUpdated: string;
}

/** Somebody who has a role in a set; `setId` and `roleId` are shown in the address. */
export interface BindingMember {
  setId: string;
  roleId: string;
  id: string;
  href: string;
  created: string;
  lastUpdated: string;
}

export interface ResourceSetInput {
  label?: string;
  description?: string;
  resources?: string[];
}

/** https://developer.okta.com/docs/api/openapi/okta-management/management/tag/RoleCResourceSet/ */
const RESOURCES_MAX = 1_000;

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
  const now = stamp(world.now());
  const row = world.insert(resourceSets, {
    id: newId(world, 'iam'),
    ...parts,
    created: now,
    lastUpdated: now,
  });
  for (const orn of input?.resources ?? []) addResource(world, row.id, orn);
  log(world, who, 'iam.resourceset.create', row);
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
  log(world, who, 'iam.resourceset.update', row);
  return row;
}

/** Removes a set with its resources and bindings. */
export function deleteResourceSet(world: World, who: Who, key: string): void {
  const row = findResourceSet(world, key);
  for (const one of resourcesOf(world, row.id)) world.remove(setResources, `${row.id}/${one.id}`);
  for (const one of membersOf(world, row.id)) world.remove(bindingMembers, memberKey(one));
  world.remove(resourceSets, row.id);
  log(world, who, 'iam.resourceset.delete', row);
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
  log(world, who, 'iam.resourceset.resources.add', row);
  return world.update(resourceSets, row.id, { lastUpdated: stamp(world.now()) });
}

/** Takes a resource out of a set. */
export function removeResource(world: World, who: Who, key: string, id: string): void {
  const row = findResourceSet(world, key);
  findResource(world, key, id);
  world.remove(setResources, `${row.id}/${id}`);
  log(world, who, 'iam.resourceset.resources.delete', row);
}

/** Everybody who has a role in a set, or one role where it is named. */
export const membersOf = (world: World, setId: string, roleId?: string): BindingMember[] =>
  world.list(bindingMembers, { prefix: roleId ? `${setId}/${roleId}/` : `${setId}/` }).toArray();

/** The members of one role in a set. Throws E0000007 for a role that is not bound there. */
export function findBinding(world: World, key: string, roleKey: string): BindingMember[] {
  const { id } = findResourceSet(world, key);
  const role = findCustomRole(world, roleKey);
  const members = membersOf(world, id, role.id);
  if (members.length === 0) throw notFound(roleKey, 'IAMPolicyRoleBinding');
  return members;
}

/** Gives a custom role in a set to users, groups or clients, named by their addresses. */
export function bind(
  world: World,
  who: Who,
  key: string,
  input: { role?: string; members?: string[] } | undefined,
): BindingMember[] {
  const row = findResourceSet(world, key);
  if (!input?.role) throw invalid('role', 'role: Role must be specified');
  if (!input.members?.length) throw invalid('members', 'members: Members must be specified');
  const role = findCustomRole(world, input.role);
  const now = stamp(world.now());
  const known = new Set(membersOf(world, row.id, role.id).map((one) => one.href));
  for (const href of input.members.filter((one) => !known.has(one)))
    world.insert(bindingMembers, {
      setId: row.id,
      roleId: role.id,
      id: newId(world, 'irb'),
      href,
      created: now,
      lastUpdated: now,
    });
  log(world, who, 'iam.resourceset.bindings.add', row);
  return membersOf(world, row.id, role.id);
}

/** Takes a role in a set away: from one member, or from all where none is named. */
export function unbind(world: World, who: Who, key: string, roleKey: string, memberId?: string): void {
  const row = findResourceSet(world, key);
  const gone = findBinding(world, key, roleKey).filter((one) => !memberId || one.id === memberId);
  if (gone.length === 0) throw notFound(memberId ?? roleKey, 'IAMPolicyRoleBindingMember');
  for (const one of gone) world.remove(bindingMembers, memberKey(one));
  log(world, who, 'iam.resourceset.bindings.delete', row);
}

const memberKey = (one: BindingMember): string => `${one.setId}/${one.roleId}/${one.id}`;

function addResource(world: World, setId: string, text: string): void {
  if (!text.startsWith('orn:') && !/^https?:\/\//.test(text))
    throw invalid('resources', `resources: ${text} is not a valid resource`);
  const rows = world.list(setResources, { prefix: `${setId}/` }).toArray();
  const orn = text.startsWith('orn:') ? text : ornOf(world, text);
  if (rows.some((row) => row.orn === orn)) return;
  if (rows.length >= RESOURCES_MAX)
    throw invalid('resources', `resources: A resource set cannot have more than ${RESOURCES_MAX} resources`);
  const now = stamp(world.now());
  world.insert(setResources, { setId, id: newId(world, 'ire'), orn, created: now, lastUpdated: now });
}

/** `https://org/api/v1/groups/00g…` as `orn:okta:directory:00o…:groups:00g…`. */
function ornOf(world: World, url: string): string {
  const path = url.replace(/^.*\/api\/v1\//, '').split('/');
  const service = path[0] === 'users' || path[0] === 'groups' ? 'directory' : 'idp';
  return ['orn:okta', service, org(world).id, ...path].join(':');
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

function log(world: World, who: Who, eventType: string, row: ResourceSet): void {
  const thing = { id: row.id, type: 'ResourceSet', name: row.label };
  recordChange(world, who, eventType, 'Resource set changed', thing);
}
