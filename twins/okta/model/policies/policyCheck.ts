/** What policies and rules may say: values that there are, things that are there, numbers within their limits. */
import type { Table } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { invalid, notWellFormed } from '../../errors.ts';
import { IDP_PROVIDERS_MAX, PROFILE_ATTRIBUTES_MAX } from '../../limits.ts';
import { behaviors, deviceAssurances } from '../../world/security.ts';
import { groups, idps, inlineHooks, users, userTypes, zones } from '../../world.ts';
import type { PolicyInput } from './policy.ts';
import type { PolicyRuleInput } from './policyRule.ts';

type Parts = Record<string, unknown>;

/**
 * Checks what a policy says. Throws E0000003 for a word that there is not, E0000001 for things that are not there and
 * for numbers out of their range.
 */
export function checkPolicyParts(world: World, input: PolicyInput): void {
  checkWords(input as Parts, POLICY_WORDS);
  checkNumbers(input as Parts, POLICY_NUMBERS);
  checkThings(world, input as Parts);
}

/** Checks what a rule says, in the same way. */
export function checkRuleParts(world: World, input: PolicyRuleInput): void {
  checkWords(input as Parts, RULE_WORDS);
  checkNumbers(input as Parts, RULE_NUMBERS);
  checkNetwork(world, (input.conditions ?? {}) as Parts);
  checkThings(world, input as Parts);
  checkProviders(world, input.actions ?? {});
  checkExpression(at(input as Parts, 'conditions.elCondition.condition'));
  const { verificationMethod } = (at(input as Parts, 'actions.appSignOn') ?? {}) as Record<string, Parts>;
  if (verificationMethod?.type === 'AUTH_METHOD_CHAIN' && !(verificationMethod.chains as unknown[])?.length)
    throw invalid('chains', 'chains: The field cannot be left blank');
}

/** Words that a field may hold; a service that reads another one finds the body not well-formed. */
const POLICY_WORDS: Readonly<Record<string, readonly string[]>> = {
  status: ['ACTIVE', 'INACTIVE'],
  'conditions.authProvider.provider': ['ACTIVE_DIRECTORY', 'ANY', 'LDAP', 'OKTA'],
  'settings.recovery.factors.recovery_question.status': ['ACTIVE', 'INACTIVE'],
  'settings.recovery.factors.okta_email.status': ['ACTIVE', 'INACTIVE'],
  'settings.recovery.factors.okta_sms.status': ['ACTIVE', 'INACTIVE'],
  'settings.recovery.factors.okta_call.status': ['ACTIVE', 'INACTIVE'],
};

const ALLOW_DENY = ['ALLOW', 'DENY'];
const LEVELS = ['ANY', 'LOW', 'MEDIUM', 'HIGH'];
const RULE_WORDS: Readonly<Record<string, readonly string[]>> = {
  status: ['ACTIVE', 'INACTIVE'],
  'conditions.network.connection': ['ANYWHERE', 'ZONE', 'ON_NETWORK', 'OFF_NETWORK'],
  'conditions.authContext.authType': ['ANY', 'RADIUS', 'LDAP_INTERFACE'],
  'conditions.riskScore.level': LEVELS,
  'conditions.entityRisk.level': LEVELS,
  'conditions.identityProvider.provider': ['ANY', 'OKTA', 'SPECIFIC_IDP'],
  'conditions.userIdentifier.type': ['IDENTIFIER', 'ATTRIBUTE'],
  'actions.signon.access': ALLOW_DENY,
  'actions.signon.factorPromptMode': ['ALWAYS', 'DEVICE', 'SESSION'],
  'actions.signon.primaryFactor': ['PASSWORD_IDP', 'PASSWORD_IDP_ANY_FACTOR'],
  'actions.appSignOn.access': ALLOW_DENY,
  'actions.appSignOn.verificationMethod.type': ['ASSURANCE', 'AUTH_METHOD_CHAIN', 'ID_PROOFING'],
  'actions.appSignOn.verificationMethod.factorMode': ['1FA', '2FA'],
  'actions.passwordChange.access': ALLOW_DENY,
  'actions.selfServicePasswordReset.access': ALLOW_DENY,
  'actions.selfServicePasswordReset.requirement.accessControl': ['AUTH_POLICY', 'LEGACY'],
  'actions.selfServiceUnlock.access': ALLOW_DENY,
  'actions.enroll.self': ['CHALLENGE', 'LOGIN', 'NEVER'],
  'actions.idp.idpSelectionType': ['SPECIFIC', 'DYNAMIC'],
  'actions.profileEnrollment.access': ALLOW_DENY,
  'actions.profileEnrollment.unknownUserAction': ['DENY', 'REGISTER'],
  'actions.profileEnrollment.progressiveProfilingAction': ['ENABLED', 'DISABLED'],
};

function checkWords(input: Parts, words: Readonly<Record<string, readonly string[]>>): void {
  for (const [path, allowed] of Object.entries(words)) {
    const value = at(input, path);
    if (value !== undefined && value !== null && value !== '' && !allowed.includes(value as string))
      throw notWellFormed();
  }
}

