/** Claims that an app's sign-ins carry besides those of its protocol. */
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { stamp } from '../../time.ts';
import { federatedClaims } from '../../world/apps.ts';
import { compileExpression } from '../expressions/expression.ts';
import { findApp } from './app.ts';

/** A claim in the vendor's shape; `appId` is not shown. */
export interface FederatedClaim {
  appId: string;
  id: string;
  name: string;
  expression: string;
  created: string;
  lastUpdated: string;
}

export interface FederatedClaimInput {
  name?: string;
  expression?: string;
}

/** The claims of an app. */
export const claimsOf = (world: World, appId: string): FederatedClaim[] =>
  world.list(federatedClaims, { prefix: `${findApp(world, appId).id}/` }).toArray();

/** One claim of an app, or E0000007. */
export function findFederatedClaim(world: World, appId: string, id: string): FederatedClaim {
  findApp(world, appId);
  return world.require(federatedClaims, `${appId}/${id}`, () => notFound(id, 'FederatedClaim'));
}

/** Adds a claim. Throws E0000001 for missing parts, a taken name, an expression that cannot be read. */
export function createFederatedClaim(
  world: World,
  appId: string,
  input: FederatedClaimInput | undefined,
): FederatedClaim {
  const parts = checked(world, appId, input);
  const now = stamp(world.now());
  return world.insert(federatedClaims, {
    appId,
    id: newId(world, 'ofc'),
    ...parts,
    created: now,
    lastUpdated: now,
  });
}

/** Replaces a claim. */
export function replaceFederatedClaim(
  world: World,
  appId: string,
  id: string,
  input: FederatedClaimInput | undefined,
): FederatedClaim {
  findFederatedClaim(world, appId, id);
  const parts = checked(world, appId, input, id);
  return world.update(federatedClaims, `${appId}/${id}`, { ...parts, lastUpdated: stamp(world.now()) });
}

/** Removes a claim. */
export function deleteFederatedClaim(world: World, appId: string, id: string): void {
  findFederatedClaim(world, appId, id);
  world.remove(federatedClaims, `${appId}/${id}`);
}

function checked(world: World, appId: string, input: FederatedClaimInput | undefined, own?: string) {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  const { name, expression } = input;
  if (!name) throw blank('name');
  if (!expression) throw blank('expression');
  compileExpression(expression, (why) => invalid('expression', `expression: ${why}`));
  if (claimsOf(world, appId).some((one) => one.name === name && one.id !== own))
    throw invalid('name', 'name: A claim with this name exists already for this app');
  return { name, expression };
}
