/**
 * Which user of this org somebody is who signed in at a provider: linked before, matched and linked now, or made.
 * https://developer.okta.com/docs/api/openapi/okta-management/management/tag/IdentityProvider/
 */
import type { World } from '../../../../src/world/world.ts';
import { oauthError } from '../../errors.ts';
import { groupMembers, groups, users } from '../../world.ts';
import { compileExpression } from '../expressions/expression.ts';
import { addMember, groupByName, removeMember } from '../groups/group.ts';
import { SYSTEM } from '../log/log.ts';
import { createUser, type User, updateUser, userByLogin } from '../people/user.ts';
import { run } from '../people/userLifecycle.ts';
import { defaultUserType } from '../people/userType.ts';
import { mappingBetween } from '../provisioning/mapping.ts';
import type { Idp } from './idp.ts';
import { linkedBy, putLink } from './idpUser.ts';
import type { ProviderPerson } from './providerAnswer.ts';

/** What a provider's policy says of who comes. */
interface IdpPolicy {
  provisioning: {
    action: 'AUTO' | 'DISABLED';
    profileMaster?: boolean;
    groups?: { action?: string; assignments?: string[]; filter?: string[]; sourceAttributeName?: string };
    conditions?: { deprovisioned?: { action?: string }; suspended?: { action?: string } };
  };
  accountLink: { action: 'AUTO' | 'DISABLED'; filter?: { groups?: { include?: string[] } } | null };
  subject: {
    userNameTemplate?: { template?: string };
    filter?: string | null;
    matchType?: string;
    matchAttribute?: string | null;
  };
}

/** The user. Throws `access_denied` where the provider's policy lets nobody of that name in. */
export function federatedUser(world: World, idp: Idp, person: ProviderPerson): User {
  const policy = idp.policy as unknown as IdpPolicy;
  const profile = providerProfile(person.claims);
  const linked = linkedBy(world, idp.id, person.externalId);
  const known = linked ? world.get(users, linked.id) : matched(world, idp, policy, profile);
  const user = known ? admitted(world, idp, policy, known, profile) : made(world, idp, policy, profile);
  joinGroups(world, policy, user, profile);
  putLink(world, idp, user, person.externalId, { profile, tokens: person.tokens });
  return user;
}

const denied = (says: string) => oauthError('access_denied', says);

/** Claims under the names that a provider's user has here. */
function providerProfile(claims: Record<string, unknown>): Record<string, unknown> {
  const { given_name, family_name, middle_name, name, phone_number, ...rest } = claims;
  const address = (claims.address ?? {}) as Record<string, unknown>;
  const known = {
    firstName: given_name ?? claims.first_name,
    lastName: family_name ?? claims.last_name,
    middleName: middle_name,
    displayName: name,
    phoneNumber: phone_number,
    postalCode: address.postal_code,
    subjectNameId: claims.sub,
  };
  return {
    ...rest,
    ...address,
    ...Object.fromEntries(Object.entries(known).filter(([, it]) => it !== undefined)),
  };
}

/** A user of this org by the name that the template makes. Throws `access_denied` for a name that the filter refuses. */
function matched(
  world: World,
  idp: Idp,
  policy: IdpPolicy,
  profile: Record<string, unknown>,
): User | undefined {
  const { subject, accountLink } = policy;
  const name = evaluated(subject.userNameTemplate?.template ?? 'idpuser.email', profile);
  if (typeof name !== 'string' || name === '') throw denied('The user name could not be determined.');
  if (subject.filter && !filterOf(subject.filter).test(name))
    throw denied('The user name does not match the filter of the identity provider.');
  const found = byName(world, subject, name);
  if (!found) return undefined;
  const include = accountLink.filter?.groups?.include ?? [];
  const isIn = (id: string) => world.get(groupMembers, `${id}/${found.id}`) !== undefined;
  if (accountLink.action !== 'AUTO' || (include.length > 0 && !include.some(isIn)))
    throw denied(`Account linking by the identity provider ${idp.name} is not allowed for this user.`);
  return found;
}

function filterOf(pattern: string): RegExp {
  try {
    return new RegExp(`^(?:${pattern})$`);
  } catch {
    throw denied('The filter of the identity provider cannot be read.');
  }
}

