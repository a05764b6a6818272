/**
 * Buttons and menus under attachments, as older apps have them.
 * https://docs.slack.dev/legacy/legacy-messaging/legacy-making-messages-interactive
 */
import type { World } from '../../../../src/world/world.ts';
import { cannot } from '../../errors.ts';
import { type App, isObject, type Json, type User } from '../../world.ts';
import { messageView } from '../messages/message.ts';
import { eventTs } from '../messages/timestamp.ts';
import { optionsIn } from './choice.ts';
import { channelName, type InMessage, interact, newResponseUrl, newTrigger } from './interaction.ts';

/** A button or menu, and the attachment under which it is. */
export interface Hung {
  attachment: Json;
  action: Json;
}

/** What hangs under a message by this name; of buttons of one name the one that carries `value`. */
export function hungAt(place: InMessage, name: string, value?: unknown): Hung | undefined {
  const all = (place.message.attachments ?? []).flatMap((attachment) =>
    (Array.isArray(attachment.actions) ? attachment.actions.filter(isObject) : []).map((action) => ({
      attachment,
      action,
    })),
  );
  const called = all.filter(({ action }) => action.name === name);
  return called.find(({ action }) => value === undefined || isMenu(action) || action.value === value);
}

/** Tells an app that `user` pressed a button or picked `value` of a menu. Throws (as a gesture) where it is not offered. */
export function pressHung(
  world: World,
  app: App,
  user: User,
  place: InMessage,
  { attachment, action }: Hung,
  value: unknown,
): boolean {
  const { name, type = 'button' } = action;
  const said = isMenu(action)
    ? { name, type, selected_options: [{ value: picked(action, value) }] }
    : { name, type, value: action.value ?? '' };
  return interact(world, app, 'interactive_message', user, {
    actions: [said],
    callback_id: attachment.callback_id ?? '',
    channel: channelName(place.channel),
    action_ts: eventTs(world),
    message_ts: place.message.ts,
    attachment_id: String(attachment.id),
    is_app_unfurl: false,
    ...(place.ephemeral ? {} : { original_message: messageView(world, place.message) }),
    response_url: newResponseUrl(world, app, user, place),
    trigger_id: newTrigger(world, app, user.id).id,
  });
}

const isMenu = ({ type }: Json): boolean => type === 'select';

/** The value of an option that the app wrote; where Slack fills the menu, whatever it is. */
function picked(action: Json, value: unknown): unknown {
  const options = optionsIn(action);
  if (options.length === 0 || options.some((one) => one.value === value)) return value;
  throw cannot('value_not_taken', `${String(action.name)} offers no ${String(value)}`);
}
