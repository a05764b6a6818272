/**
 * Access policies at work: the first rule that fits client, person, grant and scopes says how long tokens last.
 * https://developer.okta.com/docs/guides/configure-access-policy/
 */
import type { World } from '../../../../src/world/world.ts';
import { oauthError } from '../../errors.ts';
import { ORG_ACCESS_TOKEN_MINUTES, ORG_REFRESH_TOKEN_MINUTES } from '../../limits.ts';
import { groupMembers } from '../../world.ts';
import type { App } from '../apps/app.ts';
import { type AccessRule, accessRulesOf, policiesOf } from '../policies/accessPolicy.ts';
import { clientIdOf } from './client.ts';
import type { Issuer } from './issuer.ts';

/** How long tokens last, in minutes; a refresh token of 0 lasts as long as it is used within the window. */
export interface Lifetimes {
  accessTokenLifetimeMinutes: number;
  refreshTokenLifetimeMinutes: number;
  refreshTokenWindowMinutes: number;
  /** What let it through; the org's own server has no rules. */
  by?: { policyId: string; ruleId: string; inlineHookId: string | undefined };
}

/** What is asked for. */
export interface Asking {
  app: App;
  /** Absent where a client asks for itself. */
  userId: string | undefined;
  grantType: string;
  scopes: readonly string[];
}

/** The lifetimes that hold. Throws `access_denied` where no rule lets it through; the org itself has no rules. */
export function evaluatePolicies(world: World, { server }: Issuer, asking: Asking): Lifetimes {
  if (!server) return ORG_LIFETIMES;
  const clientId = clientIdOf(asking.app);
  for (const policy of policiesOf(world, server.id)) {
    const clients = included(policy.conditions, 'clients');
    if (policy.status !== 'ACTIVE') continue;
    if (!clients.includes('ALL_CLIENTS') && !clients.includes(clientId)) continue;
    const rule = accessRulesOf(world, server.id, policy.id).find((one) => fits(world, one, asking));
    if (rule) return lifetimesOf(policy.id, rule);
  }
  throw oauthError(
    'access_denied',
    'Policy evaluation failed for this request, please check the policy configurations.',
  );
}

function lifetimesOf(policyId: string, { id: ruleId, actions }: AccessRule): Lifetimes {
  const { inlineHook, ...lifetimes } = actions.token as Lifetimes & { inlineHook?: { id?: string } | null };
  return { ...lifetimes, by: { policyId, ruleId, inlineHookId: inlineHook?.id } };
}

const ORG_LIFETIMES: Lifetimes = {
  accessTokenLifetimeMinutes: ORG_ACCESS_TOKEN_MINUTES,
  refreshTokenLifetimeMinutes: ORG_REFRESH_TOKEN_MINUTES,
  refreshTokenWindowMinutes: ORG_REFRESH_TOKEN_MINUTES,
};

function fits(world: World, rule: AccessRule, { userId, grantType, scopes }: Asking): boolean {
  if (rule.status !== 'ACTIVE' || !included(rule.conditions, 'grantTypes').includes(grantType)) return false;
  const allowed = included(rule.conditions, 'scopes');
  if (!allowed.includes('*') && !scopes.every((scope) => allowed.includes(scope))) return false;
  return userId === undefined || forPerson(world, rule, userId);
}

function forPerson(world: World, rule: AccessRule, userId: string): boolean {
  const people = (rule.conditions.people ?? {}) as Record<string, Choice | undefined>;
  const isIn = (groupId: string) =>
    groupId === 'EVERYONE' || world.get(groupMembers, `${groupId}/${userId}`) !== undefined;
  if (people.users?.exclude?.includes(userId) || people.groups?.exclude?.some(isIn)) return false;
  const [byName = [], byGroup = []] = [people.users?.include, people.groups?.include];
  return (byName.length === 0 && byGroup.length === 0) || byName.includes(userId) || byGroup.some(isIn);
}

interface Choice {
  include?: string[];
  exclude?: string[];
}

const included = (conditions: Record<string, unknown>, part: string): string[] =>
  (conditions[part] as Choice | undefined)?.include ?? [];
