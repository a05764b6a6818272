/**
 * How many requests are answered in a minute, for each person and for all of a project.
 * https://developers.google.com/workspace/sheets/api/limits and its likes for Drive and Docs
 */
import type { ApiError } from '../../../src/error.ts';
import type { Call, RateCount, RateTier, RateWindow } from '../../../src/twin.ts';
import type { GoogleActor } from '../actor.ts';
import { googleError } from '../errors.ts';
import { projectOf } from '../identity/world.ts';
import { serviceOf } from '../service.ts';

const minute = (limit: number): RateTier => ({ limit, windowSeconds: 60 });

/** Per person and project. */
export const TIERS: Readonly<Record<string, RateTier>> = {
  drive: minute(12_000),
  'sheets.read': minute(60),
  'sheets.write': minute(60),
  'docs.read': minute(300),
  'docs.write': minute(60),
};

/** Per project, whoever asks. */
const PROJECT: Readonly<Record<string, RateTier>> = {
  drive: minute(12_000),
  'sheets.read': minute(300),
  'sheets.write': minute(300),
  'docs.read': minute(3_000),
  'docs.write': minute(600),
};

/** Characters of a `quotaUser`; longer ones are not looked at. */
const QUOTA_USER_CHARS_MAX = 40;

/** Whose window a request counts in: a server that asks for many people may say for whom. */
export function rateKey({ actor, query }: Call<GoogleActor>): string {
  const said = query.get('quotaUser') ?? query.get('userIp');
  return said !== null && said.length <= QUOTA_USER_CHARS_MAX ? `quotaUser ${said}` : (actor?.email ?? '');
}

/** The person's window, and the project's where the limits are the vendor's own. */
export function rateCounts(call: Call<GoogleActor>, tier: RateTier): readonly RateCount[] {
  const own = { key: rateKey(call), tier };
  const all = call.world.rateLimits === 'vendor' && PROJECT[call.endpoint.tier ?? ''];
  return all ? [own, { key: 'project', tier: all }] : [own];
}

/** Drive says 403 `userRateLimitExceeded`, the newer APIs 429 `RESOURCE_EXHAUSTED`. */
export function rateLimited(call: Call<GoogleActor>, window: RateWindow): ApiError {
  const service = serviceOf(call.request);
  if (service.style !== 'status') return googleError('userRateLimitExceeded');
  const [, does = ''] = (call.endpoint.tier ?? '').split('.');
  const what = does === 'write' ? 'Write' : 'Read';
  const isProject = window.limit > 0 && PROJECT[call.endpoint.tier ?? '']?.limit === window.limit;
  const limit = `${what} requests per minute${isProject ? '' : ' per user'}`;
  const { projectNumber } = projectOf(call.world);
  return googleError('RESOURCE_EXHAUSTED', {
    message:
      `Quota exceeded for quota metric '${what} requests' and limit '${limit}' of service '${service.host}' ` +
      `for consumer 'project_number:${projectNumber}'.`,
    details: [
      {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        reason: 'RATE_LIMIT_EXCEEDED',
        domain: 'googleapis.com',
        metadata: {
          service: service.host,
          consumer: `projects/${projectNumber}`,
          quota_metric: `${service.host}/${what.toLowerCase()}_requests`,
          quota_limit: `${what}RequestsPerMinutePer${isProject ? 'Project' : 'User'}`,
          quota_limit_value: String(window.limit),
          quota_unit: isProject ? '1/min/{project}' : '1/min/{project}/{user}',
          quota_location: 'global',
        },
      },
      {
        '@type': 'type.googleapis.com/google.rpc.Help',
        links: [
          {
            description: 'Request a higher quota limit.',
            url: 'https://cloud.google.com/docs/quotas/help/request_increase',
          },
        ],
      },
    ],
  });
}