function byName(
  world: World,
  { matchType, matchAttribute }: IdpPolicy['subject'],
  name: string,
): User | undefined {
  const equals = name.toLowerCase();
  const byAttribute = (attribute: string) =>
    world
      .list(
        users,
        attribute === 'email' || attribute === 'login'
          ? { index: attribute, equals }
          : { where: ({ profile }) => String(profile[attribute] ?? '').toLowerCase() === equals },
      )
      .first();
  if (matchType === 'EMAIL') return byAttribute('email');
  if (matchType === 'CUSTOM_ATTRIBUTE') return byAttribute(matchAttribute ?? 'login');
  return userByLogin(world, name) ?? (matchType === 'USERNAME_OR_EMAIL' ? byAttribute('email') : undefined);
}

/** A user who is known, in a status in which they may come in. */
function admitted(
  world: World,
  idp: Idp,
  { provisioning }: IdpPolicy,
  user: User,
  profile: Record<string, unknown>,
): User {
  const { deprovisioned, suspended } = provisioning.conditions ?? {};
  const wakes =
    (user.status === 'DEPROVISIONED' && deprovisioned?.action === 'REACTIVATE' && 'activate') ||
    (user.status === 'SUSPENDED' && suspended?.action === 'UNSUSPEND' && 'unsuspend') ||
    (['STAGED', 'PROVISIONED'].includes(user.status) && 'activate');
  const awake = wakes ? activated(world, run(world, SYSTEM, user.id, wakes)) : user;
  if (awake.status !== 'ACTIVE') throw denied('User is not active.');
  if (!provisioning.profileMaster) return awake;
  return updateUser(world, SYSTEM, awake.id, { profile: mapped(world, idp, profile) }, 'merge', true);
}

/** Who signs in elsewhere needs no password here to be active. */
const activated = (world: World, user: User): User =>
  user.status === 'PROVISIONED' ? world.update(users, user.id, { status: 'ACTIVE' }) : user;

function made(world: World, idp: Idp, { provisioning }: IdpPolicy, profile: Record<string, unknown>): User {
  if (provisioning.action !== 'AUTO') throw denied('User creation was disabled for the identity provider.');
  const kind = idp.type === 'OIDC' ? 'FEDERATION' : 'SOCIAL';
  const input = {
    profile: mapped(world, idp, profile),
    credentials: { provider: { type: kind, name: kind } },
  };
  const user = createUser(world, SYSTEM, input, { activate: true, provider: true, nextLogin: null });
  return activated(world, user);
}

/** A profile of this org, by the mapping of the provider. */
function mapped(world: World, idp: Idp, profile: Record<string, unknown>): Record<string, unknown> {
  const properties = mappingBetween(world, idp.id, defaultUserType(world).id)?.properties ?? {};
  const pairs = Object.entries(properties).map(([name, { expression }]) => [
    name,
    evaluated(expression, profile),
  ]);
  return Object.fromEntries(
    pairs.filter(([, value]) => value !== undefined && value !== null && value !== ''),
  );
}

function evaluated(expression: string, profile: Record<string, unknown>): unknown {
  const others = { idpuser: profile, appuser: profile, source: profile };
  try {
    const read = compileExpression(expression, (why) => new Error(why), Object.keys(others));
    return read({ user: {}, groupIds: [], groupNames: [], others });
  } catch {
    return undefined;
  }
}

function joinGroups(
  world: World,
  { provisioning }: IdpPolicy,
  user: User,
  profile: Record<string, unknown>,
): void {
  const { action, assignments = [], filter = [], sourceAttributeName = '' } = provisioning.groups ?? {};
  const isIn = (id: string) => world.get(groupMembers, `${id}/${user.id}`) !== undefined;
  const join = (ids: readonly string[]) => {
    for (const id of ids) if (world.get(groups, id) && !isIn(id)) addMember(world, SYSTEM, id, user.id);
  };
  if (action === 'ASSIGN') join(assignments);
  if (action !== 'APPEND' && action !== 'SYNC') return;
  const attribute = Object.keys(profile).find(
    (one) => one.toLowerCase() === sourceAttributeName.toLowerCase(),
  );
  const named = [profile[attribute ?? '']]
    .flat()
    .flatMap((name) => groupByName(world, String(name))?.id ?? []);
  const wanted = named.filter((id) => filter.includes(id));
  join(wanted);
  if (action === 'SYNC')
    for (const id of filter) if (!wanted.includes(id) && isIn(id)) removeMember(world, SYSTEM, id, user.id);
}
