/** Device posture checks: questions about a device that an org writes itself, and those that come with the service. */
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed, refuse } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { stamp } from '../../time.ts';
import { deviceAssurances, devicePostureChecks } from '../../world/security.ts';
import { org } from '../../world.ts';
import { recordChange, type Who } from '../log/log.ts';

/** A check in the vendor's shape, less links. */
export interface DevicePostureCheck {
  id: string;
  name: string;
  description?: string;
  platform: 'MACOS' | 'WINDOWS';
  type: 'CUSTOM' | 'BUILTIN';
  mappingType: 'CHECKBOX' | 'TEXTBOX';
  variableName: string;
  query: string;
  remediationSettings?: Record<string, unknown>;
  createdBy: string;
  createdDate: string;
  lastUpdate: string;
  lastUpdatedBy: string;
}

/** The body of a create or replace. */
export type PostureCheckInput = Partial<
  Pick<
    DevicePostureCheck,
    'name' | 'description' | 'platform' | 'mappingType' | 'variableName' | 'query' | 'remediationSettings'
  >
> & { type?: string };

/** The checks that come with the service. */
export const defaultPostureChecks = (world: World): DevicePostureCheck[] =>
  BUILT_IN.map(([platform, variableName, name, query], i) => ({
    id: `dch${String(i + 1).padStart(17, '0')}`,
    name,
    platform,
    type: 'BUILTIN',
    mappingType: 'CHECKBOX',
    variableName,
    query,
    createdBy: 'system',
    createdDate: org(world).created,
    lastUpdate: org(world).created,
    lastUpdatedBy: 'system',
  }));

const BUILT_IN: readonly (readonly [DevicePostureCheck['platform'], string, string, string])[] = [
  ['MACOS', 'macOSFirewall', 'macOS Firewall', 'SELECT global_state FROM alf WHERE global_state > 0;'],
  [
    'WINDOWS',
    'windowsFirewall',
    'Windows Firewall',
    "SELECT firewall FROM windows_security_center WHERE firewall = 'Good';",
  ],
];

/** The check with this id, built in or not, or E0000007. */
export const findPostureCheck = (world: World, id: string): DevicePostureCheck =>
  defaultPostureChecks(world).find((one) => one.id === id) ?? ownPostureCheck(world, id);

/** The same of those that can be changed. */
const ownPostureCheck = (world: World, id: string): DevicePostureCheck =>
  world.require(devicePostureChecks, id, () => notFound(id, 'DevicePostureCheck'));

/** The check of a platform by the name of its variable, built in or not. */
export const postureCheckNamed = (
  world: World,
  variableName: string,
  platform: string,
): DevicePostureCheck | undefined =>
  [...world.list(devicePostureChecks).toArray(), ...defaultPostureChecks(world)].find(
    (one) => one.variableName === variableName && one.platform === platform,
  );

/** Makes a check. Throws E0000001 for what is missing, and for a variable that is taken. */
export function createPostureCheck(
  world: World,
  who: Who,
  input: PostureCheckInput | undefined,
): DevicePostureCheck {
  const parts = checked(world, input);
  const now = stamp(world.now());
  const row = world.insert(devicePostureChecks, {
    id: newId(world, 'dch'),
    ...parts,
    createdBy: who.id,
    createdDate: now,
    lastUpdate: now,
    lastUpdatedBy: who.id,
  });
  log(world, who, 'add', row);
  return row;
}

/** Replaces a check; its platform and its variable stay. */
export function replacePostureCheck(
  world: World,
  who: Who,
  id: string,
  input: PostureCheckInput | undefined,
): DevicePostureCheck {
  const old = ownPostureCheck(world, id);
  const parts = checked(world, input, id);
  for (const field of ['platform', 'variableName'] as const)
    if (parts[field] !== old[field]) throw invalid(field, `${field}: The field cannot be changed`);
  const row = world.update(devicePostureChecks, id, () => ({
    id,
    ...parts,
    createdBy: old.createdBy,
    createdDate: old.createdDate,
    lastUpdate: stamp(world.now()),
    lastUpdatedBy: who.id,
  }));
  log(world, who, 'update', row);
  return row;
}

/** Removes a check. Throws E0000113 for one that a device assurance policy asks. */
export function deletePostureCheck(world: World, who: Who, id: string): void {
  const row = ownPostureCheck(world, id);
  const using = world.list(deviceAssurances, { where: (one) => asks(one.checks, row.variableName) }).first();
  if (using) throw refuse('E0000113', { args: ["Device posture check is in use and can't be deleted"] });
  world.remove(devicePostureChecks, id);
  log(world, who, 'delete', row);
}

const asks = ({ devicePostureChecks: asked }: Record<string, unknown>, variableName: string): boolean =>
  ((asked as { include?: { variableName: string }[] } | undefined)?.include ?? []).some(
    (one) => one.variableName === variableName,
  );

function checked(world: World, input: PostureCheckInput | undefined, own?: string) {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  const { name, description, platform, mappingType = 'CHECKBOX', variableName, query } = input;
  if (!name) throw blank('name');
  if (!platform) throw blank('platform');
  if (!variableName) throw blank('variableName');
  if (!query) throw blank('query');
  if (platform !== 'MACOS' && platform !== 'WINDOWS') throw notWellFormed();
  if (mappingType !== 'CHECKBOX' && mappingType !== 'TEXTBOX') throw notWellFormed();
  if (!/^[A-Za-z]\w{0,63}$/.test(variableName))
    throw invalid('variableName', `variableName: ${variableName} is not a valid name`);
  if (!/^\s*SELECT\s/i.test(query)) throw invalid('query', 'query: The query must be a SELECT statement');
  const other = postureCheckNamed(world, variableName, platform);
  if (other && other.id !== own && other.type === 'CUSTOM')
    throw invalid(
      'variableName',
      'variableName: An object with this field already exists in the current organization',
    );
  const { remediationSettings } = input;
  return {
    name,
    ...(description ? { description } : {}),
    platform,
    type: 'CUSTOM' as const,
    mappingType,
    variableName,
    query,
    ...(remediationSettings ? { remediationSettings } : {}),
  };
}

function log(world: World, who: Who, verb: string, { id, name }: DevicePostureCheck): void {
  const thing = { id, type: 'DevicePostureCheck', name };
  recordChange(world, who, `device.posture.check.${verb}`, `Device posture check ${verb}`, thing);
}
