/** The means by which somebody can show who they are in an Identity Engine org: authenticators that they have, and may get. */
import type { World } from '../../../../src/world/world.ts';
import type { Authenticator } from '../authenticators/authenticator.ts';
import { type Factor, factorsOf } from '../authenticators/factor.ts';
import { FACTOR_KINDS, kindOf } from '../authenticators/factorKind.ts';
import type { User } from '../people/user.ts';
import { activeAuthenticators, allowedFor, type EnrolmentPolicy, enrollingOf } from './enrolment.ts';

/** An authenticator that somebody has, and its methods, each by the factor that it is; a password and a mail need none. */
export interface Means {
  authenticator: Authenticator;
  methods: { method: string; factor?: Factor }[];
  profile: Record<string, unknown>;
}

/** What somebody has. Whoever has an address that is known has it as an authenticator from the beginning. */
export function meansOf(world: World, user: User, policy: EnrolmentPolicy): Means[] {
  const own = factorsOf(world, user.id).filter((one) => one.status === 'ACTIVE');
  return [...activeAuthenticators(world).values()].flatMap((authenticator): Means[] => {
    const { key } = authenticator;
    if (key === 'okta_password')
      return user.credentials.password !== undefined
        ? [{ authenticator, methods: [PASSWORD], profile: {} }]
        : [];
    if (enrollingOf(policy, key) === 'NOT_ALLOWED' || !allowedFor(authenticator, 'sso')) return [];
    const factors = own.filter((one) => kindOf(one).key === key);
    const methods = factors.map((factor) => ({ method: kindOf(factor).method, factor }));
    if (key === 'okta_email') {
      const { email } = user.profile;
      return isVerified(user)
        ? [{ authenticator, methods: methods.length > 0 ? methods : [MAIL], profile: { email } }]
        : [];
    }
    return factors[0] ? [{ authenticator, methods, profile: factors[0].profile }] : [];
  });
}

/** What somebody may set up, with the methods that there are to choose from. */
export function enrollable(
  world: World,
  user: User,
  policy: EnrolmentPolicy,
): { authenticator: Authenticator; methods: string[] }[] {
  const had = new Set(meansOf(world, user, policy).map(({ authenticator }) => authenticator.key));
  return [...activeAuthenticators(world).values()].flatMap((authenticator) => {
    const { key } = authenticator;
    if (had.has(key)) return [];
    if (key === 'okta_password')
      return user.credentials.provider.type === 'OKTA' ? [{ authenticator, methods: ['password'] }] : [];
    if (enrollingOf(policy, key) === 'NOT_ALLOWED' || !allowedFor(authenticator, 'sso')) return [];
    const methods = Object.values(FACTOR_KINDS).filter((kind) => kind.key === key && kind.proves !== 'otp');
    return methods.length > 0 ? [{ authenticator, methods: methods.map(({ method }) => method) }] : [];
  });
}

const PASSWORD = { method: 'password' };
const MAIL = { method: 'email' };

const isVerified = (user: User): boolean =>
  user.credentials.emails.some(({ value, status }) => value === user.profile.email && status === 'VERIFIED');
