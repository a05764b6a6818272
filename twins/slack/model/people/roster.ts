/** Who belongs to the workspace: people who come, people whose accounts are closed. */
import { table } from '../../../../src/table.ts';
import { person as personOf } from '../../../../src/world/cast.ts';
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { type Channel, channels, SLACKBOT, type User, users } from '../../world.ts';
import { directConversation } from '../channels/conversation.ts';
import { enrol, expel, join } from '../channels/membership.ts';
import { endStreams } from '../events/stream.ts';
import { newPerson } from './newcomer.ts';
import { theTeam } from './team.ts';
import { changeUser, tellOfUser } from './user.ts';

/** Who comes. Guests see only the channels that they are let into: several, or a `single` one. */
export interface Newcomer {
  email: string;
  name: string;
  title?: string;
  guest?: { single: boolean; channels: readonly Channel[] };
}

/** A person who takes an invitation: a member in `#general`, or a guest, of whom the apps hear. Throws `already_in_team`. */
export function welcome(world: World, { guest, ...given }: Newcomer): User {
  const email = given.email.trim().toLowerCase();
  if (world.list(users, { index: 'email', equals: email }).first()) throw refuse('already_in_team');
  const user = world.insert(users, {
    ...newPerson(world, theTeam(world), personOf(given), false),
    is_restricted: guest !== undefined,
    is_ultra_restricted: guest?.single ?? false,
  });
  directConversation(world, [SLACKBOT, user.id]);
  tellOfUser(world, 'team_join', user);
  const general = world.list(channels, { index: 'type', equals: 'public_channel', where: isGeneral }).first();
  for (const channel of guest?.channels ?? (general ? [general] : [])) join(world, channel, user.id);
  return user;
}

/** What a member may be. Owners are administrators too. */
export type Role = 'member' | 'admin' | 'owner';

/** Gives a member another role. */
export const setRole = (world: World, user: User, role: Role): User =>
  changeUser(world, user, { is_admin: role !== 'member', is_owner: role === 'owner' });

/**
 * Closes an account: its tokens are good no more, its connections end, and it is in no channel. Throws
 * `already_inactive`.
 */
export function deactivate(world: World, user: User): User {
  if (user.deleted) throw refuse('already_inactive');
  world.put(parted, { user: user.id, channels: expel(world, user.id) });
  endStreams(world, user.id);
  return changeUser(world, user, { deleted: true });
}

/** Opens a closed account again: its tokens are good, and it is in the channels that it was in. */
export function reactivate(world: World, user: User): User {
  for (const id of world.get(parted, user.id)?.channels ?? [])
    if (world.get(channels, id)?.is_archived === false) enrol(world, id, user.id);
  world.remove(parted, user.id);
  return changeUser(world, user, { deleted: false });
}

/** The channels that a closed account was in. */
interface Parted {
  user: string;
  channels: readonly string[];
}

export const parted = table<Parted>({ name: 'slack.parted', key: (row) => row.user });

const isGeneral = (channel: Channel): boolean => channel.is_general;
