/** The workspace's own emoji. https://docs.slack.dev/reference/events/emoji_changed */
import type { World } from '../../../src/world/world.ts';
import { refuse } from '../errors.ts';
import { EMOJI_MAX } from '../limits.ts';
import { emoji } from '../world.ts';
import { tell } from './event.ts';
import { eventTs } from './timestamp.ts';

const ALIAS = 'alias:';

/** Adds an emoji by the address of its picture, or as `alias:` of another. Throws `error_bad_name_i18n`, `error_name_taken`. */
export function addEmoji(world: World, given: string, value: string): void {
  const name = bare(given);
  if (!/^[\p{Ll}\p{Lo}\p{N}_'+-]{1,100}$/u.test(name)) throw refuse('error_bad_name_i18n');
  if (world.get(emoji, name)) throw refuse('error_name_taken');
  world.insert(emoji, { name, value });
  changed(world, { subtype: 'add', name, value });
}

/** Takes an emoji away, and with it those that stand for it. Throws `emoji_not_found`. */
export function removeEmoji(world: World, given: string): void {
  const name = bare(given);
  if (!world.get(emoji, name)) throw refuse('emoji_not_found');
  const aliases = world.list(emoji, { index: 'value', equals: ALIAS + name }).toArray(EMOJI_MAX);
  const names = [name, ...aliases.map((row) => row.name)];
  for (const one of names) world.remove(emoji, one);
  changed(world, { subtype: 'remove', names });
}

const bare = (name: string): string => name.replaceAll(':', '');

const changed = (world: World, more: Record<string, unknown>): void =>
  tell(world, { type: 'emoji_changed', ...more, event_ts: eventTs(world) });
