/**
 * How much may be asked of an org: a bucket per kind of request for the org, a share of it for each token and app, and
 * a few sign-ins per browser and client. Counted only where the universe's limits are on.
 * https://developer.okta.com/docs/reference/rl-best-practices/
 */
import type { Call, RateCount, RateTier, RateWindow } from '../../src/twin.ts';
import type { World } from '../../src/world/world.ts';
import type { OktaActor } from './actor.ts';
import { clientOf } from './client.ts';
import { CLIENT_REQUESTS_PER_MINUTE, RATE_SHARE_PERCENT, TIERS } from './limits.ts';
import { LOOPBACK } from './model/guard/address.ts';
import { SYSTEM } from './model/log/log.ts';
import { clientMode, logRate, shareOf, type UseCase, warningThreshold } from './model/org/rateLimit.ts';

type OktaCall = Call<OktaActor>;

/** Who shares a window besides the bucket. */
export const rateKey = ({ actor }: OktaCall): string => actor?.tokenId ?? actor?.app ?? LOOPBACK;

const ORG = 'org';
const CLIENT = 'client ';

/** What signs people in by a browser, where each client has a limit of its own. */
const USE_CASES: Readonly<Record<string, UseCase>> = {
  authorize: 'OAUTH2_AUTHORIZE',
  authorizeCustomAS: 'OAUTH2_AUTHORIZE',
  authorizeWithPost: 'OAUTH2_AUTHORIZE',
  authorizeCustomASWithPost: 'OAUTH2_AUTHORIZE',
  signInPage: 'LOGIN_PAGE',
};

/** The windows of a request. Limits that the universe itself names hold for each caller, and nothing else. */
export function rateCounts(call: OktaCall, tier: RateTier): readonly RateCount[] {
  const { world, actor } = call;
  const key = rateKey(call);
  if (world.rateLimits !== 'vendor') return [{ key, tier }];
  const principal = actor?.tokenId ?? actor?.app;
  const whole = { key: ORG, tier: { ...tier, limit: Math.round((tier.limit * 100) / RATE_SHARE_PERCENT) } };
  if (principal !== undefined) return [{ key, tier: shared(world, principal, tier) }, whole];
  const mode = clientMode(world, USE_CASES[call.endpoint.id]);
  if (mode === 'DISABLE') return [whole];
  const { ipAddress } = clientOf(world, call.request.headers);
  const client = call.query.get('client_id') ?? '';
  const limited = { limit: CLIENT_REQUESTS_PER_MINUTE, windowSeconds: 60 };
  return [{ key: `${CLIENT}${client} ${ipAddress}`, tier: limited, preview: mode === 'PREVIEW' }, whole];
}

const shared = (world: World, principal: string, tier: RateTier): RateTier => ({
  ...tier,
  limit: Math.floor((tier.limit * shareOf(world, principal)) / RATE_SHARE_PERCENT),
});

/** A line in the System Log where a bucket comes near its end, and where it is over. */
export function rateNoted(
  call: OktaCall,
  { key, preview }: RateCount,
  { used, limit }: RateWindow,
): ((world: World) => void) | undefined {
  const isOver = used === limit + 1;
  const isOfClient = key.startsWith(CLIENT);
  const isNear = !isOfClient && used === Math.ceil((limit * warningThreshold(call.world)) / 100);
  if (!isOver && !isNear) return undefined;
  const what = isOfClient
    ? `client.rate_limit.${preview ? 'notification' : 'violation'}`
    : `org.rate_limit.${isOver ? 'violation' : 'warning'}`;
  const scope = isOfClient ? 'CLIENT' : key === ORG ? 'ORG' : 'PRINCIPAL';
  const { path } = call.request;
  return (world) => logRate(world, call.actor?.who ?? SYSTEM, what, { path, limit, scope });
}

/** Calls that were told to come back later, whether a window was full or a fault said so. */
const refusedByRate = new WeakSet<object>();
const FAULT_RESET_MS = 1_000;

/** From now on the call's answer shows a bucket that is used up. */
export const refuseByRate = (call: OktaCall): void => {
  refusedByRate.add(call);
};

/**
 * Every answer tells of its bucket; where nothing limits it, of the bucket as it is when it is fresh. One that refuses
 * by rate shows a bucket that is used up.
 */
export function rateHeaders(call: OktaCall, window: RateWindow | undefined): [string, string][] {
  const tier = TIERS[call.endpoint.tier ?? 'other'] ?? TIERS.other;
  const empty = refusedByRate.has(call);
  // The window of a fault has no limit of its own and nothing in it; that of a crowd has no room for the one that came.
  const told = window && (window.limit > 0 || window.used > 0) ? window : undefined;
  const limit = told?.limit ?? (tier ? shared(call.world, rateKey(call), tier).limit : 0);
  const remaining = empty ? 0 : window ? Math.max(0, window.limit - window.used) : Math.max(0, limit - 1);
  const wholeMs = empty ? FAULT_RESET_MS : (tier?.windowSeconds ?? 60) * 1_000;
  const resetsAt = window?.resetsAt ?? call.world.now() + wholeMs;
  return [
    ['x-rate-limit-limit', String(limit)],
    ['x-rate-limit-remaining', String(remaining)],
    ['x-rate-limit-reset', String(Math.ceil(resetsAt / 1_000))],
  ];
}
