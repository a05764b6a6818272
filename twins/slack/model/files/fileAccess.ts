/** Who may do what with a canvas or a list. https://docs.slack.dev/reference/methods/canvases.access.set */
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { channels, files, type SlackFile, type Token, users } from '../../world.ts';
import { canSee, isMember } from '../channels/access.ts';
import { tellOfFile } from './fileShare.ts';

export type AccessLevel = 'read' | 'write' | 'owner';

/** The most that a user may do: as owner, by name, or by a channel that they are in. */
export function accessOf(world: World, user: string, file: SlackFile): AccessLevel {
  if (file.user === user) return 'owner';
  const granted = Object.entries(file.access)
    .filter(([id]) => id === user || (world.get(channels, id) && isMember(world, id, user)))
    .map(([, level]) => level);
  return granted.includes('owner') ? 'owner' : granted.includes('write') ? 'write' : 'read';
}

/** To whom access is given or taken: to users or to channels, never both. */
export interface Grantees {
  users: readonly string[];
  channels: readonly string[];
}

/**
 * Lets people or channels in; a new owner takes the place of the old one, who may still write. Throws
 * `invalid_parameters`, `restricted_action`, `user_not_found`, `channel_not_found`.
 */
export function grant(world: World, actor: Token, file: SlackFile, to: Grantees, level: AccessLevel): void {
  const ids = granteesOf(world, actor, file, to);
  if (level === 'owner') {
    if (to.channels.length > 0 || ids.length !== 1) throw refuse('invalid_parameters');
    const owner = ids[0] as string;
    const { [owner]: _, ...access } = file.access;
    world.update(files, file.id, { user: owner, access: { ...access, [file.user]: 'write' } });
  } else {
    const access = Object.fromEntries(ids.filter((id) => id !== file.user).map((id) => [id, level]));
    world.update(files, file.id, { access: { ...file.access, ...access } });
  }
  changed(world, file.id);
}

/** Takes access back. Throws as `grant` does. */
export function ungrant(world: World, actor: Token, file: SlackFile, from: Grantees): void {
  const ids = granteesOf(world, actor, file, from);
  world.update(files, file.id, {
    access: Object.fromEntries(Object.entries(file.access).filter(([id]) => !ids.includes(id))),
  });
  changed(world, file.id);
}

function granteesOf(world: World, actor: Token, file: SlackFile, to: Grantees): readonly string[] {
  if (to.users.length > 0 === to.channels.length > 0) throw refuse('invalid_parameters');
  if (accessOf(world, actor.user, file) === 'read') throw refuse('restricted_action');
  for (const id of to.users) if (!world.get(users, id)) throw refuse('user_not_found');
  for (const id of to.channels) {
    const channel = world.get(channels, id);
    if (!channel || !canSee(world, channel, actor.user)) throw refuse('channel_not_found');
  }
  return to.users.length > 0 ? to.users : to.channels;
}

function changed(world: World, id: string): void {
  const file = world.get(files, id);
  if (file) tellOfFile(world, 'file_change', file, { user_id: file.user });
}
