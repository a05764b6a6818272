/** Public channels that become private, and back. https://docs.slack.dev/reference/events/message/channel_convert_to_private */
import type { World } from '../../../../src/world/world.ts';
import { refuse } from '../../errors.ts';
import { type Channel, channels, type Token } from '../../world.ts';
import { say } from '../messages/notice.ts';
import { administers } from '../people/user.ts';
import { requireOpen } from './access.ts';

/**
 * Makes a channel private or public, as its creator and administrators may, and has it say so. Throws
 * `method_not_supported_for_channel_type`, `is_archived`, `not_authorized`, `cant_convert_general`.
 */
export function convert(world: World, actor: Token, channel: Channel, toPrivate: boolean): Channel {
  if (channel.is_im || channel.is_mpim || channel.is_private === toPrivate)
    throw refuse('method_not_supported_for_channel_type');
  requireOpen(channel);
  if (channel.creator !== actor.user && !administers(world, actor)) throw refuse('not_authorized');
  if (channel.is_general) throw refuse('cant_convert_general');
  const converted = world.update(channels, channel.id, { is_private: toPrivate, updated: world.now() });
  if (toPrivate) {
    const text = 'made this channel *private*. Now, it can only be viewed or joined by invitation.';
    say(world, converted, actor.user, 'convert_to_private', text);
  } else {
    const text = 'made this channel *public*. Any member in this workspace can see and join it.';
    say(world, converted, actor.user, 'convert_to_public', text);
  }
  return converted;
}
