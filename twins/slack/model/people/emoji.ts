/** The workspace's own emoji. https://docs.slack.dev/reference/events/emoji_changed */
import type { World } from '../../../../src/world/world.ts';
import { type StandardEmoji, standardEmoji } from '../../emojiNames.ts';
import { refuse } from '../../errors.ts';
import { EMOJI_MAX } from '../../limits.ts';
import { emoji } from '../../world.ts';
import { tell } from '../events/event.ts';
import { eventTs } from '../messages/timestamp.ts';

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

/** An emoji that the workspace has, of Unicode or its own (with its picture); undefined where there is none of that name. */
export function emojiCalled(
  world: World,
  name: string,
): (Partial<StandardEmoji> & { name: string; url?: string }) | undefined {
  const own = world.get(emoji, name);
  if (!own) return standardEmoji(name);
  return own.value.startsWith(ALIAS) ? { name } : { name, url: own.value };
}

/** The picture in the place of an app's own; one that is not named between colons is a circle. */
export function emojiPicture(world: World, given: string): string {
  const found = /^:.+:$/.test(given) ? emojiCalled(world, bare(given)) : undefined;
  const sign = found?.unicode ?? '2b55';
  return found?.url ?? `https://a.slack-edge.com/80588/img/emoji_2017_12_06/apple/${sign}.png`;
}

/** An emoji of a status, as profiles show it besides its name. */
export function displayInfo(world: World, status: string): Record<string, unknown>[] {
  const found = emojiCalled(world, bare(status));
  if (!found) return [];
  const { name: emoji_name, unicode, url } = found;
  const display_url =
    url ?? `https://a.slack-edge.com/production-standard-emoji-assets/14.0/apple-medium/${unicode}.png`;
  return [{ emoji_name, display_url, ...(unicode ? { unicode } : {}) }];
}

const bare = (name: string): string => name.replace(/^:|:$/g, '');

const changed = (world: World, more: Record<string, unknown>): void =>
  tell(world, { type: 'emoji_changed', ...more, event_ts: eventTs(world) });
