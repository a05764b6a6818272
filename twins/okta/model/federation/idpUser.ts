/** Users of this org as identity providers know them: linked by an administrator, or by signing in there. */
import type { Range } from '../../../../src/range.ts';
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound } from '../../errors.ts';
import { EXTERNAL_ID_CHARS_MAX } from '../../limits.ts';
import { stamp } from '../../time.ts';
import { idpUsers } from '../../world/security.ts';
import { recordChange, type Who } from '../log/log.ts';
import { findUser, type User } from '../people/user.ts';
import { findIdp, type Idp } from './idp.ts';

/** A link in the vendor's shape, less links; `idpId` and `tokens` are not shown with it. */
export interface IdpUser {
  idpId: string;
  /** The user of this org. */
  id: string;
  externalId: string;
  created: string;
  lastUpdated: string;
  profile: Record<string, unknown>;
  /** What the provider gave when they last signed in there. */
  tokens?: readonly SocialToken[];
}

/** A token of a provider, in the vendor's shape. */
export interface SocialToken {
  id: string;
  token: string;
  tokenType: string;
  tokenAuthScheme: string | null;
  expiresAt?: string;
  scopes?: string[];
}

/** The users that a provider knows; `q` is looked for in names and external ids. */
export function idpUsersOf(world: World, idpId: string, q: string | null): Range<IdpUser> {
  const { id } = findIdp(world, idpId);
  const wanted = q?.toLowerCase();
  const says = (row: IdpUser) => [row.externalId, ...Object.values(row.profile)].join('\n').toLowerCase();
  return world.list(idpUsers, {
    prefix: `${id}/`,
    ...(wanted ? { where: (row: IdpUser) => says(row).includes(wanted) } : {}),
  });
}

/** One of them, or E0000007. */
export function findIdpUser(world: World, idpId: string, userId: string): IdpUser {
  const { id } = findIdp(world, idpId);
  return world.require(idpUsers, `${id}/${userId}`, () => notFound(userId, 'AppUser'));
}

/** The link of a person whom a provider knows by this id. */
export const linkedBy = (world: World, idpId: string, externalId: string): IdpUser | undefined =>
  world.list(idpUsers, { index: 'external', equals: `${idpId}/${externalId}` }).first();

/** The providers that know a user. */
export const idpsOfUser = (world: World, userId: string): Idp[] =>
  world
    .list(idpUsers, { index: 'user', equals: findUser(world, userId).id })
    .toArray()
    .map(({ idpId }) => findIdp(world, idpId));

/**
 * Links a user. Throws E0000001 for an external id that is missing, too long or somebody else's, and for a SAML
 * provider that does not keep persistent names; E0000007 where there is no such user.
 */
export function linkUser(
  world: World,
  who: Who,
  idpId: string,
  userId: string,
  input: { externalId?: string } | undefined,
): IdpUser {
  const idp = findIdp(world, idpId);
  const user = findUser(world, userId);
  const externalId = input?.externalId;
  if (!externalId) throw blank('externalId');
  if (externalId.length > EXTERNAL_ID_CHARS_MAX)
    throw invalid('externalId', `externalId: The field is too long`);
  const honors = (idp.protocol.settings as { honorPersistentNameId?: boolean } | undefined)
    ?.honorPersistentNameId;
  if (idp.type === 'SAML2' && honors === false)
    throw invalid('idp', 'The SAML IdP must have honorPersistentNameId set to true to link users.');
  const other = linkedBy(world, idp.id, externalId);
  if (other && other.id !== user.id)
    throw invalid(
      'externalId',
      'externalId: An object with this field already exists in the current organization',
    );
  const row = putLink(world, idp, user, externalId, {});
  log(world, who, 'Link user to Identity Provider', idp, user);
  return row;
}

/** Writes a link down; `more` is what the provider said. */
export function putLink(
  world: World,
  idp: Idp,
  user: User,
  externalId: string,
  more: { profile?: Record<string, unknown>; tokens?: readonly SocialToken[] },
): IdpUser {
  const now = stamp(world.now());
  const before = world.get(idpUsers, `${idp.id}/${user.id}`);
  return world.put(idpUsers, {
    idpId: idp.id,
    id: user.id,
    created: before?.created ?? now,
    profile: before?.profile ?? {},
    ...(before?.tokens ? { tokens: before.tokens } : {}),
    ...more,
    externalId,
    lastUpdated: now,
  });
}

/** Ends a link. */
export function unlinkUser(world: World, who: Who, idpId: string, userId: string): void {
  const { id } = findIdpUser(world, idpId, userId);
  world.remove(idpUsers, `${idpId}/${id}`);
  log(world, who, 'Unlink user from Identity Provider', findIdp(world, idpId), findUser(world, id));
}

/** Takes the links of a provider or a user that goes. */
export function removeLinks(world: World, of: { idpId: string } | { userId: string }): void {
  const query = 'idpId' in of ? { prefix: `${of.idpId}/` } : { index: 'user', equals: of.userId };
  for (const { idpId, id } of world.list(idpUsers, query).toArray()) world.remove(idpUsers, `${idpId}/${id}`);
}

/** The vendor has no event of its own for links: they change the account of a user. */
const log = (world: World, who: Who, says: string, idp: Idp, user: User): unknown =>
  recordChange(world, who, 'user.account.update_profile', says, {
    id: user.id,
    type: 'User',
    name: user.profile.login,
    alternateId: idp.name,
  });
