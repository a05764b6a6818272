/** Which policy decides, and by which of its rules; and the same told step by step, as a simulation shows it. */
import type { World } from '../../../../src/world/world.ts';
import { notWellFormed } from '../../errors.ts';
import { policies, users } from '../../world.ts';
import { findApp } from '../apps/app.ts';
import { membershipsOf } from '../groups/group.ts';
import { zonesOf } from '../guard/zoneMatch.ts';
import type { User } from '../people/user.ts';
import { findPolicies, findPolicy, type Policy } from './policy.ts';
import { type ConditionResult, conditionsMet, judgeConditions, ruleFor } from './policyConditions.ts';
import type { PolicyContext, RiskLevel } from './policyContext.ts';
import { type PolicyRule, rulesOf } from './policyRule.ts';

/**
 * The rule that decides: the first that holds, of the first policy of a kind that holds and has such a rule. Policies
 * that apps are assigned are those of the app. https://developer.okta.com/docs/concepts/policies/#policy-evaluation
 */
export function decidingRule(
  world: World,
  type: string,
  context: PolicyContext,
): { policy: Policy; rule: PolicyRule } | undefined {
  for (const policy of candidates(world, type, context.app?.id)) {
    if (!conditionsMet(world, policy.conditions, context)) continue;
    const rule = ruleFor(world, rulesOf(world, policy.id).toArray(), context);
    if (rule) return { policy, rule };
  }
  return undefined;
}

/** The policies of a kind that may decide, in their order. */
function candidates(world: World, type: string, appId: string | undefined): Policy[] {
  if (ASSIGNED.has(type)) {
    const app = appId === undefined ? undefined : findApp(world, appId);
    const id = type === 'ACCESS_POLICY' ? app?.accessPolicy : app?.profileEnrollment;
    const own = id ? world.get(policies, id) : undefined;
    return own?.status === 'ACTIVE' ? [own] : [];
  }
  return findPolicies(world, { type, status: 'ACTIVE' }).toArray();
}

const ASSIGNED: ReadonlySet<string> = new Set(['ACCESS_POLICY', 'PROFILE_ENROLLMENT']);

type Status = ConditionResult['status'];

interface Judged {
  id: string;
  name: string;
  status: Status;
  conditions: ConditionResult[];
}
type JudgedPolicy = Judged & { rules: Judged[] };

/** What a simulation of one kind of policy came to. */
export interface Evaluation {
  status: Status;
  policyType: string[];
  result: { policies: JudgedPolicy[] };
  undefined: { policies: JudgedPolicy[] };
  evaluated: { policies: JudgedPolicy[] };
}

/** One simulation that is asked for. */
export interface SimulationInput {
  appInstance?: string;
  policyTypes?: string[];
  policyContext?: {
    user?: { id?: string };
    groups?: { ids?: string[] };
    ip?: string;
    zones?: { ids?: string[] };
    risk?: { level?: RiskLevel };
    device?: { platform?: string; registered?: boolean; managed?: boolean; assuranceId?: string };
  };
}

const TYPES = ['OKTA_SIGN_ON', 'MFA_ENROLL', 'ACCESS_POLICY', 'PROFILE_ENROLLMENT'] as const;

/**
 * Judges policies for circumstances that are given. Throws E0000003 where an app, a user or groups are missing or a
 * kind of policy cannot be simulated, E0000007 for an app that is not there.
 */
export function simulate(world: World, input: readonly SimulationInput[] | undefined): Evaluation[] {
  if (!Array.isArray(input) || input.length === 0) throw notWellFormed();
  return (input as readonly SimulationInput[]).flatMap((one) => {
    if (!one?.appInstance || !one.policyContext?.user || !one.policyContext.groups) throw notWellFormed();
    const types = one.policyTypes?.length ? one.policyTypes : TYPES;
    if (types.some((type) => !TYPES.includes(type as (typeof TYPES)[number]))) throw notWellFormed();
    const app = findApp(world, one.appInstance);
    const context = contextOfSimulation(world, one.policyContext);
    return types.map((type) => evaluate(world, type, { ...context, app: { id: app.id, name: app.name } }));
  });
}

