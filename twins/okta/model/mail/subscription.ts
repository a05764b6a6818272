/** Notifications: which mails about the org its administrators get, by role and by person. */
import type { World } from '../../../../src/world/world.ts';
import { invalid, notFound, refuse } from '../../errors.ts';
import { subscriptions } from '../../world/admin.ts';
import { customRoles, groupMembers, org, roleAssignments, users } from '../../world.ts';
import type { Who } from '../log/log.ts';
import { findUser } from '../people/user.ts';
import { holdersBehind, rolesOf, usersWithRoles } from '../roles/role.ts';
import { bindingsOf } from '../roles/roleBinding.ts';
import { isBouncing } from './bounce.ts';
import { keep } from './outgoing.ts';

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
  ...['API_ACCESS_MANAGEMENT_ADMIN', 'APP_ADMIN', 'GROUP_MEMBERSHIP_ADMIN', 'HELP_DESK_ADMIN'],
  ...['MOBILE_ADMIN', 'ORG_ADMIN', 'READ_ONLY_ADMIN', 'REPORT_ADMIN', 'SUPER_ADMIN', 'USER_ADMIN'],
]);

/** A standard role's type, or a custom role's id. Throws E0000007 for another one. */
export function roleNamed(world: World, ref: string): string {
  if (!ROLES.has(ref) && !world.get(customRoles, ref)) throw notFound(ref, 'Role');
  return ref;
}

/** The person whose notifications these are: whoever asks. Throws E0000006 for anybody else's. */
export function ownSubscriptions(world: World, who: Who, userId: string): string {
  const { id } = findUser(world, userId, who);
  if (who.type !== 'User' || who.id !== id) throw refuse('E0000006');
  return id;
}

/** What a role or user gets of every kind. */
export const subscriptionsOf = (world: World, of: string): Subscription[] =>
  Object.keys(NOTIFICATIONS).map((type) => subscriptionOf(world, of, type));

/**
 * What a role or user gets of one kind: a user what they said themselves, else what one of their roles gets. Throws
 * E0000001 for a kind that there is none of.
 */
export function subscriptionOf(world: World, of: string, notificationType: string): Subscription {
  if (!Object.hasOwn(NOTIFICATIONS, notificationType))
    throw invalid('notificationType', 'notificationType: The notification type is not valid');
  const own = world.get(subscriptions, `${of}/${notificationType}`);
  if (own) return own;
  const roles = world.get(users, of) ? rolesHeldBy(world, of) : [];
  const byRole = roles.map((role) => subscriptionOf(world, role, notificationType).status === 'subscribed');
  const gets = roles.length > 0 ? byRole.includes(true) : NOTIFICATIONS[notificationType];
  return { of, notificationType, status: gets ? 'subscribed' : 'unsubscribed' };
}

/** Orders or cancels a kind of mail. What is said for a role counts for all who have it, whatever they said before. */
export function subscribe(
  world: World,
  of: string,
  notificationType: string,
  status: Subscription['status'],
): void {
  world.put(subscriptions, { ...subscriptionOf(world, of, notificationType), status });
  if (world.get(users, of)) return;
  for (const id of administratorsOf(world))
    if (rolesHeldBy(world, id).includes(of)) world.remove(subscriptions, `${id}/${notificationType}`);
}

/** Tells those administrators of something who want to know of it. `about` is what happened, in a sentence. */
export function notifyAdministrators(world: World, notificationType: string, about: string): void {
  for (const id of administratorsOf(world)) {
    const user = world.get(users, id);
    if (user?.status !== 'ACTIVE') continue;
    if (subscriptionOf(world, id, notificationType).status !== 'subscribed') continue;
    const to = user.profile.email;
    const subject = `${org(world).companyName}: ${about}`;
    if (!isBouncing(world, to))
      keep(world, { userId: id, by: 'email', to, kind: notificationType, subject, text: about, values: {} });
  }
}

/** Administrators that are told of something at most; there are few in any org. */
const TOLD_MAX = 500;

/** Who has a role of their own, or one of a group's. */
function administratorsOf(world: World): string[] {
  const ofGroups = world
    .list(roleAssignments, { index: 'type', equals: 'GROUP' })
    .toArray()
    .flatMap(({ assigneeId }) => world.list(groupMembers, { prefix: `${assigneeId}/` }).toArray(TOLD_MAX));
  const all = [...usersWithRoles(world), ...ofGroups.map(({ userId }) => userId)];
  return [...new Set(all)].slice(0, TOLD_MAX);
}

/** Types of standard roles, and ids of custom ones. */
const rolesHeldBy = (world: World, userId: string): string[] =>
  holdersBehind(world, { type: 'USER', id: userId }).flatMap(({ id }) => [
    ...rolesOf(world, id).map((role) => role.type),
    ...bindingsOf(world, id).map((binding) => binding.roleId),
  ]);
