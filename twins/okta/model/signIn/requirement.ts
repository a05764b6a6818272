/**
 * What somebody has to show before they get in: by the global session policy, by the authentication policy of the app,
 * by what the program asks for. https://developer.okta.com/docs/concepts/policies/
 */
import type { World } from '../../../../src/world/world.ts';
import type { App } from '../apps/app.ts';
import { record } from '../log/log.ts';
import { type User, userTarget, whoIs } from '../people/user.ts';
import { decidingRule } from '../policies/policyDecision.ts';
import type { From } from './passwordAttempt.ts';
import { methodFacts, type Proof } from './proof.ts';
import { contextFrom, type SessionDecision } from './sessionPolicy.ts';

/** A way to show something. */
export type Method = Pick<Proof, 'key' | 'method'>;
type Check = (proofs: readonly Proof[]) => boolean;

/** What the app's policy says, as checks that all must hold. */
export interface Requirement {
  access: 'ALLOW' | 'DENY';
  checks: readonly Check[];
}

interface Constraint {
  required?: boolean;
  types?: string[];
  methods?: string[];
  authenticationMethods?: { key?: string; method?: string }[];
  excludedAuthenticationMethods?: { key?: string; method?: string }[];
  deviceBound?: string;
  hardwareProtection?: string;
  phishingResistant?: string;
  reauthenticateIn?: string;
}

interface Verification {
  type?: string;
  factorMode?: '1FA' | '2FA';
  reauthenticateIn?: string;
  constraints?: { knowledge?: Constraint; possession?: Constraint }[];
  chains?: Chain[];
}

interface Chain {
  authenticationMethods?: { key?: string; method?: string }[];
  next?: Chain[];
}

/**
 * The app's requirement in these circumstances; a refusal is written down. What was shown since `startedAt` (universe
 * milliseconds) is fresh, however short the time of the rule is.
 */
export function appRequirement(
  world: World,
  from: From,
  user: User,
  app: App,
  startedAt: number,
): Requirement {
  const context = contextFrom(world, from, user, { app: { id: app.id, name: app.name } });
  const found = decidingRule(world, 'ACCESS_POLICY', context);
  const signOn = (found?.rule.actions.appSignOn ?? {}) as {
    access?: string;
    verificationMethod?: Verification;
  };
  const access = signOn.access === 'DENY' ? 'DENY' : 'ALLOW';
  if (access === 'DENY')
    record(
      world,
      { ...whoIs(user), ...from },
      {
        eventType: 'policy.evaluate_sign_on',
        displayMessage: 'Evaluation of sign-on policy',
        target: [userTarget(user)],
        outcome: { result: 'DENY', reason: 'Sign-on policy evaluation resulted in DENY' },
        debugData: { rule: found?.rule.name },
      },
    );
  return { access, checks: found ? checksOf(world, signOn.verificationMethod ?? {}, startedAt) : [] };
}

function checksOf(world: World, method: Verification, startedAt: number): Check[] {
  const sinceOf = (time: string | undefined) =>
    time === undefined ? 0 : Math.min(world.now() - durationMs(time), startedAt);
  const since = sinceOf(method.reauthenticateIn);
  if (method.type === 'AUTH_METHOD_CHAIN')
    return [(proofs) => (method.chains ?? []).some((one) => isWalked(one, fresh(proofs, since)))];
  const constraints = method.constraints ?? [];
  return [
    (proofs) => enough(fresh(proofs, since), method.factorMode === '2FA'),
    ...(constraints.length > 0
      ? [
          (proofs: readonly Proof[]) =>
            constraints.some(
              ({ knowledge, possession }) =>
                holds(knowledge, 'knowledge', fresh(proofs, since), sinceOf) &&
                holds(possession, 'possession', fresh(proofs, since), sinceOf),
            ),
        ]
      : []),
  ];
}

const fresh = (proofs: readonly Proof[], since: number): Proof[] => proofs.filter(({ at }) => at >= since);

const isWalked = ({ authenticationMethods = [], next = [] }: Chain, proofs: readonly Proof[]): boolean =>
  proofs.some((one) => isAmong(one, authenticationMethods)) &&
  (next.length === 0 || next.some((one) => isWalked(one, proofs)));

const isAmong = ({ key, method }: Method, list: readonly { key?: string; method?: string }[]): boolean =>
  list.some((one) => one.key === key && (one.method === undefined || one.method === method));

