/** Security events providers: partners who may tell the org that somebody is at risk. */
import type { World } from '../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed } from '../errors.ts';
import { newId } from '../ids.ts';
import { securityEventsProviders } from '../world/security.ts';

/** A provider in the vendor's shape, less links. */
export interface SecurityEventsProvider {
  id: string;
  name: string;
  type: string;
  status: 'ACTIVE' | 'INACTIVE';
  settings: { issuer?: string; jwks_url?: string; well_known_url?: string };
}

export type SecurityEventsProviderInput = Partial<Omit<SecurityEventsProvider, 'id' | 'status'>>;

/** The provider with this id, or E0000007. */
export const findSecurityEventsProvider = (world: World, id: string): SecurityEventsProvider =>
  world.require(securityEventsProviders, id, () => notFound(id, 'SecurityEventsProvider'));

/** Adds a provider. Throws E0000001 where neither its keys nor where to find them is said. */
export const createSecurityEventsProvider = (
  world: World,
  input: SecurityEventsProviderInput | undefined,
): SecurityEventsProvider =>
  world.insert(securityEventsProviders, { id: newId(world, 'sse'), ...checked(input), status: 'ACTIVE' });

/** Replaces a provider. */
export function replaceSecurityEventsProvider(
  world: World,
  id: string,
  input: SecurityEventsProviderInput | undefined,
): SecurityEventsProvider {
  findSecurityEventsProvider(world, id);
  return world.update(securityEventsProviders, id, checked(input));
}

/** Turns a provider on or off, and returns it. */
export function setSecurityEventsProviderStatus(
  world: World,
  id: string,
  status: SecurityEventsProvider['status'],
): SecurityEventsProvider {
  findSecurityEventsProvider(world, id);
  return world.update(securityEventsProviders, id, { status });
}

/** Removes a provider. */
export function deleteSecurityEventsProvider(world: World, id: string): void {
  findSecurityEventsProvider(world, id);
  world.remove(securityEventsProviders, id);
}

function checked(input: SecurityEventsProviderInput | undefined) {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  const { name, type, settings = {} } = input;
  if (!name) throw blank('name');
  if (!type) throw blank('type');
  const { issuer, jwks_url, well_known_url } = settings;
  if (!well_known_url && !(issuer && jwks_url))
    throw invalid('settings', 'settings: Either well_known_url or issuer and jwks_url must be provided');
  return { name, type, settings };
}
