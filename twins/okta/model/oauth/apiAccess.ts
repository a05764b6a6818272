/** Access tokens of the org's own server, as the Management API takes them. */
import { ApiError } from '../../../../src/error.ts';
import type { World } from '../../../../src/world/world.ts';
import { apps, users } from '../../world.ts';
import type { App } from '../apps/app.ts';
import type { User } from '../people/user.ts';
import { provenKey } from './dpop.ts';
import { findIssuer } from './issuer.ts';
import { verified } from './signing.ts';
import { liveToken } from './token.ts';

/**
 * Whose token it is and what for; undefined for one that is no good: another issuer's, over, taken back, of an app or
 * person who is off, or bound to a key that `proof` does not prove.
 */
export function apiToken(
  world: World,
  token: string,
  shown: { proof: string | undefined; method: string; url: string },
): { app: App; user: User | undefined; scopes: readonly string[] } | undefined {
  const issuer = findIssuer(world, undefined);
  const claims = verified(world, issuer, token);
  const row = liveToken(world, issuer, claims);
  const app = row && world.get(apps, row.appId);
  const user = row?.userId === undefined ? undefined : world.get(users, row.userId);
  if (app?.status !== 'ACTIVE' || (row?.userId !== undefined && user?.status !== 'ACTIVE')) return undefined;
  const bound = (claims?.cnf as { jkt?: string } | undefined)?.jkt;
  if (bound !== boundKey(world, token, shown)) return undefined;
  return { app, user, scopes: row?.scopes ?? [] };
}

function boundKey(
  world: World,
  token: string,
  { proof, method, url }: { proof: string | undefined; method: string; url: string },
): string | undefined {
  if (proof === undefined) return undefined;
  try {
    return provenKey(world, proof, { method, url, token });
  } catch (error) {
    if (error instanceof ApiError) return '';
    throw error;
  }
}
