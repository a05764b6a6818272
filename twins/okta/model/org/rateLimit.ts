/**
 * What an administrator decides about rate limits, and what the System Log tells of them.
 * https://developer.okta.com/docs/api/openapi/okta-management/management/tag/RateLimitSettings/
 */

import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notWellFormed } from '../../errors.ts';
import { RATE_SHARE_PERCENT } from '../../limits.ts';
import { org, principalRateLimits } from '../../world.ts';
import { record, type Who } from '../log/log.ts';
import { notifyAdministrators } from '../mail/subscription.ts';
import { type Org, setRateLimits } from './org.ts';

export const USE_CASES = ['LOGIN_PAGE', 'OAUTH2_AUTHORIZE', 'OIE_APP_INTENT'] as const;
export type UseCase = (typeof USE_CASES)[number];

const MODES = ['ENFORCE', 'DISABLE', 'PREVIEW'] as const;
export type ClientMode = (typeof MODES)[number];

type Settings = Org['rateLimits'];

const THRESHOLD_MIN = 30;
const THRESHOLD_MAX = 90;

/** What was set for a token or an app. */
export const limitOf = (world: World, principalId: string) =>
  world.list(principalRateLimits, { index: 'principal', equals: principalId }).first();

/** How much of a bucket a token or an app may use, in percent. */
export const shareOf = (world: World, principalId: string): number =>
  limitOf(world, principalId)?.defaultPercentage ?? RATE_SHARE_PERCENT;

/** A token or app that is gone is limited no more. */
export function forgetPrincipal(world: World, principalId: string): void {
  const limit = limitOf(world, principalId);
  if (limit) world.remove(principalRateLimits, limit.id);
}

/** Percent of a bucket from which on administrators are warned. */
export const warningThreshold = (world: World): number =>
  org(world).rateLimits.warningThreshold.warningThreshold;

/** What is done about a client that asks too often; nothing where it is no such use. */
export function clientMode(world: World, use: UseCase | undefined): ClientMode {
  const { defaultMode, useCaseModeOverrides } = org(world).rateLimits.perClient;
  return use === undefined ? 'DISABLE' : (useCaseModeOverrides?.[use] ?? defaultMode);
}

/** Says whether administrators get mails about limits. Throws E0000001. */
export function setNotifications(
  world: World,
  who: Who,
  input: Partial<Settings['adminNotifications']> | undefined,
): Settings['adminNotifications'] {
  const { notificationsEnabled } = objectOf(input);
  if (typeof notificationsEnabled !== 'boolean') throw blank('notificationsEnabled');
  return setRateLimits(world, who, 'adminNotifications', { notificationsEnabled });
}

/** Says what is done about clients, in general and for a use. Throws E0000001. */
export function setPerClient(
  world: World,
  who: Who,
  input: { defaultMode?: string; useCaseModeOverrides?: Record<string, string> } | undefined,
): Settings['perClient'] {
  const { defaultMode, useCaseModeOverrides } = objectOf(input);
  if (defaultMode === undefined) throw blank('defaultMode');
  const overrides = Object.entries(useCaseModeOverrides ?? {}).map(([use, mode]) => {
    const known = USE_CASES.find((one) => one === use);
    if (!known) throw invalid('useCaseModeOverrides', `useCaseModeOverrides: '${use}' is not a use case`);
    return [known, modeOf(mode, `useCaseModeOverrides.${use}`)] as const;
  });
  return setRateLimits(world, who, 'perClient', {
    defaultMode: modeOf(defaultMode, 'defaultMode'),
    ...(useCaseModeOverrides ? { useCaseModeOverrides: Object.fromEntries(overrides) } : {}),
  });
}

/** Says when administrators are warned. Throws E0000001 for less than 30 or more than 90 percent. */
export function setThreshold(
  world: World,
  who: Who,
  input: Partial<Settings['warningThreshold']> | undefined,
): Settings['warningThreshold'] {
  const { warningThreshold: percent } = objectOf(input);
  if (!Number.isInteger(percent) || Number(percent) < THRESHOLD_MIN || Number(percent) > THRESHOLD_MAX)
    throw invalid(
      'warningThreshold',
      `warningThreshold: Must be between ${THRESHOLD_MIN} and ${THRESHOLD_MAX}`,
    );
  return setRateLimits(world, who, 'warningThreshold', { warningThreshold: Number(percent) });
}

/**
 * Writes down that a bucket is nearly empty or empty, and tells the administrators who want to hear of it. `what`: the
 * event, less `system.`.
 */
export function logRate(
  world: World,
  who: Who,
  what: string,
  { path, limit, scope }: { path: string; limit: number; scope: 'ORG' | 'PRINCIPAL' | 'CLIENT' },
): void {
  const isOver = what.endsWith('violation');
  record(world, who, {
    eventType: `system.${what}`,
    displayMessage: isOver ? 'Rate limit violation' : 'Rate limit warning',
    target: [{ id: path, type: 'URL Pattern', alternateId: path, displayName: path, detailEntry: null }],
    outcome: isOver ? { result: 'DENY', reason: 'Too many requests' } : { result: 'SUCCESS', reason: null },
    severity: 'WARN',
    debugData: {
      threshold: String(limit),
      timeSpan: '1',
      timeUnit: 'MINUTES',
      url: path,
      rateLimitScopeType: scope,
    },
  });
  if (scope !== 'CLIENT' && org(world).rateLimits.adminNotifications.notificationsEnabled)
    notifyAdministrators(
      world,
      'RATELIMIT_NOTIFICATION',
      `Rate limit ${isOver ? 'violation' : 'warning'}: ${path}`,
    );
}

function objectOf<T extends object>(input: T | undefined): T {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  return input;
}

function modeOf(sent: unknown, field: string): ClientMode {
  const mode = MODES.find((one) => one === sent);
  if (!mode) throw invalid(field, `${field}: The mode is not valid`);
  return mode;
}
