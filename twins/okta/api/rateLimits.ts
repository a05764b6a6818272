/** `/api/v1/rate-limit-settings` and `/api/v1/principal-rate-limits`. */
import { family } from '../docs.ts';
import { endpoint } from '../endpoint.ts';
import {
  createPrincipalLimit,
  findPrincipalLimit,
  findPrincipalLimits,
  type PrincipalInput,
  replacePrincipalLimit,
} from '../model/org/principalRateLimit.ts';
import { setNotifications, setPerClient, setThreshold } from '../model/org/rateLimit.ts';
import { org } from '../world.ts';

const { read, manage } = family('RateLimitSettings', 'rateLimits', 'other');
const principals = family('PrincipalRateLimit', 'principalRateLimits', 'other');
const SETTINGS = '/api/v1/rate-limit-settings';
const ALL = '/api/v1/principal-rate-limits';
const ONE = `${ALL}/{principalRateLimitId}` as const;

export const rateLimitEndpoints = [
  endpoint(
    {
      id: 'getRateLimitSettingsAdminNotifications',
      route: `GET ${SETTINGS}/admin-notifications`,
      ...read,
    },
    ({ world }) => org(world).rateLimits.adminNotifications,
  ),
  endpoint(
    {
      id: 'replaceRateLimitSettingsAdminNotifications',
      route: `PUT ${SETTINGS}/admin-notifications`,
      ...manage,
    },
    ({ world, actor, input }) =>
      setNotifications(world, actor.who, input as { notificationsEnabled?: boolean }),
  ),
  endpoint(
    { id: 'getRateLimitSettingsPerClient', route: `GET ${SETTINGS}/per-client`, ...read },
    ({ world }) => org(world).rateLimits.perClient,
  ),
  endpoint(
    { id: 'replaceRateLimitSettingsPerClient', route: `PUT ${SETTINGS}/per-client`, ...manage },
    ({ world, actor, input }) => setPerClient(world, actor.who, input as { defaultMode?: string }),
  ),
  endpoint(
    { id: 'getRateLimitSettingsWarningThreshold', route: `GET ${SETTINGS}/warning-threshold`, ...read },
    ({ world }) => org(world).rateLimits.warningThreshold,
  ),
  endpoint(
    { id: 'replaceRateLimitSettingsWarningThreshold', route: `PUT ${SETTINGS}/warning-threshold`, ...manage },
    ({ world, actor, input }) => setThreshold(world, actor.who, input as { warningThreshold?: number }),
  ),
  endpoint(
    { id: 'listPrincipalRateLimitEntities', route: `GET ${ALL}`, ...principals.read },
    ({ world, query }) => findPrincipalLimits(world, query.get('filter')),
  ),
  endpoint(
    { id: 'createPrincipalRateLimitEntity', route: `POST ${ALL}`, ...principals.manage },
    ({ world, actor, input }) => createPrincipalLimit(world, actor.who, input as PrincipalInput),
  ),
  endpoint(
    { id: 'getPrincipalRateLimitEntity', route: `GET ${ONE}`, ...principals.read },
    ({ world, params }) => findPrincipalLimit(world, params.principalRateLimitId),
  ),
  endpoint(
    { id: 'replacePrincipalRateLimitEntity', route: `PUT ${ONE}`, ...principals.manage },
    ({ world, actor, params, input }) =>
      replacePrincipalLimit(world, actor.who, params.principalRateLimitId, input as PrincipalInput),
  ),
];
