/**
 * Password policies at work: what a password must be like, how long it is good, how many wrong ones lock an account.
 * https://developer.okta.com/docs/api/openapi/okta-management/management/tag/Policy/
 */
import type { World } from '../../../../src/world/world.ts';
import { invalid, refuse } from '../../errors.ts';
import { PASSWORD_CHARS_MAX } from '../../limits.ts';
import { secrets } from '../../world.ts';
import { membershipsOf } from '../groups/group.ts';
import { findPolicies, type Policy } from '../policies/policy.ts';
import { conditionsMet, ruleFor } from '../policies/policyConditions.ts';
import type { PolicyContext } from '../policies/policyContext.ts';
import { type PolicyRule, rulesOf } from '../policies/policyRule.ts';
import { digest } from './password.ts';
import type { User } from './user.ts';

/** What a password must be made of. */
export interface Complexity {
  minLength: number;
  minLowerCase: number;
  minUpperCase: number;
  minNumber: number;
  minSymbol: number;
  excludeUsername: boolean;
  excludeAttributes: string[];
  dictionary: { common: { exclude: boolean } };
}

/** The settings of a password policy, filled up. */
export interface PasswordSettings {
  password: {
    complexity: Complexity;
    age: { maxAgeDays: number; expireWarnDays: number; minAgeMinutes: number; historyCount: number };
    lockout: {
      maxAttempts: number;
      autoUnlockMinutes: number;
      showLockoutFailures: boolean;
      userLockoutNotificationChannels?: string[];
    };
  };
  recovery: {
    factors: Record<'recovery_question' | 'okta_email' | 'okta_sms' | 'okta_call', RecoveryFactor>;
  };
}

interface RecoveryFactor {
  status: 'ACTIVE' | 'INACTIVE';
  properties?: { recoveryToken?: { tokenLifetimeMinutes?: number } };
}

/** What somebody may do about their own password. */
export type SelfService = 'passwordChange' | 'selfServicePasswordReset' | 'selfServiceUnlock';

/**
 * The password policy that holds for somebody: the first by priority that their groups are in; the default one for who
 * signs in elsewhere, at an identity provider.
 */
export function passwordPolicyOf(world: World, user: User): Policy {
  const context = peopleContext(world, user);
  const all = findPolicies(world, { type: 'PASSWORD', status: 'ACTIVE' }).toArray();
  const found = all.find((one) => conditionsMet(world, one.conditions, context)) ?? all.at(-1);
  if (!found) throw new Error('there is no default password policy');
  return found;
}

/** Its settings. */
export const passwordSettingsOf = (world: World, user: User): PasswordSettings =>
  passwordPolicyOf(world, user).settings as unknown as PasswordSettings;

/** Whether the rules of their policy let somebody change, reset or unlock by themselves. */
export function mayHelpThemselves(
  world: World,
  user: User,
  what: SelfService,
  context?: PolicyContext,
): boolean {
  const rules: PolicyRule[] = rulesOf(world, passwordPolicyOf(world, user).id).toArray();
  const rule = ruleFor(world, rules, context ?? peopleContext(world, user));
  const action = rule?.actions[what] as { access?: string } | undefined;
  return action ? action.access === 'ALLOW' : what !== 'selfServiceUnlock';
}

/** Refuses (E0000001) a password that the policy of its user does not take. */
export function checkPasswordText(world: World, user: User, value: unknown): void {
  const { complexity, age } = passwordSettingsOf(world, user).password;
  if (typeof value !== 'string' || !fits(value, user, complexity))
    throw invalid(
      'password',
      `password: Password requirements were not met. Password requirements: ${requirementsOf(complexity)}.${history(age.historyCount)}`,
    );
}

/**
 * Refuses (E0000080) a password that its own user may not choose: one that breaks the policy, one of the last ones, one
 * too soon after the one before.
 */