/** Two factors are two kinds of proof: something that is known and something that is had. */
const enough = (proofs: readonly Proof[], two: boolean): boolean =>
  two ? new Set(proofs.map((one) => methodFacts(one).is)).size > 1 : proofs.length > 0;

function holds(
  constraint: Constraint | undefined,
  is: 'knowledge' | 'possession',
  proofs: readonly Proof[],
  sinceOf: (time: string | undefined) => number,
): boolean {
  if (!constraint || constraint.required === false) return true;
  return fresh(proofs, sinceOf(constraint.reauthenticateIn)).some((one) => {
    const facts = methodFacts(one);
    const { types, methods, authenticationMethods, excludedAuthenticationMethods } = constraint;
    return (
      facts.is === is &&
      (!types?.length || types.includes(facts.type)) &&
      (!methods?.length || methods.includes(one.method)) &&
      (!authenticationMethods?.length || isAmong(one, authenticationMethods)) &&
      !isAmong(one, excludedAuthenticationMethods ?? []) &&
      (constraint.deviceBound !== 'REQUIRED' || facts.deviceBound === true) &&
      (constraint.hardwareProtection !== 'REQUIRED' || facts.hardware === true) &&
      (constraint.phishingResistant !== 'REQUIRED' || facts.phishingResistant === true)
    );
  });
}

/** What the global session policy wants; a device that is remembered is not asked for the second factor. */
export const sessionChecks = (
  { primaryFactor, requireFactor }: SessionDecision,
  remembered: boolean,
): Check[] => [
  (proofs) => enough(proofs, requireFactor && !remembered),
  ...(primaryFactor === 'PASSWORD_IDP'
    ? [(proofs: readonly Proof[]) => proofs.some(({ key }) => key === 'okta_password')]
    : []),
];

/** What a program may ask for by `acr_values`. https://developer.okta.com/docs/guides/step-up-authentication/main/ */
const ACR: Readonly<Record<string, Check>> = {
  '1fa any': (proofs) => enough(proofs, false),
  '1fa pwd': (proofs) => proofs.some(({ key }) => key === 'okta_password'),
  '2fa any': (proofs) => enough(proofs, true),
  '2fa any ifpossible': (proofs) => enough(proofs, false),
  phr: (proofs) => proofs.some((one) => methodFacts(one).phishingResistant),
  phrh: (proofs) => proofs.some((one) => methodFacts(one).phishingResistant && methodFacts(one).hardware),
};

/** The check behind an `acr_values` (`urn:okta:loa:` and a level); undefined where the org has no such level. */
export function acrCheck(acr: string): Check | undefined {
  const level = acr.replace(/^urn:okta:loa:/, '').replaceAll(':', ' ');
  return Object.hasOwn(ACR, level) ? ACR[level] : undefined;
}

/** Whether all checks hold. */
export const isSatisfied = (checks: readonly Check[], proofs: readonly Proof[]): boolean =>
  checks.every((check) => check(proofs));

/**
 * The methods, of those that somebody could show, with which the fewest more have to be shown; none where all of them
 * together would not do. What was shown before this sign-in (`startedAt`, universe milliseconds) may be shown again.
 */
export function nextMethods(
  checks: readonly Check[],
  proofs: readonly Proof[],
  methods: readonly Method[],
  { now, startedAt }: { now: number; startedAt: number },
): Method[] {
  const shown = proofs.filter(({ at }) => at >= startedAt);
  const left = methods.filter(
    (one) => !shown.some(({ key, method }) => key === one.key && method === one.method),
  );
  for (let count = 1; count <= MORE_MAX; count++) {
    const useful = new Set(
      subsets(left, count)
        .filter((some) => isSatisfied(checks, [...proofs, ...some.map((one) => ({ ...one, at: now }))]))
        .flat(),
    );
    if (useful.size > 0) return left.filter((one) => useful.has(one));
  }
  return [];
}

/** No policy asks for more than this at once. */
const MORE_MAX = 3;

const subsets = <T>(all: readonly T[], count: number): T[][] =>
  count === 0
    ? [[]]
    : all.flatMap((one, i) => subsets(all.slice(i + 1), count - 1).map((rest) => [one, ...rest]));

/** Milliseconds of `PT2H30M`, `P1D`; ISO 8601 without months and years. */
function durationMs(text: string): number {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text);
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = (match ?? [])
    .slice(1)
    .map((part) => Number(part ?? 0));
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000;
}