function contextOfSimulation(
  world: World,
  { user: { id } = {}, groups, ip, zones, risk, device }: NonNullable<SimulationInput['policyContext']>,
): PolicyContext {
  const user: User | undefined = id ? world.get(users, id) : undefined;
  const zoneIds = zones?.ids ?? (ip ? zonesOf(world, ip) : undefined);
  const groupIds = groups?.ids?.length
    ? groups.ids
    : user && membershipsOf(world, user.id).map(({ groupId }) => groupId);
  return {
    ...(user ? { user, identifier: user.profile.login } : {}),
    ...(groupIds ? { groupIds } : {}),
    ...(zoneIds ? { zoneIds } : {}),
    ...(risk?.level ? { risk: risk.level } : {}),
    ...(device ? ofDevice(device) : {}),
  };
}

function ofDevice({
  platform = '',
  registered = false,
  managed = false,
  assuranceId,
}: NonNullable<NonNullable<SimulationInput['policyContext']>['device']>): Partial<PolicyContext> {
  const os = PLATFORMS[platform.toUpperCase()];
  return {
    device: { platform, registered, managed, assurances: assuranceId ? [assuranceId] : [] },
    ...(os ? { platform: { type: os[0], os: os[1], version: '' } } : {}),
  };
}

const PLATFORMS: Readonly<
  Record<string, readonly ['MOBILE' | 'DESKTOP', NonNullable<PolicyContext['platform']>['os']]>
> = {
  IOS: ['MOBILE', 'IOS'],
  ANDROID: ['MOBILE', 'ANDROID'],
  WINDOWS: ['DESKTOP', 'WINDOWS'],
  MACOS: ['DESKTOP', 'MACOS'],
  CHROMEOS: ['DESKTOP', 'CHROMEOS'],
  LINUX: ['DESKTOP', 'LINUX'],
};

function evaluate(world: World, type: string, context: PolicyContext): Evaluation {
  const judged: JudgedPolicy[] = [];
  for (const policy of candidates(world, type, context.app?.id)) {
    const one = judgePolicy(world, findPolicy(world, policy.id), context);
    judged.push(one);
    if (one.status === 'MATCH') break;
  }
  const of = (status: Status) => ({ policies: judged.filter((one) => one.status === status) });
  const result = of('MATCH');
  const open = of('UNDEFINED');
  return {
    status: result.policies.length > 0 ? 'MATCH' : open.policies.length > 0 ? 'UNDEFINED' : 'NOT_MATCH',
    policyType: [type],
    result,
    undefined: open,
    evaluated: of('NOT_MATCH'),
  };
}

/** A policy holds if it does itself and one of its rules does; its rules are judged up to that one. */
function judgePolicy(world: World, policy: Policy, context: PolicyContext): JudgedPolicy {
  const own = judge(world, policy, context);
  const rules: Judged[] = [];
  if (own.status === 'MATCH')
    for (const rule of rulesOf(world, policy.id).toArray()) {
      if (rule.status !== 'ACTIVE') continue;
      rules.push(judge(world, rule, context));
      if (rules.at(-1)?.status === 'MATCH') break;
    }
  const said = rules.map(({ status }) => status);
  const byRules = said.includes('MATCH') ? 'MATCH' : said.includes('UNDEFINED') ? 'UNDEFINED' : 'NOT_MATCH';
  return { ...own, status: own.status === 'MATCH' ? byRules : own.status, rules };
}

function judge(
  world: World,
  { id, name, conditions }: Pick<Policy, 'id' | 'name' | 'conditions'>,
  context: PolicyContext,
): Judged {
  const results = judgeConditions(world, conditions, context);
  const said = results.map(({ status }) => status);
  const status = said.includes('NOT_MATCH')
    ? 'NOT_MATCH'
    : said.includes('UNDEFINED')
      ? 'UNDEFINED'
      : 'MATCH';
  return { id, name, status, conditions: results.filter((one) => one.asked).map(shown) };
}

const shown = ({ type, status }: ConditionResult): ConditionResult => ({ type, status });