export function checkOwnChoice(world: World, user: User, value: unknown): void {
  const { complexity, age } = passwordSettingsOf(world, user).password;
  if (typeof value !== 'string' || !fits(value, user, complexity))
    throw refuse('E0000080', {
      causes: [`Password requirements were not met. Password requirements: ${requirementsOf(complexity)}.`],
    });
  if (age.historyCount > 0 && recentOf(world, user.id, age.historyCount).includes(digest(value)))
    throw refuse('E0000080', { causes: ['Password has been used too recently'] });
  const changed = user.passwordChanged === null ? 0 : Date.parse(user.passwordChanged);
  if (
    age.minAgeMinutes > 0 &&
    user.status === 'ACTIVE' &&
    world.now() - changed < age.minAgeMinutes * MINUTE_MS
  )
    throw refuse('E0000080', { causes: ['Passwords cannot be changed until the minimum age has passed'] });
}

/** How long somebody's password is still good, in whole days; undefined where it never ends. */
export function passwordDaysLeft(world: World, user: User): number | undefined {
  const { maxAgeDays } = passwordSettingsOf(world, user).password.age;
  if (maxAgeDays <= 0 || user.passwordChanged === null) return undefined;
  return Math.ceil((Date.parse(user.passwordChanged) + maxAgeDays * DAY_MS - world.now()) / DAY_MS);
}

/** What a password of theirs needs, in the service's words. */
export const requirementsOf = (complexity: Complexity): string =>
  [
    `at least ${complexity.minLength} characters`,
    ...(complexity.minLowerCase > 0 ? ['a lowercase letter'] : []),
    ...(complexity.minUpperCase > 0 ? ['an uppercase letter'] : []),
    ...(complexity.minNumber > 0 ? ['a number'] : []),
    ...(complexity.minSymbol > 0 ? ['a symbol'] : []),
    ...(complexity.excludeUsername ? ['no parts of your username'] : []),
    ...complexity.excludeAttributes.map((name) => `does not include your ${ATTRIBUTES[name] ?? name}`),
  ].join(', ');

const ATTRIBUTES: Readonly<Record<string, string>> = { firstName: 'first name', lastName: 'last name' };
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

const history = (count: number): string =>
  count > 0 ? ` Your password cannot be any of your last ${count} passwords.` : '';

function fits(value: string, { profile }: User, complexity: Complexity): boolean {
  const has = (pattern: RegExp, least: number) => (value.match(pattern) ?? []).length >= least;
  const text = value.toLowerCase();
  const holds = (part: unknown) => typeof part === 'string' && part.length > 3 && text.includes(part);
  return (
    value.length >= complexity.minLength &&
    value.length <= PASSWORD_CHARS_MAX &&
    has(/[a-z]/g, complexity.minLowerCase) &&
    has(/[A-Z]/g, complexity.minUpperCase) &&
    has(/\d/g, complexity.minNumber) &&
    has(/[^A-Za-z\d\s]/g, complexity.minSymbol) &&
    !(complexity.excludeUsername && partsOf(profile.login).some(holds)) &&
    !complexity.excludeAttributes.some((name) => holds(String(profile[name] ?? '').toLowerCase())) &&
    !(complexity.dictionary?.common?.exclude && COMMON.has(text))
  );
}

const partsOf = (login: string): string[] => (login.split('@')[0] ?? '').toLowerCase().split(/[.,\-_#@]/);

/** Some of the passwords that everybody tries first. */
const COMMON: ReadonlySet<string> = new Set(
  (
    'password1 password12 password123 passw0rd passw0rd1 p@ssw0rd p@ssw0rd1 p@ssword1 welcome1 welcome123 qwerty123 ' +
    'qwerty12 letmein1 abc12345 abcd1234 admin123 iloveyou1 monkey123 football1 baseball1 sunshine1 princess1'
  ).split(' '),
);

const recentOf = (world: World, userId: string, count: number): (string | undefined)[] => {
  const kept = world.get(secrets, userId);
  return [kept?.password, ...(kept?.history ?? [])].slice(0, count);
};

const peopleContext = (world: World, user: User): PolicyContext => ({
  user,
  groupIds: membershipsOf(world, user.id).map(({ groupId }) => groupId),
  zoneIds: [],
});
