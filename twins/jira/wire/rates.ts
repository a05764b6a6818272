/**
 * How much may be asked of a site, counted only where the universe's limits are on: so many requests a second of each
 * operation, so many changes of one issue, and for apps so many points an hour.
 * https://developer.atlassian.com/cloud/jira/platform/rate-limiting/
 */
import type { ApiError } from '../../../src/error.ts';
import type { Call, RateCount, RateTier, RateWindow } from '../../../src/twin.ts';
import { refused } from '../errors.ts';
import { ISSUE_WRITES, POINTS_PER_HOUR } from '../limits.ts';
import { issueNamed } from '../model/issues/issueNamed.ts';
import type { JiraActor } from './identity.ts';

type JiraCall = Call<JiraActor>;

/** Requests a second of one operation, as the service tells of them. */
export const TIERS: Readonly<Record<string, RateTier>> = {
  read: { limit: 350, windowSeconds: 1 },
  search: { limit: 400, windowSeconds: 1 },
  write: { limit: 200, windowSeconds: 1 },
};

const QUOTA: RateTier = { limit: POINTS_PER_HOUR, windowSeconds: 3_600 };

/** Who shares a window of requests. */
export const rateKey = (call: JiraCall): string =>
  `${call.actor?.accountId ?? 'anonymous'}/${call.endpoint.id}`;

/** The windows of a request. Limits that the universe itself names hold for each caller, and nothing else. */
export function rateCounts(call: JiraCall, tier: RateTier): readonly RateCount[] {
  const burst = { key: rateKey(call), tier };
  if (call.world.rateLimits !== 'vendor') return [burst];
  const issue = isWrite(call) ? issueOf(call) : undefined;
  const writes =
    issue === undefined
      ? []
      : ISSUE_WRITES.map((one) => ({ key: `issue ${issue} ${one.windowSeconds}`, tier: one, shared: true }));
  return [burst, ...writes, ...quotaOf(call, 1)];
}

const isWrite = ({ request: { method } }: JiraCall): boolean => method !== 'GET' && method !== 'HEAD';

function issueOf({ world, params }: JiraCall): string | undefined {
  const named = params.issueIdOrKey;
  return named === undefined ? undefined : (issueNamed(world, named)?.id ?? named);
}

/** Apps have a quota of points, for all whom they act for together; people's own programs have none. */
function quotaOf({ actor }: JiraCall, cost: number): RateCount[] {
  if (!actor || actor.by === 'basic') return [];
  return [{ key: `quota ${actor.app ?? actor.accountId}`, tier: QUOTA, cost, shared: true }];
}

/** What answers show, until they are charged for. */
const shownObjects = new WeakMap<object, number>();

/** Remembers how many things an answer shows: reading costs by them. */
export function noteObjects(call: JiraCall, value: unknown): void {
  if (!isWrite(call)) shownObjects.set(call, objectsIn(value));
}

/** The things of a list, or the one thing; an envelope's longest list. */
function objectsIn(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  const lists = Object.values(value).filter(Array.isArray);
  const isEnvelope = 'values' in value || 'total' in value || 'isLast' in value;
  return isEnvelope ? Math.max(0, ...lists.map(({ length }) => length)) : 1;
}

/** People, groups and what they may do cost twice what other things do. */
const DEAR =
  /\/(users?|groups?|groupuserpicker|mypermissions|permissions?|permissionscheme|role|applicationrole)(\/|$)/;

/** The points of what a read answered, besides the one of the request. */
export function rateCharges(call: JiraCall): readonly RateCount[] {
  const objects = shownObjects.get(call) ?? 0;
  if (objects === 0 || call.world.rateLimits !== 'vendor') return [];
  return quotaOf(call, objects * (DEAR.test(call.endpoint.route) ? 2 : 1));
}

const isQuota = ({ windowSeconds }: RateTier): boolean => windowSeconds === QUOTA.windowSeconds;
const isOfIssue = ({ limit, windowSeconds }: RateTier): boolean =>
  ISSUE_WRITES.some((one) => one.limit === limit && one.windowSeconds === windowSeconds);

/** 429, with how long to wait and which of the limits it was. */
export function rateLimited(call: JiraCall, window: RateWindow): ApiError {
  const seconds = Math.max(1, Math.ceil((window.resetsAt - call.world.now()) / 1_000));
  const limit = window.limit || (TIERS[call.endpoint.tier ?? 'read']?.limit ?? 0);
  const reason = isQuota(window)
    ? 'jira-quota-global-based'
    : isOfIssue(window)
      ? 'jira-per-issue-on-write'
      : 'jira-burst-based';
  return refused('rateLimited', undefined, [
    ['retry-after', String(seconds)],
    ['x-ratelimit-limit', String(limit)],
    ['x-ratelimit-remaining', '0'],
    ['x-ratelimit-reset', new Date(call.world.now() + seconds * 1_000).toISOString()],
    ['x-ratelimit-nearlimit', 'true'],
    ['ratelimit-reason', reason],
  ]);
}

/** Every answer tells of the window with the least room; where limits are off, of a fresh one of its operation. */
export function rateHeaders(call: JiraCall, window: RateWindow | undefined): [string, string][] {
  if (window?.limited) return [];
  const tier = window ?? (call.endpoint.tier ? TIERS[call.endpoint.tier] : undefined);
  if (!tier) return [];
  const remaining = Math.max(0, tier.limit - (window?.used ?? 1));
  return [
    ['x-ratelimit-limit', String(tier.limit)],
    ['x-ratelimit-remaining', String(remaining)],
    ...(window && remaining < window.limit * NEAR
      ? ([['x-ratelimit-nearlimit', 'true']] as [string, string][])
      : []),
  ];
}

/** The share of a window's room below which answers warn. */
const NEAR = 0.2;
