/**
 * Accounts that nobody is, managed by Okta Privileged Access: an account of an app, or a user of the org.
 * https://developer.okta.com/docs/api/openapi/okta-management/management/tag/ServiceAccount/
 */
import { uuid } from '../../../../src/ids.ts';
import type { Range } from '../../../../src/range.ts';
import { sortable } from '../../../../src/table.ts';
import type { World } from '../../../../src/world/world.ts';
import { blank, invalid, notFound, notWellFormed, refuse } from '../../errors.ts';
import { stamp } from '../../time.ts';
import { serviceAccounts } from '../../world/integrations.ts';
import { apps, groups, org, users } from '../../world.ts';
import { recordChange, type Who } from '../log/log.ts';

/** A row of either kind; `order` is its age, `password` is never shown. */
export interface ServiceAccount {
  id: string;
  order: string;
  name: string;
  description: string;
  ownerGroupIds: readonly string[];
  ownerUserIds: readonly string[];
  status: 'UNSECURED' | 'NO_ISSUES';
  statusDetail: 'STAGED' | 'VAULTED';
  created: string;
  lastUpdated: string;
  /** Of an account of an app. */
  appId?: string;
  username?: string;
  password?: string;
  /** Of a user of the org. */
  oktaUserId?: string;
}

export interface ServiceAccountInput {
  name?: string;
  description?: string;
  ownerGroupIds?: string[];
  ownerUserIds?: string[];
  containerOrn?: string;
  username?: string;
  password?: string;
  oktaUserId?: string;
}

const NAME_CHARS_MAX = 50;
const TEXT_CHARS_MAX = 255;
const OWNERS_MAX = 10;
const MATCH_CHARS_MIN = 3;

/** Accounts of apps by age, those in whose names `match` is. Throws E0000001 for a text of less than three characters. */
export function appAccounts(world: World, match: string | null): Range<ServiceAccount> {
  if (match !== null && (match.length < MATCH_CHARS_MIN || match.length > TEXT_CHARS_MAX))
    throw invalid('match', `match: Must be from ${MATCH_CHARS_MIN} to ${TEXT_CHARS_MAX} characters`);
  const text = match?.toLowerCase();
  return world.list(serviceAccounts, {
    index: 'order',
    where: (row) =>
      row.appId !== undefined && (!text || textsOf(world, row).some((one) => one.includes(text))),
  });
}

/** Users of the org who are service accounts, by age. */
export const userAccounts = (world: World): Range<ServiceAccount> =>
  world.list(serviceAccounts, { index: 'order', where: (row) => row.oktaUserId !== undefined });

function textsOf(world: World, { name, username = '', appId = '' }: ServiceAccount): string[] {
  const app = world.get(apps, appId);
  return [name, username, app?.label ?? '', app?.name ?? ''].map((one) => one.toLowerCase());
}

/** One account of the kind, or E0000007. */
export function findAccount(world: World, id: string, kind: 'app' | 'user'): ServiceAccount {
  const missing = () => notFound(id, 'ServiceAccount');
  const row = world.require(serviceAccounts, id.toLowerCase(), missing);
  if ((row.appId === undefined) === (kind === 'app')) throw missing();
  return row;
}

/** Manages an account of an app. Throws E0000001 for a resource name of no app, names that do not fit, a taken username. */
export function createAppAccount(
  world: World,
  who: Who,
  input: ServiceAccountInput | undefined,
): ServiceAccount {
  const parts = checked(world, input);
  const { containerOrn, username, password } = input ?? {};
  if (!containerOrn) throw blank('containerOrn');
  if (!username) throw blank('username');
  const [, ofOrg, name, appId = ''] = /^orn:\w+:idp:(\w+):apps:([\w.-]+):(\w+)$/.exec(containerOrn) ?? [];
  const app = world.get(apps, appId);
  if (!app || app.name !== name || ofOrg !== org(world).id)
    throw invalid('containerOrn', 'containerOrn: The resource is not an app of this org');
  if (
    world
      .list(serviceAccounts, { index: 'app', equals: appId, where: (row) => row.username === username })
      .first()
  )
    throw invalid('username', 'username: The account is managed already');
  return add(world, who, {
    ...parts,
    appId,
    username,
    ...(password ? { password, statusDetail: 'VAULTED', status: 'NO_ISSUES' } : {}),
  });
}

