/**
 * The global session policy at work: whether somebody may have a session, whether a password is enough for it, how long
 * it lasts. https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Policy/
 */
import type { World } from '../../../../src/world/world.ts';
import { record } from '../log/log.ts';
import { type User, userTarget, whoIs } from '../people/user.ts';
import type { Policy } from '../policies/policy.ts';
import { contextOf, type PolicyContext } from '../policies/policyContext.ts';
import { decidingRule } from '../policies/policyDecision.ts';
import type { PolicyRule } from '../policies/policyRule.ts';
import type { From } from './passwordAttempt.ts';
import { type SessionTerms, USUAL_TERMS } from './session.ts';

/** What the first rule that fits says. Minutes. */
export interface SessionDecision {
  access: 'ALLOW' | 'DENY';
  requireFactor: boolean;
  /** How often a device that was remembered is asked again. */
  factorPromptMode: 'ALWAYS' | 'SESSION' | 'DEVICE';
  factorLifetimeMinutes: number;
  rememberDeviceByDefault: boolean;
  primaryFactor: 'PASSWORD_IDP' | 'PASSWORD_IDP_ANY_FACTOR';
  terms: SessionTerms;
}

/** Judges the rules, and writes down what they came to. */
export function decideSession(world: World, from: From, user: User): SessionDecision {
  const context = contextFrom(world, from, user);
  const found = decidingRule(world, 'OKTA_SIGN_ON', context);
  const decision = decisionOf(found?.rule);
  const result = decision.access === 'DENY' ? 'DENY' : decision.requireFactor ? 'CHALLENGE' : 'ALLOW';
  record(
    world,
    { ...whoIs(user), ...from },
    {
      eventType: 'policy.evaluate_sign_on',
      displayMessage: 'Evaluation of sign-on policy',
      target: [userTarget(user), ...(found ? targets(found) : [])],
      outcome: { result, reason: `Sign-on policy evaluation resulted in ${result}` },
    },
  );
  return decision;
}

/** What the rule says, where nobody signs in just now. */
export const sessionRuleOf = (world: World, from: From, user: User): SessionDecision =>
  decisionOf(decidingRule(world, 'OKTA_SIGN_ON', contextFrom(world, from, user))?.rule);

/** The circumstances of a sign-in. */
export const contextFrom = (
  world: World,
  { client }: From,
  user: User,
  more: Partial<PolicyContext> = {},
): PolicyContext => contextOf(world, client ?? { ipAddress: '127.0.0.1', userAgent: '' }, user, more);

interface SignOn {
  access?: 'ALLOW' | 'DENY';
  requireFactor?: boolean;
  factorPromptMode?: SessionDecision['factorPromptMode'];
  factorLifetime?: number;
  rememberDeviceByDefault?: boolean;
  primaryFactor?: SessionDecision['primaryFactor'];
  session?: {
    maxSessionIdleMinutes?: number;
    maxSessionLifetimeMinutes?: number;
    usePersistentCookie?: boolean;
  };
}

function decisionOf(rule: PolicyRule | undefined): SessionDecision {
  const { session = {}, ...sent } = ((rule?.actions.signon as SignOn | undefined) ?? {}) as SignOn;
  return {
    access: sent.access ?? 'ALLOW',
    requireFactor: sent.requireFactor ?? false,
    factorPromptMode: sent.factorPromptMode ?? 'ALWAYS',
    factorLifetimeMinutes: sent.factorLifetime ?? 15,
    rememberDeviceByDefault: sent.rememberDeviceByDefault ?? false,
    primaryFactor: sent.primaryFactor ?? 'PASSWORD_IDP_ANY_FACTOR',
    terms: {
      idleMinutes: session.maxSessionIdleMinutes ?? USUAL_TERMS.idleMinutes,
      lifetimeMinutes: session.maxSessionLifetimeMinutes ?? USUAL_TERMS.lifetimeMinutes,
      persistent: session.usePersistentCookie ?? USUAL_TERMS.persistent,
    },
  };
}

const targets = ({ policy, rule }: { policy: Policy; rule: PolicyRule }) => [
  {
    id: policy.id,
    type: 'PolicyEntity',
    alternateId: 'unknown',
    displayName: policy.name,
    detailEntry: { policyType: policy.type },
  },
  { id: rule.id, type: 'PolicyRule', alternateId: 'unknown', displayName: rule.name, detailEntry: null },
];