/** Least and most of a number. https://help.okta.com/oie/en-us/content/topics/security/policies/configure-password-policies.htm */
type Ranges = Readonly<Record<string, readonly [number, number]>>;
const POLICY_NUMBERS: Ranges = {
  'settings.password.complexity.minLength': [4, 72],
  'settings.password.complexity.minLowerCase': [0, 1],
  'settings.password.complexity.minUpperCase': [0, 1],
  'settings.password.complexity.minNumber': [0, 1],
  'settings.password.complexity.minSymbol': [0, 1],
  'settings.password.complexity.maxConsecutiveCharacters': [1, 72],
  'settings.password.age.maxAgeDays': [0, 999],
  'settings.password.age.expireWarnDays': [0, 999],
  'settings.password.age.minAgeMinutes': [0, 1_440_000],
  'settings.password.age.historyCount': [0, 30],
  'settings.password.lockout.maxAttempts': [0, 100],
  'settings.password.lockout.autoUnlockMinutes': [0, 1_440_000],
  'settings.recovery.factors.recovery_question.properties.complexity.minLength': [1, 100],
  'settings.recovery.factors.okta_email.properties.recoveryToken.tokenLifetimeMinutes': [1, 4_320_000],
};
const RULE_NUMBERS: Ranges = {
  'actions.signon.factorLifetime': [0, 525_600],
  'actions.signon.session.maxSessionIdleMinutes': [0, 129_600],
  'actions.signon.session.maxSessionLifetimeMinutes': [0, 525_600],
};

function checkNumbers(input: Parts, ranges: Ranges): void {
  for (const [path, [least, most]] of Object.entries(ranges)) {
    const value = at(input, path);
    if (value === undefined || value === null) continue;
    if (typeof value !== 'number') throw notWellFormed();
    const field = path.slice(path.lastIndexOf('.') + 1);
    if (value < least || value > most)
      throw invalid(field, `${field}: The value must be between ${least} and ${most}`);
  }
}

/** Where ids stand, and of what. */
const THINGS: readonly (readonly [string, Table<{ id: string }>, string])[] = [
  ['conditions.people.users.include', users, 'User'],
  ['conditions.people.users.exclude', users, 'User'],
  ['conditions.people.groups.include', groups, 'Group'],
  ['conditions.people.groups.exclude', groups, 'Group'],
  ['conditions.userType.include', userTypes, 'User type'],
  ['conditions.userType.exclude', userTypes, 'User type'],
  ['conditions.device.assurance.include', deviceAssurances, 'Device assurance policy'],
  ['conditions.risk.behaviors', behaviors, 'Behavior'],
  ['conditions.identityProvider.idpIds', idps, 'Identity provider'],
  ['actions.profileEnrollment.targetGroupIds', groups, 'Group'],
] as unknown as readonly (readonly [string, Table<{ id: string }>, string])[];

function checkThings(world: World, input: Parts): void {
  for (const [path, table, kind] of THINGS)
    for (const id of [at(input, path) ?? []].flat() as string[])
      if (!world.get(table, id)) {
        const field = path.replace(/\.(include|exclude)$/, '').replace(/^.*\./, '');
        throw invalid(field, `${field}: ${kind} ${id} does not exist`);
      }
  const hooks = (at(input, 'actions.profileEnrollment.preRegistrationInlineHooks') ?? []) as Parts[];
  if (hooks.length > 1 || hooks.some(({ inlineHookId }) => !world.get(inlineHooks, String(inlineHookId))))
    throw invalid('preRegistrationInlineHooks', 'preRegistrationInlineHooks: Invalid inline hook');
  const attributes = (at(input, 'actions.profileEnrollment.profileAttributes') ?? []) as unknown[];
  if (attributes.length > PROFILE_ATTRIBUTES_MAX)
    throw invalid(
      'profileAttributes',
      `profileAttributes: At most ${PROFILE_ATTRIBUTES_MAX} profile attributes are supported`,
    );
}

function checkNetwork(world: World, conditions: Parts): void {
  const network = conditions.network as {
    connection?: string;
    include?: string[];
    exclude?: string[];
  } | null;
  if (network?.connection !== 'ZONE') return;
  const { include = [], exclude = [] } = network;
  if (Boolean(include?.length) === Boolean(exclude?.length))
    throw invalid(
      'conditions.network',
      'conditions.network: You should either include or exclude network zones when you use zones in the policy rule.',
    );
  for (const id of [...(include ?? []), ...(exclude ?? [])])
    if (id !== 'ALL_ZONES' && world.get(zones, id)?.usage !== 'POLICY')
      throw invalid('conditions.network', `conditions.network: Network zone ${id} does not exist`);
}

function checkProviders(world: World, actions: Parts): void {
  const { providers, idpSelectionType, matchCriteria } = (actions.idp ?? {}) as {
    providers?: { type?: string; id?: string }[];
    idpSelectionType?: string;
    matchCriteria?: unknown[];
  };
  if (idpSelectionType === 'DYNAMIC' && !matchCriteria?.length)
    throw invalid('matchCriteria', 'matchCriteria: The field cannot be left blank');
  if ((providers?.length ?? 0) > IDP_PROVIDERS_MAX)
    throw invalid('providers', `providers: At most ${IDP_PROVIDERS_MAX} identity providers are supported`);
  for (const { type, id } of providers ?? [])
    if (type !== 'OKTA' && !world.get(idps, id ?? ''))
      throw invalid('providers', `providers: Identity provider ${id} does not exist`);
}

/** Only what cannot be an expression at all: quotes and brackets that are not closed. */
function checkExpression(condition: unknown): void {
  if (typeof condition !== 'string') return;
  const bare = condition.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '');
  const count = (sign: string) => bare.split(sign).length;
  if (/["']/.test(bare) || count('(') !== count(')') || count('{') !== count('}'))
    throw invalid('elCondition', `elCondition: Invalid expression ${condition}`);
}

const at = (input: Parts, path: string): unknown =>
  path.split('.').reduce<unknown>((value, name) => (value as Parts | null | undefined)?.[name], input);
