/** How much of the org's rate limits one token or app may use. */

import type { World } from '../../../../src/world/world.ts';
import { invalid, notFound, notWellFormed } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { RATE_SHARE_PERCENT } from '../../limits.ts';
import { stamp } from '../../time.ts';
import { apiTokens, apps, org, principalRateLimits } from '../../world.ts';
import { recordChange, type Who } from '../log/log.ts';
import { matcher } from '../search/match.ts';
import { comparisons, parseFilter } from '../search/parse.ts';
import { limitOf } from './rateLimit.ts';

/** A limit in the vendor's shape. */
export interface PrincipalRateLimit {
  id: string;
  orgId: string;
  principalId: string;
  principalType: 'SSWS_TOKEN' | 'OAUTH_CLIENT';
  defaultPercentage: number;
  defaultConcurrencyPercentage: number;
  lastUpdate: string;
  lastUpdatedBy: string;
  createdDate: string;
  createdBy: string;
}

export type PrincipalInput = Partial<
  Pick<
    PrincipalRateLimit,
    'principalId' | 'principalType' | 'defaultPercentage' | 'defaultConcurrencyPercentage'
  >
>;

const OBJECT = 'principalRateLimitMediated';

/** The limit with this id, or E0000007. */
export const findPrincipalLimit = (world: World, id: string): PrincipalRateLimit =>
  world.require(principalRateLimits, id, () => notFound(id, 'PrincipalRateLimit'));

/** Limits that match; the filter must name `principalType`. */
export function findPrincipalLimits(world: World, filter: string | null): PrincipalRateLimit[] {
  const bad = () =>
    invalid(
      OBJECT,
      'The provided filter parameter did not contain the required attrbute filter "principalType"',
    );
  if (!filter) throw bad();
  const parsed = parseFilter(filter, bad);
  if (!comparisons(parsed).some(({ attribute }) => attribute === 'principalType')) throw bad();
  return world.list(principalRateLimits, { where: matcher(parsed) }).toArray();
}

/** Limits a token or app. Throws E0000007 for one that is not there, E0000001 for one that is limited already. */
export function createPrincipalLimit(
  world: World,
  who: Who,
  input: PrincipalInput | undefined,
): PrincipalRateLimit {
  const { principalId, principalType } = checked(world, input);
  if (limitOf(world, principalId)) throw invalid(OBJECT);
  const now = isoSeconds(world);
  const row = world.insert(principalRateLimits, {
    id: newId(world, 'prl'),
    orgId: org(world).id,
    principalId,
    principalType,
    defaultPercentage: input?.defaultPercentage ?? RATE_SHARE_PERCENT,
    defaultConcurrencyPercentage: input?.defaultConcurrencyPercentage ?? RATE_SHARE_PERCENT,
    lastUpdate: now,
    lastUpdatedBy: who.id,
    createdDate: now,
    createdBy: who.id,
  });
  log(world, who, row);
  return row;
}

/** Replaces the percentages. */
export function replacePrincipalLimit(
  world: World,
  who: Who,
  id: string,
  input: PrincipalInput | undefined,
): PrincipalRateLimit {
  findPrincipalLimit(world, id);
  checked(world, input);
  const changed = world.update(principalRateLimits, id, {
    defaultPercentage: input?.defaultPercentage ?? RATE_SHARE_PERCENT,
    defaultConcurrencyPercentage: input?.defaultConcurrencyPercentage ?? RATE_SHARE_PERCENT,
    lastUpdate: isoSeconds(world),
    lastUpdatedBy: who.id,
  });
  log(world, who, changed);
  return changed;
}

/** This resource writes its dates without fractions. */
const isoSeconds = (world: World): string => stamp(world.now()).replace('.000', '');

function log(world: World, who: Who, row: PrincipalRateLimit): void {
  const thing = {
    id: row.id,
    type: 'PrincipalRateLimit',
    name: row.principalId,
    alternateId: row.principalType,
  };
  recordChange(
    world,
    who,
    'system.rate_limit.configuration.update',
    'Update rate limit configuration',
    thing,
  );
}

function checked(world: World, input: PrincipalInput | undefined) {
  if (!input || typeof input !== 'object') throw notWellFormed();
  const { principalId, principalType } = input;
  if (!principalId || (principalType !== 'SSWS_TOKEN' && principalType !== 'OAUTH_CLIENT'))
    throw invalid(OBJECT);
  for (const share of [input.defaultPercentage, input.defaultConcurrencyPercentage])
    if (share !== undefined && (share < 0 || share > 100)) throw invalid(OBJECT);
  if (principalType === 'SSWS_TOKEN' && !world.get(apiTokens, principalId))
    throw notFound(principalId, 'Token');
  if (principalType === 'OAUTH_CLIENT' && !world.get(apps, principalId))
    throw notFound(principalId, 'PublicClientApp');
  return { principalId, principalType };
}
