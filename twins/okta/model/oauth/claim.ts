/**
 * What tokens say of people: the claims of OpenID Connect, and those that an authorization server was given.
 * https://developer.okta.com/docs/guides/customize-tokens-returned-from-okta/
 */
import type { World } from '../../../../src/world/world.ts';
import { appUsers, groupMembers, groups } from '../../world.ts';
import type { App } from '../apps/app.ts';
import { claimsOf as federatedClaimsOf } from '../apps/federatedClaim.ts';
import { type Claim, claimsOf, IDENTITY_CLAIMS } from '../authServers/authServerPart.ts';
import { compileExpression, type ExpressionScope } from '../expressions/expression.ts';
import { displayName, type User } from '../people/user.ts';
import { clientIdOf } from './client.ts';
import type { Issuer } from './issuer.ts';
import type { Claims } from './signing.ts';

/** Whom and what claims are about. */
export interface Subject {
  app: App;
  /** Absent where a client asks for itself. */
  user: User | undefined;
  scopes: readonly string[];
}

/** The claims that a server adds to access tokens, `sub` among them. */
export function resourceClaims(world: World, { server }: Issuer, subject: Subject): Claims {
  if (!server) return { sub: subject.user?.profile.login ?? clientIdOf(subject.app) };
  return valuesOf(
    world,
    claimsOf(world, server.id).filter((claim) => claim.claimType === 'RESOURCE' && lets(claim, subject)),
    subject,
  );
}

/**
 * The claims about a person that scopes let out. `slim`: beside an access token an ID token carries only what it
 * always has; the rest is at `/userinfo`.
 */
export function identityClaims(
  world: World,
  { server }: Issuer,
  subject: Subject & { user: User },
  slim: boolean,
): Claims {
  const standard = standardClaims(subject.user);
  const federated = federatedOf(world, subject);
  if (!server) {
    const out = IDENTITY_CLAIMS.filter(
      ([name, scope]) => subject.scopes.includes(scope) && (!slim || SLIM.has(name)),
    );
    return { ...present(out.map(([name]) => [name, standard[name]])), ...federated };
  }
  const claims = claimsOf(world, server.id).filter(
    (claim) =>
      claim.claimType === 'IDENTITY' &&
      lets(claim, subject) &&
      (!slim || claim.alwaysIncludeInToken || SLIM.has(claim.name)),
  );
  const [system, own] = [claims.filter((one) => one.system), claims.filter((one) => !one.system)];
  return {
    ...present(system.map(({ name }) => [name, standard[name]])),
    ...valuesOf(world, own, subject),
    ...federated,
  };
}

/** What an app is told at every sign-in, whatever the scopes. */
const federatedOf = (world: World, subject: Subject): Claims =>
  valuesOf(
    world,
    federatedClaimsOf(world, subject.app.id).map(({ name, expression }) => ({ name, value: expression })),
    subject,
  );

const SLIM: ReadonlySet<string> = new Set(['name', 'email', 'preferred_username']);

const lets = ({ status, conditions }: Claim, { scopes }: Subject): boolean =>
  status === 'ACTIVE' &&
  (conditions.scopes.length === 0 || conditions.scopes.some((scope) => scopes.includes(scope)));

const present = (pairs: readonly (readonly [string, unknown])[]): Claims =>
  Object.fromEntries(pairs.filter(([, value]) => value !== undefined && value !== null));

function standardClaims(user: User): Claims {
  const { profile } = user;
  const address = present([
    ['street_address', profile.streetAddress],
    ['locality', profile.city],
    ['region', profile.state],
    ['postal_code', profile.zipCode],
    ['country', profile.countryCode],
  ]);
  return {
    name: displayName(user),
    given_name: profile.firstName,
    family_name: profile.lastName,
    middle_name: profile.middleName,
    nickname: profile.nickName,
    preferred_username: profile.login,
    profile: profile.profileUrl,
    email: profile.email,
    email_verified: true,
    locale: String(profile.locale ?? 'en_US').replace('_', '-'),
    zoneinfo: profile.timezone ?? 'America/Los_Angeles',
    phone_number: profile.primaryPhone,
    address: Object.keys(address).length > 0 ? address : undefined,
    updated_at: Math.floor(Date.parse(user.lastUpdated) / 1_000),
  };
}

/** What a claim's value is made of. */
type Valued = Pick<Claim, 'name'> & Partial<Pick<Claim, 'valueType' | 'value' | 'group_filter_type'>>;

function valuesOf(world: World, claims: readonly Valued[], subject: Subject): Claims {
  if (claims.length === 0) return {};
  const scope = scopeOf(world, subject);
  return present(claims.map((claim) => [claim.name, valueFor(claim, scope)]));
}

/** An expression that cannot be read makes no claim. */
function valueFor({ valueType, value = '', group_filter_type }: Valued, scope: ExpressionScope): unknown {
  try {
    if (valueType === 'GROUPS') return groupsThat(scope.groupNames, group_filter_type, value);
    return compileExpression(value, (why) => new Error(why), ['appuser', 'app'])(scope);
  } catch {
    return undefined;
  }
}

function groupsThat(names: readonly string[], filter: string | undefined, value: string): string[] {
  if (filter === 'STARTS_WITH') return names.filter((name) => name.startsWith(value));
  if (filter === 'CONTAINS') return names.filter((name) => name.includes(value));
  if (filter === 'EQUALS') return names.filter((name) => name === value);
  return names.filter((name) => new RegExp(`^(?:${value})$`).test(name));
}

function scopeOf(world: World, { app, user }: Subject): ExpressionScope {
  const rows = user ? world.list(groupMembers, { index: 'user', equals: user.id }).toArray() : [];
  const assigned = user && world.get(appUsers, `${app.id}/${user.id}`);
  const userName = assigned?.credentials?.userName ?? user?.profile.login;
  return {
    user: user ? { ...user.profile, id: user.id, status: user.status } : {},
    groupIds: rows.map(({ groupId }) => groupId),
    groupNames: rows
      .map(({ groupId }) => world.get(groups, groupId)?.profile.name)
      .filter((name) => name !== undefined),
    others: {
      appuser: user ? { ...user.profile, ...assigned?.profile, userName } : null,
      app: { clientId: clientIdOf(app), id: app.id, name: app.name, label: app.label },
    },
  };
}
