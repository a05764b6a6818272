/** Push providers: how the org reaches the phones of its own authenticator app. */
import type { World } from '../../../src/world/world.ts';
import { invalid, notFound, notWellFormed } from '../errors.ts';
import { newId } from '../ids.ts';
import { stamp } from '../time.ts';
import { pushProviders } from '../world/delivery.ts';
import { recordChange, type Who } from './log.ts';

/** A provider in the vendor's shape, less links and secrets. */
export interface PushProvider {
  id: string;
  providerType: 'APNS' | 'FCM';
  name: string;
  lastUpdatedDate: string;
  configuration: Record<string, unknown>;
}

export interface PushProviderInput {
  name?: string;
  providerType?: string;
  configuration?: {
    fileName?: string;
    keyId?: string;
    teamId?: string;
    tokenSigningKey?: string;
    serviceAccountJson?: { project_id?: string };
  };
}

/** The provider with this id, or E0000007. */
export const findPushProvider = (world: World, id: string): PushProvider =>
  world.require(pushProviders, id, () => notFound(id, 'PushProviderConfigEntity'));

/** Adds a provider. Throws E0000001 for parts that are missing, all of them named. */
export function createPushProvider(
  world: World,
  who: Who,
  input: PushProviderInput | undefined,
): PushProvider {
  const row = world.insert(pushProviders, {
    id: newId(world, 'ppc'),
    ...checked(input),
    lastUpdatedDate: stamp(world.now()),
  });
  log(world, who, 'create', row);
  return row;
}

/** Replaces a provider; its type stays, and keys that are not sent again. */
export function replacePushProvider(
  world: World,
  who: Who,
  id: string,
  input: PushProviderInput | undefined,
): PushProvider {
  const old = findPushProvider(world, id);
  const parts = checked(input);
  if (parts.providerType !== old.providerType)
    throw invalid('providerType', 'providerType: The provider type cannot be changed');
  const row = world.update(pushProviders, id, {
    ...parts,
    configuration: { ...old.configuration, ...parts.configuration },
    lastUpdatedDate: stamp(world.now()),
  });
  log(world, who, 'update', row);
  return row;
}

/** Removes a provider. */
export function deletePushProvider(world: World, who: Who, id: string): void {
  const row = findPushProvider(world, id);
  world.remove(pushProviders, id);
  log(world, who, 'delete', row);
}

function checked(input: PushProviderInput | undefined) {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  const { name, providerType, configuration } = input;
  const missing = (['providerType', 'configuration', 'name'] as const).filter((part) => !input[part]);
  if (missing.length > 0)
    throw invalid(missing[0] as string, ...missing.map((part) => `${part}: The field cannot be left blank`));
  if (providerType !== 'APNS' && providerType !== 'FCM')
    throw invalid('providerType', 'providerType: The provider type is not valid');
  const { fileName, keyId, teamId, serviceAccountJson } = configuration ?? {};
  const shown =
    providerType === 'APNS' ? { fileName, teamId, keyId } : { projectId: serviceAccountJson?.project_id };
  return { name: name as string, providerType, configuration: given(shown) } as const;
}

const given = (parts: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));

function log(world: World, who: Who, verb: string, row: PushProvider): void {
  const thing = { id: row.id, type: 'PushProvider', name: row.name };
  recordChange(world, who, `device.push.provider.${verb}`, `Push provider ${verb}`, thing);
}
