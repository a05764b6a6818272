/**
 * Security events providers: partners who may tell the org that somebody is at risk.
 * https://developer.okta.com/docs/api/openapi/okta-management/management/tag/SSFReceiver/
 */
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { securityEventsProviders } from '../../world/security.ts';
import { providerFacts } from '../ssf/receivedEvent.ts';
import { recordChange, type Who } from './log.ts';

/** A provider in the vendor's shape, less links. */
export interface SecurityEventsProvider {
  id: string;
  name: string;
  type: string;
  status: 'ACTIVE' | 'INACTIVE';
  settings: { issuer?: string; jwks_url?: string; well_known_url?: string };
}

export type SecurityEventsProviderInput = Partial<Omit<SecurityEventsProvider, 'id' | 'status'>>;

const NAME_CHARS_MAX = 100;
const TYPE_CHARS_MAX = 255;
const ISSUER_CHARS_MAX = 700;
const URL_CHARS_MAX = 1_000;

/** The provider with this id, or E0000007. */
export const findSecurityEventsProvider = (world: World, id: string): SecurityEventsProvider =>
  world.require(securityEventsProviders, id, () => notFound(id, 'SecurityEventsProvider'));

/** Adds a provider. Throws E0000001 where neither its keys nor where to find them is said. */
export function createSecurityEventsProvider(
  world: World,
  who: Who,
  input: SecurityEventsProviderInput | undefined,
): SecurityEventsProvider {
  const row = world.insert(securityEventsProviders, {
    id: newId(world, 'sse'),
    ...checked(world, input),
    status: 'ACTIVE',
  });
  log(world, who, 'create', row);
  return row;
}

/** Replaces a provider. */
export function replaceSecurityEventsProvider(
  world: World,
  who: Who,
  id: string,
  input: SecurityEventsProviderInput | undefined,
): SecurityEventsProvider {
  findSecurityEventsProvider(world, id);
  const row = world.update(securityEventsProviders, id, checked(world, input, id));
  log(world, who, 'update', row);
  return row;
}

/** Turns a provider on or off, and returns it; nothing is believed of one that is off. */
export function setSecurityEventsProviderStatus(
  world: World,
  who: Who,
  id: string,
  status: SecurityEventsProvider['status'],
): SecurityEventsProvider {
  findSecurityEventsProvider(world, id);
  const row = world.update(securityEventsProviders, id, { status });
  log(world, who, status === 'ACTIVE' ? 'activate' : 'deactivate', row);
  return row;
}

/** Removes a provider. */
export function deleteSecurityEventsProvider(world: World, who: Who, id: string): void {
  const row = findSecurityEventsProvider(world, id);
  world.remove(securityEventsProviders, id);
  log(world, who, 'delete', row);
}

function log(world: World, who: Who, verb: string, { id, name }: SecurityEventsProvider): void {
  const thing = { id, type: 'SecurityEventsProvider', name };
  recordChange(world, who, `security.events.provider.${verb}`, `Security events provider ${verb}`, thing);
}

function checked(world: World, input: SecurityEventsProviderInput | undefined, own?: string) {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  const { name, type, settings = {} } = input;
  if (!name) throw blank('name');
  if (!type) throw blank('type');
  const { issuer, jwks_url, well_known_url } = settings;
  if (!well_known_url && !(issuer && jwks_url))
    throw invalid('settings', 'settings: Either well_known_url or issuer and jwks_url must be provided');
  checkLength('name', name, NAME_CHARS_MAX);
  checkLength('type', type, TYPE_CHARS_MAX);
  checkLength('settings.issuer', issuer, ISSUER_CHARS_MAX);
  checkLength('settings.jwks_url', jwks_url, URL_CHARS_MAX);
  checkLength('settings.well_known_url', well_known_url, URL_CHARS_MAX);
  const found = well_known_url ? { well_known_url, ...providerFacts(world, well_known_url) } : {};
  const kept = { ...settings, ...found };
  const other = world
    .list(securityEventsProviders, { where: (one) => one.id !== own && one.settings.issuer === kept.issuer })
    .first();
  if (kept.issuer && other)
    throw invalid('settings.issuer', 'settings.issuer: A provider with this issuer already exists');
  return { name, type, settings: kept };
}

function checkLength(field: string, text: string | undefined, max: number): void {
  if (text && text.length > max) throw invalid(field, `${field}: The field cannot exceed ${max} characters`);
}