/** Manages a user of the org. Throws E0000001 for nobody, and for one who is managed already. */
export function createUserAccount(
  world: World,
  who: Who,
  input: ServiceAccountInput | undefined,
): ServiceAccount {
  const parts = checked(world, input);
  const { oktaUserId } = input ?? {};
  if (!oktaUserId) throw blank('oktaUserId');
  if (!world.get(users, oktaUserId)) throw notFound(oktaUserId, 'User');
  if (world.list(serviceAccounts, { index: 'user', equals: oktaUserId }).first())
    throw invalid('oktaUserId', 'oktaUserId: The user is a service account already');
  return add(world, who, { ...parts, oktaUserId });
}

/** Changes names and owners; what is left out stays. */
export function updateAccount(
  world: World,
  who: Who,
  id: string,
  kind: 'app' | 'user',
  input: ServiceAccountInput | undefined,
): ServiceAccount {
  const old = findAccount(world, id, kind);
  const parts = checked(world, input, old);
  const row = world.update(serviceAccounts, old.id, { ...parts, lastUpdated: stamp(world.now()) });
  log(world, who, 'update', row);
  return row;
}

/** Ends the management of an account; the account itself stays. */
export function deleteAccount(world: World, who: Who, id: string, kind: 'app' | 'user'): void {
  const row = findAccount(world, id, kind);
  world.remove(serviceAccounts, row.id);
  log(world, who, 'delete', row);
}

/** Accounts of an app or a user that goes. */
export function forgetAccounts(world: World, index: 'app' | 'user', id: string): void {
  for (const row of world.list(serviceAccounts, { index, equals: id }).toArray())
    world.remove(serviceAccounts, row.id);
}

function add(
  world: World,
  who: Who,
  parts: Partial<ServiceAccount> & ReturnType<typeof checked>,
): ServiceAccount {
  const now = stamp(world.now());
  const nth = world.next('okta.serviceAccount');
  const row = world.insert(serviceAccounts, {
    id: uuid(world.drawFor('okta.serviceAccount', nth)),
    order: sortable(nth),
    status: 'UNSECURED',
    statusDetail: 'STAGED',
    ...parts,
    created: now,
    lastUpdated: now,
  });
  log(world, who, 'create', row);
  return row;
}

function checked(world: World, input: ServiceAccountInput | undefined, old?: ServiceAccount) {
  if (!input || typeof input !== 'object' || Array.isArray(input)) throw notWellFormed();
  const name = input.name ?? old?.name ?? '';
  const description = input.description ?? old?.description ?? '';
  if (!name) throw blank('name');
  if (name.length > NAME_CHARS_MAX || !/^[\w\-_. ]+$/.test(name))
    throw invalid('name', 'name: The name may hold letters, digits, spaces, dots, dashes and underscores');
  if (description.length > TEXT_CHARS_MAX) throw invalid('description', 'description: The field is too long');
  const other = world.list(serviceAccounts, { index: 'order', where: (row) => row.name === name }).first();
  if (other && other.id !== old?.id) throw invalid('name', 'name: An account with this name exists already');
  const ownerGroupIds = input.ownerGroupIds ?? old?.ownerGroupIds ?? [];
  const ownerUserIds = input.ownerUserIds ?? old?.ownerUserIds ?? [];
  if (ownerGroupIds.length > OWNERS_MAX || ownerUserIds.length > OWNERS_MAX)
    throw refuse('E0000001', { args: ['owners'], causes: [`owners: At most ${OWNERS_MAX} are allowed`] });
  for (const id of ownerGroupIds) if (!world.get(groups, id)) throw notFound(id, 'UserGroup');
  for (const id of ownerUserIds) if (!world.get(users, id)) throw notFound(id, 'User');
  return { name, description, ownerGroupIds, ownerUserIds };
}

const log = (
  world: World,
  who: Who,
  verb: 'create' | 'update' | 'delete',
  { id, name }: ServiceAccount,
): unknown =>
  recordChange(world, who, `pam.service_account.${verb}`, `Service account ${verb}`, {
    id,
    type: 'ServiceAccount',
    name,
  });
