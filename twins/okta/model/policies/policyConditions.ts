/** The conditions under which policies and their rules hold. */

import type { World } from '../../../../src/world/world.ts';
import { groups, zones } from '../../world.ts';
import { compileExpression } from '../expressions/expression.ts';
import { isAtLeast } from '../guard/deviceCompliance.ts';
import type { Platform } from '../guard/platform.ts';
import type { User } from '../people/user.ts';
import type { PolicyContext, RiskLevel } from './policyContext.ts';

type Conditions = Readonly<Record<string, unknown>> | null | undefined;

/** What one condition comes to; UNDEFINED where the context does not tell. */
export interface ConditionResult {
  type: string;
  status: 'MATCH' | 'NOT_MATCH' | 'UNDEFINED';
  /** It asks for something: `ANYWHERE`, `ANY` and empty lists ask for nothing. */
  asked?: boolean;
}

/**
 * Whether all conditions of a policy or rule hold. What is not known does not hold. Those that other parts judge
 * (`clients`, `grantTypes`, `scopes` of authorization servers) are theirs, and so is a kind that nobody here knows.
 * https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Policy/
 */
export const conditionsMet = (world: World, conditions: Conditions, context: PolicyContext): boolean =>
  judgeConditions(world, conditions, context).every(({ status }) => status === 'MATCH');

/** The first of these rules that is on and whose conditions hold: the one that decides. */
export const ruleFor = <T extends { status: string; conditions: Conditions }>(
  world: World,
  rules: readonly T[],
  context: PolicyContext,
): T | undefined =>
  rules.find((rule) => rule.status === 'ACTIVE' && conditionsMet(world, rule.conditions, context));

/** Each condition, as the policy simulation shows it. */
export function judgeConditions(
  world: World,
  conditions: Conditions,
  context: PolicyContext,
): ConditionResult[] {
  return Object.entries(conditions ?? {}).flatMap(([type, sent]) => {
    const judge = JUDGES[type];
    if (!judge || sent === null || sent === undefined) return [];
    const holds = judge(world, sent as never, context);
    const status = holds === undefined ? 'UNDEFINED' : holds ? 'MATCH' : 'NOT_MATCH';
    return [{ type: nameOf(type, sent), status, asked: asks(sent) }];
  });
}

/** `people` is told by the list that asks: `people.groups.include`. */
function nameOf(type: string, sent: unknown): string {
  if (type !== 'people') return type;
  for (const [kind, lists] of Object.entries(sent as Record<string, Choice>))
    for (const side of ['include', 'exclude'] as const)
      if (lists?.[side]?.length) return `people.${kind}.${side}`;
  return type;
}

function asks(sent: unknown): boolean {
  if (Array.isArray(sent)) return sent.length > 0;
  if (typeof sent === 'object' && sent !== null) return Object.values(sent).some(asks);
  return sent !== 'ANY' && sent !== 'ANYWHERE' && sent !== null && sent !== undefined && sent !== '';
}

interface Choice<T = string> {
  include?: readonly T[] | null;
  exclude?: readonly T[] | null;
}

type Judge<T> = (world: World, condition: T, context: PolicyContext) => boolean | undefined;

const JUDGES: Readonly<Record<string, Judge<never>>> = {
  people: (_, { users, groups: of }: { users?: Choice; groups?: Choice }, { user, groupIds = [] }) => {
    const asked = [users, of].some((one) => one?.include?.length || one?.exclude?.length);
    if (!asked) return true;
    if (!user) return undefined;
    const isIn = (ids: readonly string[] | null | undefined) =>
      (ids ?? []).some((id) => groupIds.includes(id) || id === 'EVERYONE');
    if (users?.exclude?.includes(user.id) || isIn(of?.exclude)) return false;
    if (!users?.include?.length && !of?.include?.length) return true;
    return users?.include?.includes(user.id) || isIn(of?.include);
  },
  network: (world, { connection, ...ids }: Choice & { connection?: string }, { zoneIds }) => {
    if (connection === undefined || connection === 'ANYWHERE') return true;
    if (!zoneIds) return undefined;
    if (connection === 'ON_NETWORK') return isOnNetwork(world, zoneIds);
    if (connection === 'OFF_NETWORK') return !isOnNetwork(world, zoneIds);
    return chosen(ids, (id) => (id === 'ALL_ZONES' ? zoneIds.length > 0 : zoneIds.includes(id)));
  },
  riskScore: (_, { level }: { level?: string }, { risk }) => isLevel(level, risk),
  entityRisk: (_, { level }: { level?: string }, { userRisk }) => isLevel(level, userRisk),
  riskDetectionTypes: (_, types: Choice, { detections }) =>
    detections && chosen(types, (one) => detections.includes(one)),
  risk: (_, { behaviors }: { behaviors?: readonly string[] }, { behaviors: shown }) =>
    behaviors?.length ? shown && behaviors.some((one) => shown.includes(one)) : true,
  device: (
    _,
    wanted: { registered?: boolean; managed?: boolean; assurance?: { include?: readonly string[] } },
    { device },
  ) => {
    if (!device) return undefined;
    const { registered, managed, assurance } = wanted;
    if (registered != null && registered !== device.registered) return false;
    if (managed != null && managed !== device.managed) return false;
    return !assurance?.include?.length || assurance.include.some((id) => device.assurances.includes(id));
  },
  platform: (_, wanted: Choice<PlatformCondition>, { platform }) =>
    platform && chosen(wanted, (one) => isPlatform(one, platform)),
  userType: (_, types: Choice, { user }) => user && chosen(types, (id) => id === user.type.id),
  authContext: (_, { authType }: { authType?: string }, context) =>
    authType === undefined || authType === 'ANY' || authType === context.authType,
  identityProvider: (
    _,
    { provider, idpIds }: { provider?: string; idpIds?: readonly string[] },
    { idpId },
  ) => {
    if (provider === undefined || provider === 'ANY') return true;
    if (idpId === undefined) return undefined;
    return provider === 'OKTA' ? idpId === 'OKTA' : Boolean(idpIds?.includes(idpId));
  },
  authProvider: (_, { provider }: { provider?: string }, { user }) =>
    provider === undefined || provider === 'ANY' || (user && keeperOf(user) === provider),
  userIdentifier: (_, wanted: IdentifierCondition, context) => isIdentifier(wanted, context),
  app: (_, wanted: Choice<{ type?: string; id?: string; name?: string }>, { app }) => {
    if (!wanted.include?.length && !wanted.exclude?.length) return true;
    return (
      app && chosen(wanted, (one) => (one.type === 'APP_TYPE' ? one.name === app.name : one.id === app.id))
    );
  },
  elCondition: (world, { condition }: { condition?: string | null }, context) =>
    condition ? isTrue(world, condition, context) : true,
};

