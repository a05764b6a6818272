/** Push providers: how the org reaches the phones of its own authenticator app. */
import type { World } from '../../../../src/world/world.ts';
import { invalid, notFound, notWellFormed, refuse } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { stamp } from '../../time.ts';
import { pushProviders } from '../../world/delivery.ts';
import { authenticators } from '../../world.ts';
import { recordChange, type Who } from '../log/log.ts';
import type { Authenticator } from './authenticator.ts';

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
    serviceAccountJson?: { project_id?: string; private_key?: string; client_email?: string };
  };
}

/** The provider with this id, or E0000007. */
export const findPushProvider = (world: World, id: string): PushProvider =>
  world.require(pushProviders, id, () => notFound(id, 'PushProviderConfigEntity'));

/** Adds a provider. Throws E0000001 for parts that are missing, all of them named, and for ids of another form. */
export function createPushProvider(
  world: World,
  who: Who,
  input: PushProviderInput | undefined,
): PushProvider {
  const row = world.insert(pushProviders, {
    id: newId(world, 'ppc'),
    ...checked(input, true),
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
  const parts = checked(input, false);
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

/** Removes a provider. Throws E0000187 while an authenticator sends by it. */
export function deletePushProvider(world: World, who: Who, id: string): void {
  const row = findPushProvider(world, id);
  if (world.list(authenticators, { where: (one) => sendsBy(one, id) }).first()) throw refuse('E0000187');
  world.remove(pushProviders, id);
  log(world, who, 'delete', row);
}

/** Whether an authenticator of the org's own app sends its pushes by a provider. */
function sendsBy({ provider }: Authenticator, id: string): boolean {
  const { apns, fcm } = (provider?.configuration ?? {}) as Record<string, { id?: string } | undefined>;
  return apns?.id === id || fcm?.id === id;
}

/** Ids of Apple's developer accounts, teams and keys. */
const APPLE_ID = /^[A-Z0-9]{10}$/i;

/** What a provider of either kind cannot send without; keys are needed once. */
function checkConfiguration(type: 'APNS' | 'FCM', parts: Parts, isNew: boolean): void {
  const { keyId, teamId, tokenSigningKey, serviceAccountJson: account } = parts;
  const needed: [string, unknown][] =
    type === 'APNS'
      ? [
          ['keyId', keyId],
          ['teamId', teamId],
          ...(isNew ? ([['tokenSigningKey', tokenSigningKey]] as [string, unknown][]) : []),
        ]
      : isNew || account
        ? ['project_id', 'private_key', 'client_email'].map((name) => [
            name,
            (account as Record<string, unknown> | undefined)?.[name],
          ])
        : [];
  const missing = needed
    .filter(([, value]) => !value)
    .map(([name]) => `${name}: The field cannot be left blank`);
  if (missing.length > 0) throw invalid('configuration', ...missing);
  for (const [name, id] of Object.entries({ keyId, teamId }))
    if (type === 'APNS' && !APPLE_ID.test(id ?? ''))
      throw invalid('configuration', `${name}: The field must have 10 letters and digits`);
}

type Parts = NonNullable<PushProviderInput['configuration']>;

function checked(input: PushProviderInput | undefined, isNew: boolean) {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  const { name, providerType, configuration } = input;
  const missing = (['providerType', 'configuration', 'name'] as const).filter((part) => !input[part]);
  if (missing.length > 0)
    throw invalid(missing[0] as string, ...missing.map((part) => `${part}: The field cannot be left blank`));
  if (providerType !== 'APNS' && providerType !== 'FCM')
    throw invalid('providerType', 'providerType: The provider type is not valid');
  checkConfiguration(providerType, configuration ?? {}, isNew);
  const { fileName, keyId, teamId, serviceAccountJson } = configuration ?? {};
  const shown =
    providerType === 'APNS'
      ? { fileName, teamId, keyId }
      : { fileName, projectId: serviceAccountJson?.project_id };
  return { name: name as string, providerType, configuration: given(shown) } as const;
}

const given = (parts: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));

function log(world: World, who: Who, verb: string, row: PushProvider): void {
  const thing = { id: row.id, type: 'PushProvider', name: row.name };
  recordChange(world, who, `device.push.provider.${verb}`, `Push provider ${verb}`, thing);
}
