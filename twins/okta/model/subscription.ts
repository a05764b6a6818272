/** Notifications: which mails about the org its administrators get, by role and by person. */
import type { World } from '../../../src/world/world.ts';
import { invalid, notFound } from '../errors.ts';
import { subscriptions } from '../world/admin.ts';

/** What a role or user said about a kind of mail. */
export interface Subscription {
  /** A role's type or a user's id. */
  of: string;
  notificationType: string;
  status: 'subscribed' | 'unsubscribed';
}

/** Kinds of mail with what a super administrator gets unless they say otherwise. */
const NOTIFICATIONS: Readonly<Record<string, boolean>> = {
  IWA_AGENT: true,
  CONNECTOR_AGENT: true,
  USER_LOCKED_OUT: false,
  APP_IMPORT: false,
  AD_AGENT: true,
  LDAP_AGENT: true,
  RATELIMIT_NOTIFICATION: true,
  OKTA_ANNOUNCEMENT: true,
  OKTA_UPDATE: true,
  OKTA_ISSUE: false,
  USER_DEPROVISION: false,
  REPORT_SUSPICIOUS_ACTIVITY: true,
  AGENT_AUTO_UPDATE_NOTIFICATION: true,
};
const ROLES: ReadonlySet<string> = new Set([
  ...[
    'API_ACCESS_MANAGEMENT_ADMIN',
    'APP_ADMIN',
    'GROUP_MEMBERSHIP_ADMIN',
    'HELP_DESK_ADMIN',
    'MOBILE_ADMIN',
  ],
  ...['ORG_ADMIN', 'READ_ONLY_ADMIN', 'REPORT_ADMIN', 'SUPER_ADMIN', 'USER_ADMIN'],
]);

/** A standard role's type. Throws E0000007 for another one. */
export function roleNamed(ref: string): string {
  if (!ROLES.has(ref)) throw notFound(ref, 'Role');
  return ref;
}

/** What a role or user gets of every kind. */
export const subscriptionsOf = (world: World, of: string): Subscription[] =>
  Object.keys(NOTIFICATIONS).map((type) => subscriptionOf(world, of, type));

/** What a role or user gets of one kind. Throws E0000001 for a kind that there is none of. */
export function subscriptionOf(world: World, of: string, notificationType: string): Subscription {
  if (!Object.hasOwn(NOTIFICATIONS, notificationType))
    throw invalid('notificationType', 'notificationType: The notification type is not valid');
  const status = NOTIFICATIONS[notificationType] ? 'subscribed' : 'unsubscribed';
  return world.get(subscriptions, `${of}/${notificationType}`) ?? { of, notificationType, status };
}

/** Orders or cancels a kind of mail. */
export function subscribe(
  world: World,
  of: string,
  notificationType: string,
  status: Subscription['status'],
): void {
  world.put(subscriptions, { ...subscriptionOf(world, of, notificationType), status });
}