const chosen = <T>({ include, exclude }: Choice<T>, holds: (one: T) => boolean): boolean =>
  (!include?.length || include.some(holds)) && !exclude?.some(holds);

/** Before zones there was one network of the company, which is kept as a zone. */
function isOnNetwork(world: World, zoneIds: readonly string[]): boolean {
  const legacy = world.list(zones, { index: 'name', equals: 'legacyipzone' }).first();
  return legacy !== undefined && zoneIds.includes(legacy.id);
}

const isLevel = (wanted: string | undefined, level: RiskLevel | undefined): boolean | undefined =>
  wanted === undefined || wanted === 'ANY' ? true : level && wanted === level;

interface PlatformCondition {
  type?: string;
  os?: { type?: string; expression?: string | null; version?: { matchType?: string; value?: string } | null };
}

function isPlatform({ type, os }: PlatformCondition, platform: Platform): boolean {
  if (type && type !== 'ANY' && type !== platform.type) return false;
  const wanted = os?.type === 'OSX' ? 'MACOS' : os?.type;
  if (wanted && wanted !== 'ANY' && wanted !== platform.os) return false;
  if (os?.expression && !matches(os.expression, platform.version)) return false;
  const version = os?.version;
  if (!version?.value) return true;
  return version.matchType === 'EXPRESSION'
    ? matches(version.value, platform.version)
    : isAtLeast(platform.version, version.value);
}

interface IdentifierCondition {
  type?: string;
  attribute?: string | null;
  patterns?: readonly { matchType?: string; value?: string }[] | null;
}

function isIdentifier(
  { type, attribute, patterns }: IdentifierCondition,
  { user, identifier }: PolicyContext,
): boolean | undefined {
  if (!patterns?.length) return true;
  if (type === 'ATTRIBUTE' && !user) return identifier === undefined ? undefined : false;
  const text = type === 'ATTRIBUTE' ? user?.profile[attribute ?? ''] : identifier;
  if (text === undefined || text === null) return type === 'ATTRIBUTE' ? false : undefined;
  return patterns.some(
    ({ matchType = '', value = '' }) => MATCHES[matchType]?.(String(text), value) ?? false,
  );
}

const lower = (text: string): string => text.toLowerCase();
const MATCHES: Readonly<Record<string, (text: string, value: string) => boolean>> = {
  SUFFIX: (text, value) => lower(text).endsWith(lower(value)),
  STARTS_WITH: (text, value) => lower(text).startsWith(lower(value)),
  EQUALS: (text, value) => lower(text) === lower(value),
  CONTAINS: (text, value) => lower(text).includes(lower(value)),
  EXPRESSION: (text, value) => matches(value, text),
};

/** An expression over a short text; one that could take long (a repeated repetition) matches nothing. */
function matches(expression: string, text: string): boolean {
  if (expression.length > EXPRESSION_CHARS_MAX || text.length > EXPRESSION_CHARS_MAX) return false;
  if (/[+*}]\)*[+*{]|\)[+*{]/.test(expression)) return false;
  try {
    return new RegExp(`^(?:${expression})$`).test(text);
  } catch {
    return false;
  }
}

const EXPRESSION_CHARS_MAX = 255;

/** What a condition in the Expression Language may ask about besides `user`. */
const CONDITION_SUBJECTS = ['security', 'device', 'access', 'session', 'accessRequest', 'login'] as const;

function isTrue(world: World, condition: string, context: PolicyContext): boolean | undefined {
  const { user, groupIds = [], device, risk, behaviors = [] } = context;
  if (!user) return undefined;
  const scope = {
    user: { ...user.profile, id: user.id, status: user.status, realmId: user.realmId },
    groupIds,
    groupNames: groupIds.map((id) => world.get(groups, id)?.profile.name ?? ''),
    others: {
      security: { 'risk.level': risk ?? null, behaviors },
      device: {
        'profile.managed': device?.managed ?? false,
        'profile.registered': device?.registered ?? false,
        'profile.platform': device?.platform ?? null,
      },
      login: { identifier: context.identifier ?? null },
    },
  };
  try {
    return compileExpression(condition, (why) => new Error(why), CONDITION_SUBJECTS)(scope) === true;
  } catch {
    return false;
  }
}

/** Who keeps somebody's password; one that is still to be imported is the org's own already. */
const keeperOf = ({ credentials: { provider } }: User): string =>
  provider.type === 'IMPORT' ? 'OKTA' : provider.type;
