/** Trusted origins: web pages that may call this org, and be redirected to. */
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { stamp } from '../../time.ts';
import { trustedOrigins } from '../../world.ts';
import { record, type Who } from '../log/log.ts';

export interface TrustedOrigin {
  id: string;
  name: string;
  origin: string;
  scopes: { type: string }[];
  status: 'ACTIVE' | 'INACTIVE';
  created: string;
  createdBy: string;
  lastUpdated: string;
  lastUpdatedBy: string;
}

export type TrustedOriginInput = Partial<Pick<TrustedOrigin, 'name' | 'origin' | 'scopes'>>;

/** The origin with this id, or E0000007. */
export const findOrigin = (world: World, id: string): TrustedOrigin =>
  world.require(trustedOrigins, id, () => notFound(id, 'TrustedOrigin'));

/** Whether pages of `origin` may call this org. */
export const trusts = (world: World, origin: string): boolean => isTrusted(world, origin, 'CORS');

/** Whether the org sends browsers on to this address. */
export const redirectsTo = (world: World, url: string): boolean =>
  URL.canParse(url) && isTrusted(world, new URL(url).origin, 'REDIRECT');

const isTrusted = (world: World, origin: string, scope: string): boolean =>
  world
    .list(trustedOrigins, { index: 'origin', equals: origin.toLowerCase() })
    .toArray()
    .some((one) => one.status === 'ACTIVE' && one.scopes.some(({ type }) => type === scope));

/** Adds an origin. Throws E0000001 for a missing field, an origin that is none, or one that is there already. */
export function createOrigin(world: World, who: Who, input: TrustedOriginInput | undefined): TrustedOrigin {
  const parts = checked(world, input);
  const now = stamp(world.now());
  const origin = world.insert(trustedOrigins, {
    id: newId(world, 'tos'),
    ...parts,
    status: 'ACTIVE',
    created: now,
    createdBy: who.id,
    lastUpdated: now,
    lastUpdatedBy: who.id,
  });
  log(world, who, 'create', origin);
  return origin;
}

/** Replaces an origin. */
export function replaceOrigin(
  world: World,
  who: Who,
  id: string,
  input: TrustedOriginInput | undefined,
): TrustedOrigin {
  findOrigin(world, id);
  const parts = checked(world, input, id);
  const changed = world.update(trustedOrigins, id, {
    ...parts,
    lastUpdated: stamp(world.now()),
    lastUpdatedBy: who.id,
  });
  log(world, who, 'update', changed);
  return changed;
}

/** Turns an origin on or off, and returns it. */
export function setOriginStatus(
  world: World,
  who: Who,
  id: string,
  status: TrustedOrigin['status'],
): TrustedOrigin {
  findOrigin(world, id);
  const changed = world.update(trustedOrigins, id, { status, lastUpdated: stamp(world.now()) });
  log(world, who, status === 'ACTIVE' ? 'activate' : 'deactivate', changed);
  return changed;
}

/** Removes an origin. */
export function deleteOrigin(world: World, who: Who, id: string): void {
  const origin = findOrigin(world, id);
  world.remove(trustedOrigins, id);
  log(world, who, 'delete', origin);
}

function checked(world: World, input: TrustedOriginInput | undefined, own?: string) {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  const { name, origin, scopes = [] } = input;
  if (!name) throw blank('name');
  if (!origin) throw blank('origin');
  if (!/^[a-z][\w+.-]*:\/\/[^\s/]+/i.test(origin)) throw invalid('origin', 'origin: The origin is not valid');
  if (scopes.length === 0) throw blank('scopes');
  const other = world.list(trustedOrigins, { index: 'origin', equals: origin.toLowerCase() }).first();
  if (other && other.id !== own)
    throw invalid('origin', 'origin: An object with this field already exists in the current organization');
  return { name, origin, scopes };
}

function log(world: World, who: Who, verb: string, origin: TrustedOrigin): void {
  record(world, who, {
    eventType: `security.trusted_origin.${verb}`,
    displayMessage: `Trusted origin ${verb}`,
    target: [
      {
        id: origin.id,
        type: 'TrustedOrigin',
        alternateId: origin.origin,
        displayName: origin.name,
        detailEntry: null,
      },
    ],
  });
}
